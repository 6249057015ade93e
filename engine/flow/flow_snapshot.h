#pragma once

// All flows of a capture at one moment, immutable and shared between threads. Rows live in chunks; a new snapshot
// shares the chunks that did not change with the one before. Row i is the flow with index i. What people wrote about
// flows goes with it.

#include "engine/flow/flow_marks.h"
#include "engine/flow/flow_rates.h"
#include "engine/flow/flow_record.h"
#include "engine/flow/flow_remarks.h"
#include "engine/flow/flow_traits.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace timbre::flow {

class FlowSnapshot {
public:
    static constexpr std::size_t kChunkRows = 1024;
    using Chunk = std::vector<FlowRecord>;

    FlowSnapshot() = default;
    /// Requires: every chunk but the last holds exactly kChunkRows rows.
    FlowSnapshot(std::vector<std::shared_ptr<const Chunk>> chunks, std::size_t size,
                 std::shared_ptr<const StringPool> names)
        : m_chunks(std::move(chunks))
        , m_size(size)
        , m_names(std::move(names))
    {
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Requires: row < size().
    [[nodiscard]] const FlowRecord& operator[](std::size_t row) const
    {
        return (*m_chunks[row / kChunkRows])[row % kChunkRows];
    }
    [[nodiscard]] std::string_view name(StringId id) const { return m_names ? m_names->text(id) : std::string_view{}; }
    [[nodiscard]] const std::shared_ptr<const StringPool>& names() const { return m_names; }
    /// The same flows with what other analyses learnt about them.
    [[nodiscard]] FlowSnapshot withTraits(std::shared_ptr<const FlowTraitList> traits) const
    {
        FlowSnapshot copy = *this;
        copy.m_traits = std::move(traits);
        return copy;
    }
    [[nodiscard]] const FlowTraits& traits(std::uint32_t flow) const
    {
        static const FlowTraits none;
        return m_traits ? m_traits->of(flow) : none;
    }
    [[nodiscard]] std::uint32_t risk(const IpAddress& address) const { return m_traits ? m_traits->risk(address) : 0; }
    [[nodiscard]] const std::vector<std::shared_ptr<const Chunk>>& chunks() const { return m_chunks; }
    /// What others found out about single flows; null: nobody did.
    [[nodiscard]] const FlowMarks* marks() const { return m_marks.get(); }
    /// Before the snapshot is shared.
    void setMarks(std::shared_ptr<const FlowMarks> marks) { m_marks = std::move(marks); }
    /// How fast flows are right now; null for captures that are not live.
    [[nodiscard]] const FlowRates* rates() const { return m_rates.get(); }
    /// Before the snapshot is shared.
    void setRates(std::shared_ptr<const FlowRates> rates) { m_rates = std::move(rates); }
    /// Null when nobody wrote anything.
    [[nodiscard]] const std::shared_ptr<const FlowRemarks>& remarks() const { return m_remarks; }
    /// Null for a flow nobody wrote about.
    [[nodiscard]] const FlowRemark* remark(std::uint32_t index) const
    {
        if (!m_remarks)
            return nullptr;
        const auto found = m_remarks->find(index);
        return found == m_remarks->end() ? nullptr : &found->second;
    }
    /// The same flows with these remarks.
    [[nodiscard]] FlowSnapshot withRemarks(std::shared_ptr<const FlowRemarks> remarks) const
    {
        FlowSnapshot copy = *this;
        copy.m_remarks = std::move(remarks);
        return copy;
    }

private:
    std::vector<std::shared_ptr<const Chunk>> m_chunks;
    std::size_t m_size = 0;
    std::shared_ptr<const StringPool> m_names;
    std::shared_ptr<const FlowTraitList> m_traits; // may be null
    std::shared_ptr<const FlowMarks> m_marks;
    std::shared_ptr<const FlowRates> m_rates;     // may be null
    std::shared_ptr<const FlowRemarks> m_remarks; // may be null
};

} // namespace timbre::flow
