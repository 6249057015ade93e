#pragma once

// Recordings as rows: sessions that run on top, then what the workspace keeps, newest first. Updates in place, so that
// a selection stays where it is while sessions move on.

#include "engine/pipeline/recording_desk.h"
#include "ui/focus/focus.h"
#include "ui/models/note_search.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

struct RecordingRow {
    std::uint64_t session = 0;        // 0: it is over
    recording::Recording head;        // no packets
    recording::Histograms histograms; // of a session that runs
    double readShare = -1.0;
    std::optional<Error> failure;

    [[nodiscard]] bool running() const { return session != 0; }
};

class RecordingsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Service, Packets, Length, Entropy, Started, End, What, Notes, Count };
    enum Role { SortRole = Qt::UserRole, RawRole };

    RecordingsModel(const Focus& focus, const Theme& theme, QObject* parent);

    void setDesk(const pipeline::DeskSnapshot& desk);
    void setNotes(std::shared_ptr<const pipeline::NoteList> notes);
    /// Rows whose service, selection or notes contain it, or that have a note that fits it; all for an empty text.
    void setSearch(const QString& text);
    /// Null outside.
    [[nodiscard]] const RecordingRow* row(int index) const;
    [[nodiscard]] int rowOf(const recording::SessionId& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void apply(std::vector<RecordingRow> rows);
    void applySearch();
    [[nodiscard]] bool fits(const RecordingRow& row) const;
    [[nodiscard]] std::vector<const store::Note*> notesOf(const RecordingRow& row) const;
    [[nodiscard]] QString text(const RecordingRow& row, Column column) const;
    [[nodiscard]] QVariant raw(const RecordingRow& row, Column column) const;

    const Focus& m_focus;
    const Theme& m_theme;
    NoteSearch m_search;
    std::shared_ptr<const pipeline::NoteList> m_notes;
    std::vector<RecordingRow> m_all;
    std::vector<RecordingRow> m_rows;
};

/// "stopped", "ended by itself after 15 s without a packet" …
[[nodiscard]] QString endText(recording::EndReason end);

} // namespace timbre::ui
