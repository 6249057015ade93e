#include "engine/capture/capture_reader.h"

#include "engine/capture/spool.h"
#include "engine/capture/spool_reader_private.h"
#include "engine/capture/stream_reader_private.h"

#include <fmt/format.h>

namespace timbre::capture {

namespace {

/// Members of a zip file that are looked at to find a capture among them.
constexpr std::size_t kMaxMembersTried = 16;

Result<std::unique_ptr<CaptureReader>> openCompressed(const std::filesystem::path& path, Compression compression,
                                                      const ReaderOptions& options)
{
    auto opened = ArchiveSource::open(path, compression);
    if (!opened)
        return opened.error();
    ArchiveSource& archive = **opened;
    std::unique_ptr<ByteSource> source = std::move(opened).value();
    auto reader = std::make_unique<StreamReader>(shownName(path), options, compression);
    std::vector<std::string> passedOver;
    Result<void> attached = reader->attach(source);
    while (!attached && compression == Compression::Zip && passedOver.size() + 1 < kMaxMembersTried) {
        std::string refused = archive.memberName();
        if (!archive.nextMember())
            break;
        passedOver.push_back(std::move(refused));
        Result<void> next = reader->attach(source);
        if (next)
            attached = next; // else the sentence about the first member stays
    }
    if (!attached)
        return attached.error();
    reader->nameMembersOf(archive, std::move(passedOver));
    return Result<std::unique_ptr<CaptureReader>>(std::move(reader));
}

} // namespace

Result<std::unique_ptr<CaptureReader>> CaptureReader::open(const std::filesystem::path& path, ReaderOptions options)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored) && (options.follow || isSpool(path)))
        return openSpool(path, std::move(options));
    auto opened = FileSource::open(path);
    if (!opened)
        return opened.error();
    std::unique_ptr<ByteSource> source = std::move(opened).value();
    auto reader = std::make_unique<StreamReader>(shownName(path), options, Compression::None);
    const Result<void> attached = reader->attach(source);
    if (attached)
        return Result<std::unique_ptr<CaptureReader>>(std::move(reader));
    if (reader->detection().kind != FileKind::Compressed)
        return attached.error();
    const Compression compression = reader->detection().compression;
    if (const std::uint64_t window = unpackWindowBytes(reader->front(), compression); window > kMaxWindowBytes)
        return Error{
            ErrorCode::Unsupported,
            fmt::format("Unpacking “{}” would take {} MiB of memory, more than the {} MiB that Timbre gives to it; "
                        "unpack it with “{}” first.",
                        shownName(path), window >> 20U, kMaxWindowBytes >> 20U, compressionName(compression)),
            path.string()};
    return openCompressed(path, compression, options);
}

} // namespace timbre::capture
