#pragma once

// The thread behind Engine: takes jobs in order, owns the workspace and the analysis in work, and publishes to the
// board.

#include "engine/pipeline/capture_board.h"
#include "engine/pipeline/live_run.h"
#include "engine/pipeline/note_book.h"
#include "engine/pipeline/recording_desk.h"
#include "engine/pipeline/store_sink.h"
#include "engine/trends/suppression.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace timbre::pipeline {

/// What stands for the file of a live capture while that grows.
[[nodiscard]] store::FileIdentity liveNotesOf(const std::filesystem::path& spool);

class EngineThread : private store::WorkspaceObserver {
public:
    struct Job {
        enum class Kind {
            Open,
            Load,
            Remove,
            Live,
            LiveEnded,
            SpoolSaved,
            RemoveSpool,
            WriteNotes,
            Suppress,
            Unsuppress
        } kind = Kind::Open;
        CaptureId id = 0;
        OpenOptions options;
        std::stop_token stop;
        std::shared_ptr<const LiveRequest> live = nullptr;  // Live
        store::CaptureKey key = store::CaptureKey::None;    // LiveEnded
        std::filesystem::path file = {};                    // SpoolSaved, RemoveSpool
        capture::Removal removal = capture::Removal::Plain; // RemoveSpool
        trends::Suppression suppression = {};               // Suppress, Unsuppress (its id)
    };

    EngineThread(EngineConfig config, CaptureBoard& board, RecordingDesk& desk, NoteBook& notes,
                 EngineObserver& observer);
    ~EngineThread() override;

    void post(Job job);                                                  // any thread
    [[nodiscard]] WorkspaceStatus workspaceStatus() const;               // any thread
    [[nodiscard]] std::vector<trends::Suppression> suppressions() const; // any thread

private:
    void run(const std::stop_token& stop);
    void performDecisions();
    void openWorkspace();
    void listStoredCaptures();
    void perform(const Job& job);
    void open(const Job& job);
    bool showStored(const Job& job, const store::FileIdentity& file, CaptureSnapshot& base);
    void loadFromStore(const Job& job, store::CaptureKey key, CaptureSnapshot base);
    void changeSuppressions(const Job& job);
    void loadStoredTrends(store::CaptureKey key, StringPool& names, CaptureSnapshot& snapshot);
    void analyse(const Job& job, const std::optional<store::FileIdentity>& file, CaptureSnapshot base);
    [[nodiscard]] AnalyzerOptions analyzerOptions(CaptureId id);
    void startLive(const Job& job);
    void captureLive(const Job& job, const std::stop_token& leave); // on a thread of its own
    void followLive(const Job& job, const std::stop_token& leave, LiveRun& run, CaptureSnapshot& base);
    void liveEnded(const Job& job);
    void spoolSaved(const Job& job);
    void fail(CaptureSnapshot snapshot, const Error& error);
    void removeStored(CaptureId id);
    void publish(CaptureSnapshot snapshot);
    void beginNotes(CaptureId id, const store::FileIdentity& file);
    void beginWorkspaceNotes();
    void writeNotes();
    void setProblem(std::optional<Error> problem);

    void writerStatusChanged(const store::WriterStatus& status) override; // the writer's thread
    void capturesChanged() override {}

    const EngineConfig m_config;
    CaptureBoard& m_board;
    RecordingDesk& m_desk;
    NoteBook& m_notes;
    EngineObserver& m_observer;

    std::unique_ptr<store::Workspace> m_workspace;    // null: analysis goes on without a store
    std::unique_ptr<store::WorkspaceReader> m_reader; // null likewise
    std::map<CaptureId, store::CaptureKey> m_keys;    // which stored capture each one is
    std::map<CaptureId, std::jthread> m_live;         // live captures at work; the engine's thread alone looks here

    mutable std::mutex m_mutex; // guards m_jobs, m_status
    std::condition_variable_any m_posted;
    std::deque<Job> m_jobs;
    WorkspaceStatus m_status;
    std::vector<trends::Suppression> m_suppressions; // guarded by m_mutex
    std::int64_t m_lastSuppression = 0;              // of those without a workspace
    std::jthread m_thread;                           // last: it uses everything above
};

} // namespace timbre::pipeline
