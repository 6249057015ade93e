#pragma once

// Making, checking and locking the file behind a workspace.

#include "engine/store/file_handle.h"
#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Holds the one writing place of a workspace until it is destroyed: a lock on a small file beside it, "<path>.lock",
/// which names the process. The system frees it when the process ends, however it ends.
Result<FileHandle> takeWritingPlace(const std::filesystem::path& path);

/// Whether there is nothing yet: no file, or an empty one.
[[nodiscard]] bool isVacant(const std::filesystem::path& path);

/// Makes an empty workspace, mode 0600; it appears complete or not at all. Requires: the writing place is held.
Result<void> createWorkspace(const std::filesystem::path& path, const WorkspaceOptions& options);

/// Fails for what is no workspace, is too new or is damaged, without changing a byte and without leaving a file beside
/// it. Gives the schema version. `allowOlder`: the caller is about to migrate.
Result<int> checkWorkspace(const std::filesystem::path& path, const WorkspaceOptions& options, bool allowOlder);

/// The connection of a reader. Requires: checkWorkspace() agreed.
Result<Connection> openForReading(const std::filesystem::path& path, const WorkspaceOptions& options);

/// The connection of the writer, with the tables brought up to date. Requires: the writing place is held and
/// checkWorkspace() agreed.
Result<Connection> openForWriting(const std::filesystem::path& path, const WorkspaceOptions& options);

} // namespace timbre::store
