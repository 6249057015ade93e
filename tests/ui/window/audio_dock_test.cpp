// The Audio dock and its table: streams keep their row while a capture is read, choosing one selects its flow, and what
// is said follows the stream.

#include "engine/audio/evaluation.h"
#include "engine/audio/exact_reasons.h"
#include "engine/query/filter.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/docks/audio_dock.h"
#include "ui/docks/stream_reasons.h"
#include "ui/docks/verdict_pair.h"
#include "ui/models/reason_texts.h"
#include "ui/models/streams_model.h"
#include "ui/plots/stream_plots.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;

namespace {

StreamPtr makeStream(std::uint32_t index, std::uint64_t packets, audio::Verdict verdict = audio::Verdict::Legitimate)
{
    auto stream = std::make_shared<audio::StreamReport>();
    stream->index = index;
    stream->flow = 10 + index;
    stream->source = {IpAddress::parse("192.0.2.1").value_or(IpAddress{}), 30000};
    stream->destination = {IpAddress::parse("2001:db8::1").value_or(IpAddress{}), 30002};
    stream->codec = "PCMU";
    stream->packets = packets;
    stream->firstPacket = 100 + index;
    stream->calibrated.verdict = verdict;
    stream->calibrated.confidence = 0.9;
    stream->calibrated.reasons = {{"payload bytes", "Bytes look random.", 1.0, 2.0, 1000.0, "", -2.85}};
    stream->exact.score = 0.65F;
    stream->exact.verdict = audio::ScorerVerdict::Suspect;
    stream->timeline = std::make_shared<audio::StreamTimeline>();
    return stream;
}

std::shared_ptr<const audio::StreamList> listOf(std::vector<StreamPtr> streams)
{
    auto list = std::make_shared<audio::StreamList>();
    list->streams = std::move(streams);
    return list;
}

QString cell(const StreamsModel& model, int row, StreamsModel::Column column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

} // namespace

class AudioDockTest : public QObject {
    Q_OBJECT

private slots:
    void rowsStayWhileStreamsGrow()
    {
        Theme theme;
        StreamsModel model(theme, nullptr);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const StreamPtr first = makeStream(0, 50);
        model.setStreams(listOf({first}), false);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setStreams(listOf({first, makeStream(1, 7)}), true);
        QCOMPARE(changes.size(), 0); // the first is the same report
        QCOMPARE(inserts.size(), 1);
        model.setStreams(listOf({makeStream(0, 60), makeStream(1, 7)}), true);
        QCOMPARE(cell(model, 0, StreamsModel::Column::Packets), QStringLiteral("60"));
        QCOMPARE(cell(model, 1, StreamsModel::Column::Exact), QStringLiteral("0.65 suspect"));
        QCOMPARE(cell(model, 1, StreamsModel::Column::To), QStringLiteral("[2001:db8::1]:30002"));
    }

    void sortingKeepsWhatIsCurrent()
    {
        Theme theme;
        StreamsModel model(theme, nullptr);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setStreams(listOf({makeStream(0, 5), makeStream(1, 9, audio::Verdict::Abusive), makeStream(2, 7)}),
                         false);
        const QPersistentModelIndex current(model.index(0, 0));
        model.sort(static_cast<int>(StreamsModel::Column::Packets), Qt::DescendingOrder);
        QCOMPARE(model.stream(0)->index, 1U);
        QCOMPARE(current.row(), 2);
        QCOMPARE(model.rowOf(0), 2);
        QCOMPARE(model.rowOfFlow(11), 0);
        QCOMPARE(model.rowOfFlow(99), -1);
        model.sort(static_cast<int>(StreamsModel::Column::Verdict), Qt::DescendingOrder);
        QCOMPARE(cell(model, 0, StreamsModel::Column::Verdict), QStringLiteral("abusive"));
    }

    void choosingAStreamSelectsItsFlow()
    {
        testing::FakeBridge fake;
        Focus focus;
        Theme theme;
        AudioDock dock(fake.bridge, focus, theme, nullptr);
        const CaptureId id = fake.bridge.open(QStringLiteral("/a/calls.pcap"));
        pipeline::CaptureSnapshot snapshot;
        snapshot.path = "/a/calls.pcap";
        snapshot.audio = listOf({makeStream(0, 500), makeStream(1, 600, audio::Verdict::Suspect)});
        focus.setCapture(id);
        fake.engine->publish(id, snapshot);
        QTRY_COMPARE(dock.model().rowCount(), 2);
        QCOMPARE(focus.state().selection.current, flow::kNoFlow); // only looking selects nothing
        dock.table().setCurrentIndex(dock.model().index(1, 0));
        QCOMPARE(focus.state().selection.current, 11U);
        focus.setSelection({10}, 10); // from another dock
        QCOMPARE(dock.table().currentIndex().row(), 0);
        const auto* verdicts = dock.findChild<VerdictPair*>();
        QCOMPARE(verdicts->calibrated().reasons().size(), std::size_t{1});
        QVERIFY(verdicts->calibrated().accessibleDescription().contains(QStringLiteral("Bytes look random.")));
        QCOMPARE(verdicts->exact().reasons().size(), std::size_t{2}); // beside it what the exact score lost
        QVERIFY(verdicts->exact().accessibleDescription().contains(QStringLiteral("silent packets (−0.25)")));

        QSignalSpy packets(&dock, &AudioDock::packetRequested);
        emit dock.table().doubleClicked(dock.model().index(0, 0));
        QCOMPARE(packets.last().at(0).toULongLong(), 100ULL);
    }

    void cellsAreFilters()
    {
        testing::FakeBridge fake;
        Focus focus;
        Theme theme;
        AudioDock dock(fake.bridge, focus, theme, nullptr);
        const StreamPtr stream = makeStream(4, 500);
        using Column = StreamsModel::Column;
        QCOMPARE(dock.termsFor(*stream, Column::From),
                 (QStringList{QStringLiteral("addr == 192.0.2.1"), QStringLiteral("port == 30000")}));
        QCOMPARE(dock.termsFor(*stream, Column::To).value(1), QStringLiteral("port == 30002"));
        QCOMPARE(dock.termsFor(*stream, Column::Codec), QStringList{QStringLiteral("flow.index == 14")});
        for (int column = 0; column < dock.model().columnCount(); ++column) {
            for (const QString& term : dock.termsFor(*stream, static_cast<Column>(column)))
                QVERIFY2(query::Filter::compile(term.toStdString()).filter, qPrintable(term));
        }
    }

    /// Where nothing came, no line says that something did.
    void pausesAreGaps()
    {
        Theme theme;
        StreamPlots plots(theme);
        auto timeline = std::make_shared<audio::StreamTimeline>();
        timeline->bins.resize(10);
        for (const std::size_t bin : {0, 1, 2, 7}) {
            timeline->bins[bin].packets = 5;
            timeline->bins[bin].smallest = timeline->bins[bin].largest = 160;
        }
        plots.setTimeline(timeline);
        for (int i = 0; i < plots.sizes().canvas().graphCount(); ++i) {
            const QCPGraphDataContainer& points = *plots.sizes().canvas().graph(i)->data();
            QCOMPARE(std::count_if(points.constBegin(), points.constEnd(),
                                   [](const QCPGraphData& point) { return std::isnan(point.value); }),
                     1);
            QVERIFY(std::abs((points.constEnd() - 1)->key - 0.8) < 1e-9); // the last moment to its end
        }
    }

    /// What the judges say can be said in another language.
    void everyReasonHasWords()
    {
        const auto texts = reasonTexts();
        const auto known = [&](const std::string& text) {
            return text.empty() || text == "%" || std::ranges::find(texts, text) != texts.end();
        };
        const auto look = [&](const audio::ClassResult&, const audio::StreamReport& stream) {
            std::vector<audio::Reason> reasons = stream.calibrated.reasons;
            const std::vector<audio::Reason> exact = audio::exactReasons(stream.exact);
            reasons.insert(reasons.end(), exact.begin(), exact.end());
            for (const audio::Reason& reason : reasons) {
                for (const std::string& text : {reason.name, reason.text, reason.unit})
                    QVERIFY2(known(text), text.c_str());
            }
        };
        for (const audio::TrafficClass& each : audio::trafficClasses())
            (void)audio::evaluateClass(each, {.seed = 5, .streamsPerClass = 12, .lossPercent = 1.0}, look);
    }

    void copyTakesTitlesAndCells()
    {
        testing::FakeBridge fake;
        Focus focus;
        Theme theme;
        AudioDock dock(fake.bridge, focus, theme, nullptr);
        dock.model().setStreams(listOf({makeStream(0, 500)}), false);
        dock.table().setCurrentIndex(dock.model().index(0, 0));
        QTest::keySequence(&dock.table(), QKeySequence::Copy);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].count(QLatin1Char('\t')), dock.model().columnCount() - 1);
        QVERIFY(lines[1].contains(QStringLiteral("192.0.2.1:30000")));
    }
};

QTEST_MAIN(AudioDockTest)
#include "audio_dock_test.moc"
