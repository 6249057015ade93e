#pragma once

// What other limits of the exact score would have said of checks that were made.

#include "engine/resonance/monitor.h"

namespace timbre::resonance {

struct Flips {
    std::size_t checks = 0; // looked at
    std::size_t worse = 0;  // towards compromised
    std::size_t better = 0;
    std::vector<std::uint32_t> flows;     // or other subjects, with a check that flips, ascending, at most kMaxListed
    std::vector<std::uint32_t> positions; // of the checks that flip, the first kMaxListed
    static constexpr std::size_t kMaxListed = 10'000;
};

/// Of every check against `mask`, or of all when it is kNoMask.
[[nodiscard]] Flips flipsOf(const MonitorResults& results, std::uint16_t mask, const Limits& limits);

/// The same results, with the models of masks that are at hand in the place of missing ones.
[[nodiscard]] std::shared_ptr<const MonitorResults> withModels(std::shared_ptr<const MonitorResults> results,
                                                               const MaskModels& models);

} // namespace timbre::resonance
