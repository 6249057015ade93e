#include "ui/bridge/engine_bridge.h"

#include <QtCore/QFile>

namespace timbre::ui {

class EngineBridge::Observer : public pipeline::EngineObserver {
public:
    explicit Observer(EngineBridge& bridge)
        : m_bridge(bridge)
    {
    }
    void captureChanged(CaptureId id) override { m_bridge.captureChangedByEngine(id); }
    void workspaceChanged() override { m_bridge.workspaceChangedByEngine(); }
    void recordingsChanged() override { m_bridge.recordingsChangedByEngine(); }

private:
    EngineBridge& m_bridge;
};

EngineBridge::EngineBridge(const EnginePortFactory& factory, QObject* parent)
    : QObject(parent)
    , m_observer(std::make_unique<Observer>(*this))
    , m_engine(factory(*m_observer))
{
}

EngineBridge::~EngineBridge() = default;

CaptureId EngineBridge::open(const QString& path, const pipeline::OpenOptions& options)
{
    const CaptureId id = m_engine->open(std::filesystem::path(QFile::encodeName(path).toStdString()), options);
    // What the engine says while this call runs may have been delivered to nobody yet: make the capture known now.
    if (auto fresh = m_engine->snapshot(id))
        m_snapshots[id] = std::move(fresh);
    return id;
}

void EngineBridge::load(CaptureId id)
{
    m_engine->load(id);
}

CaptureId EngineBridge::startLive(const pipeline::LiveRequest& request)
{
    const CaptureId id = m_engine->startLive(request);
    if (auto fresh = m_engine->snapshot(id))
        m_snapshots[id] = std::move(fresh);
    return id;
}

void EngineBridge::spoolSaved(CaptureId id, const QString& file)
{
    m_engine->spoolSaved(id, std::filesystem::path(QFile::encodeName(file).toStdString()));
}

void EngineBridge::discardLive(CaptureId id, capture::Removal how)
{
    m_engine->discardLive(id, how);
    m_snapshots.erase(id);
    workspaceChangedByEngine();
}

void EngineBridge::setPaused(CaptureId id, bool paused)
{
    if (paused)
        m_paused.insert(id);
    else if (m_paused.erase(id) > 0)
        captureChangedByEngine(id);
}

void EngineBridge::cancel(CaptureId id)
{
    m_engine->cancel(id);
}

void EngineBridge::remove(CaptureId id)
{
    m_engine->remove(id);
    m_snapshots.erase(id);
    workspaceChangedByEngine();
}

std::vector<CaptureId> EngineBridge::captures() const
{
    return m_engine->captures();
}

SnapshotPtr EngineBridge::snapshot(CaptureId id) const
{
    const auto found = m_snapshots.find(id);
    return found != m_snapshots.end() ? found->second : m_engine->snapshot(id);
}

pipeline::WorkspaceStatus EngineBridge::workspace() const
{
    return m_engine->workspace();
}

void EngineBridge::captureChangedByEngine(CaptureId id)
{
    const std::lock_guard lock(m_mutex);
    m_changed.insert(id);
    post();
}

void EngineBridge::workspaceChangedByEngine()
{
    const std::lock_guard lock(m_mutex);
    m_workspaceChanged = true;
    post();
}

void EngineBridge::recordingsChangedByEngine()
{
    const std::lock_guard lock(m_mutex);
    m_recordingsChanged = true;
    post();
}

// Requires: m_mutex is held. Posting an event runs none of our code, so it may stay inside.
void EngineBridge::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QMetaObject::invokeMethod(this, &EngineBridge::deliver, Qt::QueuedConnection);
}

void EngineBridge::deliver()
{
    std::unordered_set<CaptureId> changedIds;
    bool workspace = false;
    bool recordings = false;
    {
        const std::lock_guard lock(m_mutex);
        changedIds.swap(m_changed);
        workspace = std::exchange(m_workspaceChanged, false);
        recordings = std::exchange(m_recordingsChanged, false);
        m_posted = false;
    }
    std::erase_if(changedIds, [this](CaptureId id) {
        const auto fresh = m_paused.contains(id) ? m_engine->snapshot(id) : nullptr;
        const bool goesOn = fresh && fresh->live && fresh->live->active;
        if (!goesOn)
            m_paused.erase(id);
        return goesOn;
    });
    for (const CaptureId id : changedIds) {
        if (auto fresh = m_engine->snapshot(id))
            m_snapshots[id] = std::move(fresh);
        else
            m_snapshots.erase(id);
    }
    if (workspace)
        emit workspaceChanged();
    if (recordings)
        emit recordingsChanged();
    for (const CaptureId id : changedIds) {
        if (m_snapshots.contains(id))
            emit captureChanged(id);
    }
}

} // namespace timbre::ui
