#include "ui/docks/trends_dock.h"

#include "ui/docks/table_actions.h"
#include "ui/docks/time_marks.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"
#include "ui/models/signals_model.h"
#include "ui/models/table_setup.h"
#include "ui/models/trend_types_model.h"
#include "ui/plots/trends_plot.h"

#include <QtCore/QDateTime>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

namespace timbre::ui {

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::size_t kMaxSelected = 100'000; // flows behind one bar
constexpr int kPaceMs = 1'000;
constexpr int kTypesTab = 0;
constexpr int kSignalsTab = 1;

using Column = TrendTypesModel::Column;

int offsetOf(const Focus& focus, Timestamp time)
{
    return focus.zone() == Focus::Zone::Utc ? 0 : QDateTime::fromMSecsSinceEpoch(time.ns / kNsPerMs).offsetFromUtc();
}

} // namespace

TrendsDock::TrendsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("trends"), tr("Trends"), QStringLiteral("trends"), 9, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
{
    auto* content = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    auto* splitter = new QSplitter(Qt::Horizontal, content);
    m_plot = new TrendsPlot(theme, splitter);
    splitter->addWidget(m_plot);
    splitter->addWidget(makeLists());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({460, 420});
    layout->addWidget(splitter, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    setWidget(m_pages);
    auto* marks = new TimeMarks(m_plot->canvas(), bridge, *this, focus);
    connect(m_plot, &TrendsPlot::baseChanged, marks, &TimeMarks::setBase);
    m_plot->setTerms(focus, [this](QPointF place) {
        const auto bar = m_plot->stretchAt(place);
        return bar ? QStringList(activeDuringTerm(*bar)) : QStringList();
    });
    connect(m_plot, &TrendsPlot::rangeChosen, this,
            [this](const std::optional<TimeRange>& range) { this->focus().setRange(range); });
    connect(m_plot, &TrendsPlot::barChosen, this, &TrendsDock::listSignalsIn);
    connect(m_plot, &TrendsPlot::readoutChanged, m_readout, &QLabel::setText);
    connect(m_plot, &PlotFrame::pictureFailed, this, &TrendsDock::problemArose);
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPaceMs);
    connect(&m_pace, &QTimer::timeout, this, &TrendsDock::refresh);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            snapshotChanged();
    });
    focusChanged(kAllFocusParts);
}

QWidget* TrendsDock::makeHead()
{
    auto* head = new QWidget(this);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    m_resolution = new QComboBox(head);
    m_resolution->addItems({tr("Minutes"), tr("Hours"), tr("Days")});
    m_resolution->setAccessibleName(tr("Width of the bars"));
    m_grouping = new QComboBox(head);
    m_grouping->addItems({tr("By category"), tr("By type")});
    m_grouping->setAccessibleName(tr("What the bars are made of"));
    m_readout = new QLabel(head);
    m_readout->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_resolution);
    layout->addWidget(m_grouping);
    layout->addWidget(m_readout, 1);
    for (QComboBox* box : {m_resolution, m_grouping})
        connect(box, &QComboBox::currentIndexChanged, this, &TrendsDock::refreshPlot);
    return head;
}

QWidget* TrendsDock::makeLists()
{
    m_lists = new QTabWidget(this);
    m_lists->setDocumentMode(true);
    m_lists->setAccessibleName(tr("Types and signals"));
    m_lists->addTab(makeTypes(), tr("Types"));
    m_lists->addTab(makeSignals(), tr("Signals"));
    return m_lists;
}

QWidget* TrendsDock::makeSignals()
{
    using SignalColumn = SignalsModel::Column;
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_signalNote = new QLabel(tr("Click a bar, or press Space at the cursor, to list its signals here."), page);
    m_signalNote->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    m_signalNote->setWordWrap(true);
    m_signalNote->setForegroundRole(QPalette::PlaceholderText);
    m_signals = new SignalsModel(focus(), this);
    m_sortedSignals = new QSortFilterProxyModel(this);
    m_sortedSignals->setSourceModel(m_signals);
    m_sortedSignals->setSortRole(SignalsModel::kSortRole);
    m_signalTable = new QTableView(page);
    setUpTable(*m_signalTable);
    m_signalTable->setModel(m_sortedSignals);
    m_signalTable->setSortingEnabled(true);
    m_signalTable->sortByColumn(static_cast<int>(SignalColumn::Time), Qt::AscendingOrder);
    m_signalTable->setAccessibleName(tr("Signals of the chosen bar"));
    QHeaderView* header = m_signalTable->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(SignalColumn::Value), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(SignalColumn::Time), 92);
    header->resizeSection(static_cast<int>(SignalColumn::Type), 110);
    header->resizeSection(static_cast<int>(SignalColumn::Address), 110);
    header->resizeSection(static_cast<int>(SignalColumn::Flow), 52);
    layout->addWidget(m_signalNote);
    layout->addWidget(m_signalTable, 1);
    connect(m_signalTable->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TrendsDock::selectFlowsOfRows);
    auto* actions = new TableActions(*m_signalTable, m_bridge, *this, focus(), theme(), [this](const QModelIndex& at) {
        const QModelIndex source = m_sortedSignals->mapToSource(at);
        RowMeaning meaning;
        if (const QString term = m_signals->filterOf(source.row(), static_cast<SignalColumn>(source.column()));
            !term.isEmpty())
            meaning.terms << term;
        if (const auto flow = m_signals->row(source.row()).flow; flow != trends::kNoFlowIndex)
            meaning.flows.push_back(flow);
        return meaning;
    });
    actions->setOpen(tr("Go to the flows"), [this](const QModelIndex&) { emit flowsWanted(); });
    return page;
}

QWidget* TrendsDock::makeTypes()
{
    m_model = new TrendTypesModel(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_table = new QTableView(this);
    setUpTable(*m_table);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(Column::Count), Qt::DescendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Types of signals"));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(Column::Type), QHeaderView::Stretch);
    for (const Column column : {Column::Count, Column::Change, Column::Values, Column::Entities})
        header->resizeSection(static_cast<int>(column), 62);
    keepColumns(*m_table, QStringLiteral("trends"));
    new TableActions(*m_table, m_bridge, *this, focus(), theme(), [this](const QModelIndex& at) {
        const trends::SignalType type = m_model->row(m_sorted->mapToSource(at).row()).type;
        return RowMeaning{{}, flowsWith(type)};
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TrendsDock::refreshPlot);
    return m_table;
}

QWidget* TrendsDock::focusTarget()
{
    return m_pages->currentIndex() == 0 ? static_cast<QWidget*>(m_empty) : &m_plot->canvas();
}

void TrendsDock::focusChanged(FocusParts parts)
{
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Zone)) {
        const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
        const Timestamp time = capture && capture->timeRange ? capture->timeRange->begin : Timestamp{};
        m_plot->setZone(
            [this](Timestamp at, int decimals, bool date) { return focus().formatTime(at, decimals, !date); },
            offsetOf(focus(), time));
        m_signals->zoneChanged();
    }
    if (parts.testFlag(FocusPart::Capture)) {
        m_signals->setSignals(nullptr, {}); // of the capture before
        m_lists->setCurrentIndex(kTypesTab);
        refresh();
    }
    if (parts & (FocusParts(FocusPart::Range) | FocusPart::Capture)) {
        m_plot->setRange(focusState().range);
        refreshTypes();
    }
}

/// While a capture grows its last hour is counted anew each time: once a second is enough to look at.
void TrendsDock::snapshotChanged()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    const bool growing = snapshot && snapshot->phase == pipeline::Phase::Reading && m_result;
    if (!growing)
        refresh();
    else if (!m_pace.isActive())
        m_pace.start();
}

void TrendsDock::refresh()
{
    m_pace.stop();
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    m_result = snapshot ? snapshot->trends : nullptr;
    const bool some = m_result && !m_result->buckets.empty();
    m_empty->setText(!snapshot ? tr("Signals of the open capture are counted here: fingerprints, tokens, patterns of "
                                    "requests, minute by minute.")
                     : snapshot->phase == pipeline::Phase::Reading
                         ? tr("No signals so far.")
                         : tr("This capture holds no signals: no TLS or QUIC greeting and no plain HTTP."));
    m_pages->setCurrentIndex(some ? 1 : 0);
    refreshTypes();
    refreshPlot();
}

std::optional<trends::SignalType> TrendsDock::chosenType() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? std::nullopt : std::optional(m_model->row(m_sorted->mapToSource(rows.first()).row()).type);
}

void TrendsDock::refreshPlot()
{
    m_plot->setResult(m_result, static_cast<trends::Resolution>(m_resolution->currentIndex()),
                      m_grouping->currentIndex() == 1, chosenType());
}

void TrendsDock::refreshTypes()
{
    std::vector<TrendTypesModel::Row> rows;
    trends::SignalQuery query;
    const auto range = focusState().range;
    if (range) {
        query.fromMs = trends::floorDiv(range->begin.ns, kNsPerMs);
        query.toMs = trends::floorDiv(range->end.ns, kNsPerMs);
    }
    if (m_result) {
        const auto distinct = trends::distinctOf(m_result->buckets, query, m_result->hours);
        for (const trends::Trend& trend : trends::trendsOf(m_result->buckets, query)) {
            TrendTypesModel::Row row{trend.type, trend.count, std::nullopt,
                                     distinct[static_cast<std::size_t>(trend.type)]};
            if (range)
                row.change = trends::changeRate(m_result->buckets, trend.type, *query.fromMs, *query.toMs + 1);
            rows.push_back(row);
        }
    }
    m_model->setRows(rows);
}

void TrendsDock::listSignalsIn(const TimeRange& stretch)
{
    trends::SignalQuery query;
    query.type = chosenType();
    query.fromMs = trends::floorDiv(stretch.begin.ns, kNsPerMs) + 1; // the bucket before ends where this one begins
    query.toMs = trends::floorDiv(stretch.end.ns, kNsPerMs);
    query.limit = kMaxListed;
    trends::SignalSample sample = trends::signalSample(m_result->buckets, query);
    sample.flows.resize(std::min(sample.flows.size(), kMaxSelected));
    QString note =
        tr("%1 signals of %2 flows, from %3 on")
            .arg(formatCount(sample.counted), formatCount(sample.flows.size()), focus().formatTime(stretch.begin, 0));
    if (sample.list.size() < sample.counted)
        note = tr("%1; the first %2 are listed").arg(note, formatCount(sample.list.size()));
    m_signalNote->setText(note);
    m_signals->setSignals(m_result, std::move(sample.list));
    m_lists->setCurrentIndex(kSignalsTab);
    if (!sample.flows.empty())
        focus().setSelection(sample.flows, sample.flows.front());
    emit said(note);
}

/// Rows chosen in the list: their flows alone.
void TrendsDock::selectFlowsOfRows()
{
    std::vector<std::uint32_t> flows;
    for (const QModelIndex& index : m_signalTable->selectionModel()->selectedRows())
        if (const auto flow = m_signals->row(m_sortedSignals->mapToSource(index).row()).flow;
            flow != trends::kNoFlowIndex)
            flows.push_back(flow);
    std::sort(flows.begin(), flows.end());
    flows.erase(std::unique(flows.begin(), flows.end()), flows.end());
    if (!flows.empty())
        focus().setSelection(flows, flows.front());
}

std::vector<std::uint32_t> TrendsDock::flowsWith(trends::SignalType type) const
{
    if (!m_result)
        return {};
    trends::SignalQuery query;
    query.type = type;
    if (const std::optional<TimeRange>& range = focusState().range) {
        query.fromMs = trends::floorDiv(range->begin.ns, kNsPerMs);
        query.toMs = trends::floorDiv(range->end.ns, kNsPerMs);
    }
    query.limit = 1; // only the flows are wanted
    std::vector<std::uint32_t> flows = trends::signalSample(m_result->buckets, query).flows;
    flows.resize(std::min(flows.size(), kMaxSelected));
    return flows;
}

} // namespace timbre::ui
