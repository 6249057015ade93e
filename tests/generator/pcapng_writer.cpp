#include "tests/generator/pcapng_writer.h"

#include <algorithm>

namespace timbre::generator {

namespace {

// Block types and options of draft-ietf-opsawg-pcapng.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kOldPacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kNameResolution = 4;
constexpr std::uint32_t kStatistics = 5;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kSecrets = 10;
constexpr std::uint32_t kCustom = 0x0bad;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;

// Appends in the section's byte order.
class OrderedWriter {
public:
    OrderedWriter(Bytes& out, bool bigEndian)
        : m_writer(out)
        , m_bigEndian(bigEndian)
    {
    }

    void u8(std::uint64_t value) { m_writer.u8(value); }
    void u16(std::uint64_t value) { m_bigEndian ? m_writer.u16(value) : m_writer.u16Le(value); }
    void u32(std::uint64_t value) { m_bigEndian ? m_writer.u32(value) : m_writer.u32Le(value); }
    void u64(std::uint64_t value) { m_bigEndian ? m_writer.u64(value) : m_writer.u64Le(value); }
    // A 64-bit time stamp is two 32-bit halves, the high one first, in either byte order.
    void timeStamp(std::uint64_t ticks)
    {
        u32(ticks >> 32);
        u32(ticks);
    }
    void padded(ByteView data)
    {
        m_writer.bytes(data);
        m_writer.zeros((4 - data.size() % 4) % 4);
    }
    void option(std::uint16_t code, ByteView value)
    {
        u16(code);
        u16(value.size());
        padded(value);
    }
    void textOption(std::uint16_t code, std::string_view text)
    {
        if (!text.empty()) {
            option(code, toBytes(text));
        }
    }
    void number64Option(std::uint16_t code, std::uint64_t value)
    {
        u16(code);
        u16(8);
        u64(value);
    }
    void endOfOptions() { u32(0); }

private:
    ByteWriter m_writer;
    bool m_bigEndian;
};

std::uint64_t ticksOf(const PcapngInterface& interface, std::uint64_t timeNs)
{
    constexpr std::uint64_t kSecondNs = 1'000'000'000;
    const auto offset = static_cast<std::uint64_t>(interface.timeOffsetSeconds);
    const std::uint64_t seconds = timeNs / kSecondNs - offset;
    const std::uint64_t fraction = timeNs % kSecondNs;
    if ((interface.timeResolution & 0x80U) != 0) {
        const unsigned bits = interface.timeResolution & 0x7fU;
        return (seconds << bits) + (fraction << bits) / kSecondNs;
    }
    std::uint64_t perSecond = 1;
    for (unsigned i = 0; i < interface.timeResolution; ++i) {
        perSecond *= 10;
    }
    return seconds * perSecond + fraction / (kSecondNs / perSecond);
}

void store32(std::uint8_t* at, std::uint64_t value, bool bigEndian)
{
    for (unsigned i = 0; i < 4; ++i) {
        at[i] = low8(value >> (bigEndian ? 24 - 8 * i : 8 * i));
    }
}

ByteView captured(const FrameView& frame, const PcapngInterface& interface)
{
    const std::size_t limit = interface.snapLength == 0 ? frame.bytes.size() : interface.snapLength;
    return frame.bytes.first(std::min(frame.bytes.size(), limit));
}

} // namespace

PcapngWriter::PcapngWriter(Output& output, const PcapngSection& section)
    : m_output(output)
{
    beginSection(section);
}

void PcapngWriter::block(std::uint32_t type, ByteView body)
{
    const std::size_t total = 12 + (body.size() + 3) / 4 * 4;
    Bytes bytes;
    bytes.reserve(total);
    OrderedWriter out(bytes, m_bigEndian);
    out.u32(type);
    out.u32(total);
    out.padded(body);
    out.u32(total);
    m_output.append(bytes);
}

void PcapngWriter::beginSection(const PcapngSection& section)
{
    m_bigEndian = section.bigEndian;
    m_interfaces.clear();
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u32(kByteOrderMagic);
    out.u16(1);
    out.u16(0);
    out.u64(~std::uint64_t{0}); // section length not given
    out.textOption(1, section.comment);
    out.textOption(4, section.application);
    out.endOfOptions();
    block(kSectionHeader, body);
}

std::uint32_t PcapngWriter::addInterface(const PcapngInterface& interface)
{
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u16(static_cast<std::uint64_t>(interface.linkType));
    out.u16(0);
    out.u32(interface.snapLength);
    out.textOption(2, interface.name);
    out.textOption(3, interface.description);
    if (interface.timeResolution != 6) {
        out.option(9, Bytes{interface.timeResolution});
    }
    if (!interface.filter.empty()) {
        out.option(11, joined(Bytes{0}, toBytes(interface.filter)));
    }
    if (interface.timeOffsetSeconds != 0) {
        out.number64Option(14, static_cast<std::uint64_t>(interface.timeOffsetSeconds));
    }
    out.endOfOptions();
    block(kInterface, body);
    m_interfaces.push_back(interface);
    return low32(m_interfaces.size() - 1);
}

void PcapngWriter::write(const FrameView& frame)
{
    m_offsets.push_back(m_output.offset());
    const PcapngInterface& interface = m_interfaces[frame.interface];
    const ByteView data = captured(frame, interface);
    Bytes body;
    body.reserve(32 + data.size());
    OrderedWriter out(body, m_bigEndian);
    out.u32(frame.interface);
    out.timeStamp(ticksOf(interface, frame.timeNs));
    out.u32(data.size());
    out.u32(frame.originalLength);
    out.padded(data);
    if (!frame.comment.empty()) {
        out.textOption(1, frame.comment);
        out.endOfOptions();
    }
    block(kEnhancedPacket, body);
}

std::uint8_t* PcapngWriter::beginRecord(std::uint32_t interface, std::uint64_t timeNs, std::uint32_t length)
{
    constexpr std::size_t kHeadBytes = 28;
    const std::size_t total = kHeadBytes + (length + 3U) / 4U * 4U + 4U;
    const std::uint64_t ticks = ticksOf(m_interfaces[interface], timeNs);
    std::uint8_t* record = m_output.grow(total);
    std::uint8_t* at = record;
    for (const std::uint64_t field : {std::uint64_t{kEnhancedPacket}, std::uint64_t{total}, std::uint64_t{interface},
                                      ticks >> 32, ticks, std::uint64_t{length}, std::uint64_t{length}}) {
        store32(at, field, m_bigEndian);
        at += 4;
    }
    store32(record + total - 8, 0, m_bigEndian); // padding; the caller overwrites what belongs to the frame
    store32(record + total - 4, total, m_bigEndian);
    return record + kHeadBytes;
}

void PcapngWriter::writeSimple(const FrameView& frame)
{
    m_offsets.push_back(m_output.offset());
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u32(frame.originalLength);
    out.padded(captured(frame, m_interfaces.front()));
    block(kSimplePacket, body);
}

void PcapngWriter::writeOld(const FrameView& frame, std::uint16_t drops)
{
    m_offsets.push_back(m_output.offset());
    const PcapngInterface& interface = m_interfaces[frame.interface];
    const ByteView data = captured(frame, interface);
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u16(frame.interface);
    out.u16(drops);
    out.timeStamp(ticksOf(interface, frame.timeNs));
    out.u32(data.size());
    out.u32(frame.originalLength);
    out.padded(data);
    block(kOldPacket, body);
}

void PcapngWriter::nameResolution(const std::vector<std::pair<IpAddress, std::string>>& names)
{
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    for (const auto& [address, name] : names) {
        Bytes record = joined(address.view(), toBytes(name));
        record.push_back(0);
        out.option(address.isV6 ? 2 : 1, record);
    }
    out.u32(0); // end of records
    block(kNameResolution, body);
}

void PcapngWriter::interfaceStatistics(std::uint32_t interface, std::uint64_t timeNs, std::uint64_t received,
                                       std::uint64_t dropped)
{
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u32(interface);
    out.timeStamp(ticksOf(m_interfaces[interface], timeNs));
    out.number64Option(4, received);
    out.number64Option(5, dropped);
    out.endOfOptions();
    block(kStatistics, body);
}

void PcapngWriter::decryptionSecrets(std::uint32_t secretsType, std::string_view secrets)
{
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u32(secretsType);
    out.u32(secrets.size());
    out.padded(toBytes(secrets));
    block(kSecrets, body);
}

void PcapngWriter::custom(std::uint32_t enterpriseNumber, ByteView data)
{
    Bytes body;
    OrderedWriter out(body, m_bigEndian);
    out.u32(enterpriseNumber);
    out.padded(data);
    block(kCustom, body);
}

} // namespace timbre::generator
