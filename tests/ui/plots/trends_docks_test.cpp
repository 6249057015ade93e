// Trends, Anomalies and Entities driven with mouse and keyboard over a capture whose signals are known.

#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/no_sink.h"
#include "tests/pipeline/raw_traffic.h"
#include "tests/trends/mmdb_writer.h"
#include "tests/ui/plots/one_capture_port.h"
#include "ui/dialogs/signal_settings_dialog.h"
#include "ui/dialogs/suppressions_dialog.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/entities_dock.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/trends_dock.h"
#include "ui/models/anomalies_model.h"
#include "ui/models/entities_model.h"
#include "ui/models/signals_model.h"
#include "ui/models/trend_types_model.h"
#include "ui/plots/trends_plot.h"
#include "ui/plots/twin_frame.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTextBrowser>

#include <fstream>

using namespace timbre;
using namespace timbre::ui;
using test::OneCapturePort;
using test::RawTraffic;

namespace {

constexpr int kPatienceMs = 10'000;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 3'600'000;

/// One capture with its signals, and rules that hide anomalies kept in memory.
class TrendsPort : public OneCapturePort {
public:
    explicit TrendsPort(pipeline::EngineObserver& observer)
        : OneCapturePort(observer)
        , m_toTell(observer)
    {
    }
    pipeline::CaptureId open(const std::filesystem::path& path, pipeline::OpenOptions) override
    {
        pipeline::CaptureSnapshot snapshot;
        snapshot.flows = std::make_shared<const flow::FlowSnapshot>();
        snapshot.histogram = std::make_shared<const TimeHistogram>();
        pipeline::RunOptions options;
        options.analyzers = pipeline::makeAnalyzers({});
        pipeline::NoSink nowhere;
        auto run = pipeline::AnalysisRun::open(path, options, nowhere);
        while ((*run)->step()) {
        }
        (*run)->finish();
        pipeline::describe(**run, {}, snapshot);
        snapshot.phase = pipeline::Phase::Finished;
        publish(std::move(snapshot));
        return kId;
    }
    void suppress(const trends::Suppression& rule) override
    {
        m_rules.push_back(rule);
        m_rules.back().id = ++m_lastRule;
        m_toTell.workspaceChanged();
    }
    void unsuppress(std::int64_t id) override
    {
        std::erase_if(m_rules, [id](const auto& rule) { return rule.id == id; });
        m_toTell.workspaceChanged();
    }
    [[nodiscard]] std::vector<trends::Suppression> suppressions() const override { return m_rules; }

private:
    pipeline::EngineObserver& m_toTell;
    std::vector<trends::Suppression> m_rules;
    std::int64_t m_lastRule = 0;
};

struct Bench {
    EngineBridge bridge;
    Focus focus;
    Theme theme;
    QMainWindow window;

    Bench()
        : bridge([](pipeline::EngineObserver& observer) { return std::make_unique<TrendsPort>(observer); })
    {
        theme.install();
        window.resize(1200, 700);
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
        QTest::qWait(50); // layouts
        return true;
    }
    [[nodiscard]] const trends::TrendsResult& result() { return *bridge.snapshot(OneCapturePort::kId)->trends; }
};

/// Three minutes, then one two hours later: requests, hellos, a token in three hands, an address that changes its JA4.
std::string sampleCapture()
{
    RawTraffic traffic;
    for (int i = 1; i <= 3; ++i)
        traffic.get(i * 100, "192.0.2." + std::to_string(i), 1000, "/", "User-Agent: a\r\nAuthorization: Bearer t\r\n");
    for (std::uint16_t i = 0; i < 6; ++i)
        traffic.hello(kMinute + i * 50, "192.0.2.4", static_cast<std::uint16_t>(2000 + i), i % 2 == 0 ? 3 : 5);
    for (int i = 0; i < 4; ++i)
        traffic.get(2 * kMinute + i * i * 900, "192.0.2.5", 3000, "/page", "User-Agent: b\r\n");
    traffic.hello(2 * kHour, "192.0.2.6", 4000, 3);
    return traffic.bytes();
}

QPoint barPoint(TrendsPlot& plot, std::int64_t ms)
{
    return {static_cast<int>(plot.canvas().xAxis->coordToPixel(plot.brush().toAxis(timeOfMs(ms)))),
            plot.canvas().axisRect()->center().y()};
}

/// The row of the anomaly of this type in what is shown; −1: none.
int rowOf(AnomaliesDock& dock, const char* title)
{
    for (int row = 0; row < dock.shown().rowCount(); ++row)
        if (dock.shown().index(row, static_cast<int>(AnomaliesModel::Column::Kind)).data().toString() ==
            QLatin1String(title))
            return row;
    return -1;
}

} // namespace

class TrendsDocksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void emptyStatesTeach();
    void barsByResolutionAndGrouping();
    void aDragIsTheTimeRangeOfAll();
    void hoverReadsCounts();
    void aClickListsSignalsAndSelectsFlows();
    void keysChooseBars();
    void typesSayHowTheyChange();
    void oneTypeAlone();
    void tableTwin();
    void anomaliesHaveEvidence();
    void anomaliesByKeys();
    void notesAreAboutAnAnomaly();
    void suppressAndUndo();
    void rulesAreListedAndTakenBack();
    void hiddenRowsCanBeLookedAt();
    void entitiesShowWhatTheyShare();
    void linksFilter();
    void signalSettingsAreKept();

private:
    QTemporaryDir m_dir;
    QString m_capture;
};

void TrendsDocksTest::initTestCase()
{
    QVERIFY(m_dir.isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    m_capture = m_dir.filePath(QStringLiteral("signals.pcap"));
    std::ofstream(m_capture.toStdString(), std::ios::binary) << sampleCapture();
}

void TrendsDocksTest::emptyStatesTeach()
{
    Bench bench;
    const QList<Dock*> docks{bench.add<TrendsDock>(), bench.add<AnomaliesDock>(), bench.add<EntitiesDock>()};
    for (Dock* dock : docks) {
        const auto* empty = dock->findChild<EmptyState*>();
        QVERIFY(empty != nullptr && !empty->isHidden());
        QVERIFY(dock->focusTarget() != nullptr);
    }
}

void TrendsDocksTest::barsByResolutionAndGrouping()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    QCOMPARE(dock->plot().starts().size(), std::size_t{4});
    QCOMPARE(dock->plot().starts().front(), RawTraffic::kStartMs);
    dock->resolution().setCurrentIndex(1);
    QCOMPARE(dock->plot().starts().size(), std::size_t{2}); // 22:14 … 22:16, and after midnight
    dock->resolution().setCurrentIndex(2);
    QCOMPARE(dock->plot().starts().size(), std::size_t{2});
    QVERIFY(dock->plot().stackTitles().contains(QString::fromUtf8(titleOf(trends::Category::Network))));
    dock->grouping().setCurrentIndex(1);
    QVERIFY(dock->plot().stackTitles().contains(QString::fromUtf8(titleOf(trends::SignalType::Ip))));
    QVERIFY(dock->plot().stackTitles().size() <= qsizetype{TrendsPlot::kMaxStacks + 1});
}

void TrendsDocksTest::aDragIsTheTimeRangeOfAll()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    PlotCanvas& canvas = dock->plot().canvas();
    const QPoint from = canvas.axisRect()->rect().center() - QPoint(60, 0);
    const QPoint to = canvas.axisRect()->rect().center() + QPoint(60, 0);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&canvas, &move);
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
    QVERIFY(bench.focus.state().range.has_value());
    bench.focus.setRange(std::nullopt);
    QVERIFY(!dock->plot().brush().shown().has_value());
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, barPoint(dock->plot(), RawTraffic::kStartMs + kMinute / 2));
    QCOMPARE(bench.focus.state().range,
             std::optional(TimeRange{timeOfMs(RawTraffic::kStartMs), timeOfMs(RawTraffic::kStartMs + kMinute - 1)}));
}

void TrendsDocksTest::hoverReadsCounts()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    QStringList heard;
    QObject::connect(&dock->plot(), &TrendsPlot::readoutChanged, dock, [&](const QString& words) { heard += words; });
    PlotCanvas& canvas = dock->plot().canvas();
    const QPoint over = barPoint(dock->plot(), RawTraffic::kStartMs + kMinute + kMinute / 2);
    QMouseEvent move(QEvent::MouseMove, over, canvas.mapToGlobal(over), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(&canvas, &move);
    QTRY_VERIFY_WITH_TIMEOUT(!heard.isEmpty(), kPatienceMs);
    // Six hellos: address, JA3 and JA4 each.
    QVERIFY2(heard.last().contains(QStringLiteral("22:15")), qPrintable(heard.last()));
    QVERIFY2(heard.last().contains(QStringLiteral("18")), qPrintable(heard.last()));
    QVERIFY(canvas.crosshairShown());
}

void TrendsDocksTest::aClickListsSignalsAndSelectsFlows()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    QSignalSpy said(dock, &TrendsDock::said);
    QTest::mouseClick(&dock->plot().canvas(), Qt::LeftButton, {},
                      barPoint(dock->plot(), RawTraffic::kStartMs + kMinute + kMinute / 2));
    QCOMPARE(said.count(), 1);
    QCOMPARE(dock->signalTable().model()->rowCount(), 18);
    QCOMPARE(bench.focus.state().selection.flows.size(), std::size_t{6});
    QVERIFY(!bench.focus.state().range.has_value()); // filter and range stay
    // A row of the list is its flow alone; Enter asks for it.
    QSignalSpy asked(dock, &TrendsDock::flowsWanted);
    dock->signalTable().selectRow(0);
    QCOMPARE(bench.focus.state().selection.flows.size(), std::size_t{1});
    dock->signalTable().setFocus();
    QTest::keyClick(&dock->signalTable(), Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
}

void TrendsDocksTest::keysChooseBars()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    dock->focusTarget()->setFocus();
    QCOMPARE(dock->focusTarget(), &dock->plot().canvas());
    PlotCanvas& canvas = dock->plot().canvas();
    QTest::keyClick(&canvas, Qt::Key_Home);
    QTest::keyClick(&canvas, Qt::Key_Space);
    QVERIFY(dock->signalTable().model()->rowCount() > 0);
    QTest::keyClick(&canvas, Qt::Key_Return);
    QVERIFY(bench.focus.state().range.has_value());
}

void TrendsDocksTest::typesSayHowTheyChange()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    const auto cell = [&](const char* type, TrendTypesModel::Column column) {
        auto* model = dock->types().model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, 0).data().toString() == QString::fromUtf8(type))
                return model->index(row, static_cast<int>(column)).data().toString();
        return QString();
    };
    using Column = TrendTypesModel::Column;
    const char* ip = titleOf(trends::SignalType::Ip);
    QCOMPARE(cell(ip, Column::Count), QStringLiteral("14"));
    QCOMPARE(cell(ip, Column::Values), QStringLiteral("6"));
    QCOMPARE(cell(ip, Column::Entities), QStringLiteral("6"));
    QVERIFY(cell(ip, Column::Change).isEmpty()); // against what?
    bench.focus.setRange(
        TimeRange{timeOfMs(RawTraffic::kStartMs + kMinute + 1), timeOfMs(RawTraffic::kStartMs + 2 * kMinute - 1)});
    QVERIFY2(cell(ip, Column::Change).startsWith(QStringLiteral("▲")) ||
                 cell(ip, Column::Change).startsWith(QStringLiteral("▼")),
             qPrintable(cell(ip, Column::Change)));
}

void TrendsDocksTest::oneTypeAlone()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    dock->types().selectRow(0);
    QCOMPARE(dock->plot().stackTitles().size(), 1);
    dock->types().clearSelection();
    QVERIFY(dock->plot().stackTitles().size() > 1);
}

void TrendsDocksTest::tableTwin()
{
    Bench bench;
    auto* dock = bench.add<TrendsDock>();
    QVERIFY(bench.open(m_capture));
    dock->plot().setTableShown(true);
    QCOMPARE(dock->plot().table().model()->rowCount(), 4);
    dock->plot().copyData();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 5);
}

void TrendsDocksTest::anomaliesHaveEvidence()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QSignalSpy marks(dock, &AnomaliesDock::marksChanged);
    QVERIFY(bench.open(m_capture));
    QVERIFY(!marks.isEmpty());
    QCOMPARE(marks.last().first().value<std::vector<Timestamp>>().size(),
             static_cast<std::size_t>(dock->shown().rowCount()));
    const int sharing = rowOf(*dock, titleOf(trends::AnomalyType::SessionSharing));
    QVERIFY(sharing >= 0);
    dock->table().setCurrentIndex(dock->shown().index(sharing, 0));
    const QString words = dock->evidence().toPlainText();
    for (const char* part : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "50", "22:15:00"})
        QVERIFY2(words.contains(QLatin1String(part)), qPrintable(words));
    QSignalSpy flows(dock, &AnomaliesDock::flowsRequested);
    dock->table().setFocus();
    QTest::keyClick(&dock->table(), Qt::Key_Return);
    QCOMPARE(flows.count(), 1);
    QCOMPARE(bench.focus.state().selection.flows.size(), std::size_t{3});
    // Another range, other rows.
    bench.focus.setRange(TimeRange{timeOfMs(RawTraffic::kStartMs + kHour), timeOfMs(RawTraffic::kStartMs + 3 * kHour)});
    QCOMPARE(rowOf(*dock, titleOf(trends::AnomalyType::SessionSharing)), -1);
}

void TrendsDocksTest::notesAreAboutAnAnomaly()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QVERIFY(bench.open(m_capture));
    dock->table().setCurrentIndex({});
    QVERIFY(!dock->noteChoice());
    const int sharing = rowOf(*dock, titleOf(trends::AnomalyType::SessionSharing));
    dock->table().setCurrentIndex(dock->shown().index(sharing, 0));
    const auto choice = dock->noteChoice();
    QVERIFY(choice.has_value());
    QCOMPARE(choice->note.subject, store::NoteSubject::Anomaly);
    QVERIFY(choice->note.range && choice->note.range->begin >= timeOfMs(RawTraffic::kStartMs));
    const QString object = QString::fromStdString(choice->note.object);
    dock->table().setCurrentIndex({});
    QVERIFY(dock->select(object));
    QCOMPARE(dock->table().currentIndex().row(), sharing);
    QVERIFY(!dock->select(object + QLatin1Char('x')));
}

void TrendsDocksTest::anomaliesByKeys()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QVERIFY(bench.open(m_capture));
    QVERIFY(dock->shown().rowCount() > 1);
    dock->table().setCurrentIndex({}); // the keyboard in the table chose a row
    dock->goTo(1);
    QCOMPARE(dock->table().currentIndex().row(), 0);
    dock->goTo(1);
    QCOMPARE(dock->table().currentIndex().row(), 1);
    dock->goTo(-1);
    dock->goTo(-1); // stays at the first
    QCOMPARE(dock->table().currentIndex().row(), 0);
    QVERIFY(!dock->evidence().toPlainText().isEmpty());
}

void TrendsDocksTest::suppressAndUndo()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QVERIFY(bench.open(m_capture));
    const int before = dock->shown().rowCount();
    trends::Suppression rule;
    rule.type = trends::AnomalyType::SessionSharing;
    rule.reason = "a shared office line";
    dock->suppressBy(rule);
    QTRY_COMPARE_WITH_TIMEOUT(dock->shown().rowCount(), before - 1, kPatienceMs);
    dock->undoSuppress();
    QTRY_COMPARE_WITH_TIMEOUT(dock->shown().rowCount(), before, kPatienceMs);
    QVERIFY(bench.bridge.suppressions().empty());
}

void TrendsDocksTest::rulesAreListedAndTakenBack()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QVERIFY(bench.open(m_capture));
    trends::Suppression rule;
    rule.entity = "192.0.2.4";
    rule.reason = "a test machine";
    bench.bridge.suppress(rule);
    trends::Suppression over;
    over.type = trends::AnomalyType::SessionSharing;
    over.reason = "long ago";
    over.expiresMs = 1;
    bench.bridge.suppress(over);
    QTRY_COMPARE_WITH_TIMEOUT(dock->shown().suppressions().size(), std::size_t{1}, kPatienceMs);
    SuppressionsDialog dialog(bench.bridge, dock->shown(), bench.focus, dock);
    using Column = SuppressionsDialog::Column;
    QCOMPARE(dialog.table().rowCount(), 2);
    const auto cell = [&](int row, Column column) {
        return dialog.table().item(row, static_cast<int>(column))->text();
    };
    QVERIFY(cell(0, Column::What).contains(QStringLiteral("192.0.2.4")));
    QCOMPARE(cell(0, Column::Reason), QStringLiteral("a test machine"));
    QVERIFY(cell(0, Column::Hides).toInt() > 0);
    QCOMPARE(cell(1, Column::Hides), QStringLiteral("0"));
    QVERIFY(cell(1, Column::Ends).contains(QStringLiteral("1970")));
    dialog.table().selectRow(0);
    dialog.takeBackCurrent();
    QTRY_COMPARE_WITH_TIMEOUT(dialog.table().rowCount(), 1, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(dock->shown().suppressions().empty(), kPatienceMs);
}

void TrendsDocksTest::hiddenRowsCanBeLookedAt()
{
    Bench bench;
    auto* dock = bench.add<AnomaliesDock>();
    QVERIFY(bench.open(m_capture));
    const int before = dock->shown().rowCount();
    trends::Suppression rule;
    rule.type = trends::AnomalyType::SessionSharing;
    dock->suppressBy(rule);
    QTRY_COMPARE_WITH_TIMEOUT(dock->shown().hiddenRows(), 1, kPatienceMs);
    dock->shown().setHiddenShown(true);
    QCOMPARE(dock->shown().rowCount(), before);
    QCOMPARE(dock->shown().hiddenRows(), 1);
    dock->shown().setHiddenShown(false);
    QCOMPARE(dock->shown().rowCount(), before - 1);
}

void TrendsDocksTest::entitiesShowWhatTheyShare()
{
    Bench bench;
    auto* dock = bench.add<EntitiesDock>();
    QVERIFY(bench.open(m_capture));
    QTRY_COMPARE_WITH_TIMEOUT(dock->table().model()->rowCount(), 6, kPatienceMs);
    // The highest risk is chosen: the address that changes its JA4.
    QTRY_COMPARE_WITH_TIMEOUT(dock->drawer().head().subject, QStringLiteral("192.0.2.4"), kPatienceMs);
    QCOMPARE(dock->drawer().head().state, Role::Watch);
    QVERIFY(dock->facts().toPlainText().contains(QStringLiteral("t12d04")));
    for (int row = 0; row < dock->table().model()->rowCount(); ++row)
        if (dock->table().model()->index(row, 0).data().toString() == QStringLiteral("192.0.2.1"))
            dock->table().setCurrentIndex(dock->table().model()->index(row, 0));
    QTRY_VERIFY_WITH_TIMEOUT(dock->graph().neighbours().size() >= 2, kPatienceMs);
    const QString words = dock->facts().toPlainText();
    QVERIFY2(words.contains(QStringLiteral("192.0.2.2")) && words.contains(QStringLiteral("192.0.2.3")),
             qPrintable(words)); // the graph in words
    TwinFrame& graph = dock->graphFrame();
    dock->graph().setFocus();
    QTest::keyClick(&dock->graph(), Qt::Key_T, Qt::AltModifier);
    QVERIFY(graph.tableShown());
    const QAbstractItemModel& twin = *graph.table().model();
    QCOMPARE(twin.rowCount(), static_cast<int>(dock->graph().neighbours().size()));
    const QString strongest = twin.index(0, 0).data().toString();
    QCOMPARE(strongest, dock->graph().neighbours().front().name);
    QVERIFY(twin.index(0, 1).data().toInt() > 0 && !twin.index(0, 2).data().toString().isEmpty());
    QVERIFY(graph.savePictureTo(m_dir.filePath(QStringLiteral("graph.svg"))));
    QVERIFY(graph.savePictureTo(m_dir.filePath(QStringLiteral("graph.pdf"))));
    QVERIFY(graph.savePictureTo(m_dir.filePath(QStringLiteral("graph.png"))));
    trends::SignalQuery tokens;
    tokens.type = trends::SignalType::Bearer;
    const auto token = trends::signalsOf(bench.result().buckets, tokens).front().value;
    const QString hash = QString::fromStdString(std::string(bench.result().text(token)));
    QVERIFY(words.contains(hash.left(16)) && !words.contains(hash));
    graph.setTableShown(false);
    QTest::keyClick(&dock->graph(), Qt::Key_Right); // to the strongest, and there
    QTest::keyClick(&dock->graph(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(dock->drawer().head().subject, strongest, kPatienceMs);
}

void TrendsDocksTest::linksFilter()
{
    Bench bench;
    auto* dock = bench.add<EntitiesDock>();
    QVERIFY(bench.open(m_capture));
    QTRY_VERIFY_WITH_TIMEOUT(dock->facts().toHtml().contains(QStringLiteral("filter:")), kPatienceMs);
    emit dock->facts().anchorClicked(QUrl(QStringLiteral("filter:ja4%20%3D%3D%20t12d0401")));
    QCOMPARE(bench.focus.state().filter, QStringLiteral("ja4 == t12d0401"));
    emit dock->facts().anchorClicked(QUrl(QStringLiteral("address:192.0.2.6")));
    QTRY_COMPARE_WITH_TIMEOUT(dock->drawer().head().subject, QStringLiteral("192.0.2.6"), kPatienceMs);
}

void TrendsDocksTest::signalSettingsAreKept()
{
    const QString places = m_dir.filePath(QStringLiteral("places.mmdb"));
    std::ofstream(places.toStdString(), std::ios::binary)
        << test::mmdbOf({{"198.51.100.0/24", "DE", 52.5, 13.4, 64500}});
    {
        SignalSettingsDialog dialog;
        dialog.addFile(places);
        dialog.addFile(places); // once
        dialog.accept();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QVERIFY(dialog.values().locations != nullptr);
    }
    QCOMPARE(SignalSettings::load().locationFiles, QStringList{places});
    QVERIFY(SignalSettings::load().values().ok());
    SignalSettingsDialog dialog;
    dialog.addFile(m_capture); // no database
    dialog.accept();
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Rejected));
    QCOMPARE(SignalSettings::load().locationFiles, QStringList{places});
}

QTEST_MAIN(TrendsDocksTest)
#include "trends_docks_test.moc"
