// How long the flow table with a million flows holds the window's thread: scrolling, new order, new filter, live
// growth, selecting all. Each figure is over single events as the application handles them.
//
//     QT_QPA_PLATFORM=offscreen bin/flows_view_bench [flows]

#include "tests/support/synthetic_flows.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/flows_view.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace timbre;
using namespace timbre::ui;

namespace {

constexpr double kMs = 1e6;

/// Processor time of the window's thread: what other programs do on the machine meanwhile does not count.
class Stopwatch {
public:
    [[nodiscard]] double ms() const { return now() - m_start; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / kMs;
    }
    double m_start = now();
};

/// Notes how long each event was worked on.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth++ > 0) {
            const bool result = QApplication::notify(receiver, event);
            --m_depth;
            return result;
        }
        const Stopwatch watch;
        const bool result = QApplication::notify(receiver, event);
        events.push_back(watch.ms());
        --m_depth;
        return result;
    }

    std::vector<double> events; // ms

private:
    int m_depth = 0;
};

void report(const char* what, std::vector<double> values)
{
    if (values.empty())
        return;
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[std::min(values.size() - 1,
                               static_cast<std::size_t>(share * static_cast<double>(values.size())))];
    };
    std::printf("%-44s n %6zu   p50 %7.2f   p99 %7.2f   max %7.2f ms\n", what, values.size(), at(0.5), at(0.99),
                values.back());
}

/// One step of scrolling, painted at once.
void scroll(FlowsView& view, const char* what, const std::function<int(int)>& next)
{
    constexpr int kSteps = 400;
    std::vector<double> times;
    QScrollBar* bar = view.verticalScrollBar();
    for (int i = 0; i < kSteps; ++i) {
        const Stopwatch watch;
        bar->setValue(next(bar->value()));
        view.viewport()->repaint();
        times.push_back(watch.ms());
    }
    report(what, std::move(times));
}

/// What it takes until `done`, and how long the thread was held by any single event meanwhile.
void untilDone(TimedApplication& application, const char* what, const std::function<void()>& start,
               const std::function<bool()>& done)
{
    constexpr int kTimeoutMs = 30'000;
    QCoreApplication::processEvents();
    application.events.clear();
    QElapsedTimer whole;
    whole.start();
    const Stopwatch watch;
    start();
    const double direct = watch.ms();
    while (!done() && whole.elapsed() < kTimeoutMs)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    std::printf("%-44s first page after %7.2f ms, call itself %6.2f ms\n", what,
                static_cast<double>(whole.nsecsElapsed()) / kMs, direct);
    for (int i = 0; i < 40; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    report("    events", application.events);
}

std::shared_ptr<const flow::FlowSnapshot> firstOf(const flow::FlowSnapshot& all, std::size_t count)
{
    auto chunks = all.chunks();
    chunks.resize((count + flow::FlowSnapshot::kChunkRows - 1) / flow::FlowSnapshot::kChunkRows);
    return std::make_shared<const flow::FlowSnapshot>(std::move(chunks), count, all.names());
}

} // namespace

int main(int argc, char** argv)
{
    QStandardPaths::setTestModeEnabled(true);
    TimedApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flows-view-bench"));
    const std::size_t count = argc > 1 ? std::stoull(argv[1]) : 1'000'000;
    const auto flows = testing::makeFlows({.flows = count, .names = 20'000});

    testing::FakeBridge fake;
    Focus focus;
    Theme theme;
    theme.install();
    FlowsDock dock(fake.bridge, focus, theme, new QWidget, nullptr);
    dock.resize(1200, 800);
    dock.show();
    const CaptureId id = fake.bridge.open(QStringLiteral("/bench.pcap"));
    focus.setCapture(id);
    const auto publish = [&](std::size_t rows, pipeline::Phase phase) {
        pipeline::CaptureSnapshot snapshot;
        snapshot.phase = phase;
        snapshot.flows = firstOf(*flows, rows);
        snapshot.timeRange = TimeRange{(*flows)[0].started, (*flows)[count - 1].lastSeen};
        fake.engine->publish(id, std::move(snapshot));
    };

    constexpr std::size_t kSteps = 100;
    std::size_t shown = 0;
    application.events.clear();
    for (std::size_t step = 1; step <= kSteps; ++step) {
        publish(count / kSteps * step, pipeline::Phase::Reading);
        shown = count / kSteps * step;
        while (static_cast<std::size_t>(dock.model().rowCount()) < shown)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        QCoreApplication::processEvents();
    }
    report("growing in 100 steps, events", application.events);
    untilDone(
        application, "last snapshot, sums counted", [&] { publish(count, pipeline::Phase::Finished); },
        [&] { return dock.totals().packets > 0; });

    FlowsView& view = dock.view();
    scroll(view, "scroll by one row", [](int value) { return value + 1; });
    scroll(view, "scroll to anywhere",
           [&](int) { return QRandomGenerator::global()->bounded(view.verticalScrollBar()->maximum()); });
    const auto ordered = [&] {
        return dock.model().rows() && dock.model().rows()->size() > 1 && (*dock.model().rows())[0] != 0;
    };
    untilDone(
        application, "order by bytes",
        [&] {
            focus.setOrder({query::Field::Bytes, true});
        },
        ordered);
    std::uint32_t first = dock.model().flowAt(0);
    untilDone(
        application, "order by server name",
        [&] {
            focus.setOrder({query::Field::Sni, false});
        },
        [&] { return dock.model().flowAt(0) != first; });
    scroll(view, "scroll to anywhere, ordered",
           [&](int) { return QRandomGenerator::global()->bounded(view.verticalScrollBar()->maximum()); });
    untilDone(
        application, "filter proto == tcp", [&] { focus.setFilter(QStringLiteral("proto == tcp")); },
        [&] { return static_cast<std::size_t>(dock.model().rowCount()) < count; });
    untilDone(
        application, "select all", [&] { view.selectAll(); },
        [&] { return focus.state().selection.flows.size() == static_cast<std::size_t>(dock.model().rowCount()); });
    untilDone(
        application, "no filter, all selected", [&] { focus.setFilter({}); },
        [&] { return static_cast<std::size_t>(dock.model().rowCount()) == count; });
    first = dock.model().flowAt(0);
    untilDone(
        application, "order by duration, all selected",
        [&] {
            focus.setOrder({query::Field::Age, true});
        },
        [&] { return dock.model().flowAt(0) != first; });
    untilDone(
        application, "undo the order", [&] { focus.undo(); }, [&] { return dock.model().flowAt(0) == first; });
    return 0;
}
