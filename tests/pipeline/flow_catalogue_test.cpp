#include "engine/pipeline/flow_catalogue.h"

#include <QTest>

using namespace timbre;
using flow::FlowRecord;
using flow::FlowSnapshot;
using pipeline::FlowCatalogue;

namespace {

FlowRecord record(std::uint32_t index, std::uint64_t packets)
{
    FlowRecord flow;
    flow.index = index;
    flow.sides[0].packets = packets;
    return flow;
}

} // namespace

class FlowCatalogueTest : public QObject {
    Q_OBJECT

private slots:
    void publishedSnapshotsNeverChange()
    {
        FlowCatalogue catalogue(10'000, std::make_shared<StringPool>());
        QCOMPARE(catalogue.publish()->size(), 0U);
        for (std::uint32_t i = 0; i < 3000; ++i)
            catalogue.update(record(i, 1));
        const auto first = catalogue.publish();
        catalogue.update(record(1500, 2));
        catalogue.update(record(1500, 3));
        catalogue.update(record(3000, 9));
        const auto second = catalogue.publish();
        QCOMPARE(first->size(), 3000U);
        QCOMPARE((*first)[1500].packets(), 1U);
        QCOMPARE(second->size(), 3001U);
        QCOMPARE((*second)[1500].packets(), 3U);
        QCOMPARE((*second)[3000].packets(), 9U);
        for (std::uint32_t i = 0; i < 3000; ++i)
            QCOMPARE((*second)[i].index, i);
        QVERIFY2(first->chunks()[0] == second->chunks()[0], "what did not change is shared");
        QVERIFY(first->chunks()[1] != second->chunks()[1]);
    }

    void flowsOutOfOrderFindTheirRows()
    {
        FlowCatalogue catalogue(10'000, std::make_shared<StringPool>());
        catalogue.update(record(2047, 5)); // a flow whose earlier neighbours are still to be told
        for (std::uint32_t i = 0; i < 2047; ++i)
            catalogue.update(record(i, i));
        const auto snapshot = catalogue.publish();
        QCOMPARE(snapshot->size(), 2048U);
        QCOMPARE((*snapshot)[2047].packets(), 5U);
        QCOMPARE((*snapshot)[77].packets(), 77U);
    }

    void countsFlowsPastTheCapOnce()
    {
        FlowCatalogue catalogue(100, std::make_shared<StringPool>());
        for (std::uint32_t i = 0; i < 150; ++i) {
            catalogue.update(record(i, 1));
            catalogue.update(record(i, 2));
        }
        QCOMPARE(catalogue.publish()->size(), 100U);
        QCOMPARE(catalogue.rowsDropped(), 50U);
    }
};

QTEST_GUILESS_MAIN(FlowCatalogueTest)
#include "flow_catalogue_test.moc"
