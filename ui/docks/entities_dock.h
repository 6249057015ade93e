#pragma once

// Addresses with their risk; for the chosen one what it showed (fingerprints, hashes of tokens, patterns) and with whom
// it shares something. Lists are put together from all signals on threads of their own: the window never waits.

#include "engine/pipeline/newest_job.h"
#include "engine/trends/entity_view.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/plots/correlation_graph.h"

class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace timbre::ui {

class EntitiesModel;
class EvidenceDrawer;
struct EvidenceHead;
class TwinFrame;

class EntitiesDock : public Dock {
    Q_OBJECT

public:
    EntitiesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] EvidenceDrawer& drawer() { return *m_drawer; }
    [[nodiscard]] QTextBrowser& facts() { return *m_facts; }
    [[nodiscard]] CorrelationGraph& graph() { return *m_graph; }
    [[nodiscard]] TwinFrame& graphFrame() { return *m_graphFrame; }

signals:
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    using Result = std::shared_ptr<const trends::TrendsResult>;
    struct Chosen {
        Result result;
        StringId entity = 0;
    };
    struct Facts {
        std::vector<trends::EntityValue> values;
        std::vector<trends::Correlation> correlations; // with the entity among theirs
        std::uint64_t signalsLeftOut = 0;
    };

    void refresh();
    void listArrived(const Result& result, std::vector<trends::EntitySummary> rows);
    void askForFacts();
    void showFacts(const Facts& facts);
    [[nodiscard]] std::vector<CorrelationGraph::Neighbour> neighboursOf(const Facts& facts, StringId entity) const;
    [[nodiscard]] QString valueRows(const trends::EntitySummary& entity, const Facts& facts) const;
    void choose(const QString& entity);
    void filterFor(const QString& term);
    void makeTable();
    QWidget* makeGraph();
    EvidenceDrawer* makeDrawer();
    bool selectFlows();
    [[nodiscard]] EvidenceHead headOf(const trends::EntitySummary& entity) const;
    void showGraph(const QString& centre, std::vector<CorrelationGraph::Neighbour> neighbours);
    [[nodiscard]] int currentRow() const;

    EngineBridge& m_bridge;
    EntitiesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    EvidenceDrawer* m_drawer = nullptr;
    QTextBrowser* m_facts = nullptr;
    CorrelationGraph* m_graph = nullptr;
    TwinFrame* m_graphFrame = nullptr;
    Result m_asked;                 // of the list that is shown or on its way
    std::uint64_t m_listNumber = 0; // of the newest question
    std::uint64_t m_factsNumber = 0;
    // Last: they end before anything they answer to is gone.
    std::unique_ptr<pipeline::NewestJob<Result>> m_listJob;
    std::unique_ptr<pipeline::NewestJob<Chosen>> m_factsJob;
};

} // namespace timbre::ui
