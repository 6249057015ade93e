#pragma once

// The counters of an analysis by name: one list for the store, for the command line and for the Health dock.

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

struct CounterName {
    const char* name;     // as stored and exported
    const char* label;    // as shown
    const char* meaning;  // one sentence
    std::uint64_t& (*of)(Counters&);
    bool isCap = false;   // above 0 means that a cap has bitten
    bool isCount = true;  // else a limit or a level
};

[[nodiscard]] std::span<const CounterName> counterNames();

} // namespace timbre::pipeline
