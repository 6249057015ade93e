#include "tests/generator/tunnel.h"

#include "tests/generator/ip_packet.h"
#include "tests/generator/link.h"

namespace timbre::generator {

namespace {

constexpr std::uint16_t kVxlanPort = 4789;  // RFC 7348
constexpr std::uint16_t kGenevePort = 6081; // RFC 8926
constexpr std::uint16_t kGtpUPort = 2152;   // 3GPP TS 29.281
constexpr std::uint16_t kTeredoPort = 3544; // RFC 4380
constexpr std::uint16_t kBridgedEthernet = 0x6558;

bool isIpv6(ByteView packet)
{
    return (packet[0] >> 4) == 6;
}

std::uint16_t etherTypeOf(ByteView packet)
{
    return isIpv6(packet) ? 0x86dd : 0x0800;
}

Bytes innerFrame(Side sender, ByteView packet)
{
    const MacAddress client = MacAddress::numbered(0x1001);
    const MacAddress server = MacAddress::numbered(0x1002);
    const bool fromClient = sender == Side::Client;
    return ethernetFrame(fromClient ? server : client, fromClient ? client : server, etherTypeOf(packet), packet,
                         false);
}

Bytes tunnelHeaderAndBody(const Tunnel& tunnel, Side sender, ByteView packet)
{
    Bytes body;
    ByteWriter out(body);
    switch (tunnel.kind) {
    case TunnelKind::Gre:
        out.u16(0x2000).u16(etherTypeOf(packet)).u32(tunnel.id); // key present, RFC 2890
        break;
    case TunnelKind::Vxlan:
        out.u8(0x08).u24(0).u24(tunnel.id).u8(0).bytes(innerFrame(sender, packet));
        return body;
    case TunnelKind::Geneve:
        out.u16(0).u16(kBridgedEthernet).u24(tunnel.id).u8(0).bytes(innerFrame(sender, packet));
        return body;
    case TunnelKind::GtpU:
        out.u8(0x30).u8(0xff).u16(packet.size()).u32(tunnel.id);
        break;
    case TunnelKind::IpInIp:
    case TunnelKind::SixInFour:
    case TunnelKind::Teredo:
        break;
    }
    out.bytes(packet);
    return body;
}

} // namespace

std::string_view tunnelName(TunnelKind kind)
{
    switch (kind) {
    case TunnelKind::Gre:
        return "gre";
    case TunnelKind::Vxlan:
        return "vxlan";
    case TunnelKind::Geneve:
        return "geneve";
    case TunnelKind::GtpU:
        return "gtp-u";
    case TunnelKind::IpInIp:
        return "ip-in-ip";
    case TunnelKind::SixInFour:
        return "6in4";
    case TunnelKind::Teredo:
        return "teredo";
    }
    return "";
}

std::uint8_t tunnelProtocol(const Tunnel& tunnel)
{
    switch (tunnel.kind) {
    case TunnelKind::Gre:
        return kProtoGre;
    case TunnelKind::IpInIp:
        return kProtoIpInIp;
    case TunnelKind::SixInFour:
        return kProtoIpv6;
    default:
        return kProtoUdp;
    }
}

OuterEndpoints outerEndpoints(const Tunnel& tunnel, Side sender)
{
    const bool fromClient = sender == Side::Client;
    const std::uint16_t ephemeral = low16(49152U + (tunnel.id * 2 + (fromClient ? 0U : 1U)) % 16384U);
    OuterEndpoints ends{{fromClient ? tunnel.client : tunnel.server, 0},
                        {fromClient ? tunnel.server : tunnel.client, 0}};
    switch (tunnel.kind) {
    case TunnelKind::Vxlan:
        ends.from.port = ephemeral;
        ends.to.port = kVxlanPort;
        break;
    case TunnelKind::Geneve:
        ends.from.port = ephemeral;
        ends.to.port = kGenevePort;
        break;
    case TunnelKind::GtpU:
        ends.from.port = kGtpUPort;
        ends.to.port = kGtpUPort;
        break;
    case TunnelKind::Teredo:
        (fromClient ? ends.from : ends.to).port = low16(49152U + tunnel.id % 16384U);
        (fromClient ? ends.to : ends.from).port = kTeredoPort;
        break;
    default:
        break;
    }
    return ends;
}

Bytes tunnelled(const Tunnel& tunnel, Side sender, ByteView packet, std::uint16_t identification)
{
    const auto [from, to] = outerEndpoints(tunnel, sender);
    IpFields fields;
    fields.identification = identification;
    const Bytes body = tunnelHeaderAndBody(tunnel, sender, packet);
    if (tunnelProtocol(tunnel) == kProtoUdp) {
        return udpPacket(from, to, body, fields);
    }
    return ipPacket(from.address, to.address, tunnelProtocol(tunnel), body, fields);
}

} // namespace timbre::generator
