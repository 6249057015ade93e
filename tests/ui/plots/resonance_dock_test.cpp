// The Resonance dock over checks of made-up flows: matrix, timeline, evidence, what-if, watching.

#include "engine/resonance/traffic_classes.h"
#include "engine/resonance/what_if.h"
#include "tests/ui/plots/one_capture_port.h"
#include "ui/docks/resonance_dock.h"
#include "ui/models/evidence_model.h"
#include "ui/models/flips_model.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/plots/resonance_timeline.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabWidget>
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
std::shared_ptr<const resonance::MonitorResults> checked(std::size_t packets, const char* first = "steady",
                                                         const char* second = "slow", std::uint32_t flows = kFlows)
{
    resonance::Monitor monitor({maskNamed(first, 0.05), maskNamed(second, 0.002)}, {});
    resonance::Random random(7);
    for (std::uint32_t index = 0; index < flows; ++index) {
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
    QPushButton* button(const char* text) const
    {
        const auto buttons = dock->findChildren<QPushButton*>();
        const auto found = std::find_if(buttons.begin(), buttons.end(),
                                        [&](QPushButton* each) { return each->text() == QLatin1String(text); });
        return found == buttons.end() ? nullptr : *found;
    }
    bool publish(std::shared_ptr<const resonance::MonitorResults> results)
    {
        return publish(snapshotWith(std::move(results)));
    }
    bool publish(pipeline::CaptureSnapshot snapshot)
    {
        port->publish(std::move(snapshot));
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

    /// A recording is one row: its cells have colours like those of many.
    void aSingleRowIsDrawn()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400, "steady", "slow", 1)));
        PlotCanvas& canvas = bench.dock->matrix().frame().canvas();
        auto* map = qobject_cast<QCPColorMap*>(canvas.plottable(0));
        QVERIFY(map != nullptr);
        QCOMPARE(map->data()->valueSize(), 1);
        QCOMPARE(map->data()->valueRange().size(), 1.0); // one of no size is not drawn
        QCOMPARE(map->data()->keyRange().size(), 1.0);   // centres of two masks
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
        QVERIFY(word == QLatin1String("agrees") || word == QLatin1String("differs"));
        QVERIFY(!evidence.index(0, EvidenceModel::Expected).data().toString().isEmpty());
        QVERIFY(evidence.index(0, EvidenceModel::Agrees)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("Weight")));
    }

    void aWordThatDoesNotFitIsLeftOut()
    {
        struct Probe : WordThatFits {
            using WordThatFits::initStyleOption;
        } probe;
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        const QModelIndex index = bench.dock->evidence().index(0, EvidenceModel::Agrees);
        const auto textIn = [&](int width) {
            QStyleOptionViewItem option;
            option.widget = bench.dock;
            option.fontMetrics = bench.dock->fontMetrics();
            option.decorationSize = {16, 16};
            option.rect = {0, 0, width, 20};
            probe.initStyleOption(&option, index);
            return option.text;
        };
        QCOMPARE(textIn(200), index.data().toString());
        QCOMPARE(textIn(26), QString());
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
        QVERIFY(canvas.yAxis->range().contains(static_cast<double>(timeline.limits().compromised)));
        const auto flips = flipsOf(*bench.bridge.snapshot(OneCapturePort::kId)->resonance, 0, timeline.limits());
        QVERIFY(flips.checks > 0);
        QVERIFY(bench.dock->whatIfText().contains(QLatin1String("would flip")));
        timeline.resetLimits();
        QVERIFY(!bench.dock->whatIfText().contains(QLatin1String("would flip")));
    }

    /// The words at the crosshair leave those of the limits free, wherever the limits are and however narrow it is.
    void wordsOfTheTimelineStayApart()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        ResonanceTimeline& timeline = bench.dock->timeline();
        PlotCanvas& canvas = timeline.frame().canvas();
        QList<QCPItemText*> limits;
        for (int i = 0; i < canvas.itemCount(); ++i) {
            auto* words = qobject_cast<QCPItemText*>(canvas.item(i));
            if (words != nullptr && words->text().contains(QLatin1String("0.")) && words->text().size() < 20)
                limits.append(words);
        }
        QCOMPARE(limits.size(), 2);
        const auto box = [](const QCPItemText& words) {
            return QRectF(words.topLeft->pixelPosition(), words.bottomRight->pixelPosition());
        };
        for (const int width : {380, 900}) {
            bench.window.resize(width, 800);
            for (int lower = 0; lower < 3; ++lower) {
                for (int check = 0; check < 3; ++check) {
                    timeline.setChosen(check);
                    canvas.replot();
                    for (const QCPItemText* words : limits)
                        QVERIFY(!words->visible() || !box(*words).intersects(canvas.crosshairBox()));
                    QVERIFY(!box(*limits[0]).intersects(box(*limits[1])));
                }
                for (int press = 0; press < 40; ++press) { // both go to the ground
                    timeline.nudge(false, -1);
                    timeline.nudge(true, -1);
                }
            }
        }
    }

    /// Masks of one family differ in the middle of their names.
    void longNamesOfMasksStayApart()
    {
        Bench bench;
        bench.window.resize(380, 800);
        QVERIFY(bench.publish(checked(400, "office_quic_pages_of_the_year_v1", "office_web_pages_of_the_year_v1")));
        const auto ticker = bench.dock->matrix().frame().canvas().xAxis->ticker().dynamicCast<QCPAxisTickerText>();
        QVERIFY(ticker);
        for (const QString& name : ticker->ticks())
            QVERIFY2(!name.contains(QChar(0x2026)), qPrintable(name));
    }

    void theWheelIsLeftToWhatThePlotsLieIn()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        const auto masks = bench.dock->findChild<QScrollArea*>()->findChildren<QComboBox*>();
        QCOMPARE(masks.size(), 1);
        const int mask = masks[0]->currentIndex();
        for (QWidget* widget : std::initializer_list<QWidget*>{&bench.dock->matrix().frame().canvas(),
                                                               &bench.dock->timeline().frame().canvas(), masks[0]}) {
            const QPoint at = widget->rect().center();
            QWheelEvent turn(at, widget->mapToGlobal(at), {}, {0, -120}, {}, {}, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(widget, &turn);
            QVERIFY(!turn.isAccepted() && !widget->testAttribute(Qt::WA_NoMousePropagation));
        }
        QCOMPARE(masks[0]->currentIndex(), mask);
    }

    /// By the keyboard, and every check that flips is in the list with what it was and would be.
    void whatIfByKeysListsTheFlips()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({0}, 0);
        QVERIFY(!bench.dock->tabs().isTabVisible(1));
        PlotCanvas& canvas = bench.dock->timeline().frame().canvas();
        for (int i = 0; i < 200; ++i)
            QTest::keyClick(&canvas, Qt::Key_Down); // the warning limit, towards nothing
        QVERIFY(bench.dock->timeline().limits().warning < 0.15F);
        QCOMPARE(bench.dock->timeline().limits().compromised, 0.35F);
        QTest::keyClick(&canvas, Qt::Key_Up, Qt::ShiftModifier);
        QVERIFY(bench.dock->timeline().limits().compromised > 0.35F);
        const auto flips =
            flipsOf(*bench.bridge.snapshot(OneCapturePort::kId)->resonance, 0, bench.dock->timeline().limits());
        FlipsModel& model = bench.dock->flips();
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(bench.dock->tabs().isTabVisible(1));
        QVERIFY(flips.worse + flips.better > 0);
        QCOMPARE(static_cast<std::size_t>(model.rowCount()), flips.worse + flips.better);
        for (int row = 0; row < model.rowCount(); ++row)
            QVERIFY(model.index(row, FlipsModel::Before).data() != model.index(row, FlipsModel::After).data());
        // Enter on a row goes to its flow.
        bench.dock->tabs().setCurrentIndex(1);
        QTableView& view = bench.dock->flipsView();
        const int last = model.rowCount() - 1;
        const std::uint32_t flow = model.at(last).flow;
        view.setFocus();
        view.setCurrentIndex(model.index(last, 0));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(bench.focus.state().selection.flows, std::vector<std::uint32_t>{flow});
    }

    void arrowKeysGoThroughTheMatrix()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        PlotCanvas& canvas = bench.dock->matrix().frame().canvas();
        QSignalSpy chosen(&bench.dock->matrix(), &ResonanceMatrix::chosen);
        QTest::keyClick(&canvas, Qt::Key_Down);
        QTest::keyClick(&canvas, Qt::Key_Down);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCOMPARE(chosen.size(), 3);
        QVERIFY(chosen[0][0] != chosen[1][0]);
        QCOMPARE(chosen[1][0], chosen[2][0]);
        QVERIFY(chosen[1][1] != chosen[2][1]);
    }

    void matrixSaysItsNumbersOnHover()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        PlotCanvas& canvas = bench.dock->matrix().frame().canvas();
        canvas.replot();
        const QPoint place(static_cast<int>(canvas.xAxis->coordToPixel(0)),
                           static_cast<int>(canvas.yAxis->coordToPixel(1)));
        QMouseEvent move(QEvent::MouseMove, place, canvas.mapToGlobal(place), Qt::NoButton, {}, {});
        QApplication::sendEvent(&canvas, &move);
        QVERIFY(canvas.toolTip().contains(QLatin1String("Flow")));
        QVERIFY(canvas.toolTip().contains(QLatin1String("resonance")));
        QVERIFY(canvas.toolTip().contains(QLatin1String("exact score")));
        QVERIFY(canvas.toolTip().contains(QLatin1String("256 of 256 packets")));
    }

    /// The choice by keyboard; pairs of a real capture, read once more in the background.
    void hostPairsOnRequest()
    {
        Bench bench;
        pipeline::CaptureSnapshot snapshot =
            OneCapturePort::analysed(std::filesystem::path(TIMBRE_SOURCE_DIR) / "resources/samples/office.pcapng");
        snapshot.resonance = checked(400); // gives the masks
        QVERIFY(bench.publish(std::move(snapshot)));
        QComboBox& choice = bench.dock->source().choice();
        choice.setFocus();
        QTest::keyClick(&choice, Qt::Key_Down);
        QCOMPARE(choice.currentIndex(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(bench.dock->source().results() != nullptr, 20'000);
        QVERIFY(bench.dock->source().results()->checks.size() > 0);
        QVERIFY(bench.dock->headline().contains(QStringLiteral("↔")));
        QVERIFY(bench.dock->matrix().rowsShown() > 1);
        PlotFrame& frame = bench.dock->matrix().frame();
        frame.setTableShown(true);
        QVERIFY(frame.table().model()->index(0, 0).data().toString().contains(QStringLiteral("↔")));
        frame.setTableShown(false);
        // The packets of a pair are those of its flows.
        QPushButton* packets = bench.button("Show packets");
        QVERIFY(packets && packets->isVisible());
        QSignalSpy asked(bench.dock, &ResonanceDock::packetsRequested);
        QTest::mouseClick(packets, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QVERIFY(!bench.focus.state().selection.flows.empty());
        QTest::keyClick(&choice, Qt::Key_Up);
        QVERIFY(bench.dock->source().results() == bench.bridge.snapshot(OneCapturePort::kId)->resonance);
    }

    void pairsOfAMissingFileSayWhy()
    {
        Bench bench;
        pipeline::CaptureSnapshot snapshot = snapshotWith(checked(400));
        snapshot.path = "/nowhere/gone.pcapng";
        QVERIFY(bench.publish(std::move(snapshot)));
        QTest::keyClick(&bench.dock->source().choice(), Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(bench.dock->source().emptyText().contains(QLatin1String("gone.pcapng")) ||
                                     bench.dock->source().emptyText().contains(QLatin1String("cannot")),
                                 10'000);
        QVERIFY(qobject_cast<EmptyState*>(bench.dock->focusTarget()) != nullptr);
    }

    void aRecordingIsCheckedOnRequest()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        auto recording = std::make_shared<recording::Recording>();
        recording->facts.service = "call";
        resonance::Random random(9);
        for (const resonance::RecordedPacket& each : makeFlow(resonance::TrafficClass::Voip, 300, random).packets) {
            recording::PacketRecord record;
            record.timestampNs = static_cast<std::uint64_t>(each.packet.time.ns);
            record.entropy = each.packet.entropy;
            record.size = each.packet.size;
            record.direction = each.packet.side == flow::Side::Initiator ? recording::Direction::Uplink
                                                                         : recording::Direction::Downlink;
            recording->packets.push_back(record);
        }
        recording->totalPackets = 400;
        bench.dock->source().show(recording);
        QTRY_VERIFY_WITH_TIMEOUT(bench.dock->source().results() != nullptr, 10'000);
        QVERIFY(bench.dock->headline().contains(QLatin1String("call resembles")));
        QVERIFY(bench.dock->source().leftOut().contains(QLatin1String("100")));
        QVERIFY(bench.dock->evidence().rowCount() > 0);
        QVERIFY(!bench.button("Show packets")->isEnabled()); // none are kept
        QCOMPARE(bench.dock->source().choice().count(), 3);
    }

    void packetsOfACheck()
    {
        Bench bench;
        QVERIFY(bench.publish(checked(400)));
        bench.focus.setSelection({1}, 1);
        QSignalSpy asked(bench.dock, &ResonanceDock::packetsRequested);
        QTest::mouseClick(bench.button("Show packets"), Qt::LeftButton);
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
        QCOMPARE(alerts[0][0].value<pipeline::CaptureId>(), bench.focus.state().capture);
        QCOMPARE(alerts[0][1].value<quint32>(), bad);
        QVERIFY(alerts[0][2].toString().contains(QLatin1String("compromised")));
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
