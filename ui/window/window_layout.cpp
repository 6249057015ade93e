#include "ui/window/window_layout.h"

#include "ui/docks/dock.h"

#include <QtCore/QSettings>
#include <QtGui/QScreen>

namespace timbre::ui {

namespace {

constexpr int kCapturesWidth = 240;
constexpr int kFlowWidth = 380;
constexpr int kFlowsWidth = 820;
constexpr int kFlowsHeight = 420;
constexpr int kPacketsHeight = 280;
constexpr int kOverviewHeight = 108;
constexpr QSize kFirstSize{1440, 900};
constexpr QSize kFrameSize{8, 40}; // what the desktop adds around the window

QString geometryKey()
{
    return QStringLiteral("window/geometry");
}

QString stateKey()
{
    return QStringLiteral("window/state");
}

} // namespace

// There is no central widget: Flows is a dock like the others, in one area with its neighbours, so that each of them
// can go anywhere.
void arrangeDocks(QMainWindow& window, const WindowDocks& docks)
{
    for (Dock* dock : docks.all()) {
        dock->setFloating(false);
        window.removeDockWidget(dock);
    }
    window.addDockWidget(Qt::LeftDockWidgetArea, docks.captures);
    window.splitDockWidget(docks.captures, docks.flows, Qt::Horizontal);
    window.splitDockWidget(docks.flows, docks.flow, Qt::Horizontal);
    window.splitDockWidget(docks.flows, docks.packets, Qt::Vertical);
    window.tabifyDockWidget(docks.packets, docks.health);
    window.addDockWidget(Qt::BottomDockWidgetArea, docks.overview);
    for (Dock* dock : docks.all())
        dock->show();
    docks.packets->raise();
    window.resizeDocks({docks.captures, docks.flows, docks.flow}, {kCapturesWidth, kFlowsWidth, kFlowWidth},
                       Qt::Horizontal);
    window.resizeDocks({docks.flows, docks.packets}, {kFlowsHeight, kPacketsHeight}, Qt::Vertical);
    window.resizeDocks({docks.overview}, {kOverviewHeight}, Qt::Vertical);
}

void restoreLayout(QMainWindow& window, const WindowDocks& docks)
{
    const QSettings settings;
    if (!window.restoreGeometry(settings.value(geometryKey()).toByteArray()))
        window.resize(kFirstSize.boundedTo(window.screen()->availableSize() - kFrameSize));
    arrangeDocks(window, docks);
    window.restoreState(settings.value(stateKey()).toByteArray(), kLayoutVersion);
}

void saveLayout(const QMainWindow& window)
{
    QSettings settings;
    settings.setValue(geometryKey(), window.saveGeometry());
    settings.setValue(stateKey(), window.saveState(kLayoutVersion));
}

} // namespace timbre::ui
