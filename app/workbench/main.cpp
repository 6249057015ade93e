// timbre: the workbench. Opens the captures named on the command line.

#include "engine/mask/mask_file.h"
#include "engine/pipeline/hash_key.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/capture/live_controller.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/translation.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

namespace {

/// ~/.local/share/timbre/workspace.timbre, unless told otherwise.
QString defaultWorkspace()
{
    const QString folder =
        QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)).filePath(QStringLiteral("timbre"));
    QDir().mkpath(folder);
    return QDir(folder).filePath(QStringLiteral("workspace.timbre"));
}

/// The masks that come with the program are active from the start.
timbre::resonance::MaskModels bundledMasks()
{
    timbre::resonance::MaskModels masks;
    const QDir folder(QStringLiteral(":/masks"));
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const timbre::mask::MaskLoading loading = timbre::mask::loadMask(file.readAll().toStdString(), 0);
        if (!loading.loaded)
            continue;
        if (auto model = timbre::resonance::MaskModel::make(loading.loaded->mask))
            masks.push_back(*std::move(model));
    }
    return masks;
}

/// --help and --version are answered on a machine without a screen, too.
bool asksForWordsOnly(int argc, char** argv)
{
    constexpr std::array<std::string_view, 5> kWords{"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(argv + 1, argv + argc, [&](std::string_view word) {
        return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
    });
}

/// The toolkit would end the program as if it had crashed.
bool hasScreen()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv)
{
    if (asksForWordsOnly(argc, argv))
        return std::make_unique<QCoreApplication>(argc, argv);
    return std::make_unique<QApplication>(argc, argv);
}

} // namespace

int main(int argc, char** argv)
{
    if (!asksForWordsOnly(argc, argv) && !hasScreen()) {
        std::fputs("timbre: there is no display to open a window on. Without one, timbre-cli does the same analysis.\n",
                   stderr);
        return 1;
    }
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    QApplication::setApplicationName(QStringLiteral("timbre"));
    QApplication::setOrganizationName(QStringLiteral("timbre")); // of the settings file
    QApplication::setApplicationVersion(QStringLiteral(TIMBRE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Timbre"));
    QGuiApplication::setDesktopFileName(QStringLiteral("timbre"));

    timbre::ui::installTranslation(*application, QLocale::system());

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Workbench for network traffic analysts"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption workspace(QStringLiteral("workspace"), QStringLiteral("Keep results in this file."),
                                       QStringLiteral("file"), defaultWorkspace());
    parser.addOption(workspace);
    const QCommandLineOption allowRoot(QStringLiteral("allow-root"),
                                       QStringLiteral("Capture although the window runs as root."));
    parser.addOption(allowRoot);
    const QCommandLineOption masks(QStringLiteral("masks"),
                                   QStringLiteral("Check flows against the masks in this directory."),
                                   QStringLiteral("directory"));
    parser.addOption(masks);
    parser.addPositionalArgument(QStringLiteral("captures"), QStringLiteral("Captures to open."),
                                 QStringLiteral("[captures…]"));
    parser.process(*application);

    if (parser.isSet(allowRoot))
        timbre::ui::LiveController::allowRoot();
    timbre::pipeline::EngineConfig config;
    config.workspace = QFile::encodeName(parser.value(workspace)).toStdString();
    config.analyzers.masks = bundledMasks();
    config.analyzers.maskFolder = QFile::encodeName(parser.value(masks)).toStdString();
    std::optional<timbre::Error> keyProblem;
    config.analyzers.trendsOptions.secrets = timbre::pipeline::userSecretHasher(keyProblem);
    if (keyProblem)
        qWarning("%s (%s)", keyProblem->message.c_str(), keyProblem->detail.c_str());
    const auto signalSettings = std::make_shared<timbre::pipeline::TrendsSettings>();
    config.analyzers.trendsSettings = signalSettings;
    timbre::ui::Theme theme;
    theme.install();
    timbre::ui::EngineBridge bridge(timbre::ui::makeEnginePort(std::move(config)));
    timbre::ui::MainWindow window(bridge, theme);
    window.useSignalSettings(signalSettings);
    window.show();
    window.openFiles(parser.positionalArguments());
    window.live().lookForLeftSpools();
    return QApplication::exec();
}
