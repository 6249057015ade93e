#pragma once

// Looks at a capture filter while it is being typed. Never asks the network: where libpcap would have to look up a host
// name, that is said instead, and left to the start of the capture.

#include "engine/capture/live_source.h"

#include <string>
#include <vector>

namespace timbre::capture {

struct FilterCheck {
    enum class Verdict { Fine, NameLookup, Fault } verdict = Verdict::Fine;
    FilterFault fault; // position and length also of the name that would be looked up
};

[[nodiscard]] FilterCheck checkCaptureFilter(const std::string& filter);

/// The words of the language, for completion.
[[nodiscard]] const std::vector<std::string>& captureFilterWords();

} // namespace timbre::capture
