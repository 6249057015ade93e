// The menus of the window. Every action is here, with its keys; the key sheet is made from them.

#include "ui/capture/live_controller.h"
#include "ui/dialogs/about.h"
#include "ui/dialogs/help_window.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/captures_dock.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/packets_dock.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"
#include "ui/window/main_window.h"
#include "ui/window/recent_files.h"
#include "ui/window/top_bar.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtGui/QActionGroup>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace timbre::ui {

namespace {

QString escaped(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

QString themeKey()
{
    return QStringLiteral("theme");
}

} // namespace

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeCaptureMenu();
    makeEditMenu();
    makeViewMenu();
    makeGoMenu();
    makeHelpMenu();
    connect(&m_focus, &Focus::historyChanged, this, &MainWindow::updateActions);
    updateActions();
}

void MainWindow::makeFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    m_open = menu->addAction(tr("&Open…"), this, &MainWindow::chooseFiles);
    m_open->setShortcut(QKeySequence::Open);
    m_open->setIconText(tr("Open"));
    m_open->setToolTip(tr("Open saved captures (Ctrl+O)"));
    m_icons.emplace_back(m_open, QStringLiteral("open"));
    m_top->setOpenAction(m_open);
    menu->addAction(tr("Open with a capture &filter…"), this, &MainWindow::chooseFilesAndFilter);
    QMenu* recent = menu->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(*recent); });
    m_icons.emplace_back(menu->addAction(tr("Try the &sample"), this, &MainWindow::openSample),
                         QStringLiteral("sample"));
    menu->addSeparator();
    m_stop = menu->addAction(tr("S&top reading\tEsc"), this, &MainWindow::cancelReading);
    m_icons.emplace_back(m_stop, QStringLiteral("stop"));
    m_close = menu->addAction(tr("&Close capture"), this, &MainWindow::closeCapture);
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_W));
    menu->addSeparator();
    QAction* exporting = menu->addAction(tr("&Export…"), this, &MainWindow::exportWhatIsShown);
    exporting->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_icons.emplace_back(exporting, QStringLiteral("export"));
    QAction* report = menu->addAction(tr("&Report…"), this, &MainWindow::askForReport);
    report->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    m_icons.emplace_back(report, QStringLiteral("report"));
    menu->addSeparator();
    QAction* quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::makeCaptureMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Capture"));
    const char* icons[] = {"capture", "stop", "refresh", "pause", "save"};
    std::size_t icon = 0;
    for (QAction* action : m_live->menuActions()) {
        menu->addAction(action);
        m_icons.emplace_back(action, QString::fromLatin1(icons[icon++]));
    }
    menu->addSeparator();
    menu->addAction(tr("Re&play a file…"), this, [this] {
        const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
        m_live->askForReplay(snapshot && !snapshot->live ? toQString(snapshot->path) : QString());
    });
    menu->addAction(tr("Captures of &earlier runs…"), m_live, &LiveController::lookForLeftSpools);
    menu->addSeparator();
    menu->addAction(tr("Si&gnals…"), this, &MainWindow::askForSignalSettings);
}

void MainWindow::makeEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    m_undo = menu->addAction(tr("&Undo"), &m_focus, &Focus::undo);
    m_undo->setShortcut(QKeySequence::Undo);
    m_icons.emplace_back(m_undo, QStringLiteral("undo"));
    m_redo = menu->addAction(tr("&Redo"), &m_focus, &Focus::redo);
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_icons.emplace_back(m_redo, QStringLiteral("redo"));
    QMenu* steps = menu->addMenu(tr("&Steps"));
    connect(steps, &QMenu::aboutToShow, this, [this, steps] { fillStepsMenu(*steps); });
    menu->addSeparator();
    m_icons.emplace_back(menu->addAction(tr("&Copy\tCtrl+C"), this, &MainWindow::sendCopy), QStringLiteral("copy"));
    QMenu* copyAs = menu->addMenu(tr("Copy flows &as"));
    connect(copyAs, &QMenu::aboutToShow, this, [this, copyAs] {
        copyAs->clear();
        m_flows->addCopyAs(*copyAs);
    });
    QMenu* copyFilter = menu->addMenu(tr("Copy filter a&s"));
    connect(copyFilter, &QMenu::aboutToShow, this, [this, copyFilter] {
        copyFilter->clear();
        const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
        addFilterCopies(*copyFilter, m_focus.state().filter, snapshot ? snapshot->path : std::string());
    });
    menu->addSeparator();
    addNoteActions(*menu);
    menu->addSeparator();
    QAction* filter = menu->addAction(tr("&Filter…"), this, [this] { m_top->filterBar().activate(); });
    filter->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_L), QKeySequence(Qt::Key_Slash)});
    m_icons.emplace_back(filter, QStringLiteral("filter"));
    QMenu* filters = menu->addMenu(tr("Saved f&ilters"));
    connect(filters, &QMenu::aboutToShow, this, [this, filters] {
        filters->clear();
        m_top->filterBar().fillMenu(*filters);
    });
    QAction* all = menu->addAction(tr("Show &all flows"), this, [this] {
        m_focus.setFilter({});
        m_focus.setRange({});
    });
    all->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
}

void MainWindow::makeViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (Dock* dock : m_docks.all()) {
        QAction* show = menu->addAction(dock->facts().title, this, [dock] { dock->bringToFront(); });
        if (dock->facts().number > 0)
            show->setShortcut(QKeySequence(Qt::Key_0 + dock->facts().number));
        m_icons.emplace_back(show, dock->facts().icon);
    }
    menu->addSeparator();
    makeDockMenu(*menu->addMenu(tr("&Dock with the keyboard")));
    menu->addAction(tr("&Columns…"), this, [this] {
        m_flows->bringToFront();
        m_flows->showColumnMenu(m_flows->mapToGlobal(QPoint(Theme::kMargin, Theme::kMargin * 4)));
    });
    menu->addSeparator();
    makeThemeMenu(*menu->addMenu(tr("&Theme")));
    m_zone = menu->addAction(tr("&Local time"), this, &MainWindow::toggleZone);
    m_zone->setCheckable(true);
    m_zone->setShortcut(QKeySequence(Qt::Key_T));
    if (QSettings().value(QStringLiteral("localTime")).toBool())
        toggleZone();
    menu->addSeparator();
    for (std::size_t i = 0; i < kArrangements; ++i) {
        const auto arrangement = static_cast<Arrangement>(i);
        QAction* show = menu->addAction(tr("Arrangement: %1").arg(arrangementTitle(arrangement)), this,
                                        [this, arrangement] { m_focus.setArrangement(arrangement); });
        show->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i))));
    }
    menu->addAction(tr("&Reset arrangement"), this, &MainWindow::resetArrangement);
}

// Dragging is never the only way to move a dock.
void MainWindow::makeDockMenu(QMenu& menu)
{
    const auto add = [this, &menu](const QString& text, const QKeySequence& keys, auto act) {
        QAction* action = menu.addAction(text, this, [this, act] {
            if (Dock* dock = dockWithKeyboard())
                act(*dock);
        });
        action->setShortcut(keys);
    };
    const auto move = [this](Qt::DockWidgetArea area) {
        return [this, area](Dock& dock) {
            dock.setFloating(false);
            addDockWidget(area, &dock);
            dock.bringToFront();
        };
    };
    add(tr("&Float or put back"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [](Dock& dock) {
        dock.setFloating(!dock.isFloating());
        dock.bringToFront();
    });
    add(tr("&Pin or release"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), [](Dock& dock) {
        if (dock.facts().canPin)
            dock.setPinned(!dock.pinned());
    });
    add(tr("&Close"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), [](Dock& dock) { dock.close(); });
    add(tr("Move to the &left"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Left), move(Qt::LeftDockWidgetArea));
    add(tr("Move to the &right"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Right), move(Qt::RightDockWidgetArea));
    add(tr("Move to the &top"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Up), move(Qt::TopDockWidgetArea));
    add(tr("Move to the &bottom"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Down), move(Qt::BottomDockWidgetArea));
}

void MainWindow::makeThemeMenu(QMenu& menu)
{
    auto* group = new QActionGroup(&menu);
    const std::pair<QString, Theme::Mode> entries[] = {{tr("&Follow the desktop"), Theme::Mode::FollowDesktop},
                                                       {tr("&Light"), Theme::Mode::Light},
                                                       {tr("&Dark"), Theme::Mode::Dark}};
    m_theme.setMode(static_cast<Theme::Mode>(std::clamp(QSettings().value(themeKey()).toInt(), 0, 2)));
    for (const auto& [text, mode] : entries) {
        QAction* action = menu.addAction(text, this, [this, mode = mode] {
            m_theme.setMode(mode);
            QSettings().setValue(themeKey(), static_cast<int>(mode));
        });
        action->setCheckable(true);
        action->setChecked(m_theme.mode() == mode);
        group->addAction(action);
    }
}

void MainWindow::makeGoMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Go"));
    QAction* palette = menu->addAction(tr("&Command palette…"), this, &MainWindow::showPalette);
    palette->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    QAction* next = menu->addAction(tr("&Next dock"), this, [this] { goToNextDock(1); });
    next->setShortcut(QKeySequence(Qt::Key_F6));
    QAction* previous = menu->addAction(tr("&Previous dock"), this, [this] { goToNextDock(-1); });
    previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F6));
    menu->addSeparator();
    QAction* look = menu->addAction(tr("Time p&lots on the selected flow"), m_overview, &OverviewDock::lookAtSelection);
    look->setShortcut(QKeySequence(Qt::Key_F));
    QAction* nextAnomaly = menu->addAction(tr("Next &anomaly"), this, [this] { m_anomalies->goTo(1); });
    nextAnomaly->setShortcut(QKeySequence(Qt::Key_BracketRight));
    QAction* previousAnomaly = menu->addAction(tr("Pre&vious anomaly"), this, [this] { m_anomalies->goTo(-1); });
    previousAnomaly->setShortcut(QKeySequence(Qt::Key_BracketLeft));
    m_icons.emplace_back(
        menu->addAction(tr("Pac&kets of the selected flows"), this, [this] { m_packets->bringToFront(); }),
        QStringLiteral("packets"));
    m_icons.emplace_back(menu->addAction(tr("P&eek at the flow\tSpace"), this,
                                         [this] {
                                             m_flows->bringToFront();
                                             m_flows->togglePeek();
                                         }),
                         QStringLiteral("peek"));
}

void MainWindow::makeHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* keys = menu->addAction(tr("&Keys"), this, &MainWindow::showKeys);
    keys->setShortcut(QKeySequence(Qt::Key_Question));
    QAction* page = menu->addAction(tr("&Manual page of the dock"), this, [this] {
        const Dock* dock = dockWithKeyboard();
        showManual(dock ? manualPageOfDock(dock->facts().id) : QStringLiteral("first-steps"));
    });
    page->setShortcut(QKeySequence(Qt::Key_F1));
    menu->addAction(tr("&First ten minutes"), this, [this] { showManual(QStringLiteral("first-steps")); });
    menu->addAction(tr("Fi&lter language"), this, [this] { showManual(QStringLiteral("filter")); });
    m_icons.emplace_back(menu->addAction(tr("&About Timbre"), this, [this] { showAbout(*this); }),
                         QStringLiteral("info"));
}

void MainWindow::fillRecentMenu(QMenu& menu)
{
    menu.clear();
    menu.setToolTipsVisible(true);
    for (const QString& path : m_recent->paths()) {
        QAction* action =
            menu.addAction(escaped(QFileInfo(path).fileName()), this, [this, path] { openFiles({path}); });
        action->setToolTip(path);
    }
    if (menu.isEmpty()) {
        menu.addAction(tr("Captures you open are listed here"))->setEnabled(false);
        return;
    }
    menu.addSeparator();
    menu.addAction(tr("Clear the list"), m_recent, &RecentFiles::clear);
}

// Each entry goes to the state before that step.
void MainWindow::fillStepsMenu(QMenu& menu)
{
    menu.clear();
    const QStringList texts = m_focus.undoTexts();
    for (qsizetype i = 0; i < texts.size(); ++i)
        menu.addAction(escaped(texts[i]), this, [this, i] {
            for (qsizetype step = 0; step <= i; ++step)
                m_focus.undo();
        });
    if (menu.isEmpty())
        menu.addAction(tr("Changes of filter, range and order are listed here"))->setEnabled(false);
}

void MainWindow::updateActions()
{
    const QStringList undo = m_focus.undoTexts();
    const QStringList redo = m_focus.redoTexts();
    m_undo->setEnabled(!undo.isEmpty());
    m_undo->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(escaped(undo.first())));
    m_redo->setEnabled(!redo.isEmpty());
    m_redo->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(escaped(redo.first())));
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    m_close->setEnabled(snapshot != nullptr);
    m_stop->setEnabled(snapshot && !snapshot->live &&
                       (snapshot->phase == pipeline::Phase::Reading || snapshot->phase == pipeline::Phase::Queued));
}

void MainWindow::updateIcons()
{
    for (const auto& [action, icon] : m_icons)
        action->setIcon(m_theme.icon(icon));
    setWindowIcon(m_theme.icon(QStringLiteral("timbre"), Role::Accent));
}

void MainWindow::showManual(const QString& page)
{
    auto* manual = findChild<HelpWindow*>();
    if (manual == nullptr)
        manual = new HelpWindow(this);
    manual->show();
    manual->raise();
    manual->activateWindow();
    manual->showPage(page);
}

void MainWindow::showKeys()
{
    std::vector<KeyEntry> entries = keysOfMenus(menuBar()->actions());
    const std::vector<KeyEntry> views = keysOfViews(*this);
    entries.insert(entries.end(), views.begin(), views.end());
    auto* sheet = new KeySheet(entries, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->show();
}

} // namespace timbre::ui
