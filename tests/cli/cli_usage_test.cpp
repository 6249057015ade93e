// What timbre-cli tells the shell: help, wrong usage, exit codes, outputs that cannot be written.

#include "tests/cli/cli_runner.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QRegularExpression>
#include <QTest>

using namespace timbre;
using test::runCli;
using test::runShell;
using test::samplePath;

namespace {

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class CliUsageTest : public QObject {
    Q_OBJECT

private slots:
    void everyCommandExplainsItself_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command : {"info", "analyze", "flows", "packets", "resonance", "export"})
            QTest::addRow("%s", command) << command;
    }

    void everyCommandExplainsItself()
    {
        QFETCH(QString, command);
        const auto help = runCli({command.toStdString(), "--help"});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(contains(help.out, "Examples:"));
        QVERIFY(contains(help.out, "Exit codes: 0 done"));
        QVERIFY(!contains(help.out, "block-bytes"));
        QCOMPARE(runCli({"help", command.toStdString()}).out, help.out);
        QVERIFY(contains(runCli({"--help"}).out, "  " + command.toStdString() + " "));
        // Without its file a command is used wrongly.
        QCOMPARE(runCli({command.toStdString()}).exitCode, 2);
    }

    /// The man page, and the list at the top of the manual's page.
    void bothPagesKnowEveryCommand()
    {
        const std::string page = test::readFile(TIMBRE_SOURCE_DIR "/installers/linux/timbre-cli.1");
        const std::string manual = test::readFile(TIMBRE_SOURCE_DIR "/resources/manual/command-line.md");
        const QString help = QString::fromStdString(runCli({"--help"}).out);
        const QRegularExpression command("^  ([a-z]+)  +\\S", QRegularExpression::MultilineOption);
        auto found = command.globalMatch(help.mid(help.indexOf("Subcommands:")));
        int known = 0;
        while (found.hasNext()) {
            const std::string name = found.next().captured(1).toStdString();
            QVERIFY2(contains(page, "\n.B " + name + "\n"), name.c_str());
            QVERIFY2(contains(manual, "\ntimbre-cli " + name + " "), name.c_str());
            ++known;
        }
        QVERIFY(known > 10);
    }

    /// Every option and command that --help names is on the manual's page.
    void theManualKnowsEveryOption()
    {
        const std::string manual = test::readFile(TIMBRE_SOURCE_DIR "/resources/manual/command-line.md");
        const QRegularExpression option("^  (?:-\\w,)?(--[a-z-]+)", QRegularExpression::MultilineOption);
        int known = 0;
        for (const char* command : {"info", "analyze", "flows", "packets", "resonance", "export"}) {
            auto found = option.globalMatch(QString::fromStdString(runCli({command, "--help"}).out));
            while (found.hasNext()) {
                const std::string name = found.next().captured(1).toStdString();
                QVERIFY2(name == "--output" || contains(manual, name), name.c_str()); // the page says -o
                ++known;
            }
        }
        QVERIFY(known > 40);
    }

    void whatIsNotUnderstoodIsNamed()
    {
        const auto saysOf = [](const std::vector<std::string>& words, std::string_view text) {
            const auto run = runCli(words);
            return run.exitCode == 2 && run.out.empty() && contains(run.err, text);
        };
        QVERIFY(saysOf({}, "timbre-cli: A command is missing.\n`timbre-cli --help`"));
        QVERIFY(saysOf({"inof", "a.pcap"}, "timbre-cli: There is no command “inof”; `timbre-cli --help`"));
        QVERIFY(saysOf({"mask", "maek"}, "There is no command “maek”; `timbre-cli mask --help`"));
        QVERIFY(saysOf({"mask", "make"}, "timbre-cli: R is required.\n`timbre-cli mask make --help`"));
        QVERIFY(saysOf({"flows", "a.pcap", "--wrong"}, "--wrong.\n`timbre-cli flows --help`"));
        QVERIFY(saysOf({"--wrong"}, "There is no option “--wrong” here; `timbre-cli --help`"));
    }

    void versionAndFields()
    {
        QCOMPARE(runCli({"--version"}).out, std::string("timbre-cli " TIMBRE_VERSION "\n"));
        const auto fields = runCli({"help", "fields"});
        QCOMPARE(fields.exitCode, 0);
        for (const char* name : {"flow.bytes", "sni", "retransmissions", "syn_sent", "tcp.port"})
            QVERIFY2(contains(fields.out, name), name);
        QCOMPARE(runCli({"help", "nonsense"}).exitCode, 2);
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const QString file = QString::fromStdString(samplePath("tunnels.pcap"));
        QTest::newRow("nothing") << QStringList{} << "A command is missing";
        QTest::newRow("option") << QStringList{"info", file, "--frobnicate"} << "--frobnicate";
        QTest::newRow("formats") << QStringList{"flows", file, "--csv", "--json"} << "exclude each other";
        QTest::newRow("packet filter") << QStringList{"analyze", file, "--bpf", "udp prt 53"} << "udp prt 53";
        QTest::newRow("two as CSV") << QStringList{"analyze", file, file, "--csv"} << "--json";
        QTest::newRow("sort") << QStringList{"flows", file, "--sort", "bites"} << "bytes";
        QTest::newRow("time") << QStringList{"flows", file, "--from", "yesterday"} << "yesterday";
        QTest::newRow("times") << QStringList{"flows", file, "--from", "2026-01-02", "--to", "2026-01-01"} << "before";
        QTest::newRow("hex alone") << QStringList{"packets", file, "--hex"} << "--packet";
        QTest::newRow("packet 0") << QStringList{"packets", file, "--packet", "0"} << "--packet";
        QTest::newRow("no such flow") << QStringList{"packets", file, "--flow", "100000"} << "no flow 100000";
        QTest::newRow("capture of a file") << QStringList{"flows", file, "--capture", "1"} << "workspace";
        QTest::newRow("format unknown") << QStringList{"export", file, "-o", "x.doc"} << "--format";
        QTest::newRow("onto itself") << QStringList{"export", file, "-o", file, "--format", "csv", "--force"}
                                     << "another name";
    }

    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const auto result = runCli(list);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(contains(result.err, said.toStdString()), result.err.c_str());
        QVERIFY(result.out.empty());
    }

    void filterErrorPointsAtTheToken()
    {
        for (const char* command : {"analyze", "flows", "packets"}) {
            const auto result =
                runCli({command, samplePath("tunnels.pcap"), "--filter", "proto == tcp and prt == 443"});
            QCOMPARE(result.exitCode, 2);
            QVERIFY2(contains(result.err, "  proto == tcp and prt == 443\n"
                                          "                   ^^^\n"),
                     result.err.c_str());
            QVERIFY(contains(result.err, "did you mean port?"));
        }
    }

    void filesThatCannotBeRead()
    {
        for (const char* command : {"info", "analyze", "flows", "packets"}) {
            const auto missing = runCli({command, m_directory.path("missing.pcap").string()});
            QCOMPARE(missing.exitCode, 1);
            QVERIFY(contains(missing.err, "missing.pcap"));
            QCOMPARE(runCli({command, TIMBRE_SOURCE_DIR "/CMakeLists.txt"}).exitCode, 1);
        }
        // The others are still done.
        const auto two = runCli({"analyze", m_directory.path("missing.pcap").string(), samplePath("voice.pcapng")});
        QCOMPARE(two.exitCode, 1);
        QVERIFY(contains(two.out, "voice.pcapng"));
    }

    void damageIsExitCode3()
    {
        auto traffic = generator::officeTraffic({.seed = 3});
        generator::CaptureFileOptions options;
        options.damage = {{generator::DamageKind::CutInBody, 1'000}};
        const std::string cut = m_directory.write("cut.pcapng", traffic, options).string();
        for (const char* command : {"info", "analyze", "flows", "packets"}) {
            const auto result = runCli({command, cut});
            QCOMPARE(result.exitCode, 3);
            QVERIFY2(contains(result.out + result.err, "ends inside"), command);
            QVERIFY(!result.out.empty());
        }
        const std::string target = m_directory.path("cut.csv").string();
        QCOMPARE(runCli({"export", cut, "-o", target}).exitCode, 3);
        QVERIFY(std::filesystem::exists(target));
        QCOMPARE(runCli({"export", cut, "-o", m_directory.path("out.pcapng").string()}).exitCode, 3);
        QCOMPARE(runCli({"packets", cut, "--json"}).exitCode, 3);
        QCOMPARE(test::splitLines(runCli({"packets", cut, "--json"}).out).size(), std::size_t{1'000});
    }

    void capOnTheListIsExitCode3()
    {
        const auto capped = runCli({"flows", samplePath("office.pcapng"), "--max-listed", "20", "--csv"});
        QCOMPARE(capped.exitCode, 3);
        QCOMPARE(test::parseCsv(capped.out).size(), std::size_t{21});
        QVERIFY(contains(capped.err, "past the first 20"));
        // Asking for fewer is no cap.
        const auto limited = runCli({"flows", samplePath("office.pcapng"), "--limit", "20", "--csv"});
        QCOMPARE(limited.exitCode, 0);
        QCOMPARE(limited.out, capped.out);
    }

    void fullDiskIsAnError()
    {
        const std::string file = samplePath("office.pcapng");
        for (const auto& arguments : std::vector<std::vector<std::string>>{{"info", file},
                                                                           {"analyze", file},
                                                                           {"analyze", file, "--json"},
                                                                           {"flows", file},
                                                                           {"packets", file},
                                                                           {"packets", file, "--packet", "3"},
                                                                           {"help", "fields"}}) {
            const auto result = runCli(arguments, "/dev/full");
            QCOMPARE(result.exitCode, 1);
            QVERIFY(contains(result.err, "standard output"));
        }
    }

    void readerThatGoesAwayEndsItQuietly()
    {
        const auto result = runShell("\"$CLI\" packets '" + samplePath("office.pcapng") +
                                     "' --json | head -n 1; exit ${PIPESTATUS[0]}");
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.err.empty());
        QCOMPARE(test::splitLines(result.out).size(), std::size_t{1});
    }

    void nothingButResultsOnStandardOutput()
    {
        const auto result = runCli({"analyze", samplePath("voice.pcapng")});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.err.empty()); // no progress: it is no terminal
    }

    /// Names and paths come from others: they must not move the cursor.
    void controlCharactersAreSpelledOut()
    {
        const auto path = m_directory.path("a\x1b[31mb.pcapng");
        std::filesystem::copy_file(samplePath("voice.pcapng"), path);
        for (const char* command : {"info", "analyze"}) {
            const auto result = runCli({command, path.string()});
            QCOMPARE(result.exitCode, 0);
            QVERIFY(!contains(result.out, "\x1b"));
            QVERIFY(contains(result.out, "a\\x1b[31mb.pcapng"));
        }
    }

private:
    test::CaptureDirectory m_directory;
};

QTEST_GUILESS_MAIN(CliUsageTest)
#include "cli_usage_test.moc"
