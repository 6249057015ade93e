#pragma once

// Where live captures lie until the analyst saves them: one directory per capture, in the user's private cache. It
// holds the files the capture helper writes (their names are in helper_messages.h), what the capture is about, and a
// lock that lives as long as the program that captures: a spool without it was left behind by a crash.

#include "engine/base/result.h"
#include "engine/base/timestamp.h"
#include "engine/capture/helper_messages.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace timbre::capture {

/// For people who find the spool later.
struct SpoolAbout {
    std::string title;  // "eth0, wlan0"
    std::string filter; // as typed
    Timestamp started;  // by the clock
};

struct SpoolFile {
    helper::SpoolFileName name;
    std::filesystem::path path;
    std::uint64_t bytes = 0;
    [[nodiscard]] std::uint64_t end() const { return name.offset + bytes; }
};

/// A folder that a capture was or is written to, not any other one.
[[nodiscard]] bool isSpool(const std::filesystem::path& directory);
/// In order. Empty as well when the directory cannot be read.
[[nodiscard]] std::vector<SpoolFile> spoolFiles(const std::filesystem::path& directory);

/// $XDG_CACHE_HOME/timbre/spool
[[nodiscard]] std::filesystem::path defaultSpoolRoot();

/// A spool that this program writes. Its end lets go of the lock and leaves the files.
class Spool {
public:
    /// Makes the directory with mode 0700, `root` as well when it is missing.
    static Result<Spool> create(const std::filesystem::path& root, const SpoolAbout& about);
    Spool(Spool&& other) noexcept;
    Spool& operator=(Spool&& other) noexcept;
    ~Spool();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// The open directory: what the helper is handed.
    [[nodiscard]] int descriptor() const { return m_directory; }
    /// Somebody removed it.
    [[nodiscard]] bool gone() const;

private:
    Spool(std::filesystem::path path, int directory, int lock)
        : m_path(std::move(path))
        , m_directory(directory)
        , m_lock(lock)
    {
    }
    std::filesystem::path m_path;
    int m_directory = -1;
    int m_lock = -1;
};

struct LeftSpool {
    std::filesystem::path path;
    SpoolAbout about;
    std::uint64_t bytes = 0;
};

/// Spools whose program is gone. Those without a packet file are removed on the way.
[[nodiscard]] std::vector<LeftSpool> findLeftSpools(const std::filesystem::path& root);

enum class Removal {
    Plain,
    Shred, // overwrites the files first; copies that a disk or file system keeps by itself are out of reach
};
/// Takes away the files that belong to a spool, and the directory when nothing else is in it.
Result<void> removeSpool(const std::filesystem::path& directory, Removal how);

/// Writes the files of a spool as one capture, in full.
Result<void> saveSpool(const std::filesystem::path& directory, const std::filesystem::path& target, bool overwrite,
                       const std::function<bool(double)>& goOn);

} // namespace timbre::capture
