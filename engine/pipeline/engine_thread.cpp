#include "engine/pipeline/engine_thread.h"

#include "engine/base/thread_name.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/flow_marking.h"
#include "engine/pipeline/no_sink.h"
#include "engine/pipeline/publisher.h"
#include "engine/resonance/what_if.h"

#include <fmt/format.h>

namespace timbre::pipeline {

namespace {

AnalysisConfig analysisConfig(const EngineConfig& config)
{
    return {.beside = whatListens(config.analyzers),
            .flows = config.flows,
            .decoder = config.decoder,
            .maxFlowRows = config.maxFlowRows};
}

capture::ReaderMessage note(std::string text)
{
    return {.severity = capture::Severity::Note, .text = std::move(text), .offset = 0, .afterPacket = 0};
}

const char* inWords(store::Difference difference)
{
    switch (difference) {
    case store::Difference::Size:
        return "its size is another one";
    case store::Difference::Time:
        return "it was written to since";
    case store::Difference::Content:
        return "its content is another one";
    case store::Difference::Analysis:
        return "it was analysed with other settings";
    case store::Difference::None:
        break;
    }
    return "it is not as it was";
}

} // namespace

EngineThread::EngineThread(EngineConfig config, CaptureBoard& board, RecordingDesk& desk, NoteBook& notes,
                           EngineObserver& observer)
    : m_config(std::move(config))
    , m_board(board)
    , m_desk(desk)
    , m_notes(notes)
    , m_observer(observer)
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

EngineThread::~EngineThread()
{
    m_board.requestStopOfAll();
    m_thread.request_stop();
    m_thread.join();
}

void EngineThread::post(Job job)
{
    {
        std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_posted.notify_one();
}

WorkspaceStatus EngineThread::workspaceStatus() const
{
    std::lock_guard lock(m_mutex);
    return m_status;
}

void EngineThread::run(const std::stop_token& stop)
{
    setThreadName("timbre-engine");
    openWorkspace();
    while (!stop.stop_requested()) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_posted.wait(lock, stop, [this] { return !m_jobs.empty(); }))
                break;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        perform(job);
    }
    m_live.clear(); // asks them to leave and waits
    performDecisions();
    m_desk.detach();
    writeNotes();
    m_reader.reset();
    m_workspace.reset(); // waits until what was handed over is written
}

/// What was decided just before the end is done all the same: a removed capture must not be back at the next start.
/// Captures still waiting to be read or begun are not.
void EngineThread::performDecisions()
{
    std::deque<Job> left;
    {
        std::lock_guard lock(m_mutex);
        left.swap(m_jobs);
    }
    for (const Job& job : left) {
        if (job.kind != Job::Kind::Open && job.kind != Job::Kind::Load && job.kind != Job::Kind::Live)
            perform(job);
    }
}

void EngineThread::openWorkspace()
{
    if (m_config.workspace.empty()) {
        m_notes.beginWorkspace({});
        return;
    }
    {
        std::lock_guard lock(m_mutex);
        m_status.path = m_config.workspace;
    }
    auto workspace = store::Workspace::open(m_config.workspace, *this);
    if (workspace) {
        m_workspace = std::move(*workspace);
        m_desk.attach(*m_workspace, m_config.workspace);
        m_notes.setKeys([keeper = m_workspace.get()] { return keeper->newNote(); });
    } else {
        setProblem(workspace.error());
    }
    if (auto reader = store::WorkspaceReader::open(m_config.workspace))
        m_reader = std::move(*reader);
    beginWorkspaceNotes();
    if (!m_reader)
        return;
    listStoredCaptures();
    if (auto rules = m_reader->loadSuppressions()) {
        std::lock_guard lock(m_mutex);
        m_suppressions = std::move(*rules);
    }
    m_observer.workspaceChanged();
}

void EngineThread::listStoredCaptures()
{
    auto entries = m_reader->listCaptures();
    if (!entries) {
        setProblem(entries.error());
        return;
    }
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) { // oldest first
        const bool usable =
            entry->state == store::CaptureState::Complete || entry->state == store::CaptureState::Cancelled;
        if (!usable || m_board.withPath(entry->path) != 0)
            continue;
        m_keys[m_board.add(snapshotOf(*entry))] = entry->key;
    }
}

void EngineThread::perform(const Job& job)
{
    switch (job.kind) {
    case Job::Kind::Open:
    case Job::Kind::Load:
        open(job);
        break;
    case Job::Kind::Remove:
        removeStored(job.id);
        break;
    case Job::Kind::Suppress:
    case Job::Kind::Unsuppress:
        changeSuppressions(job);
        break;
    case Job::Kind::Live:
        startLive(job);
        break;
    case Job::Kind::LiveEnded:
        liveEnded(job);
        break;
    case Job::Kind::SpoolSaved:
        spoolSaved(job);
        break;
    case Job::Kind::WriteNotes:
        writeNotes();
        break;
    case Job::Kind::RemoveSpool:
        removeStored(job.id);
        if (auto removed = capture::removeSpool(job.file, job.removal); !removed)
            setProblem(removed.error());
        break;
    }
}

/// With a workspace its list is the truth; without one the rules last as long as the program.
void EngineThread::changeSuppressions(const Job& job)
{
    std::vector<trends::Suppression> rules = suppressions();
    const bool add = job.kind == Job::Kind::Suppress;
    if (m_workspace && m_reader) {
        if (add)
            m_workspace->addSuppression(job.suppression);
        else
            m_workspace->removeSuppression(job.suppression.id);
        m_workspace->flush();
        if (auto kept = m_reader->loadSuppressions())
            rules = std::move(*kept);
        else
            setProblem(kept.error());
    } else if (add) {
        rules.push_back(job.suppression);
        rules.back().id = ++m_lastSuppression;
    } else {
        std::erase_if(rules, [&](const trends::Suppression& rule) { return rule.id == job.suppression.id; });
    }
    {
        std::lock_guard lock(m_mutex);
        m_suppressions = std::move(rules);
    }
    m_observer.workspaceChanged();
}

std::vector<trends::Suppression> EngineThread::suppressions() const
{
    std::lock_guard lock(m_mutex);
    return m_suppressions;
}

void EngineThread::open(const Job& job)
{
    const auto shown = m_board.snapshot(job.id);
    if (!shown)
        return; // removed before its turn came
    CaptureSnapshot base;
    base.id = job.id;
    base.path = shown->path;
    base.captureFilter = job.options.captureFilter;
    base.histogram = std::make_shared<TimeHistogram>();
    base.flows = std::make_shared<flow::FlowSnapshot>();

    auto file = store::identifyFile(base.path);
    if (!file) {
        const auto key = m_keys.find(job.id);
        if (m_reader && key != m_keys.end()) { // the file is gone, its analysis is not
            base.messages.push_back(note(file.error().message));
            loadFromStore(job, key->second, std::move(base));
        } else {
            fail(std::move(base), file.error());
        }
        return;
    }
    beginNotes(job.id, *file);
    if (job.options.analyseAgain || !showStored(job, *file, base))
        analyse(job, *file, std::move(base));
}

/// True when an earlier analysis of the file is shown. Otherwise `base` may have gained a note why not.
bool EngineThread::showStored(const Job& job, const store::FileIdentity& file, CaptureSnapshot& base)
{
    if (!m_reader)
        return false;
    auto known = m_reader->recognise(file, analysisKey(analysisConfig(m_config), job.options.captureFilter));
    if (!known) {
        setProblem(known.error());
        return false;
    }
    if (m_workspace) {
        for (const store::CaptureKey outdated : known->outdated)
            m_workspace->removeCapture(outdated);
    }
    switch (known->recognition) {
    case store::Recognition::New:
        return false;
    case store::Recognition::Changed:
        base.messages.push_back(note(
            fmt::format("This file was analysed before, but {}: it is analysed again.", inWords(known->difference))));
        return false;
    case store::Recognition::Moved:
        base.messages.push_back(
            note(fmt::format("This file was analysed before as {}; that analysis is shown.", known->previousPath)));
        if (m_workspace)
            m_workspace->relocateCapture(known->usable, file);
        break;
    case store::Recognition::Unchanged:
        break;
    }
    loadFromStore(job, known->usable, std::move(base));
    return true;
}

void EngineThread::loadFromStore(const Job& job, store::CaptureKey key, CaptureSnapshot base)
{
    auto stored = m_reader->loadCapture(key);
    if (!stored) {
        fail(std::move(base), stored.error());
        return;
    }
    if (!m_notes.knows(job.id))
        beginNotes(job.id, stored->origin.file);
    CaptureSnapshot snapshot = snapshotOf(*stored);
    snapshot.resonance = resonance::withModels(std::move(snapshot.resonance), activeMasks(analyzerOptions(base.id)));
    const Phase endPhase = snapshot.phase;
    snapshot.id = base.id;
    snapshot.path = base.path;
    snapshot.phase = Phase::Reading;
    snapshot.messages.insert(snapshot.messages.begin(), base.messages.begin(), base.messages.end());
    m_keys[job.id] = key;

    Publisher publisher(m_config.publishIntervalMs);
    auto names = std::make_shared<StringPool>();
    std::vector<store::WorkspaceReader::Chunk> chunks;
    std::size_t rows = 0;
    const auto receive = [&](store::WorkspaceReader::Chunk chunk) {
        rows += chunk->size();
        chunks.push_back(std::move(chunk));
        if (!publisher.due())
            return;
        const auto measured = publisher.measure();
        snapshot.flows = std::make_shared<flow::FlowSnapshot>(chunks, rows, names);
        publish(snapshot);
    };
    const auto loaded = m_reader->loadFlows(key, *names, receive, job.stop);
    const auto storedNames = names;
    snapshot.flows = std::make_shared<flow::FlowSnapshot>(std::move(chunks), rows, std::move(names));
    if (loaded.ok())
        loadStoredTrends(key, *storedNames, snapshot);
    markFlows(snapshot);
    snapshot.phase = loaded.ok() ? endPhase : Phase::Cancelled;
    if (!loaded && loaded.error().code != ErrorCode::Cancelled)
        snapshot.messages.push_back({capture::Severity::Error, loaded.error().message, 0, 0});
    publish(std::move(snapshot));
}

/// Those of the engine, with the place where recordings of this capture are asked for.
AnalyzerOptions EngineThread::analyzerOptions(CaptureId id)
{
    AnalyzerOptions options = m_config.analyzers;
    options.recordings = m_desk.boardFor(id);
    options.maskWorkspace = m_config.workspace;
    return options;
}

void EngineThread::loadStoredTrends(store::CaptureKey key, StringPool& names, CaptureSnapshot& snapshot)
{
    auto trends = m_reader->loadTrends(key, names);
    if (!trends) {
        snapshot.messages.push_back({capture::Severity::Error, trends.error().message, 0, 0});
        return;
    }
    snapshot.trends = trends->trends;
    if (trends->traits)
        snapshot.flows = std::make_shared<flow::FlowSnapshot>(snapshot.flows->withTraits(trends->traits));
}

void EngineThread::analyse(const Job& job, const std::optional<store::FileIdentity>& file, CaptureSnapshot base)
{
    RunOptions options;
    options.analysis = analysisConfig(m_config);
    options.captureFilter = job.options.captureFilter;
    options.analyzers = makeAnalyzers(analyzerOptions(job.id));
    NoSink nowhere;
    std::unique_ptr<StoreSink> kept;
    if (m_workspace && file) {
        // openedAt is for the list of captures only; results never depend on the clock.
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        kept = std::make_unique<StoreSink>(
            *m_workspace,
            store::CaptureOrigin{.file = *file,
                                 .analysisKey = analysisKey(options.analysis, job.options.captureFilter),
                                 .captureFilter = job.options.captureFilter,
                                 .openedAt = {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()}});
    }
    FlowSink& sink = kept ? static_cast<FlowSink&>(*kept) : nowhere;
    auto opened = AnalysisRun::open(base.path, options, sink);
    if (!opened) {
        if (kept)
            m_workspace->removeCapture(kept->key());
        fail(std::move(base), opened.error());
        return;
    }
    AnalysisRun& run = **opened;
    if (kept)
        kept->setNames(run.analysis().names());

    Publisher publisher(m_config.publishIntervalMs);
    const std::vector<capture::ReaderMessage> notes = base.messages;
    const auto show = [&](Phase phase) {
        const auto measured = publisher.measure();
        base.phase = phase;
        describe(run, notes, base);
        publish(base);
    };
    bool more = true;
    while (more && !job.stop.stop_requested()) {
        more = run.step();
        if (publisher.due()) {
            writeNotes();
            show(Phase::Reading);
        }
    }
    run.finish();
    const bool cancelled = more;
    if (kept) {
        kept->finish(run.analysis(), cancelled ? store::CaptureState::Cancelled : store::CaptureState::Complete);
        m_keys[job.id] = kept->key();
    }
    show(cancelled ? Phase::Cancelled : Phase::Finished);
    m_observer.workspaceChanged();
}

void EngineThread::fail(CaptureSnapshot snapshot, const Error& error)
{
    snapshot.phase = Phase::Failed;
    snapshot.failure = error;
    publish(std::move(snapshot));
}

void EngineThread::removeStored(CaptureId id)
{
    const auto key = m_keys.find(id);
    if (key == m_keys.end())
        return;
    if (m_workspace)
        m_workspace->removeCapture(key->second);
    m_keys.erase(key);
}

void EngineThread::publish(CaptureSnapshot snapshot)
{
    const CaptureId id = snapshot.id;
    m_notes.publish(std::move(snapshot));
    if (m_workspace) {
        std::lock_guard lock(m_mutex);
        m_status.storeBytes = m_workspace->bytesOnDisk();
    }
    m_observer.captureChanged(id);
}

void EngineThread::setProblem(std::optional<Error> problem)
{
    {
        std::lock_guard lock(m_mutex);
        m_status.problem = std::move(problem);
    }
    m_observer.workspaceChanged();
}

void EngineThread::writerStatusChanged(const store::WriterStatus& status)
{
    setProblem(status.problem);
}

} // namespace timbre::pipeline
