#pragma once

// Captures that a workspace keeps, read without their capture files.

#include "app/cli/console.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/store/workspace.h"

#include <optional>

namespace timbre::cli {

/// Looks at the file's first bytes; false for what cannot be read.
[[nodiscard]] bool isWorkspace(const std::string& path);

/// A list of what it holds.
[[nodiscard]] ExitCode showWorkspace(const std::string& path, bool json, Output& output);

struct LoadedCapture {
    ExitCode code = ExitCode::Done; // else it was said on standard error why there is no capture
    pipeline::CaptureSnapshot capture;
};
/// The capture with this number, or the only one there is.
[[nodiscard]] LoadedCapture loadStored(const std::string& path, std::optional<std::uint32_t> number);

} // namespace timbre::cli
