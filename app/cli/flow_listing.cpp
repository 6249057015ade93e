#include "app/cli/flow_listing.h"

#include "app/cli/analysed_capture.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/flow_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::cli {

namespace {

using flow::FlowRecord;
using flow::Side;

std::string endpoint(const FlowRecord& record, Side side)
{
    const std::string address = toString(record.address(side));
    const bool hasPorts = record.key.l4 == decode::L4::Tcp || record.key.l4 == decode::L4::Udp;
    if (!hasPorts)
        return address;
    const bool bracket = address.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", bracket ? "[" : "", address, bracket ? "]" : "", record.port(side));
}

/// What is known of whom the flow talks to, the most telling name first.
std::string nameOf(const flow::FlowSnapshot& flows, const FlowRecord& record)
{
    for (const StringId id : {record.serverName, record.httpHost, record.hostNames[1], record.hostNames[0]}) {
        if (const std::string_view name = flows.name(id); !name.empty())
            return printable(name);
    }
    return {};
}

std::vector<Column> flowColumns()
{
    return {{"flow", true},    {"start (UTC)", false}, {"duration", true}, {"proto", false},
            {"source", false}, {"destination", false}, {"app", false},     {"state", false},
            {"packets", true}, {"bytes", true},        {"name", false}};
}

std::vector<std::string> flowCells(const flow::FlowSnapshot& flows, const FlowRecord& record)
{
    const bool isTcp = record.key.l4 == decode::L4::Tcp;
    std::string protocol(pipeline::protocolName(record.key.l4, record.key.protocol));
    if (record.tunnel != decode::Tunnel::None)
        protocol = fmt::format("{} in {}", protocol, decode::tunnelName(record.tunnel));
    return {std::to_string(record.index),
            pipeline::formatTime(record.started, pipeline::Zone::Utc),
            pipeline::formatDuration(record.durationNs()),
            std::move(protocol),
            endpoint(record, Side::Initiator),
            endpoint(record, Side::Responder),
            flow::toString(record.app),
            isTcp ? flow::toString(record.state) : "",
            plainSpaces(pipeline::formatCount(record.packets())),
            plainSpaces(pipeline::formatCount(record.bytes())),
            nameOf(flows, record)};
}

} // namespace

std::optional<std::vector<pipeline::SortKey>> parseSort(const std::string& text)
{
    std::vector<pipeline::SortKey> keys;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view name = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const bool descending = name.starts_with('-');
        name.remove_prefix(descending ? 1 : 0);
        const auto field = query::findField(name);
        if (!field) {
            const auto nearest = query::nearestField(name);
            complain(fmt::format("There is no field “{}” to sort by.{} `timbre-cli help fields` lists them.", name,
                                 nearest ? fmt::format(" Did you mean “{}”?", *nearest) : ""));
            return std::nullopt;
        }
        keys.push_back({field->field, descending});
    }
    return keys;
}

pipeline::FlowQueryResult chooseFlows(const pipeline::CaptureSnapshot& capture,
                                      std::shared_ptr<const query::Filter> filter, std::optional<TimeRange> range,
                                      std::vector<pipeline::SortKey> sort)
{
    pipeline::NameRanks ranks;
    auto result = pipeline::answer({.snapshot = capture.flows,
                                    .filter = std::move(filter),
                                    .range = range,
                                    .captureTime = capture.timeRange,
                                    .sort = std::move(sort)},
                                   ranks, {}, {});
    return std::move(*result); // only a stop gives nothing, and nobody can ask for one
}

std::optional<ParsedSelection> parseSelection(const Selection& selection)
{
    auto filter = compileFilter(selection.filter);
    const auto range = filter ? parseRange(selection.from, selection.to) : std::nullopt;
    if (!range)
        return std::nullopt;
    ParsedSelection parsed{std::move(*filter), *range, selection.flows};
    std::sort(parsed.flows.begin(), parsed.flows.end());
    return parsed;
}

std::optional<std::vector<std::uint32_t>> selectFlows(const pipeline::CaptureSnapshot& capture,
                                                      const ParsedSelection& selection,
                                                      std::vector<pipeline::SortKey> sort)
{
    const std::vector<std::uint32_t>& wanted = selection.flows;
    if (!wanted.empty() && wanted.back() >= capture.flows->size()) {
        complain(fmt::format("There is no flow {}: {} has {} flows, numbered from 0.", wanted.back(), capture.path,
                             capture.flows->size()));
        return std::nullopt;
    }
    auto rows = *chooseFlows(capture, selection.filter, selection.range, std::move(sort)).rows;
    if (!wanted.empty())
        std::erase_if(rows, [&](std::uint32_t row) { return !std::binary_search(wanted.begin(), wanted.end(), row); });
    return rows;
}

pipeline::FlowFormat exportFormat(ListFormat format)
{
    switch (format) {
    case ListFormat::Json:
        return pipeline::FlowFormat::JsonLines;
    case ListFormat::Zeek:
        return pipeline::FlowFormat::ZeekConnLog;
    case ListFormat::Csv:
    case ListFormat::Text:
        break;
    }
    return pipeline::FlowFormat::Csv;
}

void writeFlows(Output& output, const pipeline::FlowExport& format, const flow::FlowSnapshot& flows,
                const std::vector<std::uint32_t>& rows, std::uint64_t limit, std::string_view source)
{
    for (const std::uint32_t row : rows) {
        if (limit-- == 0 || !output.flushIfFull())
            return;
        format.add(output.text(), flows[row], source);
    }
}

void writeFlowTable(Output& output, const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows,
                    std::uint64_t limit)
{
    TextTable table(output.text(), flowColumns());
    for (const std::uint32_t row : rows) {
        if (limit-- == 0 || !output.flushIfFull())
            break;
        table.add(flowCells(flows, flows[row]));
    }
    table.finish();
}

void writeFlowTable(std::string& out, const flow::FlowSnapshot& flows, const std::vector<FlowRecord>& records,
                    std::size_t indent)
{
    TextTable table(out, flowColumns(), indent);
    for (const FlowRecord& record : records)
        table.add(flowCells(flows, record));
    table.finish();
}

} // namespace timbre::cli
