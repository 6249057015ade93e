#include "tests/generator/ground_truth.h"

#include "tests/generator/ip_packet.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace timbre::generator {

namespace {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

// Everything the generator puts into a text is printable ASCII; quotes and backslashes are all that needs care.
std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result += '"';
}

std::string countsJson(const Counts& counts)
{
    std::string result;
    for (const auto& [name, count] : counts) {
        fmt::format_to(std::back_inserter(result), "{}{}: {}", result.empty() ? "" : ", ", quoted(name), count);
    }
    return "{" + result + "}";
}

std::string pairJson(const FlowTruth& flow, std::uint64_t SideTruth::*field)
{
    return fmt::format("[{}, {}]", flow.sides[0].*field, flow.sides[1].*field);
}

void putText(std::string& out, std::string_view name, std::string_view value)
{
    if (!value.empty()) {
        fmt::format_to(std::back_inserter(out), ", \"{}\": {}", name, quoted(value));
    }
}

void putCount(std::string& out, std::string_view name, std::uint32_t value)
{
    if (value != 0) {
        fmt::format_to(std::back_inserter(out), ", \"{}\": {}", name, value);
    }
}

std::string flowJson(const FlowTruth& flow)
{
    std::string out = fmt::format(R"({{"protocol": "{}", "client": "{}", "server": "{}", "initiator": "{}")",
                                  protocolName(flow.protocol), flow.client.text(), flow.server.text(),
                                  flow.initiator == Side::Client ? "client" : "server");
    fmt::format_to(std::back_inserter(out), R"(, "first_ns": {}, "last_ns": {}, "packets": {})", flow.firstNs,
                   flow.lastNs, pairJson(flow, &SideTruth::packets));
    fmt::format_to(std::back_inserter(out), R"(, "original_bytes": {}, "captured_bytes": {}, "payload_bytes": {})",
                   pairJson(flow, &SideTruth::originalBytes), pairJson(flow, &SideTruth::capturedBytes),
                   pairJson(flow, &SideTruth::payloadBytes));
    putText(out, "application", flow.application);
    putText(out, "ending", flow.ending);
    putText(out, "host_name", flow.hostName);
    putText(out, "sni", flow.sni);
    putText(out, "http_host", flow.httpHost);
    putText(out, "tunnel", flow.tunnel);
    putCount(out, "handshake_rtt_us", flow.handshakeRoundTripUs);
    putCount(out, "retransmissions", flow.retransmissions);
    putCount(out, "out_of_order", flow.outOfOrder);
    putCount(out, "gaps_filled", flow.gapsFilled);
    putCount(out, "zero_windows", flow.zeroWindows);
    putCount(out, "missing_segments", flow.missingSegments);
    putCount(out, "fragments", flow.fragments);
    if (flow.outerFlow != kNoFlow) {
        fmt::format_to(std::back_inserter(out), ", \"outer_flow\": {}", flow.outerFlow);
    }
    return out + "}";
}

std::string damageJson(const DamageTruth& damage)
{
    return fmt::format(R"({{"kind": "{}", "file_offset": {}, "packet_index": {}, "packets_before": {}, "note": {}}})",
                       damage.kind, damage.fileOffset, damage.packetIndex, damage.packetsBefore, quoted(damage.note));
}

template<typename Items, typename ToJson>
std::string listJson(const Items& items, ToJson toJson)
{
    std::string result;
    for (const auto& item : items) {
        result += (result.empty() ? "\n    " : ",\n    ") + toJson(item);
    }
    return result.empty() ? "[]" : "[" + result + "\n  ]";
}

} // namespace

const FlowTruth* GroundTruth::flowOfHost(std::string_view host) const
{
    const auto found = std::find_if(flows.begin(), flows.end(), [host](const FlowTruth& flow) {
        return flow.sni == host || flow.httpHost == host || flow.hostName == host;
    });
    return found == flows.end() ? nullptr : &*found;
}

std::string GroundTruth::toJson() const
{
    std::string out = fmt::format("{{\n  \"scenario\": {},\n  \"seed\": {},\n", quoted(scenario), seed);
    const auto put = [&out](std::string_view name, const std::string& value, bool last = false) {
        fmt::format_to(std::back_inserter(out), "  \"{}\": {}{}\n", name, value, last ? "" : ",");
    };
    put("packets", std::to_string(packets));
    put("captured_bytes", std::to_string(capturedBytes));
    put("original_bytes", std::to_string(originalBytes));
    put("file_bytes", std::to_string(fileBytes));
    put("first_ns", std::to_string(firstNs));
    put("last_ns", std::to_string(lastNs));
    put("packets_by_protocol", countsJson(packetsByProtocol));
    put("flows_total", std::to_string(flowsTotal));
    put("flows_listed", std::to_string(flows.size()));
    put("flows_by_application", countsJson(flowsByApplication));
    put("flows_by_ending", countsJson(flowsByEnding));
    put("damage", listJson(damage, damageJson));
    put("dns_names", listJson(dnsNames, [](const DnsNameTruth& entry) {
            return fmt::format("[{}, \"{}\"]", quoted(entry.name), entry.address.text());
        }));
    put("flows", listJson(flows, flowJson), true);
    return out + "}\n";
}

std::string protocolName(std::uint8_t protocol)
{
    switch (protocol) {
    case kProtoIcmp:
        return "icmp";
    case kProtoTcp:
        return "tcp";
    case kProtoUdp:
        return "udp";
    case kProtoIcmp6:
        return "icmp6";
    case kProtoSctp:
        return "sctp";
    default:
        return fmt::format("other:{}", protocol);
    }
}

} // namespace timbre::generator
