#include "ui/docks/overview_dock.h"

#include "ui/docks/time_marks.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"
#include "ui/plots/overview_plot.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QStackedWidget>

namespace timbre::ui {

namespace {

constexpr int kStripHeight = 72;

int offsetOf(const Focus& focus, Timestamp time)
{
    if (focus.zone() == Focus::Zone::Utc)
        return 0;
    constexpr std::int64_t kNsPerMs = 1'000'000;
    return QDateTime::fromMSecsSinceEpoch(time.ns / kNsPerMs).offsetFromUtc();
}

QString emptyText(const pipeline::CaptureSnapshot* capture)
{
    if (capture == nullptr)
        return OverviewDock::tr(
            "The traffic of the open capture over time is drawn here. Drag across it to choose a time range.");
    switch (capture->phase) {
    case pipeline::Phase::Failed:
        return OverviewDock::tr("This capture could not be read.");
    case pipeline::Phase::Finished:
    case pipeline::Phase::Cancelled:
        return OverviewDock::tr("This capture holds no packets.");
    default:
        return OverviewDock::tr("Waiting for the first packets …");
    }
}

} // namespace

OverviewDock::OverviewDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("overview"), tr("Overview"), QStringLiteral("overview"), 4, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_query(new FlowQueryBridge(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
    , m_plot(new OverviewPlot(theme, m_pages))
{
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_plot);
    m_pages->setMinimumHeight(kStripHeight);
    setWidget(m_pages);
    m_plot->canvas().setToolTip({});
    m_plot->canvas().setWhatsThis(
        tr("Drag to choose a time range; all docks follow. Arrows move, Shift extends, Enter "
           "sets, Esc clears. A click on a bar selects its flows, Shift-click those up to there; a "
           "double click makes it the range. A click inside the range looks closer, 0 shows "
           "everything."));
    connect(m_plot, &OverviewPlot::rangeChosen, this,
            [this](const std::optional<TimeRange>& range) { this->focus().setRange(range); });
    connect(m_plot, &OverviewPlot::barsChosen, this, &OverviewDock::selectFlowsIn);
    m_plot->setTerms(focus, [this](QPointF place) {
        const auto stretch = m_plot->stretchAt(place);
        return stretch ? QStringList(activeDuringTerm(*stretch)) : QStringList();
    });
    connect(m_query, &FlowQueryBridge::answered, this, [this](const pipeline::FlowQueryResult& found) {
        if (found.partial)
            return;
        this->focus().setSelection(*found.rows, found.rows->empty() ? flow::kNoFlow : found.rows->front());
        emit said(formatCounted(found.rows->size(), tr("1 flow was alive then"), tr("%1 flows were alive then")));
    });
    connect(m_plot, &OverviewPlot::noteWanted, this, &OverviewDock::noteWanted);
    connect(m_plot, &PlotFrame::pictureFailed, this, &OverviewDock::problemArose);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            showCapture();
    });
    focusChanged(kAllFocusParts);
}

QWidget* OverviewDock::focusTarget()
{
    return m_pages->currentWidget() == m_plot ? static_cast<QWidget*>(&m_plot->canvas()) : m_empty;
}

void OverviewDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture)) {
        m_plot->setView(std::nullopt);
        showZone();
        showCapture();
    } else if (parts.testFlag(FocusPart::Zone)) {
        showZone();
    }
    if (parts & (FocusParts(FocusPart::Range) | FocusPart::Capture))
        m_plot->setRange(focusState().range);
    if (parts & (FocusParts(FocusPart::Selection) | FocusPart::Capture))
        showLives();
}

/// The flows of the filter that were alive in the stretch.
void OverviewDock::selectFlowsIn(const TimeRange& stretch)
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    if (!capture || !capture->flows)
        return;
    pipeline::FlowQueryRequest request;
    request.snapshot = capture->flows;
    request.captureTime = capture->timeRange;
    request.range = stretch;
    request.filter = query::Filter::compile(focusState().filter.toStdString()).filter;
    m_query->ask(std::move(request));
}

void OverviewDock::showZone()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    const Timestamp time = capture && capture->timeRange ? capture->timeRange->begin : Timestamp{};
    m_plot->setZone([this](Timestamp at, int decimals, bool date) { return focus().formatTime(at, decimals, !date); },
                    offsetOf(focus(), time), focus().zoneName(time));
}

void OverviewDock::showCapture()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    const bool some = capture && capture->histogram && !capture->histogram->empty();
    m_pages->setCurrentWidget(some ? static_cast<QWidget*>(m_plot) : m_empty);
    m_empty->setText(emptyText(capture.get()));
    if (capture)
        m_plot->setLosses(capture->facts.losses, capture->facts.ringRemoved);
    else
        m_plot->setLosses({});
    m_plot->setHistogram(capture ? capture->histogram : nullptr, capture ? capture->timeRange : std::nullopt);
    showNotes();
    showLives();
}

void OverviewDock::showNotes()
{
    m_plot->setFlags(flagsOf(m_bridge.snapshot(focusState().capture).get()));
}

/// From the first packet of the selected flows to their last, with a little room around.
void OverviewDock::lookAtSelection()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    if (!capture || !capture->flows || !capture->timeRange)
        return;
    std::optional<TimeRange> life;
    for (const std::uint32_t flow : focusState().selection.flows) {
        if (flow >= capture->flows->size())
            continue;
        const flow::FlowRecord& record = (*capture->flows)[flow];
        const TimeRange one{std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen)};
        life = life ? TimeRange{std::min(life->begin, one.begin), std::max(life->end, one.end)} : one;
    }
    if (!life) {
        emit said(tr("Select a flow first."));
        return;
    }
    constexpr std::int64_t kRoom = 20;      // a twentieth on each side
    constexpr std::int64_t kLeastBins = 20; // on each side, so that a short flow is seen among its neighbours
    const std::int64_t least = kLeastBins * (capture->histogram ? capture->histogram->binNs() : 1);
    const std::int64_t room = std::max(least, elapsedNs(life->begin, life->end) / kRoom);
    const TimeRange& whole = *capture->timeRange;
    m_plot->setView(
        TimeRange{{std::max(whole.begin.ns, life->begin.ns - room)}, {std::min(whole.end.ns, life->end.ns + room)}});
}

void OverviewDock::showLives()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    std::vector<TimeRange> lives;
    if (capture && capture->flows) {
        for (const std::uint32_t flow : focusState().selection.flows) {
            if (lives.size() == OverviewPlot::kMaxLives)
                break;
            if (flow < capture->flows->size()) {
                const flow::FlowRecord& record = (*capture->flows)[flow];
                lives.push_back({std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen)});
            }
        }
    }
    m_plot->setFlowLives(lives);
}

} // namespace timbre::ui
