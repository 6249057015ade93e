#pragma once

// A stream over time, in a bounded number of bins: packets, sizes, longest gap, talk. When the bins are used up
// neighbours are merged and each covers twice the time.

#include "engine/base/timestamp.h"

#include <cstdint>
#include <vector>

namespace timbre::audio {

struct TimelineBin {
    std::uint32_t packets = 0;
    std::uint32_t talkPackets = 0;
    std::uint32_t bytes = 0;
    std::uint16_t smallest = 0; // payload bytes
    std::uint16_t largest = 0;
    float longestGapMs = 0.0F;
    bool operator==(const TimelineBin&) const = default;
};

struct StreamTimeline {
    Timestamp begin;
    std::int64_t binNs = kNsPerSecond / 10;
    std::vector<TimelineBin> bins;
    bool operator==(const StreamTimeline&) const = default;
};

inline constexpr std::size_t kMaxTimelineBins = 600;

/// Packets that arrive before the beginning count for the first bin.
void addToTimeline(StreamTimeline& timeline, Timestamp arrival, std::uint32_t payloadBytes, std::int64_t gapNs,
                   bool talk);

} // namespace timbre::audio
