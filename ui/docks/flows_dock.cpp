#include "ui/docks/flows_dock.h"

#include "ui/docks/flows_columns.h"
#include "ui/docks/flows_view.h"
#include "ui/models/format.h"
#include "ui/models/grown_rows.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

enum Page : int { kStartPage, kMessagePage, kTablePage };

} // namespace

FlowsDock::FlowsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* startPage, QWidget* parent)
    : Dock({QStringLiteral("flows"), tr("Flows"), QStringLiteral("flows"), 1, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new FlowsModel(focus, theme, this))
    , m_query(new FlowQueryBridge(this))
    , m_copier(new FlowsCopier(this))
    , m_pages(new QStackedWidget(this))
    , m_message(new EmptyState({}, m_pages))
{
    auto* start = new QScrollArea(m_pages); // what it holds must not keep the dock from being low
    start->setFrameShape(QFrame::NoFrame);
    start->setWidgetResizable(true);
    start->setFocusProxy(startPage);
    start->setWidget(startPage);
    m_pages->addWidget(start);
    m_pages->addWidget(m_message);
    m_pages->addWidget(makeTablePage());
    setWidget(m_pages);
    m_columns = new FlowsColumns(*m_view, this);
    m_columns->restore();
    focus.startWith(m_columns->entries());
    connect(m_columns, &FlowsColumns::changed, this, [this] { this->focus().setColumns(m_columns->entries()); });
    m_later.setSingleShot(true);

    connect(&m_later, &QTimer::timeout, this, [this] {
        if (m_snapshot)
            captureChanged(m_snapshot->id);
    });
    connect(m_query, &FlowQueryBridge::answered, this, &FlowsDock::takeAnswer);
    connect(&bridge, &EngineBridge::captureChanged, this, &FlowsDock::captureChanged);
    connect(m_view, &FlowsView::sortRequested, this, &FlowsDock::sortBy);
    connect(m_view, &FlowsView::copyRequested, this, &FlowsDock::copySelection);
    connect(m_view, &QWidget::customContextMenuRequested, this, &FlowsDock::showCellMenu);
    connect(m_view, &QAbstractItemView::activated, this, &FlowsDock::packetsRequested);
    QHeaderView* header = m_view->horizontalHeader();
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint& position) { showColumnMenu(header->mapToGlobal(position)); });
    connect(m_copier, &FlowsCopier::copied, this, [this](qsizetype rows) {
        emit said(formatCounted(static_cast<std::uint64_t>(rows), tr("Copied 1 flow"), tr("Copied %1 flows")));
    });
    connect(m_message, &EmptyState::actionTriggered, this, [this] {
        if (m_snapshot && m_snapshot->phase == pipeline::Phase::Failed)
            emit openRequested();
        else
            this->focus().setFilter({}), this->focus().setRange({});
    });
    showPage();
}

FlowsDock::~FlowsDock()
{
    m_columns->save();
}

QWidget* FlowsDock::makeTablePage()
{
    auto* page = new QWidget(m_pages);
    m_view = new FlowsView(*m_model, focus(), theme(), page);
    m_status = new QLabel(page);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setObjectName(QStringLiteral("flowsStatus"));
    m_newFlows = new QToolButton(page);
    m_newFlows->setAutoRaise(true);
    m_newFlows->setObjectName(QStringLiteral("newFlows"));
    m_newFlows->setToolTip(tr("Put the new flows in their places"));
    m_newFlows->hide();
    connect(m_newFlows, &QToolButton::clicked, this, &FlowsDock::placeNew);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(Theme::kMargin, 2, Theme::kMargin, 2);
    line->addWidget(m_status, 1);
    line->addWidget(m_newFlows);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addLayout(line);
    return page;
}

QWidget* FlowsDock::focusTarget()
{
    return m_pages->currentIndex() == kTablePage ? m_view : m_pages->currentWidget();
}

bool FlowsDock::plainOrder() const
{
    return focusState().order == RowOrder{};
}

bool FlowsDock::choosing() const
{
    return !focusState().filter.isEmpty() || focusState().range.has_value();
}

bool FlowsDock::growing(const pipeline::CaptureSnapshot& snapshot) const
{
    return snapshot.phase == pipeline::Phase::Stored || snapshot.phase == pipeline::Phase::Queued ||
           snapshot.phase == pipeline::Phase::Reading;
}

void FlowsDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture)) {
        m_query->cancel();
        m_askAgain = false;
        m_forNew = false;
        m_waiting = 0;
        m_totals = {};
        m_model->clear();
        m_snapshot = m_bridge.snapshot(focusState().capture);
    }
    if (parts.testFlag(FocusPart::Zone))
        m_model->zoneChanged();
    if (parts & (FocusPart::Capture | FocusPart::Filter | FocusPart::Range | FocusPart::Order)) {
        m_questionStale = true;
        if (parts.testFlag(FocusPart::Order))
            m_view->showTopNext();
        m_view->showSortIndicator();
        ask();
    }
    if (parts.testFlag(FocusPart::Selection))
        m_view->followFocus();
    if (parts.testFlag(FocusPart::Columns) && focusState().columns != m_columns->entries())
        m_columns->apply(focusState().columns);
    showPage();
}

void FlowsDock::themeChanged()
{
    Dock::themeChanged();
    m_view->themeChanged();
}

std::optional<pipeline::FlowQueryRequest> FlowsDock::currentRequest() const
{
    if (!m_snapshot)
        return {};
    pipeline::FlowQueryRequest request;
    request.snapshot = m_snapshot->flows;
    request.captureTime = m_snapshot->timeRange;
    request.range = focusState().range;
    request.filter = query::Filter::compile(focusState().filter.toStdString()).filter;
    if (!plainOrder())
        request.sort = {{focusState().order.field, focusState().order.descending}};
    return request;
}

void FlowsDock::captureChanged(CaptureId id)
{
    if (id != focusState().capture)
        return;
    m_snapshot = m_bridge.snapshot(id);
    if (!m_snapshot)
        return;
    const bool inPlace = growing(*m_snapshot) && !m_questionStale && m_model->rows() && m_model->rowCount() > 0;
    if (inPlace) // same places, newer values
        m_model->setFlows(m_snapshot->flows, m_model->rows(), m_snapshot->timeRange);
    if (inPlace && !choosing())
        m_waiting = m_snapshot->flows->size() - m_model->rows()->size();
    else if (m_query->busy())
        m_askAgain = true; // an answer that is never awaited would never come
    else if (growing(*m_snapshot) && choosing() && m_sinceAsked.isValid() && m_sinceAsked.elapsed() < kMinAskMs)
        m_later.start(kMinAskMs);
    else if (inPlace)
        askForNew();
    else
        ask();
    showPage();
}

// Nothing to choose and nothing to order: while the capture grows every flow is shown as it comes, without a question.
void FlowsDock::showAllByIndex(const SnapshotPtr& snapshot)
{
    m_totals = {};
    m_totals.flows = snapshot->flows->size();
    m_questionStale = false;
    m_model->setFlows(snapshot->flows, nullptr, snapshot->timeRange);
    tellFiltered(nullptr);
    showStatus();
}

void FlowsDock::tellFiltered(const RowList& rows)
{
    const bool filtered = !focusState().filter.isEmpty();
    const FlowSnapshotPtr about = filtered ? m_model->sharedFlows() : nullptr;
    if (pinned() || (m_filterTold == focusState().filter && m_rangeTold == focusState().range && m_flowsTold == about))
        return;
    m_filterTold = focusState().filter;
    m_rangeTold = focusState().range;
    m_flowsTold = about;
    emit filteredFlowsChanged(filtered ? rows : nullptr);
}

void FlowsDock::ask()
{
    m_later.stop();
    m_askAgain = false;
    m_forNew = false;
    auto request = currentRequest();
    if (!request)
        return;
    m_waiting = 0;
    m_sinceAsked.start();
    const bool everything =
        request->sort.empty() && !request->range && (!request->filter || request->filter->matchesAll());
    if (everything) {
        showAllByIndex(m_snapshot);
        if (growing(*m_snapshot)) {
            m_query->cancel();
            return;
        }
    }
    m_query->ask(std::move(*request));
}

/// Which flows fit by now? Their order does not matter yet.
void FlowsDock::askForNew()
{
    m_later.stop();
    m_askAgain = false;
    auto request = currentRequest();
    if (!request)
        return;
    m_forNew = true;
    m_sinceAsked.start();
    request->sort.clear();
    m_query->ask(std::move(*request));
}

void FlowsDock::takeNew(const pipeline::FlowQueryResult& result)
{
    if (result.partial)
        return;
    m_forNew = false;
    m_totals = result.totals;
    const bool newer = m_snapshot && m_snapshot->flows->size() >= result.snapshot->size();
    GrownRows grown = growRows(m_model->rows(), *result.rows, plainOrder());
    m_waiting = grown.waiting;
    m_model->setFlows(newer ? m_snapshot->flows : result.snapshot, std::move(grown.rows), m_model->captureTime());
    tellFiltered(result.rows);
    showPage();
    if (m_askAgain && m_snapshot)
        captureChanged(m_snapshot->id);
}

/// Who looks at the top wants to see what comes there; elsewhere the view stays on its flows.
void FlowsDock::placeNew()
{
    if (m_view->verticalScrollBar()->value() == 0)
        m_view->showTopNext();
    ask();
}

void FlowsDock::takeAnswer(const pipeline::FlowQueryResult& result)
{
    if (m_forNew) {
        takeNew(result);
        return;
    }
    m_totals = result.totals;
    m_questionStale = false;
    m_model->setFlows(result.snapshot, result.rows, m_snapshot ? m_snapshot->timeRange : std::nullopt);
    if (!result.partial)
        tellFiltered(result.rows);
    showPage();
    if (!result.partial && m_askAgain && m_snapshot)
        captureChanged(m_snapshot->id);
}

void FlowsDock::showPage()
{
    showStatus();
    // A page that goes takes the keyboard along, to wherever Tab would go: it stays in this dock.
    const bool hadKeyboard = m_pages->isAncestorOf(QApplication::focusWidget());
    const int before = m_pages->currentIndex();
    m_pages->setCurrentIndex(pageNow());
    if (hadKeyboard && m_pages->currentIndex() != before)
        focusTarget()->setFocus(Qt::OtherFocusReason);
}

int FlowsDock::pageNow()
{
    if (!m_snapshot)
        return kStartPage;
    if (m_snapshot->phase == pipeline::Phase::Failed && m_snapshot->flows->size() == 0) {
        m_message->setText(m_snapshot->failure ? toQString(m_snapshot->failure->message)
                                               : tr("The capture could not be opened."));
        m_message->setAction(tr("Open another capture…"));
    } else if (m_model->rowCount() == 0 && choosing() && !m_query->busy() && !m_questionStale &&
               m_snapshot->flows->size() > 0) {
        m_message->setText(
            tr("None of the %1 flows fits the filter and the time range.").arg(formatCount(m_snapshot->flows->size())));
        m_message->setAction(tr("Show all flows"));
    } else if (m_snapshot->flows->size() == 0 && !growing(*m_snapshot)) {
        m_message->setText(tr("This capture holds no packet that belongs to a flow. Health says what was read."));
        m_message->setAction({});
    } else {
        return kTablePage;
    }
    return kMessagePage;
}

void FlowsDock::showStatus()
{
    const std::size_t all = m_snapshot ? m_snapshot->flows->size() : 0;
    const auto shown = static_cast<std::uint64_t>(m_model->rowCount());
    QString text = m_totals.flows == all
                       ? formatCounted(all, tr("1 flow"), tr("%1 flows"))
                       : tr("%1 of %2 flows").arg(formatCount(std::max(shown, m_totals.flows)), formatCount(all));
    if (m_totals.packets > 0)
        text += QStringLiteral(" · ") + formatCounted(m_totals.packets, tr("1 packet"), tr("%1 packets")) +
                QStringLiteral(" · ") + formatBytes(m_totals.bytes);
    const auto selected = focusState().selection.flows.size();
    if (selected > 1)
        text += tr(" · %1 selected").arg(formatCount(selected));
    m_status->setText(text);
    const bool held = m_snapshot && growing(*m_snapshot) && m_waiting > 0 && !m_questionStale;
    m_newFlows->setVisible(held);
    if (held)
        m_newFlows->setText(tr("↑ %1 new").arg(formatCount(m_waiting)));
    m_columns->setLive(m_snapshot && m_snapshot->flows->rates() != nullptr);
}

// Texts rise first, numbers fall first: the large ones are looked for. The third click gives the order of first
// packets.
void FlowsDock::sortBy(FlowColumn column)
{
    const FlowColumnInfo& info = columnInfo(column);
    const RowOrder& now = focusState().order;
    const bool numbersFall = info.right;
    RowOrder next{info.field, numbersFall};
    if (now.field == info.field)
        next = now.descending == numbersFall ? RowOrder{info.field, !numbersFall} : RowOrder{};
    focus().setOrder(next);
}

std::vector<FlowColumn> FlowsDock::visibleColumns() const
{
    std::vector<FlowColumn> columns;
    const QHeaderView* header = m_view->horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int section = header->logicalIndex(visual); !header->isSectionHidden(section))
            columns.push_back(static_cast<FlowColumn>(section));
    }
    return columns;
}

std::vector<std::uint32_t> FlowsDock::selectedInOrder() const
{
    std::vector<std::uint32_t> flows;
    for (const auto& [flow, row] : m_model->rowsOf(focusState().selection.flows))
        flows.push_back(flow);
    return flows;
}

void FlowsDock::copySelection()
{
    copySelectionAs(CopyFormat::Tsv);
}

void FlowsDock::copySelectionAs(CopyFormat format)
{
    auto flows = selectedInOrder();
    if (!flows.empty())
        m_copier->copy({m_model->sharedFlows(), std::move(flows), visibleColumns(), format});
}

void FlowsDock::copyFilter(const QString& text, const QString& kind)
{
    QGuiApplication::clipboard()->setText(text);
    emit said(tr("Copied a %1").arg(kind));
}

void FlowsDock::togglePeek()
{
    m_view->togglePeek();
}

void FlowsDock::resetColumns()
{
    m_columns->reset();
}

void FlowsDock::showColumnMenu(const QPoint& globalPosition)
{
    QMenu menu(this);
    m_columns->fillMenu(menu);
    menu.exec(globalPosition);
}

} // namespace timbre::ui
