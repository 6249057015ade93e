// Reassembly of stream heads: order, overlap, wrap, gaps, the caps, and what hostile patterns cost.

#include "engine/protocol/stream_head.h"
#include "tests/protocol/messages.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;
using flow::App;
using flow::Side;

namespace {

/// One flow fed by hand; facts of all segments are added up.
struct Flow {
    explicit Flow(StreamHeads& owner, std::uint32_t start = 1000)
        : heads(owner)
        , isn(start)
    {
    }

    void give(std::size_t offset, const Wire& payload, Side side = Side::Initiator, bool synSeen = true)
    {
        if (!StreamHeads::wants(handle, side))
            return;
        StreamHeads::Segment segment;
        segment.side = side;
        segment.sequence = isn + static_cast<std::uint32_t>(offset);
        if (synSeen)
            segment.firstSequence = isn;
        segment.sourcePort = side == Side::Initiator ? 40000 : port;
        segment.destinationPort = side == Side::Initiator ? port : 40000;
        segment.payload = asBytes(payload);
        HeadFacts news;
        if (!heads.onSegment(handle, segment, news))
            return;
        app = news.app != App::Unknown ? news.app : app;
        if (!news.serverName.empty())
            name = news.serverName;
        if (!news.httpHost.empty())
            name = news.httpHost;
    }
    [[nodiscard]] bool decided(Side side = Side::Initiator) const { return !StreamHeads::wants(handle, side); }

    StreamHeads& heads;
    std::uint32_t isn;
    std::uint16_t port = 443;
    StreamHeads::Handle handle = 0;
    App app = App::Unknown;
    std::string name;
};

const Wire kHello = tlsRecords(clientHelloMessage("stream.example", 1500));
const Wire kRequest = "GET /index.html HTTP/1.1\r\nAccept: */*\r\nHost: stream.example\r\n\r\n";

} // namespace

class StreamHeadTest : public QObject {
    Q_OBJECT

private slots:
    void wholeFirstSegmentTakesNoMemory()
    {
        StreamHeads heads;
        Flow flow(heads);
        flow.give(0, kHello);
        QCOMPARE(flow.app, App::Tls);
        QCOMPARE(flow.name, std::string("stream.example"));
        QVERIFY(flow.decided(Side::Initiator) && flow.decided(Side::Responder));
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
        Flow noise(heads);
        noise.give(0, "\x01\x02nothing we know");
        QVERIFY(noise.decided());
        QVERIFY(!noise.decided(Side::Responder));
        QCOMPARE(noise.handle & 0x3fffffffU, 0U);
        QCOMPARE(heads.counters().streamsHeld, std::uint64_t{0});
    }

    void serverFirstThenTheName()
    {
        StreamHeads heads;
        Flow flow(heads);
        flow.give(0, serverHelloRecord(), Side::Responder);
        QCOMPARE(flow.app, App::Tls);
        QVERIFY(flow.decided(Side::Responder) && !flow.decided(Side::Initiator));
        flow.give(0, kHello);
        QCOMPARE(flow.name, std::string("stream.example"));
    }

    void anyOrderGivesTheSame_data()
    {
        QTest::addColumn<unsigned>("start");
        QTest::newRow("plain") << 1000U;
        QTest::newRow("wraps inside") << 0xffffff00U;
        QTest::newRow("signed border") << 0x7fffff00U;
    }

    void anyOrderGivesTheSame()
    {
        QFETCH(unsigned, start);
        std::mt19937 random(7);
        for (int round = 0; round < 2000; ++round) {
            StreamHeads heads;
            Flow flow(heads, start);
            flow.port = round % 2 == 0 ? 443 : 80;
            const Wire& stream = round % 2 == 0 ? kHello : kRequest;
            // Random cuts with overlaps and doubles, shuffled.
            std::vector<std::pair<std::size_t, std::size_t>> parts;
            for (std::size_t at = 0; at < stream.size();) {
                const std::size_t length = 1 + random() % (stream.size() / 8);
                const std::size_t back = random() % 4 == 0 ? std::min<std::size_t>(at, random() % 50) : 0;
                parts.emplace_back(at - back, std::min(length + back, stream.size() - (at - back)));
                at += length;
            }
            std::shuffle(parts.begin(), parts.end(), random);
            for (const auto& [at, length] : parts)
                flow.give(at, stream.substr(at, length));
            QCOMPARE(flow.name, std::string("stream.example"));
            QVERIFY(flow.decided());
            QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
            QCOMPARE(heads.counters().givenUp(), std::uint64_t{0});
        }
    }

    void firstBytesWin()
    {
        StreamHeads heads;
        Flow flow(heads);
        flow.port = 80;
        const Wire head = "GET / HTTP/1.1\r\nHost: ";
        flow.give(head.size(), "first.example");            // waits behind the gap
        flow.give(head.size() + 3, "XXXXXXXXXXXXXXXXXXXX"); // only what is behind it counts
        flow.give(0, head + "wrong.wrong.w");
        flow.give(head.size() + 23, "\r\n\r\n");
        QCOMPARE(flow.name, std::string("first.examplexxxxxxxxxx"));

        Flow inOrder(heads);
        inOrder.port = 80;
        inOrder.give(0, head + "a.");
        inOrder.give(head.size(), "b.example\r\n");
        QCOMPARE(inOrder.name, std::string("a.example"));
    }

    void midstreamPickupBeginsWithTheFirstByteSeen()
    {
        StreamHeads heads;
        Flow flow(heads);
        flow.port = 80;
        flow.give(5000, kRequest.substr(0, 20), Side::Initiator, false);
        flow.give(5020, kRequest.substr(20), Side::Initiator, false);
        QCOMPARE(flow.name, std::string("stream.example"));
    }

    void bytesBeforeTheStartAreSkipped()
    {
        StreamHeads heads;
        Flow flow(heads, 0);
        flow.give(static_cast<std::uint32_t>(-1), "x"); // a keep-alive probe
        QVERIFY(!flow.decided());
        flow.give(static_cast<std::uint32_t>(-3), "xyz" + kHello);
        QCOMPARE(flow.name, std::string("stream.example"));
    }

    void releaseGivesEverythingBack()
    {
        StreamHeads heads;
        std::vector<Flow> flows(100, Flow(heads));
        for (Flow& flow : flows) {
            flow.give(0, kHello.substr(0, 700));
            flow.give(900, kHello.substr(900, 10));
            flow.give(0, "HTTP", Side::Responder);
        }
        QCOMPARE(heads.counters().streamsHeld, std::uint64_t{100});
        QVERIFY(heads.counters().bytesHeld > 100 * 710);
        for (Flow& flow : flows)
            heads.release(flow.handle);
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
        QCOMPARE(heads.counters().streamsHeld, std::uint64_t{0});
        // Slots are used again, and come back clean.
        Flow again(heads);
        again.give(0, kHello);
        QCOMPARE(again.name, std::string("stream.example"));
    }

    void totalCapBites()
    {
        StreamHeads heads(nullptr, {.maxTotalBytes = 20'000});
        std::vector<Flow> flows(100, Flow(heads));
        for (Flow& flow : flows)
            flow.give(0, kHello.substr(0, 1000));
        QVERIFY(heads.counters().bytesHeld <= 20'000);
        QVERIFY(heads.counters().givenUpByTotal >= 80);
        QCOMPARE(heads.counters().givenUpByTotal + heads.counters().streamsHeld, std::uint64_t{100});
        for (Flow& flow : flows)
            flow.give(1000, kHello.substr(1000));
        std::uint64_t named = 0;
        for (const Flow& flow : flows)
            named += flow.name == "stream.example" ? 1U : 0U;
        QVERIFY(named > 0);
        QVERIFY(named + heads.counters().givenUpByTotal >= 100);
        for (Flow& flow : flows)
            heads.release(flow.handle);
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
    }

    void lengthCapBites()
    {
        StreamHeads heads;
        Flow flow(heads);
        flow.port = 80;
        flow.give(0, "GET / HTTP/1.1\r\nCookie: ");
        for (std::size_t at = 24; at < 70'000 && !flow.decided(); at += 1400)
            flow.give(at, Wire(1400, 'c'));
        QVERIFY(flow.decided());
        QCOMPARE(flow.app, App::Http); // said by the first line
        QCOMPARE(heads.counters().givenUpByLength, std::uint64_t{1});
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
    }

    void gapsAreBounded()
    {
        StreamHeads heads;
        Flow holes(heads);
        for (std::size_t at = 1; !holes.decided() && at < 1000; at += 2)
            holes.give(at, "x");
        QVERIFY(holes.decided());
        Flow lost(heads); // the first segment is missing from the capture
        int segments = 0;
        for (std::size_t at = 1460; !lost.decided() && segments < 1000; at += 1460, ++segments)
            lost.give(at, Wire(1460, 'd'));
        QVERIFY(lost.decided());
        QVERIFY(segments < 60);
        Flow far(heads);
        for (int i = 0; i < 8; ++i)
            far.give(0x40000000, "far away");
        QVERIFY(far.decided());
        QCOMPARE(heads.counters().givenUpByGaps, std::uint64_t{3});
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
    }

    void dnsOverTcpGoesOnWithoutGrowing()
    {
        StringPool names;
        HostTable hosts(names);
        StreamHeads heads(&hosts);
        Flow flow(heads);
        flow.port = 53;
        Wire stream;
        for (unsigned i = 0; stream.size() < 60'000; ++i)
            stream += counted16(dnsHeader(0x8180, 1, 1) + dnsQuestion("h" + std::to_string(i) + ".example") +
                                dnsRecord(be16(0xc00c), 1, be32(0xc6336401U + i)));
        for (std::size_t at = 0; at < stream.size(); at += 100) {
            flow.give(at, stream.substr(at, 100), Side::Responder);
            QVERIFY(heads.counters().bytesHeld < 2000);
        }
        QCOMPARE(flow.app, App::Dns);
        QVERIFY(hosts.size() > 1000);
        QCOMPARE(names.text(hosts.lookup(*IpAddress::parse("198.51.100.3"))), std::string_view("h2.example"));
        heads.release(flow.handle);
        QCOMPARE(heads.counters().bytesHeld, std::uint64_t{0});
    }

    void oneByteSegmentsStayLinear()
    {
        // 64 KiB byte by byte, for the readers that scan, that want lengths, and that read message by message. Twice
        // the bytes must not take four times as long; measured as "much less than a second" for a generous margin.
        QElapsedTimer clock;
        clock.start();
        const std::vector<std::pair<Wire, std::uint16_t>> patterns = {
            {"GET / HTTP/1.1\r\nCookie: " + Wire(65'000, 'c'), 80},
            {"GET /" + Wire(65'000, 'u'), 80},
            {tlsRecords(clientHelloMessage("slow.example", 9000), 1), 443},
            {tlsRecords(clientHelloMessage("slow.example", 59'000)), 443},
        };
        for (const auto& [stream, port] : patterns) {
            StreamHeads heads;
            Flow flow(heads);
            flow.port = port;
            for (std::size_t at = 0; at < stream.size(); ++at)
                flow.give(at, stream.substr(at, 1));
            heads.release(flow.handle);
        }
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(StreamHeadTest)
#include "stream_head_test.moc"
