#pragma once

// Damage, caps that bit and packets without a flow, for the current capture. Nothing is dropped silently: what is not
// in the flow list is counted here.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QStackedWidget;
class QTableView;

namespace timbre::ui {

class HealthModel;

class HealthDock : public Dock {
    Q_OBJECT

public:
    HealthDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] QTableView& table() { return *m_table; }

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    void refresh();

    EngineBridge& m_bridge;
    HealthModel* m_model = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace timbre::ui
