// The lists behind the Captures and Health docks.

#include "engine/audio/stream_report.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/docks/captures_dock.h"
#include "ui/docks/health_dock.h"
#include "ui/models/captures_model.h"
#include "ui/models/format.h"
#include "ui/models/health_model.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QListView>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;

class CaptureModelsTest : public QObject {
    Q_OBJECT

private slots:
    void capturesComeAndGo();
    void capturesSayTheirState();
    void countsTellOneFromMany();
    void healthIsWorstFirst();
    void limitsOfAnalyzersAreShown();
    void healthChangesOnlyWhatChanged();
    void capturesDockChoosesTheCurrent();
    void healthDockShowsTheCurrent();
};

void CaptureModelsTest::capturesComeAndGo()
{
    testing::FakeBridge fake;
    CapturesModel model(fake.bridge, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const CaptureId one = fake.bridge.open(QStringLiteral("/a/one.pcap"));
    const CaptureId two = fake.bridge.open(QStringLiteral("/a/two.pcap"));
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("one.pcap"));
    fake.bridge.remove(one);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.captureAt(0), two);
    QCOMPARE(model.rowOf(one), -1);
}

void CaptureModelsTest::capturesSayTheirState()
{
    testing::FakeBridge fake;
    CapturesModel model(fake.bridge, nullptr);
    const CaptureId id = fake.bridge.open(QStringLiteral("/a/one.pcap"));
    pipeline::CaptureSnapshot snapshot;
    snapshot.path = "/a/one.pcap";
    snapshot.phase = pipeline::Phase::Reading;
    snapshot.progress.bytesRead = 30;
    snapshot.progress.bytesTotal = 120;
    fake.engine->publish(id, snapshot);
    QTRY_COMPARE(model.index(0).data(CapturesModel::ShareRole).toDouble(), 0.25);
    QCOMPARE(model.index(0).data(CapturesModel::StateTextRole).toString(), QStringLiteral("reading, 25 %"));
    snapshot.phase = pipeline::Phase::Finished;
    fake.engine->publish(id, snapshot);
    QTRY_COMPARE(model.index(0).data(CapturesModel::StateRole).toInt(), static_cast<int>(Role::Good));
    snapshot.messages = {{capture::Severity::Error, "The file ends inside a packet.", 100, 3}};
    fake.engine->publish(id, snapshot);
    QTRY_COMPARE(model.index(0).data(CapturesModel::StateRole).toInt(), static_cast<int>(Role::Watch));
    snapshot.phase = pipeline::Phase::Failed;
    snapshot.failure = Error{ErrorCode::NotFound, "There is no such file.", ""};
    fake.engine->publish(id, snapshot);
    QTRY_COMPARE(model.index(0).data(CapturesModel::StateTextRole).toString(),
                 QStringLiteral("There is no such file."));
}

void CaptureModelsTest::countsTellOneFromMany()
{
    const auto flows = [](std::uint64_t count) {
        return formatCounted(count, QStringLiteral("1 flow"), QStringLiteral("%1 flows"));
    };
    QCOMPARE(flows(0), QStringLiteral("0 flows"));
    QCOMPARE(flows(1), QStringLiteral("1 flow"));
    QCOMPARE(flows(2000), formatCount(2000) + QStringLiteral(" flows"));
}

void CaptureModelsTest::healthIsWorstFirst()
{
    pipeline::CaptureSnapshot snapshot;
    QVERIFY(healthOf(snapshot, {}).empty());
    snapshot.counters.unmatched = 12;
    snapshot.counters.flowsEvicted = 3;
    snapshot.messages = {{capture::Severity::Note, "A comment was cut.", 10, 1},
                         {capture::Severity::Error, "The file ends inside a packet.", 1024, 7}};
    const auto items = healthOf(snapshot, {});
    QCOMPARE(items.size(), std::size_t{4});
    QCOMPARE(items[0].text, QStringLiteral("The file ends inside a packet."));
    QCOMPARE(items[0].where, QStringLiteral("byte 1\u2009024, after packet 7"));
    QCOMPARE(items[1].state, Role::Watch); // the cap that has bitten
    QCOMPARE(items[1].count, QStringLiteral("3"));
    QCOMPARE(items[2].text, QStringLiteral("A comment was cut."));
    pipeline::WorkspaceStatus workspace;
    workspace.problem = Error{ErrorCode::Unwritable, "The disk is full.", "ENOSPC"};
    QCOMPARE(healthOf(snapshot, workspace)[0].text, QStringLiteral("The disk is full."));
}

void CaptureModelsTest::limitsOfAnalyzersAreShown()
{
    pipeline::CaptureSnapshot snapshot;
    auto trends = std::make_shared<trends::TrendsResult>();
    trends->counters.signalsNotKept = 7;
    snapshot.trends = trends;
    auto streams = std::make_shared<audio::StreamList>();
    streams->counters.streamsRefused = 2;
    snapshot.audio = streams;
    auto checks = std::make_shared<resonance::MonitorResults>();
    checks->counters.flowsNotWatched = 3;
    checks->counters.flowsTooShort = 99; // no limit
    snapshot.resonance = checks;
    const auto items = healthOf(snapshot, {});
    QCOMPARE(items.size(), std::size_t{3});
    for (const HealthItem& item : items)
        QCOMPARE(item.state, Role::Watch);
    QCOMPARE(items[0].count, QStringLiteral("7"));
    QVERIFY(items[0].text.startsWith(QStringLiteral("Signals are counted")));
    QCOMPARE(items[1].count, QStringLiteral("2"));
    QCOMPARE(items[2].count, QStringLiteral("3"));
}

void CaptureModelsTest::healthChangesOnlyWhatChanged()
{
    Theme theme;
    HealthModel model(theme, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setItems(
        {{Role::Bad, QStringLiteral("a"), {}, {}}, {Role::Watch, QStringLiteral("b"), QStringLiteral("1"), {}}});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setItems(
        {{Role::Bad, QStringLiteral("a"), {}, {}}, {Role::Watch, QStringLiteral("b"), QStringLiteral("2"), {}}});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("warning: b"));
    model.setItems({});
    QCOMPARE(model.rowCount(), 0);
}

void CaptureModelsTest::capturesDockChoosesTheCurrent()
{
    testing::FakeBridge fake;
    Focus focus;
    Theme theme;
    CapturesDock dock(fake.bridge, focus, theme, nullptr);
    auto* list = dock.findChild<QListView*>();
    QVERIFY(!list->isVisibleTo(&dock)); // the empty state stands there
    const CaptureId one = fake.bridge.open(QStringLiteral("/a/one.pcap"));
    const CaptureId two = fake.bridge.open(QStringLiteral("/a/two.pcap"));
    focus.setCapture(two);
    QTRY_COMPARE(list->model()->rowCount(), 2);
    QTRY_COMPARE(list->currentIndex().row(), 1);
    dock.resize(300, 300);
    dock.show();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    QCOMPARE(focus.state().capture, one);
}

void CaptureModelsTest::healthDockShowsTheCurrent()
{
    testing::FakeBridge fake;
    Focus focus;
    Theme theme;
    HealthDock dock(fake.bridge, focus, theme, nullptr);
    auto* table = dock.findChild<QTableView*>();
    const CaptureId id = fake.bridge.open(QStringLiteral("/a/one.pcap"));
    focus.setCapture(id);
    QVERIFY(!table->isVisibleTo(&dock));
    pipeline::CaptureSnapshot snapshot;
    snapshot.counters.rowsDropped = 5;
    fake.engine->publish(id, snapshot);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QVERIFY(table->isVisibleTo(&dock));
}

QTEST_MAIN(CaptureModelsTest)
#include "capture_models_test.moc"
