// What the meters of a stream tell apart: sizes that follow a sound from sizes that switch between idle and busy, and
// spurts of speech from bursts of data.

#include "engine/audio/activity_meter.h"
#include "engine/audio/content_meter.h"
#include "engine/audio/g711_level.h"
#include "engine/audio/simulated_call.h"
#include "engine/audio/size_meter.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace timbre;
using namespace timbre::audio;

namespace {

/// ITU-T G.711 step by step, on the scale of 14 bits.
int magnitudeOf(std::uint8_t code, G711Law law)
{
    const int plain = law == G711Law::Mu ? ~code & 0x7f : (code ^ 0x55) & 0x7f;
    const int exponent = plain / 16;
    const int mantissa = plain % 16;
    if (law == G711Law::Mu)
        return (2 * mantissa + 33) * (1 << exponent) - 33;
    return 2 * (exponent == 0 ? 2 * mantissa + 1 : (2 * mantissa + 33) * (1 << (exponent - 1)));
}

std::uint32_t levelByDefinition(Bytes payload, G711Law law)
{
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(payload.size(), 160); i += 2, ++count)
        sum += magnitudeOf(loadU8(payload, i), law);
    return count == 0 ? 0 : static_cast<std::uint32_t>(2.0 * (20.0 * std::log10(1.0 + sum / count)));
}

} // namespace

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

    void loudnessOfG711IsThatOfItsDefinition()
    {
        Dice dice(2);
        for (const G711Law law : {G711Law::Mu, G711Law::A}) {
            std::vector<std::byte> payload(160);
            for (unsigned code = 0; code < 256; ++code) { // every magnitude alone, in all lanes and behind them
                std::fill(payload.begin(), payload.end(), static_cast<std::byte>(code));
                QCOMPARE(g711Level(payload, law), levelByDefinition(payload, law));
                QCOMPARE(g711Level(Bytes(payload).first(1), law), levelByDefinition(Bytes(payload).first(1), law));
            }
            for (int i = 0; i < 20'000; ++i) {
                const double quiet =
                    dice.unit(); // codes near 0x7f are quiet under one law, those near 0x55 under the other
                payload.resize(static_cast<std::size_t>(dice.unit() * 240.0));
                for (std::byte& each : payload)
                    each = static_cast<std::byte>(static_cast<unsigned>(dice.unit() * 127.0 * quiet) ^
                                                  (law == G711Law::Mu ? 0x7fU : 0x55U));
                QCOMPARE(g711Level(payload, law), levelByDefinition(payload, law));
            }
        }
    }

    void bytesAreCountedBeyondSixteenBits()
    {
        ContentMeter meter;
        const std::vector<std::byte> payload(60, std::byte{7});
        for (int i = 0; i < 64 + 4 * 5000; ++i)
            meter.add(payload);
        const double bytes = (64 + 5000) * 40.0; // of one value, above 2^16
        const double expected = bytes / 256.0;
        const double sum = (bytes - expected) * (bytes - expected) / expected + 255.0 * expected;
        QVERIFY(std::abs(*meter.unevenness() - sum / 255.0) < 1e-6 * sum);
        QCOMPARE(*meter.firstByteEntropy(), 0.0);
    }

    void talkIsComparedOverTheLastSlotsOnly()
    {
        // Two that take turns for far longer than slots are kept, then speak at once.
        ActivityMeter one;
        ActivityMeter other;
        const auto second = [&](std::int64_t at, bool oneTalks, bool otherTalks) {
            using Kind = ActivityMeter::Kind;
            for (int i = 0; i < 50; ++i) {
                const Timestamp time{(1'000'000 + at) * kNsPerSecond + i * 20'000'000};
                one.add(time, 0, oneTalks ? Kind::Talk : Kind::Silent, 20'000'000, 0);
                other.add(time, 0, otherTalks ? Kind::Talk : Kind::Silent, 20'000'000, 0);
            }
        };
        std::int64_t at = 0;
        for (; at < 600; ++at)
            second(at, at % 4 < 2, at % 4 >= 2);
        QVERIFY(*one.correlation(other) < -0.99);
        for (; at < 600 + 205; ++at)
            second(at, at % 4 < 2, at % 4 < 2);
        QVERIFY(*one.correlation(other) > 0.99);
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
