#pragma once

// Readers of the first bytes of one direction of a TCP flow. A reader is given the bytes from the start of the stream
// (or from where it said it was done) and answers whether it has seen enough. It keeps no bytes; what it must remember
// between two calls is in the cursor, so that a stream arriving byte by byte costs linear time.

#include "engine/protocol/head_facts.h"
#include "engine/protocol/host_table.h"

namespace timbre::protocol {

enum class HeadStatus : std::uint8_t {
    Done,     // identified and nothing more to learn on this side, or nothing that we know
    NeedMore, // call again when HeadAnswer::wanted bytes are there
};

/// One per direction while it is undecided.
struct HeadCursor {
    std::uint32_t lineStart = 0;        // text protocols: where the first unread line begins
    std::uint32_t scanned = 0;          // and how far its end was searched
    flow::App app = flow::App::Unknown; // decided by an earlier line or message
};

struct HeadAnswer {
    HeadStatus status = HeadStatus::Done;
    std::uint32_t wanted = 0;   // NeedMore: bytes from the start of the stream
    std::uint32_t consumed = 0; // bytes at the start that are not needed again; the next call starts behind them
    bool flowDone = false;      // Done: the other direction has nothing to add either
};

struct HeadContext {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    HostTable* hosts = nullptr; // fed with DNS answers; may be null

    [[nodiscard]] bool hasPort(std::uint16_t port) const { return sourcePort == port || destinationPort == port; }
};

/// Looks at the stream with every reader. `facts` gains what was found.
[[nodiscard]] HeadAnswer readStreamHead(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts);

// The single readers; readStreamHead() chooses by the first bytes. Requires: the stream begins as each needs it.

/// TLS record stream: ClientHello with its server name, any other plausible record identifies.
[[nodiscard]] HeadAnswer readTlsHead(Bytes stream, HeadFacts& facts);
/// Lines of text: HTTP/1 requests and responses, SSH, SIP, SMTP, FTP.
[[nodiscard]] HeadAnswer readTextHead(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts);
/// DNS messages, each behind its two-byte length (RFC 1035 4.2.2).
[[nodiscard]] HeadAnswer readDnsStream(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts);

/// True when `first` … can begin a TLS record or an SSLv2-style ClientHello. Requires: not empty.
[[nodiscard]] bool mayBeTls(Bytes stream);
/// True when the bytes there are can begin one of the lines readTextHead() knows. Requires: not empty.
[[nodiscard]] bool mayBeText(Bytes stream);

} // namespace timbre::protocol
