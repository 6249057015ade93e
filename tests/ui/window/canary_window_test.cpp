// A full run of the window on a capture planted with secrets: everything looked at, recorded, made into a mask, noted,
// exported and reported, with every debug message written down. Then all that was written is searched for the secrets.

#include "tests/support/planted_capture.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/docks/dock.h"
#include "ui/docks/masks_dock.h"
#include "ui/docks/recorder_dock.h"

#include <QtCore/QDir>
#include <QtCore/QLoggingCategory>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;

namespace {

QString g_log; // of the message handler, which is a plain function

void writeMessage(QtMsgType, const QMessageLogContext&, const QString& message)
{
    QFile file(g_log);
    if (file.open(QIODevice::Append))
        file.write(message.toUtf8() + '\n');
}

} // namespace

class CanaryWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture.prepare(QStringLiteral("canary-window-test"));
        g_log = path("debug.log");
        QLoggingCategory::setFilterRules(QStringLiteral("*.debug=true\nqt.*.debug=false\ndefault.debug=true"));
        m_before = qInstallMessageHandler(writeMessage);
    }
    void cleanupTestCase()
    {
        qInstallMessageHandler(m_before);
        m_fixture.close();
    }

    void nothingThatIsWrittenTellsASecret();

private:
    [[nodiscard]] QString path(const char* name) const
    {
        return QDir(m_fixture.folder()).filePath(QLatin1String(name));
    }
    void recordAndMakeMasks();
    void makeReport();

    testing::WindowFixture m_fixture;
    QtMessageHandler m_before = nullptr;
};

void CanaryWindowTest::recordAndMakeMasks()
{
    auto* desk = m_fixture.bridge().recordings();
    for (const char* filter : {"", "port == 7000"}) {
        pipeline::RecordingRequest request;
        request.service = *filter == '\0' ? "everything" : "talk";
        request.capture = m_fixture.current();
        request.selection.filter = query::Filter::compile(filter).filter;
        request.selection.idleSeconds = 0;
        const std::size_t before = desk->snapshot()->recordings->size();
        desk->start(std::move(request), [](const Result<std::uint64_t>&) {});
        QTRY_COMPARE_WITH_TIMEOUT(desk->snapshot()->recordings->size(), before + 1, 20'000);
        mask::GeneratorOptions options;
        options.evenIfShort = true;
        desk->makeMask(desk->snapshot()->recordings->front().facts.id, options, {},
                       [](const Result<mask::GeneratedMask>&) {});
    }
    QTRY_COMPARE_WITH_TIMEOUT(desk->snapshot()->masks->size(), std::size_t{5}, 20'000); // with the bundled ones
    std::vector<std::string> ids;
    for (const auto& mask : *desk->snapshot()->masks)
        ids.push_back(mask.stored.id);
    QVERIFY(QDir(m_fixture.folder()).mkpath(QStringLiteral("masks")));
    desk->exportMasks(ids, path("masks").toStdString(), false, [](const Result<std::size_t>&) {});
    QTRY_COMPARE(QDir(path("masks")).entryList({QStringLiteral("*.json")}).size(), 5);
}

void CanaryWindowTest::makeReport()
{
    m_fixture.window().askForReport();
    auto* dialog = m_fixture.window().findChild<ReportDialog*>();
    QVERIFY(dialog != nullptr);
    for (auto* line : dialog->findChildren<QLineEdit*>()) {
        if (line->text().endsWith(QStringLiteral("-report.html")))
            line->setText(path("case.html"));
    }
    for (auto* box : dialog->findChildren<QCheckBox*>())
        box->setChecked(true);
    dialog->findChild<QPushButton*>(QStringLiteral("make"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("case.html")), 20'000);
}

void CanaryWindowTest::nothingThatIsWrittenTellsASecret()
{
    QFile capture(path("planted.pcap"));
    QVERIFY(capture.open(QIODevice::WriteOnly));
    const std::string bytes = test::plantedCapture();
    QCOMPARE(capture.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
    capture.close();

    QVERIFY(m_fixture.makeWindow());
    qDebug("the log is written");
    m_fixture.window().openFiles({path("planted.pcap")});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current() && m_fixture.current()->phase == pipeline::Phase::Finished, 20'000);
    QTRY_VERIFY(m_fixture.rows() >= 4);
    for (Dock* dock : m_fixture.window().findChildren<Dock*>())
        dock->bringToFront();
    for (std::uint32_t flow = 0; flow < m_fixture.current()->flows->size(); ++flow) {
        m_fixture.window().focus().setSelection({flow}, flow);
        store::Note note = pipeline::noteAbout((*m_fixture.current()->flows)[flow]);
        note.bookmark = true;
        QVERIFY(m_fixture.bridge().saveNote(m_fixture.current()->id, note).ok());
        QTest::qWait(50); // packets of the flow are read and listed
    }
    m_fixture.window().focus().setFilter(QStringLiteral("app == http"));
    recordAndMakeMasks();
    makeReport();
    m_fixture.close(); // settings and workspace are written

    int files = 0;
    const auto found = test::markersIn(m_fixture.folder().toStdString(), files);
    QVERIFY2(found.empty(), found.empty() ? "" : found.front().c_str());
    QVERIFY2(files >= 9, qPrintable(QString::number(files))); // workspace, settings, log, report, five masks
    QFile log(g_log);
    QVERIFY(log.open(QIODevice::ReadOnly) && log.readAll().contains("the log is written"));
}

QTEST_MAIN(CanaryWindowTest)
#include "canary_window_test.moc"
