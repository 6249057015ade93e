#pragma once

// The window's side of the engine. The engine calls back on its own threads; the bridge remembers what changed and
// posts one queued call, however many callbacks come before the window gets to it. Then it fetches the newest snapshots
// and tells the docks, on the GUI thread. All docks see the same snapshot during one such round. Nothing here ever
// waits.

#include "ui/bridge/engine_port.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QString>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace timbre::ui {

using CaptureId = pipeline::CaptureId;
using SnapshotPtr = std::shared_ptr<const pipeline::CaptureSnapshot>;

class EngineBridge : public QObject {
    Q_OBJECT

public:
    explicit EngineBridge(const EnginePortFactory& factory, QObject* parent = nullptr);
    ~EngineBridge() override;

    CaptureId open(const QString& path, const pipeline::OpenOptions& options = {});
    void load(CaptureId id);
    CaptureId startLive(const pipeline::LiveRequest& request);
    void spoolSaved(CaptureId id, const QString& file);
    void discardLive(CaptureId id, capture::Removal how);
    /// While paused, views stay at what they showed; the capture goes on. The end of a capture ends its pause.
    void setPaused(CaptureId id, bool paused);
    [[nodiscard]] bool paused(CaptureId id) const { return m_paused.contains(id); }
    void suppress(const trends::Suppression& rule) { m_engine->suppress(rule); }
    void unsuppress(std::int64_t id) { m_engine->unsuppress(id); }
    [[nodiscard]] std::vector<trends::Suppression> suppressions() const
    {
        return m_engine ? m_engine->suppressions() : std::vector<trends::Suppression>{};
    }
    void cancel(CaptureId id);
    /// Shown with the next captureChanged.
    Result<store::NoteKey> saveNote(CaptureId id, store::Note note) { return m_engine->saveNote(id, std::move(note)); }
    void removeNote(CaptureId id, store::NoteKey key) { m_engine->removeNote(id, key); }
    /// About recordings and masks, saved under pipeline::kWorkspaceNotes; null until they were read. Changes come with
    /// recordingsChanged.
    [[nodiscard]] std::shared_ptr<const pipeline::NoteList> workspaceNotes() const
    {
        return m_engine->workspaceNotes();
    }
    void remove(CaptureId id);

    /// In the order they were opened.
    [[nodiscard]] std::vector<CaptureId> captures() const;
    /// The newest one announced by captureChanged; null for an unknown id. The same pointer until the next round.
    [[nodiscard]] SnapshotPtr snapshot(CaptureId id) const;
    [[nodiscard]] pipeline::WorkspaceStatus workspace() const;
    /// Recordings and masks; null for an engine without them.
    [[nodiscard]] pipeline::RecordingDesk* recordings() const { return m_engine->recordings(); }
    /// An answer that is given on the GUI thread, and not at all once `receiver` is gone.
    template<typename Value>
    [[nodiscard]] std::function<void(Result<Value>)> onWindow(QObject* receiver,
                                                              std::function<void(Result<Value>)> then)
    {
        return [this, guard = QPointer<QObject>(receiver), then = std::move(then)](Result<Value> result) {
            auto shared = std::make_shared<Result<Value>>(std::move(result));
            const auto give = [guard, then, shared] {
                if (guard)
                    then(std::move(*shared));
            };
            QMetaObject::invokeMethod(this, give, Qt::QueuedConnection);
        };
    }

signals:
    void captureChanged(timbre::pipeline::CaptureId id);
    void workspaceChanged();
    /// Recordings, masks or keys changed, or a session moved on.
    void recordingsChanged();

private:
    // Engine threads.
    void captureChangedByEngine(CaptureId id);
    void workspaceChangedByEngine();
    void recordingsChangedByEngine();
    void post();
    // GUI thread.
    void deliver();

    class Observer; // keeps the engine's callback names apart from the signals'
    std::unique_ptr<Observer> m_observer;
    std::mutex m_mutex; // guards the four below
    std::unordered_set<CaptureId> m_changed;
    bool m_workspaceChanged = false;
    bool m_recordingsChanged = false;
    bool m_posted = false;

    std::unordered_map<CaptureId, SnapshotPtr> m_snapshots;
    std::unordered_set<CaptureId> m_paused;
    std::unique_ptr<EnginePort> m_engine; // last: its destructor joins the threads that call the observer
};

} // namespace timbre::ui
