#pragma once

// The notes of all open captures, between the window, which writes them, and the store, which keeps them. Every
// snapshot goes through here on its way to the board and leaves with its notes and with the flows they are about; a
// change of a note republishes the newest snapshot at once, however busy the analysis is. What is to be written to the
// store waits here until the engine's thread fetches it. Safe from any thread.

#include "engine/pipeline/capture_board.h"
#include "engine/store/workspace.h"

#include <functional>
#include <map>
#include <mutex>
#include <variant>

namespace timbre::pipeline {

class NoteBook {
public:
    explicit NoteBook(CaptureBoard& board)
        : m_board(board)
    {
    }

    /// From now on the capture has notes: those of its file.
    void begin(CaptureId id, store::FileIdentity file, std::vector<store::Note> notes);
    /// The same for notes about recordings and masks, see kWorkspaceNotes.
    void beginWorkspace(std::vector<store::Note> notes);
    [[nodiscard]] bool knows(CaptureId id) const;
    /// The capture's file is another one now: it has grown, or was saved elsewhere. Its notes go along.
    void relocate(CaptureId id, store::FileIdentity file);
    void forget(CaptureId id);
    /// Puts the snapshot on the board, with notes.
    void publish(CaptureSnapshot snapshot);

    /// Notes about recordings and masks; null before beginWorkspace().
    [[nodiscard]] std::shared_ptr<const NoteList> ofWorkspace() const;

    /// Where keys of new notes come from; 1, 2, … without a store.
    void setKeys(std::function<store::NoteKey()> next);
    /// Adds the note, or replaces the one with its key. Fails before the capture's file was looked at, at the cap of
    /// notes, and for a note that store::tidied() refuses.
    Result<store::NoteKey> save(CaptureId id, store::Note note);
    void remove(CaptureId id, store::NoteKey key);

    /// Something waits to be written.
    [[nodiscard]] bool unwritten() const;
    /// Hands over what waits. Engine thread only, so that the order stays.
    void writeTo(store::Workspace& workspace);

private:
    struct Save {
        store::FileIdentity file;
        store::Note note;
    };
    struct Remove {
        store::NoteKey key;
    };
    struct Move {
        store::FileIdentity from;
        store::FileIdentity to;
    };
    using Task = std::variant<Save, Remove, Move>;

    struct Page {
        store::FileIdentity file;
        std::vector<ShownNote> notes; // by time
        bool searched = false;        // every flow was compared with the notes whose flow is not found
        std::shared_ptr<const NoteList> shown;
        std::shared_ptr<const flow::FlowRemarks> remarks;
    };

    void attach(Page& page, CaptureSnapshot& snapshot) const;
    void republish(CaptureId id);

    mutable std::mutex m_mutex; // guards all below, and the order of publications
    CaptureBoard& m_board;
    std::map<CaptureId, Page> m_pages;
    std::vector<Task> m_tasks;
    std::function<store::NoteKey()> m_nextKey;
    std::uint32_t m_lastKey = 0; // without a store
};

/// Under what the notes of kWorkspaceNotes are kept: no file has that content.
[[nodiscard]] store::FileIdentity workspaceNotesFile();

/// For a snapshot that is shown once: with these notes, and the flows they are about.
void attachNotes(CaptureSnapshot& snapshot, std::vector<store::Note> notes);

} // namespace timbre::pipeline
