#include "engine/pipeline/engine.h"

#include "engine/pipeline/engine_thread.h"

namespace timbre::pipeline {

class Engine::Implementation {
public:
    Implementation(EngineConfig config, EngineObserver& engineObserver)
        : observer(engineObserver)
        , desk({.beside = {}, .flows = config.flows, .decoder = config.decoder},
               [&engineObserver] { engineObserver.recordingsChanged(); })
        , thread(std::move(config), board, desk, notes, engineObserver)
    {
    }

    void post(EngineThread::Job::Kind kind, CaptureId id, OpenOptions options = {})
    {
        thread.post({kind, id, std::move(options), board.renewStop(id)});
    }

    void notesChanged(CaptureId id)
    {
        thread.post({EngineThread::Job::Kind::WriteNotes, id, {}, {}});
        if (id == kWorkspaceNotes)
            observer.recordingsChanged();
        else
            observer.captureChanged(id);
    }

    EngineObserver& observer;
    CaptureBoard board;
    RecordingDesk desk;
    NoteBook notes{board};
    EngineThread thread; // last: it uses what stands above
};

Engine::Engine(EngineConfig config, EngineObserver& observer)
    : m_implementation(std::make_unique<Implementation>(std::move(config), observer))
{
}

Engine::~Engine() = default;

CaptureId Engine::open(const std::filesystem::path& path, OpenOptions options)
{
    std::error_code ignored;
    std::string text = std::filesystem::absolute(path, ignored).lexically_normal().string();
    if (text.empty())
        text = path.string();
    CaptureId id = m_implementation->board.withPath(text);
    const auto shown = m_implementation->board.snapshot(id);
    const bool inWork = shown && (shown->phase == Phase::Queued || shown->phase == Phase::Reading);
    if (inWork && !options.analyseAgain)
        return id;
    if (!shown) {
        CaptureSnapshot snapshot;
        snapshot.path = std::move(text);
        snapshot.histogram = std::make_shared<TimeHistogram>();
        snapshot.flows = std::make_shared<flow::FlowSnapshot>();
        id = m_implementation->board.add(std::move(snapshot));
    } else {
        m_implementation->board.requestStop(id);
    }
    m_implementation->post(EngineThread::Job::Kind::Open, id, std::move(options));
    m_implementation->observer.workspaceChanged();
    return id;
}

CaptureId Engine::startLive(LiveRequest request)
{
    CaptureSnapshot snapshot;
    LiveFacts live;
    live.title = request.options.title();
    live.filter = request.options.filter;
    snapshot.path = live.title;
    snapshot.live = std::make_shared<const LiveFacts>(std::move(live));
    snapshot.histogram = std::make_shared<TimeHistogram>();
    snapshot.flows = std::make_shared<flow::FlowSnapshot>();
    const CaptureId id = m_implementation->board.add(std::move(snapshot));
    EngineThread::Job job{EngineThread::Job::Kind::Live, id, {}, m_implementation->board.renewStop(id)};
    job.live = std::make_shared<const LiveRequest>(std::move(request));
    m_implementation->thread.post(std::move(job));
    m_implementation->observer.workspaceChanged();
    return id;
}

void Engine::spoolSaved(CaptureId id, const std::filesystem::path& file)
{
    EngineThread::Job job{EngineThread::Job::Kind::SpoolSaved, id, {}, {}};
    job.file = file;
    m_implementation->thread.post(std::move(job));
}

void Engine::discardLive(CaptureId id, capture::Removal how)
{
    const auto shown = m_implementation->board.snapshot(id);
    if (!shown || !shown->live)
        return;
    const bool active = shown->live->active && shown->phase != Phase::Failed;
    if (active) { // its thread notices that nobody knows it any more, and removes the spool
        m_implementation->board.requestStop(id);
        m_implementation->board.remove(id);
        m_implementation->observer.workspaceChanged();
        return;
    }
    EngineThread::Job job{EngineThread::Job::Kind::RemoveSpool, id, {}, {}};
    job.file = shown->path;
    job.removal = how;
    m_implementation->board.remove(id);
    m_implementation->thread.post(std::move(job));
    m_implementation->observer.workspaceChanged();
}

void Engine::load(CaptureId id)
{
    const auto shown = m_implementation->board.snapshot(id);
    if (shown && shown->phase == Phase::Stored)
        m_implementation->post(EngineThread::Job::Kind::Load, id);
}

void Engine::cancel(CaptureId id)
{
    m_implementation->board.requestStop(id);
}

void Engine::remove(CaptureId id)
{
    m_implementation->board.requestStop(id);
    m_implementation->board.remove(id);
    m_implementation->notes.forget(id);
    m_implementation->thread.post({EngineThread::Job::Kind::Remove, id, {}, {}});
    m_implementation->observer.workspaceChanged();
}

Result<store::NoteKey> Engine::saveNote(CaptureId id, store::Note note)
{
    auto key = m_implementation->notes.save(id, std::move(note));
    if (key)
        m_implementation->notesChanged(id);
    return key;
}

void Engine::removeNote(CaptureId id, store::NoteKey key)
{
    m_implementation->notes.remove(id, key);
    m_implementation->notesChanged(id);
}

std::shared_ptr<const NoteList> Engine::workspaceNotes() const
{
    return m_implementation->notes.ofWorkspace();
}

void Engine::suppress(trends::Suppression rule)
{
    EngineThread::Job job;
    job.kind = EngineThread::Job::Kind::Suppress;
    job.suppression = std::move(rule);
    m_implementation->thread.post(std::move(job));
}

void Engine::unsuppress(std::int64_t id)
{
    EngineThread::Job job;
    job.kind = EngineThread::Job::Kind::Unsuppress;
    job.suppression.id = id;
    m_implementation->thread.post(std::move(job));
}

std::vector<trends::Suppression> Engine::suppressions() const
{
    return m_implementation->thread.suppressions();
}

std::vector<CaptureId> Engine::captures() const
{
    return m_implementation->board.ids();
}

std::shared_ptr<const CaptureSnapshot> Engine::snapshot(CaptureId id) const
{
    return m_implementation->board.snapshot(id);
}

WorkspaceStatus Engine::workspace() const
{
    return m_implementation->thread.workspaceStatus();
}

RecordingDesk& Engine::recordings()
{
    return m_implementation->desk;
}

} // namespace timbre::pipeline
