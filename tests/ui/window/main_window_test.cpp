// The whole window on the real engine and the bundled sample: open, look, move, leave and come back.

#include "ui/bridge/engine_bridge.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/help_window.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/dialogs/proposed_folder.h"
#include "ui/docks/dock.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/flows_view.h"
#include "ui/docks/resonance_dock.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/top_bar.h"

#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtGui/QFontDatabase>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QTreeWidget>

using namespace timbre;
using namespace timbre::ui;

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void fontsAreThere();
    void startsWithTheStartPage();
    void sampleIsReadToItsEnd();
    void filesAreProposedWhereTheyAreFound();
    void dropOpens();
    void notACaptureIsSaidSo();
    void anAlertLeadsToItsFlow();
    void numberKeysBringDocks();
    void f6WalksThroughDocks();
    void filterKeysAndUndo();
    void themeReachesEveryWidget();
    void keySheetKnowsEveryAction();
    void paletteFindsActionsAndFlows();
    void manualOfTheDock();
    void arrangementIsKept();
    void arrangementsAreSwitchedAndUndone();
    void arrangementsHaveTheSizesOfTheirPlan();
    void theWheelSwitchesNoArrangement();
    void theRecorderFitsBelowTheFlows();
    void arrangementsSurviveTabsAndClosedDocks();
    void floatingDocksGoWithTheWindow();
    void workspaceIsKept();

private:
    void makeWindow();
    void openSample();
    /// The plan is for this size; a window that grows shares out what it gains.
    void showPlanIn(int width, int height)
    {
        m_window->resize(width, height);
        for (QAction* action : m_window->findChildren<QAction*>()) {
            if (action->text().remove(QLatin1Char('&')) == QStringLiteral("Reset arrangement"))
                action->trigger();
        }
    }
    [[nodiscard]] SnapshotPtr current() const { return m_bridge->snapshot(m_window->focus().state().capture); }
    [[nodiscard]] int rows() const { return m_window->flowsDock().model().rowCount(); }

    QTemporaryDir m_folder;
    Theme m_theme;
    std::unique_ptr<EngineBridge> m_bridge;
    std::unique_ptr<MainWindow> m_window;
};

void MainWindowTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    QCoreApplication::setApplicationName(QStringLiteral("main-window-test"));
    m_theme.install();
}

void MainWindowTest::makeWindow()
{
    m_window.reset();
    m_bridge.reset();
    pipeline::EngineConfig config;
    config.workspace = m_folder.filePath(QStringLiteral("workspace.timbre")).toStdString();
    m_bridge = std::make_unique<EngineBridge>(makeEnginePort(std::move(config)));
    m_window = std::make_unique<MainWindow>(*m_bridge, m_theme);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void MainWindowTest::init()
{
    QSettings().clear();
    QFile::remove(m_folder.filePath(QStringLiteral("workspace.timbre")));
    makeWindow();
}

void MainWindowTest::cleanup()
{
    m_window.reset();
    m_bridge.reset();
}

void MainWindowTest::openSample()
{
    m_window->openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng")});
    QTRY_VERIFY_WITH_TIMEOUT(current() && current()->phase == pipeline::Phase::Finished, 20'000);
    QTRY_VERIFY(rows() > 100);
}

void MainWindowTest::fontsAreThere()
{
    QVERIFY(!QFontDatabase::families().isEmpty()); // without fonts every letter is a box and nothing warns
}

void MainWindowTest::startsWithTheStartPage()
{
    QVERIFY(m_window->findChild<StartPage*>()->isVisible());
    QCOMPARE(m_window->windowTitle(), QStringLiteral("Timbre"));
    QVERIFY(!sampleCapturePath().isEmpty());
    QVERIFY(QFile::exists(sampleCapturePath()));
}

void MainWindowTest::sampleIsReadToItsEnd()
{
    openSample();
    QVERIFY(!m_window->findChild<StartPage*>()->isVisible());
    QCOMPARE(m_window->windowTitle(), QStringLiteral("office.pcapng – Timbre"));
    QCOMPARE(static_cast<std::size_t>(rows()), current()->flows->size());
    QVERIFY(m_window->topBar().progress().share() < 0);
    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(m_window->findChild<StartPage*>()->isVisible());
    QCOMPARE(m_window->findChild<StartPage*>()->findChildren<QPushButton*>().size(),
             4); // open, sample, capture, one recent file
}

void MainWindowTest::filesAreProposedWhereTheyAreFound()
{
    const QTemporaryDir folder;
    QCOMPARE(proposedFolder(QFileInfo(folder.filePath("a.pcap"))), QDir(folder.path()));
    QCOMPARE(proposedFolder(QFileInfo(folder.filePath("gone/a.pcap"))), QDir::home());
    QCOMPARE(proposedFolder(QFileInfo(sampleCapturePath())), QDir::home());
}

void MainWindowTest::dropOpens()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/voice.pcapng"))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(current() && current()->phase == pipeline::Phase::Finished, 20'000);
    QTRY_VERIFY(rows() > 0);
}

void MainWindowTest::notACaptureIsSaidSo()
{
    const QString path = m_folder.filePath(QStringLiteral("picture.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\n and nothing that is a packet");
    file.close();
    m_window->openFiles({path});
    QTRY_COMPARE_WITH_TIMEOUT(m_window->topBar().messages().count(), std::size_t{1}, 20'000);
    QVERIFY(m_window->topBar().messages().isVisible());
    m_window->topBar().messages().dismiss();
    QVERIFY(!m_window->topBar().messages().isVisible());
}

void MainWindowTest::anAlertLeadsToItsFlow()
{
    openSample();
    const auto alerting = m_window->focus().state().capture;
    m_window->openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/voice.pcapng")});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->focus().state().capture != alerting, 20'000);
    emit m_window->findChild<ResonanceDock*>()->alerted(alerting, 3, QStringLiteral("Flow 3 turned warning."));
    MessageBar& bar = m_window->topBar().messages();
    QTRY_VERIFY(bar.isVisible());
    const auto labels = bar.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().startsWith(QLatin1String("office.pcapng: Flow 3"));
    }));
    const auto buttons = bar.findChildren<QPushButton*>();
    const auto way = std::find_if(buttons.begin(), buttons.end(), [](const auto* b) { return b->isVisible(); });
    QVERIFY(way != buttons.end());
    QTest::mouseClick(*way, Qt::LeftButton);
    QCOMPARE(m_window->focus().state().capture, alerting);
    QCOMPARE(m_window->focus().state().selection.current, 3U);
}

void MainWindowTest::numberKeysBringDocks()
{
    openSample();
    for (Dock* dock : m_window->docks().all()) {
        if (dock->facts().number == 0)
            continue;
        dock->hide();
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(Qt::Key_0 + dock->facts().number));
        QVERIFY2(dock->isVisible(), qPrintable(dock->facts().title));
    }
    m_window->topBar().filterBar().activate();
    QTest::keyClicks(&m_window->topBar().filterBar().edit(), QStringLiteral("12 t?"));
    QCOMPARE(m_window->topBar().filterBar().edit().text(), QStringLiteral("12 t?")); // in the line they are letters
}

void MainWindowTest::f6WalksThroughDocks()
{
    openSample();
    m_window->docks().find(QLatin1StringView("flows"))->bringToFront();
    std::vector<QWidget*> seen;
    for (std::size_t i = 0; i < 5; ++i) {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        seen.push_back(QApplication::focusWidget());
    }
    for (QWidget* widget : seen)
        QVERIFY(widget != nullptr);
    std::sort(seen.begin(), seen.end());
    QVERIFY(std::unique(seen.begin(), seen.end()) - seen.begin() >= 4);
}

void MainWindowTest::filterKeysAndUndo()
{
    openSample();
    const int all = rows();
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    FilterEdit& edit = m_window->topBar().filterBar().edit();
    QVERIFY(edit.hasFocus());
    QTest::keyClicks(&edit, QStringLiteral("app == dns"));
    QTest::keyClick(&edit, Qt::Key_Escape); // the list
    QTest::keyClick(&edit, Qt::Key_Return);
    QTRY_VERIFY(rows() < all && rows() > 0);
    QVERIFY(m_window->flowsDock().view().hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(rows(), all);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(rows() < all);
    QTest::keyClick(m_window.get(), Qt::Key_T);
    QCOMPARE(m_window->focus().zone(), Focus::Zone::Local);
}

void MainWindowTest::themeReachesEveryWidget()
{
    openSample();
    m_theme.setMode(Theme::Mode::Dark);
    QTRY_COMPARE(m_window->palette().color(QPalette::Base), m_theme.color(Role::Surface));
    QTRY_COMPARE(m_window->flowsDock().view().palette().color(QPalette::Base), m_theme.color(Role::Surface));
    QVERIFY(m_theme.color(Role::Surface).lightness() < 60);
    m_theme.setMode(Theme::Mode::Light);
    QTRY_COMPARE(m_window->palette().color(QPalette::Base), m_theme.color(Role::Surface));
}

void MainWindowTest::keySheetKnowsEveryAction()
{
    const auto entries = keysOfMenus(m_window->menuBar()->actions());
    const auto has = [&](const QString& keys) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const KeyEntry& entry) { return entry.keys.contains(keys); });
    };
    for (const char* keys : {"Ctrl+O", "Ctrl+L", "Ctrl+Z", "F6", "?", "Esc", "Ctrl+Shift+F", "1", "6"})
        QVERIFY2(has(QString::fromLatin1(keys)), keys);
    const auto views = keysOfViews(*m_window);
    for (const auto& expected :
         {std::pair("In every table", "J"), std::pair("In every table", "Space"),
          std::pair("On a plot over time", "Left, Right"), std::pair("On a plot", "Alt+T"),
          std::pair("On a term of the filter", "!"), std::pair("In the filter bar", "Tab"),
          std::pair("Flows", "Return, Enter"), std::pair("Notes", "F2"), std::pair("Overview", "L")}) {
        const bool found = std::ranges::any_of(views, [&](const KeyEntry& entry) {
            return entry.group == QLatin1String(expected.first) && entry.keys == QLatin1String(expected.second) &&
                   !entry.text.isEmpty();
        });
        QVERIFY2(found, expected.first);
    }
    for (std::size_t i = 1; i < views.size(); ++i) // a group in one piece, nothing said twice
        QVERIFY(std::find(views.begin(), views.begin() + static_cast<std::ptrdiff_t>(i), views[i]) ==
                views.begin() + static_cast<std::ptrdiff_t>(i));
    m_window->findChild<FilterBar*>()->clearFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Question);
    auto* sheet = m_window->findChild<KeySheet*>();
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(sheet->findChild<QTreeWidget*>()->topLevelItemCount() >= 5);
    sheet->close();
}

void MainWindowTest::paletteFindsActionsAndFlows()
{
    QVERIFY(paletteScore(QStringLiteral("Reset arrangement"), QStringLiteral("arr res")) > 0);
    QVERIFY(paletteScore(QStringLiteral("Reset arrangement"), QStringLiteral("flow")) < 0);
    QVERIFY(paletteScore(QStringLiteral("Flows"), QStringLiteral("fl")) >
            paletteScore(QStringLiteral("Copy the inflow"), QStringLiteral("fl")));
    openSample();
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = m_window->findChild<CommandPalette*>();
    QVERIFY(palette && palette->isVisible() && palette->list().count() > 20);
    QTest::keyClicks(&palette->line(), QStringLiteral("local time"));
    QCOMPARE(palette->list().item(0)->text(), QStringLiteral("Local time"));
    QTest::keyClick(&palette->line(), Qt::Key_Return);
    QCOMPARE(m_window->focus().zone(), Focus::Zone::Local);

    QTRY_VERIFY(m_window->findChild<CommandPalette*>() == nullptr);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY((palette = m_window->findChild<CommandPalette*>()) && palette->isVisible());
    QTest::keyClicks(&palette->line(), QStringLiteral("search.birch"));
    QTRY_VERIFY(palette->list().count() > 1);
    const int all = rows();
    QTest::keyClick(&palette->line(), Qt::Key_Return); // filters
    QTRY_VERIFY(rows() < all && rows() > 0);
    QVERIFY(m_window->focus().state().filter.contains(QStringLiteral("search.birch")));
}

void MainWindowTest::manualOfTheDock()
{
    m_window->docks().find(QLatin1StringView("health"))->bringToFront();
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto* manual = m_window->findChild<HelpWindow*>();
    QVERIFY(manual && manual->isVisible());
    QVERIFY(manual->browser().toPlainText().contains(QStringLiteral("caps that bit")));
    for (Dock* dock : m_window->docks().all()) { // every dock is explained
        const QString page = manualPageOfDock(dock->facts().id);
        const QString text = manualPage(page.section(QLatin1Char('#'), 0, 0));
        QVERIFY2(page.contains(QLatin1Char('#')) ? text.contains(QStringLiteral("## ") + dock->facts().title)
                                                 : !text.isEmpty(),
                 qPrintable(page));
    }
    manual->search().setText(QStringLiteral("flow.bytes.up"));
    QTest::keyClick(&manual->search(), Qt::Key_Return);
    QVERIFY(manual->browser().textCursor().selectedText().contains(QStringLiteral("flow.bytes.up")));
    const QString target = m_folder.filePath(QStringLiteral("manual.html"));
    QVERIFY(writeManual(target).ok());
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().contains("flow.bytes.up"));
}

void MainWindowTest::arrangementIsKept()
{
    m_window->docks().find(QLatin1StringView("captures"))->close();
    m_window->docks().find(QLatin1StringView("health"))->bringToFront();
    m_window->close();
    makeWindow();
    QVERIFY(!m_window->docks().find(QLatin1StringView("captures"))->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_5);
    QVERIFY(m_window->docks().find(QLatin1StringView("captures"))->isVisible());
}

void MainWindowTest::arrangementsAreSwitchedAndUndone()
{
    Dock* captures = m_window->docks().find(QLatin1StringView("captures"));
    auto* tabs = m_window->findChild<QTabBar*>(QStringLiteral("arrangements"));
    QVERIFY(tabs != nullptr && tabs->count() == static_cast<int>(kArrangements));
    captures->close();
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), 3);
    QVERIFY(captures->isVisible());                       // each arrangement is as it was left
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 50); // quick changes are one step
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QCOMPARE(m_window->focus().state().arrangement, Arrangement::Inspect);
    QVERIFY(!captures->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), 3);
    m_window->close();
    makeWindow(); // the next run
    QCOMPARE(m_window->focus().state().arrangement, Arrangement::Trends);
}

/// The share of the upper dock, as the look has it: 420 to 280, 440 to 260, 460 to 240, 400 to 300.
void MainWindowTest::arrangementsHaveTheSizesOfTheirPlan()
{
    openSample();
    constexpr std::array kUpper = {"flows", "recorder", "audio", "trends"};
    constexpr std::array kLower = {"packets", "flows", "flows", "anomalies"};
    constexpr std::array kShare = {0.60, 0.63, 0.66, 0.57};
    for (const std::size_t i : {1, 2, 3, 0}) {
        m_window->focus().setArrangement(static_cast<Arrangement>(i));
        showPlanIn(1440, 900);
        QTest::qWait(50);
        const double upper = m_window->docks().find(QLatin1StringView(kUpper[i]))->height();
        const double lower = m_window->docks().find(QLatin1StringView(kLower[i]))->height();
        QVERIFY2(std::abs(upper / (upper + lower) - kShare[i]) < 0.06, kUpper[i]);
    }
}

void MainWindowTest::theWheelSwitchesNoArrangement()
{
    auto* tabs = m_window->findChild<QTabBar*>(QStringLiteral("arrangements"));
    const QPoint at = tabs->rect().center();
    QWheelEvent turn(at, tabs->mapToGlobal(at), {}, {0, -120}, {}, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(tabs, &turn);
    QCOMPARE(m_window->focus().state().arrangement, Arrangement::Inspect);
}

/// In the middle of the arrangement Inspect there is no room for all of it side by side.
void MainWindowTest::theRecorderFitsBelowTheFlows()
{
    showPlanIn(1440, 900);
    Dock* recorder = m_window->docks().find(QLatin1StringView("recorder"));
    recorder->bringToFront();
    auto* area = qobject_cast<QScrollArea*>(recorder->widget());
    QVERIFY(area != nullptr);
    QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
}

/// Tab bars come and go with the docks: switching must not trip over those that just went.
void MainWindowTest::arrangementsSurviveTabsAndClosedDocks()
{
    const auto& docks = m_window->docks().all();
    for (std::size_t round = 0; round < 24; ++round) {
        m_window->focus().setArrangement(static_cast<Arrangement>(round % kArrangements));
        Dock* one = docks[round % docks.size()];
        Dock* other = docks[(round * 5 + 3) % docks.size()];
        if (one != other)
            m_window->tabifyDockWidget(one, other);
        docks[(round * 7 + 1) % docks.size()]->close();
        docks[(round * 3 + 2) % docks.size()]->setFloating(round % 2 == 0);
        if (round % 3 == 0)
            QCoreApplication::processEvents();
    }
    m_window->focus().setArrangement(Arrangement::Inspect);
    for (Dock* dock : docks) {
        dock->bringToFront();
        QVERIFY(dock->isVisible());
    }
}

/// What floats is hidden while the window is destroyed: nobody may start a timer that is gone.
void MainWindowTest::floatingDocksGoWithTheWindow()
{
    openSample();
    for (Dock* dock : m_window->docks().all()) {
        dock->bringToFront();
        dock->setFloating(true);
    }
    QTest::qWait(200); // the packets are listed
    m_window.reset();
    QTest::qWait(100); // a timer of something destroyed would fire now
    QVERIFY(m_window == nullptr);
}

void MainWindowTest::workspaceIsKept()
{
    openSample();
    const int all = rows();
    makeWindow(); // the next run of the program
    QTRY_COMPARE(m_bridge->captures().size(), std::size_t{1});
    QVERIFY(m_window->findChild<StartPage*>()->isVisible());
    m_window->focus().setCapture(m_bridge->captures().front());
    QTRY_COMPARE_WITH_TIMEOUT(rows(), all, 20'000);
    QVERIFY(current()->fromStore);
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
