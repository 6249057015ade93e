#include "engine/pipeline/flow_export.h"

#include "engine/base/json_writer.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/zeek_export_private.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace timbre::pipeline {

namespace {

using flow::FlowRecord;
using flow::FlowSnapshot;
using flow::Side;

/// One value of a row on its way out, in the form of the chosen format.
class Cell {
public:
    virtual ~Cell() = default;
    virtual void put(std::string_view name, std::string_view text) = 0;
    virtual void put(std::string_view name, std::uint64_t number) = 0;
    virtual void put(std::string_view name, double number) = 0;
    virtual void put(std::string_view name, bool truth) = 0;
    virtual void empty(std::string_view name) = 0;
    /// Nanoseconds as seconds with nine decimals, exact.
    virtual void seconds(std::string_view name, std::int64_t ns) = 0;

    void name(std::string_view column, std::string_view text) { text.empty() ? empty(column) : put(column, text); }
};

std::string secondsText(std::int64_t ns)
{
    return fmt::format("{}.{:09}", ns / kNsPerSecond, ns % kNsPerSecond);
}

class HeaderCell final : public Cell {
public:
    explicit HeaderCell(std::string& out)
        : m_out(out)
    {
    }
    void put(std::string_view name, std::string_view) override { column(name); }
    void put(std::string_view name, std::uint64_t) override { column(name); }
    void put(std::string_view name, double) override { column(name); }
    void put(std::string_view name, bool) override { column(name); }
    void empty(std::string_view name) override { column(name); }
    void seconds(std::string_view name, std::int64_t) override { column(name); }

private:
    void column(std::string_view name)
    {
        if (!std::exchange(m_first, false))
            m_out += ',';
        m_out += name;
    }
    std::string& m_out;
    bool m_first = true;
};

class CsvCell final : public Cell {
public:
    explicit CsvCell(std::string& out)
        : m_out(out)
    {
    }

    void put(std::string_view, std::string_view text) override
    {
        separate();
        if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
            m_out += text;
            return;
        }
        m_out += '"';
        for (const char c : text) {
            if (c == '"')
                m_out += '"';
            m_out += c;
        }
        m_out += '"';
    }
    void put(std::string_view, std::uint64_t number) override { add(fmt::format_int(number).c_str()); }
    void put(std::string_view, double number) override { add(fmt::format("{}", number)); }
    void put(std::string_view, bool truth) override { add(truth ? "true" : "false"); }
    void empty(std::string_view) override { separate(); }
    void seconds(std::string_view, std::int64_t ns) override { add(secondsText(ns)); }

private:
    void separate()
    {
        if (!std::exchange(m_first, false))
            m_out += ',';
    }
    void add(std::string_view text)
    {
        separate();
        m_out += text;
    }
    std::string& m_out;
    bool m_first = true;
};

/// Leaves out what is empty.
class JsonCell final : public Cell {
public:
    explicit JsonCell(JsonWriter& json)
        : m_json(json)
    {
    }
    void put(std::string_view name, std::string_view text) override { m_json.member(name, text); }
    void put(std::string_view name, std::uint64_t number) override { m_json.member(name, number); }
    void put(std::string_view name, double number) override { m_json.member(name, number); }
    void put(std::string_view name, bool truth) override { m_json.member(name, truth); }
    void empty(std::string_view) override {}
    void seconds(std::string_view name, std::int64_t ns) override
    {
        m_json.member(name, static_cast<double>(ns) / 1e9);
    }

private:
    JsonWriter& m_json;
};

void putSide(Cell& cell, const flow::SideStats& side, bool up)
{
    const auto column = [up](const char* name) { return fmt::format("{}_{}", name, up ? "up" : "down"); };
    cell.put(column("packets"), side.packets);
    cell.put(column("bytes"), side.bytes);
    cell.put(column("wire_bytes"), side.originalBytes);
    cell.put(column("payload_bytes"), side.payloadBytes);
    cell.put(column("retransmissions"), std::uint64_t{side.retransmissions});
    cell.put(column("out_of_order"), std::uint64_t{side.outOfOrder});
    cell.put(column("zero_windows"), std::uint64_t{side.zeroWindows});
    if (side.entropyCount > 0)
        cell.put(column("entropy"), std::round(side.meanEntropy() * 1e6) / 1e6);
    else
        cell.empty(column("entropy"));
    if (side.packets > 0) {
        cell.put(column("ttl_first"), std::uint64_t{side.firstTtl});
        cell.put(column("ttl_last"), std::uint64_t{side.lastTtl});
    } else {
        cell.empty(column("ttl_first"));
        cell.empty(column("ttl_last"));
    }
}

void putIdentity(Cell& cell, const FlowRecord& record, const FlowRow& row)
{
    const bool hasPorts = record.key.l4 == decode::L4::Tcp || record.key.l4 == decode::L4::Udp;
    const auto port = [&](const char* name, Side side) {
        hasPorts ? cell.put(name, std::uint64_t{record.port(side)}) : cell.empty(name);
    };
    cell.put("flow", std::uint64_t{record.index});
    cell.put("start", std::string_view(formatUtc(record.started)));
    cell.put("last_seen", std::string_view(formatUtc(record.lastSeen)));
    cell.seconds("duration", record.durationNs());
    cell.put("proto", protocolName(record.key.l4, record.key.protocol));
    cell.put("src", std::string_view(toString(record.address(Side::Initiator))));
    port("sport", Side::Initiator);
    cell.put("dst", std::string_view(toString(record.address(Side::Responder))));
    port("dport", Side::Responder);
    cell.name("service", exactText(row, query::Field::Service));
    cell.name("app", flow::toString(record.app));
}

/// What the analysis of signals learnt; empty where it did not run.
void putTraits(Cell& cell, const FlowRecord& record, const FlowSnapshot& flows)
{
    const flow::FlowTraits traits = flows.traits(record.index);
    cell.name("ja4", flows.name(traits.ja4));
    cell.name("ja3", flows.name(traits.ja3));
    cell.name("user_agent", flows.name(traits.userAgent));
    cell.name("token_hash", flows.name(traits.tokenHash));
    std::string kinds;
    for (std::size_t kind = 0; kind < flow::kAnomalyKinds; ++kind)
        if ((traits.anomalies >> kind & 1U) != 0)
            kinds.append(kinds.empty() ? "" : " ").append(flow::anomalyKindName(kind));
    cell.name("anomalies", kinds);
    const std::uint32_t risk = flows.risk(record.address(Side::Initiator));
    risk > 0 ? cell.put("entity_risk", std::uint64_t{risk}) : cell.empty("entity_risk");
}

void putRow(Cell& cell, const FlowRecord& record, const FlowSnapshot& flows)
{
    const FlowRow row(flows, record);
    putIdentity(cell, record, row);
    cell.name("host_src", flows.name(record.hostNames[0]));
    cell.name("host_dst", flows.name(record.hostNames[1]));
    cell.name("sni", flows.name(record.serverName));
    cell.name("http_host", flows.name(record.httpHost));
    const bool isTcp = record.key.l4 == decode::L4::Tcp;
    cell.name("tcp_state", isTcp ? flow::toString(record.state) : "");
    cell.name("history", record.historyText());
    cell.put("ended", record.ended);
    cell.name("end_reason", record.ended ? flow::toString(record.endReason) : "");
    record.handshakeRttNs >= 0 ? cell.seconds("rtt", record.handshakeRttNs) : cell.empty("rtt");
    putSide(cell, record.sides[0], true);
    putSide(cell, record.sides[1], false);
    record.vlan != decode::kNoVlan ? cell.put("vlan", std::uint64_t{record.vlan}) : cell.empty("vlan");
    cell.name("tunnel", record.tunnel == decode::Tunnel::None ? "" : decode::tunnelName(record.tunnel));
    record.outerFlow != flow::kNoFlow ? cell.put("outer_flow", std::uint64_t{record.outerFlow})
                                      : cell.empty("outer_flow");
    cell.put("interface", std::uint64_t{record.interfaceIndex});
    cell.put("first_packet", record.firstPacket);
    cell.put("last_packet", record.lastPacket);
    putTraits(cell, record, flows);
}

} // namespace

FlowExport::FlowExport(FlowFormat format, const FlowSnapshot& flows)
    : m_format(format)
    , m_flows(flows)
{
}

void FlowExport::begin(std::string& out) const
{
    if (m_format == FlowFormat::Csv) {
        HeaderCell header(out);
        putRow(header, FlowRecord{}, m_flows);
        out += "\r\n"; // RFC 4180
    } else if (m_format == FlowFormat::ZeekConnLog) {
        zeek::appendHeader(out);
    }
}

void FlowExport::add(std::string& out, const FlowRecord& record, std::string_view source) const
{
    switch (m_format) {
    case FlowFormat::Csv: {
        CsvCell cell(out);
        putRow(cell, record, m_flows);
        out += "\r\n";
        break;
    }
    case FlowFormat::JsonLines: {
        JsonWriter json(out);
        JsonCell cell(json);
        json.beginObject().member("type", "flow");
        cell.name("file", source);
        putRow(cell, record, m_flows);
        json.endObject();
        out += '\n';
        break;
    }
    case FlowFormat::ZeekConnLog:
        zeek::appendFlow(out, record);
        break;
    }
}

void FlowExport::end(std::string& out) const
{
    if (m_format == FlowFormat::ZeekConnLog)
        out += "#close\t-\n";
}

} // namespace timbre::pipeline
