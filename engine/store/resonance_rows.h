#pragma once

// Rows of the checks that an analysis made against masks.

#include "engine/resonance/monitor.h"
#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Null: no mask was active, nothing is kept. Requires: an open transaction.
Result<void> saveChecks(Connection& connection, CaptureKey key, const resonance::MonitorResults* results);
/// Null when there are none. Masks come back by their ids only.
Result<std::shared_ptr<const resonance::MonitorResults>> readChecks(Connection& connection, CaptureKey key);

} // namespace timbre::store
