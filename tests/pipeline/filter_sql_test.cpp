// A filter's SQL finds in the workspace exactly the flows that the filter finds in the window.

#include "engine/pipeline/flow_fields.h"
#include "engine/query/filter.h"
#include "engine/store/filter_sql.h"
#include "tests/store/store_fixtures.h"
#include "tests/support/synthetic_flows.h"

#include <QtTest>

#include <sqlite3.h>

using namespace timbre;

class FilterSqlTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void findsTheSameFlows_data();
    void findsTheSameFlows();
    void saysSoWhenThereAreNoWords_data();
    void saysSoWhenThereAreNoWords();
    void cleanupTestCase() { sqlite3_close(m_database); }

private:
    QTemporaryDir m_folder;
    test::RecordingObserver m_observer;
    std::shared_ptr<const flow::FlowSnapshot> m_flows;
    sqlite3* m_database = nullptr;
};

void FilterSqlTest::initTestCase()
{
    const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / "w.timbre";
    const auto made = timbre::testing::makeFlows({3000, 50, 5});
    {
        auto workspace = store::Workspace::open(path, m_observer);
        QVERIFY(workspace.ok());
        const store::CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        std::vector<flow::FlowRecord> records;
        for (std::uint32_t i = 0; i < made->size(); ++i)
            records.push_back((*made)[i]);
        (*workspace)->addFlows(key, std::move(records), made->names());
        (*workspace)->finishCapture(key, test::sampleOutcome(made->size()));
        (*workspace)->flush();
        auto reader = store::WorkspaceReader::open(path);
        QVERIFY(reader.ok());
        auto loaded = (*reader)->loadSnapshot(key);
        QVERIFY(loaded.ok());
        m_flows = *loaded;
    }
    QCOMPARE(sqlite3_open_v2(path.c_str(), &m_database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
}

void FilterSqlTest::findsTheSameFlows_data()
{
    QTest::addColumn<QString>("filter");
    constexpr const char* kFilters[] = {"",
                                        "port == 443",
                                        "port != 443",
                                        "not port == 443",
                                        "dport in {53 80 440..450}",
                                        "tcp.port < 1024",
                                        "udp.port >= 1024",
                                        "proto == udp",
                                        "proto in {icmp icmp6}",
                                        "app",
                                        "app == tls and flow.bytes > 10kB",
                                        "not app",
                                        "state == established",
                                        "ended",
                                        "not ended",
                                        "end.reason != rst",
                                        "end.reason in {fin idle_timeout}",
                                        "history contains ssd",
                                        "flow.pkts.down == 0",
                                        "flow.pkts.up",
                                        "flow.payload",
                                        "flow.wire.up >= 1500",
                                        "flow.age > 1s and flow.age <= 1h",
                                        "flow.start < 2100-01-01",
                                        "flow.end >= 2000-01-01T00:00",
                                        "retransmissions",
                                        "outoforder == 0",
                                        "zerowindows >= 0",
                                        "vlan",
                                        "vlan != 20",
                                        "host",
                                        "not host contains a",
                                        "sni contains EXAMPLE",
                                        "sni",
                                        "sni != \"it's\"",
                                        "http.host",
                                        "inner",
                                        "tunnel == vxlan",
                                        "flow.outer",
                                        "interface == 0",
                                        "frame.first <= 1000",
                                        "flow.index in {1 2 3 2999}",
                                        "off port == 443 and proto == tcp",
                                        "port == 443 and (sni or not ended)"};
    for (const char* filter : kFilters)
        QTest::newRow(filter) << filter;
}

void FilterSqlTest::findsTheSameFlows()
{
    QFETCH(QString, filter);
    const auto compiled = query::Filter::compile(filter.toStdString());
    QVERIFY2(compiled.filter, compiled.error ? compiled.error->message.c_str() : "");
    std::vector<std::uint32_t> expected;
    query::FilterRun run(*compiled.filter, {});
    for (std::uint32_t i = 0; i < m_flows->size(); ++i) {
        if (run.matches(pipeline::FlowRow(*m_flows, (*m_flows)[i])))
            expected.push_back(i);
    }

    const auto sql = store::toSql(*compiled.filter->expression(), test::sampleOrigin().file.path);
    QVERIFY2(sql, qPrintable(filter));
    sqlite3_stmt* statement = nullptr;
    QVERIFY2(sqlite3_prepare_v2(m_database, sql->c_str(), -1, &statement, nullptr) == SQLITE_OK,
             (*sql + ": " + sqlite3_errmsg(m_database)).c_str());
    constexpr int kFlowIndex = 2; // the third column of the view
    std::vector<std::uint32_t> found;
    while (sqlite3_step(statement) == SQLITE_ROW)
        found.push_back(static_cast<std::uint32_t>(sqlite3_column_int64(statement, kFlowIndex)));
    sqlite3_finalize(statement);
    std::sort(found.begin(), found.end());
    QVERIFY2(found == expected,
             qPrintable(QString("%1 found, %2 expected: %3").arg(found.size()).arg(expected.size()).arg(sql->c_str())));
}

void FilterSqlTest::saysSoWhenThereAreNoWords_data()
{
    QTest::addColumn<QString>("filter");
    for (const char* filter : {"addr == 10.0.0.0/8", "sni ~ ^www", "resonance > 80", "example", "last 5m",
                               "not (port == 443 or ja4)", "entropy > 7.5"})
        QTest::newRow(filter) << filter;
}

void FilterSqlTest::saysSoWhenThereAreNoWords()
{
    QFETCH(QString, filter);
    const auto compiled = query::Filter::compile(filter.toStdString());
    QVERIFY(compiled.filter);
    QVERIFY(!store::toSql(*compiled.filter->expression()));
}

QTEST_GUILESS_MAIN(FilterSqlTest)
#include "filter_sql_test.moc"
