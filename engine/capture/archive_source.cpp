#include "engine/capture/byte_source_private.h"
#include "engine/capture/format_detection_private.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <limits>

namespace timbre::capture {

namespace {

constexpr std::size_t kReadBlock = 256U << 10U; // what libarchive asks of the file at once

} // namespace

const char* compressionName(Compression compression)
{
    switch (compression) {
    case Compression::None:
        return "";
    case Compression::Gzip:
        return "gzip";
    case Compression::Zstd:
        return "zstd";
    case Compression::Lz4:
        return "lz4";
    case Compression::Xz:
        return "xz";
    case Compression::Bzip2:
        return "bzip2";
    case Compression::Zip:
        return "zip";
    }
    return "";
}

struct ArchiveSource::Handle {
    Handle()
        : reader(archive_read_new())
    {
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { archive_read_free(reader); }

    [[nodiscard]] std::string reason() const
    {
        const char* text = archive_error_string(reader);
        return text != nullptr ? text : "no reason given";
    }

    struct archive* reader;
    archive_entry* entry = nullptr; // owned by the reader
    Bytes unpacked;                 // owned by the reader, until it is asked for the next
};

namespace {

/// One filter only: a file compressed twice is not unpacked twice.
int enable(archive* reader, Compression compression)
{
    switch (compression) {
    case Compression::Gzip:
        return archive_read_support_filter_gzip(reader);
    case Compression::Zstd:
        return archive_read_support_filter_zstd(reader);
    case Compression::Lz4:
        return archive_read_support_filter_lz4(reader);
    case Compression::Xz:
        return archive_read_support_filter_xz(reader);
    case Compression::Bzip2:
        return archive_read_support_filter_bzip2(reader);
    case Compression::Zip:
        return archive_read_support_format_zip(reader);
    case Compression::None:
        break;
    }
    return ARCHIVE_FATAL;
}

} // namespace

namespace {

/// The other methods of zip files may ask for gigabytes of memory. libarchive names the method of the present member
/// behind the format: "ZIP 2.0 (deflation)".
bool frugalZipMethod(std::string_view format)
{
    return format.find("(uncompressed)") != format.npos || format.find("(deflation") != format.npos ||
           format.find("(bzip") != format.npos;
}

} // namespace

ArchiveSource::ArchiveSource(std::filesystem::path path, Compression compression)
    : m_path(std::move(path))
    , m_compression(compression)
{
}

ArchiveSource::~ArchiveSource() = default;

Result<std::unique_ptr<ArchiveSource>> ArchiveSource::open(const std::filesystem::path& path, Compression compression)
{
    std::unique_ptr<ArchiveSource> source(new ArchiveSource(path, compression));
    std::error_code ignored;
    const std::uintmax_t size = std::filesystem::file_size(path, ignored);
    source->m_fileBytes = ignored ? 0 : static_cast<std::uint64_t>(size);
    if (auto started = source->start(); !started)
        return started.error();
    if (!source->nextMember()) {
        const std::string why = source->m_failure.empty() ? "it holds no file" : source->m_failure;
        return Error{
            ErrorCode::Damaged,
            fmt::format("The {} file “{}” cannot be unpacked: {}.", compressionName(compression), shownName(path), why),
            path.string()};
    }
    return source;
}

Result<void> ArchiveSource::start()
{
    m_handle = std::make_unique<Handle>();
    m_position = 0;
    m_memberNumber = 0;
    m_failure.clear();
    // ARCHIVE_WARN would mean an external program does the unpacking: not wanted.
    const bool ready =
        enable(m_handle->reader, m_compression) == ARCHIVE_OK &&
        (m_compression == Compression::Zip || archive_read_support_format_raw(m_handle->reader) == ARCHIVE_OK);
    if (!ready)
        return Error{ErrorCode::Unsupported,
                     fmt::format("This build cannot unpack {} files; unpack “{}” first.",
                                 compressionName(m_compression), shownName(m_path)),
                     m_handle->reason()};
    if (archive_read_open_filename(m_handle->reader, m_path.c_str(), kReadBlock) != ARCHIVE_OK)
        return Error{ErrorCode::Damaged,
                     fmt::format("The {} file “{}” cannot be unpacked: {}.", compressionName(m_compression),
                                 shownName(m_path), m_handle->reason()),
                     m_path.string()};
    return {};
}

bool ArchiveSource::nextMember()
{
    for (;;) {
        m_handle->unpacked = {};
        const int status = archive_read_next_header(m_handle->reader, &m_handle->entry);
        if (status == ARCHIVE_EOF)
            return false;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            fail("it is damaged");
            return false;
        }
        if (archive_filter_count(m_handle->reader) > 2) { // the one that was enabled, and the plain file below it
            m_failure = "it is compressed more than once";
            return false;
        }
        if (m_compression == Compression::Zip && archive_entry_filetype(m_handle->entry) != AE_IFREG)
            continue;
        if (m_compression == Compression::Zip && !frugalZipMethod(archive_format_name(m_handle->reader))) {
            m_failure = "its members are packed in a way other than “deflate” or “bzip2”";
            return false;
        }
        const char* name = archive_entry_pathname(m_handle->entry);
        m_memberName = m_compression == Compression::Zip && name != nullptr ? name : "";
        m_position = 0;
        m_failure.clear(); // of the member before
        ++m_memberNumber;
        return true;
    }
}

std::size_t ArchiveSource::read(std::byte* into, std::size_t room)
{
    std::size_t filled = 0;
    while (filled < room && m_failure.empty()) {
        if (m_handle->unpacked.empty() && !unpackMore())
            break;
        const std::size_t step = std::min(room - filled, m_handle->unpacked.size());
        std::memcpy(into + filled, m_handle->unpacked.data(), step);
        m_handle->unpacked = m_handle->unpacked.subspan(step);
        filled += step;
    }
    m_position += filled;
    if (m_position > kBombMinBytes && m_position / kBombRatio > fileBytesRead())
        m_failure = fmt::format("it unpacks to more than {} times its size, which no capture does", kBombRatio);
    return filled;
}

/// False at the end or at damage. archive_read_data() would forget what it had copied before it met the damage.
bool ArchiveSource::unpackMore()
{
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0; // of no use: neither kind of file has holes
    int status = ARCHIVE_RETRY;
    while (status == ARCHIVE_RETRY || (status == ARCHIVE_OK && size == 0))
        status = archive_read_data_block(m_handle->reader, &bytes, &size, &offset);
    if (status == ARCHIVE_OK || (status == ARCHIVE_WARN && size > 0)) {
        m_handle->unpacked = {static_cast<const std::byte*>(bytes), size};
        return true;
    }
    if (status != ARCHIVE_EOF)
        fail("its compressed data is damaged or ends early");
    return false;
}

void ArchiveSource::fail(std::string_view what)
{
    m_failure = fmt::format("{} ({})", what, m_handle->reason());
}

std::uint64_t ArchiveSource::skip(std::uint64_t count)
{
    std::array<std::byte, 65'536> scratch; // NOLINT: filled before use
    std::uint64_t passed = 0;
    while (passed < count) {
        const std::size_t got =
            read(scratch.data(), static_cast<std::size_t>(std::min<std::uint64_t>(count - passed, scratch.size())));
        if (got == 0)
            break;
        passed += got;
    }
    return passed;
}

bool ArchiveSource::seek(std::uint64_t offset)
{
    if (offset < m_position || !m_failure.empty()) {
        const std::uint64_t member = m_memberNumber;
        if (!start())
            return false;
        // Members before it are tasted as when it was found: what libarchive makes of a damaged zip depends on that.
        while (nextMember() && m_memberNumber < member)
            skip(kDetectionBytes);
        if (m_memberNumber != member)
            return false;
    }
    const std::uint64_t ahead = offset - m_position;
    return skip(ahead) == ahead;
}

std::uint64_t ArchiveSource::fileBytesRead() const
{
    const la_int64_t bytes = archive_filter_bytes(m_handle->reader, -1);
    return std::min(m_fileBytes, bytes > 0 ? static_cast<std::uint64_t>(bytes) : 0);
}

ArchiveSource::Members ArchiveSource::remainingMembers()
{
    Members members;
    if (m_compression != Compression::Zip || !m_failure.empty())
        return members;
    const std::uint64_t present = m_memberNumber;
    while (nextMember()) {
        if (members.names.size() < kMaxListed)
            members.names.push_back(m_memberName);
        else
            ++members.notListed;
    }
    m_memberNumber = present;
    m_position = std::numeric_limits<std::uint64_t>::max(); // a seek starts over
    return members;
}

} // namespace timbre::capture
