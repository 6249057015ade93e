// The Resonance dock over checks of made-up flows: matrix, timeline, evidence, what-if, watching.

#include "engine/resonance/traffic_classes.h"
#include "engine/resonance/what_if.h"
#include "tests/ui/plots/one_capture_port.h"
#include "ui/docks/resonance_dock.h"
#include "ui/models/evidence_model.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/plots/resonance_timeline.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;
using test::OneCapturePort;

namespace {

constexpr std::uint32_t kFlows = 5; // one of each generated class

std::shared_ptr<const resonance::MaskModel> maskNamed(const char* id, double gapRate)
{
    mask::MaskProfile mask;
    mask.id = id;
    mask.sizes.bins = {{100, 220, 1.0F}};
    mask.gaps.family = mask::GapFamily::Exponential;
    mask.gaps.parameters = {gapRate};
    mask.signatureVector.assign(resonance::kFeatures, 0.25F);
    std::fill_n(mask.signatureVector.begin(), 16, 1.0F / 16.0F);
    mask.reverse = std::make_shared<const mask::MaskProfile>(mask);
    return *resonance::MaskModel::make(mask);
}

/// `packets` of each flow, through a monitor.
std::shared_ptr<const resonance::MonitorResults> checked(std::size_t packets)
{
    resonance::Monitor monitor({maskNamed("steady", 0.05), maskNamed("slow", 0.002)}, {});
    resonance::Random random(7);
    for (std::uint32_t index = 0; index < kFlows; ++index) {
        const auto kind = static_cast<resonance::TrafficClass>(index);
        const resonance::RecordedFlow recorded = makeFlow(kind, packets, random);
        flow::Flow flow;
        flow.record.index = index;
        for (const resonance::RecordedPacket& each : recorded.packets) {
            ++flow.record.sides[static_cast<std::size_t>(each.packet.side)].packets;
            flow::Frame frame;
            frame.time = each.packet.time;
            frame.originalLength = each.packet.size;
            frame.payloadEntropy = each.packet.entropy;
            decode::Packet packet;
            packet.payload = std::as_bytes(each.prefix.view());
            monitor.packet(flow, each.packet.side, packet, frame);
        }
        flow.record.ended = true;
        monitor.flowEnded(flow.record);
    }
    return monitor.results();
}

pipeline::CaptureSnapshot snapshotWith(std::shared_ptr<const resonance::MonitorResults> results)
{
    pipeline::CaptureSnapshot snapshot;
    auto chunk = std::make_shared<flow::FlowSnapshot::Chunk>(kFlows);
    for (std::uint32_t i = 0; i < kFlows; ++i)
        (*chunk)[i].index = i;
    snapshot.flows =
        std::make_shared<flow::FlowSnapshot>(std::vector<std::shared_ptr<const flow::FlowSnapshot::Chunk>>{chunk},
                                             std::size_t{kFlows}, std::make_shared<StringPool>());
    snapshot.histogram = std::make_shared<const TimeHistogram>();
    snapshot.phase = pipeline::Phase::Finished;
    snapshot.resonance = std::move(results);
    return snapshot;
}

struct Bench {
    OneCapturePort* port = nullptr; // owned by the bridge
    EngineBridge bridge;
    Focus focus;
    Theme theme;
    QMainWindow window;
    ResonanceDock* dock = nullptr;

    Bench()
        : bridge([this](pipeline::EngineObserver& observer) {
            auto made = std::make_unique<OneCapturePort>(observer);
            port = made.get();
            return made;
        })
    {
        theme.install();
        window.resize(500, 900);
        dock = new ResonanceDock(bridge, focus, theme, &window);
        window.addDockWidget(Qt::RightDockWidgetArea, dock);
        window.show();
    }
    bool publish(std::shared_ptr<const resonance::MonitorResults> results)
    {
        port->publish(snapshotWith(std::move(results)));
        const bool there = QTest::qWaitFor([this] { return bridge.snapshot(OneCapturePort::kId) != nullptr; }, 5000);
        focus.setCapture(OneCapturePort::kId);
        return there;
    }
};

} // namespace

class ResonanceDockTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatIsMissing()
    {
        Bench bench;
        QVERIFY(bench.publish(nullptr));
        QVERIFY(bench.dock->focusTarget()->isVisible());
        QVERIFY(qobject_cast<EmptyState*>(bench.dock->focusTarget()) != nullptr);
    }

    void matrixHasEveryFlowAndMask()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        QCOMPARE(bench.dock->matrix().rowsShown(), std::size_t{kFlows});
        PlotFrame& frame = bench.dock->matrix().frame();
        frame.setTableShown(true);
        QCOMPARE(frame.table().model()->rowCount(), static_cast<int>(kFlows));
        QCOMPARE(frame.table().model()->columnCount(), 3);
        const double first = frame.table().model()->index(0, 1).data().toDouble();
        const double second = frame.table().model()->index(0, 2).data().toDouble();
        QVERIFY(std::max(first, second) > 0.0);
        frame.setTableShown(false);
    }

    void aClickOnTheMatrixChoosesFlowAndMask()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        PlotCanvas& canvas = bench.dock->matrix().frame().canvas();
        canvas.replot();
        QSignalSpy chosen(&bench.dock->matrix(), &ResonanceMatrix::chosen);
        const QPoint place(static_cast<int>(canvas.xAxis->coordToPixel(1)),
                           static_cast<int>(canvas.yAxis->coordToPixel(2)));
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, place);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][1].toUInt(), 1U);
        QCOMPARE(bench.focus.state().selection.flows, std::vector<std::uint32_t>{chosen[0][0].toUInt()});
        QVERIFY(bench.dock->headline().contains(QStringLiteral("Flow %1").arg(chosen[0][0].toUInt())));
    }

    void evidenceOfTheSelectedFlow()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        const EvidenceModel& evidence = bench.dock->evidence();
        QVERIFY(evidence.rowCount() > 20);
        QAbstractItemModelTester tester(&bench.dock->evidence(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString word = evidence.index(0, EvidenceModel::Agrees).data().toString();
        QVERIFY(word == QLatin1String("agrees") || word == QLatin1String("disagrees"));
        QVERIFY(!evidence.index(0, EvidenceModel::Expected).data().toString().isEmpty());
        QVERIFY(evidence.index(0, EvidenceModel::Agrees)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("Weight")));
    }

    void withoutTheMaskThereAreScoresOnly()
    {
        auto results = std::make_shared<resonance::MonitorResults>(*checked(400));
        const resonance::MaskModels models = results->masks;
        results->masks.assign(2, nullptr);
        Bench bench;
        QVERIFY(bench.publish(results));
        bench.focus.setSelection({0}, 0);
        QCOMPARE(bench.dock->evidence().rowCount(), 0);
        QVERIFY(bench.dock->headline().contains(QLatin1String("of 100")));
        QVERIFY(resonance::withModels(results, models)->masks[1] != nullptr);
    }

    void whatIfCountsFlips()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        QVERIFY(bench.dock->whatIfText().contains(QLatin1String("0.15")));
        ResonanceTimeline& timeline = bench.dock->timeline();
        PlotCanvas& canvas = timeline.frame().canvas();
        canvas.replot();
        const QPoint line(canvas.axisRect()->center().x(), qRound(canvas.yAxis->coordToPixel(0.35)));
        const QPoint target(line.x(), canvas.axisRect()->top() + 1);
        QTest::mousePress(&canvas, Qt::LeftButton, {}, line);
        QMouseEvent move(QEvent::MouseMove, target, canvas.mapToGlobal(target), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&canvas, &move);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, target);
        QVERIFY(timeline.limits().compromised > 0.35F);
        const auto flips = flipsOf(*bench.bridge.snapshot(OneCapturePort::kId)->resonance, 0, timeline.limits());
        QVERIFY(flips.checks > 0);
        QVERIFY(bench.dock->whatIfText().contains(QLatin1String("would flip")));
        timeline.resetLimits();
        QVERIFY(!bench.dock->whatIfText().contains(QLatin1String("would flip")));
    }

    void packetsOfACheck()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({1}, 1);
        QSignalSpy asked(bench.dock, &ResonanceDock::packetsRequested);
        const auto buttons = bench.dock->findChildren<QPushButton*>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [](QPushButton* button) {
            return button->text() == QLatin1String("Show packets");
        });
        QVERIFY(found != buttons.end());
        QTest::mouseClick(*found, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY(bench.focus.state().range.has_value());
        QVERIFY(bench.focus.state().range->begin < bench.focus.state().range->end);
    }

    void watchedFlowsAreReportedOnce()
    {
        const auto results = checked(400);
        Bench bench;
        QVERIFY(bench.publish(results));
        QSignalSpy alerts(bench.dock, &ResonanceDock::alerted);
        std::uint32_t bad = flow::kNoFlow;
        for (std::size_t i = 0; i < results->checks.size(); ++i) {
            const auto& check = results->checks[i];
            if (check.final && check.status == resonance::Status::Compromised)
                bad = check.flow;
        }
        QVERIFY(bad != flow::kNoFlow);
        bench.dock->setWatched(bad, true);
        QCOMPARE(alerts.size(), 1);
        QVERIFY(alerts[0][0].toString().contains(QLatin1String("compromised")));
        QVERIFY(bench.publish(results));
        QTest::qWait(700);
        QCOMPARE(alerts.size(), 1);
    }

    void nanIsFlagged()
    {
        resonance::CheckRecord check;
        check.exact = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(exactScoreText(check).contains(QLatin1String("NaN")));
        check.confidence = 0.0F;
        check.packets = 5;
        QVERIFY(resonanceText(check).contains(QLatin1String("not enough packets")));
    }
};

QTEST_MAIN(ResonanceDockTest)
#include "resonance_dock_test.moc"
