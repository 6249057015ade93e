#pragma once

// The filter as chips, one for each top-level `and` term, in a line below the filter bar. A chip can be negated,
// switched off, removed, copied and dragged out as text; whatever is done to it is done to the filter's text, and the
// text is what is kept, so chips and text are always the same thing and undo works on both. GUI thread only.

#include "engine/query/terms.h"
#include "ui/focus/focus.h"
#include "ui/keys/view_keys.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>

class QMenu;
class QToolButton;

namespace timbre::ui {

/// One term. Click, Space or the menu key open its menu; its other keys are FilterChips'.
class FilterChip : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(const Theme& theme, QWidget* parent);

    void setTerm(const query::Term& term, bool pinned);
    [[nodiscard]] bool pinned() const { return m_pinned; }
    [[nodiscard]] const query::Term& term() const { return m_term; }
    [[nodiscard]] QSize sizeHint() const override;
    void showMenu();
    void copy() const;

signals:
    void changeWanted(timbre::query::TermChange change);
    void pinWanted(bool pinned);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
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
    bool eventFilter(QObject* watched, QEvent* event) override; // of the chips

private:
    void makeKeys();
    void goTo(std::size_t from, int direction);
    void rebuild();
    void place();
    void change(std::size_t term, query::TermChange change);
    void pin(std::size_t term, bool pinned);
    void showRest();
    FilterChip* makeChip(std::size_t index);

    Focus& m_focus;
    Theme& m_theme;
    ViewKeys* m_keys = nullptr;
    FilterChip* m_pressedIn = nullptr; // that a key is for
    std::vector<FilterChip*> m_chips; // reused; those from m_count on are hidden
    std::size_t m_count = 0;
    std::size_t m_placed = 0;
    QToolButton* m_rest = nullptr;
};

} // namespace timbre::ui
