#include "app/cli/flow_summary.h"

#include "app/cli/capture_text.h"
#include "app/cli/flow_listing.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/counter_names.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::cli {

namespace {

using pipeline::formatBytes;
using pipeline::formatCount;

bool isLarger(const flow::FlowRecord& a, const flow::FlowRecord& b)
{
    return a.bytes() != b.bytes() ? a.bytes() > b.bytes() : a.index < b.index;
}

void add(FlowSummary::Line& line, const flow::FlowRecord& record)
{
    ++line.flows;
    line.packets += record.packets();
    line.bytes += record.bytes();
}

std::string share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? "" : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

template<typename Key, typename NameOf>
void writeLines(std::string& out, const char* title, const FlowSummary::Lines<Key>& lines, std::uint64_t allBytes,
                NameOf nameOf)
{
    struct Named {
        std::string name;
        FlowSummary::Line line;
    };
    std::vector<Named> sorted;
    for (const auto& [key, line] : lines)
        sorted.push_back({nameOf(key.first) + (key.second ? " (in tunnels)" : ""), line});
    std::sort(sorted.begin(), sorted.end(), [](const Named& a, const Named& b) {
        return a.line.bytes != b.line.bytes ? a.line.bytes > b.line.bytes : a.name < b.name;
    });
    out += '\n';
    TextTable table(out, {{title, false}, {"flows", true}, {"packets", true}, {"bytes", true}, {"share", true}}, 2);
    for (const Named& row : sorted)
        table.add({row.name, plainSpaces(formatCount(row.line.flows)), plainSpaces(formatCount(row.line.packets)),
                   plainSpaces(formatBytes(row.line.bytes)), share(row.line.bytes, allBytes)});
    table.finish();
}

/// Counters whose being above 0 an analyst wants to know of; the totals are in the head already.
bool isAboutHealth(const pipeline::CounterName& counter)
{
    constexpr std::array<std::string_view, 5> kTotals = {"packets", "captured_bytes", "original_bytes", "flows_created",
                                                         "flows_ended"};
    return counter.isCap || (counter.isCount && counter.name != std::string_view("tunnel_flows") &&
                             std::find(kTotals.begin(), kTotals.end(), counter.name) == kTotals.end());
}

void writeHealth(std::string& out, const pipeline::CaptureSnapshot& capture)
{
    std::string lines;
    for (const capture::ReaderMessage& message : capture.messages)
        lines += fmt::format("    {}: {}\n", severityName(message.severity), printable(message.text));
    pipeline::Counters counters = capture.counters;
    for (const pipeline::CounterName& counter : pipeline::counterNames()) {
        const std::uint64_t value = counter.of(counters);
        if (value > 0 && isAboutHealth(counter))
            lines += fmt::format("    {}{}: {} ({})\n", counter.isCap ? "cap reached, " : "", counter.label,
                                 plainSpaces(formatCount(value)), counter.meaning);
    }
    out += lines.empty() ? "\n  Health: nothing to report\n" : "\n  Health\n" + lines;
}

} // namespace

void FlowSummary::flowEnded(const flow::FlowRecord& record)
{
    const bool inner = record.tunnel != decode::Tunnel::None;
    // Ports of other protocols do not matter here; the number does only where the protocol has no name.
    const Protocol protocol{record.key.l4, record.key.l4 == decode::L4::Other ? record.key.protocol : std::uint8_t{0}};
    add(m_total, record);
    add(m_protocols[{protocol, inner}], record);
    add(m_apps[{record.app, inner}], record);

    if (m_top.size() == kTopFlows && !isLarger(record, m_top.front()))
        return;
    if (m_top.size() == kTopFlows) {
        std::pop_heap(m_top.begin(), m_top.end(), isLarger);
        m_top.pop_back();
    }
    m_top.push_back(record);
    std::push_heap(m_top.begin(), m_top.end(), isLarger);
}

std::vector<flow::FlowRecord> FlowSummary::topFlows() const
{
    std::vector<flow::FlowRecord> flows = m_top;
    std::sort(flows.begin(), flows.end(), isLarger);
    return flows;
}

void writeSummary(std::string& out, const SummaryText& summary)
{
    const pipeline::CaptureSnapshot& capture = summary.capture;
    const FlowSummary& flows = summary.flows;
    writeHead(out, capture);
    const pipeline::Counters& counters = capture.counters;
    writeFact(out, "Flows",
              plainSpaces(formatCount(counters.flowsCreated)) +
                  (counters.tunnelFlows > 0
                       ? fmt::format(", and {} inside tunnels", plainSpaces(formatCount(counters.tunnelFlows)))
                       : ""));
    if (!summary.filter.empty())
        writeFact(out, "Filter",
                  fmt::format("{} matches {} flows with {} packets, {}", printable(summary.filter),
                              plainSpaces(formatCount(flows.total().flows)),
                              plainSpaces(formatCount(flows.total().packets)), formatBytes(flows.total().bytes)));
    if (flows.total().flows > 0) {
        writeLines(out, "Protocol", flows.protocols(), counters.capturedBytes, [](FlowSummary::Protocol protocol) {
            return std::string(pipeline::protocolName(protocol.l4, protocol.number));
        });
        writeLines(out, "Application", flows.apps(), counters.capturedBytes, [](flow::App app) {
            return app == flow::App::Unknown ? std::string("unknown") : std::string(flow::toString(app));
        });
        out += "\n  Largest flows\n";
        writeFlowTable(out, *capture.flows, flows.topFlows(), 2);
    }
    writeHealth(out, capture);
}

} // namespace timbre::cli
