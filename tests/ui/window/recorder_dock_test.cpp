// Recorder and mask library in the real window on the real engine, by mouse and keyboard as an analyst would use them:
// from a recording to a mask that another workspace trusts, and to nothing left of it.

#include "tests/ui/window/modal_answers.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/dialogs/note_dialog.h"
#include "ui/docks/masks_dock.h"
#include "ui/docks/notes_dock.h"
#include "ui/docks/recorder_dock.h"
#include "ui/docks/table_actions.h"
#include "ui/masks/keys_dialog.h"
#include "ui/masks/state_graph.h"
#include "ui/models/notes_model.h"
#include "ui/plots/twin_frame.h"
#include "ui/recordings/distribution_plots.h"
#include "ui/report/report_sections.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;
using testing::ModalAnswers;

namespace {

constexpr int kWaitMs = 30'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class RecorderDockTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("recorder-dock-test")); }
    void init()
    {
        m_fixture.forgetAll();
        for (const char* name : {"k.pem", "k.pem.pub", "m.json", "other.json"})
            QFile::remove(path(name));
        open();
    }
    void cleanup()
    {
        m_testers.clear();
        m_fixture.close();
    }

    void fromRecordingToTrustedMaskAndBack();
    void listsAreSorted();
    void statesOfAMaskAsATable();
    void everyKindOfSelection();
    void liveSessionsMoveTowardsEnough();
    void twoAreCompared();
    void deletedMeansGoneFromTheFile();
    void notesOnRecordingsAndMasks();
    void exportingManyNeverOverwrites();

private:
    void open();
    [[nodiscard]] QString path(const char* name) const
    {
        return QDir(m_fixture.folder()).filePath(QLatin1String(name));
    }
    template<typename Widget>
    [[nodiscard]] Widget* named(QWidget& parent, const QString& name) const
    {
        for (Widget* widget : parent.findChildren<Widget*>()) {
            if (widget->accessibleName() == name)
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] QAbstractButton* button(QWidget& parent, const QString& text) const
    {
        for (QAbstractButton* each : parent.findChildren<QAbstractButton*>()) {
            if (QString(each->text()).remove(QLatin1Char('&')) == text)
                return each;
        }
        return nullptr;
    }
    void click(QWidget& parent, const char* text)
    {
        QAbstractButton* found = button(parent, QString::fromUtf8(text));
        QVERIFY2(found != nullptr, text);
        QTRY_VERIFY2(found->isEnabled(), text);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /// Fills in the form and presses Record. `what` is the row of the list of kinds.
    void record(const QString& service, int what, const QString& filter, bool payloadOnly = true);
    [[nodiscard]] QTableView& recordings() { return m_recorder->table(); }
    [[nodiscard]] QTableView& masks() { return *named<QTableView>(*m_masks, QStringLiteral("Masks")); }
    [[nodiscard]] int ended() const;
    void selectRow(QTableView& table, int row)
    {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                          table.visualRect(table.model()->index(row, 0)).center());
    }
    /// With the keyboard there, also when a dialog has just had it.
    void press(QWidget& at, Qt::Key key)
    {
        m_fixture.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_fixture.window()));
        at.setFocus();
        QTRY_VERIFY(at.hasFocus());
        QTest::keyClick(&at, key);
    }
    [[nodiscard]] int maskRow(const QString& id);
    [[nodiscard]] QString maskCell(const QString& id, const QString& title);
    void drop(const QString& file);
    void makeKey(const QString& label);
    void makeMask();

    testing::WindowFixture m_fixture;
    RecorderDock* m_recorder = nullptr;
    MasksDock* m_masks = nullptr;
    NotesDock* m_notes = nullptr;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
};

void RecorderDockTest::open()
{
    m_testers.clear();
    QVERIFY(m_fixture.makeWindow());
    m_fixture.window().resize(1600, 1000);
    QVERIFY(m_fixture.openSample());
    m_recorder = m_fixture.window().findChild<RecorderDock*>();
    m_masks = m_fixture.window().findChild<MasksDock*>();
    m_notes = m_fixture.window().findChild<NotesDock*>();
    QVERIFY(m_recorder != nullptr && m_masks != nullptr && m_notes != nullptr);
    for (QAbstractItemModel* model : {recordings().model(), masks().model()})
        m_testers.push_back(std::make_unique<QAbstractItemModelTester>(model));
    m_masks->bringToFront();
    m_recorder->bringToFront();
    QTRY_COMPARE(masks().model()->rowCount(), 3); // the bundled ones
}

void RecorderDockTest::record(const QString& service, int what, const QString& filter, bool payloadOnly)
{
    auto* name = named<QLineEdit>(*m_recorder, QStringLiteral("Service"));
    QVERIFY(name != nullptr);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, service);
    auto* kind = m_recorder->findChild<QComboBox*>();
    kind->setFocus();
    QTest::keyClick(kind, Qt::Key_Home);
    for (int i = 0; i < what; ++i)
        QTest::keyClick(kind, Qt::Key_Down);
    QCOMPARE(kind->currentIndex(), what);
    auto* line = named<QLineEdit>(*m_recorder, QStringLiteral("Filter, or host and port"));
    QCOMPARE(line->isVisible(), what > 0);
    if (what > 0) {
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, filter);
    }
    auto* payload = qobject_cast<QCheckBox*>(button(*m_recorder, QStringLiteral("Only packets with payload")));
    if (payload->isChecked() != payloadOnly) {
        payload->setFocus();
        QTest::keyClick(payload, Qt::Key_Space);
    }
    QCOMPARE(payload->isChecked(), payloadOnly);
    auto* quiet = m_recorder->findChild<QSpinBox*>();
    quiet->setFocus();
    quiet->selectAll();
    QTest::keyClicks(quiet, QStringLiteral("0"));
    QTest::keyClick(quiet, Qt::Key_Return);
    QCOMPARE(quiet->text(), QStringLiteral("never"));
    click(*m_recorder, "Record");
}

int RecorderDockTest::ended() const
{
    int count = 0;
    for (int row = 0; row < m_recorder->model().rowCount(); ++row)
        count += m_recorder->model().row(row)->running() ? 0 : 1;
    return count;
}

int RecorderDockTest::maskRow(const QString& id)
{
    for (int row = 0; row < masks().model()->rowCount(); ++row) {
        if (masks().model()->index(row, 0).data().toString() == id)
            return row;
    }
    return -1;
}

QString RecorderDockTest::maskCell(const QString& id, const QString& title)
{
    QAbstractItemModel& model = *masks().model();
    for (int column = 0; column < model.columnCount(); ++column) {
        if (model.headerData(column, Qt::Horizontal).toString() == title)
            return model.index(maskRow(id), column).data().toString();
    }
    return {};
}

void RecorderDockTest::drop(const QString& file)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(20, 60), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_masks, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(20, 60), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(m_masks, &event);
}

void RecorderDockTest::makeKey(const QString& label)
{
    ModalAnswers answers;
    answers
        .then([this](QWidget& dialog) {
            QVERIFY(qobject_cast<KeysDialog*>(&dialog) != nullptr);
            click(dialog, "Make a key…");
            auto* table = dialog.findChild<QTableView*>();
            QTRY_COMPARE(table->model()->rowCount(), 1);
            QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("yes"));
            QTest::keyClick(&dialog, Qt::Key_Escape);
        })
        .type(label)
        .type(path("k.pem"));
    click(*m_masks, "Keys");
    QVERIFY(answers.done());
    QVERIFY(contentOf(path("k.pem")).startsWith("-----BEGIN PRIVATE KEY-----"));
    const auto mode = QFile::permissions(path("k.pem"));
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    QVERIFY(contentOf(path("k.pem.pub")).startsWith("-----BEGIN PUBLIC KEY-----"));
}

void RecorderDockTest::makeMask()
{
    QSignalSpy made(m_recorder, &RecorderDock::maskMade);
    QSignalSpy problems(m_recorder, &RecorderDock::problemArose);
    click(*m_recorder, "Make mask");
    QTRY_VERIFY_WITH_TIMEOUT(made.count() + problems.count() > 0, kWaitMs);
    QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.front().front().toString()));
}

void RecorderDockTest::fromRecordingToTrustedMaskAndBack()
{
    const QString id = QStringLiteral("auto_web_pages_v1");
    record(QStringLiteral("Web pages"), 1, QStringLiteral("app == tls"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    QCOMPARE(m_recorder->model().row(0)->head.selection, std::string("app == tls"));
    QVERIFY(m_recorder->model().row(0)->head.hasEnough());

    // Make a mask: the library comes to the front with it, and its self-test with every figure is there.
    makeMask();
    QTRY_VERIFY(maskRow(id) >= 0);
    QTRY_COMPARE(masks().currentIndex().row(), maskRow(id));
    QCOMPARE(maskCell(id, QStringLiteral("Origin")), QStringLiteral("own"));
    QCOMPARE(maskCell(id, QStringLiteral("Signature")), QStringLiteral("unsigned"));
    auto* test = named<QTableView>(*m_masks, QStringLiteral("Self-test"));
    QTRY_VERIFY_WITH_TIMEOUT(test->isVisible(), kWaitMs);
    QVERIFY(test->model()->rowCount() >= 12);
    for (int row = 0; row < 7; ++row) {
        QVERIFY(!test->model()->index(row, 1).data().toString().isEmpty());
        QVERIFY(!test->model()->index(row, 2).data().toString().isEmpty());
        QVERIFY(test->model()->index(row, 3).data().toString() != QStringLiteral("broken"));
    }

    // Sign with a key of our own making.
    makeKey(QStringLiteral("Anna"));
    click(*m_masks, "Sign");
    QTRY_COMPARE(maskCell(id, QStringLiteral("Signature")), QStringLiteral("signed by Anna, trusted"));

    // Export: asked before anything is replaced.
    {
        ModalAnswers answers;
        answers.type(path("m.json"));
        click(*m_masks, "Export");
        QVERIFY(answers.done());
    }
    QTRY_VERIFY(QFile::exists(path("m.json")));
    const QByteArray signedMask = contentOf(path("m.json"));
    writeFile(path("m.json"), "mine");
    {
        ModalAnswers answers;
        answers.type(path("m.json")).press(QMessageBox::No);
        QSignalSpy problems(m_masks, &MasksDock::problemArose);
        click(*m_masks, "Export");
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(answers.done());
        QCOMPARE(contentOf(path("m.json")), QByteArray("mine"));
    }
    writeFile(path("m.json"), signedMask);

    // Elsewhere: another workspace, where nobody is trusted yet.
    m_fixture.forgetAll();
    open();
    drop(path("m.json"));
    QTRY_VERIFY(maskRow(id) >= 0);
    QCOMPARE(maskCell(id, QStringLiteral("Origin")), QStringLiteral("imported"));
    QVERIFY(maskCell(id, QStringLiteral("Signature")).contains(QStringLiteral("unknown")));
    {
        ModalAnswers answers;
        answers
            .then([this](QWidget& dialog) {
                click(dialog, "Add a key…");
                auto* table = dialog.findChild<QTableView*>();
                QTRY_COMPARE(table->model()->rowCount(), 1);
                QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("no"));
                QCOMPARE(table->model()->index(0, 3).data().toString(), QString()); // it does not sign
                selectRow(*table, 0);
                click(dialog, "Trust or not");
                QTRY_COMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("yes"));
                QTest::keyClick(&dialog, Qt::Key_Escape);
            })
            .type(path("k.pem.pub"))
            .type(QStringLiteral("Anna"));
        click(*m_masks, "Keys");
        QVERIFY(answers.done());
    }
    QTRY_COMPARE(maskCell(id, QStringLiteral("Signature")), QStringLiteral("signed by Anna, trusted"));

    // A changed one is bad, a hostile one is refused with the field's name.
    QByteArray changed = signedMask;
    changed.replace("\"auto_web_pages_v1\"", "\"auto_web_pages_v9\"");
    writeFile(path("other.json"), changed);
    drop(path("other.json"));
    QTRY_VERIFY(maskRow(QStringLiteral("auto_web_pages_v9")) >= 0);
    QCOMPARE(maskCell(QStringLiteral("auto_web_pages_v9"), QStringLiteral("Signature")),
             QStringLiteral("bad: not what Anna signed"));
    QByteArray hostile = signedMask;
    hostile.replace("\"eph_pub_length\"", "\"eph_pub_lengthy\"");
    writeFile(path("other.json"), hostile);
    QSignalSpy refusals(m_masks, &MasksDock::problemArose);
    drop(path("other.json"));
    QTRY_COMPARE(refusals.count(), 1);
    QVERIFY(refusals.front().front().toString().contains(QStringLiteral("eph_pub_length")));

    // And away.
    for (const char* each : {"auto_web_pages_v1", "auto_web_pages_v9"}) {
        selectRow(masks(), maskRow(QLatin1String(each)));
        ModalAnswers answers;
        answers.press(QMessageBox::Yes);
        click(*m_masks, "Remove");
        QTRY_COMPARE(maskRow(QLatin1String(each)), -1);
    }
    QCOMPARE(masks().model()->rowCount(), 3);
}

void RecorderDockTest::listsAreSorted()
{
    record(QStringLiteral("many"), 1, QStringLiteral("app == tls"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    record(QStringLiteral("few"), 1, QStringLiteral("app == rtp"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 2, kWaitMs);
    const auto counts = [this] {
        const QAbstractItemModel& rows = *recordings().model();
        const int column = static_cast<int>(RecordingsModel::Column::Packets);
        return std::pair(rows.index(0, column).data(RecordingsModel::RawRole).toULongLong(),
                         rows.index(1, column).data(RecordingsModel::RawRole).toULongLong());
    };
    recordings().setCurrentIndex(recordings().model()->index(0, static_cast<int>(RecordingsModel::Column::Packets)));
    press(recordings(), Qt::Key_S);
    QVERIFY(counts().first < counts().second);
    press(recordings(), Qt::Key_S); // the other way
    QVERIFY(counts().first > counts().second);
    // What is done is done with the row that is seen, not with the one that stood there.
    for (int row = 0; row < 2; ++row) {
        selectRow(recordings(), row);
        const QString service = recordings().model()->index(row, 0).data().toString();
        QVERIFY(m_recorder->noteChoice()->name.contains(service));
        const auto packets = named<QProgressBar>(*m_recorder, QStringLiteral("Packets towards 500"))->text();
        QVERIFY(packets.startsWith(
            recordings().model()->index(row, static_cast<int>(RecordingsModel::Column::Packets)).data().toString()));
    }

    m_masks->bringToFront();
    QTRY_COMPARE(masks().model()->rowCount(), 3);
    masks().setCurrentIndex(masks().model()->index(0, 0));
    press(masks(), Qt::Key_S);
    press(masks(), Qt::Key_S);
    QVERIFY(masks().model()->index(0, 0).data().toString() > masks().model()->index(2, 0).data().toString());
    selectRow(masks(), 2);
    QCOMPARE(m_masks->noteChoice()->name.section(QLatin1Char(' '), -1), masks().model()->index(2, 0).data().toString());
}

void RecorderDockTest::statesOfAMaskAsATable()
{
    m_masks->bringToFront();
    QTRY_COMPARE(masks().model()->rowCount(), 3); // those that come with the program: one has two states
    auto* states = m_masks->findChild<StateGraph*>();
    QVERIFY(states != nullptr);
    int row = 0;
    for (; row < masks().model()->rowCount() && (row == 0 || states->table().rows != 2); ++row)
        selectRow(masks(), row);
    QCOMPARE(states->table().rows, 2);
    auto* frame = qobject_cast<TwinFrame*>(states->parentWidget()->parentWidget());
    QVERIFY(frame != nullptr && frame->isVisible());
    frame->setTableShown(true);
    QCOMPARE(frame->table().model()->rowCount(), 2);
    for (int column = 0; column < frame->table().model()->columnCount(); ++column)
        QVERIFY(!frame->table().model()->index(0, column).data().toString().isEmpty());
}

void RecorderDockTest::everyKindOfSelection()
{
    // Chosen flows.
    m_fixture.window().focus().setSelection({203, 22}, 203);
    const auto& flows = *m_fixture.current()->flows;
    record(QStringLiteral("two flows"), 0, {}, false);
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    QCOMPARE(m_recorder->model().row(0)->head.totalPackets, flows[203].packets() + flows[22].packets());
    const auto sides = m_recorder->model().row(0)->head.figures.sides;

    // The same the other way round.
    auto* swap = button(*m_recorder, QStringLiteral("Swap directions"));
    QTest::mouseClick(swap, Qt::LeftButton, {}, QPoint(8, swap->height() / 2));
    record(QStringLiteral("two flows, swapped"), 0, {}, false);
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 2, kWaitMs);
    const int swapped = m_recorder->model().row(0)->head.swapped ? 0 : 1;
    QCOMPARE(m_recorder->model().row(swapped)->head.figures.sides[0].packets, sides[1].packets);
    QCOMPARE(m_recorder->model().row(swapped)->head.figures.sides[1].sizes, sides[0].sizes);

    // Host and port, of either version.
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const flow::FlowRecord& each = flows[i];
        const bool here = toString(each.key.a()) == "203.0.113.77" || toString(each.key.b()) == "203.0.113.77";
        expected += here && (each.key.portA == 27015 || each.key.portB == 27015) ? each.packets() : 0;
    }
    QVERIFY(expected > 0);
    record(QStringLiteral("a game"), 2, QStringLiteral("203.0.113.77:27015"), false);
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 3, kWaitMs);
    std::uint64_t packets = 0;
    for (int row = 0; row < 3; ++row) {
        if (m_recorder->model().row(row)->head.facts.service == "a game")
            packets = m_recorder->model().row(row)->head.totalPackets;
    }
    QCOMPARE(packets, expected);

    // What is not understood is said, and nothing is recorded.
    QSignalSpy problems(m_recorder, &RecorderDock::problemArose);
    record(QStringLiteral("nonsense"), 1, QStringLiteral("port === =="), false);
    QCOMPARE(problems.count(), 1);
    record(QStringLiteral("nonsense"), 2, QStringLiteral("not a host:x"), false);
    QCOMPARE(problems.count(), 2);
    QCOMPARE(ended(), 3);

    // Search.
    auto* search = named<QLineEdit>(*m_recorder, QStringLiteral("Search recordings"));
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("GAME"));
    QCOMPARE(m_recorder->model().rowCount(), 1);
    QTest::keyClick(search, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(search, Qt::Key_Delete);
    QCOMPARE(m_recorder->model().rowCount(), 3);
}

void RecorderDockTest::liveSessionsMoveTowardsEnough()
{
    pipeline::LiveRequest request;
    request.options.replay = TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng";
    request.options.replaySpeed = 20.0; // its four minutes in twelve seconds
    request.spoolRoot = path("spool").toStdString();
    const CaptureId live = m_fixture.bridge().startLive(request);
    m_fixture.window().focus().setCapture(live);
    record(QStringLiteral("all of it"), 1, {}, false);
    record(QStringLiteral("web"), 1, QStringLiteral("port == 443"), false);
    QTRY_COMPARE(m_recorder->model().rowCount(), 2); // both run
    QVERIFY(m_recorder->model().row(0)->running() && m_recorder->model().row(1)->running());
    const auto rowNamed = [this](const char* service) {
        int row = 0;
        while (m_recorder->model().row(row) && m_recorder->model().row(row)->head.facts.service != service)
            ++row;
        return row;
    };
    selectRow(recordings(), rowNamed("all of it"));
    auto* packets = named<QProgressBar>(*m_recorder, QStringLiteral("Packets towards 500"));
    auto* seconds = named<QProgressBar>(*m_recorder, QStringLiteral("Seconds towards 60"));
    QTRY_VERIFY_WITH_TIMEOUT(packets->value() > 50 && seconds->value() > 2, kWaitMs);
    const int before = packets->value();
    QTRY_VERIFY_WITH_TIMEOUT(packets->value() > before, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(packets->value() == 500 && seconds->value() == 60, kWaitMs);
    QVERIFY(packets->text().contains(QStringLiteral("of 500")));

    // One is stopped and kept, the other one discarded and gone.
    click(*m_recorder, "Stop");
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    const RecordingRow& kept = *m_recorder->model().row(rowNamed("all of it"));
    QVERIFY(kept.head.end == recording::EndReason::Stopped && kept.head.totalPackets >= 500);
    selectRow(recordings(), rowNamed("web"));
    QVERIFY(m_recorder->model().row(rowNamed("web"))->running());
    click(*m_recorder, "Discard");
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->model().rowCount(), 1, kWaitMs);
    m_fixture.bridge().cancel(live);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture.bridge().snapshot(live)->phase != pipeline::Phase::Reading, kWaitMs);
    m_fixture.bridge().discardLive(live, capture::Removal::Plain);
}

void RecorderDockTest::twoAreCompared()
{
    record(QStringLiteral("web"), 1, QStringLiteral("app == tls"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    record(QStringLiteral("voice"), 1, QStringLiteral("app == rtp"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 2, kWaitMs);
    selectRow(recordings(), 0);
    QTest::mouseClick(recordings().viewport(), Qt::LeftButton, Qt::ControlModifier,
                      recordings().visualRect(recordings().model()->index(1, 0)).center());
    QCOMPARE(recordings().selectionModel()->selectedRows().size(), 2);
    auto* plots = m_recorder->findChild<DistributionPlots*>();
    const auto distances = [plots] {
        int found = 0;
        for (const PlotFrame* frame : plots->findChildren<PlotFrame*>())
            found += frame->note().contains(QStringLiteral("KS")) ? 1 : 0;
        return found;
    };
    QTRY_COMPARE_WITH_TIMEOUT(distances(), 3, kWaitMs); // sizes, gaps and entropies
    QVERIFY(!button(*m_recorder, QStringLiteral("Make mask"))->isEnabled());
    selectRow(recordings(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(distances(), 0, kWaitMs);

    // From the menu of one: the other is chosen by name.
    QMenu menu;
    auto* actions = recordings().findChild<TableActions*>();
    actions->fillMenu(menu, recordings().currentIndex());
    const QList<QAction*> entries = menu.actions();
    const auto compare = std::ranges::find_if(entries, [](const QAction* each) {
        return each->text().remove(QLatin1Char('&')) == QStringLiteral("Compare with…");
    });
    QVERIFY(compare != entries.end() && (*compare)->isEnabled());
    ModalAnswers answers;
    answers.then([](QWidget& dialog) {
        auto* choice = dialog.findChild<QComboBox*>();
        QVERIFY(choice != nullptr);
        QCOMPARE(choice->count(), 1); // not itself
        QTest::keyClick(choice, Qt::Key_Return);
    });
    (*compare)->trigger();
    QVERIFY(answers.done());
    QCOMPARE(recordings().selectionModel()->selectedRows().size(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(distances(), 3, kWaitMs);
}

void RecorderDockTest::deletedMeansGoneFromTheFile()
{
    record(QStringLiteral("Secret service name"), 1, QStringLiteral("app == tls"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    auto* remark = named<QLineEdit>(*m_recorder, QStringLiteral("Remark"));
    remark->setFocus();
    QTest::keyClicks(remark, QStringLiteral("a remark nobody shall find"));
    QTest::keyClick(remark, Qt::Key_Return);
    QTRY_COMPARE(m_recorder->model().row(0)->head.notes, std::string("a remark nobody shall find"));
    const auto holds = [this](const char* text) {
        for (const char* suffix : {"", "-wal"}) {
            if (contentOf(path("workspace.timbre") + QLatin1String(suffix)).contains(text))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(holds("a remark nobody shall find"));
    {
        ModalAnswers answers;
        answers.press(QMessageBox::Cancel);
        click(*m_recorder, "Delete…");
        QVERIFY(answers.done());
        QCOMPARE(ended(), 1);
        answers.press(QMessageBox::Discard);
        click(*m_recorder, "Delete…");
        QVERIFY(answers.done());
    }
    QTRY_COMPARE(m_recorder->model().rowCount(), 0);
    QTRY_VERIFY(!holds("a remark nobody shall find"));
    QVERIFY(!holds("Secret service name"));
}

void RecorderDockTest::notesOnRecordingsAndMasks()
{
    record(QStringLiteral("Web pages"), 1, QStringLiteral("app == tls"));
    QTRY_COMPARE_WITH_TIMEOUT(ended(), 1, kWaitMs);
    const auto write = [this](QWidget& at, const QString& text, const QString& tags) {
        press(at, Qt::Key_N);
        auto* dialog = m_fixture.window().findChild<NoteDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->findChild<QPlainTextEdit*>()->setPlainText(text);
        dialog->findChild<QLineEdit*>()->setText(tags);
        dialog->accept();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    selectRow(recordings(), 0);
    write(recordings(), QStringLiteral("before the patch"), QStringLiteral("ours"));
    QTRY_COMPARE(m_notes->model().rowCount(), 1);
    QVERIFY(m_notes->model().at(0)->note.subject == store::NoteSubject::Recording);
    QVERIFY(m_notes->model().index(0).data(NotesModel::AboutRole).toString().contains(QStringLiteral("Web pages")));

    m_masks->bringToFront();
    selectRow(masks(), 1);
    const QString mask = masks().model()->index(1, 0).data().toString();
    write(masks(), QStringLiteral("sounds like the old client"), QStringLiteral("theirs"));
    QTRY_COMPARE(m_notes->model().rowCount(), 2);
    QCOMPARE(maskCell(mask, QStringLiteral("Notes")), QStringLiteral("sounds like the old client"));
    press(masks(), Qt::Key_B);
    QTRY_COMPARE(m_notes->model().rowCount(), 3);
    press(masks(), Qt::Key_B);
    QTRY_COMPARE(m_notes->model().rowCount(), 2);

    // Searched for by tag and by text, where the things are and in the list of notes.
    auto* search = named<QLineEdit>(*m_recorder, QStringLiteral("Search recordings"));
    for (const auto& [text, rows] :
         {std::pair{"tag == ours", 1}, std::pair{"tag == theirs", 0}, std::pair{"note.text contains patch", 1},
          std::pair{"patch", 1}, std::pair{"", 1}}) {
        search->setText(QLatin1String(text));
        QCOMPARE(m_recorder->model().rowCount(), rows);
    }
    auto* noteSearch = named<QLineEdit>(*m_notes, QStringLiteral("Search notes"));
    noteSearch->setText(QStringLiteral("tag == theirs"));
    QCOMPARE(m_notes->model().rowCount(), 1);
    noteSearch->clear();
    QCOMPARE(m_notes->model().rowCount(), 2);

    // Back to the things.
    m_notes->bringToFront();
    for (int row = 0; row < 2; ++row) {
        m_notes->list().setCurrentIndex(m_notes->model().index(row));
        QTest::keyClick(&m_notes->list(), Qt::Key_Return);
    }
    QCOMPARE(masks().currentIndex().row(), maskRow(mask));
    QCOMPARE(recordings().currentIndex().row(), 0);

    // In the report.
    const auto notes = m_fixture.bridge().workspaceNotes();
    QVERIFY(notes != nullptr);
    const auto told =
        notesOf(*notes, notedThings(m_fixture.bridge(), m_fixture.current()->id), m_fixture.window().focus());
    QCOMPARE(told.size(), std::size_t{2});
    QVERIFY(told[0].about.contains(QStringLiteral("Web pages")) && told[1].about.contains(mask));

    // Kept, also when no capture is open.
    m_testers.clear();
    QVERIFY(m_fixture.makeWindow());
    auto* dock = m_fixture.window().findChild<NotesDock*>();
    QTRY_COMPARE(dock->model().rowCount(), 2);
    QCOMPARE(dock->model().index(0).data().toString(), QStringLiteral("before the patch"));
}

void RecorderDockTest::exportingManyNeverOverwrites()
{
    m_masks->bringToFront();
    masks().setFocus();
    QTest::keyClick(&masks(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(masks().selectionModel()->selectedRows().size(), 3);
    QDir folder(m_fixture.folder());
    QVERIFY(folder.mkpath(QStringLiteral("many")));
    QVERIFY(folder.cd(QStringLiteral("many")));
    const QString taken = masks().model()->index(1, 0).data().toString() + QStringLiteral(".json");
    writeFile(folder.filePath(taken), "mine");
    ModalAnswers answers;
    answers.type(folder.path()).press(QMessageBox::No);
    QSignalSpy problems(m_masks, &MasksDock::problemArose);
    click(*m_masks, "Export");
    QTRY_COMPARE(problems.count(), 1);
    QVERIFY(problems.front().front().toString().contains(taken));
    QCOMPARE(contentOf(folder.filePath(taken)), QByteArray("mine"));
    answers.type(folder.path()).press(QMessageBox::Yes);
    click(*m_masks, "Export");
    QTRY_VERIFY(contentOf(folder.filePath(taken)).startsWith("{"));
    QTRY_COMPARE(folder.entryList({QStringLiteral("*.json")}).size(), 3);
}

QTEST_MAIN(RecorderDockTest)
#include "recorder_dock_test.moc"
