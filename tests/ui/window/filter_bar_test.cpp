// The filter bar: what compiles is applied, what does not is marked, and what the capture holds is offered.

#include "tests/support/synthetic_flows.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace timbre;
using namespace timbre::ui;

class FilterBarTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
        QCoreApplication::setApplicationName(QStringLiteral("filter-bar-test"));
    }
    void init();
    void cleanup();
    void enterApplies();
    void appliesAMomentAfterTyping();
    void errorIsMarkedAndTheFilterStays();
    void escapeGoesBack();
    void completesFieldsAndValues();
    void followsUndo();
    void historyOutlivesTheBar();

private:
    void type(const char* text) { QTest::keyClicks(&m_bar->edit(), QString::fromLatin1(text)); }
    void press(Qt::Key key) { QTest::keyClick(&m_bar->edit(), key); }

    QTemporaryDir m_settings;
    std::unique_ptr<testing::FakeBridge> m_fake;
    std::unique_ptr<Focus> m_focus;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    FilterBar* m_bar = nullptr;
};

void FilterBarTest::init()
{
    QSettings().clear();
    m_fake = std::make_unique<testing::FakeBridge>();
    m_focus = std::make_unique<Focus>();
    m_theme = std::make_unique<Theme>();
    m_window = std::make_unique<QWidget>();
    m_bar = new FilterBar(m_fake->bridge, *m_focus, *m_theme, m_window.get());
    m_window->resize(700, 500);
    m_bar->setGeometry(0, 0, 700, 30);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const CaptureId id = m_fake->bridge.open(QStringLiteral("/a/one.pcap"));
    pipeline::CaptureSnapshot snapshot;
    snapshot.phase = pipeline::Phase::Finished;
    snapshot.flows = testing::makeFlows({.flows = 400, .names = 5});
    m_fake->engine->publish(id, std::move(snapshot));
    QTest::qWait(1);
    m_focus->setCapture(id);
    m_bar->activate();
}

void FilterBarTest::cleanup()
{
    m_window.reset();
    m_focus.reset();
    m_theme.reset();
    m_fake.reset();
}

void FilterBarTest::enterApplies()
{
    QSignalSpy left(m_bar, &FilterBar::left);
    type("port == 53");
    press(Qt::Key_Return);
    QCOMPARE(m_focus->state().filter, QStringLiteral("port == 53"));
    QCOMPARE(left.count(), 1);
    QVERIFY(m_bar->offered().isEmpty());
}

void FilterBarTest::appliesAMomentAfterTyping()
{
    type("proto == udp");
    QVERIFY(m_focus->state().filter.isEmpty());
    QTRY_COMPARE(m_focus->state().filter, QStringLiteral("proto == udp"));
}

void FilterBarTest::errorIsMarkedAndTheFilterStays()
{
    m_focus->setFilter(QStringLiteral("proto == tcp"));
    m_bar->activate();
    type("proot == udp");
    if (!m_bar->offered().isEmpty())
        press(Qt::Key_Escape); // the list of completions
    press(Qt::Key_Return);
    QVERIFY2(m_bar->errorText().contains(QStringLiteral("proto")), qPrintable(m_bar->errorText()));
    QVERIFY(!m_bar->edit().toolTip().isEmpty());
    QCOMPARE(m_focus->state().filter, QStringLiteral("proto == tcp"));
    m_bar->edit().clear();
    type("proto == udp");
    press(Qt::Key_Return);
    QVERIFY(m_bar->errorText().isEmpty());
    QCOMPARE(m_focus->state().filter, QStringLiteral("proto == udp"));
}

void FilterBarTest::escapeGoesBack()
{
    m_focus->setFilter(QStringLiteral("proto == tcp"));
    QSignalSpy left(m_bar, &FilterBar::left);
    m_bar->activate();
    type("zzz ==");
    press(Qt::Key_Escape);
    if (left.isEmpty())
        press(Qt::Key_Escape); // the first one closed the list
    QCOMPARE(left.count(), 1);
    QCOMPARE(m_bar->edit().text(), QStringLiteral("proto == tcp"));
}

void FilterBarTest::completesFieldsAndValues()
{
    type("sn");
    QVERIFY2(m_bar->offered().contains(QStringLiteral("sni")), qPrintable(m_bar->offered().join(QLatin1Char(' '))));
    while (!m_bar->offered().isEmpty() && m_bar->edit().text() != QStringLiteral("sni ")) {
        press(Qt::Key_Tab);
        QVERIFY(m_bar->edit().hasFocus());
    }
    type("== ");
    QTRY_COMPARE(m_bar->offered().size(), 5); // every name of the capture, counted by the worker
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QVERIFY(m_bar->edit().text().startsWith(QStringLiteral("sni == ")));
    QVERIFY(m_bar->edit().text().size() > 8);
    QTRY_VERIFY(m_focus->state().filter.startsWith(QStringLiteral("sni == ")));
}

void FilterBarTest::followsUndo()
{
    type("port == 53");
    press(Qt::Key_Return);
    m_focus->undo();
    QVERIFY(m_bar->edit().text().isEmpty());
    m_focus->redo();
    QCOMPARE(m_bar->edit().text(), QStringLiteral("port == 53"));
}

void FilterBarTest::historyOutlivesTheBar()
{
    type("port == 53");
    press(Qt::Key_Return);
    FilterCompletion later;
    QCOMPARE(later.filters(), QStringList{QStringLiteral("port == 53")});
}

QTEST_MAIN(FilterBarTest)
#include "filter_bar_test.moc"
