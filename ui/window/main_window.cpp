#include "ui/window/main_window.h"

#include "ui/capture/filtered_open_dialog.h"
#include "ui/capture/live_controller.h"
#include "ui/dialogs/signal_settings_dialog.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/audio_dock.h"
#include "ui/docks/captures_dock.h"
#include "ui/docks/entities_dock.h"
#include "ui/docks/flow_dock.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/health_dock.h"
#include "ui/docks/masks_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/packets_dock.h"
#include "ui/docks/recorder_dock.h"
#include "ui/docks/resonance_dock.h"
#include "ui/docks/trends_dock.h"
#include "ui/filter/filter_bar.h"
#include "ui/models/captures_model.h"
#include "ui/models/format.h"
#include "ui/plots/overview_plot.h"
#include "ui/window/footer.h"
#include "ui/window/message_bar.h"
#include "ui/window/recent_files.h"
#include "ui/window/start_page.h"
#include "ui/window/top_bar.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QDropEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLayout>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolBar>

#include <algorithm>

namespace timbre::ui {

MainWindow::MainWindow(EngineBridge& bridge, Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_bridge(bridge)
    , m_theme(theme)
    , m_recent(new RecentFiles(this))
{
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    setAnimated(false); // docks are in their places at once
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    makeTopBar();
    makeFlows();
    makeFlow();
    makePackets();
    makeOverview();
    makeCaptures();
    makeHealth();
    makeRecorder();
    makeAudio();
    makeNotes();
    makeResonance();
    makeTrends();
    makeFooter();
    makeLive();
    makeMenus();
    for (Dock* dock : m_docks.all()) {
        connect(dock, &Dock::flowsWanted, m_flows, &Dock::bringToFront);
        connect(dock, &Dock::packetsWanted, m_packets, &Dock::bringToFront);
    }

    connect(&bridge, &EngineBridge::captureChanged, this, &MainWindow::captureChanged);
    connect(&bridge, &EngineBridge::workspaceChanged, this, &MainWindow::workspaceChanged);
    connect(&m_focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts.testFlag(FocusPart::Capture))
            currentCaptureChanged();
        if (parts.testFlag(FocusPart::Arrangement))
            arrangementChanged();
    });
    connect(&theme, &Theme::changed, this, &MainWindow::updateIcons);
    m_shownArrangement = restoreWindow(*this);
    m_focus.startWith(m_shownArrangement);
    showArrangement(*this, m_docks, m_shownArrangement);
    m_top->showArrangement(m_shownArrangement);
    updateIcons();
    currentCaptureChanged();
}

// A dock that floats is hidden when it is destroyed, and its views tell it so; its own members are gone by then.
MainWindow::~MainWindow()
{
    for (Dock* dock : m_docks.all())
        dock->hide();
}

void MainWindow::makeTopBar()
{
    m_top = new TopBar(m_bridge, m_focus, m_theme, this);
    auto* bar = new QToolBar(tr("Toolbar"), this);
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->toggleViewAction()->setEnabled(false);
    bar->layout()->setContentsMargins(0, 0, 0, 0);
    bar->addWidget(m_top);
    addToolBar(bar);
    connect(&m_top->filterBar(), &FilterBar::left, this, [this] { m_flows->focusTarget()->setFocus(); });
}

void MainWindow::makeFlows()
{
    m_start = new StartPage(m_theme, this);
    m_start->setRecent(m_recent->paths());
    connect(m_recent, &RecentFiles::changed, this, [this] { m_start->setRecent(m_recent->paths()); });
    connect(m_start, &StartPage::openRequested, this, &MainWindow::chooseFiles);
    connect(m_start, &StartPage::sampleRequested, this, &MainWindow::openSample);
    connect(m_start, &StartPage::fileRequested, this, [this](const QString& path) { openFiles({path}); });
    m_flows = new FlowsDock(m_bridge, m_focus, m_theme, m_start, this);
    m_docks.add(m_flows);
    connect(m_flows, &FlowsDock::openRequested, this, &MainWindow::chooseFiles);
    connect(m_flows, &FlowsDock::packetsRequested, this, [this] { m_packets->bringToFront(); });
    connect(m_flows, &FlowsDock::said, this, &MainWindow::say);
}

void MainWindow::makeFlow()
{
    m_flow = new FlowDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_flow);
    connect(m_flow, &FlowDock::packetChosen, this, [this](quint64 number) {
        m_packets->showPacket(number);
        m_packets->bringToFront();
    });
    connect(m_flow, &FlowDock::problemArose, this, &MainWindow::warn);
}

void MainWindow::makePackets()
{
    m_packets = new PacketsDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_packets);
    connect(m_packets, &PacketsDock::problemArose, this, &MainWindow::warn);
    connect(m_flows, &FlowsDock::filteredFlowsChanged, m_packets, &PacketsDock::setFilteredFlows);
}

void MainWindow::makeOverview()
{
    m_overview = new OverviewDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_overview);
    connect(m_overview, &OverviewDock::problemArose, this, &MainWindow::warn);
    connect(m_overview, &OverviewDock::said, this, &MainWindow::say);
}

void MainWindow::makeCaptures()
{
    m_captures = new CapturesDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_captures);
    connect(m_captures, &CapturesDock::openRequested, this, &MainWindow::chooseFiles);
}

void MainWindow::makeHealth()
{
    m_health = new HealthDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_health);
}

void MainWindow::makeRecorder()
{
    m_recorder = new RecorderDock(m_bridge, m_focus, m_theme, this);
    m_masks = new MasksDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_recorder);
    m_docks.add(m_masks);
    connect(m_recorder, &RecorderDock::problemArose, this, &MainWindow::warn);
    connect(m_recorder, &RecorderDock::said, this, &MainWindow::say);
    connect(m_recorder, &RecorderDock::maskMade, this, [this](const QString& id) {
        m_masks->select(id);
        m_masks->bringToFront();
    });
    connect(m_masks, &MasksDock::problemArose, this, &MainWindow::warn);
    connect(m_masks, &MasksDock::said, this, &MainWindow::say);
}

void MainWindow::makeAudio()
{
    auto* audio = new AudioDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(audio);
    connect(audio, &AudioDock::packetRequested, this, [this](quint64 number) {
        m_packets->showPacket(number);
        m_packets->bringToFront();
    });
    connect(audio, &AudioDock::problemArose, this, &MainWindow::warn);
}

void MainWindow::makeResonance()
{
    m_resonance = new ResonanceDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_resonance);
    connect(m_resonance, &ResonanceDock::packetsRequested, this, [this] { m_packets->bringToFront(); });
    connect(m_resonance, &ResonanceDock::alerted, this, &MainWindow::reportAlert);
    connect(m_resonance, &ResonanceDock::problemArose, this, &MainWindow::warn);
    connect(m_recorder, &RecorderDock::checkRequested, m_resonance, &ResonanceDock::checkRecording);
}

void MainWindow::makeTrends()
{
    m_trends = new TrendsDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_trends);
    connect(m_trends, &TrendsDock::said, this, &MainWindow::say);
    connect(m_trends, &TrendsDock::problemArose, this, &MainWindow::warn);
    m_anomalies = new AnomaliesDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_anomalies);
    connect(m_anomalies, &AnomaliesDock::flowsRequested, this, [this] { m_flows->bringToFront(); });
    connect(m_anomalies, &AnomaliesDock::packetsRequested, this, [this] { m_packets->bringToFront(); });
    connect(m_anomalies, &AnomaliesDock::marksChanged, this,
            [this](const std::vector<Timestamp>& moments) { m_overview->plot().setMarks(moments); });
    m_entities = new EntitiesDock(m_bridge, m_focus, m_theme, this);
    m_docks.add(m_entities);
    connect(m_entities, &EntitiesDock::problemArose, this, &MainWindow::warn);
}

void MainWindow::useSignalSettings(std::shared_ptr<pipeline::TrendsSettings> settings)
{
    m_signalSettings = std::move(settings);
    SignalSettings kept = SignalSettings::load();
    auto values = kept.values();
    if (!values) {
        warn(toQString(values.error().message));
        kept.locationFiles.clear(); // the rest still holds
        values = kept.values();
    }
    if (values)
        m_signalSettings->set(*std::move(values));
}

void MainWindow::askForSignalSettings()
{
    SignalSettingsDialog dialog(this);
    if (dialog.exec() == QDialog::Accepted && m_signalSettings)
        m_signalSettings->set(dialog.values());
}

void MainWindow::makeFooter()
{
    m_footer = new Footer(m_bridge, m_focus, m_theme, this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_footer, 1);
    connect(m_footer, &Footer::capturesRequested, this, [this] { m_captures->bringToFront(); });
    connect(m_footer, &Footer::flowsRequested, this, [this] { m_flows->bringToFront(); });
    connect(m_footer, &Footer::healthRequested, this, [this] { m_health->bringToFront(); });
    connect(m_footer, &Footer::zoneRequested, this, &MainWindow::toggleZone);
    connect(m_footer, &Footer::cancelRequested, this, &MainWindow::cancelReading);
}

void MainWindow::makeLive()
{
    m_live = new LiveController(m_bridge, m_focus, m_theme, *this);
    m_top->addActionsBehindOpen(m_live->toolbarActions());
    m_start->setInterfaces(m_live->interfaces());
    connect(m_start, &StartPage::captureRequested, m_live, &LiveController::askWhatToCapture);
    connect(m_start, &StartPage::interfaceRequested, m_live, &LiveController::askForInterface);
    connect(m_live, &LiveController::messageArose, this,
            [this](const WindowMessage& message) { m_top->messages().show(message); });
    connect(m_live, &LiveController::said, this, &MainWindow::say);
    connect(m_live, &LiveController::openRequested, this, [this](const QString& path) { openFiles({path}); });
}

QStringList MainWindow::askForFiles()
{
    const QString folder = QSettings().value(QStringLiteral("openFolder")).toString();
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, tr("Open captures"), folder,
                                      tr("Captures (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;All files (*)"));
    if (!paths.isEmpty())
        QSettings().setValue(QStringLiteral("openFolder"), QFileInfo(paths.first()).absolutePath());
    return paths;
}

void MainWindow::chooseFiles()
{
    openFiles(askForFiles());
}

void MainWindow::chooseFilesAndFilter()
{
    const QStringList paths = askForFiles();
    if (paths.isEmpty())
        return;
    auto* dialog = new FilteredOpenDialog(paths, m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, paths] {
        pipeline::OpenOptions options;
        options.captureFilter = dialog->filter().toStdString();
        openFiles(paths, options);
    });
    dialog->open();
}

void MainWindow::openFiles(const QStringList& paths, const pipeline::OpenOptions& options)
{
    CaptureId last = 0;
    for (const QString& path : paths) {
        last = m_bridge.open(QFileInfo(path).absoluteFilePath(), options);
        m_reported.erase(last);
        m_recent->add(path);
    }
    if (last == 0)
        return;
    m_focus.setCapture(last);
    captureChanged(last);
    m_flows->focusTarget()->setFocus();
}

void MainWindow::openSample()
{
    const QString path = sampleCapturePath();
    if (path.isEmpty())
        warn(tr("The sample could not be copied to the cache folder. Is the disk full?"));
    else
        openFiles({path});
}

void MainWindow::closeCapture()
{
    cancelReading();
    m_focus.setCapture(0);
}

void MainWindow::cancelReading()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    if (snapshot && !snapshot->live &&
        (snapshot->phase == pipeline::Phase::Reading || snapshot->phase == pipeline::Phase::Queued))
        m_bridge.cancel(snapshot->id);
}

void MainWindow::captureChanged(CaptureId id)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(id);
    if (!snapshot)
        return;
    if (id == m_focus.state().capture)
        updateActions();
    if (snapshot->live)
        return; // the live controller tells how it ended
    if (snapshot->phase == pipeline::Phase::Failed)
        reportFailure(*snapshot);
    else if (snapshot->phase == pipeline::Phase::Finished)
        reportDamage(*snapshot);
}

void MainWindow::reportFailure(const pipeline::CaptureSnapshot& snapshot)
{
    if (!snapshot.failure || !m_reported.insert(snapshot.id).second)
        return;
    WindowMessage message;
    message.text = toQString(snapshot.failure->message);
    message.detail = toQString(snapshot.path + "\n" + snapshot.failure->detail);
    message.actionText = tr("Open another…");
    message.action = [this] { chooseFiles(); };
    m_top->messages().show(std::move(message));
}

void MainWindow::reportDamage(const pipeline::CaptureSnapshot& snapshot)
{
    const auto damage = std::find_if(snapshot.messages.begin(), snapshot.messages.end(), [](const auto& message) {
        return message.severity == capture::Severity::Error || message.severity == capture::Severity::Warning;
    });
    if (damage == snapshot.messages.end() || !m_reported.insert(snapshot.id).second)
        return;
    WindowMessage message;
    message.state = Role::Watch;
    message.text = QStringLiteral("%1: %2").arg(captureName(snapshot), toQString(damage->text));
    message.detail = tr("At byte %1, after packet %2. Everything before that is shown.")
                         .arg(formatCount(damage->offset), formatCount(damage->afterPacket));
    message.actionText = tr("Show Health");
    message.action = [this] { m_health->bringToFront(); };
    m_top->messages().show(std::move(message));
}

/// It names its capture and leads there: the analyst may look at another one when it comes, or when it is read.
void MainWindow::reportAlert(CaptureId capture, std::uint32_t flow, const QString& sentence)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(capture);
    if (!snapshot)
        return;
    WindowMessage message;
    message.text = QStringLiteral("%1: %2").arg(captureName(*snapshot), sentence);
    message.actionText = tr("Show the flow");
    message.action = [this, capture, flow] {
        if (!m_bridge.snapshot(capture))
            return warn(tr("The capture of this flow is no longer open."));
        m_focus.setCapture(capture);
        m_focus.setSelection({flow}, flow);
        m_resonance->bringToFront();
    };
    m_top->messages().show(std::move(message));
}

void MainWindow::workspaceChanged()
{
    if (const auto problem = m_bridge.workspace().problem)
        m_top->messages().show({Role::Bad, toQString(problem->message), toQString(problem->detail), {}, {}});
    const auto ids = m_bridge.captures();
    const CaptureId current = m_focus.state().capture;
    if (current == 0 || std::find(ids.begin(), ids.end(), current) != ids.end())
        return;
    m_focus.forget(current);
    if (!ids.empty())
        m_focus.setCapture(ids.back());
}

void MainWindow::currentCaptureChanged()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    if (snapshot && snapshot->phase == pipeline::Phase::Stored)
        m_bridge.load(snapshot->id);
    setWindowTitle(snapshot ? tr("%1 – Timbre").arg(captureName(*snapshot)) : tr("Timbre"));
    updateActions();
}

void MainWindow::arrangementChanged()
{
    // A dock in the analyst's hand is in no arrangement: the new one waits until it is dropped.
    if (qobject_cast<Dock*>(QWidget::mouseGrabber()) != nullptr) {
        constexpr int kLookAgainMs = 50;
        QTimer::singleShot(kLookAgainMs, this, &MainWindow::arrangementChanged);
        return;
    }
    if (m_focus.state().arrangement == m_shownArrangement)
        return;
    keepArrangement(*this, m_shownArrangement);
    m_shownArrangement = m_focus.state().arrangement;
    showArrangement(*this, m_docks, m_shownArrangement);
    m_top->showArrangement(m_shownArrangement);
}

void MainWindow::say(const QString& text)
{
    m_footer->say(text);
}

void MainWindow::warn(const QString& text)
{
    m_top->messages().show({Role::Bad, text, {}, {}, {}});
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_live->mayClose()) {
        event->ignore();
        return;
    }
    keepWindow(*this, m_shownArrangement);
    QMainWindow::closeEvent(event);
}

static QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            paths << url.toLocalFile();
    }
    return paths;
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openFiles(localFiles(*event->mimeData()));
}

// Not a shortcut: views use Escape for themselves first, and pass it on when there is nothing to leave.
void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        cancelReading();
    else
        QMainWindow::keyPressEvent(event);
}

Dock* MainWindow::dockWithKeyboard() const
{
    for (QWidget* widget = QApplication::focusWidget(); widget != nullptr; widget = widget->parentWidget()) {
        if (auto* dock = qobject_cast<Dock*>(widget))
            return dock;
    }
    return nullptr;
}

void MainWindow::goToNextDock(int direction)
{
    std::vector<Dock*> stops;
    for (Dock* dock : m_docks.all()) {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty()) // a dock behind another tab is "visible", too
            stops.push_back(dock);
    }
    if (stops.empty())
        return;
    const auto now = std::find(stops.begin(), stops.end(), dockWithKeyboard());
    const auto count = static_cast<int>(stops.size());
    const int start = now != stops.end() ? static_cast<int>(now - stops.begin()) : direction > 0 ? -1 : count;
    stops[static_cast<std::size_t>((start + direction + count) % count)]->bringToFront();
}

void MainWindow::toggleZone()
{
    const bool utc = m_focus.zone() == Focus::Zone::Utc;
    m_focus.setZone(utc ? Focus::Zone::Local : Focus::Zone::Utc);
    QSettings().setValue(QStringLiteral("localTime"), utc);
    m_zone->setChecked(utc);
}

void MainWindow::resetArrangement()
{
    arrangeDocks(*this, m_docks, m_shownArrangement);
    m_flows->resetColumns();
}

void MainWindow::sendCopy()
{
    QWidget* target = QApplication::focusWidget();
    if (target == nullptr)
        return;
    QKeyEvent press(QEvent::KeyPress, Qt::Key_C, Qt::ControlModifier);
    QApplication::sendEvent(target, &press);
}

} // namespace timbre::ui
