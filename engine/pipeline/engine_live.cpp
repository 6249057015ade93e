// The engine thread's part in live captures: each has a thread of its own, which shares the workspace's writer with the
// others and tells the engine thread when it is done.

#include "engine/base/thread_name.h"
#include "engine/pipeline/engine_thread.h"
#include "engine/pipeline/no_sink.h"
#include "engine/pipeline/publisher.h"
#include "engine/pipeline/rate_analyzer.h"
#include "engine/pipeline/store_sink.h"

namespace timbre::pipeline {

namespace {

constexpr std::int64_t kLivePublishMs = 40; // with the reader's looks every 20 ms: over 20 a second

store::FileIdentity identityOfSpool(const std::filesystem::path& spool)
{
    auto identity = store::identifyFile(spool);
    return identity ? std::move(*identity) : store::FileIdentity{spool.string(), 0, {}, {}};
}

} // namespace

void EngineThread::startLive(const Job& job)
{
    if (m_board.snapshot(job.id)) // else it was removed before its turn came
        m_live[job.id] = std::jthread([this, job](const std::stop_token& leave) { captureLive(job, leave); });
}

void EngineThread::captureLive(const Job& job, const std::stop_token& leave)
{
    setThreadName("timbre-live");
    CaptureSnapshot base = *m_board.snapshot(job.id);
    RunOptions options;
    options.analysis.flows = m_config.flows;
    options.analysis.decoder = m_config.decoder;
    options.analysis.maxFlowRows = m_config.maxFlowRows;
    options.analysis.beside = whatListens(m_config.analyzers); // as for files, so that a saved capture is known again
    options.analyzers = makeAnalyzers(analyzerOptions(job.id));
    options.analyzers.push_back(std::make_shared<RateAnalyzer>(m_config.maxFlowRows));
    NoSink nowhere;
    std::unique_ptr<StoreSink> kept;
    if (m_workspace) {
        const auto now = std::chrono::system_clock::now().time_since_epoch(); // for the list of captures only
        kept = std::make_unique<StoreSink>(
            *m_workspace,
            store::CaptureOrigin{.file = {base.path, 0, {}, {}},
                                 .analysisKey = analysisKey(options.analysis, {}),
                                 .captureFilter = {},
                                 .openedAt = {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()}});
    }
    auto started = LiveRun::start(*job.live, options, kept ? static_cast<FlowSink&>(*kept) : nowhere);
    const auto dropStored = [&] {
        if (kept)
            m_workspace->removeCapture(std::exchange(kept, nullptr)->key());
    };
    if (!started) {
        dropStored();
        fail(std::move(base), started.error());
        return;
    }
    LiveRun& run = **started;
    m_notes.begin(job.id, liveNotesOf(run.spool()), {});
    if (kept)
        kept->setNames(run.run().analysis().names());
    followLive(job, leave, run, base);
    const bool never = run.neverBegan() || !m_board.snapshot(job.id);
    Job done{Job::Kind::LiveEnded, job.id, {}, {}};
    if (never) {
        dropStored();
        static_cast<void>(capture::removeSpool(run.spool(), capture::Removal::Plain));
    } else if (kept) {
        kept->finish(run.run().analysis(), store::CaptureState::Complete);
        m_workspace->relocateCapture(kept->key(), identityOfSpool(run.spool()));
        done.key = kept->key();
    }
    if (!never)
        m_notes.relocate(job.id, identityOfSpool(run.spool()));
    post(std::move(done));
}

/// Until the capture has ended and is analysed. When the program ends, what is not yet analysed stays in the spool.
void EngineThread::followLive(const Job& job, const std::stop_token& leave, LiveRun& run, CaptureSnapshot& base)
{
    Publisher publisher(std::min(m_config.publishIntervalMs, kLivePublishMs));
    const auto show = [&] {
        const auto measured = publisher.measure();
        describe(run, base);
        publish(base);
    };
    bool asked = false;
    bool more = true;
    while (more && !leave.stop_requested()) {
        if (job.stop.stop_requested() && !std::exchange(asked, true))
            run.stop();
        more = run.step();
        if (publisher.due())
            show();
    }
    run.finish();
    show();
}

void EngineThread::liveEnded(const Job& job)
{
    m_live.erase(job.id); // it has posted this as the last thing it does
    writeNotes();
    if (job.key != store::CaptureKey::None)
        m_keys[job.id] = job.key;
    m_observer.workspaceChanged();
}

void EngineThread::spoolSaved(const Job& job)
{
    const auto shown = m_board.snapshot(job.id);
    if (!shown || !shown->live)
        return;
    CaptureSnapshot saved = *shown;
    const std::filesystem::path spool = saved.path;
    const bool whole = saved.counters.ringLosses == 0;
    const bool oneFile = capture::spoolFiles(spool).size() == 1;
    saved.path = job.file.string();
    auto live = std::make_shared<LiveFacts>(*saved.live);
    live->saved = true;
    saved.live = std::move(live);
    auto identity = store::identifyFile(job.file);
    if (!oneFile)
        saved.checkpoints.reset(); // places in the joined file are others
    if (identity) {
        saved.facts.fileBytes = identity->size;
        m_notes.relocate(job.id, *identity);
        writeNotes();
    }
    publish(std::move(saved));
    const auto key = m_keys.find(job.id);
    if (m_workspace && identity && key != m_keys.end() && whole)
        m_workspace->relocateCapture(key->second, *identity);
    if (auto removed = capture::removeSpool(spool, capture::Removal::Plain); !removed)
        setProblem(removed.error());
    m_observer.workspaceChanged();
}

} // namespace timbre::pipeline
