#pragma once

// The few calls the window makes into the engine, as an interface, so that tests and benchmarks can put made-up
// captures behind the window. The program itself uses makeEnginePort(), which is the real engine.

#include "engine/pipeline/engine.h"
#include "engine/trends/suppression.h"

#include <functional>

namespace timbre::ui {

/// Contract of every call: see pipeline::Engine.
class EnginePort {
public:
    virtual ~EnginePort() = default;
    virtual pipeline::CaptureId open(const std::filesystem::path& path, pipeline::OpenOptions options) = 0;
    /// Nothing to do for an engine without a store.
    virtual void load(pipeline::CaptureId) {}
    /// Live captures; 0 and nothing for an engine without them.
    virtual pipeline::CaptureId startLive(pipeline::LiveRequest) { return 0; }
    virtual void spoolSaved(pipeline::CaptureId, const std::filesystem::path&) {}
    virtual void discardLive(pipeline::CaptureId, capture::Removal) {}
    /// Notes; refused by an engine without them.
    virtual Result<store::NoteKey> saveNote(pipeline::CaptureId, store::Note)
    {
        return Error{ErrorCode::Unsupported, "Notes cannot be kept here.", {}};
    }
    virtual void removeNote(pipeline::CaptureId, store::NoteKey) {}
    [[nodiscard]] virtual std::shared_ptr<const pipeline::NoteList> workspaceNotes() const { return nullptr; }
    /// Rules that hide anomalies; kept in the workspace.
    virtual void suppress(const trends::Suppression&) {}
    virtual void unsuppress(std::int64_t) {}
    [[nodiscard]] virtual std::vector<trends::Suppression> suppressions() const { return {}; }
    virtual void cancel(pipeline::CaptureId id) = 0;
    virtual void remove(pipeline::CaptureId id) = 0;
    [[nodiscard]] virtual std::vector<pipeline::CaptureId> captures() const = 0;
    [[nodiscard]] virtual std::shared_ptr<const pipeline::CaptureSnapshot> snapshot(pipeline::CaptureId id) const = 0;
    [[nodiscard]] virtual pipeline::WorkspaceStatus workspace() const = 0;
    /// Recordings and masks; null for an engine without them.
    [[nodiscard]] virtual pipeline::RecordingDesk* recordings() { return nullptr; }
};

using EnginePortFactory = std::function<std::unique_ptr<EnginePort>(pipeline::EngineObserver&)>;

/// The real engine.
[[nodiscard]] EnginePortFactory makeEnginePort(pipeline::EngineConfig config);

} // namespace timbre::ui
