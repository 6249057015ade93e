// Signals come back from a workspace with their texts, what is past its cap is counted, and they go with their capture.

#include "tests/store/store_fixtures.h"

#include <QtTest>

using namespace timbre;
using namespace timbre::store;

namespace {

std::shared_ptr<const trends::TrendsResult> sampleTrends()
{
    auto names = std::make_shared<StringPool>();
    auto bucket = std::make_shared<trends::TimeBucket>();
    bucket->startMs = 120'000;
    bucket->endMs = 180'000;
    bucket->total = 3;
    for (std::uint32_t i = 0; i < 3; ++i) {
        trends::Signal signal;
        signal.timeMs = 120'000 + i;
        signal.id = i + 1;
        signal.value = names->intern("t13d1516h2_" + std::to_string(i));
        signal.entity = names->intern("10.0.0.1");
        signal.flow = 40 + i;
        signal.type = trends::SignalType::Ja4;
        bucket->stored.push_back(signal);
    }
    bucket->types[static_cast<std::size_t>(trends::SignalType::Ja4)].count = 3;
    auto result = std::make_shared<trends::TrendsResult>();
    result->names = names;
    result->buckets = {bucket};
    result->anomalies = std::make_shared<trends::AnomalyRows>();
    result->entities = std::make_shared<std::vector<trends::EntityRow>>();
    result->lastMs = 120'002;
    result->counters.signalCount = 3;
    result->counters.textsRefused = 5;
    return result;
}

} // namespace

class TrendsRowsTest : public QObject {
    Q_OBJECT

private slots:
    void comeBack_data()
    {
        QTest::addColumn<quint64>("cap");
        QTest::newRow("all of them") << quint64{3};
        QTest::newRow("past the cap") << quint64{2};
        QTest::newRow("none") << quint64{0};
    }

    void comeBack()
    {
        QFETCH(quint64, cap);
        const QTemporaryDir folder;
        const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "one.timbre";
        test::RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        QVERIFY(workspace.ok());
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        const auto kept = sampleTrends();
        (*workspace)
            ->addTrends(key,
                        {.trends = kept, .traits = nullptr, .flowNames = kept->names, .maxSignals = std::size_t{cap}});
        (*workspace)->finishCapture(key, test::sampleOutcome(0));
        (*workspace)->flush();
        QVERIFY(!(*workspace)->status().problem);

        auto reader = WorkspaceReader::open(path);
        QVERIFY(reader.ok());
        StringPool names;
        const auto loaded = (*reader)->loadTrends(key, names);
        QVERIFY(loaded.ok());
        const auto& back = loaded->trends;
        QVERIFY(back != nullptr);
        QCOMPARE(back->counters.signalCount, std::uint64_t{3});
        QCOMPARE(back->counters.textsRefused, std::uint64_t{5});
        QCOMPARE(back->counters.signalsNotKept, std::uint64_t{3 - cap});
        QCOMPARE(back->buckets.size(), std::size_t{1}); // its counts stay, whatever of its signals is kept
        const trends::TimeBucket& bucket = *back->buckets.front();
        QCOMPARE(bucket.startMs, std::int64_t{120'000});
        QCOMPARE(bucket.of(trends::SignalType::Ja4).count, std::uint64_t{3});
        QCOMPARE(bucket.stored.size(), std::size_t{cap});
        for (std::size_t i = 0; i < cap; ++i) {
            const trends::Signal& signal = bucket.stored[i];
            QCOMPARE(signal.timeMs, std::int64_t(120'000 + i));
            QCOMPARE(signal.flow, std::uint32_t(40 + i));
            QCOMPARE(back->text(signal.value), std::string_view("t13d1516h2_" + std::to_string(i)));
            QCOMPARE(back->text(signal.entity), std::string_view("10.0.0.1"));
        }

        (*workspace)->removeCapture(key);
        (*workspace)->flush();
        const auto gone = (*reader)->loadTrends(key, names);
        QVERIFY(!gone.ok() || gone->trends == nullptr);
    }
};

QTEST_GUILESS_MAIN(TrendsRowsTest)
#include "trends_rows_test.moc"
