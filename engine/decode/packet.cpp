#include "engine/decode/packet.h"

#include <fmt/format.h>

namespace timbre::decode {

std::string l4Name(L4 l4, std::uint8_t protocol)
{
    switch (l4) {
    case L4::Tcp:
        return "tcp";
    case L4::Udp:
        return "udp";
    case L4::Icmp:
        return "icmp";
    case L4::Icmp6:
        return "icmp6";
    case L4::Sctp:
        return "sctp";
    case L4::Other:
        break;
    }
    return fmt::format("other:{}", protocol);
}

namespace {

void appendEndpoint(std::string& out, const IpAddress& address, std::uint16_t port)
{
    const bool brackets = address.family == IpFamily::V6;
    out += brackets ? " [" : " ";
    appendTo(out, address);
    fmt::format_to(std::back_inserter(out), "{}:{}", brackets ? "]" : "", port);
}

} // namespace

std::string toString(const FlowKey& key)
{
    std::string out = l4Name(key.l4, key.protocol);
    appendEndpoint(out, key.a(), key.portA);
    appendEndpoint(out, key.b(), key.portB);
    return out;
}

const char* tunnelName(Tunnel tunnel)
{
    switch (tunnel) {
    case Tunnel::None:
        return "";
    case Tunnel::Gre:
        return "gre";
    case Tunnel::Vxlan:
        return "vxlan";
    case Tunnel::Geneve:
        return "geneve";
    case Tunnel::GtpU:
        return "gtp-u";
    case Tunnel::IpInIp:
        return "ip-in-ip";
    case Tunnel::Teredo:
        return "teredo";
    case Tunnel::Mpls:
        return "mpls";
    case Tunnel::Pppoe:
        return "pppoe";
    case Tunnel::Capwap:
        return "capwap";
    }
    return "";
}

} // namespace timbre::decode
