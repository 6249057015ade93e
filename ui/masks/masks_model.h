#pragma once

// Masks as rows: the workspace's own and imported ones, then those that come with the program.

#include "engine/pipeline/recording_desk.h"
#include "ui/models/note_search.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

class MasksModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Id, Origin, Protocol, Signature, Expires, Made, Notes, Count };
    enum Role { SortRole = Qt::UserRole, RawRole };

    MasksModel(const Theme& theme, QObject* parent);

    void setMasks(std::shared_ptr<const std::vector<pipeline::DeskMask>> masks);
    void setNotes(std::shared_ptr<const pipeline::NoteList> notes);
    /// Masks whose id, origin, protocol, service or notes contain it, or that have a note that fits it.
    void setSearch(const QString& text);
    /// Null outside.
    [[nodiscard]] const pipeline::DeskMask* mask(int row) const;
    [[nodiscard]] int rowOf(const QString& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const pipeline::DeskMask& mask, Column column) const;
    [[nodiscard]] std::vector<const store::Note*> notesOf(const pipeline::DeskMask& mask) const;
    [[nodiscard]] bool fits(const pipeline::DeskMask& mask) const;
    [[nodiscard]] std::vector<std::size_t> wantedRows() const;
    void apply();

    const Theme& m_theme;
    std::shared_ptr<const std::vector<pipeline::DeskMask>> m_masks;
    std::vector<std::size_t> m_rows; // of m_masks: those that are shown
    std::shared_ptr<const pipeline::NoteList> m_notes;
    NoteSearch m_search;
};

/// "valid, by Anna (trusted)", "unsigned" …
[[nodiscard]] QString signatureText(const pipeline::DeskMask& mask);
[[nodiscard]] timbre::ui::Role signatureRole(const pipeline::DeskMask& mask);
/// "2026-11-21", "never"
[[nodiscard]] QString dayText(std::uint64_t unixSeconds);

} // namespace timbre::ui
