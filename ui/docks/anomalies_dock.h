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
class EvidenceDrawer;
class ShownAnomalies;
struct EvidenceHead;
struct RowMeaning;

class AnomaliesDock : public Dock {
    Q_OBJECT

public:
    AnomaliesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] ShownAnomalies& shown() { return *m_shown; }
    [[nodiscard]] EvidenceDrawer& drawer() { return *m_drawer; }
    [[nodiscard]] QTextBrowser& evidence() { return *m_evidence; }
    /// The next row, or with −1 the one before, with the dock in front; from no row the first or last one.
    void goTo(int step);
    /// Hides by a rule; a line offers to undo it until the next capture.
    void suppressBy(const trends::Suppression& rule);
    void undoSuppress();
    /// Goes to the anomaly that a note is about; false when it is not in the list.
    bool select(const QString& object);
    [[nodiscard]] std::optional<NoteChoice> noteChoice() const override;

signals:
    void flowsRequested();
    void packetsRequested();
    /// Moments of the anomalies that are shown, for the overview.
    void marksChanged(const std::vector<timbre::Timestamp>& moments);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    EvidenceDrawer* makeDrawer();
    QWidget* makeList();
    QWidget* makeUndoLine();
    void refresh();
    void showEvidence();
    void selectFlows();
    void selectPackets();
    void suppress();
    void showSuppressions();
    void updateCounts();
    [[nodiscard]] RowMeaning meaningOf(const QModelIndex& index) const;
    [[nodiscard]] static EvidenceHead headOf(const trends::Anomaly& anomaly);
    [[nodiscard]] int currentRow() const; // of the model; -1: none
    /// By what notes know it again: its kind, its moment and its addresses, which another analysis finds the same.
    [[nodiscard]] QString objectOf(int row) const;

    EngineBridge& m_bridge;
    AnomaliesModel* m_model = nullptr;
    ShownAnomalies* m_shown = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    EvidenceDrawer* m_drawer = nullptr;
    QTextBrowser* m_evidence = nullptr;
    QLabel* m_hidden = nullptr;
    QPushButton* m_suppress = nullptr;
    QPushButton* m_rules = nullptr;
    QToolButton* m_showHidden = nullptr;
    QWidget* m_undoLine = nullptr;
    QLabel* m_undoText = nullptr;
    trends::Suppression m_lastRule; // what undo takes back
    CaptureId m_shownCapture = 0;
};

} // namespace timbre::ui
