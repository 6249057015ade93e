// Results come in order and once, whoever made them; letting go in the middle leaves nobody behind.

#include "engine/base/work_ahead.h"

#include <QTest>

#include <atomic>

using timbre::WorkAhead;

class WorkAheadTest : public QObject {
    Q_OBJECT

private slots:
    void everyItemOnceAndInOrder_data();
    void everyItemOnceAndInOrder();
    void aFewAreTakenThenOthersBegin();
    void noMoreIsAheadThanPromised();
};

void WorkAheadTest::everyItemOnceAndInOrder_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("portion");
    QTest::newRow("none") << 0 << 8;
    QTest::newRow("one") << 1 << 8;
    QTest::newRow("a portion") << 8 << 8;
    QTest::newRow("some more") << 9 << 8;
    QTest::newRow("many times round") << 5000 << 7;
    QTest::newRow("one by one") << 1000 << 1;
    QTest::newRow("portion of nothing") << 100 << 0;
}

void WorkAheadTest::everyItemOnceAndInOrder()
{
    QFETCH(int, count);
    QFETCH(int, portion);
    const auto items = static_cast<std::size_t>(count);
    std::vector<std::atomic<int>> made(items);
    WorkAhead<std::size_t> ahead;
    ahead.begin(items, static_cast<std::size_t>(portion), [&](std::size_t item, std::size_t& result) {
        ++made[item];
        result = item * 3;
    });
    for (std::size_t i = 0; i < items; ++i) {
        QCOMPARE(ahead.taken(), i);
        QCOMPARE(ahead.next(), i * 3);
    }
    QCOMPARE(ahead.taken(), items);
    for (const std::atomic<int>& times : made)
        QCOMPARE(times.load(), 1);
}

void WorkAheadTest::aFewAreTakenThenOthersBegin()
{
    WorkAhead<int> ahead;
    for (int round = 0; round < 200; ++round) {
        ahead.begin(1000, 10, [round](std::size_t, int& result) { result = round; });
        for (int i = 0; i < round % 50; ++i)
            QCOMPARE(ahead.next(), round);
    }
    ahead.stop();
}

void WorkAheadTest::noMoreIsAheadThanPromised()
{
    constexpr std::size_t kAhead = 32 * 4; // portions of four
    std::atomic<std::size_t> made = 0;
    WorkAhead<int> ahead;
    ahead.begin(10'000, 4, [&](std::size_t, int&) { ++made; });
    for (std::size_t taken = 0; taken < 10'000; ++taken) {
        ahead.next();
        QVERIFY(made.load() <= taken + kAhead + 4);
    }
}

QTEST_GUILESS_MAIN(WorkAheadTest)
#include "work_ahead_test.moc"
