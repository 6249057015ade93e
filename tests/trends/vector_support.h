#pragma once

// Reads vectors/trends.json and writes results of the engine in its form, so that cases compare as JSON.

#include "engine/trends/correlations.h"
#include "engine/trends/signal_manager.h"
#include "engine/trends/trend_query.h"
#include "tests/support/test_data.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace timbre::trends::test {

using nlohmann::json;

/// The cases of one kind; null when the file is not there.
inline json casesOf(const std::vector<std::string>& kinds)
{
    std::ifstream file(timbre::test::vectorsDirectory() / "trends.json");
    if (!file)
        return {};
    const json all = json::parse(file);
    json result = json::array();
    for (const json& one : all.at("cases"))
        if (std::find(kinds.begin(), kinds.end(), one.at("kind").get<std::string>()) != kinds.end())
            result.push_back(one);
    return result;
}

/// Equal, with fractions to a relative 1e-9.
inline bool same(const json& a, const json& b)
{
    if (a.is_number() && b.is_number()) {
        if (a.is_number_integer() && b.is_number_integer())
            return a == b;
        const double x = a.get<double>();
        const double y = b.get<double>();
        return x == y || std::abs(x - y) <= 1e-9 * std::max(std::abs(x), std::abs(y));
    }
    if (a.type() != b.type() || a.size() != b.size())
        return false;
    if (a.is_object()) {
        for (const auto& [key, value] : a.items())
            if (!b.contains(key) || !same(value, b.at(key)))
                return false;
        return true;
    }
    if (a.is_array()) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!same(a[i], b[i]))
                return false;
        return true;
    }
    return a == b;
}

/// Equal as sets with repeats.
inline bool sameUnordered(const json& a, const json& b)
{
    if (a.size() != b.size())
        return false;
    std::vector<bool> used(b.size());
    for (const json& one : a) {
        bool found = false;
        for (std::size_t i = 0; i < b.size() && !found; ++i)
            if (!used[i] && same(one, b[i]))
                found = used[i] = true;
        if (!found)
            return false;
    }
    return true;
}

/// Names signals of the vectors by numbers and back.
class Names {
public:
    Signal signal(const json& text)
    {
        Signal result;
        result.timeMs = text.at("ts");
        result.type = *signalTypeOf(text.at("type").get<std::string>());
        result.value = id(text.at("value"));
        result.entity = id(text.at("entity"));
        if (text.contains("session") && text.at("session").is_string())
            result.session = id(text.at("session"));
        m_ids.push_back(text.at("id"));
        result.id = static_cast<SignalId>(m_ids.size());
        return result;
    }
    std::vector<Signal> signalList(const json& texts)
    {
        std::vector<Signal> result;
        for (const json& text : texts)
            result.push_back(signal(text));
        return result;
    }
    [[nodiscard]] json idsOf(const std::vector<SignalId>& ids) const
    {
        json result = json::array();
        for (const SignalId id : ids)
            result.push_back(m_ids[id - 1]);
        return result;
    }
    [[nodiscard]] json idsOf(const std::vector<Signal>& signalList) const
    {
        std::vector<SignalId> ids;
        for (const Signal& signal : signalList)
            ids.push_back(signal.id);
        return idsOf(ids);
    }
    [[nodiscard]] json texts(const std::vector<StringId>& ids) const
    {
        json result = json::array();
        for (const StringId one : ids)
            result.push_back(pool.text(one));
        return result;
    }
    /// The empty text has an id of its own here: 0 means none.
    StringId id(const json& text)
    {
        const std::string value = text.get<std::string>();
        return value.empty() ? pool.intern(std::string_view("\0", 1)) : pool.intern(value);
    }
    StringPool pool;

private:
    std::vector<std::string> m_ids;
};

inline json metaOf(const Evidence& e)
{
    json meta = json::object();
    const auto text = [&](const char* name, const std::string& value) {
        if (!value.empty())
            meta[name] = value;
    };
    const auto number = [&](const char* name, const auto& value) {
        if (value)
            meta[name] = *value;
    };
    text("previous_value", e.previousValue);
    text("new_value", e.newValue);
    if (!e.source.empty() || !e.pathTemplate.empty())
        meta["template"] = e.pathTemplate;
    text("source", e.source);
    text("token_hash_prefix", e.tokenHashPrefix);
    text("detection_method", e.detectionMethod);
    number("ip_count", e.ipCount);
    number("change_count", e.changeCount);
    number("time_delta_ms", e.timeDeltaMs);
    number("time_delta_minutes", e.timeDeltaMinutes);
    number("threshold", e.threshold);
    number("actual", e.actual);
    return meta;
}

inline json anomalyOf(const Anomaly& anomaly, const Names& names)
{
    json result{{"type", toString(anomaly.type)},
                {"category", toString(anomaly.category)},
                {"severity", toString(anomaly.severity)},
                {"detected_at", anomaly.detectedMs},
                {"entities", names.texts(anomaly.entities)},
                {"meta", metaOf(anomaly.evidence)},
                {"signals", names.idsOf(anomaly.signalIds)},
                {"risk", nullptr}};
    if (anomaly.risk)
        result["risk"] = *anomaly.risk;
    return result;
}

inline json correlationOf(const Correlation& correlation, const Names& names)
{
    json meta{{"signal_count", correlation.signalCount}};
    if (!correlation.sharedValue.empty())
        meta["shared_value"] = correlation.sharedValue;
    if (correlation.windowMs)
        meta["time_window"] = *correlation.windowMs;
    return {{"type", toString(correlation.type)},
            {"detected_at", correlation.detectedMs},
            {"strength", correlation.strength},
            {"entities", names.texts(correlation.entities)},
            {"signals", names.idsOf(correlation.signalIds)},
            {"meta", meta}};
}

template<typename Value>
std::optional<Value> optionalOf(const json& object, const char* name)
{
    return object.contains(name) && !object.at(name).is_null() ? std::optional(object.at(name).get<Value>())
                                                               : std::nullopt;
}

inline SignalQuery signalQueryOf(const json& step, Names& names)
{
    SignalQuery query;
    query.fromMs = optionalOf<std::int64_t>(step, "from");
    query.toMs = optionalOf<std::int64_t>(step, "to");
    if (step.contains("category"))
        query.category = categoryNamed(step.at("category").get<std::string>());
    if (step.contains("type"))
        query.type = signalTypeOf(step.at("type").get<std::string>());
    if (step.contains("entity"))
        query.entity = names.id(step.at("entity"));
    query.limit = step.value("limit", SIZE_MAX);
    return query;
}

inline CorrelationQuery correlationQueryOf(const json& options, Names& names)
{
    CorrelationQuery query;
    if (options.contains("correlation_type"))
        query.type = correlationNamed(options.at("correlation_type").get<std::string>());
    if (options.contains("entity"))
        query.entity = names.id(options.at("entity"));
    query.fromMs = optionalOf<std::int64_t>(options, "from");
    query.toMs = optionalOf<std::int64_t>(options, "to");
    query.minStrength = options.value("min_strength", 0.0);
    query.limit = options.value("limit", SIZE_MAX);
    return query;
}

inline SignalManagerConfig managerConfigOf(const json& one)
{
    SignalManagerConfig config;
    const json settings = one.value("config", json::object());
    config.enabled = settings.value("enabled", true);
    config.store.bucketSizeMs = settings.value("bucket_size_ms", config.store.bucketSizeMs);
    config.store.retentionMs = settings.value("retention_hours", std::int64_t{24}) * 3'600'000;
    config.store.maxSignalsPerBucket = settings.value("max_signals_per_bucket", config.store.maxSignalsPerBucket);
    config.maxRecentSignals = settings.value("max_recent_signals", config.maxRecentSignals);
    config.maxAnomalies = settings.value("max_anomalies", config.maxAnomalies);
    const json risks = settings.value("anomaly_risk", json::object());
    for (const auto& [name, points] : risks.items())
        config.risk[static_cast<std::size_t>(*anomalyTypeOf(name))] =
            points.is_null() ? std::nullopt : std::optional(points.get<int>());
    return config;
}

} // namespace timbre::trends::test
