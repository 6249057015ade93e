// The one filter, range, order and selection of the window: each capture keeps its own, changes can be undone.

#include "ui/focus/focus.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace timbre;
using namespace timbre::ui;

class FocusTest : public QObject {
    Q_OBJECT

private slots:
    void undoTakesBackOneStep();
    void quickChangesAreOneStep();
    void stepsAreCapped();
    void capturesKeepTheirOwn();
    void selectionIsAscendingWithoutDoubles();
    void largeUnorderedSelection();
    void timesFollowTheZone();
};

void FocusTest::undoTakesBackOneStep()
{
    Focus focus;
    QSignalSpy changed(&focus, &Focus::changed);
    focus.setFilter(QStringLiteral("port == 53"));
    focus.setRange(TimeRange{{0}, {5}});
    focus.setOrder({query::Field::Bytes, true});
    QCOMPARE(focus.undoTexts().size(), 3);
    QCOMPARE(focus.undoTexts().last(), QStringLiteral("filter: port == 53"));
    focus.undo();
    QCOMPARE(focus.state().order, RowOrder{});
    QCOMPARE(focus.state().filter, QStringLiteral("port == 53"));
    focus.undo();
    QVERIFY(!focus.state().range);
    focus.undo();
    QVERIFY(focus.state().filter.isEmpty());
    QVERIFY(!focus.canUndo());
    focus.redo();
    QCOMPARE(focus.state().filter, QStringLiteral("port == 53"));
    QCOMPARE(focus.redoTexts().size(), 2);
    QCOMPARE(changed.count(), 7);
    focus.setFilter({}); // a new change ends what could be redone
    QVERIFY(!focus.canRedo());
}

void FocusTest::quickChangesAreOneStep()
{
    Focus focus;
    for (const char* text : {"p", "po", "port"})
        focus.setFilter(QString::fromLatin1(text));
    QCOMPARE(focus.undoTexts(), QStringList{QStringLiteral("filter: port")});
    focus.undo();
    QVERIFY(focus.state().filter.isEmpty());
    focus.setFilter(QStringLiteral("a"));
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 100);
    focus.setFilter(QStringLiteral("b"));
    QCOMPARE(focus.undoTexts().size(), 2);
}

void FocusTest::stepsAreCapped()
{
    Focus focus;
    for (int i = 0; i < 150; ++i) {
        focus.setFilter(QString::number(i)); // filter and range in turn, so that none are merged
        focus.setRange(TimeRange{{i}, {i + 1}});
    }
    QCOMPARE(focus.undoTexts().size(), static_cast<qsizetype>(Focus::kMaxSteps));
}

void FocusTest::capturesKeepTheirOwn()
{
    Focus focus;
    focus.setCapture(1);
    focus.setFilter(QStringLiteral("one"));
    focus.setSelection({4}, 4);
    focus.setCapture(2);
    QVERIFY(focus.state().filter.isEmpty());
    QVERIFY(focus.state().selection.flows.empty());
    QVERIFY(!focus.canUndo());
    focus.setFilter(QStringLiteral("two"));
    focus.setCapture(1);
    QCOMPARE(focus.state().filter, QStringLiteral("one"));
    QCOMPARE(focus.state().selection.current, 4U);
    focus.undo();
    QVERIFY(focus.state().filter.isEmpty());
    focus.forget(2);
    focus.setCapture(2);
    QVERIFY(focus.state().filter.isEmpty());
    focus.forget(2);
    QCOMPARE(focus.state().capture, 0U);
}

void FocusTest::selectionIsAscendingWithoutDoubles()
{
    Focus focus;
    focus.setSelection({5, 1, 5, 3}, 3);
    QCOMPARE(focus.state().selection.flows, (std::vector<std::uint32_t>{1, 3, 5}));
    QSignalSpy changed(&focus, &Focus::changed);
    focus.setSelection({1, 3, 5}, 3);
    QCOMPARE(changed.count(), 0);
}

void FocusTest::largeUnorderedSelection()
{
    Focus focus;
    std::vector<std::uint32_t> flows;
    for (std::uint32_t i = 0; i < 1'000'000; ++i)
        flows.push_back((i * 7) % 1'000'000); // each number once
    focus.setSelection(flows, 0);
    QCOMPARE(focus.state().selection.flows.size(), flows.size());
    QVERIFY(std::is_sorted(focus.state().selection.flows.begin(), focus.state().selection.flows.end()));
}

void FocusTest::timesFollowTheZone()
{
    Focus focus;
    const Timestamp time{1'795'252'502'123'456'789};
    QCOMPARE(focus.formatTime(time, 3), QStringLiteral("2026-11-21 09:15:02.123"));
    QCOMPARE(focus.formatTime(time, 0, true), QStringLiteral("09:15:02"));
    QCOMPARE(focus.zoneName(time), QStringLiteral("UTC"));
    qputenv("TZ", "Asia/Tokyo");
    tzset();
    focus.setZone(Focus::Zone::Local);
    QCOMPARE(focus.formatTime(time, 0, true), QStringLiteral("18:15:02"));
    QCOMPARE(focus.zoneName(time), QStringLiteral("+09:00"));
}

QTEST_MAIN(FocusTest)
#include "focus_test.moc"
