#pragma once
// The scenario in which every flow lives from the first packet to the last. Nothing is kept per flow: addresses, ports
// and sequence numbers follow from the flow's number.

#include "tests/generator/stream_traffic.h"

namespace timbre::generator {

void streamManyFlows(const StreamOptions& options, Output& output, GroundTruth& truth);

} // namespace timbre::generator
