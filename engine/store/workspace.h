#pragma once

// A workspace keeps what was learned about captures after the program has ended: one file per workspace, so far in
// SQLite. One program at a time writes it: it holds a Workspace, whose thread owns the only writing connection and is
// fed through a bounded queue. Anybody may read at the same time, each thread through a WorkspaceReader of its own.
//
// Kept are values: captures, what the reader said, counters, flows. Packet bytes never are.

#include "engine/base/time_histogram.h"
#include "engine/capture/capture_reader.h"
#include "engine/flow/flow_snapshot.h"
#include "engine/recording/recording.h"
#include "engine/resonance/monitor.h"
#include "engine/store/file_identity.h"
#include "engine/store/stored_masks.h"
#include "engine/trends/suppression.h"
#include "engine/store/note.h"

#include <functional>
#include <stop_token>

namespace timbre::audio {
struct StreamList; // engine/audio/stream_report.h
}

namespace timbre::store {

/// A capture's number in its workspace; never used again after a removal. Not the number the engine gives to what is
/// open.
enum class CaptureKey : std::uint32_t { None = 0 };

enum class CaptureState {
    Writing,     // a program is (or was, until it died) at work on it
    Complete,    // analysed to the end: the only state that is shown again instead of reading the file
    Cancelled,   // stopped by the analyst; its flows can be loaded
    Interrupted, // the program died while writing; found at the next start
    Incomplete,  // some flows could not be written (disk full …)
    Removing,    // on its way out, slice by slice
};
[[nodiscard]] const char* toString(CaptureState state);

/// Known when the reading begins.
struct CaptureOrigin {
    FileIdentity file;
    std::string analysisKey; // everything that shapes the result: engine version, decoder options …; compared as text
    std::string captureFilter; // BPF as typed; empty for all packets
    Timestamp openedAt;        // by the clock, for the list of captures
};

struct NamedCounter {
    std::string name;
    std::uint64_t value = 0;
    bool operator==(const NamedCounter&) const = default;
};

/// Known when it ends.
struct CaptureOutcome {
    CaptureState state = CaptureState::Complete; // or Cancelled
    std::uint64_t flowCount = 0;                 // rows given to addFlows, indexes 0 … flowCount-1
    std::optional<TimeRange> timeRange;
    capture::CaptureFacts facts;
    std::vector<capture::ReaderMessage> messages;
    std::vector<NamedCounter> counters; // names must differ; they come back sorted by name
    TimeHistogram overview;
    std::shared_ptr<const audio::StreamList> audio; // null when nobody looked for voice streams
    std::shared_ptr<const resonance::MonitorResults> resonance; // null when no mask was active
};

/// One line of the list of captures.
struct CaptureEntry {
    CaptureKey key = CaptureKey::None;
    CaptureState state = CaptureState::Writing;
    std::string path;
    std::uint64_t fileSize = 0;
    Timestamp openedAt;
    std::string captureFilter;
    std::string format;
    std::uint64_t packets = 0;
    std::uint64_t flowCount = 0;
    std::optional<TimeRange> timeRange;
};

struct StoredCapture {
    CaptureKey key = CaptureKey::None;
    CaptureOrigin origin;
    CaptureOutcome outcome; // its state may be any
};

/// What the trends analysis of a capture leaves behind.
struct TrendsToKeep {
    std::shared_ptr<const trends::TrendsResult> trends;
    std::shared_ptr<const flow::FlowTraitList> traits;
    std::shared_ptr<const StringPool> flowNames; // of the traits
    std::size_t maxSignals = 1'000'000;          // the newest minutes first; the rest is counted
};
struct LoadedTrends {
    std::shared_ptr<const trends::TrendsResult> trends; // null: none were kept
    std::shared_ptr<const flow::FlowTraitList> traits;
};

enum class Recognition {
    New,       // nothing usable is known of this file
    Unchanged, // `usable` holds its analysis
    Moved,     // the same content was analysed under `previousPath`; `usable` holds that analysis
    Changed,   // a file of this path was analysed, but `difference` is no longer as it was
};
enum class Difference { None, Size, Time, Content, Analysis };

struct RecognisedFile {
    Recognition recognition = Recognition::New;
    Difference difference = Difference::None;
    CaptureKey usable = CaptureKey::None;
    std::string previousPath;
    /// Earlier analyses of this very path that will not be used again; candidates for removal.
    std::vector<CaptureKey> outdated;
};

struct RemovalProgress {
    CaptureKey key = CaptureKey::None;
    std::uint64_t rowsRemoved = 0;
    std::uint64_t rowsTotal = 0;
};

struct WriterStatus {
    std::optional<Error> problem;      // the last write failed and none has succeeded since
    std::uint64_t flowsWritten = 0;    // committed since the workspace was opened
    std::uint64_t flowsDropped = 0;    // given up because they could not be written
    std::uint64_t capturesDropped = 0; // captures of which something was given up
    std::uint64_t commits = 0;
    std::vector<RemovalProgress> removals; // under way
};

/// Called on the writer's thread: must return quickly and not call back into the workspace's writing half.
class WorkspaceObserver {
public:
    virtual ~WorkspaceObserver() = default;
    /// A problem came or went, or a removal moved on.
    virtual void writerStatusChanged(const WriterStatus& status) = 0;
    /// The list of captures is another one: something was begun, finished or removed, and is committed.
    virtual void capturesChanged() = 0;
};

struct WorkspaceOptions {
    std::string vfs;                     // SQLite's way to the disk; empty for the usual one, tests bring their own
    int busyTimeoutMs = 2000;            // wait for a foreign lock inside one attempt
    int retryForMs = 5000;               // keep trying to write for this long, then drop
    int commitEveryMs = 500;             // what is queued waits at most this long
    std::size_t rowsPerCommit = 5000;    // or until this many rows are there
    std::size_t queuedBatches = 64;      // addFlows waits when this many calls are queued
    std::size_t removalSliceRows = 4000; // rows per transaction while removing
};

/// Reads a workspace. Belongs to one thread at a time; nothing it does waits for the writer.
class WorkspaceReader {
public:
    using Chunk = std::shared_ptr<const flow::FlowSnapshot::Chunk>;

    /// Fails when there is no workspace at `path`, or none this program understands; the file is never changed.
    static Result<std::unique_ptr<WorkspaceReader>> open(const std::filesystem::path& path,
                                                         WorkspaceOptions options = {});
    virtual ~WorkspaceReader() = default;

    /// Compares a file with what is stored. Get `file` from identifyFile(), which reads up to 1 MiB of it.
    virtual Result<RecognisedFile> recognise(const FileIdentity& file, std::string_view analysisKey) = 0;

    /// What was written down about a file of this size and content, wherever it lies, in the order of the keys.
    virtual Result<std::vector<Note>> loadNotes(const FileIdentity& file) = 0;

    /// Newest first, without those being removed.
    virtual Result<std::vector<CaptureEntry>> listCaptures() = 0;
    virtual Result<StoredCapture> loadCapture(CaptureKey key) = 0;

    /// Hands the flows out in order of their index, FlowSnapshot::kChunkRows to a chunk but for the last. Names are
    /// added to `names`, which the calling thread owns. Only Complete and Cancelled captures have all of their rows;
    /// others fail, as does a capture that is removed meanwhile.
    virtual Result<void> loadFlows(CaptureKey key, StringPool& names, const std::function<void(Chunk)>& receive,
                                   std::stop_token stop) = 0;

    /// Without their packets, the newest start first.
    virtual Result<std::vector<recording::Recording>> listRecordings() = 0;
    virtual Result<recording::Recording> loadRecording(const recording::SessionId& id) = 0;
    virtual Result<std::vector<StoredMask>> listMasks() = 0;
    virtual Result<std::vector<StoredKey>> listKeys() = 0;
    /// Signals, anomalies and traits of flows; the traits' names are added to `names`.
    virtual Result<LoadedTrends> loadTrends(CaptureKey key, StringPool& names) = 0;
    virtual Result<std::vector<trends::Suppression>> loadSuppressions() = 0;

    /// All flows at once.
    Result<std::shared_ptr<const flow::FlowSnapshot>> loadSnapshot(CaptureKey key, std::stop_token stop = {});

protected:
    WorkspaceReader() = default;
};

/// Writes a workspace. Calls only put work into a queue, in order, and wait when the queue is full; failures arrive
/// through the status. Safe from any thread.
class Workspace {
public:
    /// Opens or makes the workspace, takes the one writing place, brings the tables up to date and marks captures that
    /// a dying program left behind. `observer` must outlive the workspace.
    static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& path, WorkspaceObserver& observer,
                                                   WorkspaceOptions options = {});
    /// Writes what is queued (giving up at the first failure) and lets the file go.
    virtual ~Workspace() = default;

    /// None once all 2^31 numbers are used.
    virtual CaptureKey beginCapture(CaptureOrigin origin) = 0;
    /// `names` must hold every name the flows refer to and stay alive in `names` until written. A flow that was given
    /// before is replaced. Thousands of rows per call are best.
    virtual void addFlows(CaptureKey key, std::vector<flow::FlowRecord> flows,
                          std::shared_ptr<const StringPool> names) = 0;
    /// Before finishCapture().
    virtual void addTrends(CaptureKey key, TrendsToKeep trends) = 0;
    virtual void addSuppression(trends::Suppression suppression) = 0;
    virtual void removeSuppression(std::int64_t id) = 0;
    virtual void finishCapture(CaptureKey key, CaptureOutcome outcome) = 0;
    /// The analysis of `key` is also good for this file: it was moved, or only its time changed.
    virtual void relocateCapture(CaptureKey key, FileIdentity file) = 0;
    /// Takes the capture out of the list at once and its rows out of the file bit by bit. When the program ends before
    /// it is done, the next one goes on.
    virtual void removeCapture(CaptureKey key) = 0;
    /// Keeps what is known of a recording: all but its notes, and the packets that came since the last call, the first
    /// of which has number `first`. Committed at once.
    virtual void saveRecording(recording::Recording head, std::size_t first,
                               std::vector<recording::PacketRecord> added) = 0;
    virtual void saveRecordingNotes(recording::SessionId id, std::string notes) = 0;
    /// For good: its pages are overwritten and the log is emptied.
    virtual void removeRecording(recording::SessionId id) = 0;
    /// Replaces the mask of that id.
    virtual void saveMask(StoredMask mask) = 0;
    virtual void removeMask(std::string id) = 0;
    virtual void saveKey(StoredKey key) = 0;
    virtual void removeKey(std::string id) = 0;
    /// A key for a note that is new; never given twice. None once all 2^31 are used.
    virtual NoteKey newNote() = 0;
    /// Adds a note to the file, or replaces the one with its key; a deleted note comes back by being saved again.
    /// Requires: `note` is tidied() and its key came from newNote().
    virtual void saveNote(FileIdentity file, Note note) = 0;
    virtual void removeNote(NoteKey key) = 0;
    /// Notes about `from` are about `to` from now on: a file that has grown, or was saved elsewhere.
    virtual void moveNotes(FileIdentity from, FileIdentity to) = 0;
    /// Waits until everything asked for before, but for removals, is written or given up.
    virtual void flush() = 0;

    [[nodiscard]] virtual WriterStatus status() const = 0;
    /// On disk, the write-ahead log included.
    [[nodiscard]] virtual std::uint64_t bytesOnDisk() const = 0;

protected:
    Workspace() = default;
};

} // namespace timbre::store
