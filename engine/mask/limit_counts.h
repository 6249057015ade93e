#pragma once

// How many values of a window's lists lie beyond the limits that features are made of.

#include "engine/mask/features.h"

namespace timbre::mask {

struct LimitCounts {
    int largeSizes = 0;    // over 1000 bytes
    int smallSizes = 0;    // under 100
    int tightGaps = 0;     // under 2 ms
    int regularGaps = 0;   // 10 to 100
    int lengthyGaps = 0;   // over 500
    int closeGaps = 0;     // under 5 ms: packets of a burst
    int bursts = 0;        // runs of close gaps
    int highEntropies = 0; // over 7.5 bits
    int lowEntropies = 0;  // under 4
};

/// Requires: lists of one length.
[[nodiscard]] LimitCounts countLimits(const FeatureWindow& window);

} // namespace timbre::mask
