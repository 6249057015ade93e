#pragma once

// The voice streams of a capture in the store: one row per stream with its counts, both verdicts and its timeline, and
// one row per reason. The writer calls these inside its transactions.

#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Replaces what an earlier call wrote. `streams` may be null: then there is nothing to keep.
Result<void> saveStreams(Connection& connection, CaptureKey key, const audio::StreamList* streams);
/// Null when the capture has none.
Result<std::shared_ptr<const audio::StreamList>> readStreams(Connection& connection, CaptureKey key);

} // namespace timbre::store
