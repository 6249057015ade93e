#pragma once

// Lists flows: which of a capture's, in which order, and how they are written.

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/pipeline/flow_export.h"
#include "engine/pipeline/flow_query.h"

namespace timbre::cli {

/// Complains and returns nothing when a field is unknown. "-flow.bytes,start": descending by bytes, then by start.
[[nodiscard]] std::optional<std::vector<pipeline::SortKey>> parseSort(const std::string& text);

/// Flows of the capture that fit, in order. The filter may be null.
[[nodiscard]] pipeline::FlowQueryResult chooseFlows(const pipeline::CaptureSnapshot& capture,
                                                    std::shared_ptr<const query::Filter> filter,
                                                    std::optional<TimeRange> range,
                                                    std::vector<pipeline::SortKey> sort = {});

/// A selection in words, understood.
struct ParsedSelection {
    std::shared_ptr<const query::Filter> filter; // may be null
    std::optional<TimeRange> range;
    std::vector<std::uint32_t> flows; // numbers, rising; empty: all
};
/// Complains and returns nothing when something in it is wrong.
[[nodiscard]] std::optional<ParsedSelection> parseSelection(const Selection& selection);

/// Flows that fit all of it, in order. Complains and returns nothing when a number is of no flow.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> selectFlows(const pipeline::CaptureSnapshot& capture,
                                                                    const ParsedSelection& selection,
                                                                    std::vector<pipeline::SortKey> sort = {});

[[nodiscard]] pipeline::FlowFormat exportFormat(ListFormat format);

/// Writes the first `limit` of the rows in one of the formats for programs, without head and end.
void writeFlows(Output& output, const pipeline::FlowExport& format, const flow::FlowSnapshot& flows,
                const std::vector<std::uint32_t>& rows, std::uint64_t limit, std::string_view source);
/// The same as a table for people.
void writeFlowTable(Output& output, const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows,
                    std::uint64_t limit);
/// That table for records that are not in a snapshot, moved to the right; `flows` has their names.
void writeFlowTable(std::string& out, const flow::FlowSnapshot& flows, const std::vector<flow::FlowRecord>& records,
                    std::size_t indent);

} // namespace timbre::cli
