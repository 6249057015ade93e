// A whole analysis against what the generator says is in the file.

#include "engine/pipeline/analysis_run.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

#include <cmath>
#include <tuple>

using namespace timbre;
using flow::FlowRecord;
using flow::Side;
using pipeline::AnalysisRun;

namespace {

struct Results {
    std::vector<FlowRecord> flows; // by index
    pipeline::Counters counters;
    std::shared_ptr<StringPool> names;
    std::shared_ptr<const flow::FlowSnapshot> snapshot;
};

Results analyse(const std::filesystem::path& path, pipeline::RunOptions options = {})
{
    test::KeptFlows kept;
    auto run = AnalysisRun::open(path, options, kept);
    if (!run)
        qFatal("%s", run.error().message.c_str());
    while ((*run)->step()) {
    }
    (*run)->finish();
    std::sort(kept.records.begin(), kept.records.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
    pipeline::Analysis& analysis = (*run)->analysis();
    return {std::move(kept.records), analysis.counters(), analysis.names(), analysis.publishFlows()};
}

IpAddress addressOf(const generator::IpAddress& address)
{
    return *IpAddress::parse(address.text());
}

/// Every flow of the tracker between the two ends of a conversation, outside tunnels or inside.
std::vector<const FlowRecord*> flowsOf(const Results& results, const generator::FlowTruth& truth)
{
    const auto client = std::pair(addressOf(truth.client.address), truth.client.port);
    const auto server = std::pair(addressOf(truth.server.address), truth.server.port);
    std::vector<const FlowRecord*> found;
    for (const FlowRecord& flow : results.flows) {
        const auto first = std::pair(flow.address(Side::Initiator), flow.port(Side::Initiator));
        const auto second = std::pair(flow.address(Side::Responder), flow.port(Side::Responder));
        const bool same = (first == client && second == server) || (first == server && second == client);
        if (same && flow.key.protocol == truth.protocol && (flow.tunnel == decode::Tunnel::None) == truth.tunnel.empty())
            found.push_back(&flow);
    }
    return found;
}

std::string describe(const generator::FlowTruth& truth)
{
    return truth.application + " " + truth.client.address.text() + ":" + std::to_string(truth.client.port) + " " +
           truth.server.address.text() + ":" + std::to_string(truth.server.port);
}

} // namespace

class AnalysisTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_traffic = generator::officeTraffic({.seed = 5});
        m_office = m_directory.write("office.pcapng", m_traffic);
        m_results = analyse(m_office);
    }

    void countsEveryPacketAndByte()
    {
        const auto& truth = m_traffic.truth;
        QCOMPARE(m_results.counters.packets, truth.packets);
        QCOMPARE(m_results.counters.capturedBytes, truth.capturedBytes);
        QCOMPARE(m_results.counters.originalBytes, truth.originalBytes);
        std::uint64_t packets = m_results.counters.unmatched;
        for (const FlowRecord& flow : m_results.flows)
            packets += flow.tunnel == decode::Tunnel::None ? flow.packets() : 0;
        QCOMPARE(packets, truth.packets);
        QCOMPARE(m_results.counters.flowsCreated + m_results.counters.tunnelFlows, m_results.flows.size());
        QCOMPARE(m_results.counters.liveFlows, 0U);
    }

    /// The tracker may cut one conversation into several flows; their sums must be the conversation's.
    void everyConversationIsThere()
    {
        int compared = 0;
        for (const auto& truth : m_traffic.truth.flows) {
            const bool ownPorts = truth.protocol == 6 || truth.protocol == 17;
            if (!ownPorts || truth.fragments > 0)
                continue;
            std::uint64_t packets = 0;
            std::uint64_t retransmissions = 0;
            std::uint64_t zeroWindows = 0;
            for (const FlowRecord* flow : flowsOf(m_results, truth)) {
                packets += flow->packets();
                for (const auto& side : flow->sides) {
                    retransmissions += side.retransmissions;
                    zeroWindows += side.zeroWindows;
                }
            }
            QVERIFY2(packets == truth.packets(), describe(truth).c_str());
            QVERIFY2(zeroWindows == truth.zeroWindows, describe(truth).c_str());
            QVERIFY2(retransmissions >= truth.retransmissions &&
                         retransmissions <= truth.retransmissions + truth.gapsFilled,
                     describe(truth).c_str());
            ++compared;
        }
        QVERIFY(compared > 200);
    }

    void namesAreFound()
    {
        int names = 0;
        const auto text = [&](StringId id) { return m_results.names->text(id); };
        for (const auto& truth : m_traffic.truth.flows) {
            if (truth.protocol != 6)
                continue;
            const auto flows = flowsOf(m_results, truth);
            const auto has = [&](auto member, const std::string& name) {
                return name.empty() || std::any_of(flows.begin(), flows.end(), [&](const FlowRecord* flow) {
                           return text(member(*flow)) == name;
                       });
            };
            QVERIFY2(has([](const FlowRecord& f) { return f.serverName; }, truth.sni), truth.sni.c_str());
            QVERIFY2(has([](const FlowRecord& f) { return f.httpHost; }, truth.httpHost), truth.httpHost.c_str());
            names += !truth.sni.empty();
        }
        QVERIFY(names > 10);
    }

    void handshakesAreMeasured()
    {
        int measured = 0;
        for (const FlowRecord& flow : m_results.flows) {
            if (flow.state != flow::TcpState::Closed)
                continue;
            QVERIFY(flow.handshakeRttNs > 0);
            ++measured;
        }
        QVERIFY(measured > 50);
    }

    /// Whatever the size of a read, the same bits come out.
    void readSizeDoesNotMatter_data()
    {
        QTest::addColumn<int>("blockBytes");
        for (const int size : {64, 1000, 65'536, 4'194'304})
            QTest::addRow("%d", size) << size;
    }

    void readSizeDoesNotMatter()
    {
        QFETCH(int, blockBytes);
        pipeline::RunOptions options;
        options.reader.blockBytes = static_cast<std::size_t>(blockBytes);
        const Results other = analyse(m_office, options);
        QCOMPARE(other.flows.size(), m_results.flows.size());
        for (std::size_t i = 0; i < other.flows.size(); ++i) {
            const FlowRecord& a = other.flows[i];
            const FlowRecord& b = m_results.flows[i];
            QVERIFY(a.key == b.key && a.lastPacket == b.lastPacket && a.app == b.app && a.hostNames == b.hostNames);
            for (const Side side : {Side::Initiator, Side::Responder})
                QVERIFY(a.of(side).entropySum == b.of(side).entropySum && a.of(side).bytes == b.of(side).bytes);
        }
    }

    void snapshotShowsTheFinalRecords()
    {
        QCOMPARE(m_results.snapshot->size(), m_results.flows.size());
        for (std::size_t i = 0; i < m_results.flows.size(); ++i) {
            QCOMPARE((*m_results.snapshot)[i].packets(), m_results.flows[i].packets());
            QVERIFY((*m_results.snapshot)[i].ended);
        }
    }

    void flowsInTunnelsAreMarked()
    {
        auto traffic = generator::tunnelTraffic({.seed = 2});
        const Results results = analyse(m_directory.write("tunnels.pcapng", traffic));
        int inside = 0;
        for (const auto& truth : traffic.truth.flows) {
            if (truth.tunnel.empty() || truth.fragments > 0 || truth.protocol != 6)
                continue;
            std::uint64_t packets = 0;
            for (const FlowRecord* flow : flowsOf(results, truth)) {
                packets += flow->packets();
                QVERIFY2(flow->outerFlow < results.flows.size(), describe(truth).c_str());
                QVERIFY(results.flows[flow->outerFlow].lastPacket >= flow->firstPacket);
            }
            QVERIFY2(packets == truth.packets(), (truth.tunnel + " " + describe(truth)).c_str());
            ++inside;
        }
        QVERIFY(inside > 4);
        QVERIFY(results.counters.tunnelFlows > 0);

        pipeline::RunOptions outerOnly;
        outerOnly.analysis.decoder.tunnels = false;
        const Results outer = analyse(m_directory.path("tunnels.pcapng"), outerOnly);
        QCOMPARE(outer.counters.tunnelFlows, 0U);
        QCOMPARE(outer.counters.flowsCreated, results.counters.flowsCreated);

        pipeline::RunOptions innerCounts;
        innerCounts.analysis.tunnelCount = pipeline::TunnelCount::Inner;
        const Results inner = analyse(m_directory.path("tunnels.pcapng"), innerCounts);
        std::uint64_t packets = inner.counters.unmatched;
        for (const FlowRecord& flow : inner.flows)
            packets += flow.packets();
        QVERIFY2(packets == traffic.truth.packets, "each packet counts once");
        QVERIFY(inner.counters.tunnelFlows > 0);
        QVERIFY(inner.counters.flowsCreated < results.counters.flowsCreated);
    }

    void captureFilterLeavesOnlyWhatMatches()
    {
        pipeline::RunOptions options;
        options.captureFilter = "udp port 53";
        const Results results = analyse(m_office, options);
        QVERIFY(!results.flows.empty());
        QVERIFY(results.counters.packets < m_results.counters.packets);
        for (const FlowRecord& flow : results.flows)
            QVERIFY(flow.key.portA == 53 || flow.key.portB == 53);
        test::KeptFlows none;
        options.captureFilter = "udp prt 53";
        QVERIFY(!AnalysisRun::open(m_office, options, none));
    }

    void capsBiteAndAreCounted()
    {
        pipeline::RunOptions options;
        options.analysis.flows.maxFlows = 10;
        options.analysis.maxFlowRows = 20;
        const Results results = analyse(m_office, options);
        QVERIFY(results.counters.flowsEvicted > 0);
        QCOMPARE(results.snapshot->size(), 20U);
        QCOMPARE(results.counters.rowsDropped, results.flows.size() - 20);
    }

private:
    test::CaptureDirectory m_directory;
    generator::CapturedTraffic m_traffic;
    std::filesystem::path m_office;
    Results m_results;
};

QTEST_GUILESS_MAIN(AnalysisTest)
#include "analysis_test.moc"
