#include "tests/capture/capture_bytes.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>

namespace timbre::test {

using namespace capture;

template<typename T>
ByteBuilder& ByteBuilder::number(T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        const std::size_t shift = 8 * (m_bigEndian ? sizeof(T) - 1 - i : i);
        m_bytes.push_back(static_cast<char>(value >> shift & 0xffU));
    }
    return *this;
}

ByteBuilder& ByteBuilder::u8(std::uint8_t value)
{
    return number(value);
}
ByteBuilder& ByteBuilder::u16(std::uint16_t value)
{
    return number(value);
}
ByteBuilder& ByteBuilder::u32(std::uint32_t value)
{
    return number(value);
}
ByteBuilder& ByteBuilder::u64(std::uint64_t value)
{
    return number(value);
}
ByteBuilder& ByteBuilder::text(std::string_view bytes)
{
    m_bytes += bytes;
    return *this;
}
ByteBuilder& ByteBuilder::pad4()
{
    m_bytes.resize((m_bytes.size() + 3) & ~std::size_t{3});
    return *this;
}

std::string payload(std::size_t size, unsigned seed)
{
    std::string bytes(size, '\0');
    std::uint32_t state = seed * 2'654'435'761U + 1;
    for (char& byte : bytes) {
        state = state * 1'664'525U + 1'013'904'223U;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

std::string pcapHeader(const PcapShape& shape)
{
    return ByteBuilder(shape.bigEndian)
        .u32(shape.magic)
        .u16(shape.major)
        .u16(shape.minor)
        .u32(0)
        .u32(0)
        .u32(shape.snapLength)
        .u32(shape.linkType)
        .bytes();
}

std::string pcapRecord(const PcapShape& shape, std::uint32_t seconds, std::uint32_t fraction, std::uint32_t first,
                       std::uint32_t second, std::string_view bytes)
{
    ByteBuilder builder(shape.bigEndian);
    builder.u32(seconds).u32(fraction).u32(first).u32(second);
    if (shape.magic == 0xa1b2cd34)
        builder.u32(3).u16(0x0800).u8(1).u8(0);
    return builder.text(bytes).bytes();
}

std::string simplePcap(unsigned count)
{
    std::string file = pcapHeader();
    for (unsigned i = 0; i < count; ++i) {
        const std::string bytes = payload(i * 37 % 1500, i);
        const auto length = static_cast<std::uint32_t>(bytes.size());
        file += pcapRecord({}, 1'700'000'000 + i, i * 7, length, length + i % 3, bytes);
    }
    return file;
}

std::string block(std::uint32_t type, const std::string& body, bool bigEndian)
{
    const std::string padded = ByteBuilder().text(body).pad4().bytes();
    const auto length = static_cast<std::uint32_t>(padded.size() + 12);
    return ByteBuilder(bigEndian).u32(type).u32(length).text(padded).u32(length).bytes();
}

std::string option(std::uint16_t code, std::string_view value, bool bigEndian)
{
    return ByteBuilder(bigEndian).u16(code).u16(static_cast<std::uint16_t>(value.size())).text(value).pad4().bytes();
}

std::string sectionHeader(bool bigEndian, const std::string& options)
{
    ByteBuilder body(bigEndian);
    body.u32(0x1a2b3c4d).u16(1).u16(0).u64(~std::uint64_t{0}).text(options);
    return block(0x0a0d0d0a, body.bytes(), bigEndian);
}

std::string interfaceBlock(std::uint16_t linkType, const std::string& options, bool bigEndian, std::uint32_t snapLength)
{
    return block(1, ByteBuilder(bigEndian).u16(linkType).u16(0).u32(snapLength).text(options).bytes(), bigEndian);
}

std::string packetBlock(std::uint32_t interface, std::uint64_t units, std::string_view bytes, bool bigEndian,
                        const std::string& options)
{
    const auto length = static_cast<std::uint32_t>(bytes.size());
    ByteBuilder body(bigEndian);
    body.u32(interface).u32(static_cast<std::uint32_t>(units >> 32U)).u32(static_cast<std::uint32_t>(units));
    body.u32(length).u32(length + 5).text(bytes).pad4().text(options);
    return block(6, body.bytes(), bigEndian);
}

std::string mixedPcapng(unsigned count)
{
    std::string file = sectionHeader() + interfaceBlock(1);
    bool big = false;
    unsigned interfaces = 1;
    for (unsigned i = 0; i < count; ++i) {
        if (i % 50 == 49) {
            big = !big;
            file += sectionHeader(big) + interfaceBlock(113, {}, big);
            interfaces = 1;
        } else if (i % 11 == 10) {
            file += interfaceBlock(101, option(9, std::string("\x09", 1), big), big);
            ++interfaces;
        }
        if (i % 7 == 6)
            file += block(0x0bad + i, payload(i % 90, i), big);
        if (i % 13 == 12)
            file += block(3, ByteBuilder(big).u32(40).text(payload(40, i)).bytes(), big);
        file += packetBlock(i % interfaces, 1'700'000'000'000'000 + i, payload(i * 31 % 900, i), big,
                            i % 5 == 4 ? option(1, "a comment", big) : "");
    }
    return file;
}

TemporaryFile::TemporaryFile(std::string_view content, const std::string& suffix)
{
    std::string name = (std::filesystem::temp_directory_path() / "timbre-test-XXXXXX").string() + suffix;
    const int descriptor = ::mkstemps(name.data(), static_cast<int>(suffix.size()));
    if (descriptor >= 0)
        ::close(descriptor);
    m_path = name;
    append(content);
}

TemporaryFile::~TemporaryFile()
{
    std::error_code ignored;
    std::filesystem::remove(m_path, ignored);
}

void TemporaryFile::append(std::string_view content) const
{
    std::ofstream(m_path, std::ios::binary | std::ios::app)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
}

void keepAll(const RecordBlock& block, std::vector<KeptRecord>& into)
{
    for (const Record& record : block.records())
        into.push_back({record.time.ns, record.number, record.offset, std::string(asText(record.bytes)),
                        record.originalLength, record.interfaceIndex, record.linkType});
}

std::vector<KeptRecord> drain(CaptureReader& reader)
{
    std::vector<KeptRecord> records;
    RecordBlock block;
    while (reader.read(block) == ReadStatus::Records)
        keepAll(block, records);
    return records;
}

WholeCapture readFile(const std::filesystem::path& path, const ReaderOptions& options)
{
    WholeCapture whole;
    auto reader = CaptureReader::open(path, options);
    if (!reader) {
        whole.error = reader.error();
        return whole;
    }
    whole.opened = true;
    whole.records = drain(**reader);
    whole.facts = (*reader)->facts();
    whole.messages = (*reader)->messages();
    return whole;
}

WholeCapture readBytes(std::string_view content, const ReaderOptions& options)
{
    const TemporaryFile file(content);
    return readFile(file.path(), options);
}

} // namespace timbre::test
