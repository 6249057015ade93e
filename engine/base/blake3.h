#pragma once

// BLAKE3, the plain 32-byte hash (no key, no context): the seed of a mask's encoder is taken from it. Written here
// because Debian 12 has no maintained C or C++ library of it; checked against the published test vectors and b3sum.

#include "engine/base/bytes.h"

#include <array>
#include <string>

namespace timbre {

using Blake3Digest = std::array<std::uint8_t, 32>;

/// The hash of all of `input`.
[[nodiscard]] Blake3Digest blake3(Bytes input);
/// 64 lower-case hex digits.
[[nodiscard]] std::string toHex(const Blake3Digest& digest);

} // namespace timbre
