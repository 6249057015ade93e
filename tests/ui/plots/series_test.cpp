// What plots are made of before anything is drawn: sums, columns, gaps, ticks, numbers.

#include "ui/plots/quantity.h"
#include "ui/plots/series.h"
#include "ui/plots/state_path.h"
#include "ui/plots/time_ticker.h"

#include <QtTest/QtTest>

using namespace timbre;
using namespace timbre::ui;

namespace {

constexpr std::int64_t kMs = 1'000'000;

TimeHistogram histogramOf(const std::vector<std::int64_t>& milliseconds)
{
    TimeHistogram histogram;
    for (const std::int64_t ms : milliseconds)
        histogram.add({ms * kMs}, 100);
    return histogram;
}

class OpenTicker : public TimeTicker {
public:
    QVector<double> ticks(const QCPRange& range)
    {
        const double step = getTickStep(range);
        return createTickVector(step, range);
    }
    QString label(double tick) { return getTickLabel(tick, QLocale(), u'f', 6); }
};

flow::FlowRecord tcpRecord(flow::TcpState state, std::string_view history, std::int64_t rtt = flow::kUnknownNs)
{
    flow::FlowRecord record;
    record.key.l4 = decode::L4::Tcp;
    record.state = state;
    record.handshakeRttNs = rtt;
    std::copy(history.begin(), history.end(), record.history.begin());
    record.historyLength = static_cast<std::uint8_t>(history.size());
    return record;
}

QString passed(const flow::FlowRecord& record)
{
    QStringList words;
    for (const StateStep& step : statePath(record)) {
        if (step.passed)
            words.append(stateWords(step.state) + (step.last ? QStringLiteral("!") : QString()));
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

class SeriesTest : public QObject {
    Q_OBJECT

private slots:
    void sumsAreExactAtAnyWidth()
    {
        std::vector<std::int64_t> times;
        for (std::int64_t ms = 0; ms < 3000; ++ms)
            times.insert(times.end(), static_cast<std::size_t>(ms % 3), ms);
        const TimeHistogram histogram = histogramOf(times);
        for (const std::size_t width : {1U, 7U, 100U, 999U, 4000U}) {
            const OverviewSeries series = overviewSeries(histogram, std::nullopt, width);
            QVERIFY(series.columns.size() <= width);
            std::uint64_t packets = 0;
            std::uint64_t bytes = 0;
            std::uint64_t largest = 0;
            for (const OverviewColumn& column : series.columns) {
                packets += column.packets;
                bytes += column.bytes;
                largest = std::max(largest, column.packets);
            }
            QCOMPARE(packets, times.size());
            QCOMPARE(bytes, times.size() * 100);
            QCOMPARE(series.maxPackets, largest);
        }
    }

    void viewTakesItsColumnsOnly()
    {
        const TimeHistogram histogram = histogramOf({0, 10, 20, 30, 40, 50});
        const OverviewSeries series = overviewSeries(histogram, TimeRange{{10 * kMs}, {30 * kMs}}, 1000);
        QCOMPARE(series.begin().ns, 10 * kMs);
        QCOMPARE(series.columns.size(), std::size_t{21});
        QCOMPARE(series.columnAt({20 * kMs}), std::optional<std::size_t>(10));
        QCOMPARE(series.columns[10].packets, std::uint64_t{1});
        QVERIFY(!series.columnAt({9 * kMs}));
        QVERIFY(!series.columnAt({31 * kMs}));
        QVERIFY(overviewSeries(TimeHistogram(), std::nullopt, 10).columns.empty());
    }

    void quietStretchesAreFound()
    {
        const OverviewSeries series = overviewSeries(histogramOf({0, 5, 25, 26}), std::nullopt, 1000);
        const auto gaps = quietStretches(series, 3, 10);
        QCOMPARE(gaps.size(), std::size_t{2});
        QCOMPARE(gaps[0].begin.ns, 6 * kMs); // the longer one first
        QCOMPARE(gaps[0].end.ns, 25 * kMs);
        QCOMPARE(quietStretches(series, 3, 1).size(), std::size_t{1});
        QVERIFY(quietStretches(series, 100, 10).empty());
    }

    void sizesKeepTheLargestOfAColumn()
    {
        const std::vector<FlowSample> samples = {
            {{0}, 1, 60, true}, {{1 * kMs}, 2, 1500, true}, {{2 * kMs}, 3, 90, false}, {{100 * kMs}, 4, 70, false}};
        const auto columns = sizeColumns(samples, {0}, 100 * kMs, 10);
        QCOMPARE(columns.size(), std::size_t{2});
        QCOMPARE(columns[0].largestUp, 1500U);
        QCOMPARE(columns[0].largestDown, 90U);
        QCOMPARE(columns[1].largestDown, 70U); // the last packet lies on the very end
        // A packet before the flow's start and one beyond its span stay on the axis.
        QCOMPARE(sizeColumns({{{-5}, 1, 10, true}, {{900 * kMs}, 2, 20, true}}, {0}, 100 * kMs, 10).size(),
                 std::size_t{2});
    }

    void gapsAreDrawnOncePerCell()
    {
        std::vector<FlowSample> samples;
        for (int i = 0; i < 100'000; ++i)
            samples.push_back({{i * 1000LL}, static_cast<std::uint64_t>(i), 60, i % 2 == 0});
        const auto points = gapPoints(samples, {0}, 100 * kMs, 200);
        QVERIFY(points.size() >= 200 && points.size() <= 2 * 200 + 2);
        const auto two = gapPoints({{{0}, 1, 60, true}, {{0}, 2, 60, false}}, {0}, 0, 200);
        QCOMPARE(two.size(), std::size_t{1});
        QCOMPARE(two[0].gapSeconds, 1e-7); // the same moment still has a place on a logarithmic axis
    }

    void ticksAreRoundAndFew()
    {
        OpenTicker ticker;
        constexpr std::int64_t kNine = 1'700'038'800LL * kNsPerSecond; // a full hour
        ticker.setBase({kNine + 17 * kMs});
        QStringList labels;
        ticker.setFormatter([&](Timestamp time, int decimals, bool) {
            return QStringLiteral("%1/%2").arg((time.ns - kNine) / kMs).arg(decimals);
        });
        for (const double span : {0.0002, 0.9, 3.0, 61.0, 4000.0, 90'000.0, 4e6, 4e8}) {
            const auto ticks = ticker.ticks({0.0, span});
            QVERIFY2(!ticks.isEmpty() && ticks.size() <= kMaxTicks + 1, qPrintable(QString::number(span)));
        }
        const auto seconds = ticker.ticks({0.0, 5.0});
        QCOMPARE(ticker.label(seconds.front()), QStringLiteral("1000/0"));
        const auto hundredths = ticker.ticks({0.0, 0.05});
        QCOMPARE(ticker.label(hundredths.front()), QStringLiteral("20/2"));
    }

    void numbersReadWell()
    {
        QCOMPARE(secondsText(1'204'000), QStringLiteral("0.001204"));
        QCOMPARE(secondsText(-1'500'000'000), QStringLiteral("−1.500000"));
        QCOMPARE(secondsText(12'345'000'001'000), QStringLiteral("12\u2009345.000001"));
        QCOMPARE(niceStep(0.03), 0.05);
        QCOMPARE(niceStep(100.0), 100.0);
        QCOMPARE(niceStep(1.01), 2.0);
        QCOMPARE(niceStep(7.0), 10.0);
    }

    void statePaths()
    {
        using flow::TcpState;
        QCOMPARE(passed(tcpRecord(TcpState::Active, "D")), QStringLiteral("first packet!"));
        QCOMPARE(passed(tcpRecord(TcpState::Established, "SsD")),
                 QStringLiteral("first packet, SYN sent, SYN answered, established!"));
        QCOMPARE(passed(tcpRecord(TcpState::Reset, "Sr")), QStringLiteral("first packet, SYN sent, reset!"));
        QCOMPARE(passed(tcpRecord(TcpState::Reset, "SsR")),
                 QStringLiteral("first packet, SYN sent, SYN answered, reset!"));
        QCOMPARE(passed(tcpRecord(TcpState::Reset, "SsR", 1000)),
                 QStringLiteral("first packet, SYN sent, SYN answered, established, reset!"));
        QVERIFY(passed(tcpRecord(TcpState::Closed, "SsDdFf")).endsWith(QStringLiteral("second FIN, closed!")));
        QCOMPARE(historyWords("SsDDDdFf"), QStringLiteral("SYN ↑, SYN ↓, data ↑ ×3, data ↓, FIN ↑, FIN ↓"));
        QVERIFY(historyWords("SsDdDdDdDdDdDdDd").contains(QStringLiteral("16")));
    }
};

QTEST_MAIN(SeriesTest)
#include "series_test.moc"
