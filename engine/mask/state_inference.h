#pragma once

// States of a mask from how sizes follow one another in a recording: packets are grouped by size, the groups become
// states, and what follows what becomes conditional chances.

#include "engine/mask/mask_profile.h"

#include <span>

namespace timbre::mask {

/// A law with one bin per size, or ranges that hold equal shares when there are more than `maxBins` sizes.
[[nodiscard]] SizeLaw empiricalSizes(std::span<const double> sizes, std::size_t maxBins);
/// Quantiles in whole microseconds; negative gaps count as 0, none is above ten minutes.
[[nodiscard]] GapLaw empiricalGaps(std::span<const double> gapsMs, std::size_t maxValues);

/// One state without transitions.
[[nodiscard]] std::vector<State> singleState();
/// At most `groups` states, the first being that of the first packet. Empty when the sizes do not fall into so many.
/// Requires: as many gaps as sizes, at least one of each.
[[nodiscard]] std::vector<State> statesBySize(std::span<const double> sizes, std::span<const double> gapsMs,
                                              std::size_t groups);

} // namespace timbre::mask
