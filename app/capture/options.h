#pragma once

// What the helper is told to do. Nobody types this: the engine starts the helper.

#include <cstdint>
#include <string>
#include <vector>

namespace timbre::helper {

enum class Task { Capture, List, CheckSandbox };

struct Options {
    Task task = Task::Capture;
    std::vector<std::string> interfaces;
    std::string filter;
    int snapLength = 262'144;
    int bufferBytes = 32 << 20;
    bool promiscuous = true;
    bool monitor = false;
    std::uint64_t ringFileBytes = 0; // 0: one file
    std::uint64_t ringFiles = 0;
    std::uint64_t maxPackets = 0; // 0: no end
    std::uint64_t maxBytes = 0;
    std::uint64_t maxSeconds = 0;
    std::string wrong; // what cannot be understood; empty: all is well
};

[[nodiscard]] Options parseOptions(int argc, char** argv);

} // namespace timbre::helper
