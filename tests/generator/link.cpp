#include "tests/generator/link.h"

namespace timbre::generator {

namespace {

constexpr std::size_t kMinFrameBytes = 60; // without frame check sequence
constexpr std::uint16_t kEtherIpv4 = 0x0800;
constexpr std::uint16_t kEtherArp = 0x0806;
constexpr std::uint16_t kEtherIpv6 = 0x86dd;
constexpr std::uint16_t kEtherMpls = 0x8847;
constexpr std::uint16_t kEtherPppoeSession = 0x8864;
constexpr std::uint16_t kPppIpv4 = 0x0021;
constexpr std::uint16_t kPppIpv6 = 0x0057;
constexpr std::uint16_t kArpHardwareEthernet = 1;

bool isIpv6(ByteView packet)
{
    return (packet[0] >> 4) == 6;
}

void pad(Bytes& frame)
{
    if (frame.size() < kMinFrameBytes) {
        frame.resize(kMinFrameBytes, std::uint8_t{0});
    }
}

void putEthernetBody(ByteWriter& out, const LinkPath& path, ByteView packet)
{
    const bool v6 = isIpv6(packet);
    for (const auto& tag : path.vlans) {
        out.u16(tag.etherType).u16((std::uint64_t{tag.priority} << 13) | tag.id);
    }
    if (path.pppoeSession) {
        out.u16(kEtherPppoeSession).u8(0x11).u8(0).u16(*path.pppoeSession).u16(packet.size() + 2);
        out.u16(v6 ? kPppIpv6 : kPppIpv4);
    } else if (!path.mplsLabels.empty()) {
        out.u16(kEtherMpls);
        for (std::size_t i = 0; i < path.mplsLabels.size(); ++i) {
            const bool bottom = i + 1 == path.mplsLabels.size();
            out.u32((std::uint64_t{path.mplsLabels[i]} << 12) | (bottom ? 0x100U : 0U) | 64U);
        }
    } else {
        out.u16(v6 ? kEtherIpv6 : kEtherIpv4);
    }
    out.bytes(packet);
}

// A data frame in an infrastructure network: to the access point from the client, from it to the client.
void putWifi(ByteWriter& out, const LinkPath& path, Side sender, ByteView packet)
{
    const MacAddress accessPoint = MacAddress::numbered(0xa9);
    const bool fromClient = sender == Side::Client;
    out.u8(0x08).u8(fromClient ? 0x01 : 0x02).u16Le(44);
    if (fromClient) {
        out.bytes(accessPoint.octets).bytes(path.client.octets).bytes(path.server.octets);
    } else {
        out.bytes(path.client.octets).bytes(accessPoint.octets).bytes(path.server.octets);
    }
    out.u16Le(0x0010);
    out.u8(0xaa).u8(0xaa).u8(0x03).u24(0).u16(isIpv6(packet) ? kEtherIpv6 : kEtherIpv4).bytes(packet);
}

void putRadiotap(ByteWriter& out)
{
    // Version 0, length 12, present: flags, rate, channel would need alignment; flags (bit 1), rate (bit 2),
    // antenna signal (bit 5) are single bytes.
    out.u8(0).u8(0).u16Le(12).u32Le((1U << 1) | (1U << 2) | (1U << 5));
    out.u8(0).u8(108).u8(static_cast<std::uint8_t>(-52)).u8(0);
}

void putCooked(ByteWriter& out, const LinkPath& path, Side sender, ByteView packet, bool second)
{
    const auto& mac = sender == Side::Client ? path.client : path.server;
    const unsigned direction = sender == Side::Client ? 4U : 0U; // 4: sent by us, 0: to us
    const std::uint16_t protocol = isIpv6(packet) ? kEtherIpv6 : kEtherIpv4;
    if (second) {
        out.u16(protocol).u16(0).u32(2).u16(kArpHardwareEthernet).u8(direction).u8(6).bytes(mac.octets).u16(0);
    } else {
        out.u16(direction).u16(kArpHardwareEthernet).u16(6).bytes(mac.octets).u16(0).u16(protocol);
    }
    out.bytes(packet);
}

void putFamily(ByteWriter& out, const LinkPath& path, ByteView packet)
{
    const unsigned family = isIpv6(packet) ? 30U : 2U; // 30: AF_INET6 of macOS
    const bool networkOrder = path.type == LinkType::Loop || path.bigEndianHost;
    if (networkOrder) {
        out.u32(family);
    } else {
        out.u32Le(family);
    }
    out.bytes(packet);
}

} // namespace

Bytes linkFrame(const LinkPath& path, Side sender, ByteView packet)
{
    const bool fromClient = sender == Side::Client;
    Bytes frame;
    frame.reserve(packet.size() + 64);
    ByteWriter out(frame);
    switch (path.type) {
    case LinkType::Ethernet:
        out.bytes((fromClient ? path.server : path.client).octets)
            .bytes((fromClient ? path.client : path.server).octets);
        putEthernetBody(out, path, packet);
        pad(frame);
        break;
    case LinkType::Null:
    case LinkType::Loop:
        putFamily(out, path, packet);
        break;
    case LinkType::Ppp:
        out.u16(0xff03).u16(isIpv6(packet) ? kPppIpv6 : kPppIpv4).bytes(packet);
        break;
    case LinkType::WifiRadiotap:
        putRadiotap(out);
        putWifi(out, path, sender, packet);
        break;
    case LinkType::Wifi:
        putWifi(out, path, sender, packet);
        break;
    case LinkType::LinuxCooked:
    case LinkType::LinuxCooked2:
        putCooked(out, path, sender, packet, path.type == LinkType::LinuxCooked2);
        break;
    case LinkType::RawIp:
    case LinkType::RawIpv4:
    case LinkType::RawIpv6:
        out.bytes(packet);
        break;
    }
    return frame;
}

Bytes ethernetFrame(const MacAddress& to, const MacAddress& from, std::uint16_t etherType, ByteView body, bool padded)
{
    Bytes frame;
    frame.reserve(14 + body.size());
    ByteWriter(frame).bytes(to.octets).bytes(from.octets).u16(etherType).bytes(body);
    if (padded) {
        pad(frame);
    }
    return frame;
}

Bytes arpFrame(bool request, const MacAddress& senderMac, const IpAddress& sender, const MacAddress& targetMac,
               const IpAddress& target)
{
    const MacAddress broadcast{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    Bytes body;
    ByteWriter out(body);
    out.u16(kArpHardwareEthernet).u16(kEtherIpv4).u8(6).u8(4).u16(request ? 1 : 2);
    out.bytes(senderMac.octets).bytes(sender.view());
    out.bytes(request ? MacAddress{}.octets : targetMac.octets).bytes(target.view());
    return ethernetFrame(request ? broadcast : targetMac, senderMac, kEtherArp, body, true);
}

} // namespace timbre::generator
