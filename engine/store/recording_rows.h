#pragma once

// Recordings, masks and keys in a workspace: the values, and how their rows are written and read. The writer calls the
// writing functions inside its transactions.

#include "engine/recording/recording.h"
#include "engine/store/sqlite.h"
#include "engine/store/stored_masks.h"

#include <vector>

namespace timbre::store {

/// Replaces all but notes and packets; packets are added as number `first` and following.
Result<void> saveRecording(Connection& connection, const recording::Recording& head, std::size_t first,
                           const std::vector<recording::PacketRecord>& added);
Result<void> saveRecordingNotes(Connection& connection, const recording::SessionId& id, const std::string& notes);
/// Overwrites what it takes away.
Result<void> deleteRecording(Connection& connection, const recording::SessionId& id);
/// Recordings that a dying program left behind become interrupted.
Result<void> markInterrupted(Connection& connection);

Result<void> saveMask(Connection& connection, const StoredMask& mask);
Result<void> deleteMask(Connection& connection, const std::string& id);
Result<void> saveKey(Connection& connection, const StoredKey& key);
Result<void> deleteKey(Connection& connection, const std::string& id);

/// Without packets; the newest start first.
Result<std::vector<recording::Recording>> readRecordings(Connection& connection);
Result<recording::Recording> readRecording(Connection& connection, const recording::SessionId& id);
Result<std::vector<StoredMask>> readMasks(Connection& connection);
Result<std::vector<StoredKey>> readKeys(Connection& connection);

} // namespace timbre::store
