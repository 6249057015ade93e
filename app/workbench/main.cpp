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
#include <cstdio>
#include <cstdlib>
#include <iterator>
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

/// What may stand on the command line.
struct CommandLine {
    QCommandLineParser parser;
    const QCommandLineOption workspace{QStringLiteral("workspace"), QStringLiteral("Keep results in this file."),
                                       QStringLiteral("file"), defaultWorkspace()};
    const QCommandLineOption allowRoot{QStringLiteral("allow-root"),
                                       QStringLiteral("Capture although the window runs as root.")};
    const QCommandLineOption masks{QStringLiteral("masks"),
                                   QStringLiteral("Check flows against the masks in this directory."),
                                   QStringLiteral("directory")};

    CommandLine()
    {
        parser.setApplicationDescription(QStringLiteral("Workbench for network traffic analysts"));
        parser.addHelpOption();
        parser.addVersionOption();
        parser.addOption(workspace);
        parser.addOption(allowRoot);
        parser.addOption(masks);
        parser.addPositionalArgument(QStringLiteral("captures"), QStringLiteral("Captures to open."),
                                     QStringLiteral("[captures…]"));
    }
};

/// --help and --version are answered on a machine without a screen, too.
bool asksForWordsOnly(int argc, char** argv)
{
    QStringList words;
    std::transform(argv, argv + argc, std::back_inserter(words),
                   [](const char* word) { return QFile::decodeName(word); });
    CommandLine line;
    line.parser.parse(words); // Qt's own options are unknown here, and left to the application
    return line.parser.isSet(QStringLiteral("help")) || line.parser.isSet(QStringLiteral("help-all")) ||
           line.parser.isSet(QStringLiteral("version"));
}

bool hasScreen(int argc, char** argv)
{
#ifdef Q_OS_LINUX
    const bool platformGiven = std::any_of(
        argv, argv + argc, [](std::string_view word) { return word == "-platform" || word == "--platform"; });
    return platformGiven || qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

/// The toolkit ends the program as if it had crashed when the screen that is named does not answer.
void endWithoutScreen(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    std::fputs((qFormatLogMessage(type, context, text) + QLatin1Char('\n')).toLocal8Bit().constData(), stderr);
    if (type != QtFatalMsg)
        return;
    std::fputs("timbre: no window can be opened. Without one, timbre-cli does the same analysis.\n", stderr);
    std::_Exit(EXIT_FAILURE);
}

std::unique_ptr<QCoreApplication> makeApplication(bool withWindow, int& argc, char** argv)
{
    if (!withWindow)
        return std::make_unique<QCoreApplication>(argc, argv);
    const QtMessageHandler before = qInstallMessageHandler(endWithoutScreen);
    auto application = std::make_unique<QApplication>(argc, argv);
    qInstallMessageHandler(before);
    return application;
}

} // namespace

int main(int argc, char** argv)
{
    const bool withWindow = !asksForWordsOnly(argc, argv) && hasScreen(argc, argv);
    const std::unique_ptr<QCoreApplication> application = makeApplication(withWindow, argc, argv);
    QApplication::setApplicationName(QStringLiteral("timbre"));
    QApplication::setOrganizationName(QStringLiteral("timbre")); // of the settings file
    QApplication::setApplicationVersion(QStringLiteral(TIMBRE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Timbre"));
    QGuiApplication::setDesktopFileName(QStringLiteral("timbre"));

    timbre::ui::installTranslation(*application, QLocale::system());

    CommandLine line;
    line.parser.process(*application); // ends here when words were asked for, or not understood
    if (!withWindow) {
        std::fputs("timbre: there is no display to open a window on. Without one, timbre-cli does the same analysis.\n",
                   stderr);
        return EXIT_FAILURE;
    }

    if (line.parser.isSet(line.allowRoot))
        timbre::ui::LiveController::allowRoot();
    timbre::pipeline::EngineConfig config;
    config.workspace = QFile::encodeName(line.parser.value(line.workspace)).toStdString();
    config.analyzers.masks = bundledMasks();
    config.analyzers.maskFolder = QFile::encodeName(line.parser.value(line.masks)).toStdString();
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
    window.openFiles(line.parser.positionalArguments());
    window.live().lookForLeftSpools();
    return QApplication::exec();
}
