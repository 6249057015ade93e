#pragma once

// What was found: a list with the evidence of the chosen row beside it, and the ways to the flows and packets behind
// it. Rows can be suppressed by a rule with a reason; what each rule hides is counted, and taking it back is one click.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTextBrowser;
class QToolButton;

namespace timbre::ui {

class AnomaliesModel;
class ShownAnomalies;
struct RowMeaning;

class AnomaliesDock : public Dock {
    Q_OBJECT

public:
    AnomaliesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] ShownAnomalies& shown() { return *m_shown; }
    /// To the next row (1) or the one before (−1).
    void goTo(int step);

signals:
    void flowsRequested();
    void packetsRequested();
    /// Moments of the anomalies that are shown, for the overview.
    void marksChanged(const std::vector<timbre::Timestamp>& moments);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    QWidget* makeEvidence();
    void makeActions();
    void refresh();
    void showEvidence();
    void selectFlows();
    void suppress();
    void showSuppressions();
    void updateCounts();
    [[nodiscard]] RowMeaning meaningOf(const QModelIndex& index) const;
    [[nodiscard]] int currentRow() const; // of the model; -1: none

    EngineBridge& m_bridge;
    AnomaliesModel* m_model = nullptr;
    ShownAnomalies* m_shown = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    QTextBrowser* m_evidence = nullptr;
    QLabel* m_hidden = nullptr;
    QPushButton* m_flows = nullptr;
    QPushButton* m_packets = nullptr;
    QPushButton* m_suppress = nullptr;
    QPushButton* m_rules = nullptr;
    CaptureId m_shownCapture = 0;
};

} // namespace timbre::ui
