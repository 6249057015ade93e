// Checks against masks come back from a workspace exactly, NaN and infinity included, and go with their capture.

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
        window.features[1][63] = -12'345;
        windows.add(window);
        CheckRecord check;
        check.time = window.time;
        check.flow = window.flow;
        check.window = i % 5 == 4 ? resonance::kNoWindow : static_cast<std::uint32_t>(i);
        check.mask = static_cast<std::uint16_t>(i % 2);
        check.packets = 256;
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
