#include "engine/protocol/head_reader.h"

namespace timbre::protocol {

namespace {

constexpr std::uint16_t kPortDns = 53;

} // namespace

HeadAnswer readStreamHead(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts)
{
    if (stream.empty())
        return {.status = HeadStatus::NeedMore, .wanted = 1};
    if (context.hasPort(kPortDns))
        return readDnsStream(stream, context, cursor, facts);
    if (mayBeTls(stream))
        return readTlsHead(stream, facts);
    return readTextHead(stream, context, cursor, facts);
}

} // namespace timbre::protocol
