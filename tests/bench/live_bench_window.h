#pragma once

// The measured side of live_bench: the real window, in a process of its own, capturing. It says how it goes over a pipe
// and is told by another what to do.

#include <array>
#include <cstdint>
#include <string>

namespace timbre::bench {

/// A line of figures, written as one piece. All since the capture began.
struct WindowFigures {
    std::uint64_t state = 0; // 0 starting, 1 capturing, 2 ended and all analysed
    std::uint64_t written = 0;
    std::uint64_t analysed = 0;
    std::uint64_t kernelDrops = 0;
    std::uint64_t interfaceDrops = 0;
    std::uint64_t ringLosses = 0;
    std::uint64_t lag = 0;
    std::uint64_t updates = 0;      // snapshots that arrived at the window
    std::uint64_t longestGapMs = 0; // between two of them, since the figures before
    std::uint64_t rows = 0;         // in the table of flows
    std::uint64_t lossSpans = 0;
    std::uint64_t helper = 0; // its process
};

struct WindowTask {
    std::string folder; // for the spool, the workspace and the settings
    std::string interface;
    std::uint64_t ringFiles = 16;
    std::uint64_t ringMiB = 128;
    int figures = -1;  // WindowFigures are written there, every 50 ms
    int commands = -1; // 's' stops the capture, the end of the pipe ends the program
};

/// Returns when it is told to.
int runWindow(int argc, char** argv, const WindowTask& task);

} // namespace timbre::bench
