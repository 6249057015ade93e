// The flow table beyond the vectors: the figures beside the core, caps, and the idle index against a plain walk.

#include "engine/flow/flow_table.h"

#include <QTest>

#include <list>
#include <random>
#include <set>

using namespace timbre;
using namespace timbre::flow;

namespace {

decode::Packet packetBetween(std::uint32_t client, std::uint16_t port, bool reverse, decode::L4 l4 = decode::L4::Udp)
{
    decode::Packet packet;
    packet.matched = true;
    packet.reverse = reverse;
    packet.key.family = IpFamily::V4;
    packet.key.l4 = l4;
    packet.key.protocol = l4 == decode::L4::Tcp ? 6 : l4 == decode::L4::Udp ? 17 : 47;
    for (std::size_t i = 0; i < 4; ++i)
        packet.key.addressA[i] = static_cast<std::uint8_t>(client >> (24 - 8 * i));
    packet.key.addressB = {255, 255, 255, 254};
    packet.key.portA = port;
    packet.key.portB = 53;
    return packet;
}

Frame frameAt(std::int64_t ms, std::uint64_t number = 1)
{
    Frame frame;
    frame.time = {ms * 1'000'000};
    frame.number = number;
    frame.capturedLength = 60;
    frame.originalLength = 100;
    return frame;
}

decode::Packet segment(bool reverse, std::uint8_t flags, std::uint32_t sequence, std::uint32_t payload)
{
    decode::Packet packet = packetBetween(1, 40000, reverse, decode::L4::Tcp);
    packet.tcpFlags = flags;
    packet.tcpSequence = sequence;
    packet.payloadLength = payload;
    packet.tcpWindow = 1000;
    return packet;
}

/// Keeps every ended flow's record.
struct Ended : FlowListener {
    std::vector<FlowRecord> records;
    void ended(Flow& flow) override { records.push_back(flow.record); }
};

/// The rule of the flow page in its plainest form: a list, walked from the newest to the oldest.
class PlainTable {
public:
    struct Entry {
        std::uint32_t client;
        decode::L4 l4;
        std::int64_t lastSeenNs;
    };
    std::vector<std::uint32_t> ended;

    explicit PlainTable(FlowTableConfig config) : m_config(config) {}

    void packet(std::uint32_t client, decode::L4 l4, std::int64_t ns)
    {
        for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
            if (entry->client == client) {
                entry->lastSeenNs = ns;
                m_entries.splice(m_entries.begin(), m_entries, entry);
                return;
            }
        }
        if (m_entries.size() >= m_config.maxFlows) {
            ended.push_back(m_entries.back().client);
            m_entries.pop_back();
        }
        m_entries.push_front({client, l4, ns});
    }

    void sweep(std::int64_t now)
    {
        for (auto entry = m_entries.begin(); entry != m_entries.end();) {
            const std::int64_t timeout = entry->l4 == decode::L4::Tcp   ? m_config.idleTcpNs
                                         : entry->l4 == decode::L4::Udp ? m_config.idleUdpNs
                                                                        : m_config.idleOtherNs;
            if (std::max<std::int64_t>(0, now - entry->lastSeenNs) >= timeout) {
                ended.push_back(entry->client);
                entry = m_entries.erase(entry);
            } else {
                ++entry;
            }
        }
    }

private:
    FlowTableConfig m_config;
    std::list<Entry> m_entries;
};

std::uint32_t clientOf(const FlowRecord& record)
{
    return loadBe32(std::as_bytes(std::span(record.key.addressA)), 0);
}

} // namespace

class FlowTableTest : public QObject {
    Q_OBJECT

private slots:
    void measuresTheHandshake()
    {
        Ended log;
        FlowTable table({}, log);
        table.track(segment(false, kSyn, 100, 0), frameAt(0));
        table.track(segment(false, kSyn, 100, 0), frameAt(1000));
        table.track(segment(true, kSyn | kAck, 500, 0), frameAt(1030));
        table.track(segment(false, kAck, 101, 0), frameAt(1050));
        table.endAll();
        QCOMPARE(log.records.size(), 1U);
        QCOMPARE(log.records[0].handshakeRttNs, 50'000'000);
        QCOMPARE(log.records[0].of(Side::Initiator).retransmissions, 1U);
        QCOMPARE(log.records[0].state, TcpState::Established);
    }

    void tellsRetransmissionsFromDisorder()
    {
        Ended log;
        FlowTable table({}, log);
        const std::uint32_t start = 0xfffffff0U; // the numbers wrap
        table.track(segment(false, kAck, start, 10), frameAt(0));
        table.track(segment(false, kAck, start + 30, 10), frameAt(1)); // 10 … 29 are missing
        table.track(segment(false, kAck, start + 20, 10), frameAt(2)); // fills one end
        table.track(segment(false, kAck, start + 10, 10), frameAt(3)); // and the other
        table.track(segment(false, kAck, start + 10, 10), frameAt(4)); // comes again
        table.track(segment(false, kAck, start + 39, 1), frameAt(5));  // keep-alive
        table.track(segment(false, kAck, start + 40, 0), frameAt(6));
        decode::Packet closed = segment(true, kAck, 1, 0);
        closed.tcpWindow = 0;
        table.track(closed, frameAt(7));
        table.endAll();
        const SideStats& client = log.records[0].of(Side::Initiator);
        QCOMPARE(client.outOfOrder, 2U);
        QCOMPARE(client.retransmissions, 1U);
        QCOMPARE(client.zeroWindows, 0U);
        QCOMPARE(log.records[0].of(Side::Responder).zeroWindows, 1U);
    }

    void keepsCapturedAndOriginalBytesApart()
    {
        Ended log;
        FlowTable table({}, log);
        table.track(packetBetween(1, 2, false), frameAt(0, 7));
        table.track(packetBetween(1, 2, true), frameAt(5, 9));
        table.endAll();
        const FlowRecord& record = log.records.at(0);
        QCOMPARE(record.bytes(), 120U);
        QCOMPARE(record.originalBytes(), 200U);
        QCOMPARE(record.firstPacket, 7U);
        QCOMPARE(record.lastPacket, 9U);
        QCOMPARE(record.durationNs(), 5'000'000);
        QVERIFY(record.of(Side::Initiator).meanEntropy() < 0);
    }

    void sweepsLikeAPlainWalk_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<qint64>("stepBackNs");
        for (quint32 seed = 1; seed <= 6; ++seed) {
            QTest::addRow("forward %u", seed) << seed << qint64{0};
            QTest::addRow("backward %u", seed) << seed << qint64{90} * kNsPerSecond;
        }
    }

    /// Random traffic over many timeouts, also with a clock that jumps back: the buckets must end the same flows in
    /// the same order as a walk over everything.
    void sweepsLikeAPlainWalk()
    {
        QFETCH(quint32, seed);
        QFETCH(qint64, stepBackNs);
        FlowTableConfig config;
        config.idleTcpNs = 40 * kNsPerSecond;
        config.idleUdpNs = 7 * kNsPerSecond;
        config.idleOtherNs = 3'500'000'000;
        config.maxFlows = 150;
        Ended log;
        FlowTable table(config, log);
        PlainTable plain(config);
        std::mt19937 random(seed);
        std::int64_t now = -20 * kNsPerSecond; // across 1970
        for (int i = 0; i < 30'000; ++i) {
            now += random() % 400'000'000;
            if (stepBackNs > 0 && random() % 500 == 0)
                now -= stepBackNs;
            const auto client = static_cast<std::uint32_t>(1 + random() % 200);
            const auto l4 = client % 3 == 0 ? decode::L4::Tcp : client % 3 == 1 ? decode::L4::Udp : decode::L4::Other;
            if (random() % 20 == 0) {
                table.sweep({now});
                plain.sweep(now);
            }
            Frame frame = frameAt(0);
            frame.time.ns = now;
            decode::Packet packet = packetBetween(client, 9, random() % 2 == 0, l4);
            packet.tcpFlags = kAck;
            table.track(packet, frame);
            plain.packet(client, l4, now);
        }
        std::vector<std::uint32_t> ended;
        for (const FlowRecord& record : log.records)
            ended.push_back(clientOf(record));
        QVERIFY(ended.size() > 500);
        QCOMPARE(ended, plain.ended);
    }

    void holdsManyFlowsInBoundedMemory()
    {
        FlowTableConfig config;
        config.maxFlows = 60'000;
        Ended log;
        FlowTable table(config, log);
        for (std::uint32_t i = 0; i < 100'000; ++i)
            table.track(packetBetween(i, 5, false), frameAt(i));
        QCOMPARE(table.size(), 60'000U);
        QCOMPARE(table.counters().flowsEvicted, 40'000U);
        QVERIFY(!table.find(packetBetween(39'999, 5, false).key));
        QVERIFY(table.find(packetBetween(40'000, 5, false).key));
        QVERIFY(log.records.front().endReason == EndReason::Evicted);
        QVERIFY2(sizeof(Flow) + 64 <= 512, "with its links and its share of the buckets");
    }

private:
    static constexpr std::uint8_t kSyn = decode::kTcpSyn;
    static constexpr std::uint8_t kAck = decode::kTcpAck;
};

QTEST_GUILESS_MAIN(FlowTableTest)
#include "flow_table_test.moc"
