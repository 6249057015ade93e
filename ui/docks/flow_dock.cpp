#include "ui/docks/flow_dock.h"

#include "ui/docks/table_actions.h"
#include "ui/models/format.h"
#include "ui/packets/packet_source.h"
#include "ui/plots/flow_facts_view.h"
#include "ui/plots/flow_plots.h"
#include "ui/plots/flow_sums_view.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

namespace timbre::ui {

namespace {

constexpr int kSearchDelayMs = 120;

bool stillRead(const pipeline::CaptureSnapshot& capture)
{
    return capture.phase == pipeline::Phase::Reading || capture.phase == pipeline::Phase::Queued;
}

} // namespace

FlowDock::FlowDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("flow"), tr("Flow"), QStringLiteral("flow"), 2, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_source(new PacketSource(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(
          new EmptyState(tr("Select a flow to see who speaks, how it went, and the rhythm of its packets."), m_pages))
    , m_sums(new FlowSumsView(m_pages))
{
    auto* area = new QScrollArea(m_pages);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("Facts and plots of the flow"));
    auto* page = new QWidget(area);
    page->setBackgroundRole(QPalette::Base);
    m_facts = new FlowFactsView(focus, theme, page);
    m_plots = new FlowPlots(theme, page);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(2 * Theme::kMargin);
    layout->addWidget(m_facts);
    layout->addWidget(m_plots);
    layout->addStretch(1);
    area->setWidget(page);
    m_onePage = area;
    m_pages->addWidget(m_empty);
    m_pages->addWidget(area);
    m_pages->addWidget(m_sums);
    setWidget(m_pages);

    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(kSearchDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &FlowDock::search);
    connect(m_source, &PacketSource::rowsFound, this, [this](const auto& chunk) { addSamples(*chunk); });
    connect(m_source, &PacketSource::searchFinished, this, &FlowDock::searchFinished);
    connect(m_plots, &FlowPlots::packetChosen, this, &FlowDock::packetChosen);
    connect(m_plots, &FlowPlots::pictureFailed, this, &FlowDock::problemArose);
    for (PlotFrame* frame : {&m_plots->sizes(), &m_plots->gaps()})
        frame->setTerms(focus, [this](QPointF) {
            return m_flow == flow::kNoFlow ? QStringList()
                                           : QStringList(QStringLiteral("flow.index == %1").arg(m_flow));
        });
    const auto select = [this](quint32 flow) { this->focus().setSelection({flow}, flow); };
    connect(m_facts, &FlowFactsView::flowChosen, this, select);
    auto* actions = new TableActions(m_sums->table(), bridge, *this, focus, theme, [this](const QModelIndex& at) {
        const std::uint32_t flow = m_sums->model().flowAt(at.row());
        return RowMeaning{{QStringLiteral("flow.index == %1").arg(flow)}, {flow}};
    });
    actions->setOpen(tr("Show this flow alone"),
                     [this, select](const QModelIndex& at) { select(m_sums->model().flowAt(at.row())); });
    connect(&bridge, &EngineBridge::captureChanged, this, &FlowDock::captureChanged);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        m_seen = visible;
        if (visible && m_dirty)
            searchSoon();
    });
    showSelection();
}

FlowDock::~FlowDock() = default;

QWidget* FlowDock::focusTarget()
{
    return m_pages->currentIndex() == SeveralPage ? static_cast<QWidget*>(&m_sums->table()) : m_pages->currentWidget();
}

bool FlowDock::searching() const
{
    return m_source->searching() || m_searchTimer.isActive();
}

void FlowDock::focusChanged(FocusParts parts)
{
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Selection | FocusPart::Zone))
        showSelection();
}

std::uint32_t FlowDock::currentFlow(const pipeline::CaptureSnapshot& capture) const
{
    const FlowSelection& selection = focusState().selection;
    const std::uint32_t flow = selection.flows.size() == 1 ? selection.flows.front() : flow::kNoFlow;
    return flow < capture.flows->size() ? flow : flow::kNoFlow;
}

void FlowDock::showSelection()
{
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    const auto& selected = focusState().selection.flows;
    const std::uint32_t flow = capture && capture->flows ? currentFlow(*capture) : flow::kNoFlow;
    if (flow != flow::kNoFlow) {
        showFlow(*capture, flow);
        return;
    }
    m_source->cancelSearch();
    m_searchTimer.stop();
    m_flow = flow::kNoFlow;
    if (capture && capture->flows && selected.size() > 1) {
        m_sums->showFlows(capture->flows, selected);
        m_pages->setCurrentIndex(SeveralPage);
    } else {
        m_pages->setCurrentIndex(EmptyPage);
    }
}

void FlowDock::showFlow(const pipeline::CaptureSnapshot& capture, std::uint32_t flow)
{
    m_facts->showFlow(*capture.flows, (*capture.flows)[flow]);
    m_pages->setCurrentIndex(OnePage);
    if (flow == m_flow && capture.id == m_capture)
        return; // the plots show it already
    m_flow = flow;
    m_capture = capture.id;
    m_plots->clear();
    searchSoon();
}

void FlowDock::searchSoon()
{
    m_dirty = true;
    m_searchTimer.start();
}

void FlowDock::search()
{
    const SnapshotPtr capture = m_bridge.snapshot(m_capture);
    if (!m_seen || m_flow == flow::kNoFlow || !capture || m_flow >= capture->flows->size())
        return;
    m_dirty = false;
    const flow::FlowRecord& record = (*capture->flows)[m_flow];
    m_packetsAtSearch = record.packets();
    m_start = record.started;
    m_spanNs = record.durationNs();
    m_samples.clear();
    m_samplesShown = 0;
    auto request = pipeline::scanOfFlows(*capture, {m_flow});
    request.maxRows = kMaxSamples;
    m_source->search(std::move(request));
}

void FlowDock::captureChanged(CaptureId id)
{
    if (id != focusState().capture)
        return;
    const SnapshotPtr capture = m_bridge.snapshot(id);
    if (!capture || !capture->flows)
        return;
    showSelection();
    // A flow that grew is drawn anew, not more often than its reading takes, and at the end in any case.
    if (m_flow == flow::kNoFlow || id != m_capture || m_flow >= capture->flows->size() || m_source->searching())
        return;
    const std::uint64_t packets = (*capture->flows)[m_flow].packets();
    constexpr double kWorthIt = 1.25;
    const bool muchMore = static_cast<double>(packets) > static_cast<double>(m_packetsAtSearch) * kWorthIt;
    if (packets != m_packetsAtSearch && (muchMore || !stillRead(*capture)) && !m_searchTimer.isActive())
        searchSoon();
}

void FlowDock::addSamples(const pipeline::PacketChunk& chunk)
{
    for (const pipeline::PacketRow& row : chunk.rows)
        m_samples.push_back(
            {row.time, row.number, row.originalLength, row.direction != pipeline::Direction::Responder});
    // Drawn when there is twice as much as before: the work stays in proportion to the packets.
    if (m_samples.size() >= 2 * m_samplesShown + 1000)
        showSamples(tr("reading …"));
}

void FlowDock::showSamples(const QString& remark)
{
    m_samplesShown = m_samples.size();
    std::int64_t span = m_spanNs;
    for (const FlowSample& sample : m_samples)
        span = std::max(span, elapsedNs(m_start, sample.time));
    m_plots->setSamples(m_samples, m_start, span, remark);
}

void FlowDock::searchFinished(bool capped, const std::optional<Error>& failure)
{
    QString remark;
    if (failure)
        remark = toQString(failure->message);
    else if (capped)
        remark = tr("first %1 of %2 packets").arg(formatCount(m_samples.size()), formatCount(m_packetsAtSearch));
    showSamples(remark);
}

} // namespace timbre::ui
