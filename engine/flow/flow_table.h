#pragma once

// Groups packets into flows and follows each one's TCP state: the exact core. A plain single-threaded object
// without a clock; all time comes from packets and from the caller.

#include "engine/flow/flow_record.h"

namespace timbre::flow {

struct FlowTableConfig {
    std::int64_t idleTcpNs = 300 * kNsPerSecond;
    std::int64_t idleUdpNs = 60 * kNsPerSecond;
    std::int64_t idleOtherNs = 30 * kNsPerSecond;
    std::int64_t sweepIntervalNs = 1 * kNsPerSecond;
    std::uint32_t maxFlows = 100'000; // 0 is taken as 1
};

} // namespace timbre::flow
