#pragma once

// The words about one flow: title, facts, a table of both sides, the TCP history and the state path. Values can be
// selected and copied; the menu on a fact makes a filter of it.

#include "ui/plots/flow_facts.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace timbre::ui {

class StatePath;

class FlowFactsView : public QWidget {
    Q_OBJECT

public:
    FlowFactsView(Focus& focus, Theme& theme, QWidget* parent = nullptr);

    void showFlow(const flow::FlowSnapshot& flows, const flow::FlowRecord& record);

    /// What stands beside this name; empty when it is not shown.
    [[nodiscard]] QString valueOf(const QString& name) const;
    [[nodiscard]] StatePath& statePathView() { return *m_statePath; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString history() const;
    [[nodiscard]] QToolButton& outerFlowButton() { return *m_outer; }

signals:
    /// The link to the flow that carries this one.
    void flowChosen(quint32 flow);

private:
    struct Line {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
        QLabel* second = nullptr; // of the responder; only in the table of sides
    };

    void fillFacts(const std::vector<Fact>& facts);
    void fillSides(const std::vector<SideFact>& facts);
    Line& line(std::vector<Line>& lines, std::size_t index, QGridLayout& grid, bool sides);
    QLabel* makeLabel(bool selectable);
    void showMenu(const QLabel& label, const QPoint& position);
    void restyle();

    Focus& m_focus;
    Theme& m_theme;
    QLabel* m_title = nullptr;
    QLabel* m_kind = nullptr;
    QToolButton* m_outer = nullptr;
    quint32 m_outerFlow = flow::kNoFlow;
    QGridLayout* m_factGrid = nullptr;
    QGridLayout* m_sideGrid = nullptr;
    QLabel* m_upHead = nullptr;
    QLabel* m_downHead = nullptr;
    std::vector<Line> m_facts;
    std::vector<Line> m_sides;
    QWidget* m_tcp = nullptr;
    QLabel* m_letters = nullptr;
    QLabel* m_letterWords = nullptr;
    StatePath* m_statePath = nullptr;
};

} // namespace timbre::ui
