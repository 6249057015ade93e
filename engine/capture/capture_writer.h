#pragma once

// Writes packets into a new pcapng file: exports use it. The file takes its name only when finish() succeeds, so that
// nobody ever finds half a capture under that name.

#include "engine/base/new_file.h"
#include "engine/capture/record.h"

#include <filesystem>
#include <string>
#include <vector>

namespace timbre::capture {

struct WriterOptions {
    bool overwrite = false;  // else a file of that name is left alone and create() or finish() refuses
    std::string application; // written into the section header, may be empty
};

struct WriterInterface {
    LinkType linkType = 1;
    std::uint32_t snapLength = 0; // 0: no limit
    std::string name;
    std::string description;
};

/// Belongs to one thread. Destroyed without finish(), it leaves no file behind.
class PcapngWriter {
public:
    static Result<PcapngWriter> create(const std::filesystem::path& target, WriterOptions options = {});

    /// A file for this user alone that can be followed while it is written: see NewFile::createGrowing().
    static Result<PcapngWriter> createGrowing(const std::filesystem::path& target, WriterOptions options = {});

    /// May come at any time before the first packet of that interface. The number is what write() takes.
    Result<std::uint32_t> addInterface(const WriterInterface& interface);

    /// Times are kept to the nanosecond; those before 1970 cannot be expressed and become 1970, see timesClamped().
    /// Requires: `interface` was given by addInterface(); captured.size() <= kMaxCapturedLength.
    Result<void> write(std::uint32_t interface, Timestamp time, Bytes captured, std::uint32_t originalLength);

    /// Makes everything so far visible to whoever follows the file.
    Result<void> sync();
    /// Brings everything to the disk and gives the file its name. Nothing may be written after it.
    Result<void> finish();

    [[nodiscard]] std::uint64_t packets() const { return m_packets; }
    [[nodiscard]] std::uint64_t timesClamped() const { return m_timesClamped; }

private:
    explicit PcapngWriter(NewFile file)
        : m_file(std::move(file))
    {
    }
    void putHeader(const std::string& application);
    void put16(std::uint16_t value);
    void put32(std::uint32_t value);
    void putBytes(Bytes bytes);
    void putOption(std::uint16_t code, Bytes value);
    std::size_t beginBlock(std::uint32_t type);
    void endBlock(std::size_t start);
    Result<void> flushIfFull();
    Result<void> flush();

    NewFile m_file;
    std::vector<std::byte> m_buffer;
    std::uint32_t m_interfaces = 0;
    std::uint64_t m_packets = 0;
    std::uint64_t m_timesClamped = 0;
};

} // namespace timbre::capture
