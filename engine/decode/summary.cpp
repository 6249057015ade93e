#include "engine/decode/decoder.h"
#include "engine/decode/names_private.h"
#include "engine/decode/summary_private.h"
#include "engine/decode/tunnel_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

constexpr int kMaxTunnels = 8;

std::string icmpInfo(const Packet& packet)
{
    const Bytes bytes = packet.payload;
    if (bytes.size() < 2)
        return "cut";
    const std::uint8_t type = loadU8(bytes, 0);
    const bool v6 = packet.key.l4 == L4::Icmp6;
    std::string info = v6 ? icmp6TypeName(type) : icmpTypeName(type);
    const bool echo = v6 ? type == 128 || type == 129 : type == 0 || type == 8;
    if (echo && bytes.size() >= 8)
        return info + fmt::format(" id 0x{:04x} seq {} ttl {}", loadBe16(bytes, 4), loadBe16(bytes, 6), packet.ttl);
    if (!v6 && type == 3) {
        if (const std::string reason = icmpUnreachableName(loadU8(bytes, 1)); !reason.empty())
            info += ": " + reason;
    }
    constexpr std::uint8_t kNeighborSolicitation = 135;
    constexpr std::uint8_t kNeighborAdvertisement = 136;
    if (v6 && (type == kNeighborSolicitation || type == kNeighborAdvertisement) && bytes.size() >= 24)
        info += " for " + toString(IpAddress::fromBytes(bytes.subspan(8, 16)));
    return info;
}

std::string sctpInfo(const Packet& packet)
{
    const Bytes bytes = packet.payload;
    if (bytes.size() < 12)
        return fmt::format("len {}", packet.payloadLength);
    std::string info = fmt::format("{} → {}", loadBe16(bytes, 0), loadBe16(bytes, 2));
    if (bytes.size() > 12)
        info += " " + sctpChunkName(loadU8(bytes, 12));
    return info;
}

std::string infoOf(const Packet& packet)
{
    const Ports ports = portsOf(packet);
    switch (packet.key.l4) {
    case L4::Tcp:
        return fmt::format("{} → {} [{}] seq {} ack {} win {} len {}", ports.source, ports.destination,
                           tcpFlagNames(packet.tcpFlags), packet.tcpSequence, packet.tcpAcknowledgement,
                           packet.tcpWindow, packet.payloadLength);
    case L4::Udp:
        return fmt::format("{} → {} len {}", ports.source, ports.destination, packet.payloadLength);
    default:
        break;
    }
    if (packet.fragment)
        return fmt::format("fragment len {}", packet.payloadLength);
    if (packet.key.l4 == L4::Icmp || packet.key.l4 == L4::Icmp6)
        return icmpInfo(packet);
    return packet.key.l4 == L4::Sctp ? sctpInfo(packet) : fmt::format("len {}", packet.payloadLength);
}

} // namespace

PacketSummary packetSummary(std::uint16_t linkType, Bytes frame)
{
    Packet packet = decodeOuter(linkType, frame);
    if (!packet.matched)
        return {};
    for (int depth = 0; depth < kMaxTunnels && !packet.fragment; ++depth) {
        const Tunnel tunnel = tunnelCandidate(packet);
        if (tunnel == Tunnel::None)
            break;
        const TunnelContent content = enterTunnel(tunnel, packet);
        Packet inner;
        if (!decodeIp(content.network, inner))
            break;
        packet = inner;
    }
    PacketSummary summary;
    summary.source = toString(packet.reverse ? packet.key.b() : packet.key.a());
    summary.destination = toString(packet.reverse ? packet.key.a() : packet.key.b());
    summary.protocol = ipProtocolName(packet.key.protocol);
    summary.info = infoOf(packet);
    return summary;
}

} // namespace timbre::decode
