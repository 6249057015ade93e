#pragma once

// Where the bytes of a capture come from: a file as it is, or what a compressed file unpacks to. A source belongs to
// the reader's thread. It is read from front to back; the end of a plain file may move on while the file grows.

#include "engine/base/bytes.h"
#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace timbre::capture {

/// Found by the first bytes of a file, never by its name.
enum class Compression { None, Gzip, Zstd, Lz4, Xz, Bzip2, Zip };

[[nodiscard]] const char* compressionName(Compression compression);

class ByteSource {
public:
    virtual ~ByteSource() = default;

    /// Up to `room` bytes; 0 at the (present) end or after a failure. Requires: room > 0.
    virtual std::size_t read(std::byte* into, std::size_t room) = 0;
    /// Passes over up to `count` bytes and says how many there were.
    virtual std::uint64_t skip(std::uint64_t count) = 0;
    /// Back to the front, to whatever `offset` there is; false when that place cannot be reached.
    virtual bool seek(std::uint64_t offset) = 0;

    /// Why reading stopped before the end, as half a sentence; empty while all is well.
    [[nodiscard]] const std::string& failure() const { return m_failure; }
    /// Bytes of the file on disk behind us.
    [[nodiscard]] virtual std::uint64_t fileBytesRead() const = 0;
    [[nodiscard]] virtual std::uint64_t fileBytes() const = 0;

protected:
    std::string m_failure;
};

/// A regular file or a named pipe.
class FileSource final : public ByteSource {
public:
    static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);
    FileSource(int descriptor, bool regular)
        : m_descriptor(descriptor)
        , m_regular(regular)
    {
    }
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override;

    std::size_t read(std::byte* into, std::size_t room) override;
    std::uint64_t skip(std::uint64_t count) override;
    bool seek(std::uint64_t offset) override;
    [[nodiscard]] std::uint64_t fileBytesRead() const override { return m_position; }
    [[nodiscard]] std::uint64_t fileBytes() const override;
    [[nodiscard]] bool regular() const { return m_regular; }

private:
    int m_descriptor;
    bool m_regular;
    std::uint64_t m_position = 0;
};

/// What a compressed file unpacks to. Of a zip file one member at a time.
class ArchiveSource final : public ByteSource {
public:
    /// More than this many bytes out of one byte in, over more than kBombMinBytes, ends the source as a failure: real
    /// captures stay far below.
    static constexpr std::uint64_t kBombRatio = 10'000;
    static constexpr std::uint64_t kBombMinBytes = 64U << 20U;
    static Result<std::unique_ptr<ArchiveSource>> open(const std::filesystem::path& path, Compression compression);
    ~ArchiveSource() override;

    std::size_t read(std::byte* into, std::size_t room) override;
    std::uint64_t skip(std::uint64_t count) override;
    bool seek(std::uint64_t offset) override;
    [[nodiscard]] std::uint64_t fileBytesRead() const override;
    [[nodiscard]] std::uint64_t fileBytes() const override { return m_fileBytes; }

    /// Goes on to the next regular member (only a zip has one); false when there is none.
    bool nextMember();
    [[nodiscard]] const std::string& memberName() const { return m_memberName; }
    /// Regular members behind the present one, at most kMaxListed names. Ends the reading.
    struct Members {
        std::vector<std::string> names;
        std::uint64_t notListed = 0;
    };
    static constexpr std::size_t kMaxListed = 10;
    [[nodiscard]] Members remainingMembers();

private:
    struct Handle;
    ArchiveSource(std::filesystem::path path, Compression compression);
    Result<void> start();
    bool unpackMore();
    void fail(std::string_view what);

    std::filesystem::path m_path;
    Compression m_compression;
    std::unique_ptr<Handle> m_handle;
    std::string m_memberName;
    std::uint64_t m_memberNumber = 0; // from 1; which one to go to again after a seek
    std::uint64_t m_position = 0;     // in the unpacked bytes
    std::uint64_t m_fileBytes = 0;
};

/// A decompressor may ask for a window of this size, the most that `xz -9` uses.
inline constexpr std::uint64_t kMaxWindowBytes = 64U << 20U;
/// The window that the first part of an xz or zstd file asks for; 0 where none is named.
[[nodiscard]] std::uint64_t unpackWindowBytes(Bytes front, Compression compression);

/// NotFound, NoPermission or Unreadable, with a sentence that names the file.
[[nodiscard]] Error openError(const std::filesystem::path& path, int systemError);
/// The last part of the path, as shown in sentences.
[[nodiscard]] std::string shownName(const std::filesystem::path& path);

} // namespace timbre::capture
