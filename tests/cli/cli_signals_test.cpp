// timbre-cli signals, trends, anomalies and entities over a capture whose signals are known.

#include "tests/cli/cli_runner.h"
#include "tests/pipeline/raw_traffic.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using nlohmann::json;
using test::runCli;

namespace {

constexpr std::int64_t kMinute = 60'000;

std::vector<json> linesOf(const std::string& text, const char* type)
{
    std::vector<json> objects;
    for (const std::string& line : test::splitLines(text)) {
        json object = json::parse(line);
        if (object.value("type", "") == type)
            objects.push_back(std::move(object));
    }
    return objects;
}

class CliSignalsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test::RawTraffic traffic; // from 22:14:00 on
        for (int i = 1; i <= 3; ++i)
            traffic.get(i * 100, "192.0.2." + std::to_string(i), 1000, "/",
                        "User-Agent: a\r\nAuthorization: Bearer t\r\n");
        for (std::uint16_t i = 0; i < 4; ++i)
            traffic.hello(kMinute + i * 50, "192.0.2.4", static_cast<std::uint16_t>(2000 + i), i % 2 == 0 ? 3 : 5);
        traffic.hello(70 * kMinute, "192.0.2.5", 4000, 3);
        m_path = m_folder.filePath("signals.pcap").toStdString();
        std::ofstream(m_path, std::ios::binary) << traffic.bytes();
    }

    void signalsByTypeAndTime()
    {
        const auto all = runCli({"signals", m_path, "--json"});
        QCOMPARE(all.exitCode, 0);
        const auto ja4 = linesOf(runCli({"signals", m_path, "--json", "--type", "ja4"}).out, "signal");
        QCOMPARE(ja4.size(), std::size_t{5});
        QCOMPARE(ja4.front()["entity"].get<std::string>(), std::string("192.0.2.4"));
        QVERIFY(ja4.front()["value"].get<std::string>().starts_with("t12d04"));
        const auto part = linesOf(runCli({"signals", m_path, "--json", "--type", "ja4", "--from",
                                          "2023-11-14T22:15:00.050Z", "--to", "2023-11-14T22:15:00.100Z"})
                                      .out,
                                  "signal");
        QCOMPARE(part.size(), std::size_t{2});
        QCOMPARE(linesOf(runCli({"signals", m_path, "--json", "--limit", "3"}).out, "signal").size(), std::size_t{3});
        QCOMPARE(runCli({"signals", m_path, "--type", "nothing"}).exitCode, 2);
        QVERIFY(all.out.find("Bearer") == std::string::npos);
    }

    void trendsByResolution()
    {
        const auto count = [&](const char* resolution, const std::vector<std::string>& more = {}) {
            std::vector<std::string> arguments{"trends", m_path, "--json", "--type", "ja4", "--resolution", resolution};
            arguments.insert(arguments.end(), more.begin(), more.end());
            return linesOf(runCli(arguments).out, "trend").at(0);
        };
        QCOMPARE(count("minute")["count"].get<int>(), 5);
        QCOMPARE(count("minute")["histogram"].size(), std::size_t{2});
        QCOMPARE(count("hour")["histogram"].size(), std::size_t{2});
        QCOMPARE(count("day")["histogram"].size(), std::size_t{1});
        QCOMPARE(count("day")["histogram"][0]["distinct_values"].get<int>(), 2);
        QCOMPARE(count("hour", {"--to", "2023-11-14T22:20:00Z"})["count"].get<int>(), 4);
        const auto csv = test::splitLines(runCli({"trends", m_path, "--csv", "--type", "ja4"}).out);
        QCOMPARE(csv.size(), std::size_t{3});
        QVERIFY(csv[0].starts_with("kind,category,start,count,"));
        QVERIFY(csv[1].starts_with("ja4,network,2023-11-14T22:15:00"));
        QCOMPARE(runCli({"trends", m_path, "--resolution", "week"}).exitCode, 2);
    }

    void anomaliesInEachForm()
    {
        const auto found = linesOf(runCli({"anomalies", m_path, "--json"}).out, "anomaly");
        std::set<std::string> kinds;
        for (const json& one : found)
            kinds.insert(one["kind"].get<std::string>());
        QVERIFY(kinds.contains("session_sharing"));
        QVERIFY(kinds.contains("ja4h_change"));
        const auto high = linesOf(runCli({"anomalies", m_path, "--json", "--severity", "high"}).out, "anomaly");
        QVERIFY(!high.empty() && high.size() < found.size());
        const auto csv = test::splitLines(runCli({"anomalies", m_path, "--csv", "--type", "session_sharing"}).out);
        QCOMPARE(csv.size(), std::size_t{2});
        const auto eve = test::splitLines(runCli({"anomalies", m_path, "--eve"}).out);
        QCOMPARE(eve.size(), found.size());
        for (const std::string& line : eve) {
            const json event = json::parse(line);
            QCOMPARE(event.at("event_type").get<std::string>(), std::string("anomaly"));
            QVERIFY(event.at("anomaly").at("event").get<std::string>().starts_with("timbre."));
            QVERIFY(event.at("timestamp").get<std::string>().ends_with("+0000"));
        }
    }

    void entitiesWithTheirRisk()
    {
        const auto found = linesOf(runCli({"entities", m_path, "--json"}).out, "entity");
        QCOMPARE(found.size(), std::size_t{5});
        QCOMPARE(found.front()["entity"].get<std::string>(), std::string("192.0.2.4")); // the highest
        QVERIFY(found.front()["risk"].get<int>() > found.front()["risk_now"].get<double>());
        QCOMPARE(found.front()["distinct_values"]["ja4"].get<int>(), 2);
        QCOMPARE(test::splitLines(runCli({"entities", m_path, "--csv", "--entity", "192.0.2.1"}).out).size(),
                 std::size_t{2});
    }

    void flowsCarryWhatWasLearnt()
    {
        const std::string target = m_folder.filePath("flows.csv").toStdString();
        QCOMPARE(runCli({"export", m_path, "-o", target, "--filter", "ja4 ~ t12d04"}).exitCode, 0);
        const auto rows = test::parseCsv(test::readFile(target));
        QCOMPARE(rows.size(), std::size_t{4});
        const auto column = std::find(rows[0].begin(), rows[0].end(), "ja4") - rows[0].begin();
        QVERIFY(static_cast<std::size_t>(column) < rows[0].size());
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i].at(static_cast<std::size_t>(column)).starts_with("t12d04"));
    }

    void theSameBytesEachTime()
    {
        for (const char* command : {"signals", "trends", "anomalies", "entities"}) {
            const std::vector<std::string> arguments{command, m_path, "--json", "--plain-hashes"};
            QCOMPARE(runCli(arguments).out, runCli(arguments).out);
        }
    }

private:
    QTemporaryDir m_folder;
    std::string m_path;
};

} // namespace

QTEST_GUILESS_MAIN(CliSignalsTest)
#include "cli_signals_test.moc"
