#include "engine/protocol/wzp.h"

namespace timbre::protocol {

namespace {

constexpr std::uint8_t kFull = 0;
constexpr std::uint8_t kMini = 1;
constexpr std::size_t kTrunkEntryHeader = 4;

WzpQuality parseQuality(Bytes trailer)
{
    WzpQuality quality;
    quality.loss = loadU8(trailer, 0) / 255.0;
    quality.roundTripMs = loadU8(trailer, 1) * 4U;
    quality.jitterMs = loadU8(trailer, 2);
    quality.capKbps = loadU8(trailer, 3);
    return quality;
}

} // namespace

std::optional<WzpHeader> parseWzpHeader(Bytes datagram)
{
    if (datagram.size() < kWzpHeaderBytes || loadU8(datagram, 0) != 2)
        return std::nullopt;
    const unsigned flags = loadU8(datagram, 1);
    const unsigned type = loadU8(datagram, 2);
    WzpHeader header;
    header.codec = loadU8(datagram, 3);
    if (type > static_cast<unsigned>(WzpMediaType::Control) || header.codec >= kWzpCodecs.size())
        return std::nullopt;
    header.type = static_cast<WzpMediaType>(type);
    header.repair = (flags & 0x80U) != 0;
    header.hasQuality = (flags & 0x40U) != 0;
    header.keyframe = (flags & 0x20U) != 0;
    header.frameEnd = (flags & 0x10U) != 0;
    header.streamId = loadU8(datagram, 4);
    header.fecRatio = loadU8(datagram, 5);
    header.sequence = loadBe32(datagram, 6);
    header.timestampMs = loadBe32(datagram, 10);
    header.fecBlock = loadBe16(datagram, 14);
    return header;
}

std::optional<WzpHeader> parseOldWzpHeader(Bytes datagram)
{
    if (datagram.size() < kWzpOldHeaderBytes)
        return std::nullopt;
    const unsigned first = loadU8(datagram, 0);
    WzpHeader header;
    header.version = 1;
    header.codec = static_cast<std::uint8_t>(first >> 2U & 0xfU);
    if ((first & 0x80U) != 0 || header.codec >= kWzpCodecs.size())
        return std::nullopt;
    header.type = header.codec == kWzpVideo ? WzpMediaType::Video : WzpMediaType::Audio;
    header.repair = (first & 0x40U) != 0;
    header.hasQuality = (first & 0x02U) != 0;
    header.fecRatio = static_cast<std::uint8_t>((first & 1U) << 6U | loadU8(datagram, 1) >> 2U);
    header.sequence = loadBe16(datagram, 2);
    header.timestampMs = loadBe32(datagram, 4);
    header.fecBlock = loadU8(datagram, 8);
    header.fecSymbol = loadU8(datagram, 9);
    header.contributors = loadU8(datagram, 11);
    return header;
}

std::optional<WzpPacket> splitWzpPacket(const WzpHeader& header, Bytes afterHeader)
{
    WzpPacket packet{.header = header, .payload = afterHeader, .quality = {}};
    if (header.hasQuality) {
        if (afterHeader.size() < kWzpQualityBytes)
            return std::nullopt;
        packet.payload = afterHeader.first(afterHeader.size() - kWzpQualityBytes);
        packet.quality = parseQuality(afterHeader.last(kWzpQualityBytes));
    }
    return packet;
}

std::optional<WzpPacket> WzpCompactReader::read(Bytes datagram)
{
    if (datagram.empty())
        return std::nullopt;
    const std::uint8_t kind = loadU8(datagram, 0);
    const Bytes rest = datagram.subspan(1);
    if (kind == kFull) {
        auto header = parseWzpHeader(rest);
        if (!header)
            header = parseOldWzpHeader(rest);
        if (!header)
            return std::nullopt;
        m_last = header;
        m_miniFrames = 0;
        return splitWzpPacket(*header, rest.subspan(header->bytes()));
    }
    if (kind != kMini || !m_last || rest.size() < kWzpMiniHeaderBytes || m_miniFrames >= kMaxMiniFrames)
        return std::nullopt;
    const std::size_t length = loadBe16(rest, 2);
    if (length != rest.size() - kWzpMiniHeaderBytes)
        return std::nullopt;
    ++m_miniFrames;
    ++m_last->sequence;
    if (m_last->version == 1)
        m_last->sequence &= 0xffffU;
    m_last->timestampMs += loadBe16(rest, 0);
    return splitWzpPacket(*m_last, rest.subspan(kWzpMiniHeaderBytes));
}

bool parseWzpTrunk(Bytes datagram, std::vector<WzpTrunkEntry>& entries)
{
    entries.clear();
    ByteReader reader(datagram);
    const std::size_t count = reader.be16();
    if (!reader.ok() || count == 0 || count > reader.remaining() / kTrunkEntryHeader)
        return false;
    for (std::size_t i = 0; i < count; ++i) {
        WzpTrunkEntry entry;
        entry.session = reader.be16();
        entry.bytes = reader.bytes(reader.be16());
        if (!reader.ok())
            return false;
        entries.push_back(entry);
    }
    return reader.atEnd();
}

} // namespace timbre::protocol
