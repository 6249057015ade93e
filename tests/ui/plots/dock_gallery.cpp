// Shows the Overview, Flow and Packets docks over a capture, to be looked at: dock-gallery [--dark] [--flows a,b]
// [--range from,to] [--picture FILE] [CAPTURE]. Without a capture it makes an office one. Range in seconds.

#include "tests/generator/capture_file.h"
#include "tests/generator/scenario.h"
#include "tests/ui/plots/one_capture_port.h"
#include "ui/docks/flow_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/packets_dock.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>

#include <fstream>

using namespace timbre;
using namespace timbre::ui;

namespace {

QString officeCapture(const QTemporaryDir& directory)
{
    auto traffic = generator::scenarioByName("office", {});
    const generator::Bytes bytes = generator::writeCapture(*traffic, {});
    const QString path = directory.filePath(QStringLiteral("office.pcapng"));
    std::ofstream file(path.toStdString(), std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path;
}

void choose(Focus& focus, const EngineBridge& bridge, const QCommandLineParser& arguments)
{
    std::vector<std::uint32_t> flows;
    for (const QString& text : arguments.value(QStringLiteral("flows")).split(QLatin1Char(','), Qt::SkipEmptyParts))
        flows.push_back(text.toUInt());
    if (!flows.empty())
        focus.setSelection(flows, flows.front());
    const QStringList ends = arguments.value(QStringLiteral("range")).split(QLatin1Char(','));
    const SnapshotPtr capture = bridge.snapshot(focus.state().capture);
    if (ends.size() == 2 && capture && capture->timeRange) {
        const auto at = [&capture](const QString& seconds) {
            return Timestamp{capture->timeRange->begin.ns + static_cast<std::int64_t>(seconds.toDouble() * 1e9)};
        };
        focus.setRange(TimeRange{at(ends[0]), at(ends[1])});
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCommandLineParser arguments;
    arguments.addOptions(
        {{QStringLiteral("dark"), QStringLiteral("dark theme")},
         {QStringLiteral("flows"), QStringLiteral("selected flows"), QStringLiteral("list")},
         {QStringLiteral("range"), QStringLiteral("time range"), QStringLiteral("from,to")},
         {QStringLiteral("picture"), QStringLiteral("write a picture and end"), QStringLiteral("file")}});
    arguments.process(application);
    const QTemporaryDir directory;
    const QString path =
        arguments.positionalArguments().isEmpty() ? officeCapture(directory) : arguments.positionalArguments().front();

    Theme theme;
    theme.setMode(arguments.isSet(QStringLiteral("dark")) ? Theme::Mode::Dark : Theme::Mode::Light);
    theme.install();
    EngineBridge bridge(
        [](pipeline::EngineObserver& observer) { return std::make_unique<test::OneCapturePort>(observer); });
    Focus focus;
    QMainWindow window;
    window.resize(1440, 900);
    auto* flow = new FlowDock(bridge, focus, theme, &window);
    auto* packets = new PacketsDock(bridge, focus, theme, &window);
    auto* overview = new OverviewDock(bridge, focus, theme, &window);
    window.addDockWidget(Qt::LeftDockWidgetArea, packets);
    window.addDockWidget(Qt::RightDockWidgetArea, flow);
    window.addDockWidget(Qt::BottomDockWidgetArea, overview);
    QObject::connect(flow, &FlowDock::packetChosen, packets, &PacketsDock::showPacket);
    window.show();
    window.resizeDocks({packets, flow}, {1050, 390}, Qt::Horizontal);
    window.resizeDocks({packets, overview}, {790, 100}, Qt::Vertical);
    QObject::connect(&bridge, &EngineBridge::captureChanged, &window, [&](CaptureId id) {
        focus.setCapture(id);
        choose(focus, bridge, arguments);
    });
    bridge.open(path);
    if (const QString picture = arguments.value(QStringLiteral("picture")); !picture.isEmpty()) {
        constexpr int kSettleMs = 4000;
        QTimer::singleShot(kSettleMs, &window,
                           [&window, picture] { QApplication::exit(window.grab().save(picture) ? 0 : 1); });
    }
    return QApplication::exec();
}
