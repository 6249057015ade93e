#include "tests/generator/fast_frame.h"

#include "tests/generator/ip_packet.h"

#include <algorithm>
#include <cstring>

namespace timbre::generator {

namespace {

constexpr std::size_t kEthernetBytes = 14;
constexpr std::size_t kMinFrameBytes = 60;
constexpr std::uint8_t kSynOptions[] = {2, 4, 0, 0, 4, 2, 1, 1, 1, 3, 3, 7}; // MSS (set per flow), SACK, scale 128

void store16(std::uint8_t* at, std::uint64_t value)
{
    at[0] = low8(value >> 8);
    at[1] = low8(value);
}

void store32(std::uint8_t* at, std::uint64_t value)
{
    store16(at, value >> 16);
    store16(at + 2, value);
}

std::size_t transportBytes(const FastFlow& flow, const FastPacket& packet)
{
    if (flow.protocol == kProtoUdp) {
        return 8;
    }
    return 20 + ((packet.tcpFlags & kTcpSyn) != 0 ? sizeof kSynOptions : 0);
}

std::uint8_t* putEthernet(std::uint8_t* out, const FastFlow& flow, Side sender)
{
    const std::uint8_t host = flow.ends[0].address.octets[flow.ends[0].address.isV6 ? 15 : 3];
    const std::uint8_t client[6] = {0x02, 0x54, 0, 0, 1, host};
    const std::uint8_t gateway[6] = {0x02, 0x54, 0, 0, 0, 1};
    std::memcpy(out, sender == Side::Client ? gateway : client, 6);
    std::memcpy(out + 6, sender == Side::Client ? client : gateway, 6);
    store16(out + 12, flow.ends[0].address.isV6 ? 0x86dd : 0x0800);
    return out + kEthernetBytes;
}

std::uint8_t* putIp(std::uint8_t* out, FastFlow& flow, Side sender, std::size_t length)
{
    const std::size_t side = indexOf(sender);
    const IpAddress& from = flow.ends[side].address;
    const IpAddress& to = flow.ends[1 - side].address;
    if (from.isV6) {
        store32(out, 0x60000000U);
        store16(out + 4, length);
        out[6] = flow.protocol;
        out[7] = flow.ttl[side];
        std::memcpy(out + 8, from.octets.data(), 16);
        std::memcpy(out + 24, to.octets.data(), 16);
        return out + 40;
    }
    store16(out, 0x4500);
    store16(out + 2, 20 + length);
    store16(out + 4, flow.identification[side]++);
    store16(out + 6, 0x4000);
    out[8] = flow.ttl[side];
    out[9] = flow.protocol;
    store16(out + 10, 0);
    std::memcpy(out + 12, from.octets.data(), 4);
    std::memcpy(out + 16, to.octets.data(), 4);
    store16(out + 10, checksumFinish(checksumAdd(0, {out, 20})));
    return out + 20;
}

std::uint64_t payloadSum(const FastPacket& packet, const PayloadPool& pool)
{
    std::uint64_t poolSum = pool.sum(packet.poolOffset, packet.poolLength);
    if (packet.prefix.size() % 2 != 0) {
        // Shifted by one byte, the sum is the byte-swapped one (RFC 1071, section 2).
        const std::uint16_t folded = low16(~std::uint64_t{checksumFinish(poolSum)});
        poolSum = low16((folded << 8) | (folded >> 8));
    }
    return checksumAdd(poolSum, packet.prefix);
}

} // namespace

void FastFlow::prepare()
{
    addressSum = pseudoHeaderSum(ends[0].address, ends[1].address, protocol, 0);
}

std::size_t fastFrameLength(const FastFlow& flow, const FastPacket& packet)
{
    const std::size_t ipBytes = flow.ends[0].address.isV6 ? 40 : 20;
    return std::max(kEthernetBytes + ipBytes + transportBytes(flow, packet) + packet.payloadLength(), kMinFrameBytes);
}

void writeFastFrame(std::uint8_t* out, FastFlow& flow, const FastPacket& packet, const PayloadPool& pool)
{
    std::uint8_t* const end = out + fastFrameLength(flow, packet);
    const std::size_t headerBytes = transportBytes(flow, packet);
    const std::size_t length = headerBytes + packet.payloadLength();
    std::uint8_t* const transport = putIp(putEthernet(out, flow, packet.sender), flow, packet.sender, length);
    const std::size_t side = indexOf(packet.sender);
    store16(transport, flow.ends[side].port);
    store16(transport + 2, flow.ends[1 - side].port);
    std::size_t checksumAt = 6;
    if (flow.protocol == kProtoUdp) {
        store16(transport + 4, length);
    } else {
        checksumAt = 16;
        store32(transport + 4, packet.sequence);
        store32(transport + 8, packet.acknowledgment);
        transport[12] = low8(headerBytes / 4 << 4);
        transport[13] = packet.tcpFlags;
        const bool reset = (packet.tcpFlags & kTcpRst) != 0;
        store16(transport + 14, reset ? 0U : (packet.tcpFlags & kTcpSyn) != 0 ? 64240U : 502U);
        store16(transport + 18, 0);
        if (headerBytes > 20) {
            std::memcpy(transport + 20, kSynOptions, sizeof kSynOptions);
            store16(transport + 22, flow.mss());
        }
    }
    store16(transport + checksumAt, 0);
    const std::uint64_t headerSum = checksumAdd(flow.addressSum + length, {transport, headerBytes});
    const std::uint16_t checksum = checksumFinish(headerSum + payloadSum(packet, pool));
    store16(transport + checksumAt, checksum == 0 && flow.protocol == kProtoUdp ? 0xffffU : checksum);

    std::uint8_t* at = transport + headerBytes;
    at = std::copy(packet.prefix.begin(), packet.prefix.end(), at);
    const ByteView slice = pool.slice(packet.poolOffset, packet.poolLength);
    at = std::copy(slice.begin(), slice.end(), at);
    std::fill(at, end, std::uint8_t{0}); // Ethernet padding
}

} // namespace timbre::generator
