#include "tests/generator/pcap_writer.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint32_t kMagicMicro = 0xa1b2c3d4;
constexpr std::uint32_t kMagicNano = 0xa1b23c4d;

void store32(std::uint8_t* at, std::uint32_t value, bool bigEndian)
{
    for (unsigned i = 0; i < 4; ++i) {
        at[i] = low8(value >> (bigEndian ? 24 - 8 * i : 8 * i));
    }
}

} // namespace

PcapWriter::PcapWriter(Output& output, const PcapOptions& options)
    : m_output(output)
    , m_options(options)
{
    const bool big = options.bigEndian;
    const std::uint32_t minor = options.versionMinor;
    std::uint8_t* header = m_output.grow(24);
    store32(header, options.nanoseconds ? kMagicNano : kMagicMicro, big);
    store32(header + 4, big ? (2U << 16) | minor : (minor << 16) | 2U, big);
    store32(header + 8, 0, big);
    store32(header + 12, 0, big);
    store32(header + 16, options.snapLength, big);
    store32(header + 20, static_cast<std::uint32_t>(options.linkType), big);
}

std::uint8_t* PcapWriter::beginRecord(std::uint64_t timeNs, std::uint32_t capturedLength, std::uint32_t originalLength)
{
    constexpr std::uint64_t kSecondNs = 1'000'000'000;
    std::uint8_t* record = m_output.grow(16 + std::size_t{capturedLength});
    const std::uint64_t fraction = timeNs % kSecondNs;
    store32(record, low32(timeNs / kSecondNs), m_options.bigEndian);
    store32(record + 4, low32(m_options.nanoseconds ? fraction : fraction / 1000), m_options.bigEndian);
    store32(record + 8, capturedLength, m_options.bigEndian);
    store32(record + 12, originalLength, m_options.bigEndian);
    return record + 16;
}

void PcapWriter::write(const FrameView& frame)
{
    m_offsets.push_back(m_output.offset());
    const std::size_t captured = std::min<std::size_t>(frame.bytes.size(), m_options.snapLength);
    std::uint8_t* body = beginRecord(frame.timeNs, low32(captured), frame.originalLength);
    std::copy_n(frame.bytes.begin(), captured, body);
}

} // namespace timbre::generator
