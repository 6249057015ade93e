// Notes in the window: the dock, its keys, and the flags in the overview.

#include "ui/docks/notes_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/window/main_window.h"

#include <QtWidgets/QMenu>

namespace timbre::ui {

void MainWindow::makeNotes()
{
    m_notes = new NotesDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_notes);
    connect(m_notes, &NotesDock::problemArose, this, &MainWindow::warn);
    connect(m_notes, &NotesDock::said, this, &MainWindow::say);
    connect(m_overview, &OverviewDock::noteWanted, m_notes, &NotesDock::writeRangeNote);
}

void MainWindow::addNoteActions(QMenu& edit)
{
    QAction* note = edit.addAction(tr("&Note…"), m_notes, &NotesDock::writeNote);
    note->setShortcut(QKeySequence(Qt::Key_N));
    m_icons.emplace_back(note, QStringLiteral("note"));
    QAction* bookmark = edit.addAction(tr("&Bookmark"), m_notes, &NotesDock::toggleBookmark);
    bookmark->setShortcut(QKeySequence(Qt::Key_B));
    m_icons.emplace_back(bookmark, QStringLiteral("bookmark"));
}

} // namespace timbre::ui
