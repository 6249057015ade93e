// Any bytes as the head of a text stream: HTTP, SIP, SSH, SMTP, FTP. The first byte chooses the port. Byte by byte must
// give what the whole gives, and names must hold nothing but printable ASCII.

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/head_reader.h"
#include "engine/protocol/http_target.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

constexpr std::array<std::uint16_t, 6> kPorts = {80, 21, 25, 110, 5060, 8080};

void require(bool truth)
{
    if (!truth)
        std::abort();
}

bool printable(const std::string& name)
{
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const HeadContext context{40000, kPorts[data[0] % kPorts.size()]};
    const Bytes stream = std::as_bytes(std::span(data + 1, size - 1));
    HeadFacts facts;
    HeadCursor atOnce;
    const HeadAnswer expected = readTextHead(stream, context, atOnce, facts);
    require(printable(facts.httpHost) && facts.httpHost.size() <= 4 * kMaxNameBytes);
    require(expected.status == HeadStatus::Done || expected.wanted > stream.size());

    HeadFacts grown;
    HeadCursor cursor;
    HeadAnswer answer{.status = HeadStatus::NeedMore, .wanted = 1};
    for (std::size_t length = 1; length <= stream.size() && answer.status == HeadStatus::NeedMore; ++length) {
        if (length >= answer.wanted)
            answer = readTextHead(stream.first(length), context, cursor, grown);
    }
    require(answer.status == expected.status && grown.app == facts.app && grown.httpHost == facts.httpHost);
    (void)looksLikeSip(stream);
    (void)looksLikeSsdp(stream);
    (void)parseRequestLine(asText(stream));
    return 0;
}
