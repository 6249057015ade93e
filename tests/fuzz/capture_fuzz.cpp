// Any bytes as a capture file. Beside not crashing, the reader must give the same records whatever the size of its
// blocks and when it resumes in the middle.

#include "engine/capture/capture_reader.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace timbre;
using namespace timbre::capture;

namespace {

constexpr std::uint64_t kMaxRecords = 200'000; // keeps one input within a second

/// What a record is, its bytes folded into a number.
struct Digest {
    std::int64_t ns;
    std::uint64_t number;
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint32_t originalLength;
    std::uint32_t interfaceIndex;
    LinkType linkType;

    bool operator==(const Digest&) const = default;
};

Digest digestOf(const Record& record)
{
    std::uint64_t folded = 14'695'981'039'346'656'037ULL;
    for (const std::byte byte : record.bytes)
        folded = (folded ^ std::to_integer<std::uint64_t>(byte)) * 1'099'511'628'211ULL;
    return {record.time.ns,        record.number,         record.offset,  folded,
            record.originalLength, record.interfaceIndex, record.linkType};
}

class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : m_descriptor(::memfd_create("fuzz", MFD_CLOEXEC))
    {
        for (std::size_t at = 0; at < size;) {
            const ssize_t step = ::write(m_descriptor, data + at, size - at);
            if (step <= 0)
                std::abort();
            at += static_cast<std::size_t>(step);
        }
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(m_descriptor); }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

void drainInto(CaptureReader& reader, std::vector<Digest>& into)
{
    RecordBlock block;
    while (into.size() < kMaxRecords && reader.read(block) == ReadStatus::Records) {
        require(!block.records().empty(), "a block of records holds one");
        for (const Record& record : block.records()) {
            require(record.bytes.size() <= kMaxCapturedLength, "captured lengths are bounded");
            require(record.interfaceIndex < reader.facts().interfaces.size(), "interfaces are known");
            into.push_back(digestOf(record));
        }
    }
    require(reader.messages().size() <= CaptureReader::kMaxMessages, "messages are capped");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const MemoryFile file(data, size);
    auto reader = CaptureReader::open(file.path());
    if (!reader) {
        require(!reader.error().message.empty(), "a refusal has a sentence");
        return 0;
    }
    std::vector<Digest> all;
    drainInto(**reader, all);
    if (all.size() >= kMaxRecords)
        return 0;

    const std::size_t blockBytes = 16 + size % 97;
    auto small = CaptureReader::open(file.path(), {.follow = false, .blockBytes = blockBytes, .cancel = {}});
    require(small.ok(), "opens again");
    std::vector<Digest> again;
    RecordBlock block;
    const std::size_t half = all.size() / 2;
    while (again.size() < half && (*small)->read(block) == ReadStatus::Records) {
        for (const Record& record : block.records())
            again.push_back(digestOf(record));
    }
    const Checkpoint place = (*small)->checkpoint();
    require(place.packetsBefore == again.size(), "a checkpoint counts the packets before it");
    std::vector<Digest> rest = again;
    drainInto(**small, again);
    require(again == all, "the size of blocks changes nothing");
    require((*reader)->resume(place).ok(), "resumes");
    drainInto(**reader, rest);
    require(rest == all, "resuming changes nothing");

    auto following = CaptureReader::open(file.path(), {.follow = true, .blockBytes = 4096, .cancel = {}});
    require(following.ok(), "opens to follow");
    std::vector<Digest> followed;
    drainInto(**following, followed);
    require((*reader)->facts().compression.empty() ? followed.size() == all.size() : followed == all, "following");
    return 0;
}
