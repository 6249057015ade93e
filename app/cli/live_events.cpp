#include "app/cli/live_events.h"

#include "app/cli/capture_text.h"
#include "engine/pipeline/flow_export.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

using flow::FlowRecord;
using flow::Side;

std::string endpoint(const FlowRecord& record, Side side)
{
    const std::string address = toString(record.address(side));
    const bool hasPorts = record.key.l4 == decode::L4::Tcp || record.key.l4 == decode::L4::Udp;
    const bool bracket = hasPorts && address.find(':') != std::string::npos;
    return fmt::format("{}{}{}{}", bracket ? "[" : "", address, bracket ? "]" : "",
                       hasPorts ? fmt::format(":{}", record.port(side)) : "");
}

std::string nameOf(const flow::FlowSnapshot& names, const FlowRecord& record)
{
    for (const StringId id : {record.serverName, record.httpHost, record.hostNames[1], record.hostNames[0]}) {
        if (const std::string_view name = names.name(id); !name.empty())
            return printable(name);
    }
    return {};
}

const char* endName(capture::LiveEnd end)
{
    using capture::LiveEnd;
    switch (end) {
    case LiveEnd::None:
        break;
    case LiveEnd::Asked:
        return "asked";
    case LiveEnd::Packets:
        return "packets";
    case LiveEnd::Bytes:
        return "bytes";
    case LiveEnd::Time:
        return "time";
    case LiveEnd::InterfaceGone:
        return "interface-gone";
    case LiveEnd::DiskFull:
        return "disk-full";
    case LiveEnd::Failed:
        return "failed";
    case LiveEnd::FileEnd:
        return "file-end";
    }
    return "";
}

} // namespace

void LiveEvents::setNames(std::shared_ptr<const StringPool> names)
{
    m_names = flow::FlowSnapshot({}, 0, std::move(names));
}

bool LiveEvents::fits(const FlowRecord& record) const
{
    if (!m_filter)
        return true;
    const pipeline::FlowRow row(m_names, record);
    query::FilterRun run(*m_filter, {});
    return run.matches(row);
}

void LiveEvents::flowStarted(const FlowRecord& record)
{
    if (m_json && !m_filter) // what a filter asks for is seldom known at the first packet
        putFlow("flow-start", record);
}

void LiveEvents::flowEnded(const FlowRecord& record)
{
    if (fits(record))
        putFlow("flow-end", record);
}

void LiveEvents::putFlow(const char* event, const FlowRecord& record)
{
    std::string& out = m_output.text();
    if (m_json) {
        const pipeline::FlowExport format(pipeline::FlowFormat::JsonLines, m_names);
        out += fmt::format(R"({{"event":"{}","flow":)", event);
        format.add(out, record);
        if (out.back() == '\n')
            out.pop_back();
        out += "}\n";
    } else {
        out += fmt::format(
            "{}  {:<5} {} > {}  {}  {} packets, {}{}{}\n", pipeline::formatTime(record.started, pipeline::Zone::Utc),
            pipeline::protocolName(record.key.l4, record.key.protocol), endpoint(record, Side::Initiator),
            endpoint(record, Side::Responder), pipeline::formatDuration(record.durationNs()), record.packets(),
            pipeline::formatBytes(record.bytes()),
            record.app == flow::App::Unknown ? "" : fmt::format("  {}", flow::toString(record.app)),
            nameOf(m_names, record).empty() ? "" : "  " + nameOf(m_names, record));
    }
    m_output.flushIfFull();
}

void LiveEvents::started(const pipeline::LiveFacts& facts)
{
    if (m_json) {
        JsonWriter json(m_output.text());
        json.beginObject().member("event", "started").member("source", facts.title).member("filter", facts.filter);
        json.member("helper", facts.status.processId).endObject();
        m_output.put("\n");
    }
    m_output.flush();
}

void LiveEvents::putFigures(JsonWriter& json, const char* event, const pipeline::LiveFacts& facts,
                            const pipeline::Counters& counters)
{
    json.beginObject()
        .member("event", event)
        .member("written", facts.status.written())
        .member("written_bytes", facts.status.writtenBytes())
        .member("analysed", counters.packets)
        .member("flows", counters.flowsCreated)
        .member("interface_drops", facts.status.interfaceDrops())
        .member("kernel_drops", facts.status.kernelDrops())
        .member("ring_losses", facts.status.ringPackets)
        .member("lag_packets", facts.lagPackets)
        .member("lag_ns", facts.lagNs);
    if (facts.status.state == capture::LiveState::Ended)
        json.member("reason", endName(facts.status.end));
    if (facts.status.failure)
        json.member("failure", facts.status.failure->message);
}

void LiveEvents::notice(const std::string& sentence)
{
    if (!m_json)
        return;
    JsonWriter(m_output.text()).beginObject().member("event", "notice").member("text", sentence).endObject();
    m_output.put("\n");
    m_output.flush();
}

void LiveEvents::figures(const pipeline::LiveFacts& facts, const pipeline::Counters& counters)
{
    if (m_json) {
        JsonWriter json(m_output.text());
        putFigures(json, "figures", facts, counters);
        json.endObject();
        m_output.put("\n");
    }
    m_output.flush();
}

void LiveEvents::stopped(const pipeline::LiveFacts& facts, pipeline::Analysis& analysis)
{
    const pipeline::Counters counters = analysis.counters();
    if (m_json) {
        JsonWriter json(m_output.text());
        putFigures(json, "stopped", facts, counters);
        if (analysis.reader())
            putLosses(json, analysis.reader()->facts);
        json.endObject();
        m_output.put("\n");
        return;
    }
    m_output.put(
        fmt::format("\n{}: {} packets, {}; {} flows\nInterface drops {}, kernel drops {}, spool ring losses {}, "
                    "not analysed {}\n",
                    printable(facts.title), facts.status.written(), pipeline::formatBytes(facts.status.writtenBytes()),
                    counters.flowsCreated, facts.status.interfaceDrops(), facts.status.kernelDrops(),
                    facts.status.ringPackets, facts.lagPackets));
}

} // namespace timbre::cli
