// What the meters of a stream tell apart: sizes that follow a sound from sizes that switch between idle and busy, and
// spurts of speech from bursts of data.

#include "engine/audio/activity_meter.h"
#include "engine/audio/simulated_call.h"
#include "engine/audio/size_meter.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace timbre;
using namespace timbre::audio;

class MetersTest : public QObject {
    Q_OBJECT

private slots:
    void switchingBetweenTwoSizesIsNoSound()
    {
        Dice dice(1);
        SizeMeter meter;
        for (int i = 0; i < 2000; ++i) { // half a second busy, half a second idle; each size drawn anew
            const bool busy = i / 25 % 2 == 0;
            const double size = busy ? dice.normal(120.0, 12.0) : 20.0;
            meter.add(static_cast<std::uint32_t>(size), i > 0, busy);
        }
        QVERIFY(std::abs(*meter.smoothness()) < 0.1);
        QCOMPARE(meter.pauseSizes()->mean, 20.0);
        QCOMPARE(meter.pauseSizes()->variation, 0.0);
    }

    void sizesOfASoundFollowEachOther()
    {
        Dice dice(2);
        SizeMeter meter;
        double level = 0.0;
        for (int i = 0; i < 2000; ++i) {
            level += dice.normal(-0.1 * level, 8.0);
            meter.add(static_cast<std::uint32_t>(std::max(10.0, 100.0 + level)), i > 0, true);
        }
        QVERIFY(*meter.smoothness() > 0.5);
        QVERIFY(!meter.pauseSizes());
    }

    void oneSizeHasNoNeighbours()
    {
        SizeMeter meter;
        for (int i = 0; i < 500; ++i)
            meter.add(160, i > 0, true);
        QVERIFY(!meter.smoothness());
        QCOMPARE(meter.entropyBelowLargest(), 0.0);
        QCOMPARE(meter.largestShare(), 1.0);
    }

    void entropyLeavesTheLargestOut()
    {
        SizeMeter meter;
        for (std::uint32_t i = 0; i < 800; ++i) // every other packet full, the rest of eight sizes alike
            meter.add(i % 2 == 0 ? 1000 : 100 + 10 * (i / 2 % 8), i > 0, true);
        QVERIFY(std::abs(meter.entropyBelowLargest() - 3.0) < 1e-9);
        QVERIFY(std::abs(meter.largestShare() - 0.5) < 1e-9);
    }

    void burstsOfAFewPacketsAreNoSpurts()
    {
        const auto shortShare = [](int talk, int pause) {
            ActivityMeter meter;
            Timestamp time{kNsPerSecond};
            for (int i = 0; i < 3000; ++i, time.ns += 20'000'000) {
                const bool loud = i % (talk + pause) < talk;
                meter.add(time, loud ? 120 : 15, ActivityMeter::Kind::Measured, 20'000'000, 0);
            }
            return meter.shortSpurtShare();
        };
        QVERIFY(shortShare(3, 10) > 0.9);  // 60 ms
        QVERIFY(shortShare(25, 40) < 0.1); // half a second
    }
};

QTEST_GUILESS_MAIN(MetersTest)
#include "meters_test.moc"
