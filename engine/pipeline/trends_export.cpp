#include "engine/pipeline/trends_export.h"

#include "engine/base/json_writer.h"

#include <fmt/format.h>

namespace timbre::pipeline {

using trends::Anomaly;
using trends::TrendsResult;

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;

std::string timeText(std::int64_t ms)
{
    std::int64_t ns = 0;
    if (__builtin_mul_overflow(ms, kNsPerMs, &ns))
        ns = ms < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    return formatUtc({ns});
}

/// Quoted where a comma, a quote or a line's end is in it.
std::string csvText(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + '"';
}

std::string joined(const TrendsResult& result, const std::vector<StringId>& ids)
{
    std::string text;
    for (const StringId id : ids) {
        text += text.empty() ? "" : " ";
        text += result.text(id);
    }
    return text;
}

void putEvidence(JsonWriter& json, const trends::Evidence& e)
{
    const auto text = [&](const char* name, const std::string& value) {
        if (!value.empty())
            json.member(name, std::string_view(value));
    };
    const auto number = [&](const char* name, const auto& value) {
        if (value)
            json.member(name, *value);
    };
    text("previous_value", e.previousValue);
    text("new_value", e.newValue);
    text("template", e.pathTemplate);
    text("source", e.source);
    text("token_hash_prefix", e.tokenHashPrefix);
    text("detection_method", e.detectionMethod);
    number("ip_count", e.ipCount);
    number("change_count", e.changeCount);
    number("time_delta_ms", e.timeDeltaMs);
    number("time_delta_minutes", e.timeDeltaMinutes);
    number("threshold", e.threshold);
    number("actual", e.actual);
}

void putAnomaly(JsonWriter& json, const TrendsResult& result, const trends::AnomalyRow& row)
{
    const Anomaly& anomaly = row.anomaly;
    json.member("id", anomaly.id)
        .member("kind", toString(anomaly.type))
        .member("category", toString(anomaly.category))
        .member("severity", toString(anomaly.severity))
        .member("detected", timeText(anomaly.detectedMs))
        .member("last", timeText(row.lastMs))
        .member("count", row.count);
    if (anomaly.risk)
        json.member("risk", *anomaly.risk);
    json.member("sentence", std::string_view(describe(anomaly, *result.names)));
    json.key("entities").beginArray();
    for (const StringId entity : anomaly.entities)
        json.value(result.text(entity));
    json.endArray().key("signals").beginArray();
    for (const trends::SignalId id : anomaly.signalIds)
        json.value(id);
    json.endArray().key("flows").beginArray();
    for (const std::uint32_t flow : anomaly.flows)
        json.value(flow);
    json.endArray().key("evidence").beginObject();
    putEvidence(json, anomaly.evidence);
    json.endObject();
}

/// As Suricata names them.
std::string eveProtocol(const decode::FlowKey& key)
{
    switch (key.l4) {
    case decode::L4::Tcp:
        return "TCP";
    case decode::L4::Udp:
        return "UDP";
    case decode::L4::Icmp:
        return "ICMP";
    case decode::L4::Icmp6:
        return "IPv6-ICMP";
    case decode::L4::Sctp:
        return "SCTP";
    case decode::L4::Other:
        break;
    }
    return fmt::format("{:03}", key.protocol);
}

/// As Suricata writes it: microseconds and the offset from UTC.
std::string eveTime(std::int64_t ms)
{
    constexpr std::size_t kToMicroseconds = 26;
    return timeText(ms).substr(0, kToMicroseconds) + "+0000";
}

} // namespace

void putSignalJson(std::string& out, const TrendsResult& result, const trends::Signal& signal)
{
    JsonWriter json(out);
    json.beginObject()
        .member("type", "signal")
        .member("id", signal.id)
        .member("time", timeText(signal.timeMs))
        .member("category", toString(categoryOf(signal.type)))
        .member("kind", toString(signal.type))
        .member("value", result.text(signal.value))
        .member("entity", result.text(signal.entity));
    if (signal.session != 0)
        json.member("session", result.text(signal.session));
    if (signal.flow != trends::kNoFlowIndex)
        json.member("flow", signal.flow);
    json.endObject();
    out += '\n';
}

std::string_view signalCsvHeader()
{
    return "id,time,category,kind,value,entity,session,flow\n";
}

void putSignalCsv(std::string& out, const TrendsResult& result, const trends::Signal& signal)
{
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{}\n", signal.id, timeText(signal.timeMs),
                   toString(categoryOf(signal.type)), toString(signal.type), csvText(result.text(signal.value)),
                   csvText(result.text(signal.entity)), result.text(signal.session),
                   signal.flow == trends::kNoFlowIndex ? std::string() : fmt::format("{}", signal.flow));
}

void putTrendJson(std::string& out, const trends::Trend& trend, const trends::DistinctCounts& distinct,
                  std::optional<double> change)
{
    JsonWriter json(out);
    json.beginObject()
        .member("type", "trend")
        .member("kind", toString(trend.type))
        .member("category", toString(categoryOf(trend.type)))
        .member("count", trend.count)
        .member("first_seen", timeText(trend.firstSeenMs))
        .member("last_seen", timeText(trend.lastSeenMs))
        .member("unique_values_of_category", trend.uniqueValues)
        .member("unique_entities_of_category", trend.uniqueEntities)
        .member("distinct_values", distinct.values)
        .member("distinct_entities", distinct.entities);
    if (change)
        json.member("change_percent", *change);
    json.key("histogram").beginArray();
    for (const trends::TrendPoint& point : trend.points)
        json.beginObject()
            .member("start", timeText(point.startMs))
            .member("count", point.count)
            .member("unique_values_of_category", point.uniqueValues)
            .member("unique_entities_of_category", point.uniqueEntities)
            .member("distinct_values", point.distinctValues)
            .member("distinct_entities", point.distinctEntities)
            .endObject();
    json.endArray().endObject();
    out += '\n';
}

std::string_view trendCsvHeader()
{
    return "kind,category,start,count,unique_values_of_category,unique_entities_of_category,distinct_values,"
           "distinct_entities\n";
}

void putTrendCsv(std::string& out, const trends::Trend& trend)
{
    for (const trends::TrendPoint& point : trend.points)
        fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{}\n", toString(trend.type),
                       toString(categoryOf(trend.type)), timeText(point.startMs), point.count, point.uniqueValues,
                       point.uniqueEntities, point.distinctValues, point.distinctEntities);
}

void putAnomalyJson(std::string& out, const TrendsResult& result, const trends::AnomalyRow& row)
{
    JsonWriter json(out);
    json.beginObject().member("type", "anomaly");
    putAnomaly(json, result, row);
    json.endObject();
    out += '\n';
}

std::string_view anomalyCsvHeader()
{
    return "id,kind,category,severity,detected,last,count,risk,entities,sentence\n";
}

void putAnomalyCsv(std::string& out, const TrendsResult& result, const trends::AnomalyRow& row)
{
    const Anomaly& anomaly = row.anomaly;
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{},{},{}\n", anomaly.id, toString(anomaly.type),
                   toString(anomaly.category), toString(anomaly.severity), timeText(anomaly.detectedMs),
                   timeText(row.lastMs), row.count, anomaly.risk ? fmt::format("{}", *anomaly.risk) : std::string(),
                   csvText(joined(result, anomaly.entities)), csvText(describe(anomaly, *result.names)));
}

void putAnomalyEve(std::string& out, const TrendsResult& result, const trends::AnomalyRow& row,
                   const flow::FlowSnapshot& flows)
{
    const Anomaly& anomaly = row.anomaly;
    JsonWriter json(out);
    json.beginObject().member("timestamp", eveTime(anomaly.detectedMs));
    if (!anomaly.flows.empty() && anomaly.flows.front() < flows.size()) {
        const flow::FlowRecord& record = flows[anomaly.flows.front()];
        json.member("flow_id", record.index)
            .member("event_type", "anomaly")
            .member("src_ip", toString(record.address(flow::Side::Initiator)))
            .member("src_port", std::uint32_t{record.port(flow::Side::Initiator)})
            .member("dest_ip", toString(record.address(flow::Side::Responder)))
            .member("dest_port", std::uint32_t{record.port(flow::Side::Responder)})
            .member("proto", std::string_view(eveProtocol(record.key)));
        if (record.app == flow::App::Tls || record.app == flow::App::Http || record.app == flow::App::Quic)
            json.member("app_proto", flow::toString(record.app));
    } else {
        json.member("event_type", "anomaly");
        if (!anomaly.entities.empty())
            json.member("src_ip", result.text(anomaly.entities.front()));
    }
    json.key("anomaly")
        .beginObject()
        .member("type", "applayer")
        .member("event", fmt::format("timbre.{}", toString(anomaly.type)))
        .member("layer", "timbre")
        .endObject()
        .key("timbre")
        .beginObject();
    putAnomaly(json, result, row);
    json.endObject().endObject();
    out += '\n';
}

void putEntityJson(std::string& out, const TrendsResult& result, const trends::EntitySummary& entity)
{
    JsonWriter json(out);
    json.beginObject()
        .member("type", "entity")
        .member("entity", result.text(entity.entity))
        .member("risk", entity.risk.points)
        .member("risk_now", riskAt(entity.risk, result.lastMs))
        .member("anomalies", entity.risk.anomalies)
        .member("signals", entity.signalCount)
        .member("first", timeText(entity.firstMs))
        .member("last", timeText(entity.lastMs));
    json.key("distinct_values").beginObject();
    for (const trends::SignalType type : trends::allSignalTypes())
        if (const std::uint32_t count = entity.distinctValues[static_cast<std::size_t>(type)]; count > 0)
            json.member(toString(type), count);
    json.endObject().endObject();
    out += '\n';
}

std::string_view entityCsvHeader()
{
    return "entity,risk,risk_now,anomalies,signals,first,last\n";
}

void putEntityCsv(std::string& out, const TrendsResult& result, const trends::EntitySummary& entity)
{
    fmt::format_to(std::back_inserter(out), "{},{},{:.3f},{},{},{},{}\n", csvText(result.text(entity.entity)),
                   entity.risk.points, riskAt(entity.risk, result.lastMs), entity.risk.anomalies, entity.signalCount,
                   timeText(entity.firstMs), timeText(entity.lastMs));
}

void putLimitsJson(std::string& out, const trends::TrendsCounters& counters)
{
    JsonWriter json(out);
    json.beginObject().member("type", "totals");
    for (const trends::CounterName& name : trends::counterNames())
        json.member(name.name, counters.*name.member);
    json.endObject();
    out += '\n';
}

} // namespace timbre::pipeline
