#pragma once

// The case: what the analyst wrote down about the current capture, and where to find it again. Enter goes to what a
// note is about, F2 edits it, Delete deletes it and offers to take that back.

#include "ui/bridge/engine_bridge.h"
#include "ui/dialogs/note_dialog.h"
#include "ui/docks/dock.h"

class QLabel;
class QListView;
class QStackedWidget;

namespace timbre::ui {

class NotesModel;

class NotesDock : public Dock {
    Q_OBJECT

public:
    static constexpr std::size_t kMaxDeleted = 100; // deletions that can be taken back

    NotesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

    /// Asks for a note about the current flow, the time range or the capture.
    void writeNote();
    /// The same, with the time range as the likeliest.
    void writeRangeNote();
    /// Marks the current flow, or without one the time range, and takes the mark away again.
    void toggleBookmark();
    void editCurrent();
    void deleteCurrent();
    void undoDelete();
    void goToCurrent();
    [[nodiscard]] NotesModel& model() { return *m_model; }
    [[nodiscard]] QListView& list() { return *m_list; }

signals:
    void problemArose(const QString& sentence);
    void said(const QString& text);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Deleted {
        CaptureId capture = 0;
        store::Note note;
    };

    void showPage();
    void showMenu(const QPoint& position);
    void askFor(std::vector<NoteChoice> choices);
    bool save(CaptureId capture, store::Note note);
    /// What a note can be about now, the likeliest first.
    [[nodiscard]] std::vector<NoteChoice> choices() const;
    [[nodiscard]] const pipeline::ShownNote* current() const;
    [[nodiscard]] bool ready();

    EngineBridge& m_bridge;
    NotesModel* m_model = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QListView* m_list = nullptr;
    QWidget* m_undoLine = nullptr;
    QLabel* m_undoText = nullptr;
    std::vector<Deleted> m_deleted; // the last one first to come back
};

} // namespace timbre::ui
