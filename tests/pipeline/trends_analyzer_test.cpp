// From packets to findings, each kind of signal and each kind of anomaly once, through the analysis as the program
// runs it. Captures are written packet by packet; the location database is written too.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/no_sink.h"
#include "engine/pipeline/trends_export.h"
#include "engine/trends/entity_view.h"
#include "engine/trends/suppression.h"
#include "tests/pipeline/raw_traffic.h"
#include "tests/trends/mmdb_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using Traffic = test::RawTraffic;
using trends::AnomalyType;
using trends::SignalType;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kStartMs = test::RawTraffic::kStartMs;

using Result = std::shared_ptr<const trends::TrendsResult>;

class TrendsAnalyzerTest : public QObject {
    Q_OBJECT

private slots:
    void everyTypeOfSignal();
    void anomaliesOfTokens();
    void anomaliesOfFingerprints();
    void anomaliesOfTime();
    void anomaliesOfSizes();
    void impossibleTravel();
    void repeatsAreOneRow();
    void riskIsASumThatDecays();
    void suppressionByEachScope();
    void correlationsOfEachKind();
    void eveLines();

private:
    Result analyse(const Traffic& traffic, pipeline::AnalyzerOptions options = {});
    std::shared_ptr<const trends::LocationDatabase> places();
    static const trends::AnomalyRow* find(const Result& result, AnomalyType type);
    static std::set<std::string> valuesOf(const Result& result, SignalType type);

    QTemporaryDir m_folder;
    pipeline::CaptureSnapshot m_snapshot; // of the last analysis
};

Result TrendsAnalyzerTest::analyse(const Traffic& traffic, pipeline::AnalyzerOptions options)
{
    const auto path = std::filesystem::path(m_folder.path().toStdString()) / "traffic.pcap";
    std::ofstream(path, std::ios::binary) << traffic.bytes();
    pipeline::RunOptions run;
    run.analyzers = pipeline::makeAnalyzers(options);
    pipeline::NoSink nowhere;
    auto opened = pipeline::AnalysisRun::open(path, run, nowhere);
    if (!opened)
        return nullptr;
    while ((*opened)->step()) {
    }
    (*opened)->finish();
    m_snapshot = {};
    m_snapshot.flows = std::make_shared<const flow::FlowSnapshot>();
    pipeline::describe(**opened, {}, m_snapshot);
    return m_snapshot.trends;
}

std::shared_ptr<const trends::LocationDatabase> TrendsAnalyzerTest::places()
{
    const auto path = std::filesystem::path(m_folder.path().toStdString()) / "places.mmdb";
    std::ofstream(path, std::ios::binary)
        << test::mmdbOf({{"198.51.100.0/24", "DE", 52.5, 13.4, 64500}, {"203.0.113.0/24", "JP", 35.7, 139.7, 64501}});
    auto database = trends::LocationDatabase::open({path});
    return database ? *database : nullptr;
}

const trends::AnomalyRow* TrendsAnalyzerTest::find(const Result& result, AnomalyType type)
{
    for (const auto& row : *result->anomalies)
        if (row->anomaly.type == type)
            return row.get();
    return nullptr;
}

std::set<std::string> TrendsAnalyzerTest::valuesOf(const Result& result, SignalType type)
{
    std::set<std::string> values;
    trends::SignalQuery query;
    query.type = type;
    for (const trends::Signal& signal : trends::signalsOf(result->buckets, query))
        values.emplace(result->text(signal.value));
    return values;
}

#define VERIFY_RAISED(result, type, expectedSeverity, expectedRisk)                                                    \
    do {                                                                                                               \
        const trends::AnomalyRow* raisedRow = find(result, type);                                                      \
        QVERIFY2(raisedRow, toString(type));                                                                           \
        QCOMPARE(raisedRow->anomaly.severity, expectedSeverity);                                                       \
        QCOMPARE(raisedRow->anomaly.risk, std::optional<int>(expectedRisk));                                           \
        QVERIFY2(!trends::describe(raisedRow->anomaly, *(result)->names).empty(), toString(type));                     \
    } while (false)

void TrendsAnalyzerTest::everyTypeOfSignal()
{
    Traffic traffic;
    const std::string client = "198.51.100.7";
    const std::string head = "User-Agent: test/1.0\r\nAccept: text/html\r\nSec-CH-UA: \"x\"\r\n"
                             "Cookie: sessionid=abc; theme=dark\r\nX-Api-Key: k1\r\n";
    traffic.get(0, client, 1000, "/user/42/orders", head + "Authorization: Bearer aa.bb.cc\r\n");
    traffic.get(500, client, 1000, "/user/43/orders?api_key=k2", head + "Authorization: Bearer plain\r\n");
    traffic.get(900, client, 1000, "/login", head + "Authorization: Basic dTpw\r\n");
    const std::string body = "card 4111 1111 1111 1111 end";
    traffic.send(1500, client, 1000, true,
                 "POST /pay HTTP/1.1\r\nHost: a.example\r\nAuthorization: Digest x\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
    traffic.hello(2000, client, 1001, 3);
    pipeline::AnalyzerOptions options;
    options.trendsOptions.locations = places();
    options.trendsOptions.ja4h = true;
    const Result result = analyse(traffic, options);
    QVERIFY(result);
    for (const SignalType type : trends::allSignalTypes())
        QVERIFY2(!valuesOf(result, type).empty(), toString(type));
    QCOMPARE(valuesOf(result, SignalType::Ip), std::set<std::string>{client});
    QCOMPARE(valuesOf(result, SignalType::Asn), std::set<std::string>{"AS64500"});
    QCOMPARE(valuesOf(result, SignalType::Geo), std::set<std::string>{"DE"});
    QCOMPARE(valuesOf(result, SignalType::ApiKey).size(), std::size_t{2});
    QCOMPARE(valuesOf(result, SignalType::Timing), (std::set<std::string>{"delta_400", "delta_500", "delta_600"}));
    QVERIFY(valuesOf(result, SignalType::RequestPattern).contains("GET /user/{id}/orders"));
    QVERIFY(valuesOf(result, SignalType::Navigation).contains("GET /user/{id}/orders > GET /login"));
    QVERIFY(valuesOf(result, SignalType::DlpMatch).begin()->starts_with("card:"));
    QVERIFY(valuesOf(result, SignalType::Ja4).begin()->starts_with("t12d04"));
    // JA4H is off unless it is asked for.
    QVERIFY(valuesOf(analyse(traffic), SignalType::Ja4h).empty());
    QVERIFY(valuesOf(analyse(traffic), SignalType::Asn).empty());
}

void TrendsAnalyzerTest::anomaliesOfTokens()
{
    Traffic traffic;
    for (int i = 1; i <= 3; ++i)
        traffic.get(i * 100, "192.0.2." + std::to_string(i), 1000, "/", "Authorization: Bearer shared\r\n");
    traffic.get(1000, "192.0.2.9", 1000, "/", "User-Agent: one\r\nAuthorization: Bearer reused\r\n");
    traffic.get(1'800'000, "192.0.2.10", 1000, "/", "User-Agent: two\r\nAuthorization: Bearer reused\r\n");
    // Not within an hour: nothing.
    traffic.get(2'000'000, "192.0.2.11", 1000, "/", "User-Agent: one\r\nAuthorization: Bearer late\r\n");
    traffic.get(5'700'000, "192.0.2.12", 1000, "/", "User-Agent: two\r\nAuthorization: Bearer late\r\n");
    const Result result = analyse(traffic);
    VERIFY_RAISED(result, AnomalyType::SessionSharing, trends::Severity::High, 50);
    VERIFY_RAISED(result, AnomalyType::TokenReuse, trends::Severity::High, 40);
    const trends::AnomalyRow& sharing = *find(result, AnomalyType::SessionSharing);
    QCOMPARE(sharing.anomaly.entities.size(), std::size_t{3});
    QCOMPARE(sharing.anomaly.flows.size(), std::size_t{3});
    QCOMPARE(sharing.anomaly.detectedMs, kStartMs + kMinute); // the end of the minute
    QCOMPARE(result->text(trends::sharedValueOf(*result, sharing.anomaly)).substr(0, 16),
             std::string_view(sharing.anomaly.evidence.tokenHashPrefix));
    const trends::AnomalyRow& reuse = *find(result, AnomalyType::TokenReuse);
    QCOMPARE(reuse.count, std::uint64_t{1});
    QCOMPARE(reuse.anomaly.detectedMs, kStartMs + 1'800'000); // as it happens
    QCOMPARE(reuse.anomaly.evidence.timeDeltaMs, std::optional<std::int64_t>(1'799'000));
}

void TrendsAnalyzerTest::anomaliesOfFingerprints()
{
    Traffic traffic;
    for (int i = 0; i < 5; ++i)
        traffic.get(i * 300, "192.0.2.1", 1000, "/",
                    "User-Agent: agent" + std::to_string(i) + "\r\nCookie: sid=one\r\n");
    for (int i = 0; i < 5; ++i)
        traffic.hello(2000 + i, "192.0.2.2", static_cast<std::uint16_t>(2000 + i), static_cast<std::size_t>(i));
    for (int i = 0; i < 10; ++i)
        traffic.hello(3000 + i, "192.0.2." + std::to_string(50 + i), 3000, 9);
    const Result result = analyse(traffic);
    VERIFY_RAISED(result, AnomalyType::FingerprintChange, trends::Severity::Medium, 30);
    VERIFY_RAISED(result, AnomalyType::RotationPattern, trends::Severity::High, 35);
    VERIFY_RAISED(result, AnomalyType::Ja4RotationPattern, trends::Severity::High, 45);
    VERIFY_RAISED(result, AnomalyType::Ja4IpCluster, trends::Severity::Medium, 35);
    VERIFY_RAISED(result, AnomalyType::Ja4hChange, trends::Severity::Medium, 25);
    QCOMPARE(find(result, AnomalyType::Ja4IpCluster)->anomaly.evidence.ipCount, std::optional<std::uint32_t>(10));
    QVERIFY(result->text(trends::sharedValueOf(*result, find(result, AnomalyType::Ja4IpCluster)->anomaly))
                .starts_with("t12d10"));
    // User agent and JA4 of one connection are never both seen without decryption.
    QVERIFY(!find(result, AnomalyType::Ja4BrowserSpoofing));
    QCOMPARE(trends::severityOf(AnomalyType::Ja4BrowserSpoofing), trends::Severity::High);
}

void TrendsAnalyzerTest::anomaliesOfTime()
{
    Traffic traffic;
    for (int i = 0; i < 11; ++i) // ten gaps
        traffic.get(i * 200, "192.0.2.1", 1000, "/beacon", "");
    for (int i = 0; i < 120; ++i) // three times as many signals in the next minute, at odd moments
        traffic.get(kMinute + i * i * 3, "192.0.2.2", 1000, "/", "");
    const Result result = analyse(traffic);
    VERIFY_RAISED(result, AnomalyType::TimingAnomaly, trends::Severity::Low, 10);
    VERIFY_RAISED(result, AnomalyType::VelocitySpike, trends::Severity::Medium, 15);
    QCOMPARE(find(result, AnomalyType::TimingAnomaly)->anomaly.evidence.actual, std::optional(0.0));
    QVERIFY(*find(result, AnomalyType::VelocitySpike)->anomaly.evidence.actual >= 3.0);
}

void TrendsAnalyzerTest::anomaliesOfSizes()
{
    Traffic traffic;
    std::int64_t at = 0;
    const auto exchange = [&](const std::string& client, const std::string& target, std::uint64_t up,
                              std::uint64_t down) {
        const auto message = [&](bool request, const std::string& first, std::uint64_t bytes) {
            traffic.send(at, client, 1000, request, first + "Content-Length: " + std::to_string(bytes) + "\r\n\r\n");
            for (std::uint64_t left = bytes; left > 0;) {
                const auto part = static_cast<std::uint16_t>(std::min<std::uint64_t>(left, 60'000));
                traffic.send(at, client, 1000, request, "x", static_cast<std::uint16_t>(part - 1));
                left -= part;
            }
        };
        message(true, "POST " + target + " HTTP/1.1\r\nHost: a.example\r\n", up);
        message(false, "HTTP/1.1 200 OK\r\n", down);
        at += 90;
    };
    // So many of one size that the 99th percentile stands still when the large one comes.
    for (const std::uint64_t size : {120, 115, 110, 105})
        exchange("192.0.2.1", "/api", size, size);
    for (int i = 0; i < 240; ++i)
        exchange("192.0.2.1", "/api", 100, 100);
    for (int i = 0; i < 105; ++i) {
        exchange("192.0.2.2", "/take", 10, 150'000);
        exchange("192.0.2.3", "/give", 150'000, 10);
    }
    at += 2 * kMinute; // the sizes of 192.0.2.1 so far are a finished minute
    exchange("192.0.2.1", "/api", 500'000, 500'000);
    const Result result = analyse(traffic);
    VERIFY_RAISED(result, AnomalyType::BandwidthSpike, trends::Severity::High, 25);
    VERIFY_RAISED(result, AnomalyType::ExfiltrationPattern, trends::Severity::Critical, 40);
    VERIFY_RAISED(result, AnomalyType::UploadPattern, trends::Severity::High, 35);
    QCOMPARE(result->text(find(result, AnomalyType::ExfiltrationPattern)->anomaly.entities.front()),
             std::string_view("192.0.2.2"));
    QCOMPARE(find(result, AnomalyType::ExfiltrationPattern)->anomaly.evidence.source, std::string("payload_profiler"));
    VERIFY_RAISED(result, AnomalyType::OversizedRequest, trends::Severity::Medium, 20);
    VERIFY_RAISED(result, AnomalyType::OversizedResponse, trends::Severity::Low, 15);
    QCOMPARE(find(result, AnomalyType::OversizedRequest)->anomaly.evidence.pathTemplate, std::string("POST /api"));
}

void TrendsAnalyzerTest::impossibleTravel()
{
    Traffic traffic;
    traffic.get(0, "198.51.100.7", 1000, "/", "User-Agent: a\r\nCookie: sid=traveller\r\n");
    traffic.get(3'600'000, "203.0.113.7", 1000, "/", "User-Agent: a\r\nCookie: sid=traveller\r\n");
    pipeline::AnalyzerOptions options;
    QVERIFY(!find(analyse(traffic, options), AnomalyType::ImpossibleTravel)); // nobody said where addresses are
    const auto settings = std::make_shared<pipeline::TrendsSettings>();
    settings->set({.locations = places(), .sensitiveData = true, .ja4h = false});
    options.trendsSettings = settings; // as the window hands them over
    const Result result = analyse(traffic, options);
    // About 8,900 km in an hour.
    VERIFY_RAISED(result, AnomalyType::ImpossibleTravel, trends::Severity::High, 25);
    const trends::Evidence& evidence = find(result, AnomalyType::ImpossibleTravel)->anomaly.evidence;
    QCOMPARE(evidence.previousValue, std::string("198.51.100.7"));
    QCOMPARE(evidence.newValue, std::string("203.0.113.7"));
    QVERIFY(*evidence.actual > 8'000 && *evidence.actual < 10'000);
}

/// While the cause is in memory each further signal raises it again: one row for the minute, with a count.
void TrendsAnalyzerTest::repeatsAreOneRow()
{
    Traffic traffic;
    for (int i = 0; i < 15; ++i)
        traffic.get(i * 200, "192.0.2.1", 1000, "/beacon", "");
    for (int i = 0; i < 12; ++i)
        traffic.get(11 * kMinute + i * 200, "192.0.2.1", 1000, "/beacon", ""); // the first ones are forgotten
    const Result result = analyse(traffic);
    std::vector<std::uint64_t> counts;
    for (const auto& row : *result->anomalies)
        if (row->anomaly.type == AnomalyType::TimingAnomaly)
            counts.push_back(row->count);
    QCOMPARE(counts.size(), std::size_t{2});
    QCOMPARE(counts, (std::vector<std::uint64_t>{5, 3})); // from the tenth moment on
    QCOMPARE(result->counters.anomalies, counts[0] + counts[1]);
}

void TrendsAnalyzerTest::riskIsASumThatDecays()
{
    Traffic traffic;
    traffic.hello(0, "192.0.2.1", 1000, 1);
    traffic.hello(10, "192.0.2.1", 1001, 2);
    traffic.hello(20, "192.0.2.1", 1002, 3);
    traffic.hello(2 * 3'600'000 + 20, "192.0.2.9", 1000, 1);
    const Result result = analyse(traffic);
    QCOMPARE(result->entities->size(), std::size_t{1});
    const trends::EntityRow& row = result->entities->front();
    QCOMPARE(row.risk.points, std::int64_t{50}); // two changes of JA4
    QCOMPARE(row.risk.anomalies, 2U);
    // Two half-lives later a quarter is left.
    QVERIFY(std::abs(trends::riskAt(row.risk, result->lastMs) - 12.5) < 0.01);
}

void TrendsAnalyzerTest::suppressionByEachScope()
{
    Traffic traffic;
    for (int i = 0; i < 10; ++i)
        traffic.hello(i, "192.0.2." + std::to_string(50 + i), 3000, 9);
    traffic.hello(100, "192.0.2.50", 3001, 4);
    const Result result = analyse(traffic);
    const trends::Anomaly& cluster = find(result, AnomalyType::Ja4IpCluster)->anomaly;
    const trends::Anomaly& change = find(result, AnomalyType::Ja4hChange)->anomaly;
    const auto hidden = [&](auto set) {
        trends::Suppression rule;
        set(rule);
        return std::pair(trends::hides(rule, cluster, *result), trends::hides(rule, change, *result));
    };
    using Pair = std::pair<bool, bool>;
    QCOMPARE(hidden([](auto& r) { r.type = AnomalyType::Ja4IpCluster; }), Pair(true, false));
    QCOMPARE(hidden([](auto& r) { r.entity = "192.0.2.50"; }), Pair(true, true));
    QCOMPARE(hidden([](auto& r) {
                 r.entity = "192.0.2.50";
                 r.otherEntity = "192.0.2.51";
             }),
             Pair(true, false));
    QCOMPARE(hidden([&](auto& r) { r.ja4 = change.evidence.newValue; }), Pair(false, true));
    QCOMPARE(hidden([&](auto& r) { r.ja4 = change.evidence.previousValue; }), Pair(true, true)); // the cluster's
    QCOMPARE(hidden([&](auto& r) { r.ja4 = "t13d0000_000000000000_000000000000"; }), Pair(false, false));
    QCOMPARE(hidden([&](auto& r) { r.toMs = change.detectedMs; }), Pair(false, true));
    QCOMPARE(hidden([&](auto& r) { r.fromMs = change.detectedMs + 1; }), Pair(true, false));
}

void TrendsAnalyzerTest::correlationsOfEachKind()
{
    Traffic traffic;
    for (int i = 0; i < 12; ++i) {
        const std::string client = "192.0.2." + std::to_string(i + 1);
        traffic.hello(i * 10, client, 1000, 5);
        traffic.get(i * 10 + 5, client, 1001, "/", "Authorization: Bearer shared\r\n");
    }
    for (int i = 0; i < 8; ++i) // one family: as many ciphers, but others
        traffic.hello(5000 + i, "192.0.2.1", static_cast<std::uint16_t>(2000 + i), 5,
                      0x1301 + static_cast<std::size_t>(i));
    const Result result = analyse(traffic);
    const auto found = trends::correlationsOf(*result, std::nullopt, std::nullopt, std::nullopt);
    std::set<trends::CorrelationType> types;
    for (const auto& one : found.list)
        types.insert(one.type);
    QVERIFY(types.contains(trends::CorrelationType::EntityCluster));
    QVERIFY(types.contains(trends::CorrelationType::TemporalCorrelation));
    QVERIFY(types.contains(trends::CorrelationType::FingerprintFamily));
}

void TrendsAnalyzerTest::eveLines()
{
    Traffic traffic;
    traffic.hello(0, "192.0.2.1", 1000, 1);
    traffic.hello(1'234, "192.0.2.1", 1001, 2);
    const Result result = analyse(traffic);
    std::string out;
    pipeline::putAnomalyEve(out, *result, *find(result, AnomalyType::Ja4hChange), *m_snapshot.flows);
    QCOMPARE(std::count(out.begin(), out.end(), '\n'), 1);
    const auto line = nlohmann::json::parse(out);
    QCOMPARE(line.at("timestamp").get<std::string>(), std::string("2023-11-14T22:14:01.234000+0000"));
    QCOMPARE(line.at("event_type").get<std::string>(), std::string("anomaly"));
    QCOMPARE(line.at("src_ip").get<std::string>(), std::string("192.0.2.1"));
    QCOMPARE(line.at("dest_ip").get<std::string>(), std::string("198.51.100.254"));
    QCOMPARE(line.at("dest_port").get<int>(), 443);
    QCOMPARE(line.at("proto").get<std::string>(), std::string("TCP"));
    QVERIFY(line.at("flow_id").is_number_unsigned());
    QCOMPARE(line.at("app_proto").get<std::string>(), std::string("tls"));
    QCOMPARE(line.at("anomaly").at("type").get<std::string>(), std::string("applayer"));
    QCOMPARE(line.at("anomaly").at("event").get<std::string>(), std::string("timbre.ja4h_change"));
    QCOMPARE(line.at("timbre").at("severity").get<std::string>(), std::string("medium"));
}

} // namespace

QTEST_GUILESS_MAIN(TrendsAnalyzerTest)
#include "trends_analyzer_test.moc"
