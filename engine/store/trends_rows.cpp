#include "engine/store/trends_rows.h"

#include <fmt/format.h>

#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace timbre::store {

namespace {

using trends::Anomaly;
using trends::Signal;
using trends::TimeBucket;

constexpr std::string_view kSave = "save signals and anomalies in the workspace";
constexpr std::string_view kRead = "read signals and anomalies of the workspace";

/// A statement that is prepared once and run for many rows. The first failure stays.
class Rows {
public:
    Rows(Connection& connection, std::string_view sql)
    {
        auto statement = connection.prepare(sql, kSave);
        if (statement)
            m_statement = std::move(*statement);
        else
            m_failure = statement.error();
    }
    template<typename... Values>
    void add(const Values&... values)
    {
        if (m_failure)
            return;
        int parameter = 0;
        (bind(++parameter, values), ...);
        if (auto done = m_statement.run(kSave); !done)
            m_failure = done.error();
    }
    [[nodiscard]] Result<void> result() const { return m_failure ? Result<void>(*m_failure) : Result<void>(); }

private:
    void bind(int parameter, std::string_view text) { m_statement.bind(parameter, text); }
    void bind(int parameter, const std::string& text) { m_statement.bind(parameter, std::string_view(text)); }
    void bind(int parameter, double value) { m_statement.bind(parameter, value); }
    void bind(int parameter, std::int64_t value) { m_statement.bind(parameter, value); }
    void bind(int parameter, std::uint64_t value) { m_statement.bind(parameter, value); }
    void bind(int parameter, std::uint32_t value) { m_statement.bind(parameter, value); }
    template<typename Value>
    void bind(int parameter, const std::optional<Value>& value)
    {
        if (value)
            bind(parameter, *value);
        else
            m_statement.bindNull(parameter);
    }

    Statement m_statement;
    std::optional<Error> m_failure;
};

std::string listText(const std::vector<std::uint32_t>& numbers)
{
    return fmt::format("{}", fmt::join(numbers, " "));
}

std::vector<std::uint32_t> numbersOf(std::string_view text)
{
    std::vector<std::uint32_t> numbers;
    while (!text.empty()) {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc())
            break;
        numbers.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        text.remove_prefix(text.empty() ? 0 : 1);
    }
    return numbers;
}

/// One saving.
class Saver {
public:
    Saver(Connection& connection, CaptureKey key, const TrendsToKeep& kept)
        : m_connection(connection)
        , m_key(static_cast<std::int64_t>(key))
        , m_kept(kept)
        , m_trends(*kept.trends)
    {
    }

    Result<void> run()
    {
        for (const char* table : {"trend_signals", "trend_minutes", "trend_anomalies", "trend_risks", "trend_counters",
                                  "trend_texts", "flow_traits"})
            if (auto done = m_connection.execute(
                    fmt::format("DELETE FROM {} WHERE capture_id = {}", table, m_key).c_str(), kSave);
                !done)
                return done;
        using Step = Result<void> (Saver::*)();
        for (const Step step : {&Saver::saveMinutes, &Saver::saveSignals, &Saver::saveAnomalies, &Saver::saveRisks,
                                &Saver::saveCounters, &Saver::saveTraits, &Saver::saveTexts})
            if (auto done = (this->*step)(); !done)
                return done;
        return {};
    }

private:
    std::uint32_t text(StringId id)
    {
        if (id != 0)
            m_texts.insert(id);
        return id;
    }

    Result<void> saveMinutes()
    {
        Rows rows(m_connection, "INSERT INTO trend_minutes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        std::int64_t position = 0;
        for (const auto& bucket : m_trends.buckets) {
            for (const trends::SignalType type : trends::allSignalTypes())
                if (const auto& ofType = bucket->of(type); ofType.count > 0) {
                    const auto& category = bucket->of(categoryOf(type));
                    rows.add(m_key, position, bucket->startMs, bucket->endMs, std::string_view(toString(type)),
                             ofType.count, category.uniqueValues, category.uniqueEntities);
                }
            ++position;
        }
        return rows.result();
    }

    Result<void> saveSignals()
    {
        Rows rows(m_connection, "INSERT INTO trend_signals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        std::size_t count = 0;
        for (auto bucket = m_trends.buckets.rbegin(); bucket != m_trends.buckets.rend(); ++bucket)
            for (const Signal& signal : (*bucket)->stored) {
                if (++count > m_kept.maxSignals) {
                    ++m_signalsNotKept;
                    continue;
                }
                std::optional<std::uint32_t> flow;
                if (signal.flow != trends::kNoFlowIndex)
                    flow = signal.flow;
                rows.add(m_key, signal.id, signal.timeMs, std::string_view(toString(signal.type)), text(signal.value),
                         text(signal.entity), text(signal.session), flow);
            }
        return rows.result();
    }

    Result<void> saveAnomalies()
    {
        Rows rows(m_connection, "INSERT INTO trend_anomalies VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                                "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)");
        for (const auto& row : *m_trends.anomalies) {
            const Anomaly& anomaly = row->anomaly;
            const trends::Evidence& e = anomaly.evidence;
            for (const StringId entity : anomaly.entities)
                text(entity);
            rows.add(m_key, anomaly.id, anomaly.detectedMs, row->lastMs, std::string_view(toString(anomaly.type)),
                     std::string_view(toString(anomaly.category)), std::string_view(toString(anomaly.severity)),
                     row->count, anomaly.risk ? std::optional<std::int64_t>(*anomaly.risk) : std::nullopt,
                     row->riskPoints, listText(anomaly.entities), listText(anomaly.signalIds), listText(anomaly.flows),
                     e.previousValue, e.newValue, e.pathTemplate, e.source, e.tokenHashPrefix, e.ipCount, e.changeCount,
                     e.timeDeltaMs, e.threshold, e.actual, e.detectionMethod);
        }
        return rows.result();
    }

    Result<void> saveRisks()
    {
        Rows rows(m_connection, "INSERT INTO trend_risks VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        for (const trends::EntityRow& row : *m_trends.entities)
            rows.add(m_key, text(row.entity), row.risk.points, row.risk.decayed, row.risk.lastMs, row.risk.anomalies);
        return rows.result();
    }

    Result<void> saveCounters()
    {
        Rows rows(m_connection, "INSERT INTO trend_counters VALUES (?1, ?2, ?3)");
        trends::TrendsCounters counters = m_trends.counters;
        counters.signalsNotKept += m_signalsNotKept;
        for (const trends::CounterName& name : trends::counterNames())
            rows.add(m_key, std::string_view(name.name), counters.*name.member);
        rows.add(m_key, std::string_view("bucket_size_ms"), static_cast<std::uint64_t>(m_trends.bucketSizeMs));
        rows.add(m_key, std::string_view("last_ms"), static_cast<std::uint64_t>(m_trends.lastMs));
        return rows.result();
    }

    Result<void> saveTraits()
    {
        if (!m_kept.traits || !m_kept.flowNames)
            return {};
        Rows rows(m_connection, "INSERT INTO flow_traits VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        std::uint32_t flow = 0;
        for (const auto& chunk : m_kept.traits->chunks()) {
            if (!chunk) {
                flow += flow::FlowTraitList::kChunkFlows;
                continue;
            }
            for (const flow::FlowTraits& one : *chunk) {
                if (one != flow::FlowTraits{})
                    rows.add(m_key, flow, m_kept.flowNames->text(one.ja4), m_kept.flowNames->text(one.ja3),
                             m_kept.flowNames->text(one.userAgent), m_kept.flowNames->text(one.tokenHash),
                             std::uint32_t{one.anomalies});
                ++flow;
            }
        }
        return rows.result();
    }

    Result<void> saveTexts()
    {
        Rows rows(m_connection, "INSERT INTO trend_texts VALUES (?1, ?2, ?3)");
        for (const StringId id : m_texts)
            rows.add(m_key, id, m_trends.names->text(id));
        return rows.result();
    }

    Connection& m_connection;
    std::int64_t m_key;
    const TrendsToKeep& m_kept;
    std::uint64_t m_signalsNotKept = 0; // known once the signals are saved
    const trends::TrendsResult& m_trends;
    std::unordered_set<StringId> m_texts;
};

/// One loading. Ids of texts are given anew.
class Loader {
public:
    Loader(Connection& connection, CaptureKey key)
        : m_connection(connection)
        , m_key(static_cast<std::int64_t>(key))
    {
    }

    Result<LoadedTrends> run(StringPool& flowNames)
    {
        using Step = Result<void> (Loader::*)();
        for (const Step step : {&Loader::loadTexts, &Loader::loadMinutes, &Loader::loadSignals, &Loader::loadAnomalies,
                                &Loader::loadRisks, &Loader::loadCounters})
            if (auto done = (this->*step)(); !done)
                return done.error();
        auto traits = loadTraits(flowNames);
        if (!traits)
            return traits.error();
        for (auto& bucket : m_buckets)
            m_result->buckets.push_back(std::move(bucket));
        m_result->names = m_names;
        m_result->anomalies = std::move(m_rows);
        m_result->entities = std::move(m_entities);
        if (!m_any)
            return LoadedTrends{};
        return LoadedTrends{std::move(m_result), std::move(*traits)};
    }

private:
    template<typename Row>
    Result<void> forEach(std::string_view sql, Row row)
    {
        auto statement = m_connection.prepare(sql, kRead);
        if (!statement)
            return statement.error();
        const ScopedReset reset(*statement);
        statement->bind(1, m_key);
        while (true) {
            auto more = statement->step(kRead);
            if (!more)
                return more.error();
            if (!*more)
                return {};
            row(*statement);
        }
    }

    [[nodiscard]] StringId textOf(std::int64_t id) const
    {
        const auto found = m_ids.find(id);
        return found == m_ids.end() ? 0 : found->second;
    }

    Result<void> loadTexts()
    {
        return forEach("SELECT id, text FROM trend_texts WHERE capture_id = ?1 ORDER BY id",
                       [&](Statement& row) { m_ids[row.integer(0)] = m_names->intern(row.text(1)); });
    }

    Result<void> loadMinutes()
    {
        std::int64_t last = -1;
        return forEach("SELECT position, start_ms, end_ms, type, count, unique_values, unique_entities FROM "
                       "trend_minutes WHERE capture_id = ?1 ORDER BY position",
                       [&](Statement& row) {
                           if (row.integer(0) != last) {
                               last = row.integer(0);
                               m_buckets.push_back(std::make_shared<TimeBucket>());
                               m_buckets.back()->startMs = row.integer(1);
                               m_buckets.back()->endMs = row.integer(2);
                               m_byStart[row.integer(1)] = m_buckets.back().get();
                           }
                           const auto type = trends::signalTypeOf(row.text(3));
                           if (!type)
                               return;
                           TimeBucket& bucket = *m_buckets.back();
                           auto& category = bucket.categories[static_cast<std::size_t>(categoryOf(*type))];
                           bucket.types[static_cast<std::size_t>(*type)].count = row.natural(4);
                           bucket.total += row.natural(4);
                           category.count += row.natural(4);
                           category.uniqueValues = static_cast<std::uint32_t>(row.natural(5));
                           category.uniqueEntities = static_cast<std::uint32_t>(row.natural(6));
                       });
    }

    Result<void> loadSignals()
    {
        return forEach("SELECT number, time_ms, type, value, entity, session, flow FROM trend_signals WHERE "
                       "capture_id = ?1 ORDER BY number",
                       [&](Statement& row) {
                           const auto type = trends::signalTypeOf(row.text(2));
                           TimeBucket* bucket = bucketOf(row.integer(1));
                           const Signal signal{.timeMs = row.integer(1),
                                               .id = static_cast<trends::SignalId>(row.natural(0)),
                                               .value = textOf(row.integer(3)),
                                               .entity = textOf(row.integer(4)),
                                               .session = textOf(row.integer(5)),
                                               .flow = row.isNull(6) ? trends::kNoFlowIndex
                                                                     : static_cast<std::uint32_t>(row.natural(6)),
                                               .type = type.value_or(trends::SignalType::Ip)};
                           if (!type || !bucket || signal.value == 0 || signal.entity == 0)
                               return;
                           bucket->stored.push_back(signal);
                           auto& ofType = bucket->types[static_cast<std::size_t>(*type)];
                           const auto bit = trends::maskOf(*type);
                           auto& value = bucket->values.at(signal.value);
                           ofType.distinctValues += (value & bit) == 0 ? 1 : 0;
                           value |= bit;
                           auto& entity = bucket->entities.at(signal.entity);
                           ofType.distinctEntities += (entity & bit) == 0 ? 1 : 0;
                           entity |= bit | trends::kInIndex;
                       });
    }

    TimeBucket* bucketOf(std::int64_t timeMs)
    {
        auto found = m_byStart.upper_bound(timeMs);
        if (found == m_byStart.begin())
            return nullptr;
        --found;
        return timeMs < found->second->endMs ? found->second : nullptr;
    }

    Result<void> loadAnomalies();
    Result<void> loadRisks()
    {
        return forEach("SELECT entity, points, decayed, last_ms, anomalies FROM trend_risks WHERE capture_id = ?1 "
                       "ORDER BY points DESC, entity",
                       [&](Statement& row) {
                           const StringId entity = textOf(row.integer(0));
                           const trends::EntityRisk risk{row.integer(1), row.real(2), row.integer(3),
                                                         static_cast<std::uint32_t>(row.natural(4))};
                           m_entities->push_back({entity, risk});
                           if (const auto address = IpAddress::parse(m_names->text(entity)))
                               (*m_risks)[*address] =
                                   static_cast<std::uint32_t>(std::clamp<std::int64_t>(risk.points, 0, UINT32_MAX));
                       });
    }

    Result<void> loadCounters()
    {
        return forEach("SELECT name, value FROM trend_counters WHERE capture_id = ?1", [&](Statement& row) {
            m_any = true;
            if (row.text(0) == "bucket_size_ms")
                m_result->bucketSizeMs = std::max<std::int64_t>(1, row.integer(1));
            else if (row.text(0) == "last_ms")
                m_result->lastMs = row.integer(1);
            for (const trends::CounterName& name : trends::counterNames())
                if (row.text(0) == name.name)
                    m_result->counters.*name.member = row.natural(1);
        });
    }

    Result<std::shared_ptr<const flow::FlowTraitList>> loadTraits(StringPool& flowNames)
    {
        std::vector<std::shared_ptr<flow::FlowTraitList::Chunk>> chunks;
        constexpr std::size_t kChunk = flow::FlowTraitList::kChunkFlows;
        constexpr std::uint64_t kMostFlows = 64'000'000; // a file that says more is damaged
        auto done = forEach("SELECT flow, ja4, ja3, user_agent, token_hash, anomalies FROM flow_traits WHERE "
                            "capture_id = ?1",
                            [&](Statement& row) {
                                const std::uint64_t flow = row.natural(0);
                                if (flow >= kMostFlows)
                                    return;
                                if (flow / kChunk >= chunks.size())
                                    chunks.resize(flow / kChunk + 1);
                                auto& chunk = chunks[flow / kChunk];
                                if (!chunk)
                                    chunk = std::make_shared<flow::FlowTraitList::Chunk>();
                                (*chunk)[flow % kChunk] = {flowNames.intern(row.text(1)), flowNames.intern(row.text(2)),
                                                           flowNames.intern(row.text(3)), flowNames.intern(row.text(4)),
                                                           static_cast<std::uint16_t>(row.integer(5))};
                            });
        if (!done)
            return done.error();
        return std::shared_ptr<const flow::FlowTraitList>(
            std::make_shared<flow::FlowTraitList>(flow::FlowTraitList::Chunks(chunks.begin(), chunks.end()), m_risks));
    }

    Connection& m_connection;
    std::int64_t m_key;
    std::shared_ptr<StringPool> m_names = std::make_shared<StringPool>();
    std::shared_ptr<trends::TrendsResult> m_result = std::make_shared<trends::TrendsResult>();
    std::shared_ptr<trends::AnomalyRows> m_rows = std::make_shared<trends::AnomalyRows>();
    std::shared_ptr<std::vector<trends::EntityRow>> m_entities = std::make_shared<std::vector<trends::EntityRow>>();
    std::shared_ptr<flow::FlowTraitList::Risks> m_risks = std::make_shared<flow::FlowTraitList::Risks>();
    std::vector<std::shared_ptr<TimeBucket>> m_buckets;
    std::map<std::int64_t, TimeBucket*> m_byStart;
    std::unordered_map<std::int64_t, StringId> m_ids; // as stored → in m_names
    bool m_any = false;
};

Result<void> Loader::loadAnomalies()
{
    constexpr std::string_view kSql =
        "SELECT number, detected_ms, last_ms, type, category, severity, count, risk, points, entities, signals, flows, "
        "previous_value, new_value, template, source, token_hash_prefix, ip_count, change_count, time_delta_ms, "
        "threshold, actual, detection_method FROM trend_anomalies WHERE capture_id = ?1 ORDER BY number";
    return forEach(kSql, [&](Statement& row) {
        const auto type = trends::anomalyTypeOf(row.text(3));
        const auto category = trends::categoryNamed(row.text(4));
        const auto severity = trends::severityNamed(row.text(5));
        if (!type || !category || !severity || m_rows->size() >= trends::kMaxAnomalyRows)
            return;
        auto kept = std::make_shared<trends::AnomalyRow>();
        Anomaly& anomaly = kept->anomaly;
        anomaly.id = row.natural(0);
        anomaly.detectedMs = row.integer(1);
        anomaly.type = *type;
        anomaly.category = *category;
        anomaly.severity = *severity;
        if (!row.isNull(7))
            anomaly.risk = static_cast<int>(row.integer(7));
        kept->lastMs = row.integer(2);
        kept->count = row.natural(6);
        kept->riskPoints = row.integer(8);
        for (const std::uint32_t id : numbersOf(row.text(9)))
            anomaly.entities.push_back(textOf(id));
        anomaly.signalIds = numbersOf(row.text(10));
        anomaly.flows = numbersOf(row.text(11));
        trends::Evidence& e = anomaly.evidence;
        e.previousValue = row.text(12);
        e.newValue = row.text(13);
        e.pathTemplate = row.text(14);
        e.source = row.text(15);
        e.tokenHashPrefix = row.text(16);
        if (!row.isNull(17))
            e.ipCount = static_cast<std::uint32_t>(row.natural(17));
        if (!row.isNull(18))
            e.changeCount = static_cast<std::uint32_t>(row.natural(18));
        if (!row.isNull(19)) {
            e.timeDeltaMs = row.integer(19);
            if (*type == trends::AnomalyType::ImpossibleTravel)
                e.timeDeltaMinutes = static_cast<double>(*e.timeDeltaMs) / 60'000.0;
        }
        if (!row.isNull(20))
            e.threshold = row.real(20);
        if (!row.isNull(21))
            e.actual = row.real(21);
        e.detectionMethod = row.text(22);
        m_rows->push_back(std::move(kept));
    });
}

} // namespace

Result<void> saveTrends(Connection& connection, CaptureKey key, const TrendsToKeep& trends)
{
    return Saver(connection, key, trends).run();
}

Result<LoadedTrends> readTrends(Connection& connection, CaptureKey key, StringPool& flowNames)
{
    // A workspace that no newer program has written to yet has no such tables.
    auto there = connection.queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'trend_counters'", kRead);
    if (!there)
        return there.error();
    if (*there == 0)
        return LoadedTrends{};
    return Loader(connection, key).run(flowNames);
}

Result<void> saveSuppression(Connection& connection, const trends::Suppression& suppression)
{
    Rows rows(connection, "INSERT INTO suppressions (type, entity, other_entity, ja4, from_ms, to_ms, reason, "
                          "expires_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    const std::string type = suppression.type ? toString(*suppression.type) : "";
    rows.add(type, suppression.entity, suppression.otherEntity, suppression.ja4, suppression.fromMs, suppression.toMs,
             suppression.reason, suppression.expiresMs);
    return rows.result();
}

Result<void> deleteSuppression(Connection& connection, std::int64_t id)
{
    Rows rows(connection, "DELETE FROM suppressions WHERE id = ?1");
    rows.add(id);
    return rows.result();
}

Result<std::vector<trends::Suppression>> readSuppressions(Connection& connection)
{
    auto there = connection.queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'suppressions'", kRead);
    if (!there)
        return there.error();
    if (*there == 0)
        return std::vector<trends::Suppression>{};
    auto statement = connection.prepare("SELECT id, type, entity, other_entity, ja4, from_ms, to_ms, reason, "
                                        "expires_ms FROM suppressions ORDER BY id",
                                        kRead);
    if (!statement)
        return statement.error();
    const ScopedReset reset(*statement);
    std::vector<trends::Suppression> list;
    while (true) {
        auto more = statement->step(kRead);
        if (!more)
            return more.error();
        if (!*more)
            return list;
        const auto time = [&](int column) {
            return statement->isNull(column) ? std::nullopt : std::optional(statement->integer(column));
        };
        list.push_back({.id = statement->integer(0),
                        .type = trends::anomalyTypeOf(statement->text(1)),
                        .entity = std::string(statement->text(2)),
                        .otherEntity = std::string(statement->text(3)),
                        .ja4 = std::string(statement->text(4)),
                        .fromMs = time(5),
                        .toMs = time(6),
                        .reason = std::string(statement->text(7)),
                        .expiresMs = time(8)});
    }
}

} // namespace timbre::store
