#include "engine/decode/link_layer_private.h"

namespace timbre::decode {

namespace {

constexpr std::size_t kAggregateHeader = 14; // destination, source, length: an A-MSDU subframe
constexpr std::size_t kMaxPresentWords = 16; // radiotap: words of presence bits

/// The first packet of an A-MSDU; that there are more is said in the result.
Network findInAggregate(Bytes subframes)
{
    if (subframes.size() < kAggregateHeader)
        return {};
    const std::size_t length = loadBe16(subframes, 12);
    const Bytes rest = subframes.subspan(kAggregateHeader);
    Network network = findInLlc(rest.first(std::min(length, rest.size())));
    const std::size_t next = (kAggregateHeader + length + 3) & ~std::size_t{3};
    network.moreSubframes = subframes.size() > next + kAggregateHeader;
    return network;
}

} // namespace

WirelessHeader wirelessHeader(Bytes frame, bool padded)
{
    return frame.size() < 2 ? WirelessHeader{} : wirelessHeader(frame, loadU8(frame, 0), loadU8(frame, 1), padded);
}

WirelessHeader wirelessHeader(Bytes frame, std::uint8_t control, std::uint8_t flags, bool padded)
{
    constexpr std::uint8_t kToDistribution = 0x01;
    constexpr std::uint8_t kFromDistribution = 0x02;
    constexpr std::uint8_t kProtected = 0x40;
    constexpr std::uint8_t kOrder = 0x80;
    if (frame.size() < 24)
        return {};
    const bool qos = (control & 0x80) != 0;
    const bool data = (control & 0x0f) == 0x08 && (control & 0x40) == 0; // version 0, type 2, not a "null" subtype
    if (!data || (flags & kProtected) != 0 || (loadLe16(frame, 22) & 0x000f) != 0) // a later fragment has no LLC header
        return {};
    std::size_t length = 24;
    if ((flags & kToDistribution) != 0 && (flags & kFromDistribution) != 0)
        length += 6;
    bool aggregate = false;
    if (qos) {
        if (frame.size() < length + 2)
            return {};
        aggregate = (loadU8(frame, length) & 0x80) != 0;
        length += 2;
        if ((flags & kOrder) != 0) // HT control
            length += 4;
    }
    if (padded)
        length = (length + 3) & ~std::size_t{3};
    return length > frame.size() ? WirelessHeader{} : WirelessHeader{length, aggregate};
}

Network findBehindWireless(Bytes frame, WirelessHeader header)
{
    if (header.length == 0)
        return {};
    const Bytes rest = frame.subspan(header.length);
    return header.aggregate ? findInAggregate(rest) : findInLlc(rest);
}

Network findInWireless(Bytes frame, bool padded)
{
    return findBehindWireless(frame, wirelessHeader(frame, padded));
}

RadiotapHeader radiotapHeader(Bytes frame)
{
    constexpr std::uint32_t kTimestampPresent = 1U << 0;
    constexpr std::uint32_t kFlagsPresent = 1U << 1;
    constexpr std::uint32_t kMoreWords = 1U << 31;
    constexpr std::uint8_t kDataPad = 0x20;
    if (frame.size() < 8 || loadU8(frame, 0) != 0)
        return {};
    RadiotapHeader header{loadLe16(frame, 2), false};
    if (header.length < 8 || header.length > frame.size())
        return {};
    const std::uint32_t present = loadLe32(frame, 4);
    std::size_t at = 8;
    std::uint32_t word = present;
    for (std::size_t i = 0; (word & kMoreWords) != 0; ++i) {
        if (i == kMaxPresentWords || at + 4 > header.length)
            return header;
        word = loadLe32(frame, at);
        at += 4;
    }
    if ((present & kTimestampPresent) != 0)
        at = ((at + 7) & ~std::size_t{7}) + 8;
    if ((present & kFlagsPresent) != 0 && at < header.length)
        header.padded = (loadU8(frame, at) & kDataPad) != 0;
    return header;
}

Network findInRadiotap(Bytes frame)
{
    const RadiotapHeader header = radiotapHeader(frame);
    return header.length == 0 ? Network{} : findInWireless(frame.subspan(header.length), header.padded);
}

std::size_t prismHeaderLength(Bytes frame)
{
    constexpr std::uint32_t kAvsMagic = 0x80211000;
    if (frame.size() < 8)
        return 0;
    if ((loadBe32(frame, 0) & 0xfffff000) == kAvsMagic) {
        const std::size_t length = loadBe32(frame, 4);
        return length >= 8 && length <= frame.size() ? length : 0;
    }
    // Prism headers are in the byte order of the capturing machine.
    for (const std::size_t length : {std::size_t{loadLe32(frame, 4)}, std::size_t{loadBe32(frame, 4)}}) {
        if (length >= 24 && length <= frame.size())
            return length;
    }
    return 0;
}

Network findInPrism(Bytes frame)
{
    const std::size_t header = prismHeaderLength(frame);
    return header == 0 ? Network{} : findInWireless(frame.subspan(header), false);
}

} // namespace timbre::decode
