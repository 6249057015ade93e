#include "ui/docks/entities_dock.h"

#include "engine/trends/entity_view.h"
#include "ui/docks/table_actions.h"
#include "ui/models/entities_model.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/plots/correlation_graph.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QUrl>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextBrowser>

#include <algorithm>
#include <map>

namespace timbre::ui {

namespace {

using Column = EntitiesModel::Column;
constexpr int kValuesPerType = 6;
constexpr int kHashDigits = 16; // of a token's hash: enough to tell them apart

/// Hashes as their first digits; everything else as it is.
QString valueText(trends::SignalType type, std::string_view value)
{
    const QString text = toQString(value);
    const bool hash = trends::isTokenHash(type) || trends::categoryOf(type) == trends::Category::Device;
    return hash && text.size() > kHashDigits
               ? text.left(kHashDigits + text.indexOf(QLatin1Char(':')) + 1) + QStringLiteral("…")
               : text;
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
    auto* splitter = new QSplitter(Qt::Vertical, m_pages);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_table = new QTableView(splitter);
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
    new TableActions(*m_table, m_bridge, *this, focus, theme, [this](const QModelIndex& at) {
        const trends::EntitySummary& entity = m_model->row(m_sorted->mapToSource(at).row());
        return RowMeaning{{QStringLiteral("addr == ") + toQString(m_model->result()->text(entity.entity))}, {}};
    });
    m_facts = new QTextBrowser(splitter);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setOpenLinks(false);
    m_facts->setAccessibleName(tr("What the address showed"));
    m_graph = new CorrelationGraph(theme, splitter);
    splitter->addWidget(m_table);
    splitter->addWidget(m_facts);
    splitter->addWidget(m_graph);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(splitter);
    setWidget(m_pages);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EntitiesDock::showEntity);
    connect(m_table, &QTableView::doubleClicked, this, [this] {
        if (const int row = currentRow(); row >= 0)
            filterFor(toQString(m_model->result()->text(m_model->row(row).entity)));
    });
    connect(m_facts, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { filterFor(link.path()); });
    connect(m_graph, &CorrelationGraph::neighbourChosen, this, &EntitiesDock::choose);
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

/// Putting the list together walks all signals: only done while somebody looks, and while the capture is read only for
/// the first picture.
void EntitiesDock::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    const auto result = snapshot ? snapshot->trends : nullptr;
    m_empty->setText(snapshot ? tr("This capture holds no signals of any address.")
                              : tr("Addresses of the open capture are listed here with their risk."));
    m_pages->setCurrentIndex(result && !result->buckets.empty() ? 1 : 0);
    const bool growing = snapshot && snapshot->phase == pipeline::Phase::Reading && m_shown && result;
    if (!isVisible() || result == m_shown || growing)
        return;
    const int row = currentRow();
    const QString chosen = row < 0 ? QString() : toQString(m_model->result()->text(m_model->row(row).entity));
    m_shown = result;
    m_model->setResult(result);
    choose(chosen);
    if (currentRow() < 0 && m_sorted->rowCount() > 0)
        m_table->selectRow(0);
    showEntity();
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

void EntitiesDock::filterFor(const QString& entity)
{
    focus().replaceFilter(QStringLiteral("addr == %1").arg(entity));
}

void EntitiesDock::showEntity()
{
    const int row = currentRow();
    if (row < 0 || !m_model->result()) {
        m_facts->clear();
        m_graph->setGraph({}, {});
        return;
    }
    const trends::TrendsResult& result = *m_model->result();
    const trends::EntitySummary& entity = m_model->row(row);
    const QString name = toQString(result.text(entity.entity)).toHtmlEscaped();
    QString html = QStringLiteral("<p><b>%1</b> &nbsp; <a href='filter:%1'>%2</a></p><p>%3</p><table>")
                       .arg(name, tr("filter"),
                            tr("Risk %1 from %2 anomalies, %3 left at the last signal.")
                                .arg(entity.risk.points)
                                .arg(entity.risk.anomalies)
                                .arg(trends::riskAt(entity.risk, result.lastMs), 0, 'f', 1));
    int ofType = 0;
    const trends::SignalType* last = nullptr;
    const auto values = trends::valuesOf(result, entity.entity);
    for (const trends::EntityValue& value : values) {
        const bool first = !last || *last != value.type;
        ofType = first ? 1 : ofType + 1;
        last = &value.type;
        if (ofType > kValuesPerType)
            continue;
        html += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td><code>%2</code></td>"
                               "<td align='right' style='padding-left:10px'>%3</td></tr>")
                    .arg(first ? toQString(titleOf(value.type)).toHtmlEscaped() : QString(),
                         valueText(value.type, result.text(value.value)).toHtmlEscaped(), formatCount(value.count));
        if (ofType == kValuesPerType)
            html +=
                QStringLiteral("<tr><td></td><td>%1</td></tr>")
                    .arg(tr("%1 different in all").arg(entity.distinctValues[static_cast<std::size_t>(value.type)]));
    }
    m_facts->setHtml(html + QStringLiteral("</table>"));
    showCorrelations(entity.entity);
}

void EntitiesDock::showCorrelations(StringId entity)
{
    const trends::TrendsResult& result = *m_model->result();
    std::map<StringId, CorrelationGraph::Neighbour> neighbours;
    for (const trends::Correlation& one : trends::correlationsOf(result, std::nullopt, std::nullopt, entity).list)
        for (const StringId other : one.entities) {
            if (other == entity)
                continue;
            CorrelationGraph::Neighbour& neighbour = neighbours[other];
            neighbour.name = toQString(result.text(other));
            neighbour.strength = std::max(neighbour.strength, one.strength);
            const QString why = one.sharedValue.empty() ? toQString(titleOf(one.type))
                                                        : QStringLiteral("%1: %2").arg(toQString(titleOf(one.type)),
                                                                                       toQString(one.sharedValue));
            if (!neighbour.why.contains(why))
                neighbour.why += (neighbour.why.isEmpty() ? QString() : QStringLiteral("\n")) + why;
        }
    std::vector<CorrelationGraph::Neighbour> list;
    for (auto& [id, neighbour] : neighbours)
        list.push_back(std::move(neighbour));
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.strength > b.strength; });
    m_graph->setGraph(toQString(result.text(entity)), std::move(list));
}

} // namespace timbre::ui
