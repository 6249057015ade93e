#pragma once

// A file descriptor that closes itself, with the few operations the store needs beside SQLite.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace timbre::store {

/// The system's words for an errno value. Any thread.
[[nodiscard]] std::string systemText(int errorNumber);

class FileHandle {
public:
    FileHandle() = default;
    ~FileHandle();
    FileHandle(FileHandle&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_error(other.m_error)
    {
    }
    FileHandle& operator=(FileHandle&& other) noexcept;

    /// Does not wait for the other end of a pipe.
    static FileHandle openForReading(const std::filesystem::path& path);
    /// Made with mode 0600 when it does not exist.
    static FileHandle openOrCreate(const std::filesystem::path& path);
    /// Fails when it exists. Mode 0600.
    static FileHandle createNew(const std::filesystem::path& path);

    [[nodiscard]] bool valid() const { return m_descriptor >= 0; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// Of the last operation that failed.
    [[nodiscard]] int lastError() const { return m_error; }

    /// Fills as much of `buffer` as the file has at `offset`; nothing after an error.
    [[nodiscard]] std::optional<std::size_t> readAt(std::span<std::byte> buffer, std::uint64_t offset) const;

private:
    static FileHandle open(const std::filesystem::path& path, int flags);

    int m_descriptor = -1;
    mutable int m_error = 0;
};

} // namespace timbre::store
