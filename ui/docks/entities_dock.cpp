#include "ui/docks/entities_dock.h"

#include "engine/trends/entity_view.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/table_actions.h"
#include "ui/models/entities_model.h"
#include "ui/models/format.h"
#include "ui/models/signals_model.h"
#include "ui/models/table_setup.h"
#include "ui/models/trend_texts.h"
#include "ui/plots/correlation_graph.h"
#include "ui/plots/twin_frame.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QUrl>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextBrowser>

#include <algorithm>
#include <map>
#include <span>

namespace timbre::ui {

namespace {

using Column = EntitiesModel::Column;
constexpr int kValuesPerType = 6;
constexpr std::size_t kNeighboursListed = 24; // laying out thousands would hold the window

QString link(const QString& scheme, const QString& target, const QString& words)
{
    return QStringLiteral("<a href='%1:%2'>%3</a>")
        .arg(scheme, QString::fromLatin1(QUrl::toPercentEncoding(target)), words.toHtmlEscaped());
}

QString filterLink(const QString& term, const QString& words)
{
    return link(QStringLiteral("filter"), term, words);
}

QString neighbourRows(const std::vector<CorrelationGraph::Neighbour>& neighbours)
{
    QString html;
    const std::size_t listed = std::min(neighbours.size(), kNeighboursListed);
    for (const CorrelationGraph::Neighbour& one : std::span(neighbours).first(listed))
        html += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td>%2</td>"
                               "<td align='right' style='padding-left:10px'>%3 %</td></tr>")
                    .arg(link(QStringLiteral("address"), one.name, one.name),
                         one.why.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br/>")))
                    .arg(qRound(one.strength * 100));
    return html;
}

} // namespace

EntitiesDock::EntitiesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("entities"), tr("Entities"), QStringLiteral("entities"), 0, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new EntitiesModel(focus, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
{
    makeTable();
    m_drawer = makeDrawer();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(new EvidenceSplit(*m_table, *m_drawer));
    setWidget(m_pages);
    m_listJob = std::make_unique<pipeline::NewestJob<Result>>(
        "timbre-entities", [this](std::uint64_t number, const Result& result, const std::stop_token&) {
            auto rows = std::make_shared<std::vector<trends::EntitySummary>>(trends::entitiesOf(*result));
            QMetaObject::invokeMethod(this, [this, number, result, rows] {
                if (number == m_listNumber)
                    listArrived(result, std::move(*rows));
            });
        });
    m_factsJob = std::make_unique<pipeline::NewestJob<Chosen>>(
        "timbre-entity", [this](std::uint64_t number, const Chosen& chosen, const std::stop_token&) {
            auto facts = std::make_shared<Facts>();
            facts->values = trends::valuesOf(*chosen.result, chosen.entity);
            auto found = trends::correlationsOf(*chosen.result, std::nullopt, std::nullopt, chosen.entity);
            facts->correlations = std::move(found.list);
            facts->signalsLeftOut = found.signalsLeftOut;
            QMetaObject::invokeMethod(this, [this, number, facts] {
                if (number == m_factsNumber)
                    showFacts(*facts);
            });
        });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EntitiesDock::askForFacts);
    connect(m_facts, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const QString path = link.path(QUrl::FullyDecoded);
        link.scheme() == QLatin1String("address") ? choose(path) : filterFor(path);
    });
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            refresh();
    });
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible)
            refresh();
    });
    refresh();
}

EvidenceDrawer* EntitiesDock::makeDrawer()
{
    m_facts = new QTextBrowser;
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setOpenLinks(false);
    m_facts->document()->setDocumentMargin(0);
    m_facts->setAccessibleName(tr("What the address showed"));
    auto* content = new QSplitter(Qt::Vertical, m_pages);
    content->setChildrenCollapsible(false);
    content->addWidget(m_facts);
    content->addWidget(makeGraph());
    auto* drawer = new EvidenceDrawer(*this, theme(), *m_table, *content);
    connect(drawer, &EvidenceDrawer::flowsWanted, this, [this] {
        if (selectFlows())
            emit flowsWanted();
    });
    connect(drawer, &EvidenceDrawer::packetsWanted, this, [this] {
        if (selectFlows())
            emit packetsWanted();
    });
    return drawer;
}

/// Those of the chosen address; false when none is left in the list.
bool EntitiesDock::selectFlows()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    const auto address = IpAddress::parse(m_drawer->head().subject.toStdString());
    std::vector<std::uint32_t> flows;
    for (std::uint32_t i = 0; capture && address && i < capture->flows->size(); ++i) {
        const flow::FlowRecord& record = (*capture->flows)[i];
        if (record.address(flow::Side::Initiator) == *address || record.address(flow::Side::Responder) == *address)
            flows.push_back(i);
    }
    if (flows.empty()) {
        emit problemArose(tr("No flow of this address is in the list: the list of flows has a limit."));
        return false;
    }
    const std::uint32_t first = flows.front();
    focus().setSelection(std::move(flows), first);
    return true;
}

QWidget* EntitiesDock::makeGraph()
{
    m_graph = new CorrelationGraph(theme());
    m_graphFrame = new TwinFrame(tr("Addresses that share something"), theme(), *m_graph, m_pages);
    m_graphFrame->setTableMaker([this] { return m_graph->table(); });
    connect(m_graph, &CorrelationGraph::neighbourChosen, this, &EntitiesDock::choose);
    connect(&m_graphFrame->table(), &QTableView::activated, this,
            [this](const QModelIndex& at) { m_graph->choose(at.row()); });
    connect(m_graphFrame, &TwinFrame::pictureFailed, this, &EntitiesDock::problemArose);
    return m_graphFrame;
}

void EntitiesDock::makeTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_table = new QTableView(this);
    setUpTable(*m_table);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(Column::Risk), Qt::DescendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Addresses"));
    QHeaderView* header = m_table->horizontalHeader();
    header->resizeSection(static_cast<int>(Column::Entity), 128);
    for (const Column column : {Column::Risk, Column::Now, Column::Anomalies, Column::Signals})
        header->resizeSection(static_cast<int>(column), 56);
    header->setStretchLastSection(true);
    keepColumns(*m_table, QStringLiteral("entities"));
    const auto termOf = [this](const QModelIndex& at) {
        const trends::EntitySummary& entity = m_model->row(m_sorted->mapToSource(at).row());
        return signalFilter(trends::SignalType::Ip, m_model->result()->text(entity.entity));
    };
    auto* actions = new TableActions(*m_table, m_bridge, *this, focus(), theme(), [termOf](const QModelIndex& at) {
        return RowMeaning{{termOf(at)}, {}};
    });
    actions->setMore([this](QMenu& menu, const QModelIndex&) { menu.addAction(&m_drawer->toggleAction()); });
    actions->setOpen(tr("Filter by the address"), [this, termOf](const QModelIndex& at) { filterFor(termOf(at)); });
}

QWidget* EntitiesDock::focusTarget()
{
    return m_pages->currentIndex() == 0 ? static_cast<QWidget*>(m_empty) : m_table;
}

void EntitiesDock::focusChanged(FocusParts parts)
{
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Zone))
        refresh();
}

void EntitiesDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

/// Only done while somebody looks, and while the capture is read only for the first picture.
void EntitiesDock::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    const Result result =
        snapshot && snapshot->trends && !snapshot->trends->buckets.empty() ? snapshot->trends : nullptr;
    m_empty->setText(snapshot ? tr("This capture holds no signals of any address.")
                              : tr("Addresses of the open capture are listed here with their risk."));
    m_pages->setCurrentIndex(result ? 1 : 0);
    const bool growing =
        snapshot && snapshot->phase == pipeline::Phase::Reading && m_asked && result && m_asked->names == result->names;
    if (!isVisible() || result == m_asked || growing)
        return;
    m_asked = result;
    if (result) {
        m_listNumber = m_listJob->start(result);
    } else {
        m_listJob->cancel();
        m_listNumber = 0;
        listArrived(nullptr, {});
    }
}

void EntitiesDock::listArrived(const Result& result, std::vector<trends::EntitySummary> rows)
{
    const int row = currentRow();
    const QString chosen = row < 0 ? QString() : toQString(m_model->result()->text(m_model->row(row).entity));
    m_model->setResult(result, std::move(rows));
    choose(chosen);
    if (currentRow() < 0 && m_sorted->rowCount() > 0)
        m_table->selectRow(0);
    askForFacts();
}

int EntitiesDock::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_sorted->mapToSource(current).row() : -1;
}

void EntitiesDock::choose(const QString& entity)
{
    const int row = m_model->rowOf(entity);
    if (row < 0)
        return;
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void EntitiesDock::filterFor(const QString& term)
{
    focus().replaceFilter(term);
}

void EntitiesDock::askForFacts()
{
    const int row = currentRow();
    m_factsNumber = 0; // an answer that is on its way is about another address
    if (row < 0 || !m_asked || m_model->result() != m_asked.get()) {
        m_factsJob->cancel();
        m_facts->clear();
        m_drawer->setHead({.subject = tr("Choose an address to see what it showed.")});
        m_drawer->setWays(false, false);
        showGraph({}, {});
        return;
    }
    m_factsNumber = m_factsJob->start({m_asked, m_model->row(row).entity});
}

EvidenceHead EntitiesDock::headOf(const trends::EntitySummary& entity) const
{
    const trends::TrendsResult& result = *m_model->result();
    const bool atRisk = entity.risk.points > 0;
    return {.subject = toQString(result.text(entity.entity)),
            .state = atRisk ? Role::Watch : Role::Unknown,
            .verdict = atRisk ? tr("risk %1").arg(entity.risk.points) : tr("no risk seen"),
            .sureness = atRisk ? tr("from %1, %2 left at the last signal")
                                     .arg(formatCounted(entity.risk.anomalies, tr("1 anomaly"), tr("%1 anomalies")))
                                     .arg(trends::riskAt(entity.risk, result.lastMs), 0, 'f', 1)
                               : QString()};
}

void EntitiesDock::showFacts(const Facts& facts)
{
    const trends::TrendsResult& result = *m_model->result();
    const trends::EntitySummary& entity = m_model->row(currentRow());
    const QString name = toQString(result.text(entity.entity));
    m_drawer->setHead(headOf(entity));
    m_drawer->setWays(true, true);
    QString html =
        QStringLiteral("<p>%1</p><table>")
            .arg(filterLink(signalFilter(trends::SignalType::Ip, name.toStdString()), tr("Filter by the address")));
    html += valueRows(entity, facts) + QStringLiteral("</table>");
    std::vector<CorrelationGraph::Neighbour> neighbours = neighboursOf(facts, entity.entity);
    if (!neighbours.empty())
        html += QStringLiteral("<p>%1</p><table>%2</table>").arg(tr("Shares with others:"), neighbourRows(neighbours));
    if (neighbours.size() > kNeighboursListed)
        html += QStringLiteral("<p>%1</p>")
                    .arg(tr("and %1 more: the table of the graph lists all.")
                             .arg(formatCount(neighbours.size() - kNeighboursListed)));
    if (facts.signalsLeftOut > 0)
        html +=
            QStringLiteral("<p>%1</p>")
                .arg(tr("Only the newest signals were compared with those of other addresses; %1 older ones were not.")
                         .arg(formatCount(facts.signalsLeftOut)));
    m_facts->setHtml(html);
    showGraph(name, std::move(neighbours));
}

void EntitiesDock::showGraph(const QString& centre, std::vector<CorrelationGraph::Neighbour> neighbours)
{
    m_graph->setGraph(centre, std::move(neighbours));
    m_graphFrame->tableChanged();
}

/// Values by type, the most frequent first; each that flows can be found by is a link.
QString EntitiesDock::valueRows(const trends::EntitySummary& entity, const Facts& facts) const
{
    QString html;
    int ofType = 0;
    const trends::SignalType* last = nullptr;
    for (const trends::EntityValue& value : facts.values) {
        const bool first = !last || *last != value.type;
        ofType = first ? 1 : ofType + 1;
        last = &value.type;
        const std::string_view text = m_model->result()->text(value.value);
        if (ofType > kValuesPerType)
            continue;
        const QString term = signalFilter(value.type, text);
        const QString words = signalValueText(value.type, text);
        html += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td><code>%2</code></td>"
                               "<td align='right' style='padding-left:10px'>%3</td></tr>")
                    .arg(first ? titleText(value.type).toHtmlEscaped() : QString(),
                         term.isEmpty() ? words.toHtmlEscaped() : filterLink(term, words), formatCount(value.count));
        if (ofType == kValuesPerType)
            html +=
                QStringLiteral("<tr><td></td><td>%1</td></tr>")
                    .arg(tr("%1 different in all").arg(entity.distinctValues[static_cast<std::size_t>(value.type)]));
    }
    return html;
}

/// The strongest first.
std::vector<CorrelationGraph::Neighbour> EntitiesDock::neighboursOf(const Facts& facts, StringId entity) const
{
    const trends::TrendsResult& result = *m_model->result();
    std::map<StringId, CorrelationGraph::Neighbour> neighbours;
    for (const trends::Correlation& one : facts.correlations) {
        const QString why = one.sharedValue.empty()
                                ? titleText(one.type)
                                : QStringLiteral("%1: %2").arg(titleText(one.type), toQString(one.sharedValue));
        for (const StringId other : one.entities) {
            if (other == entity)
                continue;
            CorrelationGraph::Neighbour& neighbour = neighbours[other];
            neighbour.name = toQString(result.text(other));
            neighbour.strength = std::max(neighbour.strength, one.strength);
            if (!neighbour.why.contains(why))
                neighbour.why += (neighbour.why.isEmpty() ? QString() : QStringLiteral("\n")) + why;
        }
    }
    std::vector<CorrelationGraph::Neighbour> list;
    for (auto& [id, neighbour] : neighbours)
        list.push_back(std::move(neighbour));
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.strength > b.strength; });
    return list;
}

} // namespace timbre::ui
