#include "engine/capture/capture_writer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace timbre::capture {

namespace {

constexpr std::size_t kBufferBytes = 64U << 10U;

} // namespace

Result<PcapngWriter> PcapngWriter::create(const std::filesystem::path& target, WriterOptions options)
{
    auto file = NewFile::create(target, options.overwrite);
    if (!file)
        return file.error();
    PcapngWriter writer(std::move(*file));
    writer.putHeader(options.application);
    return writer;
}

Result<PcapngWriter> PcapngWriter::createGrowing(const std::filesystem::path& target, WriterOptions options)
{
    auto file = NewFile::createGrowing(target);
    if (!file)
        return file.error();
    PcapngWriter writer(std::move(*file));
    writer.putHeader(options.application);
    return writer;
}

Result<void> PcapngWriter::sync()
{
    auto flushed = flush();
    return flushed ? m_file.flush() : flushed;
}

void PcapngWriter::put16(std::uint16_t value)
{
    putBytes(std::as_bytes(std::span(&value, 1)));
}

void PcapngWriter::put32(std::uint32_t value)
{
    putBytes(std::as_bytes(std::span(&value, 1)));
}

void PcapngWriter::putBytes(Bytes bytes)
{
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

void PcapngWriter::putOption(std::uint16_t code, Bytes value)
{
    constexpr std::size_t kMaxOption = 65'532; // keeps the padded length in 16 bits
    const Bytes kept = value.first(std::min(value.size(), kMaxOption));
    put16(code);
    put16(static_cast<std::uint16_t>(kept.size()));
    putBytes(kept);
    m_buffer.resize((m_buffer.size() + 3) & ~std::size_t{3});
}

std::size_t PcapngWriter::beginBlock(std::uint32_t type)
{
    const std::size_t start = m_buffer.size();
    put32(type);
    put32(0); // the length, set by endBlock()
    return start;
}

/// Every block starts and ends at a multiple of four bytes of the buffer.
void PcapngWriter::endBlock(std::size_t start)
{
    m_buffer.resize((m_buffer.size() + 3) & ~std::size_t{3});
    const auto length = static_cast<std::uint32_t>(m_buffer.size() - start + 4);
    put32(length);
    std::memcpy(m_buffer.data() + start + 4, &length, sizeof length);
}

void PcapngWriter::putHeader(const std::string& application)
{
    constexpr std::uint16_t kApplication = 4;
    const std::size_t start = beginBlock(0x0a0d0d0a);
    put32(0x1a2b3c4d);
    put16(1); // version 1.0
    put16(0);
    put32(0xffff'ffff); // the length of the section is not known
    put32(0xffff'ffff);
    if (!application.empty()) {
        putOption(kApplication, asBytes(application));
        put32(0); // end of options
    }
    endBlock(start);
}

Result<std::uint32_t> PcapngWriter::addInterface(const WriterInterface& interface)
{
    constexpr std::uint16_t kName = 2;
    constexpr std::uint16_t kDescription = 3;
    constexpr std::uint16_t kResolution = 9;
    const std::size_t start = beginBlock(1);
    put16(interface.linkType);
    put16(0);
    put32(interface.snapLength);
    if (!interface.name.empty())
        putOption(kName, asBytes(interface.name));
    if (!interface.description.empty())
        putOption(kDescription, asBytes(interface.description));
    putOption(kResolution, asBytes("\x09")); // nanoseconds
    put32(0);                                // end of options
    endBlock(start);
    if (auto flushed = flushIfFull(); !flushed)
        return flushed.error();
    return m_interfaces++;
}

Result<void> PcapngWriter::write(std::uint32_t interface, Timestamp time, Bytes captured, std::uint32_t originalLength)
{
    if (time.ns < 0)
        ++m_timesClamped;
    const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(time.ns, 0));
    const std::size_t start = beginBlock(6);
    put32(interface);
    put32(static_cast<std::uint32_t>(units >> 32U));
    put32(static_cast<std::uint32_t>(units));
    put32(static_cast<std::uint32_t>(captured.size()));
    put32(originalLength);
    putBytes(captured);
    endBlock(start);
    ++m_packets;
    return flushIfFull();
}

Result<void> PcapngWriter::flushIfFull()
{
    return m_buffer.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> PcapngWriter::flush()
{
    auto written = m_file.write(m_buffer);
    m_buffer.clear();
    return written;
}

Result<void> PcapngWriter::finish()
{
    if (auto flushed = flush(); !flushed)
        return flushed;
    return m_file.finish();
}

} // namespace timbre::capture
