#include "engine/protocol/head_reader.h"
#include "engine/protocol/safe_text.h"
#include "engine/protocol/tls_hello.h"

#include <vector>

namespace timbre::protocol {

namespace {

/// A ClientHello is never larger in practice; one that claims more is not worth the memory.
constexpr std::size_t kMaxHandshakeBytes = 60U << 10U;

HeadAnswer needMore(std::size_t wanted)
{
    return {.status = HeadStatus::NeedMore, .wanted = static_cast<std::uint32_t>(wanted)};
}

HeadAnswer done(HeadFacts& facts, bool flowDone)
{
    facts.app = flow::App::Tls;
    return {.status = HeadStatus::Done, .flowDone = flowDone};
}

bool isRecordHeader(Bytes header)
{
    const std::uint8_t type = loadU8(header, 0);
    const std::size_t length = loadBe16(header, 3);
    if (type < kTlsChangeCipherSpec || type > kTlsApplicationData || !isTlsVersion(loadBe16(header, 1)))
        return false;
    if (type == kTlsChangeCipherSpec)
        return length == 1;
    return length > 0 && length <= kMaxTlsRecord;
}

/// SSLv2-style ClientHello for TLS, RFC 5246 E.2: two-byte length with the high bit, type 1, version 3.x.
bool isSsl2Hello(Bytes stream)
{
    return loadU8(stream, 2) == kTlsClientHello && isTlsVersion(loadBe16(stream, 3));
}

/// Joins what the handshake records hold until `total` bytes are there. `wanted` says how long the stream must get for
/// the next try: at least the missing bytes and one more record header, so tiny records cannot make many tries.
struct HandshakeJoin {
    std::vector<std::byte> joined; // only used when the message spans records
    Bytes message;                 // whole when not empty
    std::size_t wanted = 0;
    bool broken = false;
};

HandshakeJoin joinHandshake(Bytes stream, std::size_t total)
{
    HandshakeJoin join;
    ByteReader reader(stream);
    while (true) {
        if (reader.remaining() < kTlsRecordHeader) {
            join.wanted = reader.position() + kTlsRecordHeader + (total - join.joined.size());
            return join;
        }
        const Bytes header = reader.rest();
        if (!isRecordHeader(header) || loadU8(header, 0) != kTlsHandshake) {
            join.broken = true;
            return join;
        }
        const std::size_t length = loadBe16(header, 3);
        reader.skip(kTlsRecordHeader);
        const std::size_t missing = total - join.joined.size();
        const std::size_t take = std::min(length, missing);
        if (reader.remaining() < take) {
            const std::size_t more = missing > length ? kTlsRecordHeader : 0;
            join.wanted = reader.position() + missing + more;
            return join;
        }
        const Bytes part = reader.bytes(take);
        if (take == total) {
            join.message = part;
            return join;
        }
        join.joined.insert(join.joined.end(), part.begin(), part.end());
        if (join.joined.size() == total) {
            join.message = join.joined;
            return join;
        }
    }
}

void takeServerName(Bytes message, HeadFacts& facts)
{
    const auto hello = parseClientHello(message.subspan(kTlsHandshakeHeader), false);
    if (!hello)
        return;
    const Bytes name = serverNameOf(hello->extensions);
    if (name.size() > kMaxNameBytes)
        facts.nameRefused = true;
    else
        appendLowerEscaped(facts.serverName, name);
}

} // namespace

bool mayBeTls(Bytes stream)
{
    const std::uint8_t first = loadU8(stream, 0);
    return (first >= kTlsChangeCipherSpec && first <= kTlsApplicationData) || (first & 0x80U) != 0;
}

HeadAnswer readTlsHead(Bytes stream, HeadFacts& facts)
{
    if (stream.size() < kTlsRecordHeader)
        return needMore(kTlsRecordHeader);
    if ((loadU8(stream, 0) & 0x80U) != 0)
        return isSsl2Hello(stream) ? done(facts, true) : HeadAnswer{};
    if (!isRecordHeader(stream))
        return {};
    if (loadU8(stream, 0) != kTlsHandshake)
        return done(facts, false); // an alert, or the middle of a connection

    facts.app = flow::App::Tls; // known now, even if the rest never comes
    HandshakeJoin header = joinHandshake(stream, kTlsHandshakeHeader);
    if (header.broken)
        return done(facts, false);
    if (header.message.empty())
        return needMore(header.wanted);
    const std::uint8_t type = loadU8(header.message, 0);
    const std::size_t total = kTlsHandshakeHeader + (loadBe32(header.message, 0) & 0xffffffU);
    if (type != kTlsClientHello || total > kMaxHandshakeBytes)
        return done(facts, false);

    HandshakeJoin hello = joinHandshake(stream, total);
    if (hello.message.empty() && !hello.broken)
        return needMore(hello.wanted);
    if (!hello.broken)
        takeServerName(hello.message, facts);
    return done(facts, true);
}

} // namespace timbre::protocol
