#pragma once

// The notes of the current capture as a list, in the order of the time they are about, and behind them those about
// recordings and masks, which belong to the workspace. Rows are told apart by their keys, so that selection and scroll
// stay while notes come and go.

#include "engine/pipeline/recording_desk.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/focus/focus.h"
#include "ui/models/note_search.h"

#include <QtCore/QAbstractListModel>

namespace timbre::ui {

/// Where what notes are about is looked up.
struct NotedThings {
    SnapshotPtr capture;                                // may be null
    std::shared_ptr<const pipeline::DeskSnapshot> desk; // may be null
};
[[nodiscard]] NotedThings notedThings(const EngineBridge& bridge, CaptureId capture);

class NotesModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role : int {
        KeyRole = Qt::UserRole, // store::NoteKey as quint32
        AboutRole,              // "09:01:02 · tcp 10.0.0.1:50000 → 203.0.113.9:443"
        TagsRole,               // "beacon, to ask"
        BookmarkRole,           // bool
        FoundRole,              // bool: false when what it is about is not there
    };

    NotesModel(EngineBridge& bridge, Focus& focus, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Null for no row.
    [[nodiscard]] const pipeline::ShownNote* at(int row) const;
    [[nodiscard]] int rowOf(store::NoteKey key) const;
    /// Notes about the capture can be written: its file is known.
    [[nodiscard]] bool ready() const { return m_notes != nullptr; }
    /// Of the capture and of the workspace, whatever is searched for.
    [[nodiscard]] std::vector<store::Note> allNotes() const;
    /// Rows whose text, tags or subject contain it, or that fit it as an expression with note.text and tag.
    void setSearch(const QString& text);
    [[nodiscard]] bool searching() const { return !m_search.isEmpty(); }
    [[nodiscard]] QString about(const pipeline::ShownNote& shown) const;

private:
    void refresh();
    [[nodiscard]] pipeline::NoteList wanted() const;
    void show(const pipeline::NoteList& now);

    EngineBridge& m_bridge;
    Focus& m_focus;
    CaptureId m_capture = 0;
    NotedThings m_things; // what the rows are from
    std::shared_ptr<const pipeline::NoteList> m_notes;
    std::shared_ptr<const pipeline::NoteList> m_workspaceNotes;
    NoteSearch m_search;
    pipeline::NoteList m_rows;
};

/// "tcp 10.0.0.1:50000 → 203.0.113.9:443", "09:00:01.250, 3.2 s", "the whole capture", "recording video call",
/// "anomaly drift/17"; the flow of a note as its anchor has it when it is not in this analysis.
[[nodiscard]] QString aboutText(const pipeline::ShownNote& shown, const NotedThings& things, const Focus& focus);
/// What the note is about can be gone to.
[[nodiscard]] bool isThere(const pipeline::ShownNote& shown, const NotedThings& things);
/// The first line of its text; a bookmark's name when it has none.
[[nodiscard]] QString titleOf(const store::Note& note);

} // namespace timbre::ui
