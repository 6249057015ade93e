#pragma once

// The notes of the current capture as a list, in the order of the time they are about. Rows are told apart by their
// keys, so that selection and scroll stay while notes come and go.

#include "ui/bridge/engine_bridge.h"
#include "ui/focus/focus.h"

#include <QtCore/QAbstractListModel>

namespace timbre::ui {

class NotesModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role : int {
        KeyRole = Qt::UserRole, // store::NoteKey as quint32
        AboutRole,              // "09:01:02 · tcp 10.0.0.1:50000 → 203.0.113.9:443"
        TagsRole,               // "beacon, to ask"
        BookmarkRole,           // bool
        FoundRole,              // bool: false when its flow is not in this analysis
    };

    NotesModel(EngineBridge& bridge, Focus& focus, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Null for no row.
    [[nodiscard]] const pipeline::ShownNote* at(int row) const;
    [[nodiscard]] int rowOf(store::NoteKey key) const;
    /// Notes can be written: the capture's file is known.
    [[nodiscard]] bool ready() const { return m_notes != nullptr; }

private:
    void refresh();
    void show(const pipeline::NoteList& now);

    EngineBridge& m_bridge;
    Focus& m_focus;
    CaptureId m_capture = 0;
    SnapshotPtr m_snapshot; // what the rows are from
    std::shared_ptr<const pipeline::NoteList> m_notes;
    pipeline::NoteList m_rows;
};

/// "tcp 10.0.0.1:50000 → 203.0.113.9:443", "09:00:01.250, 3.2 s", "the whole capture", "anomaly drift/17"; the flow of
/// a note as its anchor has it when it is not in this analysis.
[[nodiscard]] QString aboutText(const pipeline::ShownNote& shown, const pipeline::CaptureSnapshot& snapshot,
                                const Focus& focus);
/// The first line of its text; a bookmark's name when it has none.
[[nodiscard]] QString titleOf(const store::Note& note);

} // namespace timbre::ui
