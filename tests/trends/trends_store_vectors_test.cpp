// The cases of vectors/trends.json about counting: store, resolution, change rate, checks, batch, manager,
// correlations.

#include "engine/trends/finding_anomaly.h"
#include "engine/trends/travel.h"
#include "engine/trends/trend_query.h"
#include "tests/trends/vector_support.h"

#include <QTest>

using namespace timbre;
using namespace timbre::trends;
using namespace timbre::trends::test;

namespace {

json bucketOf(const TimeBucket& bucket, const Names& names)
{
    json categories = json::object();
    for (std::size_t c = 0; c < kCategories; ++c) {
        const auto category = static_cast<Category>(c);
        if (bucket.of(category).count == 0)
            continue;
        json types = json::object();
        std::set<std::string> values;
        std::set<std::string> entities;
        for (const SignalType type : allSignalTypes()) {
            if (categoryOf(type) != category || bucket.of(type).count == 0)
                continue;
            types[toString(type)] = bucket.of(type).count;
            const auto texts = [&](const IdMasks& ids, std::set<std::string>& out, std::uint32_t expected) {
                std::uint32_t count = 0;
                ids.forEach([&](StringId id, IdMasks::Mask mask) {
                    if ((mask & maskOf(type)) == 0)
                        return;
                    out.emplace(names.pool.text(id));
                    ++count;
                });
                return count == expected;
            };
            if (!texts(bucket.values, values, bucket.of(type).distinctValues) ||
                !texts(bucket.entities, entities, bucket.of(type).distinctEntities))
                return "counts of a type are not the sizes of its sets";
        }
        categories[toString(category)] = {{"count", bucket.of(category).count},
                                          {"by_type", types},
                                          {"unique_values", values},
                                          {"unique_entities", entities}};
        if (values.size() != bucket.of(category).uniqueValues || entities.size() != bucket.of(category).uniqueEntities)
            return "counts of the category are not the sizes of its sets";
    }
    return {{"start", bucket.startMs},
            {"end", bucket.endMs},
            {"signals", names.idsOf(bucket.stored)},
            {"summary", {{"by_category", categories}, {"total_count", bucket.total}}}};
}

json trendListOf(const std::vector<Trend>& trends)
{
    json result = json::array();
    for (const Trend& trend : trends) {
        json points = json::array();
        for (const TrendPoint& point : trend.points)
            points.push_back({point.startMs, point.count, point.uniqueValues, point.uniqueEntities});
        result.push_back({{"type", toString(trend.type)},
                          {"category", toString(categoryOf(trend.type))},
                          {"count", trend.count},
                          {"unique_values", trend.uniqueValues},
                          {"unique_entities", trend.uniqueEntities},
                          {"first_seen", trend.firstSeenMs},
                          {"last_seen", trend.lastSeenMs},
                          {"histogram", points}});
    }
    return result;
}

json summaryOfStep(const TimeStore& store, const json& step, std::int64_t now)
{
    const Summary summary =
        summaryOf(store.buckets(), optionalOf<std::int64_t>(step, "from"), optionalOf<std::int64_t>(step, "to"), now);
    json categories = json::object();
    for (std::size_t c = 0; c < kCategories; ++c)
        if (const auto& category = summary.categories[c]; category.count > 0)
            categories[toString(static_cast<Category>(c))] = {{"count", category.count},
                                                              {"unique_values", category.uniqueValues},
                                                              {"unique_entities", category.uniqueEntities}};
    json types = json::array();
    for (const auto& type : summary.topTypes)
        types.push_back(
            {{"type", toString(type.type)}, {"category", toString(categoryOf(type.type))}, {"count", type.count}});
    return {{"from", summary.fromMs},    {"to", summary.toMs},        {"total_signals", summary.total},
            {"by_category", categories}, {"top_signal_types", types}, {"anomaly_count", 0}};
}

json statisticsOf(const TimeStore& store)
{
    const TimeStoreStatistics statistics = store.statistics();
    json result{{"bucket_count", statistics.buckets},
                {"total_signals", statistics.signalCount},
                {"entity_count", statistics.entities},
                {"oldest_bucket", nullptr},
                {"newest_bucket", nullptr}};
    if (statistics.oldestMs)
        result["oldest_bucket"] = *statistics.oldestMs;
    if (statistics.newestMs)
        result["newest_bucket"] = *statistics.newestMs;
    return result;
}

class Raised : public AnomalyListener {
public:
    void raised(const Anomaly& anomaly) override { list.push_back(anomaly); }
    std::vector<Anomaly> list;
};

std::string difference(const json& name, const json& step, const json& got)
{
    return name.get<std::string>() + "\nstep " + step.dump().substr(0, 1500) + "\ngot " + got.dump().substr(0, 1500);
}

class StoreVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void store();
    void resolution();
    void changeRate();
    void checks();
    void batch();
    void manager();
    void correlations();

private:
    json storeStep(TimeStore& store, Names& names, const json& step, std::int64_t& now);
    json managerStep(SignalManager& manager, TravelDetector& travel, Names& names, Raised& raised, const json& step,
                     std::int64_t& now);
};

#define CASES(variable, ...)                                                                                           \
    const json variable = casesOf({__VA_ARGS__});                                                                      \
    if (variable.is_null())                                                                                            \
        QSKIP("no trends.json here");                                                                                  \
    QVERIFY(!variable.empty())

json StoreVectorsTest::storeStep(TimeStore& store, Names& names, const json& step, std::int64_t& now)
{
    const std::string op = step.at("op");
    now = step.value("now", now);
    if (op == "record") {
        for (const Signal& signal : names.signalList(step.at("signals")))
            store.record(signal);
    } else if (op == "cleanup") {
        store.cleanUp(now);
    } else if (op == "clear") {
        store.clear();
    } else if (op == "export_import") {
        TimeStore other(store.config());
        other.import(store.publish());
        store = std::move(other);
    } else if (op == "stats") {
        return statisticsOf(store);
    } else if (op == "signals" || op == "entity_signals") {
        return names.idsOf(signalsOf(store.buckets(), signalQueryOf(step, names)));
    } else if (op == "trends") {
        return trendListOf(trendsOf(store.buckets(), signalQueryOf(step, names)));
    } else if (op == "summary") {
        return summaryOfStep(store, step, now);
    } else if (op == "recent_buckets" || op == "buckets") {
        json result = json::array();
        if (op == "buckets")
            for (const auto& bucket : store.buckets())
                result.push_back(bucketOf(*bucket, names));
        else
            for (const auto& bucket : store.recentBuckets(step.at("count")))
                result.push_back(bucket->startMs);
        return result;
    } else {
        return "unknown step " + op;
    }
    return {};
}

void StoreVectorsTest::store()
{
    CASES(cases, "store");
    for (const json& one : cases) {
        Names names;
        TimeStore store(managerConfigOf(one).store);
        std::int64_t now = 0;
        for (const json& step : one.at("steps")) {
            const json got = storeStep(store, names, step, now);
            (void)store.publish(); // what is handed out must not change what comes after
            if (step.contains("expect"))
                QVERIFY2(same(got, step.at("expect")), difference(one.at("name"), step, got).c_str());
        }
    }
}

void StoreVectorsTest::resolution()
{
    CASES(cases, "resolution");
    for (const json& one : cases) {
        Names names;
        TimeStore store;
        for (const Signal& signal : names.signalList(one.at("signals")))
            store.record(signal);
        for (const json& item : one.at("items")) {
            const auto resolution = resolutionNamed(item.at("resolution").get<std::string>());
            QVERIFY(resolution.has_value());
            const json got = trendListOf(trendsOf(store.buckets(), signalQueryOf(item, names), *resolution));
            QVERIFY2(same(got, item.at("expect")), difference(one.at("name"), item, got).c_str());
        }
    }
}

void StoreVectorsTest::changeRate()
{
    CASES(cases, "change_rate");
    for (const json& one : cases) {
        Names names;
        TimeStore store;
        for (const Signal& signal : names.signalList(one.at("signals")))
            store.record(signal);
        for (const json& item : one.at("items")) {
            json got{{"types", json::object()}, {"categories", json::object()}};
            const std::int64_t from = item.at("from");
            const std::int64_t to = item.at("to");
            for (const auto& [name, rate] : item.at("expect").at("types").items())
                got["types"][name] = trends::changeRate(store.buckets(), *signalTypeOf(name), from, to);
            for (const auto& [name, rate] : item.at("expect").at("categories").items())
                got["categories"][name] = trends::changeRate(store.buckets(), *categoryNamed(name), from, to);
            QVERIFY2(same(got, item.at("expect")), difference(one.at("name"), item, got).c_str());
        }
    }
}

void StoreVectorsTest::checks()
{
    CASES(cases, "check_signal");
    for (const json& one : cases) {
        Names names;
        const std::vector<Signal> recent = names.signalList(one.at("recent"));
        const Signal signal = names.signal(one.at("signal"));
        auto found = checkSignal(signal, recent, {}, names.pool);
        if (found)
            found->risk = defaultRiskTable()[static_cast<std::size_t>(found->type)];
        const json got = found ? anomalyOf(*found, names) : json();
        QVERIFY2(same(got, one.at("expect")), difference(one.at("name"), one, got).c_str());
    }
}

void StoreVectorsTest::batch()
{
    CASES(cases, "batch");
    for (const json& one : cases) {
        Names names;
        TimeStore store(managerConfigOf(one).store);
        for (const Signal& signal : names.signalList(one.at("current")))
            store.record(signal);
        TimeBucket empty;
        empty.startMs = one.at("start");
        empty.endMs = empty.startMs + store.config().bucketSizeMs;
        const TimeBucket& bucket = store.buckets().empty() ? empty : *store.buckets().front();
        const auto earlier = one.at("historical_counts").get<std::vector<std::uint64_t>>();
        json got = json::array();
        for (Anomaly& anomaly : checkBucket(bucket, earlier, {}, names.pool)) {
            anomaly.risk = defaultRiskTable()[static_cast<std::size_t>(anomaly.type)];
            got.push_back(anomalyOf(anomaly, names));
        }
        QVERIFY2(sameUnordered(got, one.at("expect")), difference(one.at("name"), one.at("expect"), got).c_str());
    }
}

json StoreVectorsTest::managerStep(SignalManager& manager, TravelDetector& travel, Names& names, Raised& raised,
                                   const json& step, std::int64_t& now)
{
    const std::string op = step.at("op");
    const std::size_t before = raised.list.size();
    const auto newOnes = [&] {
        json list = json::array();
        for (std::size_t i = before; i < raised.list.size(); ++i)
            list.push_back(anomalyOf(raised.list[i], names));
        return json{{"anomalies", list}};
    };
    now = step.value("now", now);
    if (op == "record") {
        const Signal signal = names.signal(step.at("signal"));
        now = signal.timeMs;
        manager.record(signal);
        return newOnes();
    }
    if (op == "payload_anomaly") {
        Anomaly anomaly = makeAnomaly(*anomalyTypeOf(step.at("type").get<std::string>()), step.at("detected_at"));
        anomaly.id = (std::uint64_t{1} << 32U) + names.id(step.at("id")); // numbers that nothing else has
        anomaly.severity = *severityNamed(step.at("severity").get<std::string>());
        anomaly.entities = {names.id(step.at("entity"))};
        anomaly.evidence.pathTemplate = step.at("template");
        anomaly.evidence.source = "payload_profiler";
        manager.raise(std::move(anomaly));
        return newOnes();
    }
    if (op == "login") {
        Login login{.user = step.at("user"),
                    .timeMs = step.at("ts"),
                    .address = step.at("ip"),
                    .latitude = step.at("lat"),
                    .longitude = step.at("lon"),
                    .country = step.at("country"),
                    .accuracyKm = optionalOf<double>(step, "accuracy_km"),
                    .device = step.value("fingerprint", "")};
        const auto alert = travel.login(login);
        if (alert)
            manager.raise(travelAnomaly(*alert, now, names.pool));
        json result = newOnes();
        result["alert"] = alert.has_value();
        return result;
    }
    if (op == "cleanup") {
        manager.cleanUp(now);
        return {};
    }
    if (op == "anomalies") {
        AnomalyQuery query;
        if (step.contains("severity"))
            query.severity = severityNamed(step.at("severity").get<std::string>());
        if (step.contains("type"))
            query.type = anomalyTypeOf(step.at("type").get<std::string>());
        if (step.contains("category"))
            query.category = categoryNamed(step.at("category").get<std::string>());
        if (step.contains("entity"))
            query.entity = names.id(step.at("entity"));
        query.fromMs = optionalOf<std::int64_t>(step, "from");
        query.toMs = optionalOf<std::int64_t>(step, "to");
        query.limit = step.value("limit", SIZE_MAX);
        json rows = json::array();
        for (const Anomaly* anomaly : manager.anomalies(query))
            rows.push_back({anomaly->detectedMs, toString(anomaly->type), toString(anomaly->severity),
                            names.texts(anomaly->entities)});
        return rows;
    }
    if (op == "risk") {
        json rows = json::array();
        std::map<std::string, std::int64_t> sums;
        for (const Anomaly& anomaly : raised.list)
            if (anomaly.risk && *anomaly.risk > 0)
                for (const StringId entity : anomaly.entities) {
                    rows.push_back({names.pool.text(entity), *anomaly.risk, toString(anomaly.type)});
                    sums[std::string(names.pool.text(entity))] += *anomaly.risk;
                }
        for (const auto& [entity, risk] : manager.risks())
            if (sums[std::string(names.pool.text(entity))] != risk.points)
                return "the sums of risk are others";
        return rows;
    }
    if (op == "stats")
        return {{"anomaly_count", manager.anomalyCount()},
                {"recent_entities", manager.recentEntities()},
                {"store", statisticsOf(manager.store())}};
    if (op == "correlations") {
        SignalQuery query = signalQueryOf(step, names);
        query.limit = SIZE_MAX;
        json rows = json::array();
        for (const auto& correlation : correlate(signalsOf(manager.store().buckets(), query), now,
                                                 correlationQueryOf(step, names), {}, names.pool))
            rows.push_back(correlationOf(correlation, names));
        return rows;
    }
    return "unknown step " + op;
}

void StoreVectorsTest::manager()
{
    CASES(cases, "manager");
    for (const json& one : cases) {
        Names names;
        Raised raised;
        SignalManager manager(managerConfigOf(one), names.pool, &raised);
        TravelDetector travel;
        std::int64_t now = 0;
        for (const json& step : one.at("steps")) {
            const json got = managerStep(manager, travel, names, raised, step, now);
            if (step.contains("expect"))
                QVERIFY2(same(got, step.at("expect")), difference(one.at("name"), step, got).c_str());
        }
    }
}

void StoreVectorsTest::correlations()
{
    CASES(cases, "correlations");
    for (const json& one : cases) {
        Names names;
        CorrelationLimits limits;
        const json settings = one.value("settings", json::object());
        limits.minEntities = settings.value("min_cluster_size", limits.minEntities);
        limits.minStrength = settings.value("min_strength", limits.minStrength);
        limits.windowMs = settings.value("temporal_window_ms", limits.windowMs);
        const std::vector<Signal> signalList = names.signalList(one.at("signals"));
        json got = json::array();
        for (const auto& correlation :
             correlate(signalList, one.at("now"), correlationQueryOf(one.at("options"), names), limits, names.pool))
            got.push_back(correlationOf(correlation, names));
        QVERIFY2(same(got, one.at("expect")), difference(one.at("name"), one.at("expect"), got).c_str());
    }
}

} // namespace

QTEST_GUILESS_MAIN(StoreVectorsTest)
#include "trends_store_vectors_test.moc"
