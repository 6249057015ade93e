#pragma once

// Builds capture files byte by byte, so that tests say exactly what is in them, and reads them back whole.

#include "engine/capture/capture_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace timbre::test {

/// Appends numbers in the byte order of the file.
class ByteBuilder {
public:
    explicit ByteBuilder(bool bigEndian = false)
        : m_bigEndian(bigEndian)
    {
    }

    ByteBuilder& u8(std::uint8_t value);
    ByteBuilder& u16(std::uint16_t value);
    ByteBuilder& u32(std::uint32_t value);
    ByteBuilder& u64(std::uint64_t value);
    ByteBuilder& text(std::string_view bytes);
    ByteBuilder& pad4();
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    template<typename T>
    ByteBuilder& number(T value);

    bool m_bigEndian;
    std::string m_bytes;
};

/// Deterministic payload: `size` bytes that depend on `seed`.
[[nodiscard]] std::string payload(std::size_t size, unsigned seed);

struct PcapShape {
    std::uint32_t magic = 0xa1b2c3d4;
    bool bigEndian = false;
    std::uint16_t major = 2, minor = 4;
    std::uint32_t snapLength = 65'535;
    std::uint32_t linkType = 1;
};

[[nodiscard]] std::string pcapHeader(const PcapShape& shape = {});
/// `first` and `second` are the two length fields as they stand in the file.
[[nodiscard]] std::string pcapRecord(const PcapShape& shape, std::uint32_t seconds, std::uint32_t fraction,
                                     std::uint32_t first, std::uint32_t second, std::string_view bytes);
/// A little-endian file of `count` records of different sizes.
[[nodiscard]] std::string simplePcap(unsigned count);

/// One pcapng block with its two length fields.
[[nodiscard]] std::string block(std::uint32_t type, const std::string& body, bool bigEndian = false);
[[nodiscard]] std::string option(std::uint16_t code, std::string_view value, bool bigEndian = false);
[[nodiscard]] std::string sectionHeader(bool bigEndian = false, const std::string& options = {});
[[nodiscard]] std::string interfaceBlock(std::uint16_t linkType, const std::string& options = {},
                                         bool bigEndian = false, std::uint32_t snapLength = 0);
[[nodiscard]] std::string packetBlock(std::uint32_t interface, std::uint64_t units, std::string_view bytes,
                                      bool bigEndian = false, const std::string& options = {});
/// Sections of both byte orders, late interfaces, unknown and simple blocks among `count` packets.
[[nodiscard]] std::string mixedPcapng(unsigned count);

/// A file that is gone when the test is over.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content = {}, const std::string& suffix = ".bin");
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();
    void append(std::string_view content) const;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// A record with its bytes copied out of the block.
struct KeptRecord {
    std::int64_t ns = 0;
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    std::string bytes;
    std::uint32_t originalLength = 0;
    std::uint32_t interfaceIndex = 0;
    std::uint16_t linkType = 0;

    bool operator==(const KeptRecord&) const = default;
};

void keepAll(const capture::RecordBlock& block, std::vector<KeptRecord>& into);
/// Reads to the End.
[[nodiscard]] std::vector<KeptRecord> drain(capture::CaptureReader& reader);

struct WholeCapture {
    bool opened = false;
    Error error;
    std::vector<KeptRecord> records;
    capture::CaptureFacts facts;
    std::vector<capture::ReaderMessage> messages;
};
[[nodiscard]] WholeCapture readFile(const std::filesystem::path& path, const capture::ReaderOptions& options = {});
[[nodiscard]] WholeCapture readBytes(std::string_view content, const capture::ReaderOptions& options = {});

} // namespace timbre::test
