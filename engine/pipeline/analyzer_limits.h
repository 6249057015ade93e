#pragma once

// What the analyzers left out because of their limits, in words: the window's Health and the command line say the same.

#include "engine/pipeline/capture_snapshot.h"

#include <string_view>

namespace timbre::pipeline {

struct LimitHit {
    std::uint64_t count = 0; // above 0
    std::string_view what;   // "signals are left out: …", behind the count
};

[[nodiscard]] std::vector<LimitHit> limitsHit(const trends::TrendsCounters& counters);
/// Of all analyzers.
[[nodiscard]] std::vector<LimitHit> limitsHit(const CaptureSnapshot& snapshot);

} // namespace timbre::pipeline
