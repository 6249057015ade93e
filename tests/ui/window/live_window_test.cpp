// Live captures in the whole window, fed by replays, so that no rights are needed: start, pause, stop, again, save,
// what is asked when the window closes, what an earlier run left, and the words for what goes wrong.

#include "engine/capture/capture_reader.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/capture/bpf_edit.h"
#include "ui/capture/capture_dialog.h"
#include "ui/capture/left_spools_dialog.h"
#include "ui/capture/live_controller.h"
#include "ui/docks/flows_view.h"

#include <QtCore/QDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

using namespace timbre;
using namespace timbre::ui;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr const char* kOffice = TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng";

enum Action : std::size_t { kStart, kStop, kRestart, kPause, kSave };

/// Does something with a dialog as soon as there is one.
template<typename Dialog>
void whenAsked(std::function<void(Dialog&)> act)
{
    QTimer::singleShot(50, qApp, [act] {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<Dialog*>(widget); dialog != nullptr && dialog->isVisible()) {
                act(*dialog);
                return;
            }
        }
        whenAsked<Dialog>(act);
    });
}

void press(QMessageBox& question, const char* text)
{
    for (QAbstractButton* button : question.buttons()) {
        if (button->text().remove(QLatin1Char('&')) == QLatin1String(text))
            button->click();
    }
}

} // namespace

class LiveWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture.prepare(QStringLiteral("live-window-test"));
        qputenv("XDG_CACHE_HOME", QFile::encodeName(m_fixture.folder() + QStringLiteral("/cache")));
        LiveController::allowRoot();
    }
    void init()
    {
        QDir(m_fixture.folder() + QStringLiteral("/cache")).removeRecursively();
        m_fixture.forgetAll();
        nextRun();
    }
    void cleanup() { m_fixture.close(); }

    void aReplayEndsAsTheFile()
    {
        replay(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture.current()->phase, pipeline::Phase::Finished, kPatienceMs);
        const SnapshotPtr live = m_fixture.current();
        QCOMPARE(live->live->status.end, capture::LiveEnd::FileEnd);
        QTRY_COMPARE(m_fixture.rows(), static_cast<int>(live->flows->size()));
        QVERIFY(m_messages.empty());
        QVERIFY(m_fixture.openSample());
        QCOMPARE(m_fixture.rows(), static_cast<int>(live->flows->size()));
    }

    void pauseHoldsTheViewsAndNotTheCapture()
    {
        replay(paceForSeconds(6));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.rows() > 5, kPatienceMs);
        action(kPause).trigger();
        const int rows = m_fixture.rows();
        const std::uint64_t packets = m_fixture.current()->counters.packets;
        QTest::qWait(500);
        QCOMPARE(m_fixture.rows(), rows);
        QCOMPARE(m_fixture.current()->counters.packets, packets);
        action(kPause).trigger();
        QTRY_VERIFY(m_fixture.current()->counters.packets > packets);
        action(kStop).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture.current()->live->active, kPatienceMs);
    }

    void stoppedAndBegunAgain()
    {
        replay(paceForSeconds(60));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.rows() > 0, kPatienceMs);
        QVERIFY(action(kStop).isEnabled() && !action(kRestart).isEnabled() && !action(kSave).isEnabled());
        action(kStop).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(action(kSave).isEnabled(), kPatienceMs);
        QCOMPARE(m_fixture.current()->live->status.end, capture::LiveEnd::Asked);
        const CaptureId first = m_fixture.current()->id;
        action(kRestart).trigger();
        QVERIFY(m_fixture.current()->id != first);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.rows() > 0, kPatienceMs);
        action(kStop).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture.current()->live->active, kPatienceMs);
    }

    void ratesWhileItRuns()
    {
        replay(paceForSeconds(8));
        const int column = static_cast<int>(FlowColumn::RateNow);
        FlowsDock& dock = m_fixture.window().flowsDock();
        QTRY_VERIFY_WITH_TIMEOUT(!dock.view().isColumnHidden(column), kPatienceMs);
        const auto anyRate = [&] {
            for (int row = 0; row < dock.model().rowCount(); ++row) {
                if (!dock.model().index(row, column).data().toString().isEmpty())
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(anyRate(), kPatienceMs);
        action(kStop).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(dock.view().isColumnHidden(column), kPatienceMs);
    }

    void savedAndKnownAgain()
    {
        replay(0);
        QTRY_VERIFY_WITH_TIMEOUT(action(kSave).isEnabled(), kPatienceMs);
        const std::string spool = m_fixture.current()->path;
        const QString target = m_fixture.folder() + QStringLiteral("/saved.pcapng");
        whenAsked<QFileDialog>([&](QFileDialog& dialog) {
            dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(target);
            static_cast<QDialog&>(dialog).accept();
        });
        action(kSave).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current()->live->saved, kPatienceMs);
        QCOMPARE(QString::fromStdString(m_fixture.current()->path), target);
        QVERIFY(QFile::exists(target));
        QTRY_VERIFY(!std::filesystem::exists(spool));
        QVERIFY(m_fixture.window().live().mayClose()); // nothing is asked: everything is saved
        QVERIFY(m_fixture.makeWindow());
        m_fixture.window().openFiles({target});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current() && m_fixture.current()->phase == pipeline::Phase::Finished,
                                 kPatienceMs);
        QVERIFY(m_fixture.current()->fromStore);
    }

    void askedOnceBeforeItIsLost()
    {
        replay(0);
        QTRY_VERIFY_WITH_TIMEOUT(action(kSave).isEnabled(), kPatienceMs);
        whenAsked<QMessageBox>([](QMessageBox& question) { question.reject(); });
        QVERIFY(!m_fixture.window().live().mayClose());
        whenAsked<QMessageBox>([](QMessageBox& question) { press(question, "Remove them"); });
        QVERIFY(m_fixture.window().live().mayClose());
        m_fixture.close();
        QVERIFY(capture::findLeftSpools(capture::defaultSpoolRoot()).empty());
    }

    void keptAndOfferedAtTheNextStart()
    {
        replay(0);
        QTRY_VERIFY_WITH_TIMEOUT(action(kSave).isEnabled(), kPatienceMs);
        whenAsked<QMessageBox>([](QMessageBox& question) { press(question, "Keep them"); });
        QVERIFY(m_fixture.window().live().mayClose());
        nextRun();
        m_fixture.window().live().lookForLeftSpools();
        QTRY_COMPARE(m_messages.size(), std::size_t{1});
        m_messages[0].action();
        auto* dialog = m_fixture.window().findChild<LeftSpoolsDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->findChild<QTreeWidget*>()->topLevelItemCount(), 1);
        whenAsked<QMessageBox>([](QMessageBox& question) { question.button(QMessageBox::Yes)->click(); });
        for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
            if (button->text() == QLatin1String("S&hred"))
                button->click();
        }
        QTRY_VERIFY(capture::findLeftSpools(capture::defaultSpoolRoot()).empty());
    }

    void aHelperThatSpeaksNonsense()
    {
        const QString fake = m_fixture.folder() + QStringLiteral("/fake-helper");
        QFile file(fake);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho this is no message, as anybody can see\nsleep 30\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("TIMBRE_CAPTURE_HELPER", QFile::encodeName(fake));
        pipeline::LiveRequest request;
        request.options.interfaces = {"eth0"};
        m_fixture.window().live().start(request);
        QTRY_VERIFY_WITH_TIMEOUT(!m_messages.empty(), kPatienceMs);
        QVERIFY(m_messages[0].text.contains(QStringLiteral("not understood")));
        QVERIFY(m_messages[0].actionText.startsWith(QStringLiteral("Capture again")));
        qunsetenv("TIMBRE_CAPTURE_HELPER");
    }

    void aHelperThatIsMissing()
    {
        qputenv("TIMBRE_CAPTURE_HELPER", "/nonexistent/timbre-capture");
        whenAsked<CaptureDialog>([this](CaptureDialog& dialog) {
            m_said.clear();
            for (const QLabel* label : dialog.findChildren<QLabel*>())
                m_said += label->text() + QLatin1Char('\n');
            QVERIFY(dialog.findChild<QLineEdit*>(QStringLiteral("grantCommand")) == nullptr);
            dialog.reject();
        });
        action(kStart).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_said.contains(QStringLiteral("/nonexistent/timbre-capture")), kPatienceMs);
        qunsetenv("TIMBRE_CAPTURE_HELPER");
    }

    void captureFilterIsCheckedWhileTyping()
    {
        BpfEdit edit(m_fixture.theme(), nullptr);
        edit.show();
        QTest::keyClicks(&edit.edit(), QStringLiteral("tcp port 443"));
        QTRY_VERIFY_WITH_TIMEOUT(edit.verdict().contains(QStringLiteral("can be used")), kPatienceMs);
        QVERIFY(edit.usable());
        edit.remember();
        QTest::keyClicks(&edit.edit(), QStringLiteral(" and and"));
        QTRY_VERIFY_WITH_TIMEOUT(!edit.usable(), kPatienceMs);
        QVERIFY2(edit.verdict().contains(QStringLiteral("“and”, character 18")), qPrintable(edit.verdict()));
        edit.setFilter({});
        QTest::keyClicks(&edit.edit(), QStringLiteral("tcp p"));
        QVERIFY(edit.edit().completer() != nullptr);
        QStringList offered;
        const QAbstractItemModel* model = edit.edit().completer()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            offered << model->index(row, 0).data().toString();
        QVERIFY2(offered.contains(QStringLiteral("tcp port 443")), qPrintable(offered.join(u','))); // used before
        QVERIFY2(offered.contains(QStringLiteral("tcp portrange")), qPrintable(offered.join(u',')));
    }

private:
    [[nodiscard]] QAction& action(Action which) { return *m_fixture.window().live().menuActions()[which]; }
    void replay(double speed)
    {
        pipeline::LiveRequest request;
        request.options.replay = kOffice;
        request.options.replaySpeed = speed;
        m_fixture.window().live().start(request);
    }
    /// How fast the sample must be played to last so long.
    [[nodiscard]] static double paceForSeconds(double seconds)
    {
        auto reader = capture::CaptureReader::open(kOffice);
        capture::RecordBlock block;
        std::optional<Timestamp> first;
        Timestamp last;
        while ((*reader)->read(block) == capture::ReadStatus::Records) {
            first = first.value_or(block.records().front().time);
            last = block.records().back().time;
        }
        return static_cast<double>(elapsedNs(*first, last)) / 1e9 / seconds;
    }
    /// The next run of the program, with what this one left.
    void nextRun()
    {
        m_fixture.close();
        QVERIFY(m_fixture.makeWindow());
        m_messages.clear();
        connect(&m_fixture.window().live(), &LiveController::messageArose, this,
                [this](const WindowMessage& message) { m_messages.push_back(message); });
    }

    testing::WindowFixture m_fixture;
    std::vector<WindowMessage> m_messages;
    QString m_said;
};

QTEST_MAIN(LiveWindowTest)
#include "live_window_test.moc"
