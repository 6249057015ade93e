#include "engine/store/file_handle.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

namespace timbre::store {

std::string systemText(int errorNumber)
{
    return std::generic_category().message(errorNumber);
}

FileHandle::~FileHandle()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    m_error = other.m_error;
    return *this;
}

FileHandle FileHandle::open(const std::filesystem::path& path, int flags)
{
    FileHandle file;
    file.m_descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0600);
    file.m_error = file.m_descriptor < 0 ? errno : 0;
    return file;
}

FileHandle FileHandle::openForReading(const std::filesystem::path& path)
{
    return open(path, O_RDONLY | O_NONBLOCK);
}

FileHandle FileHandle::openOrCreate(const std::filesystem::path& path)
{
    return open(path, O_RDWR | O_CREAT | O_NOFOLLOW);
}

FileHandle FileHandle::createNew(const std::filesystem::path& path)
{
    return open(path, O_RDWR | O_CREAT | O_EXCL);
}

std::optional<std::size_t> FileHandle::readAt(std::span<std::byte> buffer, std::uint64_t offset) const
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const ssize_t got =
            ::pread(m_descriptor, buffer.data() + filled, buffer.size() - filled, static_cast<off_t>(offset + filled));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            m_error = errno;
            return std::nullopt;
        }
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

} // namespace timbre::store
