#include "ui/bridge/engine_port.h"

namespace timbre::ui {

namespace {

class RealEngine : public EnginePort {
public:
    RealEngine(pipeline::EngineConfig config, pipeline::EngineObserver& observer)
        : m_engine(std::move(config), observer)
    {
    }

    pipeline::CaptureId open(const std::filesystem::path& path, pipeline::OpenOptions options) override
    {
        return m_engine.open(path, std::move(options));
    }
    void load(pipeline::CaptureId id) override { m_engine.load(id); }
    pipeline::CaptureId startLive(pipeline::LiveRequest request) override
    {
        return m_engine.startLive(std::move(request));
    }
    void spoolSaved(pipeline::CaptureId id, const std::filesystem::path& file) override
    {
        m_engine.spoolSaved(id, file);
    }
    void discardLive(pipeline::CaptureId id, capture::Removal how) override { m_engine.discardLive(id, how); }
    Result<store::NoteKey> saveNote(pipeline::CaptureId id, store::Note note) override
    {
        return m_engine.saveNote(id, std::move(note));
    }
    void removeNote(pipeline::CaptureId id, store::NoteKey key) override { m_engine.removeNote(id, key); }
    std::shared_ptr<const pipeline::NoteList> workspaceNotes() const override { return m_engine.workspaceNotes(); }
    void suppress(const trends::Suppression& rule) override { m_engine.suppress(rule); }
    void unsuppress(std::int64_t id) override { m_engine.unsuppress(id); }
    std::vector<trends::Suppression> suppressions() const override { return m_engine.suppressions(); }
    void cancel(pipeline::CaptureId id) override { m_engine.cancel(id); }
    void remove(pipeline::CaptureId id) override { m_engine.remove(id); }
    std::vector<pipeline::CaptureId> captures() const override { return m_engine.captures(); }
    std::shared_ptr<const pipeline::CaptureSnapshot> snapshot(pipeline::CaptureId id) const override
    {
        return m_engine.snapshot(id);
    }
    pipeline::RecordingDesk* recordings() override { return &m_engine.recordings(); }
    pipeline::WorkspaceStatus workspace() const override { return m_engine.workspace(); }

private:
    pipeline::Engine m_engine;
};

} // namespace

EnginePortFactory makeEnginePort(pipeline::EngineConfig config)
{
    return [config = std::move(config)](pipeline::EngineObserver& observer) {
        return std::make_unique<RealEngine>(config, observer);
    };
}

} // namespace timbre::ui
