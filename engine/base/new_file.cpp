#include "engine/base/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace timbre {

namespace {

constexpr std::size_t kBufferBytes = 256U << 10U;
constexpr int kMaxNameTries = 100;

std::string reasonOf(int systemError)
{
    return std::generic_category().message(systemError);
}

std::string shownName(const std::filesystem::path& target)
{
    return target.filename().string();
}

Error refusedToCreate(const std::filesystem::path& target, int systemError)
{
    if (systemError == EEXIST)
        return {ErrorCode::Unwritable, fmt::format("“{}” exists already and was left as it is.", shownName(target)),
                target.string()};
    const ErrorCode code =
        systemError == EACCES || systemError == EPERM ? ErrorCode::NoPermission : ErrorCode::Unwritable;
    return {code, fmt::format("“{}” cannot be written: {}.", shownName(target), reasonOf(systemError)),
            target.string()};
}

/// What stands in the way of writing `target`: 0, or a system error number.
int obstacle(const std::filesystem::path& target, bool overwrite)
{
    struct stat status = {};
    if (::stat(target.c_str(), &status) != 0)
        return 0; // what else is wrong shows when the temporary file is made
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    if (!S_ISREG(status.st_mode))
        return EINVAL; // renaming onto a device or a pipe would replace it
    return overwrite ? 0 : EEXIST;
}

std::filesystem::path folderOf(const std::filesystem::path& target)
{
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

} // namespace

Result<NewFile> NewFile::create(const std::filesystem::path& target, bool overwrite)
{
    if (const int found = obstacle(target, overwrite); found != 0)
        return refusedToCreate(target, found);
    for (int i = 0; i < kMaxNameTries; ++i) {
        const std::filesystem::path temporary =
            folderOf(target) / fmt::format(".{}.{}-{}.part", target.filename().string(), ::getpid(), i);
        const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0)
            return NewFile(target, temporary, descriptor, overwrite);
        if (errno != EEXIST)
            return refusedToCreate(target, errno);
    }
    return refusedToCreate(target, EBUSY);
}

Result<NewFile> NewFile::createGrowing(const std::filesystem::path& target)
{
    const int descriptor = ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return refusedToCreate(target, errno);
    return NewFile(target, {}, descriptor, false);
}

NewFile::NewFile(std::filesystem::path target, std::filesystem::path temporary, int descriptor, bool overwrite)
    : m_target(std::move(target))
    , m_temporary(std::move(temporary))
    , m_descriptor(descriptor)
    , m_overwrite(overwrite)
{
    m_buffer.reserve(kBufferBytes);
}

NewFile::NewFile(NewFile&& other) noexcept
    : m_target(std::move(other.m_target))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_overwrite(other.m_overwrite)
    , m_buffer(std::move(other.m_buffer))
{
}

NewFile& NewFile::operator=(NewFile&& other) noexcept
{
    std::swap(m_target, other.m_target);
    std::swap(m_temporary, other.m_temporary);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_overwrite, other.m_overwrite);
    std::swap(m_buffer, other.m_buffer);
    return *this;
}

NewFile::~NewFile()
{
    discard();
}

void NewFile::discard()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_temporary.empty())
        ::unlink(std::exchange(m_temporary, {}).c_str());
}

Result<void> NewFile::write(Bytes bytes)
{
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
    return m_buffer.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> NewFile::flush()
{
    std::size_t written = 0;
    while (written < m_buffer.size()) {
        const ssize_t step = ::write(m_descriptor, m_buffer.data() + written, m_buffer.size() - written);
        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            return failed(step < 0 ? errno : EIO);
        written += static_cast<std::size_t>(step);
    }
    m_buffer.clear();
    return {};
}

Error NewFile::failed(int systemError)
{
    const char* left = m_temporary.empty() ? "What was written before is kept." : "No file was left behind.";
    discard();
    const bool full = systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
    const char* advice = full ? " Make room or choose another place." : "";
    return {ErrorCode::Unwritable,
            fmt::format("Writing “{}” failed: {}.{} {}", shownName(m_target), reasonOf(systemError), advice, left),
            m_target.string()};
}

Result<void> NewFile::finish()
{
    if (m_descriptor < 0)
        return failed(EBADF); // an earlier write failed already
    if (auto flushed = flush(); !flushed)
        return flushed;
    if (::fsync(m_descriptor) != 0 && errno != EINVAL) // some file systems know no fsync
        return failed(errno);
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        return failed(errno);
    return takeName();
}

Result<void> NewFile::takeName()
{
    if (m_temporary.empty())
        return {}; // a growing file has it
    int status = m_overwrite ? ::rename(m_temporary.c_str(), m_target.c_str())
                             : ::renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_target.c_str(), RENAME_NOREPLACE);
    if (status != 0 && !m_overwrite && (errno == EINVAL || errno == ENOSYS)) { // file systems without that rename
        status = ::link(m_temporary.c_str(), m_target.c_str());
        if (status == 0)
            ::unlink(m_temporary.c_str());
    }
    if (status != 0) {
        const int reason = errno;
        discard();
        return refusedToCreate(m_target, reason);
    }
    m_temporary.clear();
    const int folder = ::open(folderOf(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) { // else the name is there, only not yet safe from a power cut
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

} // namespace timbre
