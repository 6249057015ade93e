#pragma once

// What changes: signals over time as stacked bars, and the types with their counts and changes. A drag is the window's
// time range, a click on a bar selects the flows behind its signals.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace timbre::ui {

class TrendsPlot;
class TrendTypesModel;

class TrendsDock : public Dock {
    Q_OBJECT

public:
    TrendsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] TrendsPlot& plot() { return *m_plot; }
    [[nodiscard]] QTableView& types() { return *m_table; }

signals:
    void said(const QString& text);
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;

private:
    QWidget* makeHead();
    QWidget* makeTypes();
    void refresh();
    void refreshPlot();
    void refreshTypes();
    void selectFlowsIn(const TimeRange& stretch);
    [[nodiscard]] std::vector<std::uint32_t> flowsWith(trends::SignalType type,
                                                       const std::optional<TimeRange>& range) const;
    [[nodiscard]] std::optional<trends::SignalType> chosenType() const;

    EngineBridge& m_bridge;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QComboBox* m_resolution = nullptr;
    QComboBox* m_grouping = nullptr;
    QLabel* m_readout = nullptr;
    TrendsPlot* m_plot = nullptr;
    TrendTypesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QTableView* m_table = nullptr;
    std::shared_ptr<const trends::TrendsResult> m_result;
};

} // namespace timbre::ui
