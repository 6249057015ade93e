#pragma once

// What the workspace holds: every capture with its size, counts and state. The current one drives all other docks.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QListView;
class QStackedWidget;

namespace timbre::ui {

class CapturesModel;

class CapturesDock : public Dock {
    Q_OBJECT

public:
    CapturesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;

signals:
    /// The empty state's button.
    void openRequested();

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    void showContextMenu(const QPoint& position);
    void showState();
    void chooseCurrent(const QModelIndex& index);

    EngineBridge& m_bridge;
    CapturesModel* m_model = nullptr;
    QStackedWidget* m_pages = nullptr;
    QListView* m_list = nullptr;
};

} // namespace timbre::ui
