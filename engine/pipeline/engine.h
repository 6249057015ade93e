#pragma once

// The engine behind the window: opens captures on a thread of its own, keeps them in the workspace's store and
// publishes immutable snapshots. Every call returns at once; nothing here waits for a disk. Safe to call from one
// thread (the window's); observers are called on engine threads.

#include "engine/flow/flow_table.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/trends/suppression.h"
#include "engine/pipeline/live_run.h"

#include <filesystem>
#include <memory>

namespace timbre::pipeline {

class RecordingDesk;

struct EngineConfig {
    std::filesystem::path workspace; // the store's file; made when it does not exist; empty: nothing is kept
    flow::FlowTableConfig flows;
    decode::DecoderOptions decoder;
    AnalyzerOptions analyzers;
    std::int64_t publishIntervalMs = 100; // at most this often, per capture
    std::size_t maxFlowRows = 4'000'000;  // list of flows held for the window, per capture
};

struct OpenOptions {
    bool analyseAgain = false; // do not use what the store has
    std::string captureFilter; // BPF, empty for all packets
};

/// Called on engine threads; must return quickly and not call back into the engine.
class EngineObserver {
public:
    virtual ~EngineObserver() = default;
    /// A newer snapshot of this capture is there. At most one call per publish interval and capture.
    virtual void captureChanged(CaptureId id) = 0;
    /// The list of captures changed, or the workspace's own state did.
    virtual void workspaceChanged() = 0;
    /// Recordings, masks or keys changed, or a session moved on.
    virtual void recordingsChanged() {}
};

struct WorkspaceStatus {
    std::filesystem::path path;
    std::uint64_t storeBytes = 0;
    std::optional<Error> problem; // the store cannot be written …: analysis goes on without it
};

class Engine {
public:
    Engine(EngineConfig config, EngineObserver& observer);
    ~Engine(); // cancels what runs and waits for the store
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Analyses the file, or shows the stored analysis when the workspace has one of the unchanged file.
    CaptureId open(const std::filesystem::path& path, OpenOptions options = {});
    /// Captures live on a thread of its own; any number at once, files can be opened meanwhile. cancel() ends the
    /// capture, after which everything captured is still analysed.
    CaptureId startLive(LiveRequest request);
    /// The spool of a live capture was saved as this file, which takes its place; the spool is removed.
    void spoolSaved(CaptureId id, const std::filesystem::path& file);
    /// As remove(), and takes the spool of a live capture from the disk; ends it first when it still runs.
    void discardLive(CaptureId id, capture::Removal how);

    /// Brings the flows of a capture in phase Stored into memory; analyses the file again when it changed. No effect
    /// on others.
    void load(CaptureId id);
    /// Stops within 100 ms and keeps what was read.
    void cancel(CaptureId id);
    /// Takes the capture out of the workspace, its stored rows too. The file itself is never touched.
    void remove(CaptureId id);
    /// Rules that hide anomalies from lists, kept in the workspace. workspaceChanged() follows.
    void suppress(trends::Suppression rule);
    void unsuppress(std::int64_t id);
    [[nodiscard]] std::vector<trends::Suppression> suppressions() const;

    /// Adds a note to the capture's file, or replaces the one with its key; shown at once, written to the store soon. A
    /// deleted note comes back by being saved again. See NoteBook for when it fails.
    Result<store::NoteKey> saveNote(CaptureId id, store::Note note);
    void removeNote(CaptureId id, store::NoteKey key);
    /// Those saved under kWorkspaceNotes, about recordings and masks; null until they were read.
    [[nodiscard]] std::shared_ptr<const NoteList> workspaceNotes() const;

    /// In the order they were opened.
    [[nodiscard]] std::vector<CaptureId> captures() const;
    /// Null for an unknown id.
    [[nodiscard]] std::shared_ptr<const CaptureSnapshot> snapshot(CaptureId id) const;
    [[nodiscard]] WorkspaceStatus workspace() const;
    /// Recordings and masks; lives as long as the engine.
    [[nodiscard]] RecordingDesk& recordings();

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace timbre::pipeline
