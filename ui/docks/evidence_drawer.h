#pragma once

// Why a thing was judged as it was: the same drawer in every dock that judges. Above, what is judged, the verdict as a
// shape and a word, how sure it is, and how many reasons speak for and against; in the middle what only that dock
// knows; below, the ways to the flows and packets behind it. E closes and opens it, Esc in it goes back to the list.
// EvidenceSplit puts it beside the list where there is room, else below. GUI thread only.

#include "ui/docks/dock.h"

#include <QtWidgets/QSplitter>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace timbre::ui {

class ViewKeys;

struct EvidenceHead {
    QString subject;              // what is judged
    Role state = Role::Unknown;   // gives the shape
    QString verdict = {};         // the word that goes with it; empty: nothing is judged yet
    QString sureness = {};        // "confidence 93 %", or what is missing for one
    std::size_t speakFor = 0;     // reasons
    std::size_t speakAgainst = 0; // both 0: they are not counted
};

class EvidenceDrawer : public QWidget {
    Q_OBJECT

public:
    /// `list`: what the subject is chosen in; it has the keyboard when the drawer closes. Takes `content` over. Whether
    /// the drawer is open is kept in the settings, by dock.
    EvidenceDrawer(Dock& dock, Theme& theme, QWidget& list, QWidget& content);

    void setHead(const EvidenceHead& head);
    [[nodiscard]] const EvidenceHead& head() const { return m_head; }
    /// What the buttons lead to; false switches them off.
    void setWays(bool flows, bool packets);
    /// Another button beside them.
    QPushButton& addButton(const QString& text, const QString& toolTip);

    /// For menus; its key is E in the whole dock.
    [[nodiscard]] QAction& toggleAction() { return *m_toggle; }
    [[nodiscard]] bool open() const;
    void setOpen(bool open);

signals:
    void flowsWanted();
    void packetsWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeFoot();
    void restyle();

    Dock& m_dock;
    Theme& m_theme;
    QWidget& m_list;
    EvidenceHead m_head;
    ViewKeys* m_keys = nullptr;
    QAction* m_toggle = nullptr;
    QLabel* m_shape = nullptr;
    QLabel* m_subject = nullptr;
    QLabel* m_verdict = nullptr;
    QLabel* m_sureness = nullptr;
    QToolButton* m_close = nullptr;
    QHBoxLayout* m_buttons = nullptr;
    QPushButton* m_flows = nullptr;
    QPushButton* m_packets = nullptr;
};

/// A list and its drawer: side by side in a wide dock, one below the other in a narrow one. Each way keeps its sizes.
class EvidenceSplit : public QSplitter {
    Q_OBJECT

public:
    EvidenceSplit(QWidget& list, EvidenceDrawer& drawer);
    /// As small as the larger one of the two: it turns before they get too little. It must not depend on how they lie:
    /// a dock behind a tab has an old size, and holds its neighbours up with it.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] Qt::Orientation wayFor(QSize size) const;
    void share(Qt::Orientation way);
    void turn(Qt::Orientation way);

    std::array<QList<int>, 2> m_sizes; // as they were left, beside and below
};

} // namespace timbre::ui
