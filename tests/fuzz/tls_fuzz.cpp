// Any bytes as the head of a TLS stream. What comes out must not depend on how the stream was cut, and the reader must
// never ask for bytes that it already has.

#include "engine/protocol/head_reader.h"
#include "engine/protocol/tls_hello.h"

#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

void require(bool truth)
{
    if (!truth)
        std::abort();
}

HeadFacts whole(Bytes stream, HeadAnswer& answer)
{
    HeadFacts facts;
    HeadCursor cursor;
    answer = readStreamHead(stream, {40000, 443}, cursor, facts);
    return facts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes stream = std::as_bytes(std::span(data, size));
    (void)parseClientHello(stream, true);
    (void)parseServerHello(stream);
    (void)serverNameOf(stream);
    if (stream.empty())
        return 0;

    HeadAnswer expected;
    const HeadFacts facts = whole(stream, expected);
    require(expected.status == HeadStatus::Done || expected.wanted > stream.size());
    HeadFacts grown;
    HeadCursor cursor;
    HeadAnswer answer{.status = HeadStatus::NeedMore, .wanted = 1};
    for (std::size_t length = 1; length <= stream.size() && answer.status == HeadStatus::NeedMore; ++length) {
        if (length >= answer.wanted)
            answer = readStreamHead(stream.first(length), {40000, 443}, cursor, grown);
    }
    // A reader that waits for a whole message need not see at once that it is broken.
    require(answer.status == expected.status || answer.status == HeadStatus::NeedMore);
    require(grown.app == facts.app);
    require(grown.serverName == facts.serverName && grown.httpHost == facts.httpHost);
    return 0;
}
