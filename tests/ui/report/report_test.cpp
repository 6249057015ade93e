// Reports: whatever a capture or an analyst writes, the page stays a page; files appear whole or not at all; and the
// window's report holds what it says.

#include "tests/ui/window/window_fixture.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/docks/notes_dock.h"
#include "ui/report/report_file.h"
#include "ui/report/report_html.h"
#include "ui/report/report_masks.h"
#include "ui/report/report_sections.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QXmlStreamReader>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace timbre;
using namespace timbre::ui;

namespace {

constexpr const char* kHostile = "<script>alert(1)</script> \" onload=\"x' & </table> ]]> \xf0\x9f\x98\x80";

ReportContent hostileContent()
{
    const QString evil = QString::fromUtf8(kHostile);
    ReportContent content;
    content.title = content.made = evil;
    content.facts = {{evil, evil}};
    content.remarks = {evil};
    content.withNotes = true;
    content.notes = {{evil, evil, evil, evil, true}};
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::red);
    content.pictures = {{evil, image, {evil}, evil}};
    content.tables = {{evil, {evil, evil}, {true, false}, {{evil, evil}}, evil, evil}};
    return content;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("report-test")); }
    void everythingIsEscaped();
    void loadsNothing();
    void shellWords();
    void filesAreWholeOrNotThere();
    void pdfIsOne();
    void windowMakesOne();
    void commandsListTheSame();
    void masksComeWithEvidence();

private:
    testing::WindowFixture m_fixture;
};

void ReportTest::everythingIsEscaped()
{
    const QString page = QString::fromUtf8(reportHtml(hostileContent(), ReportMedium::Browser));
    QVERIFY(!page.contains(QStringLiteral("<script")));
    QVERIFY(!page.contains(QStringLiteral("\" onload=")));
    QCOMPARE(page.count(QStringLiteral("</table>")), 2); // of the facts and of the one table
    QVERIFY(page.count(QStringLiteral("&lt;script&gt;")) >= 14);
}

void ReportTest::loadsNothing()
{
    const QString page = QString::fromUtf8(reportHtml(hostileContent(), ReportMedium::Browser));
    QVERIFY(page.contains(QStringLiteral("default-src 'none'")));
    static const QRegularExpression sources(QStringLiteral("(src|href)=\"([^\"]*)\""));
    auto found = sources.globalMatch(page);
    int pictures = 0;
    while (found.hasNext()) {
        QVERIFY(found.next().captured(2).startsWith(QStringLiteral("data:image/png;base64,")));
        ++pictures;
    }
    QCOMPARE(pictures, 1);
}

void ReportTest::shellWords()
{
    for (const QString& text : {QStringLiteral("it's"), QStringLiteral("a b \"c\" $(x) `y` \\"), QStringLiteral("'")}) {
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("printf %s ") + shellWord(text)});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), text);
    }
}

void ReportTest::filesAreWholeOrNotThere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("r.html"));
    QVERIFY(writeReport(hostileContent(), path, false).ok());
    QVERIFY(!writeReport(hostileContent(), path, false).ok()); // there is one
    QVERIFY(writeReport(hostileContent(), path, true).ok());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().endsWith("</html>\n"));
    QVERIFY(!writeReport(hostileContent(), folder.filePath(QStringLiteral("no/such/r.html")), false).ok());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void ReportTest::pdfIsOne()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("r.pdf"));
    QVERIFY(writeReport(hostileContent(), path, false).ok());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(bytes.contains("/Subtype /Image"));
}

void ReportTest::windowMakesOne()
{
    m_fixture.forgetAll();
    QVERIFY(m_fixture.makeWindow());
    QVERIFY(m_fixture.openSample());
    MainWindow& window = m_fixture.window();
    window.focus().setFilter(QStringLiteral("app == dns"));
    store::Note note = pipeline::noteAbout((*m_fixture.current()->flows)[3]);
    note.text = "look <here>";
    QVERIFY(m_fixture.bridge().saveNote(m_fixture.current()->id, note).ok());
    QTRY_VERIFY(m_fixture.current()->notes && m_fixture.current()->notes->size() == 1);
    window.askForReport();
    auto* dialog = window.findChild<ReportDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QVERIFY(dialog->views().contains(QStringLiteral("flows")));
    const QString path = QDir(m_fixture.folder()).filePath(QStringLiteral("case.html"));
    for (auto* line : dialog->findChildren<QLineEdit*>()) {
        if (line->text().endsWith(QStringLiteral("-report.html")))
            line->setText(path);
    }
    dialog->findChild<QPushButton*>(QStringLiteral("make"))->click();
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(file.readAll());
    QVERIFY(page.contains(QStringLiteral("look &lt;here&gt;")));
    QVERIFY(page.contains(QStringLiteral("Filter: app == dns")));
    QVERIFY(page.contains(QStringLiteral("--filter &#39;app == dns&#39;")) ||
            page.contains(QStringLiteral("--filter 'app == dns'")));
    QVERIFY(page.count(QStringLiteral("data:image/png")) >= 2);
    m_fixture.close();
}

void ReportTest::commandsListTheSame()
{
    m_fixture.forgetAll();
    QVERIFY(m_fixture.makeWindow());
    QVERIFY(m_fixture.openSample());
    FocusState state;
    state.filter = QStringLiteral("app == dns and not host ~ \"a'b\"");
    const TimeRange whole = *m_fixture.current()->timeRange;
    state.range = TimeRange{whole.begin, {whole.begin.ns + elapsedNs(whole.begin, whole.end) / 2}};
    const QString program = QStringLiteral(TIMBRE_BINARY_DIR "/bin/timbre-cli");
    if (!QFile::exists(program))
        QSKIP("timbre-cli is not built");
    QString command = flowsCommand(*m_fixture.current(), state, {}, QStringLiteral("--json"));
    command.replace(QStringLiteral("timbre-cli "), program + QLatin1Char(' '));
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    const auto lines = shell.readAllStandardOutput().count('\n');
    m_fixture.window().focus().setFilter(state.filter);
    m_fixture.window().focus().setRange(state.range);
    QTRY_COMPARE(static_cast<qsizetype>(m_fixture.rows()), lines);
    QVERIFY(lines > 0);
    m_fixture.close();
}

void ReportTest::masksComeWithEvidence()
{
    pipeline::EngineConfig config;
    config.analyzers.maskFolder = TIMBRE_SOURCE_DIR "/resources/masks";
    EngineBridge bridge(makeEnginePort(std::move(config)));
    const CaptureId id = bridge.open(QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/voice.pcapng"), {});
    QTRY_VERIFY_WITH_TIMEOUT(bridge.snapshot(id) && bridge.snapshot(id)->phase == pipeline::Phase::Finished, 20'000);
    const SnapshotPtr capture = bridge.snapshot(id);
    QVERIFY(capture->resonance != nullptr);
    const Focus focus;
    const ReportTable table = maskTable(*capture, focus);
    QVERIFY(!table.rows.empty());
    double before = 100.0;
    for (const QStringList& row : table.rows) {
        QCOMPARE(row.size(), table.columns.size());
        const double score = row[4].section(QLatin1Char(' '), 0, 0).toDouble(); // "83 of 100 …"
        QVERIFY(score <= before);
        before = score;
        QVERIFY2(!row[7].isEmpty() || !row[8].isEmpty(), qPrintable(row.join(QLatin1Char('|'))));
    }
    QVERIFY(table.command.contains(QStringLiteral("voice.pcapng")));
}

QTEST_MAIN(ReportTest)
#include "report_test.moc"
