#pragma once

// The line at the bottom of the window: what is open, in which zone times are, how much was read and lost, and while a
// capture is read the progress in words. Each figure leads to the dock that explains it.

#include "ui/bridge/engine_bridge.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace timbre::ui {

class Footer : public QWidget {
    Q_OBJECT

public:
    Footer(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);

    /// A short sentence, shown for a few seconds.
    void say(const QString& text);

signals:
    void capturesRequested();
    void flowsRequested();
    void healthRequested();
    void zoneRequested();
    void cancelRequested();

private:
    void refresh();
    void showTable(const pipeline::CaptureSnapshot* snapshot);
    void showLosses(const pipeline::CaptureSnapshot* snapshot);
    QToolButton* addItem(const QString& toolTip);

    EngineBridge& m_bridge;
    Focus& m_focus;
    Theme& m_theme;
    QToolButton* m_source = nullptr;
    QToolButton* m_zone = nullptr;
    QToolButton* m_packets = nullptr;
    QToolButton* m_flows = nullptr;
    QToolButton* m_memory = nullptr;
    QToolButton* m_evicted = nullptr;
    QToolButton* m_unmatched = nullptr;
    QToolButton* m_losses = nullptr;
    QToolButton* m_health = nullptr;
    QToolButton* m_store = nullptr;
    QLabel* m_words = nullptr;
    QPushButton* m_cancel = nullptr;
    QString m_said;
    QTimer m_saidTimer;
};

/// "12.4 of 98.1 MB · 1 204 331 packets · 214 MB/s · 3 s left"
[[nodiscard]] QString progressText(const pipeline::CaptureSnapshot& snapshot);

} // namespace timbre::ui
