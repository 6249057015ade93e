#include "ui/window/window_layout.h"

#include "ui/docks/dock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSettings>
#include <QtGui/QScreen>
#include <QtWidgets/QLayout>
#include <QtWidgets/QTabBar>

#include <algorithm>
#include <array>

namespace timbre::ui {

namespace {

using Ids = std::vector<const char*>;

/// Tabs of one place share it; the first is in front. Docks that are not named join `under`, behind the others.
struct Plan {
    const char* name; // in the settings: never rename
    Ids left;
    Ids main;
    Ids under; // below main
    Ids right;
    std::array<int, 3> widths;  // left, middle, right
    std::array<int, 2> heights; // main, under
};

const std::array<Plan, kArrangements> kPlans{{
    {"inspect",
     {"captures", "masks", "entities", "notes"},
     {"flows"},
     {"packets", "trends", "anomalies", "recorder", "health"},
     {"flow", "resonance", "audio"},
     {240, 820, 380},
     {420, 280}},
    {"record",
     {"captures", "entities", "notes"},
     {"recorder", "flows"},
     {"flows", "packets", "trends", "anomalies", "health"},
     {"masks", "flow", "resonance", "audio"},
     {180, 880, 380},
     {440, 260}},
    {"voice",
     {"captures", "masks", "entities", "notes"},
     {"audio", "flows"},
     {"flows", "packets", "trends", "anomalies", "recorder", "health"},
     {"flow", "resonance"},
     {200, 880, 360},
     {460, 240}},
    {"trends",
     {"captures", "masks", "notes"},
     {"trends", "flows"},
     {"anomalies", "flows", "packets", "recorder", "health"},
     {"entities", "flow", "resonance", "audio"},
     {200, 840, 400},
     {400, 300}},
}};

constexpr int kOverviewHeight = 108;
constexpr QSize kFirstSize{1440, 900};
constexpr QSize kFrameSize{8, 40}; // what the desktop adds around the window

const Plan& planOf(Arrangement arrangement)
{
    return kPlans[static_cast<std::size_t>(arrangement)];
}

QString geometryKey()
{
    return QStringLiteral("window/geometry");
}

QString arrangementKey()
{
    return QStringLiteral("window/arrangement");
}

QString stateKey(Arrangement arrangement)
{
    return QStringLiteral("window/state/%1").arg(QLatin1StringView(planOf(arrangement).name));
}

/// The docks of a place that exist and are not placed yet; they are then.
std::vector<Dock*> take(const WindowDocks& docks, const Ids& ids, std::vector<Dock*>& placed)
{
    std::vector<Dock*> found;
    for (const char* id : ids) {
        Dock* dock = docks.find(QLatin1StringView(id));
        if (dock == nullptr || std::ranges::find(placed, dock) != placed.end())
            continue;
        found.push_back(dock);
        placed.push_back(dock);
    }
    return found;
}

void stack(QMainWindow& window, const std::vector<Dock*>& tabs)
{
    for (std::size_t i = 1; i < tabs.size(); ++i)
        window.tabifyDockWidget(tabs[i - 1], tabs[i]);
    if (!tabs.empty())
        tabs.front()->raise();
}

/// What the plan gives a column, or what the titles of its tabs need to be read.
int columnWidth(int planned, const std::vector<Dock*>& tabs)
{
    constexpr int kFrame = 28; // of the bar that the window makes, before it cuts titles short
    QTabBar titles;
    titles.ensurePolished();
    for (const Dock* dock : tabs)
        titles.addTab(dock->windowTitle());
    return std::max(planned, titles.sizeHint().width() + kFrame);
}

} // namespace

void WindowDocks::add(Dock* dock)
{
    const auto place = [](const Dock* of) { return of->facts().number > 0 ? of->facts().number : 100; };
    const auto before = std::ranges::upper_bound(m_docks, place(dock), {}, place);
    m_docks.insert(before, dock);
}

Dock* WindowDocks::find(QLatin1StringView id) const
{
    const auto found = std::ranges::find_if(m_docks, [&](const Dock* dock) { return dock->facts().id == id; });
    return found == m_docks.end() ? nullptr : *found;
}

QString arrangementTitle(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Inspect:
        return QCoreApplication::translate("Arrangement", "Inspect");
    case Arrangement::Record:
        return QCoreApplication::translate("Arrangement", "Record");
    case Arrangement::Voice:
        return QCoreApplication::translate("Arrangement", "Voice");
    case Arrangement::Trends:
        return QCoreApplication::translate("Arrangement", "Trends");
    }
    return {};
}

QString arrangementPurpose(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Inspect:
        return QCoreApplication::translate("Arrangement", "Flows and their packets");
    case Arrangement::Record:
        return QCoreApplication::translate("Arrangement", "Recordings and the masks made of them");
    case Arrangement::Voice:
        return QCoreApplication::translate("Arrangement", "Voice streams and their verdicts");
    case Arrangement::Trends:
        return QCoreApplication::translate("Arrangement", "Signals over time, anomalies, entities");
    }
    return {};
}

// There is no central widget: Flows is a dock like the others, in one area with its neighbours, so that each of them
// can go anywhere.
void arrangeDocks(QMainWindow& window, const WindowDocks& docks, Arrangement arrangement)
{
    for (Dock* dock : docks.all()) {
        if (dock->isFloating()) // asked in any case, it would lay the dock out anew
            dock->setFloating(false);
        window.removeDockWidget(dock);
    }
    const Plan& plan = planOf(arrangement);
    std::vector<Dock*> placed;
    Dock* const overview = docks.find(QLatin1StringView("overview"));
    placed.push_back(overview);
    const auto left = take(docks, plan.left, placed);
    auto main = take(docks, {plan.main.front()}, placed);
    if (main.empty())
        main = take(docks, plan.main, placed);
    auto under = take(docks, plan.under, placed);
    const auto right = take(docks, plan.right, placed);
    for (Dock* dock : docks.all()) {
        if (std::ranges::find(placed, dock) == placed.end())
            under.push_back(dock);
    }
    window.addDockWidget(Qt::LeftDockWidgetArea, left.front());
    window.splitDockWidget(left.front(), main.front(), Qt::Horizontal);
    window.splitDockWidget(main.front(), right.front(), Qt::Horizontal);
    window.splitDockWidget(main.front(), under.front(), Qt::Vertical);
    window.addDockWidget(Qt::BottomDockWidgetArea, overview);
    for (const auto& tabs : {left, main, under, right})
        stack(window, tabs);
    for (Dock* dock : docks.all())
        dock->show();
    for (const auto& tabs : {left, main, under, right})
        tabs.front()->raise();
    window.resizeDocks({left.front(), main.front(), right.front()},
                       {columnWidth(plan.widths[0], left), plan.widths[1], columnWidth(plan.widths[2], right)},
                       Qt::Horizontal);
    window.resizeDocks({main.front(), under.front()}, {plan.heights[0], plan.heights[1]}, Qt::Vertical);
    window.resizeDocks({overview}, {kOverviewHeight}, Qt::Vertical);
}

namespace {

/// At its end the toolkit shows tab bar after tab bar out of a set. Showing one activates the layout of the window, which
/// replaces that very set: it must not answer meanwhile.
void restoreDocks(QMainWindow& window, const QByteArray& state)
{
    window.layout()->setEnabled(false);
    window.restoreState(state, kLayoutVersion);
    window.layout()->setEnabled(true);
    if (window.isVisible()) // before, there is no size yet that docks could share
        window.layout()->activate();
}

} // namespace

void showArrangement(QMainWindow& window, const WindowDocks& docks, Arrangement arrangement)
{
    window.setUpdatesEnabled(false);
    const QByteArray kept = QSettings().value(stateKey(arrangement)).toByteArray();
    arrangeDocks(window, docks, arrangement);
    if (!kept.isEmpty())
        restoreDocks(window, kept);
    window.setUpdatesEnabled(true);
}

void keepArrangement(const QMainWindow& window, Arrangement arrangement)
{
    QSettings().setValue(stateKey(arrangement), window.saveState(kLayoutVersion));
}

Arrangement restoreWindow(QMainWindow& window)
{
    const QSettings settings;
    if (!window.restoreGeometry(settings.value(geometryKey()).toByteArray()))
        window.resize(kFirstSize.boundedTo(window.screen()->availableSize() - kFrameSize));
    const QString name = settings.value(arrangementKey()).toString();
    const auto found =
        std::ranges::find_if(kPlans, [&](const Plan& plan) { return name == QLatin1StringView(plan.name); });
    return found == kPlans.end() ? Arrangement::Inspect : static_cast<Arrangement>(found - kPlans.begin());
}

void keepWindow(const QMainWindow& window, Arrangement arrangement)
{
    QSettings settings;
    settings.setValue(geometryKey(), window.saveGeometry());
    settings.setValue(arrangementKey(), QLatin1StringView(planOf(arrangement).name));
    keepArrangement(window, arrangement);
}

} // namespace timbre::ui
