// The cases of vectors/trends.json about deriving signals and the side components: extract, derive_http, token reuse,
// payload sizes, percentiles, travel, browser check.

#include "engine/trends/authorization.h"
#include "engine/trends/browser_check.h"
#include "engine/trends/finding_anomaly.h"
#include "engine/trends/http_signals.h"
#include "engine/trends/token_reuse.h"
#include "tests/trends/vector_support.h"

#include <QTest>

#include <fmt/format.h>

using namespace timbre;
using namespace timbre::trends;
using namespace timbre::trends::test;

namespace {

std::string difference(const json& name, const json& item, const json& got)
{
    return name.get<std::string>() + "\ngot " + got.dump().substr(0, 1500) + "\nitem " + item.dump().substr(0, 1500);
}

json claimsOf(std::string_view token)
{
    const auto claims = jwtClaims(token);
    if (!claims)
        return nullptr;
    json result = json::object();
    const auto set = [&](const char* name, const auto& value) {
        if (value)
            result[name] = *value;
    };
    set("sub", claims->subject);
    set("iss", claims->issuer);
    set("aud", claims->audience);
    set("exp", claims->expires);
    set("iat", claims->issued);
    return result;
}

/// What the reference's extractor makes of its inputs, with the pieces of the engine.
json extracted(const json& one)
{
    json list = json::array();
    const std::int64_t now = one.at("now");
    const auto add = [&](SignalType type, const std::string& value) -> json& {
        list.push_back(
            {{"type", toString(type)}, {"category", toString(categoryOf(type))}, {"ts", now}, {"value", value}});
        return list.back();
    };
    if (one.contains("client_ip"))
        add(SignalType::Ip, one.at("client_ip"));
    if (one.contains("ja4"))
        add(SignalType::Ja4, one.at("ja4"));
    if (one.contains("ja4h"))
        add(SignalType::Ja4h, one.at("ja4h"));
    if (one.contains("user_agent"))
        add(SignalType::HttpFingerprint, protocol::sha256Hex(asBytes(one.at("user_agent").get<std::string>())));
    if (one.contains("authorization")) {
        const std::string value = one.at("authorization");
        const Authorization authorization = parseAuthorization(value);
        json& signal = add(authorization.type, protocol::SecretHasher().hex(asBytes(authorization.token)));
        signal["token_prefix"] = authorization.prefix;
        signal["jwt_claims"] = authorization.type == SignalType::Jwt ? claimsOf(authorization.token) : json();
    }
    if (one.contains("last_request_time"))
        add(SignalType::Timing, fmt::format("delta_{}", now - one.at("last_request_time").get<std::int64_t>()));
    return list;
}

json findingOf(const PayloadFinding& finding, const Names& names)
{
    json meta{{"threshold", finding.threshold}};
    switch (finding.type) {
    case AnomalyType::OversizedRequest:
    case AnomalyType::OversizedResponse:
        meta["type"] = "oversize";
        meta["percentile"] = 99.0;
        meta["actual_bytes"] = static_cast<std::uint64_t>(finding.actual);
        meta["expected_bytes"] = static_cast<std::uint64_t>(finding.expected);
        break;
    case AnomalyType::BandwidthSpike:
        meta["type"] = "bandwidth_spike";
        meta["current_bytes_per_min"] = static_cast<std::uint64_t>(finding.actual);
        meta["avg_bytes_per_min"] = static_cast<std::uint64_t>(finding.expected);
        break;
    default:
        meta["type"] = "data_pattern";
        meta["ratio"] = finding.actual;
        meta["request_bytes"] = finding.requestBytes;
        meta["response_bytes"] = finding.responseBytes;
    }
    return {{"type", toString(finding.type)},
            {"severity", toString(finding.severity)},
            {"detected_at", finding.detectedMs},
            {"template", names.pool.text(finding.pathTemplate)},
            {"entity", finding.entity == 0 ? "unknown" : names.pool.text(finding.entity)},
            {"meta", meta}};
}

json sizesOf(const Percentiles& sizes, std::uint64_t total)
{
    return {{"count", sizes.count()},
            {"min_bytes", static_cast<std::uint64_t>(sizes.min())},
            {"max_bytes", static_cast<std::uint64_t>(sizes.max())},
            {"p50_bytes", sizes.p50()},
            {"p95_bytes", sizes.p95()},
            {"p99_bytes", sizes.p99()},
            {"total_bytes", total}};
}

json payloadStep(PayloadProfiler& profiler, Names& names, const json& step)
{
    const std::string op = step.at("op");
    if (op == "record") {
        for (const json& item : step.at("items"))
            for (int i = 0; i < (item.size() > 5 ? item[5].get<int>() : 1); ++i)
                profiler.record(item[0], names.id(item[1]), names.id(item[2]), item[3], item[4]);
        return {};
    }
    if (op == "check") {
        json list = json::array();
        for (const PayloadFinding& finding : profiler.check(step.at("now")))
            list.push_back(findingOf(finding, names));
        return list;
    }
    if (op == "endpoint") {
        const auto found = profiler.endpoints().find(names.id(step.at("template")));
        if (found == profiler.endpoints().end())
            return nullptr;
        const auto& endpoint = found->second;
        return {{"count", endpoint.count},
                {"request", sizesOf(endpoint.requests, endpoint.requestBytes)},
                {"response", sizesOf(endpoint.responses, endpoint.responseBytes)}};
    }
    if (op == "entity") {
        const auto found = profiler.entities().find(names.id(step.at("entity")));
        if (found == profiler.entities().end())
            return nullptr;
        json buckets = json::array();
        for (const auto& window : found->second.finished)
            buckets.push_back({window.startMs, window.requestBytes, window.responseBytes, window.count});
        return {{"buckets", buckets},
                {"bytes_per_minute", found->second.bytesPerMinute()},
                {"count", found->second.count},
                {"request_bytes", found->second.requestBytes},
                {"response_bytes", found->second.responseBytes}};
    }
    const auto& totals = profiler.totals();
    const auto mean = [&](std::uint64_t sum) {
        return static_cast<double>(sum) / static_cast<double>(totals.requests);
    };
    return {{"total_endpoints", profiler.endpoints().size()},
            {"total_entities", profiler.entities().size()},
            {"total_requests", totals.requests},
            {"total_request_bytes", totals.requestBytes},
            {"total_response_bytes", totals.responseBytes},
            {"avg_request_size", mean(totals.requestBytes)},
            {"avg_response_size", mean(totals.responseBytes)},
            {"active_anomalies", profiler.findingsKept()}};
}

json travelStep(TravelDetector& travel, const json& step)
{
    const std::string op = step.at("op");
    if (op == "login") {
        const auto alert = travel.login({.user = step.at("user"),
                                         .timeMs = step.at("ts"),
                                         .address = step.at("ip"),
                                         .latitude = step.at("lat").is_number() ? step.at("lat").get<double>() : NAN,
                                         .longitude = step.at("lon").is_number() ? step.at("lon").get<double>() : NAN,
                                         .country = step.at("country"),
                                         .accuracyKm = optionalOf<double>(step, "accuracy_km"),
                                         .device = step.value("fingerprint", "")});
        if (!alert)
            return nullptr;
        return {{"severity", toString(alert->severity)},
                {"distance_km", alert->distanceKm},
                {"hours", alert->hours},
                {"speed_kmh", alert->speedKmh},
                {"confidence", alert->confidence},
                {"from_ip", alert->from.address},
                {"to_ip", alert->to.address},
                {"from_ts", alert->from.timeMs},
                {"to_ts", alert->to.timeMs}};
    }
    if (op == "stats") {
        const auto statistics = travel.statistics();
        return {{"tracked_users", statistics.users},
                {"total_logins", statistics.logins},
                {"alerts_generated", statistics.alerts},
                {"whitelist_routes", statistics.allowedRoutes}};
    }
    if (op == "history")
        return travel.history(step.at("user"));
    if (op == "whitelist")
        travel.allowRoute(step.at("user"), step.at("a"), step.at("b"));
    else if (op == "unwhitelist")
        travel.forbidRoute(step.at("user"), step.at("a"), step.at("b"));
    else if (op == "clear_user")
        travel.clearUser(step.at("user"));
    return {};
}

#define CASES(variable, ...)                                                                                           \
    const json variable = casesOf({__VA_ARGS__});                                                                      \
    if (variable.is_null())                                                                                            \
        QSKIP("no trends.json here");                                                                                  \
    QVERIFY(!variable.empty())

class DeriveVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void extract()
    {
        CASES(cases, "extract");
        for (const json& one : cases) {
            const json got = extracted(one);
            QVERIFY2(same(got, one.at("expect")), difference(one.at("name"), one, got).c_str());
        }
    }

    void payload()
    {
        CASES(cases, "payload");
        for (const json& one : cases) {
            Names names;
            PayloadLimits limits;
            const json config = one.value("config", json::object());
            limits.warmupRequests = config.value("warmup_requests", limits.warmupRequests);
            limits.maxEndpoints = config.value("max_endpoints", limits.maxEndpoints);
            limits.maxEntities = config.value("max_entities", limits.maxEntities);
            limits.maxWindows = config.value("max_windows", limits.maxWindows);
            PayloadProfiler profiler(limits);
            for (const json& step : one.at("steps")) {
                const json got = payloadStep(profiler, names, step);
                if (!step.contains("expect"))
                    continue;
                const bool equal =
                    step.at("op") == "check" ? sameUnordered(got, step.at("expect")) : same(got, step.at("expect"));
                QVERIFY2(equal, difference(one.at("name"), step, got).c_str());
            }
        }
    }

    void percentiles()
    {
        CASES(cases, "percentiles");
        for (const json& one : cases) {
            Percentiles sizes;
            json got = json::array();
            const auto reports = one.at("report_at").get<std::set<std::uint64_t>>();
            for (const json& value : one.at("values")) {
                sizes.add(value.get<double>());
                if (reports.contains(sizes.count()))
                    got.push_back({{"count", sizes.count()},
                                   {"min", sizes.min()},
                                   {"max", sizes.max()},
                                   {"mean", sizes.mean()},
                                   {"stddev", sizes.deviation()},
                                   {"p50", sizes.p50()},
                                   {"p95", sizes.p95()},
                                   {"p99", sizes.p99()}});
            }
            QVERIFY2(same(got, one.at("expect")), difference(one.at("name"), one.at("expect"), got).c_str());
        }
    }

    void travel()
    {
        CASES(cases, "travel");
        for (const json& one : cases) {
            TravelLimits limits;
            const json config = one.value("config", json::object());
            limits.historyMs = config.value("history_window_ms", limits.historyMs);
            limits.maxHistory = config.value("max_history_per_user", limits.maxHistory);
            limits.maxSpeedKmh = config.value("max_speed_kmh", limits.maxSpeedKmh);
            limits.minDistanceKm = config.value("min_distance_km", limits.minDistanceKm);
            TravelDetector detector(limits);
            for (const json& step : one.at("steps")) {
                const json got = travelStep(detector, step);
                if (step.contains("expect"))
                    QVERIFY2(same(got, step.at("expect")), difference(one.at("name"), step, got).c_str());
            }
        }
    }

    void haversine()
    {
        CASES(cases, "haversine");
        for (const json& point : cases[0].at("points")) {
            const json& p = point.at("p");
            QVERIFY2(same(json(haversineKm(p[0], p[1], p[2], p[3])), point.at("expect")), point.dump().c_str());
        }
    }

    void browserCheck()
    {
        CASES(cases, "ja4_spoofing");
        for (const json& item : cases[0].at("items")) {
            const auto parts = parseJa4(item.at("ja4").get<std::string>());
            if (!parts) {
                QVERIFY2(item.at("expect").is_null(), item.dump().c_str());
                continue;
            }
            const BrowserScore score = scoreBrowser(item.at("user_agent").get<std::string>(), *parts);
            const json got{{"claimed", score.claimed},
                           {"confidence", score.score},
                           {"estimated", score.estimated},
                           {"findings", score.findings},
                           {"likely_spoofed", score.likelySpoofed()}};
            QVERIFY2(same(got, item.at("expect")), difference(cases[0].at("name"), item, got).c_str());
        }
    }

    void tokenReuse()
    {
        CASES(cases, "token_reuse");
        for (const json& one : cases) {
            Names names;
            TokenReuse reuse(names.pool);
            for (const json& item : one.at("items")) {
                Signal signal;
                signal.timeMs = item.at("ts");
                signal.type = *signalTypeOf(item.at("type").get<std::string>());
                signal.value = names.id(item.at("token"));
                signal.entity = names.id(item.at("entity"));
                auto found = reuse.use(signal, names.id(item.at("fingerprint")));
                json got = nullptr;
                if (found) {
                    found->risk = defaultRiskTable()[static_cast<std::size_t>(found->type)];
                    found->signalIds.clear();
                    got = anomalyOf(*found, names);
                    got.erase("signals");
                }
                QVERIFY2(same(got, item.at("expect")), difference(one.at("name"), item, got).c_str());
            }
        }
    }

    void deriveHttp()
    {
        CASES(cases, "derive_http");
        for (const json& item : cases[0].at("items")) {
            const json& text = item.at("request");
            std::vector<std::pair<std::string, std::string>> kept = text.at("headers");
            std::vector<HttpHeader> headers;
            for (const auto& [name, value] : kept)
                headers.push_back({name, value});
            const json lookup = text.value("lookup", json::object());
            const std::string country = lookup.contains("country") && lookup["country"].is_string()
                                            ? lookup["country"].get<std::string>()
                                            : std::string();
            const std::string body = text.value("body", "");
            const std::string method = text.at("method");
            const std::string target = text.at("target");
            const std::string client = text.at("client_ip");
            const std::string pattern = optionalOf<std::string>(text, "prev_pattern").value_or("");
            const HttpSignals found =
                deriveHttpSignals({.timeMs = text.at("ts"),
                                   .clientAddress = client,
                                   .method = method,
                                   .target = target,
                                   .headers = headers,
                                   .body = body,
                                   .asn = optionalOf<std::uint32_t>(lookup, "asn").value_or(0),
                                   .country = country,
                                   .ja4h = {},
                                   .previousRequestMs = optionalOf<std::int64_t>(text, "prev_request_ts"),
                                   .previousPattern = pattern},
                                  {});
            json got{{"session", nullptr}, {"signals", json::array()}};
            if (!found.session.empty())
                got["session"] = found.session;
            for (const DerivedSignal& signal : found.list)
                got["signals"].push_back({toString(signal.type), signal.value});
            QVERIFY2(same(got, item.at("expect")), difference(cases[0].at("name"), item, got).c_str());
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(DeriveVectorsTest)
#include "trends_derive_vectors_test.moc"
