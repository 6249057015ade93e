// The rate of this moment: of the last seconds, fading, and the same for the same packets.

#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/rate_analyzer.h"

#include <QTest>

using namespace timbre;
using namespace timbre::pipeline;

namespace {

constexpr std::int64_t kBegin = 1'700'000'000 * kNsPerSecond;
constexpr std::int64_t kMs = 1'000'000;

/// One packet of a flow, `atMs` after the beginning.
void send(RateAnalyzer& rates, std::uint32_t flow, std::int64_t atMs, std::uint32_t bytes)
{
    flow::Flow sender;
    sender.record.index = flow;
    flow::Frame frame;
    frame.time = {kBegin + atMs * kMs};
    frame.originalLength = bytes;
    rates.packet(sender, flow::Side::Initiator, {}, frame);
}

} // namespace

class RateAnalyzerTest : public QObject {
    Q_OBJECT

private slots:
    void aSteadyFlowHasItsRate()
    {
        RateAnalyzer rates(100);
        for (std::int64_t ms = 0; ms <= 20'000; ms += 10) {
            send(rates, 7, ms, 1000);
            if (ms > 6000)
                QVERIFY(std::abs(rates.rates()->of(7) - 100'000) < 1000);
        }
        QCOMPARE(rates.rates()->of(6), 0.0);
    }

    void itFadesWhenTheFlowIsSilent()
    {
        RateAnalyzer rates(100);
        for (std::int64_t ms = 0; ms < 3000; ms += 10)
            send(rates, 1, ms, 1000);
        double before = rates.rates()->of(1);
        QVERIFY(before > 90'000);
        for (std::int64_t ms = 3000; ms < 6000; ms += 250) { // another flow moves the time
            send(rates, 2, ms, 60);
            const double now = rates.rates()->of(1);
            QVERIFY(ms == 3000 || now < before);
            before = now;
        }
        send(rates, 2, 6000, 60);
        QCOMPARE(rates.rates()->of(1), 0.0);
        QCOMPARE(rates.rates()->size(), std::size_t{1}); // the silent one costs nothing
    }

    void aLongPauseAndAClockSetBack()
    {
        RateAnalyzer rates(100);
        send(rates, 1, 0, 3000);
        QCOMPARE(rates.rates()->of(1), 1000.0);
        send(rates, 2, 3'600'000, 3000);
        QCOMPARE(rates.rates()->of(1), 0.0);
        QCOMPARE(rates.rates()->of(2), 1000.0);
        send(rates, 1, -86'400'000, 6000); // a day before
        QCOMPARE(rates.rates()->of(1), 2000.0);
        QCOMPARE(rates.rates()->of(2), 0.0);
        send(rates, 1, -86'400'000 - 5, 3000); // a little out of order
        QCOMPARE(rates.rates()->of(1), 3000.0);
    }

    void flowsThatAreNotListedAreLeftOut()
    {
        RateAnalyzer rates(2);
        send(rates, 1, 0, 3000);
        send(rates, 2, 0, 3000);
        QCOMPARE(rates.rates()->of(1), 1000.0);
        QCOMPARE(rates.rates()->of(2), 0.0);
    }

    void countsStayAtTheirLargestValue()
    {
        RateAnalyzer rates(1);
        for (int i = 0; i < 3; ++i)
            send(rates, 0, 0, 0xf000'0000);
        QCOMPARE(rates.rates()->of(0), static_cast<double>(static_cast<float>(4'294'967'295.0 / 3)));
    }

    void shownWhileLiveOnly()
    {
        RateAnalyzer rates(10);
        CaptureSnapshot snapshot;
        snapshot.flows = std::make_shared<flow::FlowSnapshot>();
        send(rates, 0, 0, 3000);
        rates.describe(snapshot);
        QVERIFY(snapshot.flows->rates());
        QCOMPARE(snapshot.flows->rates()->of(0), 1000.0);
        rates.finish();
        snapshot.flows = std::make_shared<flow::FlowSnapshot>();
        rates.describe(snapshot);
        QVERIFY(!snapshot.flows->rates());
    }
};

QTEST_GUILESS_MAIN(RateAnalyzerTest)
#include "rate_analyzer_test.moc"
