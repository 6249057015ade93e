#include "tests/generator/ip_packet.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint16_t kMoreFragments = 0x2000;
constexpr std::uint16_t kDontFragment = 0x4000;
constexpr std::size_t kIpv6HeaderBytes = 40;

Bytes ipv4Packet(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, ByteView payload,
                 const IpFields& fields)
{
    const std::size_t headerBytes = 20 + fields.options.size();
    Bytes packet;
    packet.reserve(headerBytes + payload.size());
    ByteWriter out(packet);
    out.u8(0x40 | (headerBytes / 4)).u8(fields.trafficClass).u16(headerBytes + payload.size());
    out.u16(fields.identification).u16(fields.dontFragment ? kDontFragment : 0);
    out.u8(fields.ttl).u8(protocol).u16(0).bytes(from.view()).bytes(to.view()).bytes(fields.options);
    out.patch16(10, checksumFinish(checksumAdd(0, packet)));
    out.bytes(payload);
    return packet;
}

Bytes ipv6Packet(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, ByteView payload,
                 const IpFields& fields)
{
    Bytes packet;
    packet.reserve(kIpv6HeaderBytes + payload.size());
    ByteWriter out(packet);
    out.u32((std::uint64_t{6} << 28) | (std::uint64_t{fields.trafficClass} << 20) | (fields.flowLabel & 0xfffffU));
    out.u16(payload.size()).u8(protocol).u8(fields.ttl).bytes(from.view()).bytes(to.view()).bytes(payload);
    return packet;
}

std::vector<Bytes> fragmentedV4(const Bytes& packet, std::size_t mtu)
{
    const std::size_t headerBytes = std::size_t{packet[0] & 0x0fU} * 4;
    const std::size_t step = (mtu - headerBytes) / 8 * 8;
    const ByteView body = ByteView(packet).subspan(headerBytes);
    std::vector<Bytes> result;
    for (std::size_t at = 0; at < body.size(); at += step) {
        const std::size_t length = std::min(step, body.size() - at);
        Bytes fragment(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(headerBytes));
        ByteWriter out(fragment);
        out.patch16(2, headerBytes + length);
        out.patch16(6, (at + length < body.size() ? kMoreFragments : 0U) | (at / 8));
        out.patch16(10, 0);
        out.patch16(10, checksumFinish(checksumAdd(0, fragment)));
        out.bytes(body.subspan(at, length));
        result.push_back(std::move(fragment));
    }
    return result;
}

std::vector<Bytes> fragmentedV6(const Bytes& packet, std::size_t mtu, std::uint32_t identification)
{
    constexpr std::uint8_t kFragmentHeader = 44;
    const std::size_t step = (mtu - kIpv6HeaderBytes - 8) / 8 * 8;
    const ByteView body = ByteView(packet).subspan(kIpv6HeaderBytes);
    std::vector<Bytes> result;
    for (std::size_t at = 0; at < body.size(); at += step) {
        const std::size_t length = std::min(step, body.size() - at);
        Bytes fragment(packet.begin(), packet.begin() + kIpv6HeaderBytes);
        ByteWriter out(fragment);
        out.patch16(4, 8 + length);
        fragment[6] = kFragmentHeader;
        out.u8(packet[6]).u8(0).u16(at | (at + length < body.size() ? 1U : 0U)).u32(identification);
        out.bytes(body.subspan(at, length));
        result.push_back(std::move(fragment));
    }
    return result;
}

} // namespace

std::uint64_t checksumAdd(std::uint64_t sum, ByteView data)
{
    std::size_t i = 0;
    for (; i + 1 < data.size(); i += 2) {
        sum += (std::uint64_t{data[i]} << 8) | data[i + 1];
    }
    return i < data.size() ? sum + (std::uint64_t{data[i]} << 8) : sum;
}

std::uint16_t checksumFinish(std::uint64_t sum)
{
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return low16(~sum);
}

std::uint64_t pseudoHeaderSum(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, std::size_t length)
{
    return checksumAdd(checksumAdd(0, from.view()), to.view()) + protocol + (length >> 16) + (length & 0xffff);
}

Bytes udpDatagram(const Endpoint& from, const Endpoint& to, ByteView payload)
{
    Bytes result;
    result.reserve(8 + payload.size());
    ByteWriter out(result);
    out.u16(from.port).u16(to.port).u16(8 + payload.size()).u16(0).bytes(payload);
    const std::uint64_t sum = pseudoHeaderSum(from.address, to.address, kProtoUdp, result.size());
    const std::uint16_t checksum = checksumFinish(checksumAdd(sum, result));
    out.patch16(6, checksum == 0 ? 0xffff : checksum); // 0 would mean "no checksum", RFC 768
    return result;
}

Bytes tcpSegment(const Endpoint& from, const Endpoint& to, const TcpFields& fields, ByteView payload)
{
    const std::size_t headerBytes = 20 + fields.options.size();
    Bytes result;
    result.reserve(headerBytes + payload.size());
    ByteWriter out(result);
    out.u16(from.port).u16(to.port).u32(fields.sequence).u32(fields.acknowledgment);
    out.u8(headerBytes / 4 << 4).u8(fields.flags).u16(fields.window).u16(0).u16(0);
    out.bytes(fields.options).bytes(payload);
    const std::uint64_t sum = pseudoHeaderSum(from.address, to.address, kProtoTcp, result.size());
    out.patch16(16, checksumFinish(checksumAdd(sum, result)));
    return result;
}

Bytes icmpEcho(const IpAddress& from, const IpAddress& to, bool request, std::uint16_t identifier,
               std::uint16_t sequence, ByteView payload)
{
    Bytes result;
    ByteWriter out(result);
    const unsigned type = from.isV6 ? (request ? 128U : 129U) : (request ? 8U : 0U);
    out.u8(type).u8(0).u16(0).u16(identifier).u16(sequence).bytes(payload);
    const std::uint64_t sum = from.isV6 ? pseudoHeaderSum(from, to, kProtoIcmp6, result.size()) : 0;
    out.patch16(2, checksumFinish(checksumAdd(sum, result)));
    return result;
}

Bytes ipPacket(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, ByteView payload,
               const IpFields& fields)
{
    return from.isV6 ? ipv6Packet(from, to, protocol, payload, fields)
                     : ipv4Packet(from, to, protocol, payload, fields);
}

Bytes udpPacket(const Endpoint& from, const Endpoint& to, ByteView payload, const IpFields& fields)
{
    return ipPacket(from.address, to.address, kProtoUdp, udpDatagram(from, to, payload), fields);
}

Bytes tcpPacket(const Endpoint& from, const Endpoint& to, const TcpFields& fields, ByteView payload, const IpFields& ip)
{
    return ipPacket(from.address, to.address, kProtoTcp, tcpSegment(from, to, fields, payload), ip);
}

std::vector<Bytes> fragmented(const Bytes& packet, std::size_t mtu, std::uint32_t identification)
{
    if (packet.size() <= mtu) {
        return {packet};
    }
    return (packet[0] >> 4) == 4 ? fragmentedV4(packet, mtu) : fragmentedV6(packet, mtu, identification);
}

} // namespace timbre::generator
