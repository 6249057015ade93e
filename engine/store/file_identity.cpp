#include "engine/store/file_identity.h"

#include "engine/capture/spool.h"
#include "engine/store/file_handle.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <memory>
#include <vector>

namespace timbre::store {

namespace {

struct FreeHash {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

Error unreadable(const std::filesystem::path& path, int systemError)
{
    const ErrorCode code = systemError == ENOENT   ? ErrorCode::NotFound
                           : systemError == EACCES ? ErrorCode::NoPermission
                                                   : ErrorCode::Unreadable;
    return {code, fmt::format("Cannot read {}: {}.", path.filename().native(), systemText(systemError)), path.native()};
}

/// Start of piece `number`: the first and the last lie at the ends, the others evenly between.
std::uint64_t pieceOffset(std::uint64_t size, std::uint64_t number)
{
    if (size <= FileIdentity::kPieces * FileIdentity::kPieceBytes)
        return number * FileIdentity::kPieceBytes;
    const std::uint64_t last = size - FileIdentity::kPieceBytes;
    // last / 15 * n first, so that nothing overflows however large the file.
    return last / (FileIdentity::kPieces - 1) * number +
           last % (FileIdentity::kPieces - 1) * number / (FileIdentity::kPieces - 1);
}

Result<std::string> hashPieces(const FileHandle& file, const std::filesystem::path& path, std::uint64_t size)
{
    const std::unique_ptr<XXH3_state_t, FreeHash> state(XXH3_createState());
    XXH3_128bits_reset(state.get());
    std::vector<std::byte> buffer(FileIdentity::kPieceBytes);
    for (std::uint64_t number = 0; number < FileIdentity::kPieces; ++number) {
        const std::uint64_t offset = pieceOffset(size, number);
        if (offset >= size)
            break;
        const auto read = file.readAt(buffer, offset);
        if (!read)
            return unreadable(path, file.lastError());
        XXH3_128bits_update(state.get(), buffer.data(), *read);
    }
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

/// The spool of a live capture, whose files stand for themselves: their names and sizes are what is hashed.
Result<FileIdentity> identifySpool(const std::filesystem::path& directory)
{
    const std::vector<capture::SpoolFile> files = capture::spoolFiles(directory);
    if (files.empty())
        return Error{ErrorCode::Unsupported,
                     fmt::format("{} is a directory without captured packets.", directory.filename().native()),
                     directory.native()};
    std::string names;
    for (const capture::SpoolFile& file : files)
        names += fmt::format("{} {}\n", toString(file.name), file.bytes);
    const XXH128_hash_t hash = XXH3_128bits(names.data(), names.size());
    struct stat facts {};
    FileIdentity identity;
    identity.path = directory.native();
    identity.size = files.back().end();
    if (stat(files.back().path.c_str(), &facts) == 0)
        identity.modified.ns = facts.st_mtim.tv_sec * kNsPerSecond + facts.st_mtim.tv_nsec;
    identity.contentKey = fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
    return identity;
}

} // namespace

Result<FileIdentity> identifyFile(const std::filesystem::path& path)
{
    std::error_code failure;
    const std::filesystem::path real = std::filesystem::canonical(path, failure);
    if (failure)
        return unreadable(path, failure.value());
    if (std::filesystem::is_directory(real, failure))
        return identifySpool(real);
    FileHandle file = FileHandle::openForReading(real);
    if (!file.valid())
        return unreadable(path, file.lastError());
    struct stat facts {};
    if (fstat(file.descriptor(), &facts) != 0)
        return unreadable(path, errno);
    if (!S_ISREG(facts.st_mode))
        return Error{ErrorCode::Unsupported,
                     fmt::format("{} is not a regular file, so its analysis cannot be kept.", path.filename().native()),
                     path.native()};
    FileIdentity identity;
    identity.path = real.native();
    identity.size = static_cast<std::uint64_t>(facts.st_size);
    identity.modified.ns = facts.st_mtim.tv_sec * kNsPerSecond + facts.st_mtim.tv_nsec;
    auto key = hashPieces(file, path, identity.size);
    if (!key)
        return key.error();
    identity.contentKey = std::move(*key);
    return identity;
}

} // namespace timbre::store
