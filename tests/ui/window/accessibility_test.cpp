// What the window owes those who read it by ear, by keyboard or with large letters: names for everything that takes the
// keyboard, contrast in both themes, a visible focus, docks that fit at twice the size.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/plots/twin_frame.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QAction>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTableView>

#include <cmath>

using namespace timbre;
using namespace timbre::ui;

namespace {

/// WCAG 2: relative luminance.
double luminance(const QColor& color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void textIsLegibleInBothThemes();
    void everythingThatTakesTheKeyboardHasAName();
    void everyActionCanBeReached();
    void keysAreUnique();
    void docksFitAtTwiceTheSize();
    void everyPlotHasATable();
    void focusIsSeen();
    void emptyBoxesAreSeenInBothThemes();

private:
    QTemporaryDir m_folder;
    Theme m_theme;
    std::unique_ptr<EngineBridge> m_bridge;
    std::unique_ptr<MainWindow> m_window;
};

void AccessibilityTest::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    m_theme.install();
    pipeline::EngineConfig config;
    config.workspace = m_folder.filePath(QStringLiteral("workspace.timbre")).toStdString();
    m_bridge = std::make_unique<EngineBridge>(makeEnginePort(std::move(config)));
    m_window = std::make_unique<MainWindow>(*m_bridge, m_theme);
    m_window->show();
    m_window->openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng")});
    QTRY_VERIFY_WITH_TIMEOUT(m_bridge->snapshot(m_window->focus().state().capture) &&
                                 m_bridge->snapshot(m_window->focus().state().capture)->phase ==
                                     pipeline::Phase::Finished,
                             20'000);
}

void AccessibilityTest::cleanupTestCase()
{
    m_window.reset();
    m_bridge.reset();
}

void AccessibilityTest::textIsLegibleInBothThemes()
{
    constexpr double kText = 4.5;    // WCAG AA
    constexpr double kGraphic = 3.0; // lines and shapes that mean something
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        m_theme.setMode(mode);
        for (const Role surface : {Role::Surface, Role::Raised}) {
            for (const Role text : {Role::Text, Role::Muted, Role::Accent, Role::Up, Role::Down, Role::Bad}) {
                const double found = contrast(m_theme.color(text), m_theme.color(surface));
                QVERIFY2(found >= kText, qPrintable(QStringLiteral("mode %1, role %2 on %3: %4")
                                                        .arg(int(mode))
                                                        .arg(int(text))
                                                        .arg(int(surface))
                                                        .arg(found)));
            }
            for (const Role state : {Role::Good, Role::Watch, Role::Unknown})
                QVERIFY(contrast(m_theme.color(state), m_theme.color(surface)) >= kGraphic);
        }
        QVERIFY(contrast(m_theme.color(Role::Text), m_theme.color(Role::Selection)) >= kText);
    }
}

static QStringList namelessIn(const QWidget& root)
{
    QStringList nameless;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QLatin1StringView("qt_")))
            continue;
        if (!widget->isVisibleTo(&root) || widget->focusProxy() != nullptr)
            continue;
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(widget);
        if (seen != nullptr && seen->text(QAccessible::Name).isEmpty())
            nameless << QStringLiteral("%1 (%2) in %3")
                            .arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName(),
                                 QLatin1StringView(widget->parentWidget()->metaObject()->className()));
    }
    return nameless;
}

void AccessibilityTest::everythingThatTakesTheKeyboardHasAName()
{
    m_window->focus().setSelection({1}, 1);
    QStringList nameless = namelessIn(*m_window);
    for (Dock* dock : m_window->docks().all()) { // also what is behind a tab
        dock->bringToFront();
        QTest::qWait(10);
        nameless << namelessIn(*dock);
    }
    nameless.removeDuplicates();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral("; "))));
}

static void collect(const QMenu& menu, QList<QAction*>& actions)
{
    for (QAction* action : menu.actions()) {
        if (const QMenu* inner = action->menu<QMenu*>())
            collect(*inner, actions);
        else if (!action->isSeparator())
            actions << action;
    }
}

void AccessibilityTest::everyActionCanBeReached()
{
    for (const QAction* top : m_window->menuBar()->actions()) {
        QVERIFY2(top->text().contains(QLatin1Char('&')), qPrintable(top->text())); // by Alt and a letter
        QList<QAction*> actions;
        collect(*top->menu<QMenu*>(), actions);
        for (const QAction* action : actions)
            QVERIFY(!action->text().trimmed().isEmpty());
    }
    for (const Dock* dock : m_window->docks().all())
        QVERIFY2(!dock->accessibleName().isEmpty(), qPrintable(dock->facts().id));
}

void AccessibilityTest::keysAreUnique()
{
    QHash<QString, QString> taken;
    for (const QAction* top : m_window->menuBar()->actions()) {
        QList<QAction*> actions;
        collect(*top->menu<QMenu*>(), actions);
        for (const QAction* action : actions) {
            for (const QKeySequence& keys : action->shortcuts()) {
                const QString text = keys.toString();
                QVERIFY2(!taken.contains(text), qPrintable(text + QStringLiteral(": ") + taken.value(text) +
                                                           QStringLiteral(" and ") + action->text()));
                taken.insert(text, action->text());
            }
        }
    }
}

/// At 200 % a screen of 1440 × 900 has room for half of it.
void AccessibilityTest::docksFitAtTwiceTheSize()
{
    QVERIFY2(m_window->minimumSizeHint().width() <= 1440,
             qPrintable(QString::number(m_window->minimumSizeHint().width())));
    for (const Dock* dock : m_window->docks().all()) {
        const QSize least = dock->minimumSizeHint();
        QVERIFY2(
            least.width() <= 640 && least.height() <= 450,
            qPrintable(QStringLiteral("%1: %2 x %3").arg(dock->facts().id).arg(least.width()).arg(least.height())));
    }
}

void AccessibilityTest::everyPlotHasATable()
{
    m_window->focus().setSelection({1}, 1);
    const auto frames = m_window->findChildren<TwinFrame*>();
    QVERIFY(frames.size() >= 10);
    for (TwinFrame* frame : frames) {
        const QString name = frame->drawing().accessibleName();
        QVERIFY(!name.isEmpty());
        frame->setTableShown(true);
        QVERIFY2(frame->table().model() != nullptr && frame->hasTable(), qPrintable(name));
        QVERIFY2(!frame->table().accessibleName().isEmpty(), qPrintable(name));
        frame->setTableShown(false);
    }
}

/// The widget with the keyboard looks otherwise than without it.
void AccessibilityTest::focusIsSeen()
{
    m_window->resize(1440, 900);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    for (Dock* dock : m_window->docks().all()) {
        dock->bringToFront();
        QTest::qWait(20);
        QWidget* seen = QApplication::focusWidget();
        if (seen == nullptr || !dock->isAncestorOf(seen) || qobject_cast<EmptyState*>(seen) != nullptr)
            continue; // nothing to be done there yet
        if (auto* list = qobject_cast<QAbstractItemView*>(seen)) {
            if (list->model() == nullptr || list->model()->rowCount() == 0)
                continue;
            list->setCurrentIndex(list->model()->index(0, 0));
            list->clearSelection();
        }
        QTest::qWait(120); // plots draw at most ten times a second
        const QImage with = seen->grab().toImage();
        seen->clearFocus();
        QTest::qWait(120);
        QVERIFY2(with != seen->grab().toImage(), qPrintable(dock->facts().id));
    }
}

/// A box that is not ticked has an outline, not only a fill that is nearly that of the surface.
void AccessibilityTest::emptyBoxesAreSeenInBothThemes()
{
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        m_theme.setMode(mode);
        QCheckBox box;
        box.resize(box.sizeHint());
        const QImage picture = box.grab().toImage();
        double most = 1.0;
        for (int x = 0; x < picture.width(); ++x)
            most = std::max(most, contrast(picture.pixelColor(x, picture.height() / 2), m_theme.color(Role::Raised)));
        QVERIFY(most >= 3.0); // as WCAG asks of what is no text
    }
}

QTEST_MAIN(AccessibilityTest)
#include "accessibility_test.moc"
