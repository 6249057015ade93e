#pragma once
// QUIC version 1 datagrams (RFC 9000) with the right clear-text fields and random bytes where the protected payload
// would be. A reader can tell version, packet type and connection ids, but the payload does not decrypt.

#include "tests/generator/random.h"

namespace timbre::generator {

struct QuicIds {
    Bytes destination{};
    Bytes source{};
};

/// An Initial padded to 1200 bytes, token empty.
[[nodiscard]] Bytes quicInitial(const QuicIds& ids, Random& random);
/// A Handshake packet of about `payloadBytes`.
[[nodiscard]] Bytes quicHandshake(const QuicIds& ids, std::size_t payloadBytes, Random& random);
/// A short-header packet of `bytes` in all. Requires: bytes > destination id + 20.
[[nodiscard]] Bytes quicShort(ByteView destination, std::size_t bytes, Random& random);

} // namespace timbre::generator
