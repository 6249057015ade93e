// What timbre-cli prints against what the generator says is in the file, and the same bytes every time.

#include "tests/cli/cli_runner.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using nlohmann::json;
using test::runCli;

namespace {

std::vector<json> parseLines(const std::string& text)
{
    std::vector<json> objects;
    for (const std::string& line : test::splitLines(text))
        objects.push_back(json::parse(line, nullptr, false));
    return objects;
}

} // namespace

/// Appends pcapng statistics of interface 0: so many packets dropped by the kernel up to then.
void appendStatistics(const std::string& path, std::uint64_t timeUnits, std::uint64_t kernelDrops)
{
    constexpr std::uint32_t kLength = 40;
    const std::uint32_t fields[]{5,
                                 kLength,
                                 0,
                                 static_cast<std::uint32_t>(timeUnits >> 32U),
                                 static_cast<std::uint32_t>(timeUnits),
                                 7 | 8U << 16U,
                                 static_cast<std::uint32_t>(kernelDrops),
                                 0,
                                 0,
                                 kLength};
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(reinterpret_cast<const char*>(fields), sizeof fields);
}

class CliResultsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_traffic = generator::officeTraffic({.seed = 5});
        m_office = m_directory.write("office.pcapng", m_traffic).string();
    }

    void infoTellsTheTotals()
    {
        const auto result = runCli({"info", m_office, "--json"});
        QCOMPARE(result.exitCode, 0);
        const auto objects = parseLines(result.out);
        QCOMPARE(objects.size(), std::size_t{1});
        const json& info = objects[0];
        QCOMPARE(info["packets"].get<std::uint64_t>(), m_traffic.truth.packets);
        QCOMPARE(info["captured_bytes"].get<std::uint64_t>(), m_traffic.truth.capturedBytes);
        QCOMPARE(info["original_bytes"].get<std::uint64_t>(), m_traffic.truth.originalBytes);
        QCOMPARE(info["file_bytes"].get<std::uint64_t>(), m_traffic.truth.fileBytes);
        QCOMPARE(info["first_packet_time"].get<std::string>(),
                 formatUtc({static_cast<std::int64_t>(m_traffic.truth.firstNs)}));
        QCOMPARE(info["interfaces"].size(), m_traffic.interfaces.size());
        QCOMPARE(info["interfaces"][0]["packets"].get<std::uint64_t>(), m_traffic.truth.packets);
        QCOMPARE(info["packets_back_in_time"].get<int>(), 0);
    }

    void spansWithLossesAreTold()
    {
        const std::string lossy = m_directory.path("lossy.pcapng").string();
        std::filesystem::copy_file(m_office, lossy);
        appendStatistics(lossy, 1'000'000'000, 2);
        appendStatistics(lossy, 2'000'000'000, 9);
        const auto none = parseLines(runCli({"info", m_office, "--json"}).out).at(0);
        QVERIFY(none["losses"].is_array() && none["losses"].empty());
        for (const char* command : {"info", "analyze"}) {
            const json capture = parseLines(runCli({command, lossy, "--json"}).out).at(0);
            QCOMPARE(capture["losses"].size(), std::size_t{1}); // both spans touch
            QCOMPARE(capture["losses"][0]["kernel_drops"].get<int>(), 9);
            QCOMPARE(capture["losses"][0]["interface_drops"].get<int>(), 0);
            QVERIFY(capture["losses"][0]["from"].get<std::string>() < capture["losses"][0]["to"].get<std::string>());
            QVERIFY(!capture.contains("ring_removed"));
        }
        QVERIFY(runCli({"info", lossy}).out.find("9 packets, in 1 span of time") != std::string::npos);
    }

    void jsonLinesHoldTheTruth()
    {
        const auto result = runCli({"analyze", m_office, "--json"});
        QCOMPARE(result.exitCode, 0);
        const auto objects = parseLines(result.out);
        const json& capture = objects.at(0);
        QCOMPARE(capture["type"].get<std::string>(), std::string("capture"));
        QCOMPARE(capture["counters"]["packets"].get<std::uint64_t>(), m_traffic.truth.packets);
        QCOMPARE(capture["counters"]["captured_bytes"].get<std::uint64_t>(), m_traffic.truth.capturedBytes);
        std::uint64_t packets = capture["counters"]["packets_unmatched"].get<std::uint64_t>();
        std::uint64_t flows = 0;
        std::set<std::string> names;
        for (std::size_t i = 1; i < objects.size(); ++i) {
            const json& flow = objects[i];
            QVERIFY(flow.is_object());
            if (flow["type"] != "flow")
                continue;
            QCOMPARE(flow["flow"].get<std::uint64_t>(), flows); // in the order of their numbers
            QCOMPARE(flow["file"].get<std::string>(), m_office);
            ++flows;
            if (!flow.contains("tunnel"))
                packets += flow["packets_up"].get<std::uint64_t>() + flow["packets_down"].get<std::uint64_t>();
            names.insert(flow.value("sni", ""));
            names.insert(flow.value("http_host", ""));
        }
        QCOMPARE(packets, m_traffic.truth.packets);
        const json& counters = capture["counters"];
        QCOMPARE(flows, counters["flows_created"].get<std::uint64_t>() + counters["tunnel_flows"].get<std::uint64_t>());
        for (const auto& truth : m_traffic.truth.flows) {
            if (truth.protocol == 6)
                QVERIFY2(names.contains(truth.sni) && names.contains(truth.httpHost), truth.sni.c_str());
        }
    }

    void csvReadsBackAsTheSameFlows()
    {
        const auto csv = test::parseCsv(runCli({"analyze", m_office, "--all", "--csv"}).out);
        std::vector<json> flows = parseLines(runCli({"flows", m_office, "--json"}).out);
        QCOMPARE(csv.size(), flows.size() + 1);
        const std::vector<std::string>& header = csv[0];
        for (std::size_t row = 1; row < csv.size(); ++row) {
            QCOMPARE(csv[row].size(), header.size());
            const json& flow = flows[row - 1];
            std::size_t members = 1; // its type
            for (std::size_t column = 0; column < header.size(); ++column) {
                const std::string& text = csv[row][column];
                QCOMPARE(flow.contains(header[column]), !text.empty());
                if (text.empty())
                    continue;
                ++members;
                const json& value = flow[header[column]];
                const bool same = value.is_string()    ? value.get<std::string>() == text
                                  : value.is_boolean() ? (value.get<bool>() ? "true" : "false") == text
                                                       : value.get<double>() == std::stod(text);
                QVERIFY2(same, (header[column] + " " + text + " " + value.dump()).c_str());
            }
            QCOMPARE(flow.size(), members);
        }
    }

    void zeekLinesHaveTheirFields()
    {
        const auto lines = test::splitLines(runCli({"analyze", m_office, "--zeek"}).out);
        std::size_t fields = 0;
        std::size_t flows = 0;
        std::set<std::string> uids;
        for (const std::string& line : lines) {
            const auto parts = test::splitFields(line, '\t');
            if (parts[0] == "#fields")
                fields = parts.size() - 1;
            if (parts[0] == "#types")
                QCOMPARE(parts.size() - 1, fields);
            if (line.starts_with('#'))
                continue;
            QCOMPARE(parts.size(), fields);
            QVERIFY(std::find(parts.begin(), parts.end(), "") == parts.end());
            uids.insert(parts[1]);
            ++flows;
        }
        QCOMPARE(flows, parseLines(runCli({"flows", m_office, "--json"}).out).size());
        QCOMPARE(uids.size(), flows);
        QCOMPARE(lines.back().substr(0, 6), std::string("#close"));
    }

    void filterAndSortAndLimit()
    {
        const auto flows =
            parseLines(runCli({"flows", m_office, "--json", "--filter", "app == tls", "--sort=-bytes,flow.index"}).out);
        QVERIFY(flows.size() > 20);
        std::uint64_t last = ~std::uint64_t{0};
        for (const json& flow : flows) {
            QCOMPARE(flow["app"].get<std::string>(), std::string("tls"));
            const auto bytes = flow["bytes_up"].get<std::uint64_t>() + flow["bytes_down"].get<std::uint64_t>();
            QVERIFY(bytes <= last);
            last = bytes;
        }
        const auto few =
            runCli({"flows", m_office, "--filter", "app == tls", "--sort=-bytes,flow.index", "--limit", "3", "--json"});
        QVERIFY(parseLines(few.out) == std::vector<json>(flows.begin(), flows.begin() + 3));
        // The summary counts the same flows.
        const auto summary = runCli({"analyze", m_office, "--filter", "app == tls"}).out;
        QVERIFY2(summary.find("matches " + std::to_string(flows.size()) + " flows") != std::string::npos,
                 summary.c_str());
    }

    void timesLimitWhatIsListed()
    {
        const auto all = parseLines(runCli({"packets", m_office, "--json"}).out);
        QCOMPARE(all.size(), m_traffic.truth.packets);
        const std::string from = "2025-06-02T09:01";
        const std::string to = "2025-06-02T09:01:59.999999999Z";
        const auto some = parseLines(runCli({"packets", m_office, "--json", "--from", from, "--to", to}).out);
        std::size_t expected = 0;
        for (const json& packet : all) {
            const auto time = packet["time"].get<std::string>();
            expected += time >= "2025-06-02T09:01:00" && time <= to;
        }
        QVERIFY(expected > 100);
        QCOMPARE(some.size(), expected);
    }

    void packetsOfAFlow()
    {
        const auto flows = parseLines(runCli({"flows", m_office, "--json", "--filter", "sni", "--limit", "1"}).out);
        const std::string number = std::to_string(flows.at(0)["flow"].get<int>());
        const auto packets = parseLines(runCli({"packets", m_office, "--json", "--flow", number}).out);
        QCOMPARE(packets.size(),
                 flows[0]["packets_up"].get<std::size_t>() + flows[0]["packets_down"].get<std::size_t>());
        QVERIFY(packets.front()["number"] == flows[0]["first_packet"]);
        QVERIFY(packets.back()["number"] == flows[0]["last_packet"]);
        for (const json& packet : packets)
            QVERIFY(packet["flow"] == flows[0]["flow"]);
        // A capture filter takes packets away and leaves the numbers of flows.
        const auto fromServer =
            parseLines(runCli({"packets", m_office, "--json", "--flow", number, "--bpf", "tcp src port 443"}).out);
        QCOMPARE(fromServer.size(), flows[0]["packets_down"].get<std::size_t>());
    }

    void onePacketSpelledOut()
    {
        const auto one = parseLines(runCli({"packets", m_office, "--packet", "3", "--hex", "--json"}).out).at(0);
        const generator::Frame& frame = m_traffic.frames.at(2);
        QCOMPARE(one["number"].get<int>(), 3);
        QCOMPARE(one["original_length"].get<std::size_t>(), std::size_t{frame.originalLength});
        QCOMPARE(one["bytes"].get<std::string>().size(), 2 * one["captured_length"].get<std::size_t>());
        QVERIFY(one["layers"].size() > 3);
        const auto text = runCli({"packets", m_office, "--packet", "3", "--hex"}).out;
        QVERIFY(text.find("Internet Protocol") != std::string::npos);
        QVERIFY(text.find("\n000000  ") != std::string::npos);
        const auto none = runCli({"packets", m_office, "--packet", "99999999"});
        QCOMPARE(none.exitCode, 1);
        QVERIFY(none.err.find(std::to_string(m_traffic.truth.packets)) != std::string::npos);
    }

    void captureFilterAndTunnels()
    {
        const auto dns = parseLines(runCli({"analyze", m_office, "--bpf", "udp port 53", "--json"}).out);
        QVERIFY(dns.size() > 50);
        for (std::size_t i = 1; i < dns.size(); ++i)
            QCOMPARE(dns[i]["dport"].get<int>(), 53);
        const auto with = parseLines(runCli({"analyze", m_office, "--json"}).out);
        const auto without = parseLines(runCli({"analyze", m_office, "--no-tunnels", "--json"}).out);
        QVERIFY(with[0]["counters"]["tunnel_flows"].get<int>() > 0);
        QCOMPARE(without[0]["counters"]["tunnel_flows"].get<int>(), 0);
        const auto shorter = parseLines(runCli({"analyze", m_office, "--tcp-timeout", "0.05", "--json"}).out);
        QVERIFY(shorter.size() > with.size());
        const auto few = parseLines(runCli({"analyze", m_office, "--max-flows", "5", "--json"}).out);
        QVERIFY(few[0]["counters"]["flows_evicted"].get<int>() > 0);
    }

    void sameBytesEveryTime_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString file = QString::fromStdString(m_office);
        QTest::newRow("summary") << QStringList{"analyze", file};
        QTest::newRow("json") << QStringList{"analyze", file, "--json"};
        QTest::newRow("csv") << QStringList{"analyze", file, "--csv"};
        QTest::newRow("zeek") << QStringList{"analyze", file, "--zeek"};
        QTest::newRow("filter") << QStringList{"analyze", file, "--filter", "last 1m"};
        QTest::newRow("info") << QStringList{"info", file};
        QTest::newRow("flows") << QStringList{"flows", file, "--sort", "sni,-bytes"};
        QTest::newRow("packets") << QStringList{"packets", file, "--filter", "app == dns"};
    }

    void sameBytesEveryTime()
    {
        QFETCH(QStringList, arguments);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const std::string expected = runCli(list).out;
        QVERIFY(expected.size() > 100);
        QVERIFY(runCli(list).out == expected);
        for (const char* size : {"64", "1000", "65536", "4194304"}) {
            auto other = list;
            other.insert(other.end(), {"--block-bytes", size});
            QVERIFY2(runCli(other).out == expected, size);
        }
    }

private:
    test::CaptureDirectory m_directory;
    generator::CapturedTraffic m_traffic;
    std::string m_office;
};

QTEST_GUILESS_MAIN(CliResultsTest)
#include "cli_results_test.moc"
