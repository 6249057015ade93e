#pragma once

// The fields of the filter language as they stand in a flow: how a filter reads them, how they are written on screen
// and in exports, and the filter that finds a cell's value again.

#include "engine/flow/flow_snapshot.h"
#include "engine/pipeline/text_format.h"
#include "engine/query/row.h"

#include <string>

namespace timbre::pipeline {

/// Reads one flow at a time. Cheap to make; the snapshot and the record must outlive it.
class FlowRow final : public query::RowReader {
public:
    explicit FlowRow(const flow::FlowSnapshot& snapshot)
        : m_snapshot(snapshot)
    {
    }
    FlowRow(const flow::FlowSnapshot& snapshot, const flow::FlowRecord& record)
        : m_snapshot(snapshot)
        , m_record(&record)
    {
    }

    /// Every read that follows is about this record.
    void moveTo(const flow::FlowRecord& record) { m_record = &record; }

    // Requires for all below: the row stands at a record.
    std::size_t integers(query::Field field, std::span<std::int64_t, query::kMaxValues> out) const override;
    std::size_t reals(query::Field field, std::span<double, query::kMaxValues> out) const override;
    std::size_t texts(query::Field field, std::span<query::TextRef, query::kMaxValues> out) const override;
    std::size_t addresses(query::Field field, std::span<IpAddress, query::kMaxValues> out) const override;
    [[nodiscard]] std::string_view name(StringId id) const override { return m_snapshot.name(id); }
    [[nodiscard]] bool is(query::Only only) const override;

private:
    [[nodiscard]] const flow::VerdictMark* verdictMark() const;

    const flow::FlowSnapshot& m_snapshot;
    const flow::FlowRecord* m_record = nullptr;
};

/// "tcp" … "other:47"; lives for ever.
[[nodiscard]] std::string_view protocolName(decode::L4 l4, std::uint8_t protocol);

/// The value that stands for the field where only one fits: the responder's port and host, else the initiator's.
[[nodiscard]] query::Value primaryValue(const FlowRow& row, query::Field field);

/// For people: "12.3 MB", "1.204 s", times in the zone. Empty when the flow has no value.
[[nodiscard]] std::string displayText(const FlowRow& row, query::Field field, Zone zone);
/// For programs: plain numbers (durations in seconds, rates in bytes per second), times as in ISO 8601, true or false.
[[nodiscard]] std::string exactText(const FlowRow& row, query::Field field);

/// As above for a value that stands alone; empty for none.
[[nodiscard]] std::string exactText(query::Field field, const query::Value& value);

/// The filter that finds flows with this value: "port == 443", "not sni" where there is none.
[[nodiscard]] std::string filterFor(const FlowRow& row, query::Field field);
/// As above for a value that stands alone, such as a bin or a legend entry.
[[nodiscard]] std::string filterFor(query::Field field, const query::Value& value);

} // namespace timbre::pipeline
