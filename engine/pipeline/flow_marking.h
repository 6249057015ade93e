#pragma once

// Brings what the analyzers found out about single flows to the list of flows, where filters and columns look for it.

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

/// Requires: `snapshot.flows` and the results of the analyzers are in place. Replaces `flows` by a copy that shares all
/// rows.
void markFlows(CaptureSnapshot& snapshot);

} // namespace timbre::pipeline
