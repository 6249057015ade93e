#pragma once

// How loud a packet of G.711 is. It is asked for every packet of most calls, so samples are summed eight at a time and
// the logarithm is looked up.

#include "engine/base/bytes.h"

#include <cstdint>

namespace timbre::audio {

enum class G711Law : std::uint8_t { Mu, A };

/// Half decibels above the smallest step, 0 … about 160, from the mean magnitude of the samples: whole ones,
/// 40 · log10(1 + mean) without what is behind the point. 0 for an empty payload.
[[nodiscard]] std::uint32_t g711Level(Bytes payload, G711Law law);

} // namespace timbre::audio
