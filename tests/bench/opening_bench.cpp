// How long after opening a capture its first flows stand in the real window, and until all of it is read; from the
// start of the program to a window that can be used; and how long another arrangement or theme takes with that capture
// open.
//
//     QT_QPA_PLATFORM=offscreen bin/opening_bench CAPTURE

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/flows_dock.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

#include <cstdio>

using namespace timbre;
using namespace timbre::ui;

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: opening_bench CAPTURE\n");
        return 2;
    }
    QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    pipeline::EngineConfig config;
    config.workspace = folder.filePath(QStringLiteral("workspace.timbre")).toStdString();
    Theme theme;
    theme.install();
    EngineBridge bridge(makeEnginePort(std::move(config)));
    MainWindow window(bridge, theme);
    window.show();
    QApplication::processEvents();
    std::printf("start to window        %6lld ms\n", sinceStart.elapsed());

    QElapsedTimer sinceOpened;
    sinceOpened.start();
    window.openFiles({QString::fromLocal8Bit(argv[1])});
    const auto capture = [&] { return bridge.snapshot(window.focus().state().capture); };
    const auto waitFor = [](const auto& arrived) {
        while (!arrived())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    };
    waitFor([&] { return window.flowsDock().model().rowCount() > 0 || capture()->phase == pipeline::Phase::Failed; });
    QApplication::processEvents(); // painted
    std::printf("opened to first flows  %6lld ms, %d rows\n", sinceOpened.elapsed(),
                window.flowsDock().model().rowCount());
    waitFor(
        [&] { return capture()->phase != pipeline::Phase::Queued && capture()->phase != pipeline::Phase::Reading; });
    std::printf("opened to end of file  %6lld ms, %d rows\n", sinceOpened.elapsed(),
                window.flowsDock().model().rowCount());
    const auto longest = [](auto change, int times) {
        qint64 most = 0;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer timer;
            timer.start();
            change(i);
            QApplication::processEvents();
            most = std::max(most, timer.elapsed());
        }
        return most;
    };
    std::printf("another arrangement    %6lld ms at most\n",
                longest([&](int i) { window.focus().setArrangement(static_cast<Arrangement>((i + 1) % 4)); }, 8));
    std::printf("another theme          %6lld ms at most\n",
                longest([&](int i) { theme.setMode(i % 2 == 0 ? Theme::Mode::Dark : Theme::Mode::Light); }, 6));
    return 0;
}
