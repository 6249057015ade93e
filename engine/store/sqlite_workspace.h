#pragma once

// The writing half of a workspace in SQLite: a thread that owns the only writing connection. It gathers what is queued
// and commits it in one transaction; a transaction that fails is tried again as a whole, so that nothing is lost while
// the trouble is short, and given up as a whole after that. Between transactions it removes captures, a slice at a
// time.

#include "engine/base/bounded_queue.h"
#include "engine/store/flow_columns.h"
#include "engine/store/workspace.h"
#include "engine/store/workspace_file.h"

#include <atomic>
#include <chrono>
#include <future>
#include <set>
#include <thread>

namespace timbre::store {

class SqliteWorkspace final : public Workspace {
public:
    /// Takes the file over: marks what a dying program left and starts the thread.
    static Result<std::unique_ptr<Workspace>> start(std::filesystem::path path, FileHandle writingPlace,
                                                    Connection connection, WorkspaceObserver& observer,
                                                    WorkspaceOptions options);
    ~SqliteWorkspace() override;
    SqliteWorkspace(const SqliteWorkspace&) = delete;
    SqliteWorkspace& operator=(const SqliteWorkspace&) = delete;

    CaptureKey beginCapture(CaptureOrigin origin) override;
    void addFlows(CaptureKey key, std::vector<flow::FlowRecord> flows,
                  std::shared_ptr<const StringPool> names) override;
    void addTrends(CaptureKey key, TrendsToKeep trends) override;
    void addSuppression(trends::Suppression suppression) override;
    void removeSuppression(std::int64_t id) override;
    void finishCapture(CaptureKey key, CaptureOutcome outcome) override;
    void relocateCapture(CaptureKey key, FileIdentity file) override;
    void removeCapture(CaptureKey key) override;
    void saveRecording(recording::Recording head, std::size_t first,
                       std::vector<recording::PacketRecord> added) override;
    void saveRecordingNotes(recording::SessionId id, std::string notes) override;
    void removeRecording(recording::SessionId id) override;
    void saveMask(StoredMask mask) override;
    void removeMask(std::string id) override;
    void saveKey(StoredKey key) override;
    void removeKey(std::string id) override;
    NoteKey newNote() override;
    void saveNote(FileIdentity file, Note note) override;
    void removeNote(NoteKey key) override;
    void moveNotes(FileIdentity from, FileIdentity to) override;
    void flush() override;
    [[nodiscard]] WriterStatus status() const override;
    [[nodiscard]] std::uint64_t bytesOnDisk() const override;

private:
    struct Begin {
        CaptureKey key;
        CaptureOrigin origin;
    };
    struct Rows {
        CaptureKey key;
        std::vector<flow::FlowRecord> flows;
        std::shared_ptr<const StringPool> names;
    };
    struct Trends {
        CaptureKey key;
        TrendsToKeep trends;
    };
    struct Suppress {
        trends::Suppression suppression;
    };
    struct Unsuppress {
        std::int64_t id;
    };
    struct Finish {
        CaptureKey key;
        CaptureOutcome outcome;
    };
    struct Relocate {
        CaptureKey key;
        FileIdentity file;
    };
    struct Remove {
        CaptureKey key;
    };
    struct Flush {
        std::promise<void> done;
    };
    /// A small change beside the captures: recordings, masks, keys, notes.
    struct SmallChange {
        std::function<Result<void>(Connection&)> apply;
        bool emptyLog = false; // afterwards, because what was deleted may still be in it
    };
    using Task = std::variant<Begin, Rows, Trends, Suppress, Unsuppress, Finish, Relocate, Remove, Flush, SmallChange>;
    using Clock = std::chrono::steady_clock;

    SqliteWorkspace(std::filesystem::path path, FileHandle writingPlace, Connection connection, FlowRowWriter flowRows,
                    WorkspaceObserver& observer, WorkspaceOptions options);
    Result<void> takeOver();

    // All below: writer thread only.
    void run();
    std::vector<Task> gather(std::chrono::milliseconds patience);
    void dropRowsOfLostCaptures(std::vector<Task>& tasks);
    void write(std::vector<Task>& tasks);
    Result<void> writeOnce(const std::vector<Task>& tasks);
    Result<void> execute(const Task& task);
    void succeeded(std::vector<Task>& tasks);
    void giveUp(std::vector<Task>& tasks);
    void report(const Error& problem);
    bool waitBeforeRetry(Clock::time_point failedAt);
    [[nodiscard]] bool somethingToRemove() const { return !m_removals.empty() || m_vacuum; }
    void startRemoval(CaptureKey key);
    void removeSlice();
    Result<bool> removeRows(RemovalProgress& removal);
    Result<bool> vacuumSlice();
    template<typename Change>
    void changeStatus(Change change);

    const std::filesystem::path m_path;
    const WorkspaceOptions m_options;
    WorkspaceObserver& m_observer;
    const FileHandle m_writingPlace;
    Connection m_connection;
    FlowRowWriter m_flowRows;
    std::vector<RemovalProgress> m_removals;
    bool m_vacuum = false;              // pages of removed captures are still to be given back
    Clock::time_point m_removalRetry{}; // not before this, after a failure
    std::set<CaptureKey> m_lost;        // captures of which something was given up: the rest is not worth writing
    std::set<CaptureKey> m_removed;     // removed in this run: flows that still arrive are of no use

    std::atomic<std::uint64_t> m_lastKey = 0;
    std::atomic<std::uint64_t> m_lastNote = 0;
    mutable std::mutex m_mutex; // guards m_status
    WriterStatus m_status;
    BoundedQueue<Task> m_queue;
    std::jthread m_thread; // last: started when all else is there
};

} // namespace timbre::store
