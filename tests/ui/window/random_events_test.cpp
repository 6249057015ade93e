// The window under seeded random events: keys, mouse, docks floated, tabbed and closed, arrangements and themes
// switched, undo while a menu is open, dialogs opened and left, captures opened and removed, files replayed as live
// captures, quitting while loading. It must not crash, and afterwards everything must still be right.
//
// TIMBRE_RANDOM_EVENTS says how many events (a few hundred without it), TIMBRE_RANDOM_SEED where to begin.

#include "tests/ui/window/window_fixture.h"
#include "ui/capture/live_controller.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/window/top_bar.h"

#include <QtCore/QTimer>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QDesktopServices>
#include <QtGui/QDrag>
#include <QtGui/QWheelEvent>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

#include <random>

using namespace timbre;
using namespace timbre::ui;

class RandomEventsTest : public QObject {
    Q_OBJECT

public:
    /// Many events take longer than the five minutes that a test function usually gets.
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "3600000"); }

private slots:
    void initTestCase();
    void survives();
    void openNothing(const QUrl&) {} // in place of the desktop's programs

private:
    using Event = void (RandomEventsTest::*)();

    /// The same numbers on every machine.
    std::size_t below(std::size_t limit) { return m_random() % limit; }
    [[nodiscard]] bool oneIn(std::size_t count) { return below(count) == 0; }
    [[nodiscard]] MainWindow& window() { return m_fixture.window(); }
    [[nodiscard]] QWidget* somewhere(QPoint& place);

    void once();
    void key();
    void click();
    void drag();
    void wheel();
    void menu();
    void dock();
    void focusStep();
    void capture();
    void live();
    void dialog();
    void resize();
    void quitWhileLoading();
    void freshWindow();
    void releaseStuckLoops();

    testing::WindowFixture m_fixture;
    std::mt19937 m_random;
    QStringList m_files;
    QTimer m_watch;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_done = 0;
    int m_doneAtLook = -1;
};

namespace {

int countOf(const char* variable, int usual)
{
    bool given = false;
    const int value = qEnvironmentVariableIntValue(variable, &given);
    return given ? value : usual;
}

constexpr Qt::Key kKeys[] = {
    Qt::Key_Up,    Qt::Key_Down,    Qt::Key_Left,   Qt::Key_Right,  Qt::Key_PageUp, Qt::Key_Home,      Qt::Key_End,
    Qt::Key_Tab,   Qt::Key_Backtab, Qt::Key_Escape, Qt::Key_Delete, Qt::Key_F6,     Qt::Key_Backspace, Qt::Key_Exclam,
    Qt::Key_Minus, Qt::Key_J,       Qt::Key_K,      Qt::Key_F,      Qt::Key_L,      Qt::Key_T,         Qt::Key_B,
    Qt::Key_N,     Qt::Key_Slash,   Qt::Key_0,      Qt::Key_1,      Qt::Key_2,      Qt::Key_3,         Qt::Key_4,
    Qt::Key_5,     Qt::Key_6,       Qt::Key_7,      Qt::Key_8,      Qt::Key_9,      Qt::Key_P,         Qt::Key_Equal,
    Qt::Key_A,     Qt::Key_Space,   Qt::Key_Return};
constexpr Qt::KeyboardModifiers kModifiers[] = {Qt::NoModifier, Qt::NoModifier, Qt::NoModifier, Qt::NoModifier,
                                                Qt::ShiftModifier};
constexpr std::pair<Qt::Key, Qt::KeyboardModifiers> kCombined[] = {
    {Qt::Key_L, Qt::ControlModifier},
    {Qt::Key_Z, Qt::ControlModifier},
    {Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier},
    {Qt::Key_C, Qt::ControlModifier},
    {Qt::Key_A, Qt::ControlModifier},
    {Qt::Key_1, Qt::ControlModifier},
    {Qt::Key_2, Qt::ControlModifier},
    {Qt::Key_3, Qt::ControlModifier},
    {Qt::Key_4, Qt::ControlModifier},
    {Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier},
    {Qt::Key_V, Qt::AltModifier},
    {Qt::Key_Menu, Qt::NoModifier},
    {Qt::Key_BracketLeft, Qt::NoModifier},
    {Qt::Key_BracketRight, Qt::NoModifier},
    {Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier},
    {Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier},
    {Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier},
    {Qt::Key_Left, Qt::ControlModifier | Qt::AltModifier},
    {Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier},
};
constexpr const char* kFilters[] = {"",
                                    "app == dns",
                                    "port == 443 and not sni",
                                    "off app == tls and proto == udp",
                                    "note.text or tag",
                                    "flow.bytes > 1MB or last 10s",
                                    "host ~ ^a",
                                    "nothingmatches"};

} // namespace

void RandomEventsTest::initTestCase()
{
    m_fixture.prepare(QStringLiteral("random-events-test"));
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "openNothing");
    for (const char* name : {"office.pcapng", "voice.pcapng"}) {
        const QString copy = QDir(m_fixture.folder()).filePath(QString::fromLatin1(name));
        QVERIFY(QFile::copy(QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/") + QLatin1String(name), copy));
        m_files << copy;
    }
    connect(&m_watch, &QTimer::timeout, this, &RandomEventsTest::releaseStuckLoops);
}

/// Menus, dialogs and drags run event loops of their own inside an event: they are left from here.
void RandomEventsTest::releaseStuckLoops()
{
    const bool stuck = m_done == m_doneAtLook;
    m_doneAtLook = m_done;
    if (QWidget* popup = QApplication::activePopupWidget()) {
        if (oneIn(3))
            window().focus().undo(); // what the menu was about may be gone now
        if (stuck)
            popup->close();
        else
            QTest::keyClick(popup, oneIn(2) ? Qt::Key_Down : Qt::Key_Escape);
    } else if (QWidget* modal = QApplication::activeModalWidget(); modal != nullptr && stuck) {
        modal->close();
    }
    if (stuck)
        QDrag::cancel();
}

void RandomEventsTest::freshWindow()
{
    m_tester.reset();
    QVERIFY(m_fixture.makeWindow());
    m_tester = std::make_unique<QAbstractItemModelTester>(&window().flowsDock().model(),
                                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
}

QWidget* RandomEventsTest::somewhere(QPoint& place)
{
    QWidget* top = &window();
    if (oneIn(4)) {
        const auto& docks = window().docks().all();
        if (Dock* one = docks[below(docks.size())]; one->isFloating() && one->isVisible())
            top = one;
    }
    const QPoint point(static_cast<int>(below(static_cast<std::size_t>(std::max(1, top->width())))),
                       static_cast<int>(below(static_cast<std::size_t>(std::max(1, top->height())))));
    QWidget* child = top->childAt(point);
    QWidget* target = child != nullptr ? child : top;
    place = target->mapFrom(top, point);
    return target;
}

void RandomEventsTest::key()
{
    QWidget* focused = QApplication::focusWidget();
    QWidget* target = focused != nullptr ? focused : &window();
    if (oneIn(4)) {
        const auto& [combined, modifiers] = kCombined[below(std::size(kCombined))];
        QTest::keyClick(target, combined, modifiers);
        return;
    }
    const Qt::Key chosen = kKeys[below(std::size(kKeys))];
    const bool confirms = chosen == Qt::Key_Return || chosen == Qt::Key_Space;
    if (confirms && target->window() != &window())
        return; // dialogs are never agreed to: they would write files and start captures
    QTest::keyClick(target, chosen, kModifiers[below(std::size(kModifiers))]);
}

void RandomEventsTest::click()
{
    QPoint place;
    QWidget* target = somewhere(place);
    const QPointer<QWidget> guarded = target;
    QTest::mouseMove(target, place);
    if (guarded && oneIn(6))
        QTest::mouseDClick(guarded, Qt::LeftButton, {}, place);
    else if (guarded)
        QTest::mouseClick(guarded, oneIn(8) ? Qt::MiddleButton : Qt::LeftButton,
                          oneIn(6) ? Qt::ShiftModifier : Qt::NoModifier, place);
}

void RandomEventsTest::drag()
{
    QPoint from;
    const QPointer<QWidget> target = somewhere(from);
    QTest::mousePress(target, Qt::LeftButton, oneIn(5) ? Qt::AltModifier : Qt::NoModifier, from);
    for (int step = 0; step < 3 && target; ++step) {
        const QPoint to = from + QPoint(static_cast<int>(below(200)) - 100, static_cast<int>(below(60)) - 30);
        QMouseEvent move(QEvent::MouseMove, to, target->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(target, &move);
    }
    if (target)
        QTest::mouseRelease(target, Qt::LeftButton, {}, from);
}

void RandomEventsTest::wheel()
{
    QPoint place;
    QWidget* target = somewhere(place);
    QWheelEvent event(place, target->mapToGlobal(place), {}, QPoint(0, oneIn(2) ? 120 : -120), Qt::NoButton,
                      oneIn(4) ? Qt::ControlModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &event);
}

void RandomEventsTest::menu()
{
    QPoint place;
    QWidget* target = somewhere(place);
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, target->mapToGlobal(place));
    QApplication::sendEvent(target, &event);
}

void RandomEventsTest::dock()
{
    const auto& docks = window().docks().all();
    Dock* one = docks[below(docks.size())];
    Dock* other = docks[below(docks.size())];
    constexpr Qt::DockWidgetArea kAreas[] = {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::TopDockWidgetArea,
                                             Qt::BottomDockWidgetArea};
    switch (below(8)) {
    case 5:
        if (one != other && !one->isFloating() && !other->isFloating())
            window().tabifyDockWidget(one, other);
        break;
    case 6:
        window().addDockWidget(kAreas[below(std::size(kAreas))], one);
        break;
    case 7:
        window().focus().setArrangement(static_cast<Arrangement>(below(kArrangements)));
        break;
    case 0:
        one->setFloating(!one->isFloating());
        break;
    case 1:
        one->close();
        break;
    case 2:
        one->setPinned(one->facts().canPin && !one->pinned());
        break;
    case 3:
        m_fixture.theme().setMode(oneIn(2) ? Theme::Mode::Dark : Theme::Mode::Light);
        break;
    default:
        one->bringToFront();
    }
}

void RandomEventsTest::focusStep()
{
    Focus& focus = window().focus();
    const SnapshotPtr shown = m_fixture.current();
    switch (below(6)) {
    case 0:
        focus.setFilter(QString::fromLatin1(kFilters[below(std::size(kFilters))]));
        break;
    case 1:
        focus.undo();
        break;
    case 2:
        focus.redo();
        break;
    case 3:
        if (shown && shown->timeRange) {
            const auto span = static_cast<std::size_t>(elapsedNs(shown->timeRange->begin, shown->timeRange->end)) + 1;
            const std::int64_t begin = shown->timeRange->begin.ns + static_cast<std::int64_t>(below(span));
            focus.setRange(TimeRange{{begin}, {begin + static_cast<std::int64_t>(below(span))}});
        }
        break;
    case 4:
        if (shown && shown->flows->size() > 0) {
            const auto flow = static_cast<std::uint32_t>(below(shown->flows->size()));
            focus.setSelection({flow}, flow);
        }
        break;
    default:
        focus.setOrder({static_cast<query::Field>(below(query::kFieldCount)), oneIn(2)});
    }
}

void RandomEventsTest::capture()
{
    const CaptureId current = window().focus().state().capture;
    switch (below(4)) {
    case 0:
        if (current != 0)
            m_fixture.bridge().cancel(current);
        break;
    case 1:
        if (current != 0 && oneIn(3))
            m_fixture.bridge().remove(current);
        break;
    case 2:
        if (const auto ids = m_fixture.bridge().captures(); !ids.empty())
            window().focus().setCapture(ids[below(ids.size())]);
        break;
    default:
        window().openFiles({m_files[static_cast<qsizetype>(below(2))]});
    }
}

/// A file replayed is a live capture in everything but the helper: it grows, pauses, stops, restarts and is removed.
void RandomEventsTest::live()
{
    const CaptureId current = window().focus().state().capture;
    const SnapshotPtr shown = m_fixture.current();
    const bool isLive = shown && shown->live;
    constexpr std::size_t kMostCaptures = 12; // each has threads and files of its own
    if (!isLive || oneIn(4)) {
        if (m_fixture.bridge().captures().size() >= kMostCaptures)
            return;
        pipeline::LiveRequest request;
        request.options.replay = m_files[static_cast<qsizetype>(below(2))].toStdString();
        request.options.replaySpeed = oneIn(3) ? 0.0 : 20.0;
        request.spoolRoot = QDir(m_fixture.folder()).filePath(QStringLiteral("spools")).toStdString();
        window().live().start(request);
        return;
    }
    const auto actions = window().live().toolbarActions(); // start, stop, restart, pause
    switch (below(4)) {
    case 0:
        m_fixture.bridge().discardLive(current, capture::Removal::Plain);
        break;
    case 1:
        if (m_fixture.bridge().captures().size() < kMostCaptures)
            actions[2]->trigger();
        break;
    default:
        actions[oneIn(2) ? 1 : 3]->trigger();
    }
}

/// Any entry of the menus, but those that would leave the program or ask the desktop for a file.
void RandomEventsTest::dialog()
{
    QList<QAction*> actions;
    for (const QAction* top : window().menuBar()->actions()) {
        if (QMenu* menu = top->menu<QMenu*>()) {
            emit menu->aboutToShow();
            actions += menu->actions();
        }
    }
    actions.removeIf([](const QAction* action) {
        const QString text = action->text().remove(QLatin1Char('&'));
        return action->isSeparator() || !action->isEnabled() || action->menu<QMenu*>() != nullptr ||
               text == QStringLiteral("Quit") || text.startsWith(QStringLiteral("Open")) ||
               text.startsWith(QStringLiteral("Save capture"));
    });
    if (!actions.isEmpty())
        actions[static_cast<qsizetype>(below(static_cast<std::size_t>(actions.size())))]->trigger();
}

void RandomEventsTest::resize()
{
    window().resize(static_cast<int>(480 + below(1200)), static_cast<int>(320 + below(700)));
}

void RandomEventsTest::quitWhileLoading()
{
    window().openFiles(m_files);
    if (oneIn(3))
        live();
    if (oneIn(2))
        QTest::qWait(static_cast<int>(below(30)));
    if (oneIn(2))
        window().close(); // may ask about live captures; the watch answers
    freshWindow();
}

void RandomEventsTest::once()
{
    struct Weighed {
        std::size_t weight;
        Event event;
    };
    static constexpr Weighed kEvents[] = {
        {360, &RandomEventsTest::key},       {240, &RandomEventsTest::click},  {60, &RandomEventsTest::drag},
        {55, &RandomEventsTest::wheel},      {45, &RandomEventsTest::menu},    {70, &RandomEventsTest::dock},
        {100, &RandomEventsTest::focusStep}, {25, &RandomEventsTest::capture}, {15, &RandomEventsTest::live},
        {20, &RandomEventsTest::dialog},     {5, &RandomEventsTest::resize},   {5, &RandomEventsTest::quitWhileLoading},
    };
    if (QWidget* modal = QApplication::activeModalWidget(); modal != nullptr && oneIn(8)) {
        modal->close();
        return;
    }
    std::size_t at = below(1000);
    for (const Weighed& one : kEvents) {
        if (at < one.weight) {
            (this->*one.event)();
            return;
        }
        at -= one.weight;
    }
}

void RandomEventsTest::survives()
{
    const int count = countOf("TIMBRE_RANDOM_EVENTS", 300);
    const int seed = countOf("TIMBRE_RANDOM_SEED", 1);
    m_random.seed(static_cast<std::mt19937::result_type>(seed));
    qInfo("%d events from seed %d", count, seed);
    freshWindow();
    window().openFiles({m_files.first()});
    m_watch.start(40);
    for (m_done = 0; m_done < count; ++m_done) {
        once();
        if (oneIn(3))
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        if (!window().isVisible()) // Ctrl+Q by way of a menu
            freshWindow();
    }
    m_watch.stop();
    while (QWidget* open = QApplication::activeModalWidget())
        delete open;
    QVERIFY2(!query::Filter::compile(window().focus().state().filter.toStdString()).error,
             qPrintable(window().focus().state().filter));

    window().openFiles({m_files.first()});
    window().focus().setFilter({});
    window().focus().setRange({});
    for (Dock* one : window().docks().all())
        one->setPinned(false);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current() && m_fixture.current()->phase >= pipeline::Phase::Finished, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::size_t>(m_fixture.rows()), m_fixture.current()->flows->size(), 30'000);
    m_tester.reset();
    m_fixture.close();
}

QTEST_MAIN(RandomEventsTest)
#include "random_events_test.moc"
