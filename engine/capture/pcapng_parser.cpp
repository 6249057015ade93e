// The format of blocks: sections, their interfaces, packets, and much that may be skipped.
// IETF draft-ietf-opsawg-pcapng; option and block codes are from its tables.

#include "engine/capture/pcapng_parser_private.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::capture {

namespace {

constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kObsoletePacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kNameResolution = 4;
constexpr std::uint32_t kInterfaceStatistics = 5;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kDecryptionSecrets = 10;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint16_t kComment = 1;

constexpr std::size_t kMinBlock = 12;
constexpr std::size_t kPacketFields = 20; // of an enhanced or obsolete packet block, before the bytes

/// Blocks are held up to here, which leaves room for the largest packet and as much again for its options. What a
/// longer block has behind it is skipped unread.
constexpr std::size_t kMaxHeldBlock = 2 * std::size_t{kMaxCapturedLength} + 64;

} // namespace

ParseResult PcapngParser::parse(Bytes held, std::uint64_t offset, std::vector<Record>& records)
{
    std::size_t at = 0;
    for (;;) {
        const std::size_t left = held.size() - at;
        if (left < kMinBlock)
            return {.consumed = at, .wanted = kMinBlock};
        m_blockOffset = offset + at;
        const Bytes front = held.subspan(at);
        const std::uint32_t type = load32(front, 0);
        if (type == kSectionHeader && !readByteOrder(front))
            return {.consumed = at, .ended = true};
        const std::uint32_t length = load32(front, 4);
        if (!lengthIsGood(length))
            return {.consumed = at, .ended = true};
        const std::size_t needed = std::min<std::size_t>(length, kMaxHeldBlock);
        if (left < needed)
            return {.consumed = at, .wanted = needed};
        const bool whole = needed == length;
        if (whole && !trailerIsGood(front, length))
            return {.consumed = at, .ended = true};
        if (!readBlock(type, front.subspan(8, needed - (whole ? 12 : 8)), records))
            return {.consumed = at, .ended = true};
        if (left < length)
            return {.consumed = held.size(), .wanted = kMinBlock, .skip = length - left};
        at += length;
    }
}

bool PcapngParser::readByteOrder(Bytes block)
{
    if (loadLe32(block, 8) == kByteOrderMagic)
        m_section.swapped = false;
    else if (loadBe32(block, 8) == kByteOrderMagic)
        m_section.swapped = true;
    else
        return damage("The section header at offset {} has an impossible byte-order mark", m_blockOffset);
    return true;
}

bool PcapngParser::lengthIsGood(std::uint32_t length)
{
    if (length < kMinBlock || length % 4 != 0)
        return damage("The block at offset {} claims an impossible length of {} bytes", m_blockOffset, length);
    if (length > kMaxBlockLength)
        return damage("The block at offset {} claims {} bytes, more than the {} that are accepted", m_blockOffset,
                      length, kMaxBlockLength);
    return true;
}

bool PcapngParser::trailerIsGood(Bytes block, std::uint32_t length)
{
    const std::uint32_t again = load32(block, length - 4);
    if (again == length)
        return true;
    return damage("The two length fields of the block at offset {} differ ({} and {} bytes)", m_blockOffset, length,
                  again);
}

bool PcapngParser::readBlock(std::uint32_t type, Bytes body, std::vector<Record>& records)
{
    switch (type) {
    case kEnhancedPacket:
        return body.size() < kPacketFields ? tooShort("packet") : readPacket(body, load32(body, 0), records);
    case kObsoletePacket:
        return body.size() < kPacketFields ? tooShort("packet") : readPacket(body, load16(body, 0), records);
    case kSimplePacket:
        return body.size() < 4 ? tooShort("packet") : readSimplePacket(body, records);
    case kSectionHeader:
        return body.size() < 16 ? tooShort("section header") : readSectionHeader(body);
    case kInterfaceDescription:
        return body.size() < 8 ? tooShort("interface") : readInterface(body);
    case kInterfaceStatistics:
        return body.size() < 12 ? tooShort("statistics") : readStatistics(body);
    case kNameResolution:
        readNames(body);
        return true;
    case kDecryptionSecrets:
        ++m_state.facts.decryptionSecrets;
        return true;
    default:
        ++m_state.facts.unknownBlocks;
        return true;
    }
}

bool PcapngParser::readPacket(Bytes body, std::uint32_t interface, std::vector<Record>& records)
{
    if (interface >= m_section.interfaces.size())
        return damage("The packet at offset {} names interface {}, but its section has declared {}", m_blockOffset,
                      interface, m_section.interfaces.size());
    const std::uint32_t captured = load32(body, 12);
    if (captured > body.size() - kPacketFields || captured > kMaxCapturedLength)
        return damage("The packet block at offset {} claims {} captured bytes, but {} fit into it", m_blockOffset,
                      captured, std::min<std::size_t>(body.size() - kPacketFields, kMaxCapturedLength));
    const SectionInterface& source = m_section.interfaces[interface];
    const std::uint64_t units = std::uint64_t{load32(body, 4)} << 32U | load32(body, 8);
    Record& record = addRecord(source, records);
    record.time = source.scale.at(units);
    if (record.number == 1)
        m_firstTime = record.time;
    record.bytes = body.subspan(kPacketFields, captured);
    record.originalLength = load32(body, 16);
    const std::size_t behind = kPacketFields + ((std::size_t{captured} + 3) & ~std::size_t{3});
    if (behind + 4 < body.size())
        countPacketComments(body.subspan(behind));
    return true;
}

bool PcapngParser::readSimplePacket(Bytes body, std::vector<Record>& records)
{
    if (m_section.interfaces.empty())
        return damage("The packet at offset {} comes before any interface was declared", m_blockOffset);
    const SectionInterface& source = m_section.interfaces[0];
    const std::uint32_t originalLength = load32(body, 0);
    std::size_t captured = originalLength;
    if (source.snapLength != 0)
        captured = std::min<std::size_t>(captured, source.snapLength);
    captured = std::min(captured, body.size() - 4);
    if (captured > kMaxCapturedLength)
        return damage("The packet block at offset {} holds {} captured bytes, more than the {} that are accepted",
                      m_blockOffset, captured, kMaxCapturedLength);
    Record& record = addRecord(source, records);
    record.bytes = body.subspan(4, captured);
    record.originalLength = originalLength;
    if (m_packetsWithoutTime++ == 0)
        m_state.say(Severity::Note,
                    fmt::format("Packet {} and perhaps others carry no time stamp in this file; they appear at 1970.",
                                record.number),
                    m_blockOffset);
    return true;
}

Record& PcapngParser::addRecord(const SectionInterface& source, std::vector<Record>& records)
{
    Record& record = records.emplace_back();
    record.number = ++m_state.facts.packets;
    record.offset = m_blockOffset;
    record.interfaceIndex = source.index;
    record.linkType = source.linkType;
    ++m_state.facts.interfaces[source.index].packets;
    return record;
}

void PcapngParser::countPacketComments(Bytes options)
{
    OptionWalk walk(options, m_section.swapped);
    while (const auto option = walk.next()) {
        if (option->code == kComment)
            ++m_state.facts.packetComments;
    }
    noteDamagedOptions(walk);
}

bool PcapngParser::tooShort(const char* kind)
{
    return damage("The {} block at offset {} is too short for its fields", kind, m_blockOffset);
}

bool PcapngParser::damaged(const std::string& what)
{
    m_state.say(Severity::Error,
                fmt::format("{}. The file is damaged there, behind packet {}; what comes after was not read.", what,
                            m_state.facts.packets),
                m_blockOffset);
    return false;
}

bool PcapngParser::tooManyInterfaces()
{
    m_state.say(Severity::Error,
                fmt::format("The file declares more than {} interfaces. Reading ended at offset {}, behind packet {}.",
                            kMaxInterfaces, m_blockOffset, m_state.facts.packets),
                m_blockOffset);
    return false;
}

bool PcapngParser::unknownVersion(std::uint16_t major, std::uint16_t minor)
{
    return damage("The section at offset {} is of pcapng version {}.{}, which is not known", m_blockOffset, major,
                  minor);
}

void PcapngParser::cutShort(Bytes rest, std::uint64_t missing, std::uint64_t offset)
{
    std::string have = fmt::format("{} bytes of it are there", rest.size());
    if (missing > 0)
        have = fmt::format("{} bytes of it are missing", missing);
    else if (rest.size() >= 8)
        have = fmt::format("{} of its {} bytes are there", rest.size(), load32(rest, 4));
    m_state.say(
        Severity::Warning,
        fmt::format("The file ends inside a block at offset {}, behind packet {}: {}. It was cut off or is still "
                    "being written.",
                    missing > 0 ? m_blockOffset : offset, m_state.facts.packets, have),
        offset);
}

std::unique_ptr<FormatParser> makePcapngParser(ReaderState& state)
{
    return std::make_unique<PcapngParser>(state);
}

} // namespace timbre::capture
