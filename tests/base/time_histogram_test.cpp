#include "engine/base/time_histogram.h"

#include <QTest>

#include <random>

using timbre::TimeHistogram;
using timbre::Timestamp;

namespace {

std::uint64_t packetsIn(const TimeHistogram& histogram)
{
    std::uint64_t sum = 0;
    for (const auto& bin : histogram.bins())
        sum += bin.packets;
    return sum;
}

} // namespace

class TimeHistogramTest : public QObject {
    Q_OBJECT

private slots:
    void startsWithNarrowBins()
    {
        TimeHistogram histogram;
        QVERIFY(histogram.empty());
        histogram.add({5'400'000}, 100);
        histogram.add({5'999'999}, 50);
        histogram.add({6'000'000}, 1);
        QCOMPARE(histogram.binNs(), 1'000'000);
        QCOMPARE(histogram.origin().ns, 5'000'000);
        QCOMPARE(histogram.bins().size(), 2U);
        QCOMPARE(histogram.bins()[0].bytes, 150U);
    }

    void widensAndLosesNothing_data()
    {
        QTest::addColumn<qint64>("stepNs");
        QTest::addRow("a minute") << qint64{5'000'000};
        QTest::addRow("a century") << qint64{300'000'000'000'000};
    }

    void widensAndLosesNothing()
    {
        QFETCH(qint64, stepNs);
        TimeHistogram histogram;
        std::mt19937_64 random(7);
        std::vector<Timestamp> times;
        std::int64_t now = -1000 * stepNs;
        for (int i = 0; i < 10'000; ++i) {
            now += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(stepNs)) - stepNs / 4;
            times.push_back({now});
            histogram.add({now}, 10);
        }
        QVERIFY(histogram.bins().size() <= TimeHistogram::kMaxBins);
        QCOMPARE(packetsIn(histogram), 10'000U);
        std::vector<std::uint64_t> expected(histogram.bins().size());
        for (const Timestamp time : times)
            ++expected.at(static_cast<std::size_t>((time.ns - histogram.origin().ns) / histogram.binNs()));
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(histogram.bins()[i].packets, expected[i]);
    }

    void holdsTheEndsOfTime()
    {
        TimeHistogram histogram;
        histogram.add(Timestamp::max(), 1);
        histogram.add({0}, 1);
        histogram.add(Timestamp::min(), 1);
        histogram.add(Timestamp::max(), 1);
        QCOMPARE(packetsIn(histogram), 4U);
        QVERIFY(histogram.bins().size() <= TimeHistogram::kMaxBins);
    }
};

QTEST_GUILESS_MAIN(TimeHistogramTest)
#include "time_histogram_test.moc"
