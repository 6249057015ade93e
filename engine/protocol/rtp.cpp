#include "engine/protocol/rtp.h"

#include "engine/protocol/datagram_head.h"

#include <algorithm>

namespace timbre::protocol {

namespace {

constexpr std::size_t kRtpHeader = 12;
constexpr std::size_t kReportBlock = 24;
constexpr unsigned kSenderReport = 200;
constexpr unsigned kGoodbye = 203;
constexpr unsigned kFirstRtcpType = 192; // RFC 5761 4: 64 … 95 of RTP with the marker set
constexpr unsigned kLastRtcpType = 223;

RtcpBlock parseBlock(Bytes block)
{
    RtcpBlock result;
    result.ssrc = loadBe32(block, 0);
    result.lossFraction = loadU8(block, 4) / 256.0;
    const std::uint32_t lost = loadBe32(block, 4) & 0xffffffU;
    result.lost = static_cast<std::int32_t>(lost << 8U) >> 8; // 24 bits with sign
    result.jitter = loadBe32(block, 12);
    result.lastSenderReport = loadBe32(block, 16);
    result.delaySinceLast = loadBe32(block, 20);
    return result;
}

/// Walks the chain of RTCP packets. False when it does not end exactly at the end of the datagram.
bool walkCompound(Bytes datagram, RtcpReport& report)
{
    std::size_t at = 0;
    while (datagram.size() - at >= 4) {
        const unsigned first = loadU8(datagram, at);
        const unsigned type = loadU8(datagram, at + 1);
        const std::size_t length = 4 * (std::size_t{loadBe16(datagram, at + 2)} + 1);
        if (first >> 6U != 2 || type < kFirstRtcpType || type > kLastRtcpType || length > datagram.size() - at)
            return false;
        report.goodbye |= type == kGoodbye;
        at += length;
    }
    return at == datagram.size();
}

} // namespace

std::optional<RtpPacket> parseRtp(Bytes datagram, std::size_t wireBytes)
{
    if (!mayBeRtp(datagram) || wireBytes < datagram.size())
        return std::nullopt;
    const unsigned first = loadU8(datagram, 0);
    const unsigned second = loadU8(datagram, 1);
    RtpPacket packet;
    packet.padding = (first & 0x20U) != 0;
    packet.extension = (first & 0x10U) != 0;
    packet.contributors = first & 0x0fU;
    packet.marker = (second & 0x80U) != 0;
    packet.payloadType = second & 0x7fU;
    packet.sequence = loadBe16(datagram, 2);
    packet.timestamp = loadBe32(datagram, 4);
    packet.ssrc = loadBe32(datagram, 8);
    std::size_t header = kRtpHeader + 4 * std::size_t{packet.contributors};
    if (packet.extension) {
        if (datagram.size() < header + 4)
            return std::nullopt;
        header += 4 + 4 * std::size_t{loadBe16(datagram, header + 2)};
        if (header > wireBytes)
            return std::nullopt;
    }
    packet.headerBytes = static_cast<std::uint32_t>(header);
    std::size_t payload = wireBytes - header;
    if (packet.padding && datagram.size() == wireBytes && payload > 0) {
        // Under SRTP the count is encrypted: one that cannot be right is left alone.
        const std::size_t padding = loadU8(datagram, datagram.size() - 1);
        if (padding > 0 && padding <= payload)
            payload -= padding;
    }
    packet.payloadBytes = static_cast<std::uint32_t>(payload);
    packet.payload = header < datagram.size() ? datagram.subspan(header) : Bytes{};
    return packet;
}

std::optional<RtcpReport> parseRtcp(Bytes datagram)
{
    if (!mayBeRtcp(datagram))
        return std::nullopt;
    RtcpReport report;
    report.sender = loadBe32(datagram, 4);
    report.senderReport = loadU8(datagram, 1) == kSenderReport;
    report.wholly = walkCompound(datagram, report);
    if (!report.wholly)
        return report;
    if (report.senderReport)
        report.ntpMiddle = loadBe32(datagram, 10);
    const std::size_t first = report.senderReport ? 28 : 8;
    const std::size_t end = 4 * (std::size_t{loadBe16(datagram, 2)} + 1);
    const std::size_t count = loadU8(datagram, 0) & 0x1fU;
    for (std::size_t i = 0; i < count && first + (i + 1) * kReportBlock <= end; ++i)
        report.blocks[report.blockCount++] = parseBlock(datagram.subspan(first + i * kReportBlock, kReportBlock));
    return report;
}

} // namespace timbre::protocol
