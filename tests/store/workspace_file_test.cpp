// What may lie where a workspace is expected: nothing, an older one, a newer one, something else, something made to
// harm. What is refused is not changed by a byte.

#include "engine/store/schema.h"
#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <fmt/format.h>

#include <fstream>
#include <set>

using namespace timbre;
using namespace timbre::store;
using test::RecordingObserver;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void overwrite(const fs::path& path, std::size_t offset, std::string_view bytes)
{
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string messageOf(const Error& error)
{
    return error.message + " | " + error.detail;
}

} // namespace

class WorkspaceFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "w.timbre";
    }

    void everyOlderVersionIsBroughtUpToDate_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 1; version <= currentSchemaVersion(); ++version)
            QTest::addRow("version %d", version) << version;
    }

    void everyOlderVersionIsBroughtUpToDate()
    {
        QFETCH(int, version);
        sql("");
        {
            auto connection = Connection::open(m_path, OpenMode::ReadWrite, 0, {});
            QVERIFY(connection.ok());
            QVERIFY(migrate(*connection, version).ok());
        }
        sql("INSERT INTO captures (id, state, path, file_size, file_modified_ns, content_key, analysis_key,"
            " capture_filter, opened_at_ns) VALUES (5, 'complete', '/old.pcap', 1, 2, 'k', 'a', '', 3);"
            "INSERT INTO counters VALUES (5, 'packets', 77)");
        if (version < currentSchemaVersion()) {
            const auto reader = WorkspaceReader::open(m_path);
            QVERIFY(!reader.ok()); // a reader changes nothing, so it cannot help
            QCOMPARE(reader.error().code, ErrorCode::Unsupported);
        }
        auto workspace = Workspace::open(m_path, m_observer);
        QVERIFY2(workspace.ok(), workspace.ok() ? "" : messageOf(workspace.error()).c_str());
        auto reader = WorkspaceReader::open(m_path);
        QVERIFY(reader.ok());
        auto stored = (*reader)->loadCapture(CaptureKey{5});
        QVERIFY(stored.ok());
        QCOMPARE(stored->origin.file.path, std::string("/old.pcap"));
        QCOMPARE(stored->outcome.counters, (std::vector<NamedCounter>{{"packets", 77}}));
        const CaptureKey next = (*workspace)->beginCapture(test::sampleOrigin());
        QCOMPARE(next, CaptureKey{6});
        (*workspace)->finishCapture(next, test::sampleOutcome(0));
        (*workspace)->flush();
        QVERIFY((*reader)->loadSnapshot(next).ok());
    }

    /// Version 9 kept a sentence in English.
    void whatIsMissingForAVerdictGetsAName()
    {
        constexpr int kSentences = 9;
        sql("");
        {
            auto connection = Connection::open(m_path, OpenMode::ReadWrite, 0, {});
            QVERIFY(connection.ok());
            QVERIFY(migrate(*connection, kSentences).ok());
        }
        sql("INSERT INTO captures (id, state, path, file_size, file_modified_ns, content_key, analysis_key,"
            " capture_filter, opened_at_ns) VALUES (5, 'complete', '/old.pcap', 1, 2, 'k', 'a', '', 3)");
        const auto stream = [&](int position, const char* media, int packets, std::int64_t ns, const char* missing) {
            sql(fmt::format("INSERT INTO audio_streams VALUES (5, {}, 0, 'initiator', '192.0.2.1', 1, '192.0.2.2', 2,"
                            " 'RTP', 'sdp', 'none', '{}', 1, 'PCMU', '0', 8000, 0, {}, 1, 9, {}, 1, 1, 0, 0, 0, 0,"
                            " NULL, 20, 0, 0, NULL, 'none', NULL, 0, NULL, NULL, NULL, 'legitimate', 0.5, 0, '{}',"
                            " NULL, NULL, NULL, 0, 0, 0, 1, NULL)",
                            position, media, ns, packets, missing));
        };
        stream(0, "audio", 12, 90, "12 of 50 packets");
        stream(1, "audio", 60, 300'000'000, "0.3 of 0.8 s");
        stream(2, "audio", 60, 900'000'000, "unclear after 60 packets and 0.9 s");
        stream(3, "video", 900, 900'000'000, "video is not judged");
        stream(4, "audio", 900, 900'000'000, "");
        QVERIFY(Workspace::open(m_path, m_observer).ok());
        auto connection = Connection::open(m_path, OpenMode::ReadOnly, 0, {});
        QVERIFY(connection.ok());
        auto row = connection->prepare("SELECT missing FROM audio_streams ORDER BY position", "test");
        QVERIFY(row.ok());
        for (const std::string_view name : {"packets", "time", "clarity", "judge", ""}) {
            QVERIFY(*row->step("test"));
            QCOMPARE(row->text(0), name);
        }
    }

    void anEmptyFileBecomesAWorkspace()
    {
        std::ofstream(m_path).flush();
        QVERIFY(Workspace::open(m_path, m_observer).ok());
        QVERIFY(WorkspaceReader::open(m_path).ok());
    }

    void aMissingFileIsMadeByTheWriterOnly()
    {
        QCOMPARE(WorkspaceReader::open(m_path).error().code, ErrorCode::NotFound);
        QVERIFY(!fs::exists(m_path));
        QVERIFY(Workspace::open(m_path, m_observer).ok());
        QVERIFY(!fs::exists(m_path.native() + ".new")); // the draft it was built in
    }

    void aMissingFolderIsSaid()
    {
        const auto refused = Workspace::open(m_path / "deeper" / "w.timbre", m_observer);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
    }

    void aLogOfADeletedWorkspaceIsNotTaken()
    {
        {
            auto workspace = Workspace::open(m_path, m_observer);
            (*workspace)->beginCapture(test::sampleOrigin("/old.pcap"));
            (*workspace)->flush();
            fs::copy_file(m_path.native() + "-wal", m_path.native() + "-saved");
        }
        fs::remove(m_path);
        fs::rename(m_path.native() + "-saved", m_path.native() + "-wal");
        auto workspace = Workspace::open(m_path, m_observer);
        QVERIFY(workspace.ok());
        QCOMPARE((*WorkspaceReader::open(m_path))->listCaptures()->size(), std::size_t{0});
    }

    void aNewerWorkspaceIsRefused()
    {
        makeWorkspace();
        sql("PRAGMA user_version = 1000");
        refused(ErrorCode::Unsupported, "newer Timbre");
    }

    void whatIsNoWorkspaceIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("This is a letter, and not a short one.\n").repeated(100);
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("capture") << QByteArray::fromHex("d4c3b2a1020004000000000000000000ffff000001000000");
        QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("header and noise") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\x7f');
    }

    void whatIsNoWorkspaceIsRefused()
    {
        QFETCH(QByteArray, content);
        std::ofstream(m_path, std::ios::binary).write(content.constData(), content.size());
        refused(ErrorCode::UnknownFormat, "not a Timbre workspace");
    }

    void aDatabaseOfAnotherProgramIsRefused()
    {
        sql("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, url TEXT); PRAGMA user_version = 3");
        refused(ErrorCode::UnknownFormat, "not a Timbre workspace");
    }

    void aFolderIsRefused()
    {
        fs::create_directory(m_path);
        QCOMPARE(Workspace::open(m_path, m_observer).error().code, ErrorCode::UnknownFormat);
        QCOMPARE(WorkspaceReader::open(m_path).error().code, ErrorCode::UnknownFormat);
    }

    void foreignTablesInOurPlaceAreRefused_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("trigger") << "CREATE TRIGGER t AFTER INSERT ON captures BEGIN DELETE FROM flow_rows; END";
        QTest::newRow("a view that never ends for a table")
            << "DROP TABLE counters; CREATE VIEW counters AS WITH RECURSIVE c(capture_id) AS (SELECT 1 UNION ALL"
               " SELECT capture_id FROM c) SELECT capture_id, 'n' AS name, 1 AS value FROM c";
        QTest::newRow("column missing") << "ALTER TABLE captures DROP COLUMN hardware";
        QTest::newRow("table missing") << "DROP TABLE messages";
        QTest::newRow("another view") << "DROP VIEW flows; CREATE VIEW flows AS SELECT 1";
    }

    void foreignTablesInOurPlaceAreRefused()
    {
        QFETCH(QString, change);
        makeWorkspace();
        sql(change.toStdString());
        refused(ErrorCode::Damaged, "tables are not the ones");
    }

    void theAnalystsOwnViewsAreWelcome()
    {
        makeWorkspace();
        sql("CREATE VIEW mine AS SELECT count(*) FROM flows; CREATE INDEX i ON flow_rows (started_ns)");
        QVERIFY(Workspace::open(m_path, m_observer).ok());
    }

    void aTruncatedFileIsRefused()
    {
        makeWorkspace(20'000);
        fs::resize_file(m_path, fs::file_size(m_path) / 2);
        refused(ErrorCode::Damaged, "damaged");
    }

    void damageInsideIsAnErrorWhenItIsMet()
    {
        makeWorkspace(20'000);
        const std::size_t size = fs::file_size(m_path);
        overwrite(m_path, size / 2 / 4096 * 4096, std::string(4096 * 20, '\xee'));
        const std::string before = contentOf(m_path);
        auto reader = WorkspaceReader::open(m_path);
        QVERIFY(reader.ok());
        const auto snapshot = (*reader)->loadSnapshot(CaptureKey{1});
        QVERIFY(!snapshot.ok());
        QCOMPARE(snapshot.error().code, ErrorCode::Damaged);
        reader->reset();
        QCOMPARE(contentOf(m_path), before);
    }

    void impossibleValuesAreAnError_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("app") << "UPDATE flow_rows SET kinds = kinds | (255 << 20)";
        QTest::newRow("more bits") << "UPDATE flow_rows SET kinds = kinds | (1 << 50)";
        QTest::newRow("address") << "UPDATE flow_rows SET initiator_address = '10.0.0.256'";
        QTest::newRow("families") << "UPDATE flow_rows SET initiator_address = '::1', responder_address = '10.0.0.1'";
        QTest::newRow("history") << "UPDATE flow_rows SET history = '12345678901234567'";
        QTest::newRow("number of flows") << "UPDATE captures SET flow_count = 1000000000000";
        QTest::newRow("bins") << "UPDATE overviews SET bins = zeroblob(5000 * 16)";
        QTest::newRow("part of a bin") << "UPDATE overviews SET bins = zeroblob(17)";
        QTest::newRow("bin width") << "UPDATE overviews SET bin_ns = 0";
        QTest::newRow("bins beyond time") << "UPDATE overviews SET first_bin = 9223372036854775807";
    }

    void impossibleValuesAreAnError()
    {
        QFETCH(QString, change);
        makeWorkspace(100);
        sql(change.toStdString());
        auto reader = WorkspaceReader::open(m_path);
        QVERIFY(reader.ok());
        const auto capture = (*reader)->loadCapture(CaptureKey{1});
        const auto flows = (*reader)->loadSnapshot(CaptureKey{1});
        QVERIFY(!capture.ok() || !flows.ok());
        QCOMPARE(capture.ok() ? flows.error().code : capture.error().code, ErrorCode::Damaged);
    }

    void theViewNamesWhatTheRowsPack()
    {
        makeWorkspace(0);
        {
            auto workspace = Workspace::open(m_path, m_observer);
            auto names = std::make_shared<StringPool>();
            test::RandomFlows random(9);
            std::vector<flow::FlowRecord> flows;
            for (std::uint32_t i = 0; i < 500; ++i) {
                flows.push_back(random.next(i, *names));
                for (flow::SideStats& side : flows.back().sides) {
                    side.packets &= 0xffff'ffff; // sums that SQL can hold
                    side.bytes &= 0xffff'ffff;
                    side.originalBytes &= 0xffff'ffff;
                }
            }
            m_expected = flows;
            const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
            (*workspace)->addFlows(key, std::move(flows), names);
            (*workspace)->finishCapture(key, test::sampleOutcome(500));
        }
        auto connection = Connection::open(m_path, OpenMode::ReadOnly, 0, {});
        QVERIFY(connection.ok());
        auto row = connection->prepare(
            "SELECT flow_index, initiator_port, responder_port, ip_protocol, bytes, responder_original_bytes,"
            " responder_retransmissions, initiator_zero_windows, responder_last_ttl, coalesce(vlan, 65535),"
            " coalesce(end_reason, ''), coalesce(app, ''), transport, tcp_state, coalesce(tunnel, ''), started"
            " FROM flows WHERE capture_id = 2 ORDER BY id",
            "test");
        QVERIFY2(row.ok(), row.ok() ? "" : messageOf(row.error()).c_str());
        for (const flow::FlowRecord& flow : m_expected) {
            QVERIFY(*row->step("test"));
            compareWithView(flow, *row);
        }
        QVERIFY(!*row->step("test"));
    }

    void theQueriesOfTheManualWork()
    {
        makeWorkspace(100);
        const std::string page = contentOf(fs::path(TIMBRE_SOURCE_DIR) / "resources/manual/workspace-format.md");
        int queries = 0;
        constexpr std::string_view kBegin = "```sql\n";
        for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at)) {
            at += kBegin.size();
            sql(page.substr(at, page.find("```", at) - at));
            ++queries;
        }
        QVERIFY(queries >= 5);
    }

private:
    static void compareWithView(const flow::FlowRecord& flow, const Statement& row)
    {
        constexpr std::array<std::string_view, 17> kApps{"",    "dns",  "http", "tls",  "quic", "ssh",
                                                         "sip", "rtp",  "rtcp", "stun", "dtls", "smtp",
                                                         "ftp", "dhcp", "ntp",  "mdns", "ssdp"};
        constexpr std::array<std::string_view, 6> kTransports{"other", "tcp", "udp", "icmp", "icmp6", "sctp"};
        constexpr std::array<std::string_view, 8> kStates{"active",   "syn_sent",    "syn_received", "established",
                                                          "fin_wait", "closing_tcp", "closed",       "reset"};
        constexpr std::array<std::string_view, 9> kTunnels{"",         "gre",    "vxlan", "geneve", "gtp-u",
                                                           "ip-in-ip", "teredo", "mpls",  "pppoe"};
        constexpr std::array<std::string_view, 4> kEnds{"fin", "rst", "idle_timeout", "evicted"};
        using flow::Side;
        QCOMPARE(row.natural(0), std::uint64_t{flow.index});
        QCOMPARE(row.natural(1), std::uint64_t{flow.port(Side::Initiator)});
        QCOMPARE(row.natural(2), std::uint64_t{flow.port(Side::Responder)});
        QCOMPARE(row.natural(3), std::uint64_t{flow.key.protocol});
        QCOMPARE(row.natural(4), flow.bytes());
        QCOMPARE(row.natural(5), flow.sides[1].originalBytes);
        QCOMPARE(row.natural(6), std::uint64_t{flow.sides[1].retransmissions});
        QCOMPARE(row.natural(7), std::uint64_t{flow.sides[0].zeroWindows});
        QCOMPARE(row.natural(8), std::uint64_t{flow.sides[1].lastTtl});
        QCOMPARE(row.natural(9), std::uint64_t{flow.vlan});
        QCOMPARE(row.text(10), flow.ended ? kEnds[static_cast<std::size_t>(flow.endReason)] : std::string_view());
        QCOMPARE(row.text(11), kApps[static_cast<std::size_t>(flow.app)]);
        QCOMPARE(row.text(12), kTransports[static_cast<std::size_t>(flow.key.l4)]);
        QCOMPARE(row.text(13), kStates[static_cast<std::size_t>(flow.state)]);
        QCOMPARE(row.text(14), kTunnels[static_cast<std::size_t>(flow.tunnel)]);
        QCOMPARE(std::string(row.text(15)), formatUtc(flow.started));
    }

    void makeWorkspace(std::uint32_t flows = 10)
    {
        auto workspace = Workspace::open(m_path, m_observer);
        QVERIFY(workspace.ok());
        auto names = std::make_shared<StringPool>();
        test::RandomFlows random(4);
        std::vector<flow::FlowRecord> records;
        for (std::uint32_t i = 0; i < flows; ++i)
            records.push_back(random.nextUsual(i, *names));
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        (*workspace)->addFlows(key, std::move(records), names);
        (*workspace)->finishCapture(key, test::sampleOutcome(flows));
    }

    /// Changes the file past the store; makes it when it is not there.
    void sql(const std::string& text)
    {
        sqlite3* database = nullptr;
        QCOMPARE(sqlite3_open(m_path.c_str(), &database), SQLITE_OK);
        char* message = nullptr;
        const int code = sqlite3_exec(database, text.c_str(), nullptr, nullptr, &message);
        const std::string words = message ? message : "";
        sqlite3_free(message);
        sqlite3_close(database);
        QVERIFY2(code == SQLITE_OK, words.c_str());
    }

    /// Writer and reader refuse it alike, and nothing is changed or left beside it.
    void refused(ErrorCode code, const char* words)
    {
        const std::string before = contentOf(m_path);
        std::set<fs::path> filesBefore;
        for (const auto& entry : fs::directory_iterator(m_path.parent_path()))
            filesBefore.insert(entry.path());
        const auto writer = Workspace::open(m_path, m_observer);
        const auto reader = WorkspaceReader::open(m_path);
        QVERIFY(!writer.ok());
        QVERIFY(!reader.ok());
        QVERIFY2(writer.error().code == code, messageOf(writer.error()).c_str());
        QVERIFY2(reader.error().code == code, messageOf(reader.error()).c_str());
        QVERIFY2(writer.error().message.find(words) != std::string::npos, writer.error().message.c_str());
        QCOMPARE(contentOf(m_path), before);
        std::set<fs::path> filesAfter;
        for (const auto& entry : fs::directory_iterator(m_path.parent_path()))
            filesAfter.insert(entry.path());
        QVERIFY(filesAfter == filesBefore);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
    RecordingObserver m_observer;
    std::vector<flow::FlowRecord> m_expected;
};

QTEST_GUILESS_MAIN(WorkspaceFileTest)
#include "workspace_file_test.moc"
