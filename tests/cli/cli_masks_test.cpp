// Recordings and masks on the command line: one after the other, as a script would.

#include "tests/cli/cli_runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using nlohmann::json;
using timbre::test::runCli;
using timbre::test::samplePath;

class CliMasksTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

    [[nodiscard]] std::string path(const char* name) const
    {
        return m_directory.filePath(QLatin1String(name)).toStdString();
    }

private slots:
    void aRecordingBecomesASignedMask()
    {
        const auto recorded = runCli({"record", samplePath("voice.pcapng"), "--service", "voice", "--filter",
                                      "app == rtp", "--payload-only", "-o", path("r")});
        QCOMPARE(recorded.exitCode, 0);
        const json summary = json::parse(recorded.out);
        QCOMPARE(summary["packets"].get<int>(), 1913);
        QCOMPARE(summary["end"].get<std::string>(), std::string("capture_ended"));
        QCOMPARE(runCli({"record", samplePath("voice.pcapng"), "--service", "voice", "-o", path("r")}).exitCode, 1);

        QCOMPARE(runCli({"mask", "make", path("r"), "-o", path("m")}).exitCode, 4); // too short
        const auto failing = runCli({"mask", "make", path("r"), "-o", path("m"), "--even-if-short"});
        QCOMPARE(failing.exitCode, 4); // the payload is speech, not random
        QVERIFY(json::parse(failing.out)["file"].is_null());
        QVERIFY(failing.err.find("random enough") != std::string::npos);
        QCOMPARE(runCli({"mask", "make", path("r"), "-o", path("m"), "--even-if-short", "--even-if-failed"}).exitCode,
                 4);

        QCOMPARE(runCli({"mask", "key", path("k")}).exitCode, 0);
        QCOMPARE(runCli({"mask", "sign", path("m"), "--key", path("k"), "-o", path("s")}).exitCode, 0);
        const auto verified = runCli({"mask", "verify", path("s"), "--key", path("k.pub")});
        QCOMPARE(verified.exitCode, 0);
        QCOMPARE(json::parse(verified.out)["signature"].get<std::string>(), std::string("valid"));
        QCOMPARE(runCli({"mask", "verify", path("m"), "--key", path("k.pub")}).exitCode, 4);

        const auto tested = runCli({"mask", "test", path("s"), path("r")});
        QCOMPARE(tested.exitCode, 4);
        const json test = json::parse(tested.out)["self_test"];
        QVERIFY(!test["passed"].get<bool>() && !test["entropy_penalty"]["kept"].get<bool>());
        QVERIFY(test["uplink_sizes"]["kept"].get<bool>());

        QCOMPARE(runCli({"mask", "import", path("s"), "--store", path("w.timbre")}).exitCode, 0);
        QCOMPARE(runCli({"mask", "import", path("s"), "--store", path("w.timbre")}).exitCode, 4);
        QCOMPARE(runCli({"mask", "import", path("s"), "--store", path("w.timbre"), "--force"}).exitCode, 0);
    }

    void wrongUsageIsSaid()
    {
        const std::string capture = samplePath("voice.pcapng");
        QCOMPARE(runCli({"record", capture}).exitCode, 2); // no service
        QCOMPARE(runCli({"record", capture, "--service", " "}).exitCode, 2);
        QCOMPARE(runCli({"record", capture, "--service", "v", "--idle", "-5"}).exitCode, 2);
        QCOMPARE(runCli({"record", capture, "--service", "v", "--filter", "port ==="}).exitCode, 2);
        QCOMPARE(runCli({"record", path("none"), "--service", "v"}).exitCode, 1);
        QCOMPARE(runCli({"record", capture, "--service", "v", "--filter", "port == 1", "-o", path("n")}).exitCode, 1);
        QVERIFY(!QFile::exists(m_directory.filePath("n")));

        const std::string mask = TIMBRE_SOURCE_DIR "/resources/masks/voip_call.json";
        QCOMPARE(runCli({"mask", "make", mask, "-o", path("n")}).exitCode, 1); // not a recording
        QVERIFY(runCli({"mask", "make", mask, "-o", path("n")}).err.find("missing") != std::string::npos);
        QCOMPARE(runCli({"mask", "test", mask, path("none")}).exitCode, 1);
        QCOMPARE(runCli({"mask", "sign", mask, "--key", path("none"), "-o", path("n")}).exitCode, 1);
        QCOMPARE(runCli({"mask", "key", path("other")}).exitCode, 0);
        const auto publicKey = runCli({"mask", "sign", mask, "--key", path("other.pub"), "-o", path("n")});
        QCOMPARE(publicKey.exitCode, 1);
        QVERIFY(publicKey.err.find("private key") != std::string::npos);
        QCOMPARE(runCli({"mask", "key", path("other")}).exitCode, 1); // never replaced
        QVERIFY(!QFile::exists(m_directory.filePath("n")));

        // Signed by a key that is not known: neither valid nor bad.
        QCOMPARE(runCli({"mask", "sign", mask, "--key", path("other"), "-o", path("known")}).exitCode, 0);
        const auto unknown = runCli({"mask", "verify", path("known")});
        QCOMPARE(unknown.exitCode, 4);
        QCOMPARE(json::parse(unknown.out)["signature"].get<std::string>(), std::string("no key"));
        QCOMPARE(json::parse(unknown.out)["reverse_signature"].get<std::string>(), std::string("no key"));
        const json shown = json::parse(runCli({"mask", "show", path("known")}).out);
        const json made = json::parse(runCli({"mask", "key", path("third")}).out);
        QVERIFY(shown["made_from"]["signed_by"].get<std::string>().size() == made["id"].get<std::string>().size());
    }

    void theBundledMasksAreClean()
    {
        for (const char* name : {"voip_call", "web_pages", "quic_pages"}) {
            const auto shown =
                runCli({"mask", "show", std::string(TIMBRE_SOURCE_DIR "/resources/masks/") + name + ".json"});
            QCOMPARE(shown.exitCode, 0);
            const json mask = json::parse(shown.out);
            QCOMPARE(mask["remarks"].size(), std::size_t{1}); // unsigned
            QCOMPARE(mask["remarks"][0]["rule"].get<std::string>(), std::string("L4"));
        }
    }

    void aBadMaskIsNamedByRuleAndField()
    {
        const auto shown =
            timbre::test::runShell("echo '{\"mask_id\":7}' > " + path("bad") + "; $CLI mask show " + path("bad"));
        QCOMPARE(shown.exitCode, 4);
        QCOMPARE(json::parse(shown.out)["refused"]["rule"].get<std::string>(), std::string("S2"));
        QCOMPARE(json::parse(shown.out)["refused"]["field"].get<std::string>(), std::string("mask_id"));
    }
};

QTEST_GUILESS_MAIN(CliMasksTest)
#include "cli_masks_test.moc"
