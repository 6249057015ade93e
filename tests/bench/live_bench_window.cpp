#include "tests/bench/live_bench_window.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/capture/live_controller.h"
#include "ui/docks/flows_dock.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QSettings>
#include <QtCore/QSocketNotifier>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <unistd.h>

namespace timbre::bench {

namespace {

pipeline::LiveRequest requestOf(const WindowTask& task)
{
    pipeline::LiveRequest request;
    request.options.interfaces = {task.interface};
    request.options.filter = "udp";
    request.options.ringFiles = task.ringFiles;
    request.options.ringFileBytes = task.ringMiB << 20U;
    request.spoolRoot = task.folder + "/spool";
    return request;
}

void fill(WindowFigures& figures, const pipeline::CaptureSnapshot& snapshot)
{
    const pipeline::LiveFacts& live = *snapshot.live;
    const bool ended = !live.active && live.status.state == capture::LiveState::Ended;
    figures.state = ended ? 2 : live.status.state == capture::LiveState::Starting ? 0 : 1;
    figures.written = live.status.written();
    figures.analysed = snapshot.counters.packets;
    figures.kernelDrops = live.status.kernelDrops();
    figures.interfaceDrops = live.status.interfaceDrops();
    figures.ringLosses = snapshot.facts.ringLosses;
    figures.lag = live.lagPackets;
    figures.lossSpans = snapshot.facts.losses.size();
    figures.helper = static_cast<std::uint64_t>(live.status.processId);
}

} // namespace

int runWindow(int argc, char** argv, const WindowTask& task)
{
    QApplication application(argc, argv);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QString::fromStdString(task.folder));
    pipeline::EngineConfig config;
    config.workspace = task.folder + "/workspace.timbre";
    config.analyzers.maskFolder = TIMBRE_SOURCE_DIR "/resources/masks"; // active from the start, as in the program
    ui::Theme theme;
    theme.install();
    ui::EngineBridge bridge(ui::makeEnginePort(std::move(config)));
    ui::MainWindow window(bridge, theme);
    window.resize(1440, 900);
    window.show();
    ui::LiveController::allowRoot(); // of this network alone, which has nobody else on it
    window.live().start(requestOf(task));
    window.focus().setFilter(QStringLiteral("proto == udp and flow.bytes > 1kB"));
    window.focus().setOrder({query::Field::Bytes, true});

    WindowFigures figures;
    QElapsedTimer sinceUpdate;
    QObject::connect(&bridge, &ui::EngineBridge::captureChanged, &window, [&](pipeline::CaptureId id) {
        const ui::SnapshotPtr snapshot = bridge.snapshot(id);
        if (!snapshot || !snapshot->live)
            return;
        fill(figures, *snapshot);
        ++figures.updates;
        if (sinceUpdate.isValid())
            figures.longestGapMs = std::max(figures.longestGapMs, static_cast<std::uint64_t>(sinceUpdate.elapsed()));
        sinceUpdate.start();
    });
    QTimer tell;
    QObject::connect(&tell, &QTimer::timeout, &window, [&] {
        figures.rows = static_cast<std::uint64_t>(window.flowsDock().model().rowCount());
        if (write(task.figures, &figures, sizeof figures) != static_cast<ssize_t>(sizeof figures))
            _exit(1);
        figures.longestGapMs = 0;
    });
    tell.start(50);
    QSocketNotifier commands(task.commands, QSocketNotifier::Read);
    QObject::connect(&commands, &QSocketNotifier::activated, &window, [&] {
        char command = 0;
        if (read(task.commands, &command, 1) != 1)
            QApplication::exit(0);
        else
            bridge.cancel(window.focus().state().capture);
    });
    return QApplication::exec();
}

} // namespace timbre::bench
