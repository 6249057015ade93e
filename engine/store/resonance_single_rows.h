#pragma once

// Checks of captures that were analysed before schema 11, which kept each check and each window in a row of its own.

#include "engine/resonance/monitor.h"
#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Adds them to what is known of the capture's masks.
Result<void> readSingleChecks(Connection& connection, CaptureKey key, resonance::MonitorResults& results);

} // namespace timbre::store
