// The classic format: a file header, then records of a 16-byte header (24 in the "modified" kind) and the bytes.
// IETF draft-ietf-opsawg-pcap; the old orders of the two lengths are described in libpcap's savefile documentation.

#include "engine/capture/reader_private.h"

#include <fmt/format.h>

namespace timbre::capture {

namespace {

constexpr std::uint32_t kMagicMicro = 0xa1b2c3d4;
constexpr std::uint32_t kMagicNano = 0xa1b23c4d;
constexpr std::uint32_t kMagicModified = 0xa1b2cd34;

/// So many records in a row without time, length and bytes are no traffic but a file of zeros, as crashes and
/// preallocation leave behind, or as a compressed bomb unpacks to.
constexpr std::uint32_t kMaxBlankRun = 65'536;

enum class LengthOrder {
    CapturedFirst,     // 2.4, and all that claim to be newer
    OriginalFirst,     // before 2.3
    SmallerIsCaptured, // 2.3 was written both ways
};

class PcapParser final : public FormatParser {
public:
    PcapParser(Bytes header, ReaderState& state);

    ParseResult parse(Bytes held, std::uint64_t offset, std::vector<Record>& records) override
    {
        const std::size_t before = records.size();
        ParseResult result =
            m_swapped ? parseRecords<true>(held, offset, records) : parseRecords<false>(held, offset, records);
        m_state.facts.interfaces[0].packets += records.size() - before;
        return result;
    }
    void cutShort(Bytes rest, std::uint64_t missing, std::uint64_t offset) override;
    std::shared_ptr<const SectionState> section() override { return nullptr; }
    void restore(const std::shared_ptr<const SectionState>&) override
    {
        m_blankRun = 0;
        m_state.facts.interfaces[0].packets = m_state.facts.packets;
    }

private:
    struct Lengths {
        std::uint32_t captured = 0;
        std::uint32_t original = 0;
    };

    template<bool kSwapped>
    static std::uint32_t load(Bytes bytes, std::size_t at)
    {
        return kSwapped ? loadBe32(bytes, at) : loadLe32(bytes, at);
    }
    template<bool kSwapped>
    ParseResult parseRecords(Bytes held, std::uint64_t offset, std::vector<Record>& records);
    template<bool kSwapped>
    Lengths lengthsAt(Bytes held, std::size_t at) const;
    [[nodiscard]] bool blankTooLong(const Record& record);
    void readVersion(std::uint16_t major, std::uint16_t minor);
    ParseResult tooLong(std::size_t at, std::uint64_t offset, std::uint32_t captured);

    ReaderState& m_state;
    bool m_swapped = false;
    LengthOrder m_lengthOrder = LengthOrder::CapturedFirst;
    std::size_t m_headerBytes = 16;
    std::uint32_t m_fractionNs = 1000; // what one unit of the second time field is
    LinkType m_linkType = 0;
    std::uint32_t m_blankRun = 0;
};

PcapParser::PcapParser(Bytes header, ReaderState& state)
    : m_state(state)
{
    std::uint32_t magic = loadLe32(header, 0);
    m_swapped = magic != kMagicMicro && magic != kMagicNano && magic != kMagicModified;
    if (m_swapped)
        magic = loadBe32(header, 0);
    if (magic == kMagicNano)
        m_fractionNs = 1;
    if (magic == kMagicModified)
        m_headerBytes = 24;

    const auto u16 = [&](std::size_t at) { return m_swapped ? loadBe16(header, at) : loadLe16(header, at); };
    const auto u32 = [&](std::size_t at) { return m_swapped ? loadBe32(header, at) : loadLe32(header, at); };
    const std::uint16_t major = u16(4);
    const std::uint16_t minor = u16(6);
    // The upper half of the link type field tells of frame check sequences and is no part of the number.
    m_linkType = static_cast<LinkType>(u32(20) & 0xffffU);

    const char* unit = magic == kMagicNano ? "ns" : "µs";
    m_state.facts.format =
        fmt::format("pcap {}.{}{}, {}-endian, {}", major, minor, magic == kMagicModified ? " (modified)" : "",
                    m_swapped ? "big" : "little", unit);
    m_state.facts.sections = 1;
    InterfaceFacts interface;
    interface.linkType = m_linkType;
    interface.snapLength = u32(16);
    interface.timeUnit = fmt::format("1 {}", unit);
    m_state.facts.interfaces.push_back(std::move(interface));
    readVersion(major, minor);
}

void PcapParser::readVersion(std::uint16_t major, std::uint16_t minor)
{
    constexpr std::uint16_t kDgUxMajor = 543; // what DG/UX tcpdump wrote, with the lengths in the old order
    if ((major == 2 && minor < 3) || (major == kDgUxMajor && minor == 0))
        m_lengthOrder = LengthOrder::OriginalFirst;
    else if (major == 2 && minor == 3)
        m_lengthOrder = LengthOrder::SmallerIsCaptured;
    else if (major != 2 || minor != 4)
        m_state.say(
            Severity::Warning,
            fmt::format("The file says it is pcap version {}.{}, which does not exist; it was read as version 2.4.",
                        major, minor),
            4);
}

template<bool kSwapped>
PcapParser::Lengths PcapParser::lengthsAt(Bytes held, std::size_t at) const
{
    Lengths lengths{load<kSwapped>(held, at + 8), load<kSwapped>(held, at + 12)};
    const bool reversed = m_lengthOrder == LengthOrder::OriginalFirst ||
                          (m_lengthOrder == LengthOrder::SmallerIsCaptured && lengths.captured > lengths.original);
    if (reversed)
        std::swap(lengths.captured, lengths.original);
    return lengths;
}

template<bool kSwapped>
ParseResult PcapParser::parseRecords(Bytes held, std::uint64_t offset, std::vector<Record>& records)
{
    std::size_t at = 0;
    Record record;
    record.linkType = m_linkType;
    while (held.size() - at >= m_headerBytes) {
        const Lengths lengths = lengthsAt<kSwapped>(held, at);
        if (lengths.captured > kMaxCapturedLength)
            return tooLong(at, offset, lengths.captured);
        const std::size_t total = m_headerBytes + lengths.captured;
        if (held.size() - at < total)
            return {.consumed = at, .wanted = total};
        // Seconds are unsigned and the fraction is added as it is, even where it exceeds a second: no value overflows.
        const std::uint64_t ns = std::uint64_t{load<kSwapped>(held, at)} * kNsPerSecond +
                                 std::uint64_t{load<kSwapped>(held, at + 4)} * m_fractionNs;
        record.time.ns = static_cast<std::int64_t>(ns);
        record.number = ++m_state.facts.packets;
        record.offset = offset + at;
        record.bytes = held.subspan(at + m_headerBytes, lengths.captured);
        record.originalLength = lengths.original;
        records.push_back(record);
        at += total;
        if (lengths.captured == 0 && blankTooLong(record))
            return {.consumed = at, .ended = true};
        if (lengths.captured != 0)
            m_blankRun = 0;
    }
    return {.consumed = at, .wanted = m_headerBytes};
}

bool PcapParser::blankTooLong(const Record& record)
{
    m_blankRun = record.originalLength == 0 && record.time.ns == 0 ? m_blankRun + 1 : 0;
    if (m_blankRun < kMaxBlankRun)
        return false;
    m_state.say(Severity::Error,
                fmt::format("The file holds nothing but zeros at offset {}, behind packet {}; reading ended there.",
                            record.offset, record.number),
                record.offset);
    return true;
}

ParseResult PcapParser::tooLong(std::size_t at, std::uint64_t offset, std::uint32_t captured)
{
    m_state.say(
        Severity::Error,
        fmt::format("The record behind packet {}, at offset {}, claims {} captured bytes, more than the {} that a "
                    "capture can hold. The file is damaged there; what comes after was not read.",
                    m_state.facts.packets, offset + at, captured, kMaxCapturedLength),
        offset + at);
    return {.consumed = at, .ended = true};
}

void PcapParser::cutShort(Bytes rest, std::uint64_t, std::uint64_t offset)
{
    const std::uint64_t packet = m_state.facts.packets + 1;
    std::string where;
    if (rest.size() < m_headerBytes) {
        where = fmt::format("{} of {} bytes of its header are there", rest.size(), m_headerBytes);
    } else {
        const std::uint32_t captured = (m_swapped ? lengthsAt<true>(rest, 0) : lengthsAt<false>(rest, 0)).captured;
        where = fmt::format("{} of its {} bytes are there", rest.size() - m_headerBytes, captured);
    }
    m_state.say(
        Severity::Warning,
        fmt::format("The file ends inside packet {}, at offset {}: {}. It was cut off or is still being written.",
                    packet, offset, where),
        offset);
}

} // namespace

std::unique_ptr<FormatParser> makePcapParser(Bytes header, ReaderState& state)
{
    return std::make_unique<PcapParser>(header, state);
}

} // namespace timbre::capture
