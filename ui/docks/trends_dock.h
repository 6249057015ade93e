#pragma once

// What changes: signals over time as stacked bars, and the types with their counts and changes. A drag is the window's
// time range; a click on a bar lists its signals and selects the flows behind them.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

#include <QtCore/QTimer>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace timbre::ui {

class SignalsModel;
class TrendsPlot;
class TrendTypesModel;

class TrendsDock : public Dock {
    Q_OBJECT

public:
    /// Signals of one bar that are listed; the flows of all of them are selected.
    static constexpr std::size_t kMaxListed = 10'000;

    TrendsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] TrendsPlot& plot() { return *m_plot; }
    [[nodiscard]] QTableView& types() { return *m_table; }
    [[nodiscard]] QTableView& signalTable() { return *m_signalTable; }
    [[nodiscard]] QComboBox& resolution() { return *m_resolution; }
    [[nodiscard]] QComboBox& grouping() { return *m_grouping; }

signals:
    void said(const QString& text);
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;

private:
    QWidget* makeHead();
    QWidget* makeLists();
    QWidget* makeTypes();
    QWidget* makeSignals();
    void snapshotChanged();
    void refresh();
    void refreshPlot();
    void refreshTypes();
    void listSignalsIn(const TimeRange& stretch);
    void selectFlowsOfRows();
    [[nodiscard]] std::vector<std::uint32_t> flowsWith(trends::SignalType type) const; // in the time range
    [[nodiscard]] std::optional<trends::SignalType> chosenType() const;

    EngineBridge& m_bridge;
    QTimer m_pace; // until the next look at a capture that grows
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QComboBox* m_resolution = nullptr;
    QComboBox* m_grouping = nullptr;
    QLabel* m_readout = nullptr;
    TrendsPlot* m_plot = nullptr;
    TrendTypesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QTableView* m_table = nullptr;
    QTabWidget* m_lists = nullptr;
    SignalsModel* m_signals = nullptr;
    QSortFilterProxyModel* m_sortedSignals = nullptr;
    QTableView* m_signalTable = nullptr;
    QLabel* m_signalNote = nullptr;
    std::shared_ptr<const trends::TrendsResult> m_result;
};

} // namespace timbre::ui
