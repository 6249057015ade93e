#pragma once

// Recordings as JSON files: to hand a recording to somebody else, and for the command line. Columns, one entry per
// packet; described in the manual. What comes from a file is checked like anything from a stranger.

#include "engine/base/result.h"
#include "engine/recording/recording.h"

#include <filesystem>

namespace timbre::recording {

inline constexpr std::size_t kMaxRecordingFileBytes = 64U << 20U;

[[nodiscard]] std::string fileText(const Recording& recording);

/// Fails with the member that is wrong. The running figures are added up again when every packet was kept.
[[nodiscard]] Result<Recording> parseRecording(std::string text);
[[nodiscard]] Result<Recording> readRecordingFile(const std::filesystem::path& path);

} // namespace timbre::recording
