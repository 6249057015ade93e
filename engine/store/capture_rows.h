#pragma once

// A capture's rows beside its flows: how they are written and read. The writer calls these inside its transactions.

#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

Result<void> insertCapture(Connection& connection, CaptureKey key, const CaptureOrigin& origin);
/// Fills in what is known at the end, replacing what an earlier call wrote.
Result<void> saveOutcome(Connection& connection, CaptureKey key, const CaptureOutcome& outcome);
Result<void> saveState(Connection& connection, CaptureKey key, CaptureState state);
Result<void> saveFile(Connection& connection, CaptureKey key, const FileIdentity& file);
/// Removes the row of the capture and, through the foreign keys, all that hangs on it; its flows must be gone already.
Result<void> deleteCapture(Connection& connection, CaptureKey key);

Result<StoredCapture> readCapture(Connection& connection, CaptureKey key);
Result<std::vector<CaptureEntry>> readEntries(Connection& connection);
Result<RecognisedFile> recogniseFile(Connection& connection, const FileIdentity& file, std::string_view analysisKey);

} // namespace timbre::store
