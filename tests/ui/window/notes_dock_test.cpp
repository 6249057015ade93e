// Notes in the real window on the real engine: written by keys, listed, filtered for, deleted and taken back, there
// again in the next run.

#include "tests/ui/window/window_fixture.h"
#include "ui/dialogs/note_dialog.h"
#include "ui/docks/notes_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/row_peek.h"
#include "ui/models/notes_model.h"
#include "ui/plots/overview_plot.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace timbre;
using namespace timbre::ui;

class NotesDockTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("notes-dock-test")); }
    void init()
    {
        m_fixture.forgetAll();
        QVERIFY(m_fixture.makeWindow());
        QVERIFY(m_fixture.openSample());
        m_dock = m_fixture.window().findChild<NotesDock*>();
        QVERIFY(m_dock != nullptr);
        m_tester = std::make_unique<QAbstractItemModelTester>(&m_dock->model());
    }
    void cleanup()
    {
        m_tester.reset();
        m_fixture.close();
    }

    void keysWriteANote();
    void peekShowsTheWholeText();
    void bookmarksComeAndGo();
    void deletingIsTakenBack();
    void rangesAreFlagsInTheOverview();
    void filtersFindThem();
    void enterGoesToTheFlow();
    void thereInTheNextRun();

private:
    void select(std::uint32_t flow) { m_fixture.window().focus().setSelection({flow}, flow); }
    void write(const QString& text, const QString& tags);
    [[nodiscard]] int rows() const { return m_dock->model().rowCount(); }

    testing::WindowFixture m_fixture;
    NotesDock* m_dock = nullptr;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void NotesDockTest::write(const QString& text, const QString& tags)
{
    QTest::keyClick(&m_fixture.window(), Qt::Key_N);
    auto* dialog = m_fixture.window().findChild<NoteDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    auto* save = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save);
    QVERIFY(!save->isEnabled()); // it says nothing yet
    dialog->findChild<QPlainTextEdit*>()->setPlainText(text);
    dialog->findChild<QLineEdit*>()->setText(tags);
    QVERIFY(save->isEnabled());
    save->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void NotesDockTest::keysWriteANote()
{
    select(7);
    write(QStringLiteral("every 30 s\nsecond line"), QStringLiteral("beacon, to ask ,beacon"));
    QTRY_COMPARE(rows(), 1);
    const pipeline::ShownNote& shown = *m_dock->model().at(0);
    QCOMPARE(shown.flow, 7U);
    QVERIFY(shown.note.tags == (std::vector<std::string>{"beacon", "to ask"}));
    QCOMPARE(m_dock->model().index(0).data().toString(), QStringLiteral("every 30 s"));
    QVERIFY(m_dock->model().index(0).data(NotesModel::AboutRole).toString().contains(QStringLiteral("→")));
}

void NotesDockTest::peekShowsTheWholeText()
{
    select(7);
    write(QStringLiteral("every 30 s\nsecond line"), QStringLiteral("beacon"));
    select(9);
    write(QStringLiteral("another"), {});
    QTRY_COMPARE(rows(), 2);
    m_dock->bringToFront();
    m_dock->list().setCurrentIndex(m_dock->model().index(0));
    auto* peek = m_dock->list().findChild<RowPeek*>();
    QVERIFY(peek != nullptr && !peek->visible());
    QTest::keyClick(&m_dock->list(), Qt::Key_Space);
    QVERIFY(peek->visible());
    QStringList shown;
    for (const QLabel* label : peek->popover().findChildren<QLabel*>())
        shown << label->text();
    const QString first = shown.join(QLatin1Char(' '));
    QVERIFY(m_dock->model().at(0)->flow != 7U ||
            (first.contains(QLatin1String("second line")) && first.contains(QLatin1String("beacon"))));
    const QString before = peek->popover().accessibleName();
    QTest::keyClick(&m_dock->list(), Qt::Key_J);
    QVERIFY(peek->visible() && peek->popover().accessibleName() != before);
    QTest::keyClick(&m_dock->list(), Qt::Key_Escape);
    QVERIFY(!peek->visible());
}

void NotesDockTest::bookmarksComeAndGo()
{
    select(3);
    QTest::keyClick(&m_fixture.window(), Qt::Key_B);
    QTRY_COMPARE(rows(), 1);
    QVERIFY(m_dock->model().index(0).data(NotesModel::BookmarkRole).toBool());
    select(4);
    QTest::keyClick(&m_fixture.window(), Qt::Key_B);
    QTRY_COMPARE(rows(), 2);
    select(3);
    QTest::keyClick(&m_fixture.window(), Qt::Key_B);
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(m_dock->model().at(0)->flow, 4U);
}

void NotesDockTest::deletingIsTakenBack()
{
    select(3);
    write(QStringLiteral("a"), {});
    select(9);
    write(QStringLiteral("b"), {});
    QTRY_COMPARE(rows(), 2);
    m_dock->bringToFront();
    m_dock->list().setCurrentIndex(m_dock->model().index(0));
    const store::Note first = m_dock->model().at(0)->note;
    QTest::keyClick(&m_dock->list(), Qt::Key_Delete);
    QTRY_COMPARE(rows(), 1);
    QTest::keyClick(&m_dock->list(), Qt::Key_Delete);
    QTRY_COMPARE(rows(), 0);
    m_dock->undoDelete();
    m_dock->undoDelete();
    m_dock->undoDelete(); // nothing is left
    QTRY_COMPARE(rows(), 2);
    QVERIFY(m_dock->model().at(0)->note == first);
}

void NotesDockTest::rangesAreFlagsInTheOverview()
{
    const TimeRange whole = *m_fixture.current()->timeRange;
    m_fixture.window().focus().setRange(TimeRange{whole.begin, {whole.begin.ns + 5'000'000'000}});
    m_dock->writeRangeNote();
    auto* dialog = m_fixture.window().findChild<NoteDialog*>();
    dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("the start"));
    dialog->accept();
    QTRY_COMPARE(rows(), 1);
    QVERIFY(m_dock->model().at(0)->note.subject == store::NoteSubject::Range);
    auto& plot = m_fixture.window().findChild<OverviewDock*>()->plot();
    QTRY_COMPARE(plot.flags().flags().size(), std::size_t{1});
    QVERIFY(plot.flags().flags()[0].band);
    const double pixel = plot.canvas().xAxis->coordToPixel(1.0);
    QCOMPARE(plot.flags().near(pixel, 5).size(), std::size_t{1});
    QVERIFY(plot.flags().near(plot.canvas().xAxis->coordToPixel(100.0), 5).empty());
    const QRect top(static_cast<int>(pixel), plot.canvas().axisRect()->top(), 1, 2);
    plot.canvas().replot(QCustomPlot::rpImmediateRefresh);
    QVERIFY(plot.canvas().grab(top).toImage().pixelColor(0, 0) != plot.canvas().theme().color(Role::Surface));
}

void NotesDockTest::filtersFindThem()
{
    select(5);
    write(QStringLiteral("Odd certificate"), QStringLiteral("ours"));
    QTRY_COMPARE(rows(), 1);
    Focus& focus = m_fixture.window().focus();
    for (const char* filter : {"note.text contains odd", "tag == ours", "certificate"}) {
        focus.setFilter(QString::fromLatin1(filter));
        QTRY_COMPARE(m_fixture.rows(), 1);
    }
    focus.setFilter(QStringLiteral("tag == theirs"));
    QTRY_COMPARE(m_fixture.rows(), 0);
    m_dock->list().setCurrentIndex(m_dock->model().index(0));
    m_dock->deleteCurrent();
    focus.setFilter(QStringLiteral("not note.text"));
    QTRY_COMPARE(static_cast<std::size_t>(m_fixture.rows()), m_fixture.current()->flows->size());
}

void NotesDockTest::enterGoesToTheFlow()
{
    select(11);
    write(QStringLiteral("here"), {});
    QTRY_COMPARE(rows(), 1);
    select(2);
    m_dock->bringToFront();
    m_dock->list().setCurrentIndex(m_dock->model().index(0));
    QTest::keyClick(&m_dock->list(), Qt::Key_Return);
    QCOMPARE(m_fixture.window().focus().state().selection.current, 11U);
}

void NotesDockTest::thereInTheNextRun()
{
    select(6);
    write(QStringLiteral("keep me"), QStringLiteral("kept"));
    QTRY_COMPARE(rows(), 1);
    m_tester.reset();
    QVERIFY(m_fixture.makeWindow()); // the next run of the program
    QVERIFY(m_fixture.openSample());
    m_dock = m_fixture.window().findChild<NotesDock*>();
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(m_dock->model().at(0)->flow, 6U);
    QCOMPARE(m_dock->model().index(0).data(NotesModel::TagsRole).toString(), QStringLiteral("kept"));
}

QTEST_MAIN(NotesDockTest)
#include "notes_dock_test.moc"
