#pragma once

// The strip across the bottom: the whole capture over time. Its brush is the window's one time range.

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/flow_query_bridge.h"
#include "ui/docks/dock.h"

class QStackedWidget;

namespace timbre::ui {

class OverviewPlot;

class OverviewDock : public Dock {
    Q_OBJECT

public:
    OverviewDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);

    QWidget* focusTarget() override;
    [[nodiscard]] OverviewPlot& plot() { return *m_plot; }
    /// The strip shows the life of the selected flows alone; 0 on the strip shows everything again.
    void lookAtSelection();

signals:
    /// A note about the time range is to be written.
    void noteWanted();
    /// Something the analyst asked for did not work; a sentence for the message bar.
    void problemArose(const QString& sentence);
    /// A short sentence for the footer.
    void said(const QString& text);

protected:
    void focusChanged(FocusParts parts) override;

private:
    void showCapture();
    void showLives();
    void showNotes();
    void showZone();
    void selectFlowsIn(const TimeRange& stretch);

    EngineBridge& m_bridge;
    FlowQueryBridge* m_query = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    OverviewPlot* m_plot = nullptr;
};

} // namespace timbre::ui
