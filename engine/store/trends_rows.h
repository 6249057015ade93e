#pragma once

// The rows of signals, minutes, anomalies and risks of one capture, and what analyses learnt about its flows. Texts are
// kept once per capture. The writer calls these inside its transactions.

#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Replaces what is there.
Result<void> saveTrends(Connection& connection, CaptureKey key, const TrendsToKeep& trends);
/// Empty pointers when nothing was kept. `flowNames` gets the names of the flows' traits.
Result<LoadedTrends> readTrends(Connection& connection, CaptureKey key, StringPool& flowNames);

Result<void> saveSuppression(Connection& connection, const trends::Suppression& suppression);
Result<void> deleteSuppression(Connection& connection, std::int64_t id);
Result<std::vector<trends::Suppression>> readSuppressions(Connection& connection);

} // namespace timbre::store
