#pragma once

// What stands above the docks: Open, the filter bar, the time range, a thin line of progress, and the message bar. One
// widget, so that it always spans the window.

#include "ui/bridge/engine_bridge.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

#include <vector>

class QAction;
class QTabBar;
class QHBoxLayout;
class QToolButton;

namespace timbre::ui {

class FilterBar;
class FilterChips;
class MessageBar;

/// Two pixels that fill from left to right. Its height stays when it is empty, so that nothing moves.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    ProgressLine(const Theme& theme, QWidget* parent);
    /// 0 … 1, or negative for none.
    void setShare(double share);
    [[nodiscard]] double share() const { return m_share; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    double m_share = -1.0;
};

class TopBar : public QWidget {
    Q_OBJECT

public:
    TopBar(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);

    /// Requires: once, before the window is shown.
    void setOpenAction(QAction* open);
    /// Behind Open. Requires: once, before the window is shown. Actions that are not visible take no room.
    void addActionsBehindOpen(const std::vector<QAction*>& actions);
    void showArrangement(Arrangement arrangement);
    [[nodiscard]] FilterBar& filterBar() { return *m_filter; }
    [[nodiscard]] FilterChips& chips() { return *m_chips; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }
    [[nodiscard]] ProgressLine& progress() { return *m_progress; }

private:
    [[nodiscard]] QTabBar* makeArrangements();
    void refresh();

    EngineBridge& m_bridge;
    Focus& m_focus;
    Theme& m_theme;
    QHBoxLayout* m_line = nullptr;
    QToolButton* m_open = nullptr;
    FilterBar* m_filter = nullptr;
    FilterChips* m_chips = nullptr;
    QToolButton* m_range = nullptr;
    QTabBar* m_arrangements = nullptr;
    ProgressLine* m_progress = nullptr;
    MessageBar* m_messages = nullptr;
};

} // namespace timbre::ui
