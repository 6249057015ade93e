#pragma once

// Recordings and masks of a workspace, behind the window: starts sessions, follows them, keeps what they record within
// a quarter of a second, makes masks, tests, signs, imports and exports them. Every call returns at once; the work is
// done on the desk's own thread, answers are given there. Safe from any thread.

#include "engine/mask/generator.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/signing.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/recording_run.h"
#include "engine/store/workspace.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <thread>

namespace timbre::pipeline {

struct RecordingRequest {
    std::string service;
    RecordingSelection selection;
    std::shared_ptr<const CaptureSnapshot> capture; // a live one is listened to; a saved one, read to its end before, is
                                                    // read once more
};

/// It runs, or is wholly there: while a file is being read nobody knows yet which flows fit.
[[nodiscard]] bool canBeRecorded(const CaptureSnapshot& capture);

/// A session that runs, or has just ended.
struct DeskSession {
    std::uint64_t number = 0;
    CaptureId capture = 0;
    TapPicture picture;
    double readShare = -1.0; // of the file that is read again, 0 … 1; negative for a live one
    std::optional<Error> failure;
};

struct DeskMask {
    store::StoredMask stored;
    std::shared_ptr<const mask::LoadedMask> loaded; // null: refused, which only happens to files changed by others
    mask::Refusal refusal;
    mask::Verification verification; // by the keys that are known; NoKey also when the mask names another one
    std::string signer;              // label or id of the key that made a valid signature, or that the mask names
    bool trusted = false;            // that key is trusted
    bool expired = false;
};

/// Immutable, shared between threads. Lists are never null.
struct DeskSnapshot {
    std::uint64_t generation = 0;
    std::vector<DeskSession> sessions;
    std::shared_ptr<const std::vector<recording::Recording>> recordings; // without packets, newest first
    std::shared_ptr<const std::vector<DeskMask>> masks;
    std::shared_ptr<const std::vector<store::StoredKey>> keys;
    bool kept = false; // there is a workspace: what is recorded outlives the program
};

struct MaskTest {
    mask::SelfTest test;
    mask::EngineFidelity fidelity;
    std::vector<std::string> failures;
};

struct ImportedMask {
    std::string file;
    std::string id;
    bool taken = false;
    bool alreadyThere = false; // of the same id, and was not to be replaced
    std::string sentence;      // why it was refused, or what is remarked
};

template<typename Value>
using Answer = std::function<void(Result<Value>)>; // called on the desk's thread

class RecordingDesk {
public:
    static constexpr std::size_t kMaxSessions = 8; // that run at once

    /// `changed` is called on the desk's thread, at most a few times a second while sessions run.
    /// `analysis` is how captures are analysed: files that are read once more must give the same flows.
    RecordingDesk(AnalysisConfig analysis, std::function<void()> changed);
    ~RecordingDesk(); // what runs is stopped and kept
    RecordingDesk(const RecordingDesk&) = delete;
    RecordingDesk& operator=(const RecordingDesk&) = delete;

    // By the engine. Without a workspace recordings live as long as the program.
    void attach(store::Workspace& workspace, std::filesystem::path path);
    void detach(); // waits until nothing uses the workspace any more
    [[nodiscard]] std::shared_ptr<TapBoard> boardFor(CaptureId capture);

    [[nodiscard]] std::shared_ptr<const DeskSnapshot> snapshot() const;

    void start(RecordingRequest request, Answer<std::uint64_t> answer);
    void stop(std::uint64_t session);
    void discard(std::uint64_t session);

    void setNotes(const recording::SessionId& id, std::string notes);
    void removeRecording(const recording::SessionId& id);
    void loadRecording(const recording::SessionId& id, Answer<recording::Recording> answer);

    /// The mask is put into the workspace; signed when a private key is named and the self-test is passed. A mask that
    /// fails is given back and not kept.
    void makeMask(const recording::SessionId& id, mask::GeneratorOptions options, std::string privateKey,
                  Answer<mask::GeneratedMask> answer);
    void testMask(std::string maskId, const recording::SessionId& id, Answer<MaskTest> answer);
    void importMasks(std::vector<std::filesystem::path> files, bool replace, Answer<std::vector<ImportedMask>> answer);
    /// One mask into the file `target`, several into the folder. Returns how many files were written.
    void exportMasks(std::vector<std::string> ids, std::filesystem::path target, bool overwrite,
                     Answer<std::size_t> answer);
    void signMask(std::string id, std::string privateKey, Answer<std::string> answer);
    void removeMask(std::string id);
    /// Masks that come with the program: shown beside the workspace's own.
    void addBundled(std::vector<std::string> texts);

    void makeKey(std::filesystem::path file, std::string label, Answer<std::string> answer);
    /// A private key's file (to sign with) or a public one's.
    void addKey(std::filesystem::path file, std::string label, bool trusted, Answer<std::string> answer);
    void setTrusted(std::string id, bool trusted);
    void removeKey(std::string id);

private:
    struct Session;
    using Sessions = std::vector<std::shared_ptr<Session>>;
    using Task = std::function<void()>;

    void post(Task task);
    void run(const std::stop_token& stop);
    // Desk thread only.
    [[nodiscard]] Result<std::uint64_t> begin(RecordingRequest request);
    [[nodiscard]] std::string keyOfRecordings() const;
    void follow();
    bool keep(Session& session);
    void finish(Session& session);
    void readFile(Session& session, const std::stop_token& stop);
    void reload();
    void publish();
    [[nodiscard]] Result<recording::Recording> whole(const recording::SessionId& id);
    [[nodiscard]] Result<store::StoredMask> storedMask(const std::string& id) const;
    [[nodiscard]] DeskMask describe(store::StoredMask stored) const;
    void lookForNamedKey(DeskMask& shown) const;
    void keepMask(store::StoredMask stored);
    ImportedMask importOne(const std::filesystem::path& file, bool replace);
    [[nodiscard]] std::string freeMaskId(const std::string& wanted) const;
    void keepKey(store::StoredKey key);

    const AnalysisConfig m_analysis;
    const std::function<void()> m_changed;
    // Desk thread only.
    store::Workspace* m_workspace = nullptr;
    std::unique_ptr<store::WorkspaceReader> m_reader;
    Sessions m_sessions;
    std::vector<recording::Recording> m_unkept; // whole recordings of a program without a workspace
    std::vector<store::StoredMask> m_masks;
    std::vector<store::StoredMask> m_bundled;
    std::vector<store::StoredKey> m_keys;
    std::vector<recording::Recording> m_recordings; // heads
    std::shared_ptr<const std::vector<recording::Recording>> m_shownRecordings;
    std::shared_ptr<const std::vector<DeskMask>> m_shownMasks;
    std::shared_ptr<const std::vector<store::StoredKey>> m_shownKeys;
    std::uint64_t m_lastSession = 0;
    std::uint64_t m_generation = 0;

    mutable std::mutex m_mutex; // guards the four below
    std::deque<Task> m_tasks;
    std::shared_ptr<const DeskSnapshot> m_snapshot;
    std::map<CaptureId, std::shared_ptr<TapBoard>> m_boards;
    bool m_closed = false;
    std::condition_variable_any m_posted;
    std::jthread m_thread; // last: it uses everything above
};

} // namespace timbre::pipeline
