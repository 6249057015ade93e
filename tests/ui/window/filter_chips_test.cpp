// Chips and saved filters: what is done to a chip is done to the text, and a name stands for a filter.

#include "ui/dialogs/saved_filters_dialog.h"
#include "ui/filter/filter_chips.h"
#include "ui/filter/filter_completion.h"
#include "ui/filter/saved_filters.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QToolButton>

using namespace timbre;
using namespace timbre::ui;

class FilterChipsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void chipsFollowTheText();
    void keysChangeTheText();
    void undoTakesAChipBack();
    void pinnedTermsStayWhenAFilterIsChosen();
    void keyboardStaysInTheRow();
    void menuIsReachableByKeys();
    void longFiltersGoBehindAButton();
    void savedFiltersOutliveTheProgram();
    void savedFiltersRefuseNonsense();
    void savedFiltersAreEditedInPlace();
    void completionOffersThem();

private:
    void setFilter(const char* text) { m_focus->setFilter(QString::fromLatin1(text)); }
    [[nodiscard]] QString filter() const { return m_focus->state().filter; }

    QTemporaryDir m_settings;
    std::unique_ptr<Focus> m_focus;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FilterChips> m_chips;
};

void FilterChipsTest::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
    QCoreApplication::setApplicationName(QStringLiteral("filter-chips-test"));
}

void FilterChipsTest::init()
{
    QSettings().clear();
    SavedFilters::instance().reload();
    m_chips.reset();
    m_focus = std::make_unique<Focus>();
    m_theme = std::make_unique<Theme>();
    m_chips = std::make_unique<FilterChips>(*m_focus, *m_theme, nullptr);
    m_chips->resize(900, 30);
    m_chips->show();
    m_chips->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_chips.get()));
}

void FilterChipsTest::chipsFollowTheText()
{
    QVERIFY(m_chips->chips().empty());
    setFilter("port == 443 and (app == tls or app == quic) and not sni");
    const auto chips = m_chips->chips();
    QCOMPARE(chips.size(), std::size_t{3});
    QVERIFY(chips[2]->term().negated);
    QVERIFY(chips[2]->accessibleName().contains(QStringLiteral("negated")));
    QVERIFY(chips[0]->isVisible() && chips[2]->x() > chips[1]->x());
    setFilter("");
    QVERIFY(m_chips->chips().empty());
    QVERIFY(!m_chips->isVisible());
}

void FilterChipsTest::keysChangeTheText()
{
    setFilter("port == 443 and app == tls");
    QTest::keyClick(m_chips->chips()[1], Qt::Key_Exclam);
    QCOMPARE(filter(), QStringLiteral("port == 443 and not app == tls"));
    QTest::keyClick(m_chips->chips()[0], Qt::Key_Minus);
    QCOMPARE(filter(), QStringLiteral("off port == 443 and not app == tls"));
    QTest::keyClick(m_chips->chips()[0], Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("off port == 443"));
    QTest::keyClick(m_chips->chips()[0], Qt::Key_Delete);
    QCOMPARE(filter(), QStringLiteral("not app == tls"));
    const QSize size = m_chips->chips()[0]->size();
    QTest::mouseClick(m_chips->chips()[0], Qt::LeftButton, {}, QPoint(size.width() - 8, size.height() / 2));
    QVERIFY(filter().isEmpty());
}

void FilterChipsTest::undoTakesAChipBack()
{
    setFilter("port == 443 and app == tls");
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 50); // else one step
    QTest::keyClick(m_chips->chips()[0], Qt::Key_Delete);
    m_focus->undo();
    QCOMPARE(filter(), QStringLiteral("port == 443 and app == tls"));
    QCOMPARE(m_chips->chips().size(), std::size_t{2});
}

void FilterChipsTest::pinnedTermsStayWhenAFilterIsChosen()
{
    setFilter("port == 443 or port == 80");
    QTest::keyClick(m_chips->chips()[0], Qt::Key_P);
    QVERIFY(m_chips->chips()[0]->pinned());
    QVERIFY(m_chips->chips()[0]->accessibleName().contains(QStringLiteral("pinned")));
    m_focus->replaceFilter(QStringLiteral("app == tls and sni"));
    QCOMPARE(filter(), QStringLiteral("(port == 443 or port == 80) and app == tls and sni"));
    QCOMPARE(m_chips->chips().size(), std::size_t{3});
    QVERIFY(m_chips->chips()[0]->pinned() && !m_chips->chips()[1]->pinned());
    m_focus->replaceFilter(QStringLiteral("app == dns"));
    QCOMPARE(filter(), QStringLiteral("(port == 443 or port == 80) and app == dns"));

    QTest::keyClick(m_chips->chips()[0], Qt::Key_Minus); // still pinned when it reads otherwise
    QVERIFY(m_chips->chips()[0]->pinned());
    m_focus->replaceFilter({});
    QCOMPARE(filter(), QStringLiteral("off (port == 443 or port == 80)"));
    QTest::keyClick(m_chips->chips()[0], Qt::Key_P);
    m_focus->replaceFilter(QStringLiteral("app == dns"));
    QCOMPARE(filter(), QStringLiteral("app == dns"));
    setFilter("port == 443"); // what is typed is what holds
    QTest::keyClick(m_chips->chips()[0], Qt::Key_P);
    QTest::qWait(static_cast<int>(Focus::kMergeMs) + 100); // a step of its own
    setFilter("app == dns");
    QCOMPARE(filter(), QStringLiteral("app == dns"));
    QVERIFY(m_focus->state().pinnedTerms.empty());
    m_focus->undo();
    QCOMPARE(m_chips->chips().size(), std::size_t{1});
    QVERIFY(m_chips->chips()[0]->pinned());
}

void FilterChipsTest::keyboardStaysInTheRow()
{
    setFilter("port == 443 and app == tls and sni");
    m_chips->chips()[1]->setFocus();
    QTest::keyClick(m_chips->chips()[1], Qt::Key_Right);
    QVERIFY(m_chips->chips()[2]->hasFocus());
    QTest::keyClick(m_chips->chips()[2], Qt::Key_Delete);
    QVERIFY(m_chips->chips()[1]->hasFocus());
    QSignalSpy left(m_chips.get(), &FilterChips::left);
    QTest::keyClick(m_chips->chips()[1], Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
}

void FilterChipsTest::menuIsReachableByKeys()
{
    setFilter("port == 443");
    bool seen = false;
    QTimer::singleShot(0, this, [&] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        seen = true;
        QTest::keyClick(menu, Qt::Key_N);
    });
    QTest::keyClick(m_chips->chips()[0], Qt::Key_Return);
    QVERIFY(seen);
    QCOMPARE(filter(), QStringLiteral("not port == 443"));
}

void FilterChipsTest::longFiltersGoBehindAButton()
{
    QStringList terms;
    for (int port = 1000; port < 1040; ++port)
        terms << QStringLiteral("not port == %1").arg(port);
    m_focus->setFilter(terms.join(QStringLiteral(" and ")));
    QCOMPARE(m_chips->chips().size(), std::size_t{40});
    auto* rest = m_chips->findChild<QToolButton*>();
    QVERIFY(rest->isVisible());
    QVERIFY(m_chips->chips()[0]->isVisible() && !m_chips->chips()[39]->isVisible());
    QVERIFY(rest->geometry().right() <= m_chips->width());
}

void FilterChipsTest::savedFiltersOutliveTheProgram()
{
    SavedFilters& saved = SavedFilters::instance();
    QVERIFY(saved.save(QStringLiteral("Web"), QStringLiteral("port in {80 443}")).isEmpty());
    QVERIFY(saved.save(QStringLiteral("dns"), QStringLiteral("app == dns")).isEmpty());
    QVERIFY(saved.save(QStringLiteral("WEB"), QStringLiteral("port == 443")).isEmpty()); // the same name
    saved.reload();
    QCOMPARE(saved.all().size(), std::size_t{2});
    QCOMPARE(saved.all()[1], (SavedFilter{QStringLiteral("WEB"), QStringLiteral("port == 443")}));
    QVERIFY(saved.rename(QStringLiteral("web"), QStringLiteral("tls")).isEmpty());
    saved.remove(QStringLiteral("dns"));
    saved.reload();
    QCOMPARE(saved.all().size(), std::size_t{1});
    QVERIFY(saved.find(QStringLiteral("TLS")) != nullptr);
}

void FilterChipsTest::savedFiltersRefuseNonsense()
{
    SavedFilters& saved = SavedFilters::instance();
    QVERIFY(!saved.save(QStringLiteral("  "), QStringLiteral("port == 1")).isEmpty());
    QVERIFY(!saved.save(QStringLiteral("a"), QStringLiteral("port ==")).isEmpty());
    QVERIFY(saved.save(QStringLiteral("a"), QStringLiteral("port == 1")).isEmpty());
    QVERIFY(saved.save(QStringLiteral("b"), QStringLiteral("port == 2")).isEmpty());
    QVERIFY(!saved.rename(QStringLiteral("a"), QStringLiteral("B")).isEmpty());
    QCOMPARE(saved.all().size(), std::size_t{2});
}

void FilterChipsTest::savedFiltersAreEditedInPlace()
{
    SavedFilters& saved = SavedFilters::instance();
    saved.save(QStringLiteral("web"), QStringLiteral("port == 443"));
    SavedFiltersDialog dialog(*m_focus, nullptr);
    auto* table = dialog.findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), 1);
    table->item(0, 0)->setText(QStringLiteral("tls"));
    QVERIFY(saved.find(QStringLiteral("tls")) != nullptr);
    table->item(0, 1)->setText(QStringLiteral("port =="));
    QCOMPARE(saved.all()[0].text, QStringLiteral("port == 443"));
    QTRY_COMPARE(table->item(0, 1)->text(), QStringLiteral("port == 443"));
}

void FilterChipsTest::completionOffersThem()
{
    SavedFilters::instance().save(QStringLiteral("beacons"), QStringLiteral("flow.bytes < 2kB or port == 1"));
    const FilterCompletion source;
    const auto list = query::complete("app == tls and beac", 19, source);
    QCOMPARE(list.items.size(), std::size_t{1});
    QCOMPARE(list.items[0].insert, std::string("(flow.bytes < 2kB or port == 1) "));
    QCOMPARE(list.replaceFrom, std::size_t{15});
}

QTEST_MAIN(FilterChipsTest)
#include "filter_chips_test.moc"
