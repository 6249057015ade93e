#pragma once

// How much the finders of voice streams may hold. Each time a limit bites it is counted, see MonitorCounters.

#include <cstddef>

namespace timbre::audio {

struct MonitorLimits {
    std::size_t maxStreams = 4096;
    std::size_t maxFlows = 65'536;        // that live at once and are looked at
    std::size_t maxCandidatesPerSide = 6; // sources of a flow that may become streams
    std::size_t maxAnnouncements = 8192;  // ends in session descriptions
    std::size_t maxReportsAtOnce = 256;   // made anew for one picture; the others keep the one before
};

} // namespace timbre::audio
