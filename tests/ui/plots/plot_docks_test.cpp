// Overview, Flow and Packets driven with mouse and keyboard over a real capture, made by the generator.

#include "tests/generator/capture_file.h"
#include "tests/generator/scenario.h"
#include "tests/ui/plots/one_capture_port.h"
#include "ui/docks/flow_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/packets_dock.h"
#include "ui/packets/hex_view.h"
#include "ui/packets/layer_tree_model.h"
#include "ui/packets/packet_detail.h"
#include "ui/packets/packet_list_model.h"
#include "ui/plots/flow_facts_view.h"
#include "ui/plots/flow_plots.h"
#include "ui/plots/flow_sums_view.h"
#include "ui/plots/overview_plot.h"
#include "ui/plots/state_path.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

#include <fstream>

using namespace timbre;
using namespace timbre::ui;
using test::OneCapturePort;

namespace {

constexpr int kPatienceMs = 10'000;

/// A window with one dock over one capture.
struct Bench {
    OneCapturePort* port = nullptr; // owned by the bridge
    EngineBridge bridge;
    Focus focus;
    Theme theme;
    QMainWindow window;

    explicit Bench()
        : bridge([this](pipeline::EngineObserver& observer) {
            auto made = std::make_unique<OneCapturePort>(observer);
            port = made.get();
            return made;
        })
    {
        theme.install();
        window.resize(1100, 700);
    }
    template<typename DockType>
    DockType* add()
    {
        auto* dock = new DockType(bridge, focus, theme, &window);
        window.addDockWidget(Qt::BottomDockWidgetArea, dock);
        window.show();
        return dock;
    }
    bool open(const QString& path)
    {
        bridge.open(path);
        if (!QTest::qWaitFor([this] { return bridge.snapshot(OneCapturePort::kId) != nullptr; }, kPatienceMs))
            return false;
        focus.setCapture(OneCapturePort::kId);
        return true;
    }
    const flow::FlowSnapshot& flows() { return *bridge.snapshot(OneCapturePort::kId)->flows; }
    /// The first flow for which `fits`.
    template<typename Fits>
    std::uint32_t flowWhere(Fits fits)
    {
        for (std::uint32_t i = 0; i < flows().size(); ++i) {
            if (fits(flows()[i]))
                return i;
        }
        return flow::kNoFlow;
    }
};

void drag(QWidget* widget, QPoint from, QPoint to, Qt::KeyboardModifiers with = {})
{
    QTest::mousePress(widget, Qt::LeftButton, with, from);
    QMouseEvent move(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, with);
    QApplication::sendEvent(widget, &move);
    QTest::mouseRelease(widget, Qt::LeftButton, with, to);
}

} // namespace

class PlotDocksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void emptyStatesTeach();
    void overviewDrawsEveryPacket();
    void overviewBrushByMouse();
    void overviewBrushByKeys();
    void overviewBarsSelectFlows();
    void overviewZoomAndLog();
    void overviewShowsWhatWasLost();
    void overviewTwinAndPictures();
    void overviewFollowsSelectionAndTheme();
    void packetsOfOneFlow();
    void packetsOfTheRange();
    void packetsOfFilteredFlows();
    void packetsColumnsAreKept();
    void packetsLinkBytesAndLayers();
    void packetsTimesAndCopy();
    void packetsOfAVanishedFile();
    void packetsOfACutCapture();
    void packetsGoToNumber();
    void pinnedDockKeepsItsFlow();
    void flowFactsAndPlots();
    void flowPlotsPointer();
    void severalFlows();
    void tunnelLeadsToItsCarrier();

private:
    QString write(const char* scenario, std::size_t snapLength = 0);

    QTemporaryDir m_dir;
    QString m_office;
};

QString PlotDocksTest::write(const char* scenario, std::size_t snapLength)
{
    generator::ScenarioOptions options;
    options.snapLength = snapLength;
    auto traffic = generator::scenarioByName(scenario, options);
    const generator::Bytes bytes = generator::writeCapture(*traffic, {});
    const QString path = m_dir.filePath(QStringLiteral("%1-%2.pcapng").arg(QLatin1String(scenario)).arg(snapLength));
    std::ofstream file(path.toStdString(), std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path;
}

void PlotDocksTest::initTestCase()
{
    QVERIFY(m_dir.isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    m_office = write("office");
}

void PlotDocksTest::emptyStatesTeach()
{
    Bench bench;
    auto* overview = bench.add<OverviewDock>();
    auto* packets = bench.add<PacketsDock>();
    auto* flow = bench.add<FlowDock>();
    for (Dock* dock : {static_cast<Dock*>(overview), static_cast<Dock*>(packets), static_cast<Dock*>(flow)}) {
        const auto* empty = dock->findChild<EmptyState*>();
        QVERIFY(empty != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!empty->isHidden(), kPatienceMs);
        QVERIFY(dock->focusTarget() != nullptr);
    }
}

void PlotDocksTest::overviewDrawsEveryPacket()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    const auto capture = bench.bridge.snapshot(OneCapturePort::kId);
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    for (const OverviewColumn& column : dock->plot().series().columns) {
        packets += column.packets;
        bytes += column.bytes;
    }
    QCOMPARE(packets, capture->counters.packets);
    QCOMPARE(bytes, capture->counters.originalBytes);
    QVERIFY(dock->plot().canvas().accessibleName().size() > 0);
    QTest::mouseMove(&dock->plot().canvas(), dock->plot().canvas().axisRect()->rect().center());
    QTRY_VERIFY_WITH_TIMEOUT(dock->plot().readout().contains(QStringLiteral("packets")), kPatienceMs);
    QVERIFY(dock->plot().canvas().crosshairShown());
}

void PlotDocksTest::overviewBrushByMouse()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    QTest::qWait(50); // the plot's layout
    PlotCanvas& canvas = dock->plot().canvas();
    const QRect area = canvas.axisRect()->rect();
    const auto at = [&area](double share) {
        return QPoint(area.left() + static_cast<int>(area.width() * share), area.center().y());
    };
    drag(&canvas, at(0.25), at(0.5));
    QVERIFY(bench.focus.state().range.has_value());
    const TimeRange first = *bench.focus.state().range;
    const TimeRange whole = *bench.bridge.snapshot(OneCapturePort::kId)->timeRange;
    QVERIFY(whole.begin < first.begin && first.begin < first.end && first.end < whole.end);

    drag(&canvas, at(0.5), at(0.75)); // the right handle
    const TimeRange wider = *bench.focus.state().range;
    QVERIFY(std::abs(elapsedNs(wider.begin, first.begin)) <= kNsPerSecond);
    QVERIFY(wider.end > first.end);

    drag(&canvas, at(0.4), at(0.45)); // inside: moves it
    const TimeRange moved = *bench.focus.state().range;
    QVERIFY(moved.begin > wider.begin);
    QCOMPARE(elapsedNs(moved.begin, moved.end), elapsedNs(wider.begin, wider.end));

    // Esc drops a brush in progress and keeps the range.
    QTest::mousePress(&canvas, Qt::LeftButton, {}, at(0.02));
    QMouseEvent move(QEvent::MouseMove, at(0.1), canvas.mapToGlobal(at(0.1)), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&canvas, &move);
    QVERIFY(dock->plot().brush().inProgress());
    QTest::keyClick(&canvas, Qt::Key_Escape);
    QVERIFY(!dock->plot().brush().inProgress());
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(0.1));
    QCOMPARE(*bench.focus.state().range, moved);

    QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(0.6)); // inside the brush: looks closer
    QVERIFY(dock->plot().view().has_value());
    QCOMPARE(*dock->plot().view(), moved);

    bench.focus.setRange(std::nullopt); // set elsewhere, followed here
    QVERIFY(!dock->plot().brush().shown().has_value());
}

void PlotDocksTest::overviewBrushByKeys()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    PlotCanvas& canvas = dock->plot().canvas();
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(!bench.focus.state().range.has_value());
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(dock->plot().brush().inProgress());
    QVERIFY(!bench.focus.state().range.has_value());
    QTest::keyClick(&canvas, Qt::Key_Return);
    QVERIFY(bench.focus.state().range.has_value());
    QCOMPARE(elapsedNs(bench.focus.state().range->begin, bench.focus.state().range->end),
             11 * dock->plot().series().columnNs);
    QTest::keyClick(&canvas, Qt::Key_Escape);
    QVERIFY(!bench.focus.state().range.has_value());
}

void PlotDocksTest::overviewBarsSelectFlows()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    QTest::qWait(50); // the plot's layout
    PlotCanvas& canvas = dock->plot().canvas();
    const OverviewSeries& series = dock->plot().series();
    const auto at = [&](std::size_t column) {
        const Timestamp middle{series.columns[column].begin.ns + series.columnNs / 2};
        return QPoint(static_cast<int>(canvas.xAxis->coordToPixel(dock->plot().brush().toAxis(middle))),
                      canvas.axisRect()->center().y());
    };
    const auto fullest = static_cast<std::size_t>(
        std::ranges::max_element(series.columns, {}, &OverviewColumn::packets) - series.columns.begin());
    const auto chosen = [&bench](const TimeRange& stretch) { // every flow alive in it, counted one by one
        std::size_t count = 0;
        for (std::uint32_t i = 0; i < bench.flows().size(); ++i)
            count += bench.flows()[i].started <= stretch.end && bench.flows()[i].lastSeen >= stretch.begin ? 1 : 0;
        return count;
    };
    QSignalSpy bars(&dock->plot(), &OverviewPlot::barsChosen);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(fullest));
    QCOMPARE(bars.size(), 1);
    const auto one = bars.first().first().value<TimeRange>();
    QCOMPARE(elapsedNs(one.begin, one.end) + 1, dock->plot().series().columnNs);
    QTRY_COMPARE_WITH_TIMEOUT(bench.focus.state().selection.flows.size(), chosen(one), kPatienceMs);
    QVERIFY(chosen(one) > 0);
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ShiftModifier, at(series.columns.size() - 1));
    const auto many = bars.last().first().value<TimeRange>();
    QVERIFY(many.begin == one.begin && many.end > one.end);
    QTRY_COMPARE_WITH_TIMEOUT(bench.focus.state().selection.flows.size(), chosen(many), kPatienceMs);
    QVERIFY(chosen(many) > chosen(one));
    QVERIFY(!bench.focus.state().range.has_value()); // the filter and the range are as they were

    bench.focus.setSelection({}, flow::kNoFlow);
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_Space); // at the cursor the click left
    QTRY_VERIFY_WITH_TIMEOUT(!bench.focus.state().selection.flows.empty(), kPatienceMs);
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, at(fullest));
    QCOMPARE(bench.focus.state().range, std::optional(one));
}

void PlotDocksTest::overviewZoomAndLog()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    QTest::qWait(50);
    PlotCanvas& canvas = dock->plot().canvas();
    const QRect area = canvas.axisRect()->rect();
    const std::int64_t before =
        dock->plot().series().columnNs * static_cast<std::int64_t>(dock->plot().series().columns.size());
    drag(&canvas, area.center() - QPoint(100, 0), area.center() + QPoint(100, 0), Qt::AltModifier);
    QVERIFY(dock->plot().view().has_value());
    QVERIFY(!bench.focus.state().range.has_value()); // the axis only
    const auto& series = dock->plot().series();
    QVERIFY(series.columnNs * static_cast<std::int64_t>(series.columns.size()) < before);
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_0);
    QVERIFY(!dock->plot().view().has_value());
    QTest::keyClick(&canvas, Qt::Key_L);
    QVERIFY(dock->plot().logScale());
    QVERIFY(canvas.yAxis->range().upper < 10); // decades
}

void PlotDocksTest::overviewShowsWhatWasLost()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    OverviewPlot& plot = dock->plot();
    const auto hatched = [&] {
        int count = 0;
        for (int i = 0; i < plot.canvas().itemCount(); ++i) {
            const auto* item = qobject_cast<QCPItemRect*>(plot.canvas().item(i));
            count += item != nullptr && item->visible() && item->brush().style() == Qt::FDiagPattern ? 1 : 0;
        }
        return count;
    };
    QCOMPARE(hatched(), 0);
    pipeline::CaptureSnapshot lossy = *bench.port->snapshot(OneCapturePort::kId);
    const Timestamp begin = lossy.timeRange->begin;
    const Timestamp end = lossy.timeRange->end;
    const Timestamp middle{begin.ns + elapsedNs(begin, end) / 2};
    lossy.facts.losses = {{{middle, {middle.ns + 1000}}, 0, 31, 0}, {{{end.ns - 1000}, end}, 0, 0, 7}};
    lossy.facts.ringRemoved = TimeRange{begin, middle};
    bench.port->publish(std::move(lossy));
    QTRY_COMPARE(hatched(), 3); // two spans, however short, and the band of what is no longer kept
    const QPointF at(plot.canvas().xAxis->coordToPixel(static_cast<double>(elapsedNs(begin, middle)) / 1e9),
                     plot.canvas().axisRect()->center().y());
    QTest::mouseMove(&plot.canvas(), at.toPoint());
    QTRY_VERIFY2(plot.readout().contains(QStringLiteral("kernel drops 31")), qPrintable(plot.readout()));
    plot.setTableShown(true);
    int lost = 0;
    for (int row = 0; row < plot.table().model()->rowCount(); ++row)
        lost = std::max(lost, plot.table().model()->index(row, 4).data().toInt());
    QCOMPARE(lost, 31);
}

void PlotDocksTest::overviewTwinAndPictures()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    OverviewPlot& plot = dock->plot();
    plot.setTableShown(true);
    QCOMPARE(plot.table().model()->rowCount(), static_cast<int>(plot.series().columns.size()));
    plot.copyData();
    const QString tsv = QGuiApplication::clipboard()->text();
    QCOMPARE(tsv.count(QLatin1Char('\n')), static_cast<qsizetype>(plot.series().columns.size() + 1));
    QVERIFY(tsv.startsWith(QStringLiteral("From (UTC)\tPackets\t")));
    plot.setTableShown(false);
    for (const char* ending : {"png", "svg", "pdf"}) {
        const QString path = m_dir.filePath(QStringLiteral("picture.") + QLatin1String(ending));
        QVERIFY2(plot.savePictureTo(path), ending);
        QVERIFY(QFileInfo(path).size() > 500);
    }
    QVERIFY(!plot.savePictureTo(QStringLiteral("/nowhere/picture.png")));
}

void PlotDocksTest::overviewFollowsSelectionAndTheme()
{
    Bench bench;
    auto* dock = bench.add<OverviewDock>();
    QVERIFY(bench.open(m_office));
    bench.focus.setSelection({0, 1, 2}, 0);
    QTest::qWait(150);
    for (const Theme::Mode mode : {Theme::Mode::Dark, Theme::Mode::Light}) {
        bench.theme.setMode(mode);
        QTest::qWait(150); // a replot, at most ten a second
        const QImage image = dock->plot().canvas().grab().toImage();
        QCOMPARE(image.pixelColor(2, image.height() / 2), bench.theme.color(Role::Surface));
    }
    bench.focus.setZone(Focus::Zone::Local);
    QVERIFY(!dock->plot().readout().isEmpty());
}

void PlotDocksTest::packetsOfOneFlow()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    const std::uint32_t flow = bench.flowWhere([](const flow::FlowRecord& r) { return r.packets() > 30; });
    QVERIFY(flow != flow::kNoFlow);
    bench.focus.setSelection({flow}, flow);
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching(), kPatienceMs);
    QCOMPARE(dock->model().rowCount(), static_cast<int>(bench.flows()[flow].packets()));
    QVERIFY(dock->table().currentIndex().isValid());
    // Words of visible rows and the first packet's layers come by themselves.
    QTRY_VERIFY_WITH_TIMEOUT(!dock->model().index(0, PacketListModel::InfoColumn).data().toString().isEmpty(),
                             kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(dock->detail().model().rowCount() > 1, kPatienceMs);
    // Down the list with the keys: the detail follows.
    dock->table().setFocus();
    QTest::keyClick(&dock->table(), Qt::Key_Down);
    const auto& row = dock->model().rowAt(dock->table().currentIndex().row());
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::uint32_t>(dock->detail().hex().bytes().size()), row.capturedLength,
                              kPatienceMs);
    QTest::keyClick(&dock->table(), Qt::Key_End, Qt::ControlModifier);
    const int last = dock->model().rowCount() - 1;
    QTRY_VERIFY_WITH_TIMEOUT(!dock->model().index(last, PacketListModel::ProtocolColumn).data().toString().isEmpty(),
                             kPatienceMs);
}

void PlotDocksTest::packetsOfTheRange()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    const auto capture = bench.bridge.snapshot(OneCapturePort::kId);
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowCount(), static_cast<int>(capture->counters.packets), kPatienceMs);
    const TimeRange range{{capture->timeRange->begin.ns + 10 * kNsPerSecond},
                          {capture->timeRange->begin.ns + 20 * kNsPerSecond}};
    bench.focus.setRange(range);
    QTRY_VERIFY_WITH_TIMEOUT(
        !dock->searching() && dock->model().rowCount() < static_cast<int>(capture->counters.packets), kPatienceMs);
    QVERIFY(dock->model().rowCount() > 0);
    for (int row = 0; row < dock->model().rowCount(); ++row)
        QVERIFY(range.contains(dock->model().rowAt(row).time));
    QVERIFY(dock->status().contains(QStringLiteral("time range")));
    bench.focus.setRange(TimeRange{{1}, {2}}); // long before
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() == 0, kPatienceMs);
    QVERIFY(!dock->findChild<EmptyState*>()->isHidden());
}

void PlotDocksTest::packetsOfFilteredFlows()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    const auto total = static_cast<int>(bench.bridge.snapshot(OneCapturePort::kId)->counters.packets);
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowCount(), total, kPatienceMs);
    dock->setFilteredFlows(std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 2}));
    const auto packets = static_cast<int>(bench.flows()[0].packets() + bench.flows()[2].packets());
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() == packets, kPatienceMs);
    QVERIFY(dock->status().contains(QStringLiteral("filtered")));
    bench.focus.setSelection({2}, 2); // a selection is nearer than the filter
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowCount(), static_cast<int>(bench.flows()[2].packets()), kPatienceMs);
    bench.focus.setSelection({}, flow::kNoFlow);
    dock->setFilteredFlows(nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowCount(), total, kPatienceMs);
}

void PlotDocksTest::packetsColumnsAreKept()
{
    constexpr int kWidth = 222;
    {
        Bench bench;
        QHeaderView* header = bench.add<PacketsDock>()->table().horizontalHeader();
        header->resizeSection(PacketListModel::SourceColumn, kWidth);
        header->moveSection(header->visualIndex(PacketListModel::LengthColumn), 0);
    }
    Bench bench;
    QHeaderView* header = bench.add<PacketsDock>()->table().horizontalHeader();
    QCOMPARE(header->sectionSize(PacketListModel::SourceColumn), kWidth);
    QCOMPARE(header->visualIndex(PacketListModel::LengthColumn), 0);
}

void PlotDocksTest::packetsLinkBytesAndLayers()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    QTRY_VERIFY_WITH_TIMEOUT(dock->detail().model().rowCount() > 1, kPatienceMs);
    HexView& hex = dock->detail().hex();
    QTreeView& tree = dock->detail().tree();
    // A click on a byte of the Ethernet type selects the field; its bytes are marked.
    QTest::mouseClick(hex.viewport(), Qt::LeftButton, {}, hex.byteRect(13).center());
    const QModelIndex field = tree.currentIndex();
    QVERIFY(field.isValid());
    const auto offset = field.data(LayerTreeModel::OffsetRole).toLongLong();
    const auto length = field.data(LayerTreeModel::LengthRole).toLongLong();
    QVERIFY(offset <= 13 && 13 < offset + length);
    QCOMPARE(hex.highlight(), (HexView::Stretch{offset, length}));
    // And back: a field marks its bytes.
    const QModelIndex layer = dock->detail().model().index(1, 0);
    tree.setCurrentIndex(layer);
    QCOMPARE(hex.highlight().first, layer.data(LayerTreeModel::OffsetRole).toLongLong());
    QCOMPARE(hex.highlight().count, layer.data(LayerTreeModel::LengthRole).toLongLong());
    // An opened layer stays open in the next packet.
    tree.expand(layer);
    dock->table().setFocus();
    QTest::keyClick(&dock->table(), Qt::Key_Down);
    const auto bytes = dock->model().rowAt(1).capturedLength;
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::uint32_t>(hex.bytes().size()), bytes, kPatienceMs);
    if (dock->detail().model().index(1, 0).data() == layer.data())
        QVERIFY(tree.isExpanded(dock->detail().model().index(1, 0)));
}

void PlotDocksTest::packetsTimesAndCopy()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() > 10, kPatienceMs);
    const QModelIndex time = dock->model().index(1, PacketListModel::TimeColumn);
    const QString utc = time.data().toString();
    bench.focus.setZone(Focus::Zone::Local);
    QVERIFY(!time.data().toString().isEmpty());
    bench.focus.setZone(Focus::Zone::Utc);
    QCOMPARE(time.data().toString(), utc);
    // Rows far away from the screen are copied with their words, too.
    const int far = dock->model().rowCount() - 2;
    dock->table().setFocus();
    dock->table().selectionModel()->select(dock->model().index(far, 0),
                                           QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(&dock->table(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::clipboard()->text().isEmpty(), kPatienceMs);
    const QStringList cells = QGuiApplication::clipboard()->text().split(QLatin1Char('\t'));
    QCOMPARE(cells.size(), qsizetype{PacketListModel::ColumnCount});
    QCOMPARE(cells.at(0).toULongLong(), dock->model().rowAt(far).number);
    QVERIFY(!cells.at(PacketListModel::InfoColumn).isEmpty());
}

void PlotDocksTest::packetsOfAVanishedFile()
{
    const QString copy = m_dir.filePath(QStringLiteral("moving.pcapng"));
    QVERIFY(QFile::copy(m_office, copy));
    Bench bench;
    QVERIFY(bench.open(copy));
    QVERIFY(QFile::rename(copy, copy + QStringLiteral(".away")));
    auto* dock = bench.add<PacketsDock>();
    bench.focus.setSelection({0}, 0);
    auto* empty = dock->findChild<EmptyState*>();
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && !empty->isHidden(), kPatienceMs);
    QVERIFY(QFile::rename(copy + QStringLiteral(".away"), copy)); // put back: the button tries again
    emit empty->actionTriggered();
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowCount(), static_cast<int>(bench.flows()[0].packets()), kPatienceMs);
}

void PlotDocksTest::packetsOfACutCapture()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(write("office", 96)));
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() > 0, kPatienceMs);
    int cut = 0;
    while (!dock->model().rowAt(cut).cut())
        ++cut;
    dock->showPacket(dock->model().rowAt(cut).number);
    QCOMPARE(dock->table().currentIndex().row(), cut);
    QTRY_VERIFY_WITH_TIMEOUT(dock->detail().note().contains(QStringLiteral("96")), kPatienceMs);
    QVERIFY(
        dock->model().index(cut, PacketListModel::LengthColumn).data().toString().startsWith(QStringLiteral("96 of ")));
}

void PlotDocksTest::packetsGoToNumber()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    dock->showPacket(200); // before the list is there
    QVERIFY(bench.open(m_office));
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() > 0, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(dock->model().rowAt(dock->table().currentIndex().row()).number, std::uint64_t{200},
                              kPatienceMs);
}

void PlotDocksTest::pinnedDockKeepsItsFlow()
{
    Bench bench;
    auto* dock = bench.add<PacketsDock>();
    QVERIFY(bench.open(m_office));
    bench.focus.setSelection({0}, 0);
    const auto expected = static_cast<int>(bench.flows()[0].packets());
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() == expected, kPatienceMs);
    dock->setPinned(true);
    bench.focus.setSelection({}, flow::kNoFlow);
    QTest::qWait(200);
    QCOMPARE(dock->model().rowCount(), expected);
    dock->setPinned(false);
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && dock->model().rowCount() > expected, kPatienceMs);
}

void PlotDocksTest::flowFactsAndPlots()
{
    Bench bench;
    auto* dock = bench.add<FlowDock>();
    QVERIFY(bench.open(m_office));
    const std::uint32_t flow = bench.flowWhere([](const flow::FlowRecord& r) {
        return r.serverName != 0 && r.packets() > 20 && r.handshakeRttNs != flow::kUnknownNs;
    });
    QVERIFY(flow != flow::kNoFlow);
    const flow::FlowRecord& record = bench.flows()[flow];
    bench.focus.setSelection({flow}, flow);
    FlowFactsView& facts = dock->facts();
    QVERIFY(facts.title().contains(QStringLiteral(" → ")));
    QCOMPARE(facts.valueOf(QStringLiteral("Server name (SNI)")).toStdString(),
             std::string(bench.flows().name(record.serverName)));
    QVERIFY(!facts.valueOf(QStringLiteral("Handshake round trip")).isEmpty());
    QVERIFY(facts.valueOf(QStringLiteral("Packets")).contains(QStringLiteral(" / ")));
    QVERIFY(facts.history().startsWith(QStringLiteral("SYN ↑, SYN ↓")));
    QVERIFY(facts.statePathView().accessibleDescription().contains(QStringLiteral("established")));
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching(), kPatienceMs);
    QCOMPARE(dock->plots().samples().size(), record.packets());
    QVERIFY(dock->plots().pointsDrawn() > 0);
    dock->plots().sizes().setTableShown(true);
    QCOMPARE(dock->plots().sizes().table().model()->rowCount(), static_cast<int>(record.packets()));
    dock->plots().gaps().copyData();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Gap (s)")));
}

void PlotDocksTest::flowPlotsPointer()
{
    Bench bench;
    auto* dock = bench.add<FlowDock>();
    QVERIFY(bench.open(m_office));
    const std::uint32_t flow = bench.flowWhere([](const flow::FlowRecord& r) { return r.packets() > 20; });
    bench.focus.setSelection({flow}, flow);
    QTRY_VERIFY_WITH_TIMEOUT(!dock->searching() && !dock->plots().samples().empty(), kPatienceMs);
    PlotCanvas& canvas = dock->plots().sizes().canvas();
    QSignalSpy chosen(dock, &FlowDock::packetChosen);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.axisRect()->rect().center());
    QCOMPARE(chosen.count(), 1);
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_Left, Qt::ControlModifier);
    QTest::keyClick(&canvas, Qt::Key_Right);
    QVERIFY(canvas.crosshairShown());
    QVERIFY(canvas.crosshairWords().contains(QStringLiteral("packet ")));
    QVERIFY(dock->plots().gaps().canvas().crosshairShown()); // the line stands in both
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(chosen.count(), 2);
}

void PlotDocksTest::severalFlows()
{
    Bench bench;
    auto* dock = bench.add<FlowDock>();
    QVERIFY(bench.open(m_office));
    bench.focus.setSelection({0, 1, 2}, 0);
    QCOMPARE(dock->sums().model().rowCount(), 3);
    QVERIFY(dock->sums().words().startsWith(QStringLiteral("3 flows")));
    QTableView& table = dock->sums().table();
    QCOMPARE(dock->focusTarget(), static_cast<QWidget*>(&table));
    table.setFocus();
    table.setCurrentIndex(table.model()->index(1, 0));
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(bench.focus.state().selection.flows, std::vector<std::uint32_t>{1});
    QVERIFY(!dock->facts().title().isEmpty());
}

void PlotDocksTest::tunnelLeadsToItsCarrier()
{
    Bench bench;
    auto* dock = bench.add<FlowDock>();
    auto* packets = bench.add<PacketsDock>();
    QVERIFY(bench.open(write("tunnels")));
    const std::uint32_t inner =
        bench.flowWhere([](const flow::FlowRecord& r) { return r.outerFlow != flow::kNoFlow && r.packets() > 2; });
    QVERIFY(inner != flow::kNoFlow);
    bench.focus.setSelection({inner}, inner);
    QVERIFY(!dock->facts().valueOf(QStringLiteral("Inside tunnel")).isEmpty());
    const auto expected = static_cast<int>(bench.flows()[inner].packets());
    QTRY_VERIFY_WITH_TIMEOUT(!packets->searching() && packets->model().rowCount() == expected, kPatienceMs);
    QVERIFY(!dock->facts().outerFlowButton().isHidden());
    dock->facts().outerFlowButton().click();
    QCOMPARE(bench.focus.state().selection.current, bench.flows()[inner].outerFlow);
}

QTEST_MAIN(PlotDocksTest)
#include "plot_docks_test.moc"
