// What every command of timbre-cli writes about a capture planted with secrets, and what it says meanwhile, is searched
// for them.

#include "tests/cli/cli_runner.h"
#include "tests/support/planted_capture.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using timbre::test::CliResult;
using timbre::test::runCli;

class CliCanaryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    int m_runs = 0;

    [[nodiscard]] std::string path(const std::string& name) const
    {
        return (std::filesystem::path(m_directory.path().toStdString()) / name).string();
    }
    /// Output and messages become files like all others.
    void run(int exitCode, std::vector<std::string> arguments)
    {
        const CliResult result = runCli(arguments);
        QVERIFY2(result.exitCode == exitCode, (arguments.front() + ": " + result.err).c_str());
        std::ofstream(path("log-" + std::to_string(++m_runs)), std::ios::binary) << result.out << result.err;
    }

private slots:
    void noCommandTellsASecret()
    {
        const std::string capture = path("planted.pcap");
        std::ofstream(capture, std::ios::binary) << timbre::test::plantedCapture();
        run(0, {"analyze", capture, "--all", "--json", "--store", path("case.timbre")});
        run(0, {"info", capture, "--json"});
        run(0, {"flows", capture, "--json"});
        run(0, {"flows", path("case.timbre"), "--csv"});
        run(0, {"audio", capture});
        for (const char* list : {"signals", "trends", "anomalies", "entities"}) {
            run(0, {list, capture, "--json", "--ja4h"});
            run(0, {list, path("case.timbre"), "--json"});
        }
        run(0, {"signals", capture, "--csv", "--plain-hashes"});
        run(0, {"anomalies", capture, "--eve"});
        for (const char* name : {"f.csv", "f.json", "f.zeek"})
            run(0, {"export", capture, "-o", path(name), "--format", std::string(name).substr(2)});

        run(0, {"mask", "key", path("k")});
        run(0,
            {"record", capture, "--service", "everything", "--idle", "0", "-o", path("all"), "--key", path("k.pub")});
        run(0, {"record", capture, "--service", "talk", "--filter", "port == 7000", "-o", path("talk")});
        run(0, {"mask", "make", path("talk"), "-o", path("talk.json"), "--key", path("k")});
        run(0, {"mask", "make", path("all"), "-o", path("all.json")});
        run(0, {"mask", "test", path("talk.json"), path("talk")});
        run(0, {"mask", "show", path("talk.json"), path("all.json")});
        run(0, {"mask", "import", path("talk.json"), path("all.json"), "--store", path("case.timbre")});
        std::filesystem::create_directory(path("masks"));
        std::filesystem::copy_file(path("talk.json"), path("masks/talk.json"));
        run(0, {"resonance", capture, "--masks", path("masks")});
        run(0, {"capture", "--replay", capture, "--speed", "0", "--json", "--spool", path("spool")});

        int files = 0;
        const auto found = timbre::test::markersIn(m_directory.path().toStdString(), files);
        QVERIFY2(found.empty(), found.empty() ? "" : found.front().c_str());
        QVERIFY2(files > m_runs + 8, std::to_string(files).c_str());
    }
};

QTEST_GUILESS_MAIN(CliCanaryTest)
#include "cli_canary_test.moc"
