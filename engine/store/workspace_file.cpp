#include "engine/store/workspace_file.h"

#include "engine/store/schema.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace timbre::store {

namespace {

constexpr std::string_view kOpen = "open the workspace";
constexpr std::string_view kCreate = "make the workspace";

// Nothing here opens the workspace but through SQLite: closing any other descriptor of the file would drop the locks
// that SQLite holds on it in this process (POSIX file locks belong to the process).

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix)
{
    std::filesystem::path other = path;
    other += suffix;
    return other;
}

Error fileError(std::string_view attempt, const std::filesystem::path& path, int systemError)
{
    const bool refused = systemError == EACCES || systemError == EPERM;
    const bool missing = systemError == ENOENT;
    return {refused   ? ErrorCode::NoPermission
            : missing ? ErrorCode::NotFound
                      : ErrorCode::Unwritable,
            fmt::format("Cannot {}: {}.", attempt, systemText(systemError)), path.native()};
}

std::string lockHolder(const FileHandle& lock)
{
    std::array<std::byte, 32> buffer{};
    const auto read = lock.readAt(buffer, 0);
    std::string text(asText(Bytes(buffer).first(read.value_or(0))));
    while (!text.empty() && (text.back() < '0' || text.back() > '9'))
        text.pop_back();
    return text;
}

/// 0600 also for a file that was copied here with other rights, and for what an earlier SQLite left beside it.
Result<void> restrictToOwner(const std::filesystem::path& path)
{
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const std::filesystem::path file = beside(path, suffix);
        if (chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0 && errno != ENOENT)
            return fileError("protect the workspace from other users", file, errno);
    }
    return {};
}

Result<void> buildIn(const std::filesystem::path& path, const WorkspaceOptions& options)
{
    auto connection = Connection::open(path, OpenMode::ReadWrite, options.busyTimeoutMs, options.vfs);
    if (!connection)
        return connection.error();
    // Space of removed captures can be given back to the disk, bit by bit; cannot be chosen later.
    if (auto done = connection->execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = FULL", kCreate); !done)
        return done;
    if (auto done = migrate(*connection, currentSchemaVersion()); !done)
        return done;
    return connection->execute("PRAGMA journal_mode = WAL", kCreate);
}

void removeWithCompanions(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(beside(path, suffix), ignored);
}

Result<int> checkVersion(Connection& connection, const std::filesystem::path& path, bool allowOlder)
{
    auto application = connection.queryInteger("PRAGMA application_id", kOpen);
    if (!application)
        return application.error();
    auto version = connection.queryInteger("PRAGMA user_version", kOpen);
    if (!version)
        return version.error();
    if (*application != kApplicationId || *version < 1)
        return Error{ErrorCode::UnknownFormat,
                     "Cannot open the workspace: the file is a database of another program, not a Timbre workspace.",
                     path.native()};
    if (*version > currentSchemaVersion())
        return Error{
            ErrorCode::Unsupported,
            "Cannot open the workspace: a newer Timbre has written it. Use that version, or another workspace.",
            fmt::format("{}: schema version {}, this program knows {}", path.native(), *version,
                        currentSchemaVersion())};
    if (*version < currentSchemaVersion() && !allowOlder)
        return Error{
            ErrorCode::Unsupported,
            "Cannot read the workspace: an older Timbre has written it. Open it for writing once to convert it.",
            fmt::format("{}: schema version {}, this program reads {}", path.native(), *version,
                        currentSchemaVersion())};
    return static_cast<int>(*version);
}

Result<int> checkThrough(OpenMode mode, const std::filesystem::path& path, const WorkspaceOptions& options,
                         bool allowOlder)
{
    auto connection = Connection::open(path, mode, options.busyTimeoutMs, options.vfs);
    if (!connection)
        return connection.error();
    auto version = checkVersion(*connection, path, allowOlder);
    if (!version)
        return version;
    if (auto verified = verifySchema(*connection, *version); !verified)
        return verified.error();
    return version;
}

} // namespace

Result<FileHandle> takeWritingPlace(const std::filesystem::path& path)
{
    constexpr std::string_view kAttempt = "write to the workspace's folder";
    const std::filesystem::path lockPath = beside(path, ".lock");
    FileHandle lock = FileHandle::openOrCreate(lockPath);
    if (!lock.valid())
        return fileError(kAttempt, lockPath, lock.lastError());
    if (flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return fileError(kAttempt, lockPath, errno);
        return Error{ErrorCode::Busy,
                     "Another Timbre is writing to this workspace. Close it there, or choose another workspace.",
                     fmt::format("{}: held by process {}", lockPath.native(), lockHolder(lock))};
    }
    const std::string holder = fmt::format("{}\n", getpid());
    if (ftruncate(lock.descriptor(), 0) != 0 ||
        pwrite(lock.descriptor(), holder.data(), holder.size(), 0) != static_cast<ssize_t>(holder.size()))
        return fileError(kAttempt, lockPath, errno);
    return lock;
}

bool isVacant(const std::filesystem::path& path)
{
    struct stat facts {};
    if (stat(path.c_str(), &facts) != 0)
        return errno == ENOENT;
    return S_ISREG(facts.st_mode) && facts.st_size == 0;
}

Result<void> createWorkspace(const std::filesystem::path& path, const WorkspaceOptions& options)
{
    const std::filesystem::path draft = beside(path, ".new");
    removeWithCompanions(draft); // of a program that died right here; the writing place makes it ours
    if (FileHandle file = FileHandle::createNew(draft); !file.valid())
        return fileError(kCreate, draft, file.lastError());
    if (auto built = buildIn(draft, options); !built) {
        removeWithCompanions(draft);
        return built;
    }
    // A log left by a workspace that was deleted here must not be taken for ours.
    removeWithCompanions(path);
    if (rename(draft.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        removeWithCompanions(draft);
        return fileError(kCreate, path, reason);
    }
    return {};
}

Result<int> checkWorkspace(const std::filesystem::path& path, const WorkspaceOptions& options, bool allowOlder)
{
    struct stat facts {};
    if (stat(path.c_str(), &facts) != 0)
        return fileError(kOpen, path, errno);
    if (!S_ISREG(facts.st_mode) || facts.st_size == 0)
        return Error{ErrorCode::UnknownFormat, "Cannot open the workspace: the file is not a Timbre workspace.",
                     path.native()};
    // With a log beside it the newest pages are there, and only the usual way of reading finds them. Without one nobody
    // is writing, and the file can be read without leaving a trace.
    const auto hasLog = [&] {
        std::error_code ignored;
        return std::filesystem::exists(beside(path, "-wal"), ignored);
    };
    if (!hasLog()) {
        auto version = checkThrough(OpenMode::Immutable, path, options, allowOlder);
        if (version || !hasLog()) // else a writer began meanwhile, and we may have seen half of a change
            return version;
    }
    return checkThrough(OpenMode::ReadOnly, path, options, allowOlder);
}

Result<Connection> openForReading(const std::filesystem::path& path, const WorkspaceOptions& options)
{
    return Connection::open(path, OpenMode::ReadOnly, options.busyTimeoutMs, options.vfs);
}

Result<Connection> openForWriting(const std::filesystem::path& path, const WorkspaceOptions& options)
{
    if (auto done = restrictToOwner(path); !done)
        return done.error();
    auto connection = Connection::open(path, OpenMode::ReadWrite, options.busyTimeoutMs, options.vfs);
    if (!connection)
        return connection;
    // FULL: what was committed survives a power cut. Checkpoints at 16 MiB of log instead of 4 halve what a long
    // capture writes to the disk; the limit gives a log that a reader once held open back to the disk.
    if (auto done = connection->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                        "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;"
                                        "PRAGMA secure_delete = FAST",
                                        kOpen);
        !done)
        return done.error();
    if (auto done = migrate(*connection, currentSchemaVersion()); !done)
        return done.error();
    return connection;
}

} // namespace timbre::store
