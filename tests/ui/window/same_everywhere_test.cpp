// The window as one instrument: what can be done with a row, a bar or a term is the same in every table and plot, in
// the same words and the same order.

#include "tests/ui/window/window_fixture.h"
#include "ui/dialogs/command_palette.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/audio_dock.h"
#include "ui/docks/entities_dock.h"
#include "ui/docks/flows_view.h"
#include "ui/docks/masks_dock.h"
#include "ui/docks/overview_dock.h"
#include "ui/docks/packets_dock.h"
#include "ui/docks/resonance_dock.h"
#include "ui/docks/table_actions.h"
#include "ui/docks/time_marks.h"
#include "ui/docks/trends_dock.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_menu.h"
#include "ui/filter/saved_filters.h"
#include "ui/models/table_setup.h"
#include "ui/plots/overview_plot.h"
#include "ui/plots/trends_plot.h"
#include "ui/window/top_bar.h"

#include <QtGui/QClipboard>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;

class SameEverywhereTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("same-everywhere-test")); }
    void init()
    {
        m_fixture.forgetAll();
        SavedFilters::instance().reload();
        QVERIFY(m_fixture.makeWindow());
    }
    void cleanup() { m_fixture.close(); }

    void everyTableHasTheSameMenu();
    void noTableIsLeftOut();
    void peekFollowsInEveryTable();
    void peekSpellsOutOtherRows();
    void columnsAreChosenAndKept();
    void plotsMakeFilters();
    void plotsShowTheFlowAndTheNotes();
    void keyLooksAtTheFlow();
    void preparedFiltersWait();
    void filterInOtherWords();
    void paletteKnowsSavedFilters();
    void anomaliesFromAnywhere();

private:
    [[nodiscard]] MainWindow& window() { return m_fixture.window(); }
    template<typename T>
    [[nodiscard]] T& dock()
    {
        return *window().findChild<T*>();
    }
    void open(const char* sample);
    /// Docks with a table in which every row leads to flows or an address.
    [[nodiscard]] std::vector<std::pair<Dock*, QTableView*>> tables();
    [[nodiscard]] QTableView* maskTable();

    testing::WindowFixture m_fixture;
};

namespace {

QStringList labels(const QMenu& menu)
{
    QStringList texts;
    for (const QAction* action : menu.actions())
        texts << action->text().remove(QLatin1Char('&'));
    return texts;
}

QAction* find(const QMenu& menu, const char* label)
{
    for (QAction* action : menu.actions()) {
        if (action->text().remove(QLatin1Char('&')).startsWith(QLatin1String(label)))
            return action;
    }
    return nullptr;
}

const QStringList& filterLabels()
{
    static const QStringList words{QStringLiteral("Apply as filter"), QStringLiteral("Prepare in the filter bar"),
                                   QStringLiteral("And this"), QStringLiteral("And not this"),
                                   QStringLiteral("Copy as filter")};
    return words;
}

/// Behind each heading the five entries, in this order.
bool headsWithFilters(const QMenu& menu)
{
    const QStringList all = labels(menu);
    return all.size() > filterLabels().size() && menu.actions().first()->isSeparator() &&
           all.mid(1, filterLabels().size()) == filterLabels();
}

} // namespace

void SameEverywhereTest::open(const char* sample)
{
    window().openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/") + QLatin1String(sample)});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture.current() && m_fixture.current()->phase == pipeline::Phase::Finished && m_fixture.rows() > 0, 20'000);
}

std::vector<std::pair<Dock*, QTableView*>> SameEverywhereTest::tables()
{
    auto* trends = &dock<TrendsDock>();
    return {{&dock<AudioDock>(), &dock<AudioDock>().table()},
            {&dock<AnomaliesDock>(), &dock<AnomaliesDock>().table()},
            {&dock<EntitiesDock>(), &dock<EntitiesDock>().table()},
            {&dock<PacketsDock>(), &dock<PacketsDock>().table()},
            {trends, &trends->types()},
            {&dock<MasksDock>(), maskTable()},
            {&dock<ResonanceDock>(), &dock<ResonanceDock>().evidenceView()}};
}

QTableView* SameEverywhereTest::maskTable()
{
    for (QTableView* table : dock<MasksDock>().findChildren<QTableView*>()) {
        if (table->accessibleName() == QLatin1String("Masks"))
            return table;
    }
    return nullptr;
}

void SameEverywhereTest::everyTableHasTheSameMenu()
{
    for (const char* sample : {"office.pcapng", "voice.pcapng"}) {
        open(sample);
        for (const auto& [dock, table] : tables()) {
            dock->bringToFront();
            QTest::qWait(50); // docks that work only while they are seen
            const QByteArray name = dock->facts().title.toLocal8Bit() + " of " + sample;
            if (!table->isVisible())
                continue; // nothing of that kind in this capture
            QTRY_VERIFY2(table->model()->rowCount() > 0, name);
            auto* actions = table->findChild<TableActions*>();
            QVERIFY2(actions != nullptr, name);
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                QTRY_VERIFY2(table->model()->rowCount() > 0, name); // packets are read again for each filter
                const QModelIndex at = table->model()->index(0, column);
                table->setCurrentIndex(at);
                QMenu menu;
                actions->fillMenu(menu, at);
                if (find(menu, "Show flows") == nullptr && !headsWithFilters(menu))
                    continue; // a type of signals that nobody sent
                QVERIFY2(find(menu, "Copy rows") != nullptr && find(menu, "Columns") != nullptr, name);
                if (QAction* apply = find(menu, "Apply as filter")) {
                    QVERIFY2(headsWithFilters(menu), name);
                    apply->trigger();
                    QVERIFY2(!window().focus().state().filter.isEmpty(), name);
                    QVERIFY2(query::Filter::compile(window().focus().state().filter.toStdString()).filter, name);
                    window().focus().setFilter({});
                }
            }
            QTRY_VERIFY2(table->model()->rowCount() > 0, name);
            table->setCurrentIndex(table->model()->index(0, 0));
            QApplication::clipboard()->clear();
            actions->copyRows();
            QTRY_VERIFY2(QApplication::clipboard()->text().contains(QLatin1Char('\t')), name);
        }
    }
}

void SameEverywhereTest::noTableIsLeftOut()
{
    int found = 0;
    for (Dock* each : window().docks().all()) {
        for (QTableView* table : each->findChildren<QTableView*>()) {
            const bool isTwin = qobject_cast<PlotTableModel*>(table->model()) != nullptr &&
                                table->findChild<TableActions*>() == nullptr; // its frame has the menu
            if (qobject_cast<FlowsView*>(table) != nullptr || isTwin)
                continue;
            QVERIFY2(table->findChild<TableActions*>() != nullptr, qPrintable(table->accessibleName()));
            ++found;
        }
    }
    QVERIFY(found >= 12);
}

void SameEverywhereTest::peekSpellsOutOtherRows()
{
    open("office.pcapng");
    dock<MasksDock>().bringToFront();
    QTableView* masks = maskTable();
    QTRY_VERIFY(masks != nullptr && masks->isVisible() && masks->model()->rowCount() > 1);
    masks->setFocus();
    masks->selectRow(0);
    RowPeek& peek = masks->findChild<TableActions*>()->peek();
    QTest::keyClick(masks, Qt::Key_Space);
    QVERIFY(peek.visible());
    QCOMPARE(peek.popover().accessibleName(), masks->model()->index(0, 0).data().toString());
    QTest::keyClick(masks, Qt::Key_J);
    QCOMPARE(peek.popover().accessibleName(), masks->model()->index(1, 0).data().toString());
    QVERIFY(window().rect().contains(peek.popover().geometry())); // nothing of it is cut
    dock<EntitiesDock>().bringToFront();                          // in front of it: what is peeked at is gone
    QTest::qWait(50);
    QVERIFY(!masks->isVisible() || peek.visible());
    QVERIFY(masks->isVisible() || !peek.visible());
}

void SameEverywhereTest::peekFollowsInEveryTable()
{
    open("voice.pcapng");
    for (auto [dock, table] :
         {std::pair<Dock*, QTableView*>(&this->dock<AudioDock>(), &this->dock<AudioDock>().table()),
          std::pair<Dock*, QTableView*>(&this->dock<PacketsDock>(), &this->dock<PacketsDock>().table())}) {
        dock->bringToFront();
        QTRY_VERIFY(table->isVisible() && table->model()->rowCount() > 1);
        table->setFocus();
        auto* actions = table->findChild<TableActions*>();
        QTest::keyClick(table, Qt::Key_J);
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(actions->peek().visible());
        const int before = table->currentIndex().row();
        QTest::keyClick(table, Qt::Key_J);
        QCOMPARE(table->currentIndex().row(), before + 1);
        QVERIFY(actions->peek().visible());
        QVERIFY(!actions->peek().popover().accessibleName().isEmpty());
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!actions->peek().visible());
    }
}

void SameEverywhereTest::columnsAreChosenAndKept()
{
    open("voice.pcapng");
    QTableView* table = &dock<AudioDock>().table();
    QMenu menu;
    fillColumnMenu(menu, *table);
    QCOMPARE(menu.actions().size(), table->model()->columnCount());
    menu.actions().at(2)->toggle();
    QVERIFY(table->horizontalHeader()->isSectionHidden(2));
    QVERIFY(m_fixture.makeWindow());
    table = &dock<AudioDock>().table();
    QVERIFY(table->horizontalHeader()->isSectionHidden(2));
    QMenu all;
    fillColumnMenu(all, *table);
    for (QAction* action : all.actions())
        action->setChecked(false);
    QCOMPARE(table->horizontalHeader()->hiddenSectionCount(), table->model()->columnCount() - 1); // one stays
}

void SameEverywhereTest::plotsMakeFilters()
{
    open("office.pcapng");
    PlotFrame& overview = dock<OverviewDock>().plot();
    dock<OverviewDock>().bringToFront();
    QTRY_VERIFY(overview.canvas().axisRect()->width() > 50);
    QMenu menu;
    overview.fillMenuAt(menu, QPointF(overview.canvas().axisRect()->center()));
    QVERIFY(headsWithFilters(menu));
    find(menu, "Apply as filter")->trigger();
    QTRY_VERIFY(m_fixture.rows() < static_cast<int>(m_fixture.current()->flows->size()));
    QMenu beside;
    overview.fillMenuAt(beside, QPointF(1, 1)); // no data there
    QVERIFY(!headsWithFilters(beside));
    QVERIFY(find(beside, "Show as table") != nullptr && find(beside, "Copy data") != nullptr &&
            find(beside, "Save picture") != nullptr);
}

void SameEverywhereTest::plotsShowTheFlowAndTheNotes()
{
    open("office.pcapng");
    dock<TrendsDock>().bringToFront();
    auto* marks = dock<TrendsDock>().plot().findChild<TimeMarks*>();
    QVERIFY(marks != nullptr);
    QVERIFY(!marks->lifeShown());
    window().focus().setSelection({5}, 5);
    QVERIFY(marks->lifeShown());
    const flow::FlowRecord& record = (*m_fixture.current()->flows)[5];
    QCOMPARE(marks->life()->begin.ns, record.started.ns);
    QCOMPARE(marks->life()->end.ns, record.lastSeen.ns);
    store::Note note = pipeline::noteAbout(record);
    note.text = "flagged";
    QVERIFY(m_fixture.bridge().saveNote(m_fixture.current()->id, note).ok());
    QTRY_COMPARE(marks->flags().flags().size(), std::size_t{1});
    QCOMPARE(dock<OverviewDock>().plot().flags().flags().size(), std::size_t{1});
    window().focus().setSelection({}, flow::kNoFlow);
    QVERIFY(!marks->lifeShown());
}

void SameEverywhereTest::keyLooksAtTheFlow()
{
    open("office.pcapng");
    QVERIFY(!dock<OverviewDock>().plot().view());
    window().focus().setSelection({3}, 3);
    QTest::keyClick(&window(), Qt::Key_F);
    const auto view = dock<OverviewDock>().plot().view();
    QVERIFY(view);
    const flow::FlowRecord& record = (*m_fixture.current()->flows)[3];
    QVERIFY(view->begin <= record.started && record.lastSeen <= view->end);
    QVERIFY(elapsedNs(view->begin, view->end) <
            elapsedNs(m_fixture.current()->timeRange->begin, m_fixture.current()->timeRange->end));
}

void SameEverywhereTest::preparedFiltersWait()
{
    open("office.pcapng");
    window().focus().setFilter(QStringLiteral("app == dns"));
    QMenu menu;
    addFilterActions(menu, window().focus(), QStringLiteral("port == 443"));
    find(menu, "Prepare")->trigger();
    QCOMPARE(window().focus().state().filter, QStringLiteral("app == dns"));
    FilterEdit& edit = window().topBar().filterBar().edit();
    QCOMPARE(edit.text(), QStringLiteral("port == 443"));
    QVERIFY(edit.hasFocus());
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(window().focus().state().filter, QStringLiteral("port == 443"));
}

void SameEverywhereTest::filterInOtherWords()
{
    QMenu menu;
    addFilterCopies(menu, QStringLiteral("port == 443 and proto == tcp"), "/it's.pcap");
    for (const auto& [label, words] : {std::pair("BPF", "(port 443) and (tcp)"),
                                       std::pair("Wireshark", "(tcp.port == 443 or udp.port == 443) and (tcp)"),
                                       std::pair("SQL", "SELECT * FROM flows WHERE ")}) {
        QAction* action = find(menu, label);
        QVERIFY2(action != nullptr && action->isEnabled(), label);
        action->trigger();
        QVERIFY2(QApplication::clipboard()->text().startsWith(QLatin1String(words)),
                 qPrintable(QApplication::clipboard()->text()));
    }
    QVERIFY(QApplication::clipboard()->text().endsWith(QStringLiteral("WHERE path = '/it''s.pcap');")));
    QMenu none;
    addFilterCopies(none, QStringLiteral("resonance > 80"), {});
    for (const QAction* action : none.actions())
        QVERIFY(!action->isEnabled() && !action->toolTip().isEmpty());
}

void SameEverywhereTest::paletteKnowsSavedFilters()
{
    open("office.pcapng");
    QVERIFY(SavedFilters::instance().save(QStringLiteral("Names asked for"), QStringLiteral("app == dns")).isEmpty());
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = window().findChild<CommandPalette*>();
    QVERIFY(palette != nullptr && palette->isVisible());
    QTest::keyClicks(&palette->line(), QStringLiteral("names asked"));
    QCOMPARE(palette->list().item(0)->text(), QStringLiteral("Names asked for"));
    QTest::keyClick(&palette->line(), Qt::Key_Return);
    QTRY_COMPARE(window().focus().state().filter, QStringLiteral("app == dns"));
}

void SameEverywhereTest::anomaliesFromAnywhere()
{
    open("office.pcapng");
    window().flowsDock().bringToFront();
    QTest::keyClick(&window(), Qt::Key_BracketRight);
    QVERIFY(dock<AnomaliesDock>().isVisible());
    if (dock<AnomaliesDock>().table().model()->rowCount() > 0)
        QCOMPARE(dock<AnomaliesDock>().table().currentIndex().row(), 0);
}

QTEST_MAIN(SameEverywhereTest)
#include "same_everywhere_test.moc"
