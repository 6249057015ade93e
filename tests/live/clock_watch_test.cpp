// A clock that somebody sets is noticed, one that is disciplined is not.

#include "app/capture/clock_watch.h"

#include <QtTest/QTest>

class ClockWatchTest : public QObject {
    Q_OBJECT

private slots:
    void aClockThatIsSetIsNoticed()
    {
        constexpr std::uint64_t kSecond = 1'000'000'000;
        constexpr std::uint64_t kNow = 1'700'000'000 * kSecond;
        timbre::helper::ClockWatch clock;
        QVERIFY(!clock.setBy(kNow, 100 * kSecond));
        QVERIFY(!clock.setBy(kNow + kSecond / 20, 100 * kSecond + kSecond / 20));
        QVERIFY(!clock.setBy(kNow + kSecond, 100 * kSecond + kSecond / 2)); // disciplined
        QVERIFY(clock.setBy(kNow - 3600 * kSecond, 101 * kSecond) == -3'601'500'000'000);
        QVERIFY(!clock.setBy(kNow - 3599 * kSecond, 102 * kSecond)); // told once
        QVERIFY(clock.setBy(kNow, 103 * kSecond).value_or(0) > 0);
    }
};

QTEST_GUILESS_MAIN(ClockWatchTest)
#include "clock_watch_test.moc"
