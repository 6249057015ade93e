// Checks against masks come back from a workspace exactly, NaN and infinity included, and go with their capture.

#include "engine/store/sqlite.h"
#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace timbre;
using namespace timbre::store;
using resonance::CheckRecord;
using resonance::MonitorResults;
using resonance::WindowRecord;

namespace {

std::shared_ptr<const MonitorResults> sampleResults(std::size_t checks)
{
    auto results = std::make_shared<MonitorResults>();
    results->maskIds = {"auto_voice_v1", "it's “quoted”"};
    results->masks.resize(2);
    results->telemetry = {{0.25, 180.5, 12, 10}, {}};
    results->anomalous = {true, false};
    results->limits = {0.2F, 0.4F};
    results->counters = {checks, 3, 4, 5, 6, 7};
    resonance::GrowingList<WindowRecord> windows;
    resonance::GrowingList<CheckRecord> list;
    for (std::size_t i = 0; i < checks; ++i) {
        WindowRecord window;
        window.flow = static_cast<std::uint32_t>(i / 2);
        window.from = {static_cast<std::int64_t>(i) * 1000};
        window.time = {static_cast<std::int64_t>(i) * 1000 + 999};
        window.packets = {200, 56};
        if (i % 3 != 0)
            window.features[1][63] = -12'345;
        if (i % 4 == 0)
            window.features[0][5] = 16'384;
        windows.add(window);
        CheckRecord check;
        check.time = window.time;
        check.flow = window.flow;
        check.window = i % 5 == 4 ? resonance::kNoWindow : static_cast<std::uint32_t>(i);
        check.mask = static_cast<std::uint16_t>(i % 2);
        check.packets = i % 7 == 6 ? 255 : 256; // not what its window says
        check.status = static_cast<resonance::Status>(1 + i % 3);
        check.final = i % 2 == 0;
        check.anomalous = i % 3 == 0;
        check.exact = i == 1   ? std::numeric_limits<float>::quiet_NaN()
                      : i == 2 ? std::numeric_limits<float>::infinity()
                               : 0.123F * static_cast<float>(i);
        check.score = 83.25F;
        check.confidence = 0.5F;
        check.contributions[2] = -1.5F;
        list.add(check);
    }
    results->windows = windows.view();
    results->checks = list.view();
    return results;
}

/// A workspace with one checked capture in it, closed again.
class OneCapture {
public:
    explicit OneCapture(std::size_t checks)
        : m_path(std::filesystem::path(m_folder.path().toStdString()) / "one.timbre")
    {
        test::RecordingObserver observer;
        auto workspace = Workspace::open(m_path, observer).value();
        m_key = workspace->beginCapture(test::sampleOrigin());
        CaptureOutcome outcome = test::sampleOutcome(0);
        outcome.resonance = sampleResults(checks);
        workspace->finishCapture(m_key, outcome);
        workspace->flush();
    }
    void change(const std::string& sql)
    {
        auto connection = Connection::open(m_path, OpenMode::ReadWrite, 0, {});
        QVERIFY(connection.ok());
        const auto done = connection->execute(sql.c_str(), "change the test's workspace");
        QVERIFY2(done.ok(), done.ok() ? "" : done.error().detail.c_str());
    }
    [[nodiscard]] Result<StoredCapture> load() const
    {
        return WorkspaceReader::open(m_path).value()->loadCapture(m_key);
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_path;
    CaptureKey m_key = CaptureKey::None;
};

bool sameCheck(const CheckRecord& a, const CheckRecord& b)
{
    const bool exact = std::isnan(a.exact) ? std::isnan(b.exact) : a.exact == b.exact;
    return exact && a.time == b.time && a.flow == b.flow && a.window == b.window && a.mask == b.mask &&
           a.packets == b.packets && a.status == b.status && a.final == b.final && a.anomalous == b.anomalous &&
           a.score == b.score && a.confidence == b.confidence && a.contributions == b.contributions;
}

} // namespace

class ResonanceRowsTest : public QObject {
    Q_OBJECT

private slots:
    void comeBackExactly()
    {
        constexpr std::size_t kChecks = 9001; // more than one chunk of the list
        const QTemporaryDir folder;
        const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "one.timbre";
        test::RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        QVERIFY(workspace.ok());
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        CaptureOutcome outcome = test::sampleOutcome(0);
        outcome.resonance = sampleResults(kChecks);
        (*workspace)->finishCapture(key, outcome);
        (*workspace)->flush();
        QVERIFY(!(*workspace)->status().problem);

        auto reader = WorkspaceReader::open(path);
        QVERIFY(reader.ok());
        const auto stored = (*reader)->loadCapture(key);
        QVERIFY(stored.ok());
        const auto& back = stored->outcome.resonance;
        QVERIFY(back != nullptr);
        QVERIFY(back->maskIds == outcome.resonance->maskIds);
        QCOMPARE(back->telemetry[0].loss, 0.25);
        QCOMPARE(back->telemetry[0].roundTrips, std::size_t{10});
        QVERIFY(back->anomalous == outcome.resonance->anomalous);
        QCOMPARE(back->limits.compromised, 0.4F);
        QCOMPARE(back->counters.flowsTooShort, std::uint64_t{6});
        QCOMPARE(back->checks.size(), kChecks);
        QCOMPARE(back->windows.size(), kChecks);
        for (std::size_t i = 0; i < kChecks; ++i) {
            QVERIFY(sameCheck(back->checks[i], outcome.resonance->checks[i]));
            QVERIFY(back->windows[i].features == outcome.resonance->windows[i].features);
            QCOMPARE(back->windows[i].from, outcome.resonance->windows[i].from);
        }
    }

    void damageIsNoticed_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("cut check") << "UPDATE resonance_check_blocks SET checks = substr(checks, 1, 30)";
        QTest::newRow("mask there is not") << "UPDATE resonance_check_blocks SET checks = CAST(replace(hex(zeroblob(32)),"
                                              " '00', char(255)) AS BLOB)";
        QTest::newRow("window there is not") << "UPDATE resonance_window_blocks SET windows = zeroblob(40)";
        QTest::newRow("more packets than fit") << "UPDATE resonance_window_blocks SET windows ="
                                                  " CAST(substr(windows, 1, 20) || x'ffff' || substr(windows, 23) AS BLOB)";
        QTest::newRow("cut window") << "UPDATE resonance_window_blocks SET windows = substr(windows, 1, 39)";
        QTest::newRow("cut features") << "UPDATE resonance_window_blocks SET windows = substr(windows, 1, 41)";
    }
    void damageIsNoticed()
    {
        QFETCH(QString, change);
        OneCapture capture(20);
        QVERIFY(capture.load().ok());
        capture.change(change.toStdString());
        const auto stored = capture.load();
        QVERIFY(!stored.ok());
        QCOMPARE(stored.error().code, ErrorCode::Damaged);
    }

    /// Up to schema 10 each check and each window had a row of its own.
    void rowsFromBeforeAreRead()
    {
        OneCapture capture(4);
        capture.change("DELETE FROM resonance_check_blocks; DELETE FROM resonance_window_blocks;"
                       "INSERT INTO resonance_windows SELECT capture_id, 0, 7, 1000, 1999, 200, 56,"
                       " CAST(zeroblob(254) || x'0201' AS BLOB) FROM resonance_runs;"
                       "INSERT INTO resonance_checks SELECT capture_id, 0, 7, 1999, 1, 256, 6, NULL, 83.25, 0.5, 0,"
                       " zeroblob(24) FROM resonance_runs;");
        const auto stored = capture.load();
        QVERIFY2(stored.ok(), stored.ok() ? "" : stored.error().detail.c_str());
        const MonitorResults& back = *stored->outcome.resonance;
        QCOMPARE(back.checks.size(), std::size_t{1});
        QCOMPARE(back.windows.size(), std::size_t{1});
        QCOMPARE(back.windows[0].features[1][63], std::int16_t{0x0102});
        const CheckRecord& check = back.checks[0];
        QVERIFY(std::isnan(check.exact) && check.final && !check.anomalous);
        QCOMPARE(check.status, resonance::Status::Warning);
        QCOMPARE(check.window, 0U);
        capture.change("UPDATE resonance_checks SET mask = 2");
        QVERIFY(!capture.load().ok());
    }

    void noneWithoutMasks()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "one.timbre";
        test::RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        QVERIFY(workspace.ok());
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        (*workspace)->finishCapture(key, test::sampleOutcome(0));
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(path);
        QVERIFY(reader.ok());
        const auto stored = (*reader)->loadCapture(key);
        QVERIFY(stored.ok());
        QVERIFY(stored->outcome.resonance == nullptr);
    }
};

QTEST_GUILESS_MAIN(ResonanceRowsTest)
#include "resonance_rows_test.moc"
