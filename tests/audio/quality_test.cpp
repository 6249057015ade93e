// Figures that others can compute too: jitter after RFC 3550, loss, and the E-model, each against a computation of its
// own; and what the exact score lost, row by row.

#include "engine/audio/clock_meter.h"
#include "engine/audio/exact_reasons.h"
#include "engine/audio/quality_estimate.h"
#include "tests/audio/datagram_maker.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace timbre;
using namespace timbre::audio;
using namespace timbre::test;

namespace {

/// RFC 3550 A.8 in units of the media clock, as the receiver of its example computes it.
class JitterByTheBook {
public:
    void arrive(double ms, std::uint32_t timestamp)
    {
        const double transit = ms * 8.0 - timestamp;
        if (m_started)
            m_jitter += (std::abs(transit - m_transit) - m_jitter) / 16.0;
        m_started = true;
        m_transit = transit;
    }
    [[nodiscard]] double ms() const { return m_jitter / 8.0; }

private:
    bool m_started = false;
    double m_transit = 0.0;
    double m_jitter = 0.0;
};

Timestamp at(double ms)
{
    return {1'700'000'000 * kNsPerSecond + static_cast<std::int64_t>(ms * 1e6)};
}

/// Packets of 20 ms at 8 kHz, from `from` to below `to`, each `lateMs` behind its time.
void run(ClockMeter& clock, int from, int to, double lateMs = 0.0)
{
    for (int i = from; i < to; ++i) {
        clock.arrive(at(20.0 * i + lateMs), 160U * static_cast<std::uint32_t>(i));
        clock.add(at(20.0 * i + lateMs), 160U * static_cast<std::uint32_t>(i), i > 0);
    }
}

} // namespace

class QualityTest : public QObject {
    Q_OBJECT

private slots:
    void jitterIsThatOfTheStandard()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        JitterByTheBook expected;
        const auto send = [&](std::uint16_t number, double ms) {
            wire.send(ms, rtp({.sequence = number, .timestamp = 160U * number}));
            expected.arrive(ms, 160U * number);
        };
        for (std::uint16_t i = 0; i < 300; ++i) {
            if (i % 50 == 20) // late: in order of arrival, whatever the number
                continue;
            send(i, 20.0 * i + (i * 37 % 11) * 0.7);
            if (i % 50 == 30) // what comes twice says nothing of the network's delay
                wire.send(20.0 * i + 4.0,
                          rtp({.sequence = static_cast<std::uint16_t>(i - 9), .timestamp = 160U * (i - 9U)}));
            if (i % 50 == 22)
                send(static_cast<std::uint16_t>(i - 2), 20.0 * i + 8.0);
        }
        const auto stream = monitor.list()->streams.at(0);
        QCOMPARE(stream->late, std::uint64_t{6});
        QVERIFY(std::abs(*stream->jitterMs - expected.ms()) < 1e-6);
        QVERIFY(expected.ms() > 1.0);
    }

    void aClockThatBeginsAnewIsNoJitter()
    {
        ClockMeter clock(8000);
        run(clock, 0, 100);
        for (int i = 100; i < 200; ++i) { // the sender took another clock, 40 s back
            const std::uint32_t timestamp = 160U * static_cast<std::uint32_t>(i) - 320'000U;
            clock.arrive(at(20.0 * i), timestamp);
            clock.add(at(20.0 * i), timestamp, true);
        }
        QVERIFY(*clock.jitterMs() < 0.001);
    }

    void aStalledNetworkIsNoStoppedClock()
    {
        ClockMeter clock(8000);
        run(clock, 0, 1000);
        for (int i = 1000; i < 1040; ++i) { // 800 ms of packets wait, then come at once
            const double ms = 20'800.0 + 0.1 * (i - 1000);
            clock.add(at(ms), 160U * static_cast<std::uint32_t>(i), true);
        }
        run(clock, 1040, 2000, 5.0);
        QVERIFY(*clock.drift() < 0.002);
        QVERIFY(*clock.agreement() > 0.85); // it spoils two spans, the one that it falls into and the next
    }

    void aStoppedClockIsExcused()
    {
        ClockMeter clock(8000);
        double ms = 0.0;
        for (std::uint32_t i = 0; i < 2000; ++i) { // each half second of sound, one second of nothing
            ms += i % 25 == 0 ? 1000.0 : 20.0;
            clock.add(at(ms), 160U * i, i > 0);
        }
        QVERIFY(*clock.agreement() > 0.9);
    }

    // R = 93.2 − Id − Ie,eff; Id = 0.024 d + 0.11 (d − 177.3)⁺; Ie,eff = Ie + (95 − Ie) P / (P + Bpl);
    // MOS = 1 + 0.035 R + 7·10⁻⁶ R (R − 60) (100 − R). The expected figures were computed apart from the program.
    void eModel_data()
    {
        QTest::addColumn<QString>("codec");
        QTest::addColumn<double>("loss");
        QTest::addColumn<double>("oneWayMs");
        QTest::addColumn<double>("rating");
        QTest::addColumn<double>("mos");
        QTest::newRow("G.711, nothing wrong") << "pcmu" << 0.0 << 30.0 << 92.0 << 4.3849;
        QTest::newRow("G.711, one of a hundred lost") << "pcmu" << 0.01 << 30.0 << 74.0755 << 3.7819;
        QTest::newRow("G.711, far away") << "pcma" << 0.0 << 230.0 << 79.203 << 3.9935;
        QTest::newRow("G.729") << "g729" << 0.0 << 30.0 << 81.0 << 4.0612;
        QTest::newRow("G.729, two of a hundred lost") << "g729" << 0.02 << 30.0 << 73.0 << 3.7344;
        QTest::newRow("G.723.1, five of a hundred lost") << "g723" << 0.05 << 30.0 << 58.0427 << 2.9981;
        QTest::newRow("G.726 at 16 kbit/s") << "g726-16" << 0.0 << 30.0 << 42.0 << 2.1631;
        QTest::newRow("nothing but loss") << "pcmu" << 1.0 << 30.0 << 0.9166 << 1.0;
    }

    void eModel()
    {
        QFETCH(QString, codec);
        QFETCH(double, loss);
        QFETCH(double, oneWayMs);
        QFETCH(double, rating);
        QFETCH(double, mos);
        const QualityEstimate estimate =
            estimateQuality(codecByName(codec.toStdString()),
                            {.lossShare = loss, .jitterMs = 0.0, .frameMs = 20.0, .oneWayMs = oneWayMs});
        QVERIFY2(std::abs(estimate.rating - rating) < 0.001, qPrintable(QString::number(estimate.rating, 'f', 4)));
        QVERIFY2(std::abs(estimate.mos - mos) < 0.001, qPrintable(QString::number(estimate.mos, 'f', 4)));
        QVERIFY(estimate.delayMeasured);
        QCOMPARE(estimate.delayMs, oneWayMs + 20.0);
    }

    void assumedDelayIsSaidToBe()
    {
        const QualityEstimate estimate = estimateQuality(
            unknownCodec(), {.lossShare = 0.0, .jitterMs = 4.0, .frameMs = 20.0, .oneWayMs = std::nullopt});
        QVERIFY(!estimate.delayMeasured);
        QVERIFY(!estimate.codecKnown);
        QCOMPARE(estimate.delayMs, 50.0 + 2.0 * 4.0 + 20.0);
    }

    void whatTheExactScoreLostAddsUp()
    {
        AudioScorer scorer({0});
        QVERIFY(exactReasons(scorer.result()).empty());
        for (int i = 0; i < 400; ++i)
            scorer.add({.arrival = {static_cast<std::int64_t>(i) * 20'000'000 + (i % 3) * 15'000'000},
                        .type = protocol::WzpMediaType::Audio,
                        .codec = 0,
                        .hasQuality = false,
                        .payloadBytes = i % 90 == 0 ? 10U : 240U});
        const ScorerResult result = scorer.result();
        const auto reasons = exactReasons(result);
        QVERIFY(reasons.size() >= 5);
        const double lost = std::accumulate(reasons.begin(), reasons.end(), 0.0,
                                            [](double sum, const Reason& reason) { return sum + reason.weight; });
        QVERIFY(std::abs(1.0 + lost - static_cast<double>(*result.score)) < 1e-6);
        for (const Reason& reason : reasons) {
            const bool inside = reason.value >= reason.low && reason.value <= reason.high;
            if (reason.low != reason.high)
                QVERIFY2(inside == (reason.weight == 0.0), reason.name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(QualityTest)
#include "quality_test.moc"
