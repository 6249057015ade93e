// Roll-ups change nothing but the time it takes: questions get the same answers with them, without them, and from a
// count of every signal, while buckets come out of order, are evicted and grow after their hour is over.

#include "engine/trends/recent_signals.h"
#include "engine/trends/trend_query.h"

#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace timbre;
using namespace timbre::trends;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

using Key = std::pair<std::int64_t, SignalType>; // start of the group

/// What the specification says, signal by signal.
struct Expected {
    std::uint64_t count = 0;
    std::set<StringId> values;
    std::set<StringId> entities;
    std::set<StringId> categoryValues;
    std::set<StringId> categoryEntities;
};

std::map<Key, Expected> expectedOf(const Buckets& buckets, const SignalQuery& query, std::int64_t length)
{
    std::map<Key, Expected> all;
    for (const auto& bucket : buckets) {
        if (!takesPart(*bucket, query))
            continue;
        for (const SignalType type : allSignalTypes()) {
            if (bucket->of(type).count == 0)
                continue;
            Expected& one = all[{floorDiv(bucket->startMs, length) * length, type}];
            one.count += bucket->of(type).count;
            for (const Signal& signal : bucket->stored) {
                if (signal.type == type) {
                    one.values.insert(signal.value);
                    one.entities.insert(signal.entity);
                }
                if (categoryOf(signal.type) == categoryOf(type)) {
                    one.categoryValues.insert(signal.value);
                    one.categoryEntities.insert(signal.entity);
                }
            }
        }
    }
    return all;
}

bool sameTrends(const std::vector<Trend>& a, const std::vector<Trend>& b)
{
    const auto samePoint = [](const TrendPoint& x, const TrendPoint& y) {
        return x.startMs == y.startMs && x.count == y.count && x.uniqueValues == y.uniqueValues &&
               x.uniqueEntities == y.uniqueEntities && x.distinctValues == y.distinctValues &&
               x.distinctEntities == y.distinctEntities;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const Trend& x, const Trend& y) {
        return x.type == y.type && x.count == y.count && x.firstSeenMs == y.firstSeenMs &&
               x.lastSeenMs == y.lastSeenMs && x.uniqueValues == y.uniqueValues &&
               x.uniqueEntities == y.uniqueEntities &&
               std::equal(x.points.begin(), x.points.end(), y.points.begin(), y.points.end(), samePoint);
    });
}

/// Time mostly goes on, sometimes jumps back; types come and go, so that categories are not in all minutes.
class Traffic {
public:
    explicit Traffic(unsigned seed)
        : m_random(seed)
    {
    }
    Signal next()
    {
        m_nowMs += below(2'000);
        Signal signal;
        signal.timeMs = below(50) == 0 ? m_nowMs - below(90 * kMinuteMs) : m_nowMs;
        signal.id = ++m_id;
        signal.value = 1 + static_cast<StringId>(below(below(3) == 0 ? 40'000 : 300));
        signal.entity = 1 + static_cast<StringId>(below(60));
        const auto first = static_cast<std::size_t>(m_nowMs / (7 * kMinuteMs)) % kSignalTypes;
        signal.type = static_cast<SignalType>((first + static_cast<std::size_t>(below(6))) % kSignalTypes);
        return signal;
    }

private:
    std::int64_t below(std::int64_t limit)
    {
        return std::uniform_int_distribution<std::int64_t>(0, limit - 1)(m_random);
    }

    std::mt19937 m_random;
    std::int64_t m_nowMs = 1'700'000'000'000;
    SignalId m_id = 0;
};

class RollUpTest : public QObject {
    Q_OBJECT

private slots:
    void sameAnswersWithAndWithout()
    {
        for (unsigned seed = 1; seed <= 2; ++seed) {
            TimeStoreConfig config;
            config.retentionMs = (seed % 2 == 0 ? 5 : 30) * kHourMs; // evicts, or does not
            config.maxSignalsPerBucket = 100'000;
            TimeStore store(config);
            Traffic traffic(seed);
            for (int round = 0; round < 3; ++round) {
                for (int i = 0; i < 15'000; ++i)
                    store.record(traffic.next());
                if (round == 2)
                    store.finish();
                const Buckets buckets = store.publish();
                const RollUps hours = store.rollUps();
                QVERIFY(round == 0 || !hours.empty());
                compare(buckets, hours);
            }
        }
    }

    void aSignalForAnOldHourUndoesItsRollUp()
    {
        TimeStore store;
        SignalId id = 0;
        const auto record = [&](std::int64_t timeMs, StringId value) {
            Signal signal;
            signal.timeMs = timeMs;
            signal.id = ++id;
            signal.value = value;
            signal.entity = 1;
            store.record(signal);
        };
        for (StringId value = 1; value <= TimeStore::kWorthRollingUp; ++value)
            record(1000, value);
        QVERIFY(store.rollUps().empty());
        record(kHourMs, 1);
        QCOMPARE(store.rollUps().size(), std::size_t{1});
        const Buckets before = store.publish();
        const RollUps of = store.rollUps();
        record(2000, 1'000'000);
        QVERIFY(store.rollUps().empty());
        const auto count = [](const Buckets& buckets, const RollUps& hours) {
            return trendsOf(buckets, {}, Resolution::Hour, hours).front().points.front().distinctValues;
        };
        QCOMPARE(count(before, of), TimeStore::kWorthRollingUp); // what was handed out stays as it was
        QCOMPARE(count(store.publish(), store.rollUps()), TimeStore::kWorthRollingUp + 1);
    }

    void recentSignalsAreBounded()
    {
        RecentSignals recent(3, 2);
        const auto add = [&](StringId entity, SignalId id) {
            Signal signal;
            signal.timeMs = id;
            signal.id = id;
            signal.entity = entity;
            std::vector<SignalId> ids;
            for (const Signal& one : recent.add(signal))
                ids.push_back(one.id);
            return ids;
        };
        for (SignalId id = 1; id <= 20; ++id)
            QCOMPARE(add(7, id).size(), std::min<std::size_t>(id, 3));
        QCOMPARE(add(7, 21), (std::vector<SignalId>{19, 20, 21}));
        QCOMPARE(add(8, 22), (std::vector<SignalId>{22}));
        QCOMPARE(add(7, 23), (std::vector<SignalId>{20, 21, 23}));
        QCOMPARE(add(9, 24), (std::vector<SignalId>{24})); // 8 was heard of longest ago
        QCOMPARE(recent.entities(), std::size_t{2});
        QCOMPARE(recent.dropped(), std::uint64_t{1});
        QCOMPARE(add(8, 25), (std::vector<SignalId>{25}));
        recent.forget(24);
        QCOMPARE(recent.entities(), std::size_t{1});
        QCOMPARE(add(8, 26), (std::vector<SignalId>{25, 26}));
    }

private:
    static void compare(const Buckets& buckets, const RollUps& hours)
    {
        const std::int64_t first = buckets.front()->startMs;
        SignalQuery part;
        part.fromMs = first + 25 * kMinuteMs;
        part.toMs = first + 160 * kMinuteMs;
        SignalQuery category = part;
        category.category = Category::Device;
        for (const SignalQuery& query : {SignalQuery{}, part, category})
            for (const Resolution resolution : {Resolution::Hour, Resolution::Day}) {
                const auto trends = trendsOf(buckets, query, resolution, hours);
                QVERIFY(sameTrends(trends, trendsOf(buckets, query, resolution)));
                const auto expected = expectedOf(buckets, query, groupMs(resolution));
                for (const Trend& trend : trends)
                    for (const TrendPoint& point : trend.points) {
                        const Expected& one = expected.at({point.startMs, trend.type});
                        QCOMPARE(point.count, one.count);
                        QCOMPARE(point.distinctValues, one.values.size());
                        QCOMPARE(point.distinctEntities, one.entities.size());
                        QCOMPARE(point.uniqueValues, one.categoryValues.size());
                        QCOMPARE(point.uniqueEntities, one.categoryEntities.size());
                    }
            }
        const auto distinct = distinctOf(buckets, part, hours);
        const auto walked = distinctOf(buckets, part);
        for (std::size_t i = 0; i < kSignalTypes; ++i) {
            QCOMPARE(distinct[i].values, walked[i].values);
            QCOMPARE(distinct[i].entities, walked[i].entities);
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(RollUpTest)
#include "roll_up_test.moc"
