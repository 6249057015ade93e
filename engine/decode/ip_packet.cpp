#include "engine/decode/ip_packet_private.h"
#include "engine/decode/protocol_numbers_private.h"

#include <algorithm>

namespace timbre::decode {

namespace {

bool readTcp(const IpBody& body, Packet& packet, Ports& ports)
{
    if (body.length < kTcpHeader || body.bytes.size() < kTcpHeader)
        return false;
    const std::size_t header = (loadU8(body.bytes, 12) >> 4) * std::size_t{4};
    if (header < kTcpHeader || header > body.length)
        return false;
    ports = {loadBe16(body.bytes, 0), loadBe16(body.bytes, 2)};
    packet.key.l4 = L4::Tcp;
    packet.tcpSequence = loadBe32(body.bytes, 4);
    packet.tcpAcknowledgement = loadBe32(body.bytes, 8);
    packet.tcpFlags = loadU8(body.bytes, 13);
    packet.tcpWindow = loadBe16(body.bytes, 14);
    packet.payload = body.bytes.subspan(std::min(header, body.bytes.size())); // options may be cut off
    packet.payloadLength = body.length - static_cast<std::uint32_t>(header);
    return true;
}

bool readUdp(const IpBody& body, Packet& packet, Ports& ports)
{
    if (body.length < kUdpHeader || body.bytes.size() < kUdpHeader)
        return false;
    ports = {loadBe16(body.bytes, 0), loadBe16(body.bytes, 2)};
    packet.key.l4 = L4::Udp;
    packet.payload = body.bytes.subspan(kUdpHeader);
    packet.payloadLength = body.length - static_cast<std::uint32_t>(kUdpHeader);
    return true;
}

L4 l4WithoutPorts(std::uint8_t protocol)
{
    switch (protocol) {
    case ipproto::kIcmp:
        return L4::Icmp;
    case ipproto::kIcmp6:
        return L4::Icmp6;
    case ipproto::kSctp:
        return L4::Sctp;
    default:
        return L4::Other;
    }
}

Ports readTransport(const IpBody& body, Packet& packet)
{
    Ports ports;
    packet.key.protocol = body.protocol;
    if (body.readable && body.protocol == ipproto::kTcp && readTcp(body, packet, ports))
        return ports;
    if (body.readable && body.protocol == ipproto::kUdp && readUdp(body, packet, ports))
        return ports;
    packet.key.l4 = l4WithoutPorts(body.protocol);
    packet.payload = body.bytes;
    packet.payloadLength = body.length;
    return ports;
}

void setPorts(Packet& packet, Ports ports)
{
    packet.key.portA = packet.reverse ? ports.destination : ports.source;
    packet.key.portB = packet.reverse ? ports.source : ports.destination;
}

bool decodeIpv4(Bytes bytes, Packet& packet)
{
    if (bytes.size() < kIpv4Header)
        return false;
    const std::uint8_t first = loadU8(bytes, 0);
    const std::size_t header = (first & 0x0f) * std::size_t{4};
    if (first >> 4 != 4 || header < kIpv4Header || header > bytes.size())
        return false;
    const std::size_t total = loadBe16(bytes, 2);
    const std::size_t end = total == 0 ? bytes.size() : total; // 0: segmentation left to the network card
    if (end < header)
        return false;
    const std::uint16_t fragment = loadBe16(bytes, 6);
    packet.fragment = (fragment & 0x3fff) != 0;
    packet.ttl = loadU8(bytes, 8);
    const IpBody body{bytes.subspan(header, std::min(end, bytes.size()) - header),
                      static_cast<std::uint32_t>(end - header), loadU8(bytes, 9), (fragment & 0x1fff) == 0};
    const Ports ports = readTransport(body, packet);
    const std::uint32_t source = loadBe32(bytes, 12);
    const std::uint32_t destination = loadBe32(bytes, 16);
    packet.reverse = source > destination || (source == destination && ports.source > ports.destination);
    packet.key.family = IpFamily::V4;
    std::memcpy(packet.key.addressA.data(), bytes.data() + (packet.reverse ? 16 : 12), 4);
    std::memcpy(packet.key.addressB.data(), bytes.data() + (packet.reverse ? 12 : 16), 4);
    setPorts(packet, ports);
    return true;
}

struct ExtensionWalk {
    std::size_t position = kIpv6Header; // behind the last header that was walked
    std::size_t fragmentHeader = 0;     // of the first header that makes this a fragment; 0: none
    std::uint8_t protocol = 0;
    bool readable = true;
};

/// `end`: of the packet, by its payload length. Linear in the captured bytes, since every header takes at least eight.
ExtensionWalk walkExtensions(Bytes bytes, std::size_t end)
{
    const std::size_t limit = std::min(end, bytes.size());
    ExtensionWalk walk;
    walk.protocol = loadU8(bytes, 6);
    while (isExtensionHeader(walk.protocol)) {
        const std::size_t left = limit - walk.position;
        const std::size_t length =
            left < kSmallestExtension ? 0 : extensionLength(walk.protocol, loadU8(bytes, walk.position + 1));
        if (length == 0 || length > left) {
            walk.readable = false;
            return walk;
        }
        const std::uint8_t number = walk.protocol;
        walk.protocol = loadU8(bytes, walk.position);
        if (number == ipproto::kFragment) {
            const std::uint16_t field = loadBe16(bytes, walk.position + 2);
            if ((field & 0xfff9) != 0 &&
                walk.fragmentHeader == 0) // offset or "more"; else it is a datagram of one part
                walk.fragmentHeader = walk.position;
            if ((field & 0xfff8) != 0) {
                walk.position += length;
                walk.readable = false;
                return walk;
            }
        }
        walk.position += length;
    }
    return walk;
}

std::size_t endOfIpv6(Bytes bytes)
{
    const std::size_t payload = loadBe16(bytes, 4);
    return payload == 0 ? bytes.size()
                        : kIpv6Header + payload; // 0: jumbogram, or segmentation left to the network card
}

bool ipv6SourceIsLarger(Bytes bytes, Ports ports)
{
    const int order = std::memcmp(bytes.data() + 8, bytes.data() + 24, 16);
    return order > 0 || (order == 0 && ports.source > ports.destination);
}

bool decodeIpv6(Bytes bytes, Packet& packet)
{
    if (bytes.size() < kIpv6Header || loadU8(bytes, 0) >> 4 != 6)
        return false;
    const std::size_t end = endOfIpv6(bytes);
    const ExtensionWalk walk = walkExtensions(bytes, end);
    packet.fragment = walk.fragmentHeader != 0;
    packet.ttl = loadU8(bytes, 7);
    const IpBody body{bytes.subspan(walk.position, std::min(end, bytes.size()) - walk.position),
                      static_cast<std::uint32_t>(end - walk.position), walk.protocol, walk.readable};
    const Ports ports = readTransport(body, packet);
    packet.reverse = ipv6SourceIsLarger(bytes, ports);
    packet.key.family = IpFamily::V6;
    std::memcpy(packet.key.addressA.data(), bytes.data() + (packet.reverse ? 24 : 8), 16);
    std::memcpy(packet.key.addressB.data(), bytes.data() + (packet.reverse ? 8 : 24), 16);
    setPorts(packet, ports);
    return true;
}

Fragment readIpv4Fragment(Bytes bytes)
{
    const std::size_t header = (loadU8(bytes, 0) & 0x0f) * std::size_t{4};
    const std::size_t total = loadBe16(bytes, 2);
    const std::size_t end = total == 0 ? bytes.size() : total;
    const std::uint16_t field = loadBe16(bytes, 6);
    Fragment fragment;
    fragment.source = IpAddress::fromBytes(bytes.subspan(12, 4));
    fragment.destination = IpAddress::fromBytes(bytes.subspan(16, 4));
    fragment.identification = loadBe16(bytes, 4);
    fragment.protocol = loadU8(bytes, 9);
    fragment.offset = (field & 0x1fffU) * 8;
    fragment.more = (field & 0x2000) != 0;
    fragment.header = bytes.first(header);
    fragment.bytes = bytes.subspan(header, std::min(end, bytes.size()) - header);
    fragment.length = static_cast<std::uint32_t>(end - header);
    return fragment;
}

Fragment readIpv6Fragment(Bytes bytes)
{
    const std::size_t end = endOfIpv6(bytes);
    const std::size_t at = walkExtensions(bytes, end).fragmentHeader;
    const std::uint16_t field = loadBe16(bytes, at + 2);
    const std::size_t data = at + 8;
    Fragment fragment;
    fragment.source = IpAddress::fromBytes(bytes.subspan(8, 16));
    fragment.destination = IpAddress::fromBytes(bytes.subspan(24, 16));
    fragment.identification = loadBe32(bytes, at + 4);
    fragment.protocol = loadU8(bytes, at);
    fragment.offset = field & 0xfff8U;
    fragment.more = (field & 1) != 0;
    fragment.header = bytes.first(kIpv6Header);
    fragment.bytes = bytes.subspan(data, std::min(end, bytes.size()) - data);
    fragment.length = static_cast<std::uint32_t>(end - data);
    return fragment;
}

} // namespace

bool decodeIp(const Network& network, Packet& packet)
{
    const bool ok = network.etherType == ethertype::kIpv4   ? decodeIpv4(network.bytes, packet)
                    : network.etherType == ethertype::kIpv6 ? decodeIpv6(network.bytes, packet)
                                                            : false;
    packet.matched = ok;
    if (ok)
        packet.vlan = network.vlan;
    return ok;
}

Fragment readFragment(const Network& network)
{
    return network.etherType == ethertype::kIpv4 ? readIpv4Fragment(network.bytes) : readIpv6Fragment(network.bytes);
}

} // namespace timbre::decode
