#pragma once

// Shannon entropy of a packet's payload in bits per byte, the figure that tells text from ciphertext. It is computed
// for every packet, so it is the hottest loop of the program: see tests/bench.

#include "engine/base/bytes.h"

namespace timbre {

/// 0 for an empty payload, at most 8. The same bytes give the same bits on every machine.
[[nodiscard]] float payloadEntropy(Bytes payload);

} // namespace timbre
