#pragma once

// Records from a saved capture: reads the file once more and lets sessions listen. Flows are numbered as in the first
// analysis, because the same packets give the same flows.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/recording_analyzer.h"

#include <functional>

namespace timbre::pipeline {

struct RecordingRun {
    std::filesystem::path path;
    RunOptions options; // as those of the first analysis; its analyzers and its list of flows are not looked at
};

/// 16 random bytes from the system.
[[nodiscard]] recording::SessionId randomSessionId();

/// The hash by which the capture is named in recordings and masks; empty when the file cannot be read.
[[nodiscard]] std::string captureHash(const std::filesystem::path& path);

/// Returns when the file ends, every session is over, or a stop was asked for (sessions then end as stopped).
/// `progress` is called now and then with the part that was read, 0 … 1.
[[nodiscard]] Result<void> recordFile(const RecordingRun& run, const RecordingTaps& taps, const std::stop_token& stop,
                                      const std::function<void(double)>& progress);

} // namespace timbre::pipeline
