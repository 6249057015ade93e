#include "engine/capture/spool.h"

#include "engine/base/bytes.h"
#include "engine/base/new_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace timbre::capture {

namespace {

namespace fs = std::filesystem;

constexpr const char* kAbout = "about";
constexpr const char* kLock = "lock";

std::string systemText(int error)
{
    return std::generic_category().message(error);
}

Error cannotMake(const fs::path& path, int error)
{
    return {ErrorCode::Unwritable,
            fmt::format("There is no place to keep captured packets: {} cannot be made ({}).", path.string(),
                        systemText(error)),
            path.string()};
}

/// One line each, so that a name with a line break must lose it.
std::string oneLine(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    return text;
}

void writeAbout(const fs::path& directory, const SpoolAbout& about)
{
    std::ofstream out(directory / kAbout);
    std::error_code ignored; // the directory is private, too
    fs::permissions(directory / kAbout, fs::perms::owner_read | fs::perms::owner_write, ignored);
    out << "title " << oneLine(about.title) << "\nfilter " << oneLine(about.filter) << "\nstarted " << about.started.ns
        << '\n';
}

SpoolAbout readAbout(const fs::path& directory)
{
    SpoolAbout about;
    std::ifstream in(directory / kAbout);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("title "))
            about.title = line.substr(6);
        else if (line.starts_with("filter "))
            about.filter = line.substr(7);
        else if (line.starts_with("started "))
            std::from_chars(line.data() + 8, line.data() + line.size(), about.started.ns);
    }
    return about;
}

bool makePrivate(const fs::path& path, int& error)
{
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    if (mkdir(path.c_str(), 0700) == 0)
        return true;
    error = errno;
    return false;
}

/// True when nobody holds it.
bool lockIsFree(const fs::path& directory)
{
    const int lock = open((directory / kLock).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0)
        return errno == ENOENT;
    const bool free = flock(lock, LOCK_EX | LOCK_NB) == 0;
    close(lock);
    return free;
}

void overwrite(const SpoolFile& file)
{
    const int descriptor = open(file.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return;
    const std::vector<std::byte> zeros(1U << 20U);
    for (std::uint64_t done = 0; done < file.bytes;) {
        const ssize_t step = write(descriptor, zeros.data(), std::min<std::uint64_t>(zeros.size(), file.bytes - done));
        if (step <= 0)
            break;
        done += static_cast<std::uint64_t>(step);
    }
    fdatasync(descriptor);
    close(descriptor);
}

/// Length of the section header and the interface descriptions: every file of a spool begins with the same ones.
std::uint64_t headLength(std::ifstream& in)
{
    constexpr std::uint32_t kSection = 0x0a0d0d0a;
    constexpr std::uint32_t kInterface = 1;
    std::uint64_t length = 0;
    std::array<char, 8> front{};
    while (in.seekg(static_cast<std::streamoff>(length)) && in.read(front.data(), front.size())) {
        const Bytes bytes = asBytes({front.data(), front.size()});
        const std::uint32_t type = loadLe32(bytes, 0);
        if (type != kSection && type != kInterface)
            break;
        length += loadLe32(bytes, 4);
    }
    in.clear();
    return length;
}

Result<void> appendFile(const SpoolFile& file, bool withHead, NewFile& out,
                        const std::function<bool(std::uint64_t)>& goOn)
{
    std::ifstream in(file.path, std::ios::binary);
    if (!in)
        return Error{ErrorCode::Unreadable, "A part of the capture can no longer be read.", file.path.string()};
    in.seekg(withHead ? 0 : static_cast<std::streamoff>(headLength(in)));
    std::vector<char> piece(1U << 20U);
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto got = static_cast<std::size_t>(in.gcount());
        if (auto written = out.write(asBytes({piece.data(), got})); !written)
            return written;
        if (!goOn(got))
            return Error{ErrorCode::Cancelled, "Saving was stopped; no file was written.", {}};
    }
    return {};
}

} // namespace

bool isSpool(const fs::path& directory)
{
    std::error_code ignored;
    return fs::exists(directory / kLock, ignored) || !spoolFiles(directory).empty();
}

std::vector<SpoolFile> spoolFiles(const fs::path& directory)
{
    std::vector<SpoolFile> files;
    std::error_code failure;
    for (fs::directory_iterator each(directory, failure), end; !failure && each != end; each.increment(failure)) {
        const auto name = helper::parseSpoolFileName(each->path().filename().string());
        if (!name)
            continue;
        std::error_code gone; // by the ring, between the listing and now
        const std::uintmax_t bytes = fs::file_size(each->path(), gone);
        if (!gone)
            files.push_back({*name, each->path(), bytes});
    }
    std::ranges::sort(files, {}, [](const SpoolFile& file) { return file.name.number; });
    return files;
}

fs::path defaultSpoolRoot()
{
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base =
        cache != nullptr && *cache != '\0' ? fs::path(cache) : fs::path(home != nullptr ? home : "/tmp") / ".cache";
    return base / "timbre" / "spool";
}

Result<Spool> Spool::create(const fs::path& root, const SpoolAbout& about)
{
    std::error_code failure;
    fs::create_directories(root, failure);
    chmod(root.c_str(), 0700);
    fs::path path;
    int error = 0;
    for (int attempt = 0; attempt < 100; ++attempt) { // two captures may begin in the same moment
        path = root / fmt::format("{}-{}-{}", about.started.ns / kNsPerSecond, getpid(), attempt);
        if (makePrivate(path, error) || error != EEXIST)
            break;
    }
    if (error != 0 && error != EEXIST)
        return cannotMake(path, error);
    const int directory = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int lock = open((path / kLock).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (directory < 0 || lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0) {
        error = errno;
        close(directory);
        close(lock);
        return cannotMake(path, error);
    }
    writeAbout(path, about);
    return Spool(std::move(path), directory, lock);
}

Spool::Spool(Spool&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_directory(std::exchange(other.m_directory, -1))
    , m_lock(std::exchange(other.m_lock, -1))
{
}

Spool& Spool::operator=(Spool&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_directory, other.m_directory);
    std::swap(m_lock, other.m_lock);
    return *this;
}

Spool::~Spool()
{
    if (m_directory >= 0)
        close(m_directory);
    if (m_lock >= 0)
        close(m_lock);
}

bool Spool::gone() const
{
    struct stat facts {};
    return fstat(m_directory, &facts) != 0 || facts.st_nlink == 0;
}

std::vector<LeftSpool> findLeftSpools(const fs::path& root)
{
    std::vector<LeftSpool> left;
    std::error_code failure;
    for (fs::directory_iterator each(root, failure), end; !failure && each != end; each.increment(failure)) {
        if (!each->is_directory() || each->is_symlink() || !lockIsFree(each->path()))
            continue;
        LeftSpool spool{each->path(), readAbout(each->path()), 0};
        const std::vector<SpoolFile> files = spoolFiles(each->path());
        for (const SpoolFile& file : files)
            spool.bytes += file.bytes;
        if (!files.empty())
            left.push_back(std::move(spool));
        else if (fs::exists(each->path() / kLock))
            static_cast<void>(removeSpool(each->path(), Removal::Plain)); // nothing in it to be sorry for
    }
    std::ranges::sort(left, {}, [](const LeftSpool& spool) { return spool.about.started; });
    return left;
}

Result<void> removeSpool(const fs::path& directory, Removal how)
{
    std::error_code failure;
    for (const SpoolFile& file : spoolFiles(directory)) {
        if (how == Removal::Shred)
            overwrite(file);
        fs::remove(file.path, failure);
    }
    fs::remove(directory / kAbout, failure);
    fs::remove(directory / kLock, failure);
    fs::remove(directory, failure);
    if (failure && failure != std::errc::no_such_file_or_directory)
        return Error{ErrorCode::Unwritable,
                     fmt::format("{} could not be removed: {}.", directory.string(), failure.message()),
                     directory.string()};
    return {};
}

Result<void> saveSpool(const fs::path& directory, const fs::path& target, bool overwriteTarget,
                       const std::function<bool(double)>& goOn)
{
    const std::vector<SpoolFile> files = spoolFiles(directory);
    if (files.empty())
        return Error{ErrorCode::NotFound, "There is nothing to save: the captured packets are gone.",
                     directory.string()};
    auto out = NewFile::create(target, overwriteTarget);
    if (!out)
        return out.error();
    const auto total = static_cast<double>(std::max<std::uint64_t>(files.back().end() - files.front().name.offset, 1));
    std::uint64_t done = 0;
    const auto moved = [&](std::uint64_t bytes) {
        done += bytes;
        return !goOn || goOn(std::min(1.0, static_cast<double>(done) / total));
    };
    for (const SpoolFile& file : files) {
        if (auto appended = appendFile(file, &file == &files.front(), *out, moved); !appended)
            return appended;
    }
    return out->finish();
}

} // namespace timbre::capture
