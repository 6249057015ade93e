#pragma once

// The case: what the analyst wrote down about the current capture, recordings and masks, and where to find it again.
// Enter goes to what a note is about, F2 edits it, Delete deletes it and offers to take that back. Other docks say by
// Dock::noteChoice() what of theirs a note may be about.

#include "ui/bridge/engine_bridge.h"
#include "ui/dialogs/note_dialog.h"
#include "ui/docks/dock.h"

class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;

namespace timbre::ui {

class NotesModel;
class RowPeek;
class ViewKeys;
struct PeekContent;

class NotesDock : public Dock {
    Q_OBJECT

public:
    static constexpr std::size_t kMaxDeleted = 100; // deletions that can be taken back

    NotesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

    /// Asks for a note about what is selected in the dock that has the keyboard, the current flow, the time range or
    /// the capture.
    void writeNote();
    /// Asks for a note about that and nothing else.
    void writeNoteAbout(const NoteChoice& choice);
    /// The same, with the time range as the likeliest.
    void writeRangeNote();
    /// Marks what writeNote() would offer first, and takes the mark away again.
    void toggleBookmark();
    void toggleBookmarkOn(const NoteChoice& choice);
    void editCurrent();
    void deleteCurrent();
    void undoDelete();
    void goToCurrent();
    [[nodiscard]] NotesModel& model() { return *m_model; }
    [[nodiscard]] QListView& list() { return *m_list; }

signals:
    void problemArose(const QString& sentence);
    void said(const QString& text);
    /// Somebody goes to a thing of another dock's: `object` is its key there.
    void objectWanted(timbre::store::NoteSubject subject, const QString& object);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Deleted {
        CaptureId capture = 0; // the current one then
        store::Note note;
    };

    QWidget* makeBody();
    void makeKeys();
    void moveCurrent(int rows);
    void copyCurrent();
    [[nodiscard]] PeekContent peekContent() const;
    void showPage();
    void showMenu(const QPoint& position);
    void askFor(std::vector<NoteChoice> choices);
    /// Under what the note is kept.
    [[nodiscard]] CaptureId placeOf(const store::Note& note) const;
    bool save(CaptureId place, store::Note note);
    /// What a note can be about now, the likeliest first.
    [[nodiscard]] std::vector<NoteChoice> choices() const;
    [[nodiscard]] const pipeline::ShownNote* current() const;
    [[nodiscard]] std::optional<NoteChoice> choiceOfFocusedDock() const;

    EngineBridge& m_bridge;
    NotesModel* m_model = nullptr;
    QLineEdit* m_search = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QListView* m_list = nullptr;
    RowPeek* m_peek = nullptr;
    ViewKeys* m_keys = nullptr;
    ViewKeys* m_rowKeys = nullptr;
    QWidget* m_undoLine = nullptr;
    QLabel* m_undoText = nullptr;
    std::vector<Deleted> m_deleted; // the last one first to come back
};

} // namespace timbre::ui
