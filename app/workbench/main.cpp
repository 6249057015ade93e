// timbre: the workbench. Opens the captures named on the command line.

#include "engine/pipeline/hash_key.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/translation.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QApplication>

namespace {

/// ~/.local/share/timbre/workspace.timbre, unless told otherwise.
QString defaultWorkspace()
{
    const QString folder =
        QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)).filePath(QStringLiteral("timbre"));
    QDir().mkpath(folder);
    return QDir(folder).filePath(QStringLiteral("workspace.timbre"));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("timbre"));
    QApplication::setOrganizationName(QStringLiteral("timbre")); // of the settings file
    QApplication::setApplicationDisplayName(QStringLiteral("Timbre"));
    QApplication::setApplicationVersion(QStringLiteral(TIMBRE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("timbre"));

    timbre::ui::installTranslation(application, QLocale::system());

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Workbench for network traffic analysts"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption workspace(QStringLiteral("workspace"), QStringLiteral("Keep results in this file."),
                                       QStringLiteral("file"), defaultWorkspace());
    parser.addOption(workspace);
    parser.addPositionalArgument(QStringLiteral("captures"), QStringLiteral("Captures to open."),
                                 QStringLiteral("[captures…]"));
    parser.process(application);

    timbre::pipeline::EngineConfig config;
    config.workspace = QFile::encodeName(parser.value(workspace)).toStdString();
    std::optional<timbre::Error> keyProblem;
    config.analyzers.trendsOptions.secrets = timbre::pipeline::userSecretHasher(keyProblem);
    if (keyProblem)
        qWarning("%s (%s)", keyProblem->message.c_str(), keyProblem->detail.c_str());
    timbre::ui::Theme theme;
    theme.install();
    timbre::ui::EngineBridge bridge(timbre::ui::makeEnginePort(std::move(config)));
    timbre::ui::MainWindow window(bridge, theme);
    window.show();
    window.openFiles(parser.positionalArguments());
    return QApplication::exec();
}
