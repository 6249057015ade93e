#include "engine/protocol/head_reader.h"
#include "engine/protocol/safe_text.h"
#include "engine/protocol/tls_handshake.h"
#include "engine/protocol/tls_hello.h"

namespace timbre::protocol {

namespace {

HeadAnswer needMore(std::size_t wanted)
{
    return {.status = HeadStatus::NeedMore, .wanted = static_cast<std::uint32_t>(wanted)};
}

HeadAnswer done(HeadFacts& facts, bool flowDone)
{
    facts.app = flow::App::Tls;
    return {.status = HeadStatus::Done, .flowDone = flowDone};
}

/// SSLv2-style ClientHello for TLS, RFC 5246 E.2: two-byte length with the high bit, type 1, version 3.x.
bool isSsl2Hello(Bytes stream)
{
    return loadU8(stream, 2) == kTlsClientHello && isTlsVersion(loadBe16(stream, 3));
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
    if (!isTlsRecordHeader(stream))
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
