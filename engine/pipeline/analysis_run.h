#pragma once

// One reading of a capture file from start to end: the front stage on its own thread, the analysis on the caller's. The
// command line and the engine thread both drive their analyses through this.

#include "engine/pipeline/analysis.h"

#include <chrono>
#include <filesystem>

namespace timbre::pipeline {

struct RunOptions {
    AnalysisConfig analysis;
    capture::ReaderOptions reader;
    std::string captureFilter; // BPF; empty: every packet
    Analyzers analyzers;       // of this run alone
};

class AnalysisRun {
public:
    /// Fails when the file cannot be opened, is no capture, or the filter does not compile.
    static Result<std::unique_ptr<AnalysisRun>> open(const std::filesystem::path& path, const RunOptions& options,
                                                     FlowSink& sink);

    /// Analyses the next block. False when there is none: then call finish() and read the results.
    bool step();
    void finish() { m_analysis.finish(); }

    [[nodiscard]] Analysis& analysis() { return m_analysis; }
    [[nodiscard]] Progress progress() const;

private:
    using Clock = std::chrono::steady_clock;

    AnalysisRun(std::unique_ptr<capture::CaptureReader> reader, std::optional<capture::BpfFilter> filter,
                const RunOptions& options, FlowSink& sink);

    Analysis m_analysis;
    FrontStage m_front;
    Clock::time_point m_begin = Clock::now(); // for the rate on screen only
    std::uint64_t m_bytesTotal = 0;
    std::uint64_t m_bytesRead = 0;
};

/// Puts what is known of the run now into `snapshot`: flows, figures, messages (behind `notes`), progress.
void describe(AnalysisRun& run, const std::vector<capture::ReaderMessage>& notes, CaptureSnapshot& snapshot);

} // namespace timbre::pipeline
