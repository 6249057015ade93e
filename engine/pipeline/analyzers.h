#pragma once

// The one place where an analysis gets its analyzers: the window's engine and the command line both ask here.

#include "engine/audio/monitor_limits.h"
#include "engine/pipeline/analyzer.h"
#include "engine/pipeline/recording_analyzer.h"
#include "engine/pipeline/trends_analyzer.h"
#include "engine/pipeline/trends_settings.h"
#include "engine/resonance/monitor.h"

#include <filesystem>

namespace timbre::pipeline {

/// What runs beside the flow core, and with which settings.
struct AnalyzerOptions {
    bool trends = true; // signals, trends, anomalies
    TrendsOptions trendsOptions;
    std::shared_ptr<const TrendsSettings>
        trendsSettings; // instead of what it has in common with the options; may be null
    bool audio = true;  // find and judge voice streams
    audio::MonitorLimits audioLimits;
    std::shared_ptr<TapBoard> recordings; // where sessions of this capture are; null: it is not recorded from
    resonance::MaskModels masks;          // active ones; none, here or below: nothing is checked for resonance
    std::filesystem::path maskFolder;     // more of them, read anew for every analysis; may be empty or not exist
    std::filesystem::path maskWorkspace;  // whose masks are active as well; may be empty or not exist
    resonance::MonitorSettings resonance;
};

/// Every mask that is active now, the first of each id; what cannot be read is left out.
[[nodiscard]] resonance::MaskModels activeMasks(const AnalyzerOptions& options);
/// As they are now, with the settings in.
[[nodiscard]] TrendsOptions currentTrendsOptions(const AnalyzerOptions& options);
/// A new set for one analysis.
[[nodiscard]] Analyzers makeAnalyzers(const AnalyzerOptions& options);

} // namespace timbre::pipeline
