#pragma once

// The filter as chips, one for each top-level `and` term, in a line below the filter bar. A chip can be negated,
// switched off, removed, copied and dragged out as text; whatever is done to it is done to the filter's text, and the
// text is what is kept, so chips and text are always the same thing and undo works on both. GUI thread only.

#include "engine/query/terms.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>

class QMenu;
class QToolButton;

namespace timbre::ui {

/// One term. Click, Space, Enter or the menu key open its menu; Delete removes, ! negates, - switches off and on again,
/// P pins: a pinned term stays when another filter is chosen.
class FilterChip : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(const Theme& theme, QWidget* parent);

    void setTerm(const query::Term& term, bool pinned);
    [[nodiscard]] bool pinned() const { return m_pinned; }
    [[nodiscard]] const query::Term& term() const { return m_term; }
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void changeWanted(timbre::query::TermChange change);
    void pinWanted(bool pinned);
    /// To the neighbour at the left (-1) or right (1).
    void neighbourWanted(int direction);
    void escaped();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showMenu();
    void copy() const;
    [[nodiscard]] QRect closeBox() const;
    [[nodiscard]] int pinWidth() const;
    [[nodiscard]] QString shownText() const;

    const Theme& m_theme;
    query::Term m_term;
    bool m_pinned = false;
    QPoint m_pressed;
};

class FilterChips : public QWidget {
    Q_OBJECT

public:
    FilterChips(Focus& focus, Theme& theme, QWidget* parent);

    /// Every chip, those behind "+ n" included.
    [[nodiscard]] std::vector<FilterChip*> chips() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Escape in a chip: the keyboard goes back to the line.
    void left();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void place();
    void change(std::size_t term, query::TermChange change);
    void pin(std::size_t term, bool pinned);
    void showRest();
    FilterChip* makeChip(std::size_t index);

    Focus& m_focus;
    Theme& m_theme;
    std::vector<FilterChip*> m_chips; // reused; those from m_count on are hidden
    std::size_t m_count = 0;
    std::size_t m_placed = 0;
    QToolButton* m_rest = nullptr;
};

} // namespace timbre::ui
