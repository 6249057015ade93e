// Resonance on the command line: by flow, by pair of hosts, of a recording; what is wrong usage.

#include "tests/cli/cli_runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <nlohmann/json.hpp>

using nlohmann::json;
using timbre::test::runCli;
using timbre::test::samplePath;

class CliResonanceTest : public QObject {
    Q_OBJECT

    using Ends = std::pair<std::string, std::string>; // the lesser text first
    [[nodiscard]] static Ends endsOf(const std::string& a, const std::string& b)
    {
        return a < b ? Ends(a, b) : Ends(b, a);
    }
    [[nodiscard]] static std::string masks() { return TIMBRE_SOURCE_DIR "/resources/masks"; }

private slots:
    /// Every flow with packets enough is in exactly one pair, and the pair has all their packets.
    void pairsGatherFlows()
    {
        const auto byFlow = runCli({"resonance", samplePath("office.pcapng"), "--masks", masks(), "--final"});
        const auto byPair =
            runCli({"resonance", samplePath("office.pcapng"), "--masks", masks(), "--final", "--by", "pair"});
        QCOMPARE(byFlow.exitCode, 0);
        QCOMPARE(byPair.exitCode, 0);
        const json flows = json::parse(byFlow.out);
        const json pairs = json::parse(byPair.out);
        QCOMPARE(flows["by"].get<std::string>(), std::string("flow"));
        QCOMPARE(pairs["by"].get<std::string>(), std::string("pair"));
        std::map<Ends, std::uint64_t> packets;
        for (const json& pair : pairs["pairs"]) {
            QVERIFY(packets.emplace(endsOf(pair["initiator"], pair["responder"]), pair["packets"].get<std::uint64_t>())
                        .second);
            QCOMPARE(pair["checks"].size(), std::size_t{3}); // one per mask
            QVERIFY(pair["best"]["score"].get<double>() >= 0.0);
        }
        QVERIFY(packets.size() > 20);
        std::map<Ends, std::uint64_t> ofFlows;
        for (const json& flow : flows["flows"])
            ofFlows[endsOf(flow["src"], flow["dst"])] += flow["packets"].get<std::uint64_t>();
        for (const auto& [ends, count] : ofFlows)
            QVERIFY(packets.contains(ends) && packets.at(ends) >= count);
        QCOMPARE(pairs["limits"]["pairs_refused"].get<int>(), 0);
    }

    void aRecordingIsCheckedToo()
    {
        QTemporaryDir directory;
        const std::string file = directory.filePath(QStringLiteral("call")).toStdString();
        QCOMPARE(
            runCli({"record", samplePath("voice.pcapng"), "--service", "call", "--filter", "app == rtp", "-o", file})
                .exitCode,
            0);
        const auto checked = runCli({"resonance", "--recording", file, "--masks", masks(), "--evidence", "5"});
        QCOMPARE(checked.exitCode, 0);
        const json result = json::parse(checked.out);
        QCOMPARE(result["by"].get<std::string>(), std::string("recording"));
        QCOMPARE(result["recordings"].size(), std::size_t{1});
        const json& recording = result["recordings"][0];
        QCOMPARE(recording["recording"].get<std::string>(), std::string("call"));
        QCOMPARE(recording["evidence"].size(), std::size_t{5});
        QVERIFY(recording["checks"].size() >= 3);
        QCOMPARE(result["limits"]["packets_left_out"].get<int>(), 0);
        const auto text = runCli({"resonance", "--recording", file, "--masks", masks(), "--text"});
        QVERIFY(text.out.find("call") != std::string::npos);
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("neither") << QStringList{};
        QTest::newRow("both") << QStringList{QStringLiteral("a.pcap"), QStringLiteral("--recording"),
                                             QStringLiteral("b")};
        QTest::newRow("no such kind") << QStringList{QStringLiteral("a.pcap"), QStringLiteral("--by"),
                                                     QStringLiteral("host")};
        QTest::newRow("filter of pairs") << QStringList{QStringLiteral("a.pcap"), QStringLiteral("--by"),
                                                        QStringLiteral("pair"), QStringLiteral("--filter"),
                                                        QStringLiteral("app == dns")};
    }
    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        std::vector<std::string> line = {"resonance", "--masks", masks()};
        for (const QString& each : arguments)
            line.push_back(each.toStdString());
        const auto result = runCli(line);
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.out.empty() && !result.err.empty());
    }

    void whatCannotBeRead()
    {
        QCOMPARE(runCli({"resonance", "--recording", "/nowhere", "--masks", masks()}).exitCode, 1);
        QCOMPARE(runCli({"resonance", samplePath("office.pcapng"), "--masks", "/nowhere"}).exitCode, 1);
    }
};

QTEST_GUILESS_MAIN(CliResonanceTest)
#include "cli_resonance_test.moc"
