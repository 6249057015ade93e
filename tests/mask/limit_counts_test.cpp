// Counts in fours and one by one are what a plain look at each value gives, on the limits, too.

#include "engine/mask/limit_counts.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace timbre::mask;

class LimitCountsTest : public QObject {
    Q_OBJECT

private slots:
    void areThoseOfAPlainLook();
};

void LimitCountsTest::areThoseOfAPlainLook()
{
    std::mt19937 random(3);
    const auto listOf = [&](std::size_t count, std::initializer_list<double> choice) {
        std::vector<double> values(count);
        for (double& value : values)
            value = choice.begin()[random() % choice.size()];
        return values;
    };
    for (std::size_t count = 1; count <= 70; ++count) {
        const auto sizes = listOf(count, {40, 99, 100, 101, 1000, 1001, 1500});
        const auto gaps = listOf(count, {0, 1.999, 2, 4.999, 5, 9.999, 10, 100, 100.001, 500, 500.5});
        const auto entropies = listOf(count, {0, 3.999, 4, 7.5, 7.501, 8});
        const LimitCounts counts = countLimits({.sizes = sizes, .gapsMs = gaps, .entropies = entropies});
        const auto in = [](const std::vector<double>& values, auto matches) {
            return static_cast<int>(std::count_if(values.begin(), values.end(), matches));
        };
        QCOMPARE(counts.largeSizes, in(sizes, [](double x) { return x > 1000; }));
        QCOMPARE(counts.smallSizes, in(sizes, [](double x) { return x < 100; }));
        QCOMPARE(counts.tightGaps, in(gaps, [](double x) { return x < 2; }));
        QCOMPARE(counts.regularGaps, in(gaps, [](double x) { return x >= 10 && x <= 100; }));
        QCOMPARE(counts.lengthyGaps, in(gaps, [](double x) { return x > 500; }));
        QCOMPARE(counts.closeGaps, in(gaps, [](double x) { return x < 5; }));
        QCOMPARE(counts.highEntropies, in(entropies, [](double x) { return x > 7.5; }));
        QCOMPARE(counts.lowEntropies, in(entropies, [](double x) { return x < 4; }));
        int bursts = 0;
        bool before = false;
        for (const double gap : gaps) {
            bursts += gap < 5 && !before ? 1 : 0;
            before = gap < 5;
        }
        QCOMPARE(counts.bursts, bursts);
    }
}

QTEST_GUILESS_MAIN(LimitCountsTest)
#include "limit_counts_test.moc"
