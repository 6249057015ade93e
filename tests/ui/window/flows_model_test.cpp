// The model of the flow table under the toolkit's own checker: new lists must be told as the change they are.

#include "tests/support/synthetic_flows.h"
#include "ui/models/flows_model.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>
#include <numeric>

using namespace timbre;
using namespace timbre::ui;

namespace {

RowList list(std::vector<std::uint32_t> rows)
{
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

FlowSnapshotPtr flows(std::size_t count)
{
    return testing::makeFlows({.flows = count});
}

} // namespace

class FlowsModelTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<FlowsModel>(m_focus, m_theme, nullptr);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }
    void growthIsInsertion();
    void shorterListIsRemoval();
    void newOrderMovesPersistentIndexes();
    void newOrderAndNumber();
    void findsRows();
    void textsOfEveryColumn();
    void clearForgetsAll();

private:
    Focus m_focus;
    Theme m_theme;
    std::unique_ptr<FlowsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void FlowsModelTest::growthIsInsertion()
{
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy moved(m_model.get(), &FlowsModel::orderChanged);
    m_model->setFlows(flows(10), nullptr, {});
    m_model->setFlows(flows(25), nullptr, {});
    std::vector<std::uint32_t> all(30);
    std::iota(all.begin(), all.end(), 0);
    m_model->setFlows(flows(30), list(all), {}); // the same order, now as a list
    QCOMPARE(m_model->rowCount(), 30);
    QCOMPARE(inserted.count(), 3);
    QCOMPARE(inserted.at(1).at(1).toInt(), 10);
    QCOMPARE(inserted.at(1).at(2).toInt(), 24);
    QCOMPARE(reset.count() + moved.count(), 0);
}

void FlowsModelTest::shorterListIsRemoval()
{
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    m_model->setFlows(flows(10), list({0, 2, 4, 6}), {});
    m_model->setFlows(flows(10), list({0, 2}), {});
    QCOMPARE(removed.count(), 1);
    QCOMPARE(m_model->rowCount(), 2);
    m_model->setFlows(flows(10), list({}), {});
    QCOMPARE(m_model->rowCount(), 0);
}

void FlowsModelTest::newOrderMovesPersistentIndexes()
{
    m_model->setFlows(flows(6), nullptr, {});
    const QPersistentModelIndex kept(m_model->index(2, 3));
    const QPersistentModelIndex lost(m_model->index(5, 0));
    QSignalSpy changed(m_model.get(), &FlowsModel::orderChanged);
    m_model->setFlows(flows(6), list({4, 3, 2, 1, 0}), {});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(kept.row(), 2);
    QVERIFY(!lost.isValid());
    m_model->setFlows(flows(6), list({2, 0, 1, 3, 4}), {});
    QCOMPARE(kept.row(), 0);
    QCOMPARE(kept.column(), 3);
    QCOMPARE(m_model->flowAt(kept.row()), 2U);
}

void FlowsModelTest::newOrderAndNumber()
{
    m_model->setFlows(flows(100), list({9, 8, 7}), {});
    m_model->setFlows(flows(100), list({50, 9, 8, 7, 1}), {});
    QCOMPARE(m_model->rowCount(), 5);
    QCOMPARE(m_model->flowAt(0), 50U);
    m_model->setFlows(flows(100), list({1, 50}), {});
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->flowAt(1), 50U);
}

void FlowsModelTest::findsRows()
{
    m_model->setFlows(flows(10), list({7, 3, 9}), {});
    QCOMPARE(m_model->rowOf(9), 2);
    QCOMPARE(m_model->rowOf(4), -1);
    const auto places = m_model->rowsOf({3, 4, 7});
    QCOMPARE(places, (std::vector<std::pair<std::uint32_t, int>>{{7, 0}, {3, 1}}));
    QCOMPARE(m_model->stretchesOf({3, 7}, 5), (std::vector<std::pair<int, int>>{{0, 1}}));
    QCOMPARE(m_model->stretchesOf({7, 9}, 5), (std::vector<std::pair<int, int>>{{0, 0}, {2, 2}}));
    QVERIFY(m_model->stretchesOf({7, 9}, 1).empty());
    m_model->clear();
    m_model->setFlows(flows(10), nullptr, {});
    QCOMPARE(m_model->rowOf(9), 9);
    QCOMPARE(m_model->rowOf(10), -1);
}

void FlowsModelTest::textsOfEveryColumn()
{
    m_model->setFlows(flows(300), nullptr, TimeRange{{0}, {kNsPerSecond}});
    for (int column = 0; column < kFlowColumns; ++column) {
        QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        if (static_cast<FlowColumn>(column) == FlowColumn::Timeline)
            continue; // drawn; its words are in the tooltip
        int filled = 0;
        for (int row = 0; row < m_model->rowCount(); ++row)
            filled += m_model->index(row, column).data().toString().isEmpty() ? 0 : 1;
        const auto id = columnInfo(static_cast<FlowColumn>(column)).column;
        if (id == FlowColumn::Client || id == FlowColumn::Server || id == FlowColumn::Protocol ||
            id == FlowColumn::PacketsUp)
            QCOMPARE(filled, 300);
    }
    const auto& record = m_model->record(0);
    QVERIFY(m_model->index(0, static_cast<int>(FlowColumn::Client))
                .data()
                .toString()
                .contains(QString::fromStdString(toString(record.address(flow::Side::Initiator)))));
    QCOMPARE(m_model->index(7, 0).data(FlowsModel::FlowIndexRole).toUInt(), 7U);
}

void FlowsModelTest::clearForgetsAll()
{
    m_model->setFlows(flows(10), nullptr, TimeRange{{0}, {1}});
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!m_model->captureTime());
    QVERIFY(!m_model->index(0, 0).isValid());
}

QTEST_MAIN(FlowsModelTest)
#include "flows_model_test.moc"
