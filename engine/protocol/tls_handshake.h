#pragma once

// Puts one handshake message together from TLS records: a ClientHello may lie in several of them.

#include "engine/base/bytes.h"

#include <vector>

namespace timbre::protocol {

/// A ClientHello is never larger in practice; one that claims more is not worth the memory.
inline constexpr std::size_t kMaxHandshakeBytes = 60U << 10U;

/// `wanted` says how long the stream must get for the next try: at least the missing bytes and one more record header,
/// so that tiny records cannot make many tries.
struct HandshakeJoin {
    std::vector<std::byte> joined; // only used when the message spans records
    Bytes message;                 // whole when not empty
    std::size_t wanted = 0;
    bool broken = false;
};

/// Requires: bytes.size() >= kTlsRecordHeader.
[[nodiscard]] bool isTlsRecordHeader(Bytes header);

/// Joins what the handshake records at the start of `stream` hold until `total` bytes are there.
[[nodiscard]] HandshakeJoin joinHandshake(Bytes stream, std::size_t total);

} // namespace timbre::protocol
