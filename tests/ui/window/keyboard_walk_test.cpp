// A walk through the window by the keyboard alone: every dock is reached, used and left, a filter is typed and its
// chips changed, a note is written, a dock is floated, closed and brought back. Nothing here calls the program's own
// functions but to look.

#include "tests/ui/window/window_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_chips.h"
#include "ui/filter/filter_edit.h"
#include "ui/window/top_bar.h"

#include <QtCore/QTimer>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QMenu>

#include <set>

using namespace timbre;
using namespace timbre::ui;

class KeyboardWalkTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("keyboard-walk-test")); }
    void init()
    {
        m_fixture.forgetAll();
        QVERIFY(m_fixture.makeWindow());
        QVERIFY(m_fixture.openSample());
    }
    void cleanup() { m_fixture.close(); }

    void everyDockIsReachedFromTheViewMenu();
    void everyDockInSightIsReachedByF6();
    void tabLeavesEveryDock();
    void filterAndChips();
    void noteOnAFlow();
    void dockFloatsClosesAndComesBack();

private:
    [[nodiscard]] MainWindow& window() { return m_fixture.window(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused != nullptr ? focused : &window(), key, modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    [[nodiscard]] static Dock* dockOf(QWidget* widget)
    {
        for (; widget != nullptr; widget = widget->parentWidget()) {
            if (auto* dock = qobject_cast<Dock*>(widget))
                return dock;
        }
        return nullptr;
    }
    [[nodiscard]] static bool keyboardIsIn(const QWidget& widget)
    {
        const QWidget* focused = QApplication::focusWidget();
        return focused != nullptr && (focused == &widget || widget.isAncestorOf(focused));
    }
    void chooseInViewMenu(const QString& title);

    testing::WindowFixture m_fixture;
};

void KeyboardWalkTest::chooseInViewMenu(const QString& title)
{
    press(Qt::Key_V, Qt::AltModifier);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY2(menu != nullptr, "Alt+V opens the View menu");
    const auto wanted = [&] {
        const QAction* active = menu->activeAction();
        return active != nullptr && active->text().remove(QLatin1Char('&')) == title;
    };
    for (int step = 0; step < 60 && !wanted(); ++step)
        QTest::keyClick(menu, Qt::Key_Down);
    QVERIFY2(wanted(), qPrintable(title));
    QTest::keyClick(menu, Qt::Key_Return);
}

void KeyboardWalkTest::everyDockIsReachedFromTheViewMenu()
{
    for (Dock* dock : window().docks().all()) {
        chooseInViewMenu(dock->facts().title);
        QVERIFY2(dock->isVisible(), qPrintable(dock->facts().title));
        QVERIFY2(QApplication::focusWidget() != nullptr && dockOf(QApplication::focusWidget()) == dock,
                 qPrintable(dock->facts().title));
    }
}

void KeyboardWalkTest::everyDockInSightIsReachedByF6()
{
    std::set<Dock*> inSight;
    for (Dock* dock : window().docks().all()) {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            inSight.insert(dock);
    }
    QVERIFY(inSight.size() >= 4);
    std::set<Dock*> visited;
    for (std::size_t step = 0; step < inSight.size(); ++step) {
        press(Qt::Key_F6);
        visited.insert(dockOf(QApplication::focusWidget()));
    }
    QVERIFY(visited == inSight);
}

void KeyboardWalkTest::tabLeavesEveryDock()
{
    constexpr int kMostStops = 60; // in one dock
    for (Dock* dock : window().docks().all()) {
        chooseInViewMenu(dock->facts().title);
        int stops = 0;
        while (dockOf(QApplication::focusWidget()) == dock && stops < kMostStops) {
            press(Qt::Key_Tab);
            ++stops;
        }
        QVERIFY2(stops < kMostStops, qPrintable(dock->facts().title));
    }
}

void KeyboardWalkTest::filterAndChips()
{
    const int all = m_fixture.rows();
    press(Qt::Key_L, Qt::ControlModifier);
    const FilterEdit& edit = window().topBar().filterBar().edit();
    QVERIFY(keyboardIsIn(edit));
    type(QStringLiteral("app == dns and flow.pkts > 1"));
    press(Qt::Key_Return);
    QCOMPARE(window().focus().state().filter, QStringLiteral("app == dns and flow.pkts > 1"));
    QTRY_VERIFY(m_fixture.rows() < all && m_fixture.rows() > 0);
    QVERIFY(keyboardIsIn(window().flowsDock())); // and stays there when the answer comes

    press(Qt::Key_L, Qt::ControlModifier);
    const FilterChips& chips = window().topBar().chips();
    constexpr int kMostStops = 12; // from the line to the chips
    for (int stop = 0; stop < kMostStops && !keyboardIsIn(chips); ++stop)
        press(Qt::Key_Tab);
    QVERIFY(keyboardIsIn(chips));
    press(Qt::Key_Right);
    press(Qt::Key_Minus);
    QCOMPARE(window().focus().state().filter, QStringLiteral("app == dns and off flow.pkts > 1"));
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 100); // what comes next is a step of its own
    press(Qt::Key_Left);
    press(Qt::Key_Delete);
    QCOMPARE(window().focus().state().filter, QStringLiteral("off flow.pkts > 1"));
    QTRY_COMPARE(m_fixture.rows(), all);
    press(Qt::Key_Escape);
    QVERIFY(keyboardIsIn(edit));
    press(Qt::Key_Escape);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window().focus().state().filter, QStringLiteral("app == dns and off flow.pkts > 1"));
}

void KeyboardWalkTest::noteOnAFlow()
{
    press(Qt::Key_1);
    press(Qt::Key_J);
    press(Qt::Key_J);
    QTRY_VERIFY(window().focus().state().selection.current != flow::kNoFlow);
    press(Qt::Key_N);
    QWidget* dialog = QApplication::activeModalWidget();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(keyboardIsIn(*dialog));
    type(QStringLiteral("seen by keys"));
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m_fixture.current()->notes && m_fixture.current()->notes->size() == 1);
    window().activateWindow(); // as a window manager does when the dialog is gone
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    chooseInViewMenu(QStringLiteral("Notes"));
    press(Qt::Key_Home);
    press(Qt::Key_Delete);
    QTRY_VERIFY(m_fixture.current()->notes->empty());
}

void KeyboardWalkTest::dockFloatsClosesAndComesBack()
{
    for (Dock* dock : window().docks().all()) {
        const QByteArray title = dock->facts().title.toLocal8Bit();
        const char* name = title.constData();
        chooseInViewMenu(dock->facts().title);
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(dock->isFloating(), name);
        QTRY_VERIFY2(dock->isActiveWindow() && keyboardIsIn(*dock), name); // a window of its own now
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(!dock->isFloating(), name);
        QTRY_VERIFY2(window().isActiveWindow() && keyboardIsIn(*dock), name);
        press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(!dock->isVisible(), name);
        chooseInViewMenu(dock->facts().title);
        QVERIFY2(dock->isVisible(), name);
    }
}

QTEST_MAIN(KeyboardWalkTest)
#include "keyboard_walk_test.moc"
