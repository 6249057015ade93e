// Ranks are those of the sorted list, in whatever order they are asked for.

#include "engine/base/rank_selection.h"

#include <QTest>

#include <limits>
#include <random>

using timbre::RankSelection;

namespace {

template<typename T>
void ranksAsSorted()
{
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        std::vector<double> values(1 + random() % 600);
        const std::size_t kinds = 1 + random() % 300; // many equal ones, too
        for (double& value : values)
            value = static_cast<double>(random() % kinds) - 10.0;
        std::vector<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        RankSelection<T> ranks(values);
        QCOMPARE(ranks.smallest(), sorted.front());
        QCOMPARE(ranks.largest(), sorted.back());
        for (int question = 0; question < 20; ++question) { // more than are remembered
            const std::size_t rank = random() % values.size();
            QCOMPARE(ranks.at(rank), sorted[rank]);
        }
    }
}

} // namespace

class RankSelectionTest : public QObject {
    Q_OBJECT

private slots:
    void asSorted()
    {
        ranksAsSorted<double>();
        ranksAsSorted<float>();
    }

    void extremes()
    {
        const std::array<double, 4> values = {5.0, -std::numeric_limits<double>::infinity(), 1e300,
                                              std::numeric_limits<double>::infinity()};
        RankSelection<double> ranks(values);
        QCOMPARE(ranks.at(3), std::numeric_limits<double>::infinity());
        QCOMPARE(ranks.at(0), -std::numeric_limits<double>::infinity());
        QCOMPARE(ranks.at(1), 5.0);
    }

    /// Not a number is nobody's business here, but must not hang or leave the list.
    void notANumber()
    {
        std::vector<double> values(100, std::nan(""));
        for (std::size_t i = 0; i < values.size(); i += 3)
            values[i] = static_cast<double>(i);
        RankSelection<double> ranks(values);
        for (std::size_t rank = 0; rank < values.size(); ++rank)
            (void)ranks.at(rank);
    }
};

QTEST_GUILESS_MAIN(RankSelectionTest)
#include "rank_selection_test.moc"
