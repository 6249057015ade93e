#include "engine/capture/byte_source_private.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace timbre::capture {

std::string shownName(const std::filesystem::path& path)
{
    return path.has_filename() ? path.filename().string() : path.string();
}

Error openError(const std::filesystem::path& path, int systemError)
{
    const std::string name = shownName(path);
    std::string detail = fmt::format("{}: {}", path.string(), std::generic_category().message(systemError));
    switch (systemError) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, fmt::format("There is no file “{}”.", name), std::move(detail)};
    case EACCES:
    case EPERM:
        return {ErrorCode::NoPermission, fmt::format("You have no permission to read “{}”.", name), std::move(detail)};
    default:
        return {ErrorCode::Unreadable, fmt::format("“{}” cannot be read.", name), std::move(detail)};
    }
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return openError(path, errno);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0) {
        const int reason = errno;
        ::close(descriptor);
        return openError(path, reason);
    }
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
        ::close(descriptor);
        const char* kind = S_ISDIR(status.st_mode) ? "a folder" : "a device";
        return Error{ErrorCode::Unreadable, fmt::format("“{}” is {}, not a capture file.", shownName(path), kind),
                     path.string()};
    }
    if (S_ISREG(status.st_mode))
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::make_unique<FileSource>(descriptor, S_ISREG(status.st_mode));
}

FileSource::~FileSource()
{
    ::close(m_descriptor);
}

std::size_t FileSource::read(std::byte* into, std::size_t room)
{
    for (;;) {
        const ssize_t got = ::read(m_descriptor, into, room);
        if (got >= 0) {
            m_position += static_cast<std::uint64_t>(got);
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            m_failure = "the system could not read on: " + std::generic_category().message(errno);
            return 0;
        }
    }
}

std::uint64_t FileSource::skip(std::uint64_t count)
{
    if (m_regular) {
        const std::uint64_t size = fileBytes();
        const std::uint64_t step = size > m_position ? std::min(count, size - m_position) : 0;
        return seek(m_position + step) ? step : 0;
    }
    std::byte scratch[16'384];
    std::uint64_t passed = 0;
    while (passed < count) {
        const std::size_t got =
            read(scratch, static_cast<std::size_t>(std::min<std::uint64_t>(count - passed, sizeof scratch)));
        if (got == 0)
            break;
        passed += got;
    }
    return passed;
}

bool FileSource::seek(std::uint64_t offset)
{
    if (!m_regular || ::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0)
        return false;
    m_position = offset;
    return true;
}

std::uint64_t FileSource::fileBytes() const
{
    struct stat status = {};
    if (!m_regular || ::fstat(m_descriptor, &status) != 0)
        return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace timbre::capture
