// What UDP flows speak: single marks, and media that only their continuity gives away.

#include "engine/protocol/datagram_head.h"
#include "tests/protocol/messages.h"

#include <QTest>

#include <random>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;
using flow::App;
using flow::Side;

namespace {

struct UdpFlow {
    DatagramStatus give(const Wire& payload, Side side = Side::Initiator)
    {
        Datagram datagram;
        datagram.side = side;
        datagram.sourcePort = side == Side::Initiator ? clientPort : serverPort;
        datagram.destinationPort = side == Side::Initiator ? serverPort : clientPort;
        datagram.payload = asBytes(payload);
        status = readDatagramHead(datagram, scratch, hosts, facts);
        if (facts.app != App::Unknown)
            app = facts.app;
        return status;
    }

    std::uint16_t serverPort = 4444;
    std::uint16_t clientPort = 40000;
    HostTable* hosts = nullptr;
    DatagramScratch scratch{};
    HeadFacts facts;
    DatagramStatus status = DatagramStatus::NeedMore;
    App app = App::Unknown;
};

Wire rtp(std::uint16_t sequence, std::uint32_t ssrc, std::uint8_t type = 0)
{
    return be8(0x80) + be8(type) + be16(sequence) + be32(sequence * 160U) + be32(ssrc) + Wire(160, 'v');
}

Wire stun()
{
    return be16(1) + be16(8) + be32(kStunCookie) + Wire(12, 't') + be16(0x8022) + be16(4) + "soft";
}

Wire senderReport()
{
    return be8(0x80) + be8(200) + be16(6) + be32(7) + Wire(20, 's');
}

Wire quicInitial(std::uint32_t version)
{
    return be8(0xc3) + be32(version) + be8(8) + "12345678" + be8(0) + Wire(1183, 'q');
}

Wire dtlsHello(const Wire& name)
{
    const Wire body = be16(0xfefd) + Wire(32, 'r') + be8(0) + be8(0) + counted16(be16(0xc02b)) + be8(1) + be8(0) +
                      counted16(serverNameExtension(name));
    const Wire message = be8(1) + be24(body.size()) + be16(0) + be24(0) + be24(body.size()) + body;
    return be8(22) + be16(0xfeff) + Wire(8, '\0') + counted16(message);
}

Wire dhcp()
{
    return be8(1) + be8(1) + be8(6) + Wire(kDhcpFixedBytes - 3, '\0') + be32(kDhcpCookie) + be8(53) + be8(1) + be8(1) +
           be8(255);
}

} // namespace

class DatagramHeadTest : public QObject {
    Q_OBJECT

private slots:
    void oneDatagramIsEnough_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("port");
        QTest::addColumn<int>("app");
        const auto row = [](const char* name, const Wire& payload, int port, App app) {
            QTest::newRow(name) << QByteArray::fromStdString(payload) << port << static_cast<int>(app);
        };
        row("quic v1", quicInitial(1), 443, App::Quic);
        row("quic v2", quicInitial(0x6b3343cf), 8443, App::Quic);
        row("quic version negotiation", be8(0x80) + be32(0) + be8(0) + be8(8) + "12345678" + be32(0x1a2a3a4a) + be32(1),
            443, App::Quic);
        row("google quic", be8(0x09) + "12345678Q043" + Wire(100, 'g'), 443, App::Quic);
        row("not quic", quicInitial(0x12345678), 443, App::Unknown);
        row("dhcp", dhcp(), 67, App::Dhcp);
        row("ntp", be8(0x23) + Wire(47, '\0'), 123, App::Ntp);
        row("ntp elsewhere", be8(0x23) + Wire(47, '\0'), 1234, App::Unknown);
        row("ssdp", "M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n\r\n", 1900, App::Ssdp);
        row("sip", "INVITE sip:b@example.org SIP/2.0\r\nVia: x\r\n\r\n", 5060, App::Sip);
        row("sip answer", "SIP/2.0 180 Ringing\r\n\r\n", 5060, App::Sip);
        row("text", "INVITE me to dinner\r\n", 5060, App::Unknown);
        row("stun", stun(), 3478, App::Stun);
        row("stun cut", stun().substr(0, 22), 3478, App::Unknown);
        row("dtls", dtlsHello("a.example"), 4433, App::Dtls);
        row("dns", dnsHeader(0x0100, 1, 0) + dnsQuestion("a.example"), 53, App::Dns);
        row("mdns", dnsHeader(0, 1, 0) + dnsQuestion("a.local"), 5353, App::Mdns);
        row("no dns", Wire(40, '\xff'), 53, App::Unknown);
        row("one rtp packet", rtp(1, 2), 4444, App::Unknown);
        row("one byte", "x", 4444, App::Unknown);
    }

    void oneDatagramIsEnough()
    {
        QFETCH(QByteArray, payload);
        QFETCH(int, port);
        QFETCH(int, app);
        UdpFlow flow;
        flow.serverPort = static_cast<std::uint16_t>(port);
        flow.give(payload.toStdString());
        QCOMPARE(static_cast<int>(flow.app), app);
        for (int cut = 0; cut < payload.size(); ++cut) { // must not read past the end; the sanitizers watch
            UdpFlow other;
            other.serverPort = flow.serverPort;
            other.give(payload.left(cut).toStdString());
        }
    }

    void dnsIsReadForAsLongAsItComes()
    {
        StringPool names;
        HostTable hosts(names);
        UdpFlow flow;
        flow.serverPort = 53;
        flow.hosts = &hosts;
        for (unsigned i = 0; i < 100; ++i) {
            const Wire answer = dnsHeader(0x8180, 1, 1) + dnsQuestion("h" + std::to_string(i)) +
                                dnsRecord(be16(0xc00c), 1, be32(0x0a000001 + i));
            QCOMPARE(flow.give(answer, Side::Responder), DatagramStatus::NeedMore);
        }
        QCOMPARE(hosts.size(), std::size_t{100});
    }

    void dtlsServerName()
    {
        UdpFlow flow;
        flow.give(dtlsHello("Media.Example"));
        QCOMPARE(flow.facts.serverName, std::string("media.example"));
    }

    void rtpNeedsThreeInARow()
    {
        UdpFlow flow;
        flow.give(rtp(65534, 99));
        flow.give(rtp(65534, 99)); // doubled
        flow.give(rtp(65535, 99));
        QCOMPARE(flow.app, App::Unknown);
        QCOMPARE(flow.give(rtp(1, 99)), DatagramStatus::Done); // one lost, and the number wraps
        QCOMPARE(flow.app, App::Rtp);
    }

    void bothDirectionsHaveTheirOwnSource()
    {
        UdpFlow flow;
        for (std::uint16_t i = 0; i < 3; ++i) {
            flow.give(rtp(static_cast<std::uint16_t>(100 + i), 1), Side::Initiator);
            if (i < 2)
                flow.give(rtp(static_cast<std::uint16_t>(9000 + i), 2), Side::Responder);
        }
        QCOMPARE(flow.app, App::Rtp);
    }

    void lookAlikesAreNoRtp()
    {
        UdpFlow sources; // another source each time
        UdpFlow jumps;   // numbers that do not continue
        UdpFlow low;     // a well-known port
        low.serverPort = 514;
        for (std::uint16_t i = 0; i < 40; ++i) {
            sources.give(rtp(i, i));
            jumps.give(rtp(static_cast<std::uint16_t>(i * 977), 5));
            low.give(rtp(i, 5));
        }
        QCOMPARE(sources.app, App::Unknown);
        QCOMPARE(jumps.app, App::Unknown);
        QCOMPARE(low.app, App::Unknown);

        std::mt19937 random(3);
        for (int round = 0; round < 2000; ++round) {
            UdpFlow noise;
            for (int i = 0; i < 16; ++i) {
                Wire payload(12 + random() % 50, '\0');
                for (char& c : payload)
                    c = static_cast<char>(random());
                noise.give(payload, random() % 2 == 0 ? Side::Initiator : Side::Responder);
            }
            QCOMPARE(noise.app, App::Unknown);
            QCOMPARE(noise.status, DatagramStatus::Done);
        }
    }

    void mediaFollowTheSetUp()
    {
        UdpFlow flow;
        flow.give(stun());
        QCOMPARE(flow.app, App::Stun);
        flow.give(dtlsHello(""));
        QCOMPARE(flow.app, App::Dtls);
        flow.give(stun());
        QCOMPARE(flow.app, App::Dtls);
        for (std::uint16_t i = 0; i < 3; ++i)
            flow.give(rtp(i, 6, 111));
        QCOMPARE(flow.app, App::Rtp);
        QCOMPARE(flow.status, DatagramStatus::Done);
        UdpFlow turn; // a relay that never carries media in the clear
        int given = 0;
        while (turn.give(stun()) == DatagramStatus::NeedMore && given < 1000)
            ++given;
        QVERIFY(given < 64);
        QCOMPARE(turn.app, App::Stun);
    }

    void reports()
    {
        UdpFlow flow;
        flow.give(senderReport());
        QCOMPARE(flow.app, App::Unknown);
        flow.give(senderReport(), Side::Responder);
        QCOMPARE(flow.app, App::Rtcp);
        for (std::uint16_t i = 0; i < 3; ++i)
            flow.give(rtp(i, 6));
        QCOMPARE(flow.app, App::Rtp);
    }

    void unknownFlowsAreLeftAlone()
    {
        UdpFlow flow;
        unsigned given = 0;
        do
            ++given;
        while (flow.give("\x01some other protocol") == DatagramStatus::NeedMore && given < 1000);
        QCOMPARE(given, kMaxUnknownDatagrams);
    }
};

QTEST_GUILESS_MAIN(DatagramHeadTest)
#include "datagram_head_test.moc"
