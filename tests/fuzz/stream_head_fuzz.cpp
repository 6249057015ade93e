// The first bytes describe how a stream is cut, doubled, delayed and where its numbers start; the rest is the stream.
// However it comes, what is read must be what the stream in one piece says, no cap may be passed, and everything must
// be given back at the end.

#include "engine/protocol/stream_head.h"

#include <cstdlib>
#include <memory>

using namespace timbre;
using namespace timbre::protocol;
using flow::Side;

namespace {

void require(bool truth)
{
    if (!truth)
        std::abort();
}

constexpr std::size_t kMaxOrders = 64;
constexpr std::size_t kTotalBytes = 256U << 10U;

/// Making a pool is most of an input's time, so it serves many.
StringPool& names()
{
    constexpr unsigned kInputs = 20'000;
    static unsigned inputs = 0;
    static std::unique_ptr<StringPool> pool;
    if (!pool || ++inputs % kInputs == 0)
        pool = std::make_unique<StringPool>();
    return *pool;
}

/// What all segments of one stream brought.
struct Heard {
    flow::App app = flow::App::Unknown;
    std::string serverName;
    std::string httpHost;

    void add(const HeadFacts& facts)
    {
        app = facts.app != flow::App::Unknown ? facts.app : app;
        serverName = facts.serverName.empty() ? serverName : facts.serverName;
        httpHost = facts.httpHost.empty() ? httpHost : facts.httpHost;
    }
    bool operator==(const Heard&) const = default;
};

struct Run {
    explicit Run(StringPool& names)
        : hosts(names)
    {
    }

    HostTable hosts;
    StreamHeads heads{&hosts, {.maxTotalBytes = kTotalBytes}};
    StreamHeads::Handle handle = 0;
    Heard heard;

    void give(std::uint32_t start, std::uint16_t port, std::size_t offset, Bytes payload)
    {
        HeadFacts facts;
        const StreamHeads::Segment segment{
            Side::Initiator, start + static_cast<std::uint32_t>(offset), start, 40000, port, payload};
        if (heads.onSegment(handle, segment, facts))
            heard.add(facts);
        require(heads.counters().bytesHeld <= kTotalBytes + sizeof(void*));
    }
    void finish()
    {
        heads.release(handle);
        require(heads.counters().bytesHeld == 0 && heads.counters().streamsHeld == 0);
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ByteReader reader(std::as_bytes(std::span(data, size)));
    const std::uint32_t start = reader.be32();
    const std::uint16_t port = reader.be16();
    const std::size_t orders = reader.u8() % kMaxOrders;
    const Bytes plan = reader.bytes(4 * orders);
    if (!reader.ok())
        return 0;
    const Bytes stream = reader.rest();

    StringPool& pool = names();
    Run cut(pool);
    for (std::size_t i = 0; i < orders && !stream.empty(); ++i) {
        const std::size_t offset = loadBe16(plan, 4 * i) % stream.size();
        const std::size_t length = 1 + loadBe16(plan, 4 * i + 2) % (stream.size() - offset);
        cut.give(start, port, offset, stream.subspan(offset, length));
    }
    constexpr std::size_t kStep = 700;
    for (std::size_t at = 0; at < stream.size(); at += kStep)
        cut.give(start, port, at, stream.subspan(at, std::min(kStep, stream.size() - at)));

    Run whole(pool);
    whole.give(start, port, 0, stream);
    require(cut.heads.counters().givenUp() > 0 || cut.heard == whole.heard);
    require(cut.heads.counters().givenUp() > 0 || cut.hosts.size() == whole.hosts.size());
    cut.finish();
    whole.finish();
    return 0;
}
