// What timbre-cli leaves on the disk: exported files and workspaces, read back.

#include "engine/capture/capture_reader.h"
#include "tests/cli/cli_runner.h"
#include "tests/generator/stream_traffic.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using nlohmann::json;
using test::runCli;
using test::samplePath;

namespace {

struct Packet {
    std::int64_t ns = 0;
    std::uint64_t number = 0;
    std::uint32_t originalLength = 0;
    capture::LinkType linkType = 0;
    std::vector<std::byte> bytes;

    [[nodiscard]] bool sameContent(const Packet& other) const
    {
        return ns == other.ns && originalLength == other.originalLength && linkType == other.linkType &&
               bytes == other.bytes;
    }
};

std::vector<Packet> readPackets(const std::string& path)
{
    auto reader = capture::CaptureReader::open(path);
    if (!reader)
        qFatal("%s", reader.error().message.c_str());
    std::vector<Packet> packets;
    capture::RecordBlock block;
    while ((*reader)->read(block) == capture::ReadStatus::Records) {
        for (const capture::Record& record : block.records())
            packets.push_back({record.time.ns,
                               record.number,
                               record.originalLength,
                               record.linkType,
                               {record.bytes.begin(), record.bytes.end()}});
    }
    return packets;
}

/// Numbers of the packets that `packets` with these arguments lists.
std::set<std::uint64_t> listedNumbers(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), "packets");
    arguments.push_back("--json");
    std::set<std::uint64_t> numbers;
    for (const std::string& line : test::splitLines(runCli(arguments).out))
        numbers.insert(json::parse(line)["number"].get<std::uint64_t>());
    return numbers;
}

} // namespace

class CliExportTest : public QObject {
    Q_OBJECT

private slots:
    void packetsComeBackAsTheyWere_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QStringList>("which");
        QTest::newRow("all") << "office.pcapng" << QStringList{};
        QTest::newRow("filter") << "office.pcapng" << QStringList{"--filter", "app == tls"};
        QTest::newRow("flows") << "office.pcapng" << QStringList{"--flow", "3", "17", "65"};
        QTest::newRow("bpf") << "office.pcapng" << QStringList{"--bpf", "udp"};
        QTest::newRow("times") << "office.pcapng"
                               << QStringList{"--from", "2025-06-02T09:01", "--to", "2025-06-02T09:02"};
        QTest::newRow("all of it") << "office.pcapng" << QStringList{"--filter",    "proto == tcp", "--bpf",
                                                                     "greater 200", "--from",       "2025-06-02T09:01"};
        QTest::newRow("inside tunnels") << "tunnels.pcap" << QStringList{"--filter", "inner and app == tls"};
        QTest::newRow("tunnels") << "tunnels.pcap" << QStringList{"--filter", "proto == other:47"};
    }

    void packetsComeBackAsTheyWere()
    {
        QFETCH(QString, sample);
        QFETCH(QStringList, which);
        const std::string source = samplePath(sample.toUtf8().constData());
        std::vector<std::string> selection{source};
        for (const QString& word : which)
            selection.push_back(word.toStdString());
        const std::string target = m_directory.path("out.pcapng").string();
        std::vector<std::string> arguments{"export"};
        arguments.insert(arguments.end(), selection.begin(), selection.end());
        arguments.insert(arguments.end(), {"-o", target, "--force"});
        const auto result = runCli(arguments);
        QVERIFY2(result.exitCode == 0, result.err.c_str());

        const std::set<std::uint64_t> wanted = listedNumbers(selection);
        std::vector<Packet> expected = readPackets(source);
        QVERIFY(!wanted.empty() && wanted.size() <= expected.size());
        std::erase_if(expected, [&](const Packet& packet) { return !wanted.contains(packet.number); });
        const std::vector<Packet> exported = readPackets(target);
        QCOMPARE(exported.size(), expected.size());
        for (std::size_t i = 0; i < exported.size(); ++i)
            QVERIFY2(exported[i].sameContent(expected[i]), std::to_string(expected[i].number).c_str());
        QVERIFY(result.out.starts_with(std::to_string(expected.size()) + " packets"));
    }

    void textFormatsEqualTheStream_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QString>("option");
        QTest::newRow("csv") << ".csv"
                             << "--csv";
        QTest::newRow("jsonl") << ".jsonl"
                               << "--json";
        QTest::newRow("ndjson") << ".ndjson"
                                << "--json";
        QTest::newRow("log") << ".log"
                             << "--zeek";
    }

    void textFormatsEqualTheStream()
    {
        QFETCH(QString, ending);
        QFETCH(QString, option);
        const auto target = m_directory.path(("flows" + ending.toStdString()).c_str());
        const std::string office = samplePath("office.pcapng");
        QCOMPARE(runCli({"export", office, "-o", target.string(), "--filter", "port == 443"}).exitCode, 0);
        const std::string streamed = runCli({"flows", office, "--filter", "port == 443", option.toStdString()}).out;
        QVERIFY(streamed.size() > 1000);
        QVERIFY(test::readFile(target) == streamed);
    }

    void existingFilesAreLeftAlone()
    {
        const auto target = m_directory.path("mine.csv");
        std::ofstream(target) << "precious";
        const auto refused = runCli({"export", samplePath("voice.pcapng"), "-o", target.string()});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY(refused.err.find("--force") != std::string::npos);
        QCOMPARE(test::readFile(target), std::string("precious"));
        // A failure after the beginning leaves it as well, and nothing beside it.
        QCOMPARE(runCli({"export", m_directory.path("missing").string(), "-o", target.string(), "--force"}).exitCode,
                 1);
        QCOMPARE(test::readFile(target), std::string("precious"));
        QCOMPARE(runCli({"export", samplePath("voice.pcapng"), "-o", target.string(), "--force"}).exitCode, 0);
        QVERIFY(test::readFile(target).starts_with("flow,start,"));
        for (const auto& entry : std::filesystem::directory_iterator(target.parent_path()))
            QVERIFY2(entry.path().extension() != ".part", entry.path().c_str());
    }

    void targetsThatCannotBeWritten()
    {
        const std::string voice = samplePath("voice.pcapng");
        for (const char* format : {"csv", "pcapng"}) {
            QCOMPARE(runCli({"export", voice, "-o", "/dev/full", "--format", format, "--force"}).exitCode, 1);
            QVERIFY(std::filesystem::is_character_file("/dev/full"));
            QCOMPARE(runCli({"export", voice, "-o", "/nowhere/x", "--format", format}).exitCode, 1);
        }
    }

    void workspaceGivesTheSameFlows()
    {
        const std::string workspace = m_directory.path("case.timbre").string();
        const std::string office = samplePath("office.pcapng");
        const auto stored = runCli({"analyze", office, "--all", "--store", workspace});
        QCOMPARE(stored.exitCode, 0);
        QCOMPARE(stored.out, runCli({"analyze", office}).out);
        for (const char* format : {"--json", "--csv", "--zeek"}) {
            const auto kept = runCli({"flows", workspace, format});
            QCOMPARE(kept.exitCode, 0);
            QVERIFY2(kept.out == runCli({"flows", office, format}).out, format);
        }
        QVERIFY(runCli({"flows", workspace, "--filter", "sni", "--sort=-bytes"}).out ==
                runCli({"flows", office, "--filter", "sni", "--sort=-bytes"}).out);
    }

    /// With and without a list the workspace gets the same.
    void storingBesideAList()
    {
        const std::string workspace = m_directory.path("list.timbre").string();
        const std::string office = samplePath("office.pcapng");
        const auto listed = runCli({"analyze", office, "--all", "--store", workspace, "--csv"});
        QCOMPARE(listed.exitCode, 0);
        QVERIFY(runCli({"flows", workspace, "--csv"}).out == listed.out);
    }

    void analysingAgainReplaces()
    {
        const std::string workspace = m_directory.path("again.timbre").string();
        const auto copy = m_directory.path("copy.pcapng");
        std::filesystem::copy_file(samplePath("office.pcapng"), copy);
        const auto keep = [&](std::vector<std::string> more) {
            more.insert(more.begin(), {"analyze", copy.string(), "--all", "--store", workspace});
            return runCli(more).exitCode;
        };
        const auto captures = [&] {
            std::vector<json> objects;
            for (const std::string& line : test::splitLines(runCli({"info", workspace, "--json"}).out))
                objects.push_back(json::parse(line));
            return objects;
        };
        QCOMPARE(keep({}), 0);
        QCOMPARE(keep({}), 0);
        QCOMPARE(captures().size(), std::size_t{1});
        // Of some packets only: another analysis, beside the first.
        QCOMPARE(keep({"--bpf", "udp"}), 0);
        QCOMPARE(keep({"--bpf", "udp"}), 0);
        QCOMPARE(captures().size(), std::size_t{2});
        QCOMPARE(captures()[1]["capture_filter"].get<std::string>(), std::string("udp"));

        const auto choice = runCli({"flows", workspace});
        QCOMPARE(choice.exitCode, 2);
        QVERIFY(choice.err.find("--capture") != std::string::npos);
        const std::string second = std::to_string(captures()[1]["capture"].get<int>());
        QVERIFY(runCli({"flows", workspace, "--capture", second, "--csv"}).out ==
                runCli({"flows", copy.string(), "--bpf", "udp", "--csv"}).out);
        QCOMPARE(runCli({"flows", workspace, "--capture", "999"}).exitCode, 2);

        // The file's new content replaces both, and the stored flows need no file.
        std::filesystem::copy_file(samplePath("voice.pcapng"), copy, std::filesystem::copy_options::overwrite_existing);
        QCOMPARE(keep({}), 0);
        QCOMPARE(captures().size(), std::size_t{1});
        const std::string before = runCli({"flows", copy.string(), "--csv"}).out;
        std::filesystem::remove(copy);
        QVERIFY(runCli({"flows", workspace, "--csv"}).out == before);
        QCOMPARE(runCli({"export", workspace, "-o", m_directory.path("gone.csv").string()}).exitCode, 0);
        QCOMPARE(runCli({"export", workspace, "-o", m_directory.path("gone.pcapng").string()}).exitCode, 1);
        QCOMPARE(runCli({"packets", workspace}).exitCode, 2);
    }

    /// Ctrl+C: what was read is kept as such, an export leaves nothing. Tiny reads give the time to do it.
    void stoppedFromTheKeyboard()
    {
        const std::string workspace = m_directory.path("stopped.timbre").string();
        const auto big = m_directory.path("big.pcap");
        generator::Output output;
        QVERIFY(output.openFile(big.string()));
        (void)generator::streamTraffic(generator::StreamMix::Small, {.packets = 300'000, .flows = 3'000}, output);
        QVERIFY(output.finish());
        const auto result = test::runShell("\"$CLI\" analyze '" + big.string() + "' --block-bytes 64 --store '" +
                                           workspace + "' & p=$!; until [ -s '" + workspace +
                                           "' ]; do sleep 0.01; done; sleep 0.1; kill -INT $p; wait $p");
        if (result.exitCode == 0)
            QSKIP("This machine read the whole capture before it could be stopped.");
        QCOMPARE(result.exitCode, 130);
        QVERIFY(result.err.find("stopped") != std::string::npos);
        const auto kept = runCli({"flows", workspace});
        QCOMPARE(kept.exitCode, 3);
        QVERIFY(kept.err.find("stopped") != std::string::npos);
    }

    void workspaceThatCannotBeMade()
    {
        const auto result = runCli({"analyze", samplePath("voice.pcapng"), "--store", "/nowhere/case.timbre"});
        QCOMPARE(result.exitCode, 1);
        QVERIFY(!result.err.empty());
        // A file that is no capture leaves nothing in the workspace.
        const std::string workspace = m_directory.path("empty.timbre").string();
        QCOMPARE(runCli({"analyze", TIMBRE_SOURCE_DIR "/CMakeLists.txt", "--store", workspace}).exitCode, 1);
        QVERIFY(runCli({"info", workspace, "--json"}).out.empty());
        QCOMPARE(runCli({"flows", workspace}).exitCode, 1);
    }

private:
    test::CaptureDirectory m_directory;
};

QTEST_GUILESS_MAIN(CliExportTest)
#include "cli_export_test.moc"
