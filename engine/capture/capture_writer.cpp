#include "engine/capture/capture_writer.h"

#include "engine/capture/byte_source_private.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace timbre::capture {

namespace {

constexpr std::size_t kBufferBytes = 256U << 10U;
constexpr int kMaxNameTries = 100;

std::string reasonOf(int systemError)
{
    return std::generic_category().message(systemError);
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

Result<PcapngWriter> PcapngWriter::create(const std::filesystem::path& target, WriterOptions options)
{
    if (const int found = obstacle(target, options.overwrite); found != 0)
        return refusedToCreate(target, found);
    for (int i = 0; i < kMaxNameTries; ++i) {
        const std::filesystem::path temporary =
            folderOf(target) / fmt::format(".{}.{}-{}.part", target.filename().string(), ::getpid(), i);
        const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0) {
            PcapngWriter writer(target, temporary, descriptor, options.overwrite);
            writer.putHeader(options.application);
            return writer;
        }
        if (errno != EEXIST)
            return refusedToCreate(target, errno);
    }
    return refusedToCreate(target, EBUSY);
}

PcapngWriter::PcapngWriter(std::filesystem::path target, std::filesystem::path temporary, int descriptor,
                           bool overwrite)
    : m_target(std::move(target))
    , m_temporary(std::move(temporary))
    , m_descriptor(descriptor)
    , m_overwrite(overwrite)
{
    m_buffer.reserve(kBufferBytes + 4096);
}

PcapngWriter::PcapngWriter(PcapngWriter&& other) noexcept
    : m_target(std::move(other.m_target))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_overwrite(other.m_overwrite)
    , m_buffer(std::move(other.m_buffer))
    , m_interfaces(other.m_interfaces)
    , m_packets(other.m_packets)
    , m_timesClamped(other.m_timesClamped)
{
}

PcapngWriter& PcapngWriter::operator=(PcapngWriter&& other) noexcept
{
    if (this != &other) {
        std::swap(m_target, other.m_target);
        std::swap(m_temporary, other.m_temporary);
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_overwrite, other.m_overwrite);
        std::swap(m_buffer, other.m_buffer);
        std::swap(m_interfaces, other.m_interfaces);
        std::swap(m_packets, other.m_packets);
        std::swap(m_timesClamped, other.m_timesClamped);
    }
    return *this;
}

PcapngWriter::~PcapngWriter()
{
    discard();
}

void PcapngWriter::discard()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_temporary.empty())
        ::unlink(std::exchange(m_temporary, {}).c_str());
}

void PcapngWriter::put16(std::uint16_t value)
{
    putBytes(std::as_bytes(std::span(&value, 1)));
}

void PcapngWriter::put32(std::uint32_t value)
{
    putBytes(std::as_bytes(std::span(&value, 1)));
}

void PcapngWriter::putBytes(Bytes bytes)
{
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

void PcapngWriter::putOption(std::uint16_t code, Bytes value)
{
    constexpr std::size_t kMaxOption = 65'532; // keeps the padded length in 16 bits
    const Bytes kept = value.first(std::min(value.size(), kMaxOption));
    put16(code);
    put16(static_cast<std::uint16_t>(kept.size()));
    putBytes(kept);
    m_buffer.resize((m_buffer.size() + 3) & ~std::size_t{3});
}

std::size_t PcapngWriter::beginBlock(std::uint32_t type)
{
    const std::size_t start = m_buffer.size();
    put32(type);
    put32(0); // the length, set by endBlock()
    return start;
}

/// Every block starts and ends at a multiple of four bytes of the buffer.
void PcapngWriter::endBlock(std::size_t start)
{
    m_buffer.resize((m_buffer.size() + 3) & ~std::size_t{3});
    const auto length = static_cast<std::uint32_t>(m_buffer.size() - start + 4);
    put32(length);
    std::memcpy(m_buffer.data() + start + 4, &length, sizeof length);
}

void PcapngWriter::putHeader(const std::string& application)
{
    constexpr std::uint16_t kApplication = 4;
    const std::size_t start = beginBlock(0x0a0d0d0a);
    put32(0x1a2b3c4d);
    put16(1); // version 1.0
    put16(0);
    put32(0xffff'ffff); // the length of the section is not known
    put32(0xffff'ffff);
    if (!application.empty()) {
        putOption(kApplication, asBytes(application));
        put32(0); // end of options
    }
    endBlock(start);
}

Result<std::uint32_t> PcapngWriter::addInterface(const WriterInterface& interface)
{
    constexpr std::uint16_t kName = 2;
    constexpr std::uint16_t kDescription = 3;
    constexpr std::uint16_t kResolution = 9;
    const std::size_t start = beginBlock(1);
    put16(interface.linkType);
    put16(0);
    put32(interface.snapLength);
    if (!interface.name.empty())
        putOption(kName, asBytes(interface.name));
    if (!interface.description.empty())
        putOption(kDescription, asBytes(interface.description));
    putOption(kResolution, asBytes("\x09")); // nanoseconds
    put32(0);                                // end of options
    endBlock(start);
    if (auto flushed = flushIfFull(); !flushed)
        return flushed.error();
    return m_interfaces++;
}

Result<void> PcapngWriter::write(std::uint32_t interface, Timestamp time, Bytes captured, std::uint32_t originalLength)
{
    if (time.ns < 0)
        ++m_timesClamped;
    const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(time.ns, 0));
    const std::size_t start = beginBlock(6);
    put32(interface);
    put32(static_cast<std::uint32_t>(units >> 32U));
    put32(static_cast<std::uint32_t>(units));
    put32(static_cast<std::uint32_t>(captured.size()));
    put32(originalLength);
    putBytes(captured);
    endBlock(start);
    ++m_packets;
    return flushIfFull();
}

Result<void> PcapngWriter::flushIfFull()
{
    return m_buffer.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> PcapngWriter::flush()
{
    std::size_t written = 0;
    while (written < m_buffer.size()) {
        const ssize_t step = ::write(m_descriptor, m_buffer.data() + written, m_buffer.size() - written);
        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            return failed("Writing", step < 0 ? errno : EIO);
        written += static_cast<std::size_t>(step);
    }
    m_buffer.clear();
    return {};
}

Error PcapngWriter::failed(const char* what, int systemError)
{
    discard();
    const bool full = systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
    const char* advice = full ? " Make room or choose another place." : "";
    return {ErrorCode::Unwritable,
            fmt::format("{} “{}” failed: {}.{} No file was left behind.", what, shownName(m_target),
                        reasonOf(systemError), advice),
            m_target.string()};
}

Result<void> PcapngWriter::finish()
{
    if (m_descriptor < 0)
        return failed("Writing", EBADF); // an earlier write failed already
    if (auto flushed = flush(); !flushed)
        return flushed;
    if (::fsync(m_descriptor) != 0 && errno != EINVAL) // some file systems know no fsync
        return failed("Writing", errno);
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        return failed("Writing", errno);
    return takeName();
}

Result<void> PcapngWriter::takeName()
{
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

} // namespace timbre::capture
