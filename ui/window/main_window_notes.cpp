// Notes in the window: the dock, its keys, the flags in the overview, and the docks whose things can be noted.

#include "ui/docks/anomalies_dock.h"
#include "ui/docks/masks_dock.h"
#include "ui/docks/notes_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/recorder_dock.h"
#include "ui/window/main_window.h"

#include <QtWidgets/QMenu>

namespace timbre::ui {

void MainWindow::makeNotes()
{
    m_notes = new NotesDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_notes);
    connect(m_notes, &NotesDock::problemArose, this, &MainWindow::warn);
    connect(m_notes, &NotesDock::said, this, &MainWindow::say);
    connect(m_notes, &NotesDock::objectWanted, this, &MainWindow::showNoted);
    connect(m_overview, &OverviewDock::noteWanted, m_notes, &NotesDock::writeRangeNote);
}

/// From a note to the thing it is about.
void MainWindow::showNoted(store::NoteSubject subject, const QString& object)
{
    const auto show = [&](auto* dock) {
        dock->bringToFront();
        if (!dock->select(object))
            say(tr("What this note is about is no longer there"));
    };
    if (subject == store::NoteSubject::Recording)
        show(m_recorder);
    else if (subject == store::NoteSubject::Mask)
        show(m_masks);
    else if (subject == store::NoteSubject::Anomaly)
        show(m_anomalies);
}

void MainWindow::addNoteActions(QMenu& edit)
{
    QAction* note = edit.addAction(tr("&Note…"), m_notes, &NotesDock::writeNote);
    note->setShortcut(QKeySequence(Qt::Key_N));
    m_icons.emplace_back(note, QStringLiteral("note"));
    QAction* bookmark = edit.addAction(tr("&Bookmark"), m_notes, &NotesDock::toggleBookmark);
    bookmark->setShortcut(QKeySequence(Qt::Key_B));
    m_icons.emplace_back(bookmark, QStringLiteral("bookmark"));
    for (Dock* dock : m_docks.all()) { // their context menus; the keys ask Dock::noteChoice()
        connect(dock, &Dock::noteAboutWanted, m_notes, &NotesDock::writeNoteAbout);
        connect(dock, &Dock::bookmarkOnWanted, m_notes, &NotesDock::toggleBookmarkOn);
    }
}

} // namespace timbre::ui
