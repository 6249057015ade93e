#pragma once

// What every dock of the window is: a QDockWidget with an icon, a number key, a title bar of our own with a pin, and
// the focus as this dock sees it. While pinned, a dock keeps the focus it had and is not told of changes; when released
// it is told that everything changed. Also here: the empty state every view shows instead of nothing.

#include "ui/focus/focus.h"
#include "ui/models/note_choice.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QDockWidget>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace timbre::ui {

struct DockFacts {
    QString id;     // objectName, kept in saved layouts: never rename
    QString title;  // "Flow"
    QString icon;   // name of an own icon
    int number = 0; // key 1 … 9 that brings it to the front; 0: none
    bool canPin = true;
};

class Dock : public QDockWidget {
    Q_OBJECT

public:
    Dock(DockFacts facts, Focus& focus, Theme& theme, QWidget* parent);

    [[nodiscard]] const DockFacts& facts() const { return m_facts; }
    [[nodiscard]] bool pinned() const { return m_pinned.has_value(); }
    void setPinned(bool pinned);
    /// The focus as this dock sees it: the window's, or its own while pinned.
    [[nodiscard]] const FocusState& focusState() const { return m_pinned ? *m_pinned : m_focus.state(); }
    /// Shown, in front of its tab group, raised if floating, with the keyboard in it.
    void bringToFront();
    /// The widget that takes the keyboard when the dock is brought to the front; the dock's widget by default.
    virtual QWidget* focusTarget() { return widget(); }
    /// What a note written while the keyboard is in this dock is about, when that is a thing of the dock's own: a
    /// recording, a mask, an anomaly. Nothing here, and while no such thing is selected.
    [[nodiscard]] virtual std::optional<NoteChoice> noteChoice() const { return std::nullopt; }

signals:
    void pinnedChanged(bool pinned);
    void noteAboutWanted(const timbre::ui::NoteChoice& choice);
    void bookmarkOnWanted(const timbre::ui::NoteChoice& choice);
    /// Show the list of flows, or the packets of the flows that are selected.
    void flowsWanted();
    void packetsWanted();

protected:
    /// Note and Bookmark for what noteChoice() says; nothing when it says nothing.
    void addNoteActions(QMenu& menu);
    /// Called on the GUI thread when the focus changed and the dock is not pinned. Does nothing here.
    virtual void focusChanged(FocusParts parts);
    /// Colours are new. Call Dock::themeChanged() first when overriding.
    virtual void themeChanged();

    [[nodiscard]] Focus& focus() { return m_focus; }
    [[nodiscard]] const Focus& focus() const { return m_focus; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    [[nodiscard]] const Theme& theme() const { return m_theme; }

private:
    QWidget* makeTitleBar();
    void updateTitleBar();

    DockFacts m_facts;
    Focus& m_focus;
    Theme& m_theme;
    std::optional<FocusState> m_pinned;
    QLabel* m_iconLabel = nullptr;
    QLabel* m_titleLabel = nullptr;
    QToolButton* m_pinButton = nullptr;
    QToolButton* m_floatButton = nullptr;
    QToolButton* m_closeButton = nullptr;
};

/// Says what would be here and offers the first step. Put it in a QStackedWidget beside the view.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString& text, QWidget* parent = nullptr);

    void setText(const QString& text);
    /// Shows the button; an empty text hides it.
    void setAction(const QString& text);

signals:
    void actionTriggered();

private:
    QLabel* m_text = nullptr;
    QPushButton* m_button = nullptr;
};

} // namespace timbre::ui
