// Takes the manual's pictures from the real window, light and dark, on the bundled sample:
//
//     tests/pictures/take.sh FOLDER     (or: bin/timbre-pictures FOLDER CAPTURE…)

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/docks/flows_dock.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/top_bar.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

#include <cstdio>

using namespace timbre;
using namespace timbre::ui;

namespace {

constexpr QSize kWindow{1440, 880};
constexpr int kSettleMs = 700; // plots and searches come in by themselves

class Camera {
public:
    Camera(MainWindow& window, QDir folder, QString theme)
        : m_window(window)
        , m_folder(std::move(folder))
        , m_theme(std::move(theme))
    {
    }

    void take(const QString& name)
    {
        QTest::qWait(kSettleMs);
        const QString path = m_folder.filePath(QStringLiteral("%1-%2.png").arg(name, m_theme));
        if (!m_window.grab().save(path, "PNG", 0))
            std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
    }
    void takeArrangement(const QString& name, Arrangement arrangement)
    {
        m_window.focus().setArrangement(arrangement);
        take(name);
    }

private:
    MainWindow& m_window;
    const QDir m_folder;
    const QString m_theme;
};

bool waitForAnalysis(EngineBridge& bridge, const MainWindow& window)
{
    const auto finished = [&] {
        const SnapshotPtr capture = bridge.snapshot(const_cast<MainWindow&>(window).focus().state().capture);
        return capture && capture->phase == pipeline::Phase::Finished;
    };
    constexpr int kPatienceMs = 60'000;
    return QTest::qWaitFor(finished, kPatienceMs);
}

bool takeAll(Theme& theme, Theme::Mode mode, const QString& name, const QStringList& captures, const QDir& folder)
{
    theme.setMode(mode);
    QTemporaryDir workspace;
    pipeline::EngineConfig config;
    config.workspace = workspace.filePath(QStringLiteral("pictures.timbre")).toStdString();
    config.analyzers.maskFolder = TIMBRE_SOURCE_DIR "/resources/masks";
    EngineBridge bridge(makeEnginePort(std::move(config)));
    MainWindow window(bridge, theme);
    window.resize(kWindow);
    window.show();
    theme.setMode(mode); // the window has read its own setting
    Camera camera(window, folder, name);
    camera.take(QStringLiteral("start"));
    window.openFiles(captures);
    if (!waitForAnalysis(bridge, window))
        return false;
    window.focus().setSelection({1}, 1);
    camera.take(QStringLiteral("window"));
    window.docks().find(QLatin1StringView("health"))->bringToFront();
    camera.take(QStringLiteral("health"));
    for (Dock* dock : window.docks().all()) {
        if (dock->facts().number != 0 && dock->facts().number < 7)
            continue;
        dock->bringToFront();
        camera.take(dock->facts().id);
    }
    camera.takeArrangement(QStringLiteral("arrangement-record"), Arrangement::Record);
    camera.takeArrangement(QStringLiteral("arrangement-voice"), Arrangement::Voice);
    camera.takeArrangement(QStringLiteral("arrangement-trends"), Arrangement::Trends);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        std::fprintf(stderr, "usage: timbre-pictures FOLDER CAPTURE…\n");
        return 2;
    }
    const QDir folder(arguments[1]);
    Theme theme;
    theme.install();
    const QStringList captures = arguments.mid(2);
    const bool taken = takeAll(theme, Theme::Mode::Light, QStringLiteral("light"), captures, folder) &&
                       takeAll(theme, Theme::Mode::Dark, QStringLiteral("dark"), captures, folder);
    return taken ? 0 : 1;
}
