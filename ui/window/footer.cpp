#include "ui/window/footer.h"

#include "ui/models/captures_model.h"
#include "ui/models/format.h"
#include "ui/models/health_model.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <algorithm>
#include <cmath>

namespace timbre::ui {

namespace {

constexpr int kSaidMs = 6000;

bool running(const pipeline::CaptureSnapshot& snapshot)
{
    return snapshot.phase == pipeline::Phase::Reading || snapshot.phase == pipeline::Phase::Queued;
}

QString liveText(const pipeline::LiveFacts& live)
{
    if (live.status.state == capture::LiveState::Starting)
        return Footer::tr("Starting to capture …");
    if (live.status.state == capture::LiveState::Ended)
        return Footer::tr("Capture ended, %1 packets still to be analysed").arg(formatCount(live.lagPackets));
    QString text =
        Footer::tr("%1 packets/s · %2")
            .arg(formatCount(static_cast<std::uint64_t>(live.packetsPerSecond)), formatRate(live.bytesPerSecond));
    return text;
}

} // namespace

QString progressText(const pipeline::CaptureSnapshot& snapshot)
{
    if (snapshot.phase == pipeline::Phase::Queued)
        return Footer::tr("Waiting to be read");
    if (snapshot.live)
        return liveText(*snapshot.live);
    const pipeline::Progress& progress = snapshot.progress;
    QString text =
        Footer::tr("%1 of %2 · %3 packets")
            .arg(formatBytes(progress.bytesRead), formatBytes(progress.bytesTotal), formatCount(progress.packets));
    if (progress.bytesPerSecond > 0)
        text += QStringLiteral(" · ") + formatRate(progress.bytesPerSecond);
    if (progress.secondsLeft)
        text += Footer::tr(" · %1 s left").arg(static_cast<int>(std::ceil(*progress.secondsLeft)));
    return text;
}

Footer::Footer(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_focus(focus)
    , m_theme(theme)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::kGrid, 1, Theme::kGrid, 1);
    layout->setSpacing(Theme::kGrid);
    m_source = addItem(tr("The capture on screen. Click for all captures of the workspace."));
    m_zone = addItem(tr("The zone times are shown in. Click to switch between UTC and local time."));
    m_packets = addItem(tr("Packets read. Click for what was met while reading."));
    m_flows = addItem(tr("Flows in the capture. Click for the list."));
    m_memory = addItem(tr("Flows that live now, of the most that may live at once. Click for what was met."));
    m_evicted = addItem(tr("Flows ended early because that many lived already. Click to filter for them."));
    m_unmatched =
        addItem(tr("Packets that belong to no flow: not IP, or their headers are damaged or cut. Click for the list."));
    m_losses = addItem({});
    m_health = addItem(tr("Damage, losses and caps that were reached. Click for the list."));
    m_health->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_words = new QLabel(this);
    m_words->setObjectName(QStringLiteral("footerWords"));
    m_cancel = new QPushButton(tr("Stop"), this);
    m_cancel->setFlat(true);
    m_cancel->setToolTip(tr("Stop reading and keep what was read (Esc)"));
    layout->addStretch(1);
    layout->addWidget(m_words);
    layout->addWidget(m_cancel);
    m_store = addItem(tr("Size of the workspace's store on disk."));

    connect(m_source, &QToolButton::clicked, this, &Footer::capturesRequested);
    connect(m_zone, &QToolButton::clicked, this, &Footer::zoneRequested);
    connect(m_packets, &QToolButton::clicked, this, &Footer::healthRequested);
    connect(m_memory, &QToolButton::clicked, this, &Footer::healthRequested);
    connect(m_unmatched, &QToolButton::clicked, this, &Footer::healthRequested);
    connect(m_evicted, &QToolButton::clicked, this, [this] {
        m_focus.replaceFilter(QStringLiteral("end.reason == evicted"));
        emit flowsRequested();
    });
    connect(m_losses, &QToolButton::clicked, this, &Footer::healthRequested);
    connect(m_flows, &QToolButton::clicked, this, &Footer::flowsRequested);
    connect(m_health, &QToolButton::clicked, this, &Footer::healthRequested);
    connect(m_store, &QToolButton::clicked, this, &Footer::capturesRequested);
    connect(m_cancel, &QPushButton::clicked, this, &Footer::cancelRequested);
    connect(&focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts & (FocusPart::Capture | FocusPart::Zone))
            refresh();
    });
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == m_focus.state().capture)
            refresh();
    });
    connect(&bridge, &EngineBridge::workspaceChanged, this, &Footer::refresh);
    connect(&theme, &Theme::changed, this, &Footer::refresh);
    m_saidTimer.setSingleShot(true);
    connect(&m_saidTimer, &QTimer::timeout, this, [this] {
        m_said.clear();
        refresh();
    });
    refresh();
}

QToolButton* Footer::addItem(const QString& toolTip)
{
    auto* item = new QToolButton(this);
    item->setAutoRaise(true);
    item->setToolTip(toolTip);
    item->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(item);
    return item;
}

void Footer::say(const QString& text)
{
    m_said = text;
    m_saidTimer.start(kSaidMs);
    refresh();
}

/// What the table of live flows holds while there is one, and what it could not hold.
void Footer::showTable(const pipeline::CaptureSnapshot* snapshot)
{
    const pipeline::Counters counters = snapshot ? snapshot->counters : pipeline::Counters();
    m_memory->setVisible(snapshot && running(*snapshot) && counters.flowCap > 0);
    m_memory->setText(tr("%1 of %2 in memory").arg(formatCount(counters.liveFlows), formatCount(counters.flowCap)));
    m_evicted->setVisible(counters.flowsEvicted > 0);
    m_evicted->setText(tr("%1 evicted").arg(formatCount(counters.flowsEvicted)));
    m_unmatched->setVisible(counters.unmatched > 0);
    m_unmatched->setText(tr("%1 without a flow").arg(formatCount(counters.unmatched)));
}

/// Four numbers, four names: what was lost where, and how far the analysis is behind.
void Footer::showLosses(const pipeline::CaptureSnapshot* snapshot)
{
    const bool shown =
        snapshot && (snapshot->live || snapshot->counters.interfaceDrops + snapshot->counters.kernelDrops > 0);
    m_losses->setVisible(shown);
    if (!shown)
        return;
    const pipeline::Counters& counters = snapshot->counters;
    const std::uint64_t lag = snapshot->live ? snapshot->live->lagPackets : 0;
    const std::uint64_t lost = counters.interfaceDrops + counters.kernelDrops + counters.ringLosses;
    QString text = tr("drops %1/%2 · ring %3")
                       .arg(formatCount(counters.interfaceDrops), formatCount(counters.kernelDrops),
                            formatCount(counters.ringLosses));
    if (snapshot->live && snapshot->live->active)
        text += tr(" · lag %1").arg(formatCount(lag));
    m_losses->setText(text);
    m_losses->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_losses->setIcon(m_theme.stateIcon(lost > 0 ? Role::Watch : Role::Good));
    m_losses->setToolTip(
        tr("%1 packets dropped by the interface\n%2 packets dropped by the kernel\n%3 packets removed by "
           "the ring of the spool\n%4 packets captured and not yet analysed (%5)")
            .arg(formatCount(counters.interfaceDrops), formatCount(counters.kernelDrops),
                 formatCount(counters.ringLosses), formatCount(lag),
                 formatDuration(snapshot->live ? snapshot->live->lagNs : 0)));
}

void Footer::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    for (QToolButton* item : {m_source, m_packets, m_flows, m_health})
        item->setVisible(snapshot != nullptr);
    showTable(snapshot.get());
    showLosses(snapshot.get());
    const Timestamp when = snapshot && snapshot->timeRange ? snapshot->timeRange->begin : Timestamp{};
    m_zone->setText(m_focus.zone() == Focus::Zone::Utc ? QStringLiteral("UTC")
                                                       : tr("local %1").arg(m_focus.zoneName(when)));
    const pipeline::WorkspaceStatus workspace = m_bridge.workspace();
    m_store->setVisible(!workspace.path.empty() && workspace.storeBytes > 0);
    m_store->setText(tr("store %1").arg(formatBytes(workspace.storeBytes)));
    m_cancel->setVisible(snapshot && running(*snapshot) && !snapshot->live);
    m_words->setText(!m_said.isEmpty() ? m_said : snapshot && running(*snapshot) ? progressText(*snapshot) : QString());
    if (!snapshot)
        return;
    m_source->setText(captureName(*snapshot));
    m_packets->setText(formatCounted(snapshot->counters.packets, tr("1 packet"), tr("%1 packets")));
    m_flows->setText(formatCounted(snapshot->flows->size(), tr("1 flow"), tr("%1 flows")));
    const auto items = healthOf(*snapshot, workspace);
    const auto remarks = static_cast<std::size_t>(
        std::count_if(items.begin(), items.end(), [](const HealthItem& item) { return item.state != Role::Unknown; }));
    m_health->setIcon(m_theme.stateIcon(items.empty() || remarks == 0 ? Role::Good : items.front().state));
    m_health->setText(remarks == 0 ? tr("no damage") : remarks == 1 ? tr("1 remark") : tr("%1 remarks").arg(remarks));
}

} // namespace timbre::ui
