// Against std::map, over numbers as flows get them: rising, a few thousand alive at once, some for very long.

#include "engine/base/index_map.h"

#include <QTest>

#include <map>
#include <random>

using timbre::IndexMap;

class IndexMapTest : public QObject {
    Q_OBJECT

private slots:
    void asAMap()
    {
        IndexMap<int> map;
        std::map<std::uint32_t, int> expected;
        std::mt19937 random(7);
        std::uint32_t next = 0;
        for (int step = 0; step < 200'000; ++step) {
            if (random() % 2 == 0) {
                const auto value = static_cast<int>(random() % 1000);
                map.put(next, std::make_unique<int>(value));
                expected[next++] = value;
            } else if (next > 0) {
                const std::uint32_t index = next - 1 - std::min<std::uint32_t>(next - 1, static_cast<std::uint32_t>(random() % 5000));
                const std::unique_ptr<int> taken = map.take(index);
                const auto known = expected.find(index);
                QCOMPARE(taken != nullptr, known != expected.end());
                if (taken) {
                    QCOMPARE(*taken, known->second);
                    expected.erase(known);
                }
            }
        }
        QCOMPARE(map.size(), expected.size());
        for (std::uint32_t index = 0; index < next + 3000; ++index) {
            const int* found = map.find(index);
            const auto known = expected.find(index);
            QCOMPARE(found != nullptr, known != expected.end());
            if (found)
                QCOMPARE(*found, known->second);
        }
        std::vector<std::uint32_t> indexes;
        for (const auto& each : expected)
            indexes.push_back(each.first);
        QCOMPARE(map.indexes(), indexes);
    }

    void anotherInItsPlace()
    {
        IndexMap<int> map;
        map.put(5000, std::make_unique<int>(1));
        map.put(5000, std::make_unique<int>(2));
        QCOMPARE(map.size(), std::size_t{1});
        QCOMPARE(*map.find(5000), 2);
        QVERIFY(!map.take(4999));
        QVERIFY(map.take(5000));
        QVERIFY(!map.find(5000));
        QVERIFY(map.indexes().empty());
    }
};

QTEST_GUILESS_MAIN(IndexMapTest)
#include "index_map_test.moc"
