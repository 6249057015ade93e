#pragma once

// Seals frames into a QUIC version 1 Initial packet the way a client does (RFC 9001 5): without it a fuzz program would
// never get past the authentication of the packet, and the readers behind it would see nothing.

#include "engine/base/bytes.h"

#include <vector>

namespace timbre::fuzz {

/// Requires: connectionId.size() <= 20.
[[nodiscard]] std::vector<std::byte> sealQuicInitial(Bytes connectionId, std::uint32_t packetNumber, Bytes frames);

} // namespace timbre::fuzz
