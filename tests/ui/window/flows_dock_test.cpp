// The flow table with mouse and keyboard: live updates, order, filter, selection by flow, menus and copying.

#include "tests/support/synthetic_flows.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/flows_view.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>

using namespace timbre;
using namespace timbre::ui;

class FlowsDockTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setApplicationName(QStringLiteral("flows-dock-test"));
        QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    }
    void init();
    void cleanup();
    void showsEveryFlowAndItsSums();
    void growsWhileReading();
    void newFlowsWaitInAnotherOrder();
    void rowsOnScreenStayWhateverBecomesOfThem();
    void newFlowsBelowComeAtOnce();
    void placingNewFlowsKeepsTheFlowsOnScreen();
    void placingNewFlowsShowsTheTop();
    void rateOfTheMomentWhileLive();
    void headerClickSortsThreeWays();
    void filterAndWayBack();
    void selectionStaysOnItsFlows();
    void selectionFromElsewhere();
    void keysWalkAndPeek();
    void copiesRows();
    void copiesFilters();
    void columnsAreRemembered();
    void columnsAreUndone();
    void pinnedDockKeepsItsFilter();
    void failureOffersAWayOn();

private:
    void publish(std::size_t count, pipeline::Phase phase);
    void publishLive(const std::vector<std::uint64_t>& bytes, bool active);
    [[nodiscard]] std::vector<std::uint32_t> shown() const;
    [[nodiscard]] QString status() const { return m_dock->findChild<QLabel*>(QStringLiteral("flowsStatus"))->text(); }
    [[nodiscard]] int rows() const { return m_dock->model().rowCount(); }
    void clickRow(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    QTemporaryDir m_settings;
    std::unique_ptr<testing::FakeBridge> m_fake;
    std::unique_ptr<Focus> m_focus;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FlowsDock> m_dock;
    CaptureId m_id = 0;
};

void FlowsDockTest::init()
{
    QSettings().clear();
    m_fake = std::make_unique<testing::FakeBridge>();
    m_focus = std::make_unique<Focus>();
    m_theme = std::make_unique<Theme>();
    m_dock = std::make_unique<FlowsDock>(m_fake->bridge, *m_focus, *m_theme, new QWidget, nullptr);
    m_dock->resize(1200, 500);
    m_dock->show();
    m_dock->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dock.get()));
    m_id = m_fake->bridge.open(QStringLiteral("/captures/one.pcap"));
    m_focus->setCapture(m_id);
}

void FlowsDockTest::cleanup()
{
    m_dock.reset();
    m_focus.reset();
    m_theme.reset();
    m_fake.reset();
}

void FlowsDockTest::publish(std::size_t count, pipeline::Phase phase)
{
    pipeline::CaptureSnapshot snapshot;
    snapshot.path = "/captures/one.pcap";
    snapshot.phase = phase;
    snapshot.flows = testing::makeFlows({.flows = count});
    if (count > 0)
        snapshot.timeRange = TimeRange{(*snapshot.flows)[0].started, (*snapshot.flows)[count - 1].lastSeen};
    m_fake->engine->publish(m_id, std::move(snapshot));
}

void FlowsDockTest::clickRow(int row, Qt::KeyboardModifiers modifiers)
{
    const QRect cell = m_dock->view().visualRect(m_dock->model().index(row, 1));
    QTest::mouseClick(m_dock->view().viewport(), Qt::LeftButton, modifiers, cell.center());
    QTest::qWait(1); // the focus hears of it a moment later
}

void FlowsDockTest::showsEveryFlowAndItsSums()
{
    publish(500, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 500);
    QTRY_VERIFY(m_dock->totals().packets > 0);
    QVERIFY(status().startsWith(QStringLiteral("500 flows")));
    std::uint64_t packets = 0;
    for (std::size_t i = 0; i < 500; ++i)
        packets += m_dock->model().flows()[i].packets();
    QCOMPARE(m_dock->totals().packets, packets);
}

void FlowsDockTest::growsWhileReading()
{
    QSignalSpy reset(&m_dock->model(), &QAbstractItemModel::modelReset);
    publish(100, pipeline::Phase::Reading);
    QTRY_COMPARE(rows(), 100);
    clickRow(3);
    m_dock->view().verticalScrollBar()->setValue(40);
    publish(5000, pipeline::Phase::Reading);
    QTRY_COMPARE(rows(), 5000);
    QCOMPARE(m_dock->view().verticalScrollBar()->value(), 40);
    QCOMPARE(m_focus->state().selection.current, 3U);
    QCOMPARE(reset.count(), 0);
}

void FlowsDockTest::newFlowsWaitInAnotherOrder()
{
    publish(100, pipeline::Phase::Reading);
    QTRY_COMPARE(rows(), 100);
    m_focus->setOrder({query::Field::Bytes, true});
    QTRY_VERIFY(m_dock->model().rows());
    publish(228, pipeline::Phase::Reading);
    auto* held = m_dock->findChild<QToolButton*>(QStringLiteral("newFlows"));
    QTRY_VERIFY(held->isVisible());
    QCOMPARE(held->text(), QStringLiteral("↑ 128 new"));
    QCOMPARE(rows(), 100);
    held->click();
    QTRY_COMPARE(rows(), 228);
    publish(300, pipeline::Phase::Finished); // at rest everything takes its place by itself
    QTRY_COMPARE(rows(), 300);
    QVERIFY(!held->isVisible());
}

/// Flows with these bytes from the initiator, in order of creation; the capture is live.
void FlowsDockTest::publishLive(const std::vector<std::uint64_t>& bytes, bool active)
{
    auto chunk = std::make_shared<flow::FlowSnapshot::Chunk>();
    std::vector<flow::FlowRate> rates;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        flow::FlowRecord& record = chunk->emplace_back((*testing::makeFlows({.flows = 1}))[0]);
        record.index = static_cast<std::uint32_t>(i);
        record.key.portA = static_cast<std::uint16_t>(1000 + i);
        record.sides[0].bytes = bytes[i];
        record.sides[1].bytes = 0;
        rates.push_back({record.index, static_cast<float>(i == 1 ? 0 : 1000 * i)});
    }
    flow::FlowSnapshot flows({chunk}, bytes.size(), nullptr);
    if (active)
        flows.setRates(std::make_shared<const flow::FlowRates>(std::move(rates)));
    pipeline::CaptureSnapshot snapshot;
    snapshot.path = "/captures/one.pcap";
    snapshot.phase = active ? pipeline::Phase::Reading : pipeline::Phase::Finished;
    snapshot.flows = std::make_shared<const flow::FlowSnapshot>(std::move(flows));
    pipeline::LiveFacts live;
    live.active = active;
    snapshot.live = std::make_shared<const pipeline::LiveFacts>(live);
    m_fake->engine->publish(m_id, std::move(snapshot));
}

std::vector<std::uint32_t> FlowsDockTest::shown() const
{
    std::vector<std::uint32_t> flows;
    for (int row = 0; row < rows(); ++row)
        flows.push_back(m_dock->model().flowAt(row));
    return flows;
}

void FlowsDockTest::rowsOnScreenStayWhateverBecomesOfThem()
{
    using Flows = std::vector<std::uint32_t>;
    publishLive({500, 10, 700, 900}, true);
    m_focus->setFilter(QStringLiteral("flow.bytes.up < 800"));
    QTRY_COMPARE(shown(), (Flows{0, 1, 2}));
    publishLive({500, 5000, 700, 20}, true); // the second no longer fits, the fourth does now
    auto* held = m_dock->findChild<QToolButton*>(QStringLiteral("newFlows"));
    QTRY_COMPARE(m_dock->model().record(1).sides[0].bytes, std::uint64_t{5000}); // values are new …
    QTRY_COMPARE(shown(), (Flows{0, 1, 2, 3}));                                  // … and places are not
    publishLive({500, 5000, 7000, 20, 30, 9000, 40}, true);
    QTRY_COMPARE(shown(), (Flows{0, 1, 2, 3, 4, 6}));
    QVERIFY(!held->isVisible());
    publishLive({500, 5000, 7000, 20, 30, 50, 40}, true); // one in between
    QTRY_VERIFY(held->isVisible());
    QCOMPARE(held->text(), QStringLiteral("↑ 1 new"));
    QCOMPARE(shown(), (Flows{0, 1, 2, 3, 4, 6}));
    held->click();
    QTRY_COMPARE(shown(), (Flows{0, 3, 4, 5, 6}));
    QVERIFY(!held->isVisible());
    publishLive({900, 5000, 7000, 20, 30, 50, 40}, false); // at rest
    QTRY_COMPARE(shown(), (Flows{3, 4, 5, 6}));
}

void FlowsDockTest::newFlowsBelowComeAtOnce()
{
    std::vector<std::uint64_t> bytes(200, 100);
    publishLive(bytes, true);
    m_focus->setFilter(QStringLiteral("flow.bytes.up < 800"));
    QTRY_COMPARE(rows(), 200);
    clickRow(3);
    const std::uint32_t selected = m_focus->state().selection.current;
    QCOMPARE(selected, 3U);
    m_dock->view().verticalScrollBar()->setValue(60);
    bytes.resize(328, 100);
    publishLive(bytes, true);
    QTRY_COMPARE(rows(), 328);
    QVERIFY(!m_dock->findChild<QToolButton*>(QStringLiteral("newFlows"))->isVisible());
    QCOMPARE(m_dock->view().verticalScrollBar()->value(), 60);
    QCOMPARE(m_focus->state().selection.current, selected);
}

void FlowsDockTest::placingNewFlowsKeepsTheFlowsOnScreen()
{
    std::vector<std::uint64_t> bytes;
    for (std::uint64_t i = 0; i < 200; ++i)
        bytes.push_back(1000 + i);
    publishLive(bytes, true);
    QTRY_COMPARE(rows(), 200);
    m_focus->setOrder({query::Field::BytesUp, true});
    QTRY_COMPARE(m_dock->model().flowAt(0), 199U);
    m_dock->view().verticalScrollBar()->setValue(50);
    clickRow(55);
    const std::uint32_t top = m_dock->model().flowAt(50);
    const std::uint32_t selected = m_dock->model().flowAt(55);
    QCOMPARE(m_focus->state().selection.current, selected);
    for (std::uint64_t i = 0; i < 128; ++i)
        bytes.push_back(5000 + i); // all belong above
    publishLive(bytes, true);
    auto* held = m_dock->findChild<QToolButton*>(QStringLiteral("newFlows"));
    QTRY_COMPARE(held->text(), QStringLiteral("↑ 128 new"));
    QCOMPARE(m_dock->model().flowAt(50), top);
    held->click();
    QTRY_COMPARE(rows(), 328);
    QCOMPARE(m_dock->model().flowAt(m_dock->view().rowAt(0)), top);
    QCOMPARE(m_focus->state().selection.current, selected);
    QVERIFY(m_dock->view().selectionModel()->isRowSelected(m_dock->model().rowOf(selected)));
}

void FlowsDockTest::placingNewFlowsShowsTheTop()
{
    std::vector<std::uint64_t> bytes(200, 1000);
    publishLive(bytes, true);
    QTRY_COMPARE(rows(), 200);
    m_focus->setOrder({query::Field::BytesUp, true});
    QTRY_VERIFY(m_dock->model().rows());
    bytes.push_back(9000);
    publishLive(bytes, true);
    auto* held = m_dock->findChild<QToolButton*>(QStringLiteral("newFlows"));
    QTRY_VERIFY(held->isVisible());
    held->click();
    QTRY_COMPARE(m_dock->model().flowAt(0), 200U);
    QCOMPARE(m_dock->view().verticalScrollBar()->value(), 0);
}

void FlowsDockTest::rateOfTheMomentWhileLive()
{
    const QHeaderView* header = m_dock->view().horizontalHeader();
    const int column = static_cast<int>(FlowColumn::RateNow);
    publish(3, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 3);
    QVERIFY(header->isSectionHidden(column));
    publishLive({1, 2, 3}, true);
    QTRY_VERIFY(!header->isSectionHidden(column));
    QTRY_COMPARE(m_dock->model().index(2, column).data().toString(), QStringLiteral("2.00 kB/s"));
    QCOMPARE(m_dock->model().index(1, column).data().toString(), QString()); // silent
    m_focus->setOrder({query::Field::RateNow, true});
    QTRY_COMPARE(shown(), (std::vector<std::uint32_t>{2, 0, 1}));
    QVERIFY(!m_focus->undoTexts().isEmpty());
    publishLive({1, 2, 3}, false);
    QTRY_VERIFY(header->isSectionHidden(column));
    QCOMPARE(m_focus->undoTexts().size(), 1); // the order; columns were not arranged by anybody
}

void FlowsDockTest::headerClickSortsThreeWays()
{
    publish(200, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 200);
    QHeaderView* header = m_dock->view().horizontalHeader();
    const int column = static_cast<int>(FlowColumn::BytesUp);
    const auto click = [&] {
        const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    };
    const auto bytes = [&](int row) { return m_dock->model().record(row).sides[0].bytes; };
    click();
    QCOMPARE(m_focus->state().order, (RowOrder{query::Field::BytesUp, true}));
    QTRY_VERIFY(bytes(0) >= bytes(1) && bytes(0) >= bytes(199) && bytes(0) > bytes(100));
    QCOMPARE(header->sortIndicatorSection(), column);
    click();
    QTRY_VERIFY(bytes(0) <= bytes(1) && bytes(0) < bytes(199));
    click();
    QCOMPARE(m_focus->state().order, RowOrder{});
    QTRY_COMPARE(m_dock->model().flowAt(0), 0U);
    QVERIFY(m_focus->canUndo());
}

void FlowsDockTest::filterAndWayBack()
{
    publish(500, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 500);
    m_focus->setFilter(QStringLiteral("proto == udp"));
    QTRY_VERIFY(rows() < 500 && rows() > 0);
    for (int row = 0; row < rows(); ++row)
        QCOMPARE(m_dock->model().record(row).key.l4, decode::L4::Udp);
    QVERIFY(status().contains(QStringLiteral(" of 500 flows")));
    m_focus->setFilter(QStringLiteral("flow.pkts > 999999999999"));
    QTRY_COMPARE(rows(), 0);
    auto* empty = m_dock->findChild<EmptyState*>();
    QTRY_VERIFY(empty->isVisible());
    emit empty->actionTriggered();
    QTRY_COMPARE(rows(), 500);
    QVERIFY(m_dock->view().isVisible());
}

void FlowsDockTest::selectionStaysOnItsFlows()
{
    publish(300, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 300);
    clickRow(2);
    clickRow(4, Qt::ControlModifier);
    QTRY_COMPARE(m_focus->state().selection.flows, (std::vector<std::uint32_t>{2, 4}));
    m_focus->setOrder({query::Field::Bytes, true});
    QTRY_VERIFY(m_dock->model().rows());
    QCOMPARE(m_focus->state().selection.flows, (std::vector<std::uint32_t>{2, 4}));
    QCOMPARE(m_focus->state().selection.current, 4U);
    const QItemSelectionModel* selected = m_dock->view().selectionModel();
    QVERIFY(selected->isRowSelected(m_dock->model().rowOf(2)));
    QVERIFY(selected->isRowSelected(m_dock->model().rowOf(4)));
    QCOMPARE(selected->selectedRows().size(), 2);
    QCOMPARE(m_dock->view().currentIndex().row(), m_dock->model().rowOf(4));
}

void FlowsDockTest::selectionFromElsewhere()
{
    publish(2000, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 2000);
    m_focus->setSelection({1500, 1501, 1700}, 1501);
    QCOMPARE(m_dock->view().selectionModel()->selectedRows().size(), 3);
    QCOMPARE(m_dock->view().currentIndex().row(), 1501);
    QVERIFY(m_dock->view().viewport()->rect().intersects(m_dock->view().visualRect(m_dock->view().currentIndex())));
    QTest::keyClick(&m_dock->view(), Qt::Key_A, Qt::ControlModifier);
    QTRY_COMPARE(m_focus->state().selection.flows.size(), std::size_t{2000});
}

void FlowsDockTest::keysWalkAndPeek()
{
    publish(50, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 50);
    FlowsView& view = m_dock->view();
    view.setFocus(); // makes the first row the current one
    for (const auto key : {Qt::Key_J, Qt::Key_J, Qt::Key_J, Qt::Key_K})
        QTest::keyClick(&view, key);
    QTRY_COMPARE(m_focus->state().selection.current, 2U);
    QTest::keyClick(&view, Qt::Key_Space);
    QVERIFY(view.peekVisible());
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(view.peekVisible());
    QTRY_COMPARE(m_focus->state().selection.current, 3U);
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(!view.peekVisible());
    QSignalSpy packets(m_dock.get(), &FlowsDock::packetsRequested);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(packets.count(), 1);
    QTest::keyClick(&view, Qt::Key_S);
    QVERIFY(m_focus->state().order != RowOrder{});
}

void FlowsDockTest::copiesRows()
{
    publish(50, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 50);
    m_focus->setSelection({3, 7}, 3);
    QSignalSpy said(m_dock.get(), &FlowsDock::said);
    QTest::keyClick(&m_dock->view(), Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(said.count(), 1);
    QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4); // header, two flows, the end of the last line
    QVERIFY(lines[0].startsWith(QStringLiteral("Proto\tClient\tServer")));
    QCOMPARE(lines[0].count(QLatin1Char('\t')), lines[1].count(QLatin1Char('\t')));
    QVERIFY(lines[1].contains(m_dock->model().index(3, 1).data().toString()));
    m_dock->copySelectionAs(CopyFormat::Json);
    QTRY_COMPARE(said.count(), 2);
    lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("{\"protocol\":")));
}

void FlowsDockTest::copiesFilters()
{
    publish(50, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 50);
    const flow::FlowSnapshot& flows = m_dock->model().flows();
    std::uint32_t tcp = 0;
    while (flows[tcp].key.l4 != decode::L4::Tcp || flows[tcp].key.family != IpFamily::V4)
        ++tcp;
    const QString client = QString::fromStdString(toString(flows[tcp].address(flow::Side::Initiator)));
    const QString bpf = bpfFilter(flows, {tcp});
    QVERIFY2(bpf.startsWith(QStringLiteral("host %1 and host ").arg(client)) &&
                 bpf.contains(QStringLiteral(" and tcp and port ")),
             qPrintable(bpf));
    const QString wireshark = wiresharkFilter(flows, {tcp});
    QVERIFY2(wireshark.startsWith(QStringLiteral("ip.addr == %1 && ip.addr == ").arg(client)), qPrintable(wireshark));
    QCOMPARE(bpfFilter(flows, {tcp, tcp + 1}).count(QStringLiteral(") or (")), 1);
}

void FlowsDockTest::columnsAreUndone()
{
    QHeaderView* header = m_dock->view().horizontalHeader();
    const int section = header->logicalIndex(1);
    const int width = header->sectionSize(section);
    header->moveSection(1, 3);
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 50); // quick changes are one step
    header->resizeSection(section, width + 77);
    QCOMPARE(m_focus->undoTexts().size(), 2);
    m_focus->undo();
    QCOMPARE(header->sectionSize(section), width);
    QCOMPARE(header->visualIndex(section), 3);
    m_focus->undo();
    QCOMPARE(header->visualIndex(section), 1);
    m_focus->redo();
    m_focus->redo();
    QCOMPARE(header->sectionSize(section), width + 77);
    QCOMPARE(header->visualIndex(section), 3);
}

void FlowsDockTest::columnsAreRemembered()
{
    QHeaderView* header = m_dock->view().horizontalHeader();
    const int entropy = static_cast<int>(FlowColumn::Entropy);
    const int vlan = static_cast<int>(FlowColumn::Vlan);
    header->setSectionHidden(entropy, true);
    header->setSectionHidden(vlan, false);
    header->moveSection(header->visualIndex(vlan), 0);
    header->resizeSection(vlan, 123);
    m_dock.reset(); // saves
    m_dock = std::make_unique<FlowsDock>(m_fake->bridge, *m_focus, *m_theme, new QWidget, nullptr);
    header = m_dock->view().horizontalHeader();
    QVERIFY(header->isSectionHidden(entropy));
    QVERIFY(!header->isSectionHidden(vlan));
    QCOMPARE(header->visualIndex(vlan), 0);
    QCOMPARE(header->sectionSize(vlan), 123);
    m_dock->resetColumns();
    QVERIFY(!header->isSectionHidden(entropy));
    QVERIFY(header->isSectionHidden(vlan));
    QCOMPARE(header->visualIndex(0), 0);
}

void FlowsDockTest::pinnedDockKeepsItsFilter()
{
    publish(200, pipeline::Phase::Finished);
    QTRY_COMPARE(rows(), 200);
    m_dock->setPinned(true);
    m_focus->setFilter(QStringLiteral("proto == udp"));
    QTest::qWait(50);
    QCOMPARE(rows(), 200);
    m_dock->setPinned(false);
    QTRY_VERIFY(rows() < 200);
}

void FlowsDockTest::failureOffersAWayOn()
{
    pipeline::CaptureSnapshot snapshot;
    snapshot.path = "/captures/one.pcap";
    snapshot.phase = pipeline::Phase::Failed;
    snapshot.failure = Error{ErrorCode::UnknownFormat, "This is a picture, not a capture.", "magic 89504e47"};
    m_fake->engine->publish(m_id, std::move(snapshot));
    QSignalSpy open(m_dock.get(), &FlowsDock::openRequested);
    auto* empty = m_dock->findChild<EmptyState*>();
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(empty->findChild<QLabel*>()->text().contains(QStringLiteral("picture")));
    emit empty->actionTriggered();
    QCOMPARE(open.count(), 1);
}

QTEST_MAIN(FlowsDockTest)
#include "flows_dock_test.moc"
