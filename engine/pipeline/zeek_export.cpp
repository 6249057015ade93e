#include "engine/pipeline/flow_export.h"
#include "engine/pipeline/zeek_export_private.h"

#include <fmt/format.h>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::Side;

namespace {

constexpr const char* kUnset = "-";

/// A history keeps its first letters only; what a longer connection did later is read off its state, as far as that goes.
std::string tcpConnState(const FlowRecord& record)
{
    const std::string_view history = record.historyText();
    const auto has = [&](char letter) { return history.find(letter) != std::string_view::npos; };
    const bool reset = record.state == flow::TcpState::Reset;
    if (!has('S'))
        return "OTH"; // no beginning seen
    if (!has('s')) {
        if (has('r'))
            return "REJ";
        if (has('R'))
            return "RSTOS0";
        return has('F') ? "SH" : "S0";
    }
    if (has('R') || has('r'))
        return has('R') ? "RSTO" : "RSTR"; // the first reset ends a flow: there is only one
    if (reset)
        return kUnset; // it is not known whose
    const bool bothClosed = record.state == flow::TcpState::Closed || record.state == flow::TcpState::ClosingTcp;
    const bool cut = history.size() == flow::kHistoryLength;
    if ((has('F') && has('f')) || (cut && bothClosed))
        return "SF";
    if (has('F') || has('f'))
        return has('F') ? "S2" : "S3";
    return cut && record.state == flow::TcpState::FinWait ? kUnset : "S1";
}

} // namespace

std::string zeekConnState(const FlowRecord& record)
{
    if (record.key.l4 == decode::L4::Tcp)
        return tcpConnState(record);
    return record.of(Side::Responder).packets > 0 ? "SF" : "S0";
}

namespace zeek {

namespace {

/// Zeek writes the answer to a SYN as h.
std::string historyOf(const FlowRecord& record)
{
    std::string letters(record.historyText());
    std::replace(letters.begin(), letters.end(), 's', 'h');
    return letters.empty() ? "-" : letters;
}

const char* protocolOf(const FlowRecord& record)
{
    switch (record.key.l4) {
    case decode::L4::Tcp: return "tcp";
    case decode::L4::Udp: return "udp";
    case decode::L4::Icmp:
    case decode::L4::Icmp6: return "icmp";
    case decode::L4::Sctp:
    case decode::L4::Other: break;
    }
    return "unknown_transport";
}

const char* serviceOf(flow::App app)
{
    switch (app) {
    case flow::App::Unknown: return "-";
    case flow::App::Tls:
    case flow::App::Dtls: return "ssl";
    case flow::App::Mdns: return "dns";
    default: return flow::toString(app);
    }
}

} // namespace

void appendHeader(std::string& out)
{
    out += "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
           "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\t"
           "resp_bytes\tconn_state\tmissed_bytes\thistory\torig_pkts\tresp_pkts\ttunnel_parents\n"
           "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tcount\tstring\t"
           "count\tcount\tset[string]\n";
}

void appendFlow(std::string& out, const FlowRecord& record)
{
    const auto uid = [](std::uint32_t index) { return fmt::format("CTimbre{:010}", index); };
    const auto& up = record.of(Side::Initiator);
    const auto& down = record.of(Side::Responder);
    const std::int64_t duration = record.durationNs();
    fmt::format_to(std::back_inserter(out),
                   "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}.{:06}\t{}\t{}\t{}\t-\t{}\t{}\t{}\t{}\n",
                   formatEpochSeconds(record.started), uid(record.index), toString(record.address(Side::Initiator)),
                   record.port(Side::Initiator), toString(record.address(Side::Responder)), record.port(Side::Responder),
                   protocolOf(record), serviceOf(record.app), duration / kNsPerSecond, duration % kNsPerSecond / 1000,
                   up.payloadBytes, down.payloadBytes, zeekConnState(record), historyOf(record), up.packets, down.packets,
                   record.outerFlow == flow::kNoFlow ? "-" : uid(record.outerFlow));
}

} // namespace zeek

} // namespace timbre::pipeline
