#pragma once

// The tables of a workspace, as numbered steps: step n takes a file from schema version n-1 to n. A step that has been
// released is never edited; a change is a new step at the end. The tables are described for analysts in
// resources/manual/workspace-format.md.

#include "engine/store/sqlite.h"

namespace timbre::store {

/// "TMBR", in the header of every workspace (PRAGMA application_id).
inline constexpr std::uint32_t kApplicationId = 0x544d4252;
/// What this program writes (PRAGMA user_version).
[[nodiscard]] int currentSchemaVersion();

/// Takes the file from the version it has up to `target`, each step in a transaction of its own. A file without any
/// table counts as version 0.
Result<void> migrate(Connection& connection, int target);

/// Compares the tables of the file with those its version must have, and refuses triggers: a file made to mislead must
/// not make us run what it brings along. Views, tables and indexes of the analyst's own are fine.
Result<void> verifySchema(Connection& connection, int version);

} // namespace timbre::store
