#pragma once

// Every flow of the current capture, live while it is read. The table asks a worker which flows to show and in which
// order. While a capture grows, rows on screen keep their places, whatever becomes of their values: new flows are added
// below where that moves nothing, and wait behind "↑ n new" otherwise. At rest everything takes its place.

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/flow_query_bridge.h"
#include "ui/docks/dock.h"
#include "ui/docks/flows_copy.h"
#include "ui/models/flows_model.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace timbre::ui {

class FlowsColumns;
class FlowsCopier;
class FlowsView;

class FlowsDock : public Dock {
    Q_OBJECT

public:
    /// `startPage` is shown while nothing is open; the dock takes it over.
    FlowsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* startPage, QWidget* parent);
    ~FlowsDock() override;
    QWidget* focusTarget() override;

    [[nodiscard]] FlowsModel& model() { return *m_model; }
    [[nodiscard]] FlowsView& view() { return *m_view; }
    /// What is shown, counted: known when the last question was answered.
    [[nodiscard]] const pipeline::FlowTotals& totals() const { return m_totals; }
    /// For counting values while completing a filter: what the table asks of the worker now.
    [[nodiscard]] std::optional<pipeline::FlowQueryRequest> currentRequest() const;

    void copySelection();
    void copySelectionAs(CopyFormat format);
    void togglePeek();
    void resetColumns();
    void showColumnMenu(const QPoint& globalPosition);
    /// The entries of Copy as, for the flows selected now.
    void addCopyAs(QMenu& menu);

signals:
    void openRequested();
    void packetsRequested();
    /// The flows that fit the filter, or null without one. Not again when only their order changed.
    void filteredFlowsChanged(const timbre::ui::RowList& flows);
    /// A short sentence for the footer.
    void said(const QString& text);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    void captureChanged(CaptureId id);
    void ask();
    void askForNew();
    void takeNew(const pipeline::FlowQueryResult& result);
    void placeNew();
    void takeAnswer(const pipeline::FlowQueryResult& result);
    void tellFiltered(const RowList& rows);
    void showAllByIndex(const SnapshotPtr& snapshot);
    void showPage();
    /// Also sets what the message page says when it is the one.
    [[nodiscard]] int pageNow();
    void showStatus();
    void sortBy(FlowColumn column);
    void showCellMenu(const QPoint& position);
    void copyFilter(const QString& text, const QString& kind);
    [[nodiscard]] std::vector<FlowColumn> visibleColumns() const;
    [[nodiscard]] std::vector<std::uint32_t> selectedInOrder() const;
    [[nodiscard]] bool plainOrder() const;
    [[nodiscard]] bool choosing() const;
    [[nodiscard]] bool growing(const pipeline::CaptureSnapshot& snapshot) const;
    QWidget* makeTablePage();

    EngineBridge& m_bridge;
    FlowsModel* m_model = nullptr;
    FlowQueryBridge* m_query = nullptr;
    FlowsView* m_view = nullptr;
    FlowsColumns* m_columns = nullptr;
    FlowsCopier* m_copier = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_message = nullptr;
    QLabel* m_status = nullptr;
    QToolButton* m_newFlows = nullptr;

    SnapshotPtr m_snapshot; // the newest of the current capture
    pipeline::FlowTotals m_totals;
    QString m_filterTold; // what the last filteredFlowsChanged was about …
    std::optional<TimeRange> m_rangeTold;
    FlowSnapshotPtr m_flowsTold;
    std::size_t m_waiting = 0;   // flows that fit and are not shown yet
    bool m_forNew = false;       // the question under way only wants to know which flows fit by now
    bool m_questionStale = true; // capture, filter, range or order changed since the answer on screen
    bool m_askAgain = false;     // something newer came while a question was under way
    QElapsedTimer m_sinceAsked;
    QTimer m_later;
    static constexpr int kMinAskMs = 300; // between questions that only a growing capture makes
};

} // namespace timbre::ui
