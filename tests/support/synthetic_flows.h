#pragma once

// Flow lists of any size for tests and benchmarks of what works on flows: made from a seed, without a capture.

#include "engine/flow/flow_snapshot.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace timbre::testing {

struct SyntheticFlows {
    std::size_t flows = 1000;
    std::size_t names = 100; // distinct server names
    std::uint64_t seed = 1;
};

/// Row i has index i. About two in three are TCP, half of those with a server name; a few are IPv6, ICMP or inner.
[[nodiscard]] std::shared_ptr<const flow::FlowSnapshot> makeFlows(const SyntheticFlows& wanted);

} // namespace timbre::testing
