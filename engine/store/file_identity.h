#pragma once

// By what a capture file is recognised again: path, size, time of change and a hash of parts of its content.

#include "engine/base/result.h"
#include "engine/base/timestamp.h"

#include <cstdint>
#include <filesystem>

namespace timbre::store {

struct FileIdentity {
    std::string path; // absolute, links resolved
    std::uint64_t size = 0;
    Timestamp modified;
    std::string contentKey; // 32 hexadecimal digits

    bool operator==(const FileIdentity&) const = default;

    /// Sixteen pieces of 64 KiB are hashed, the first and the last among them: all of a file up to 1 MiB.
    static constexpr std::uint64_t kPieceBytes = 64U << 10U;
    static constexpr std::uint64_t kPieces = 16;
    [[nodiscard]] bool contentKeyCoversAll() const { return size <= kPieces * kPieceBytes; }
    /// Equal size and hash; of a file that is hashed in parts only, the time must agree too.
    [[nodiscard]] bool sameContent(const FileIdentity& other) const
    {
        return size == other.size && contentKey == other.contentKey &&
               (contentKeyCoversAll() || modified == other.modified);
    }
};

/// Reads at most 1 MiB, however large the file. Fails for what is neither a regular file nor the spool of a live
/// capture.
Result<FileIdentity> identifyFile(const std::filesystem::path& path);

} // namespace timbre::store
