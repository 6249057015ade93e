#pragma once

// The capture helper as seen from outside: where it is, whether it may capture, which interfaces there are.

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace timbre::capture {

/// $TIMBRE_CAPTURE_HELPER, or timbre-capture beside the running program. May not exist.
[[nodiscard]] std::filesystem::path helperPath();

/// The helper can capture when this process starts it: it has its file capabilities, or we are root.
[[nodiscard]] bool helperMayCapture(const std::filesystem::path& helper);

/// The group one has to belong to for starting it, as packages install it; empty when that is not what is missing.
[[nodiscard]] std::string groupThatMayStart(const std::filesystem::path& helper);

/// What to type to give it the rights, or oneself the right to start it.
[[nodiscard]] std::string grantCommand(const std::filesystem::path& helper);

struct LiveInterfaceInfo {
    std::string name;
    std::string description;
    std::vector<std::string> addresses;
    bool loopback = false;
    bool up = false;
    bool running = false;
    bool wireless = false;
    bool connected = false;
};

/// Asks the helper; takes some milliseconds, up to a few seconds when it hangs. Pseudo-devices that are no network
/// interfaces are left out.
Result<std::vector<LiveInterfaceInfo>> listInterfaces();

struct InterfaceTraffic {
    std::uint64_t packets = 0; // since the system started, both directions
    std::uint64_t bytes = 0;
};
/// From the system's own counters, which everybody may read. Nothing where there are none.
[[nodiscard]] std::optional<InterfaceTraffic> interfaceTraffic(const std::string& name);

} // namespace timbre::capture
