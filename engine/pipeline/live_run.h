#pragma once

// One live capture from start to end: a spool, a source that fills it, and the same analysis as for saved files, which
// follows it. The window's engine and the command line both drive live captures through this. Belongs to one thread;
// only stop() may come from another.

#include "engine/capture/live_source.h"
#include "engine/pipeline/analysis_run.h"

namespace timbre::pipeline {

struct LiveRequest {
    capture::LiveOptions options;
    std::filesystem::path spoolRoot; // empty: capture::defaultSpoolRoot()
};

class LiveRun {
public:
    static Result<std::unique_ptr<LiveRun>> start(const LiveRequest& request, RunOptions options, FlowSink& sink);
    ~LiveRun();

    /// Analyses what has come, waiting some milliseconds for it. False once the source has ended and all is analysed.
    bool step();
    /// Captures no more; step() goes on until everything that was captured is analysed.
    void stop() { m_source->stop(); }
    void finish();

    [[nodiscard]] AnalysisRun& run() { return *m_run; }
    [[nodiscard]] const std::filesystem::path& spool() const { return m_spool.path(); }
    [[nodiscard]] LiveFacts facts();
    /// The capture never came to be (no rights, no such interface …): facts().status.failure says why.
    [[nodiscard]] bool neverBegan();

private:
    using Clock = std::chrono::steady_clock;
    LiveRun(const LiveRequest& request, capture::Spool spool);
    void measure(const capture::LiveStatus& status, LiveFacts& facts);

    const LiveRequest m_request;
    capture::Spool m_spool;
    std::unique_ptr<capture::LiveSource> m_source;
    std::unique_ptr<AnalysisRun> m_run;
    bool m_finished = false;

    struct Sample { // for rates on screen only; results never depend on the clock
        Clock::time_point at;
        std::uint64_t packets = 0;
        std::uint64_t bytes = 0;
    };
    std::vector<Sample> m_samples; // of the last second, oldest first
};

/// As describe() for a file, and the live facts: the phase is Reading until everything is analysed.
void describe(LiveRun& run, CaptureSnapshot& snapshot);

} // namespace timbre::pipeline
