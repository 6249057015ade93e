// ClientHellos wherever they begin and however they are cut: TCP segments and records, QUIC packets, DTLS fragments.
// What the hello says is the same each time, so the facts of the whole message are the expectation.

#include "engine/protocol/message_reader.h"
#include "tests/protocol/quic_maker.h"

#include <QTest>

#include <algorithm>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;
using flow::Side;

namespace {

const Wire kHello = clientHelloMessage("www.example.org", 600);
const Wire kLongHello = clientHelloMessage("long.example", 5000);

class Heard : public MessageListener {
public:
    void clientHello(const ClientHelloFacts& facts, HelloTransport, Timestamp time) override
    {
        hellos.push_back(facts.ja4 + " " + facts.serverName);
        at = time;
    }
    std::uint32_t httpRequest(const HttpHead&, Timestamp) override { return 0; }
    void httpBody(std::uint32_t, Bytes, std::string_view, Timestamp) override {}
    void httpExchange(std::uint32_t, std::uint64_t, std::uint64_t, Timestamp) override {}
    void httpResponse(int, Timestamp) override {}

    std::vector<std::string> hellos;
    Timestamp at;
};

std::vector<std::string> oneHello(const Wire& message, HelloTransport transport)
{
    const auto facts = readHelloMessage(asBytes(message), transport);
    return facts ? std::vector{facts->ja4 + " " + facts->serverName} : std::vector<std::string>{};
}

/// What a TCP flow of these segments of the client says; each is an offset and bytes.
struct Segment {
    std::size_t offset = 0;
    Wire bytes;
};
std::vector<std::string> overTcp(const std::vector<Segment>& segments, bool synSeen = true)
{
    constexpr std::uint32_t kFirst = 0xfffffff0U; // runs over 2^32
    Heard heard;
    TcpMessages messages(heard);
    if (synSeen)
        messages.startSide(Side::Initiator, kFirst);
    std::int64_t time = 0;
    for (const Segment& one : segments)
        messages.segment(Side::Initiator, {.sequence = kFirst + static_cast<std::uint32_t>(one.offset),
                                           .payload = asBytes(one.bytes),
                                           .missing = 0,
                                           .time = {++time}});
    messages.finish({++time});
    return heard.hellos;
}

std::vector<Segment> cutInto(const Wire& stream, std::size_t step)
{
    std::vector<Segment> segments;
    for (std::size_t at = 0; at < stream.size(); at += step)
        segments.push_back({at, stream.substr(at, step)});
    return segments;
}

struct Datagram {
    Side side = Side::Initiator;
    Wire bytes;
};
Heard overUdp(const std::vector<Datagram>& datagrams)
{
    Heard heard;
    UdpMessages messages(heard);
    std::int64_t time = 0;
    for (const Datagram& one : datagrams)
        if (!messages.done())
            messages.datagram(one.side, asBytes(one.bytes), {++time});
    return heard;
}

/// A DTLS handshake record with one fragment of `message` (its header is that of the whole).
Wire dtlsRecord(const Wire& message, std::size_t offset, std::size_t bytes, std::size_t number, std::size_t sequence)
{
    const Wire body = message.substr(4);
    const Wire part = body.substr(offset, bytes);
    const Wire fragment =
        message.substr(0, 1) + be24(body.size()) + be16(number) + be24(offset) + be24(part.size()) + part;
    return be8(22) + be16(0xfefd) + be16(0) + be16(0) + be32(sequence) + counted16(fragment);
}

/// The same hello as DTLS has it: version 1.2 of its own, and a cookie.
Wire dtlsHello(const Wire& name, const Wire& cookie)
{
    Wire message = clientHelloMessage(name, 900);
    Wire body = message.substr(4);
    body.replace(0, 2, be16(0xfefd));
    body.insert(2 + 32 + 1, be8(cookie.size()) + cookie);
    return be8(1) + be24(body.size()) + body;
}

} // namespace

class HelloReadersTest : public QObject {
    Q_OBJECT

private slots:
    void recordsAndSegmentsOfAnySize()
    {
        const auto expected = oneHello(kHello, HelloTransport::Tcp);
        QCOMPARE(expected.size(), std::size_t{1});
        for (const std::size_t record : {1, 2, 3, 4, 5, 100, 16384})
            for (const std::size_t segment : {1, 2, 3, 5, 6, 7, 100, 1460})
                QCOMPARE(overTcp(cutInto(tlsRecords(kHello, record), segment)), expected);
    }

    void segmentsInAnyOrder()
    {
        const Wire stream = tlsRecords(kLongHello, 700);
        std::vector<Segment> segments = cutInto(stream, 1000);
        const auto expected = oneHello(kLongHello, HelloTransport::Tcp);
        std::reverse(segments.begin(), segments.end());
        QCOMPARE(overTcp(segments), expected);
        std::rotate(segments.begin(), segments.begin() + 2, segments.end());
        QCOMPARE(overTcp(segments), expected);
        // Sent twice, and overlapping: what came first counts.
        segments.insert(segments.begin() + 1, {500, stream.substr(500, 2000)});
        segments.insert(segments.begin() + 3, {0, Wire(100, 'x')});
        QCOMPARE(overTcp(cutInto(stream, 1000)), expected);
    }

    void withoutTheStartOfTheConnection()
    {
        QCOMPARE(overTcp(cutInto(tlsRecords(kHello), 400), false), oneHello(kHello, HelloTransport::Tcp));
    }

    void aHelloBehindAProxyOrAnUpgrade()
    {
        Heard heard;
        TcpMessages messages(heard);
        std::array<std::uint32_t, 2> next{1, 1};
        const auto send = [&](Side side, const Wire& bytes) {
            std::uint32_t& sequence = next[static_cast<std::size_t>(side)];
            messages.segment(side, {.sequence = sequence, .payload = asBytes(bytes), .missing = 0, .time = {1}});
            sequence += static_cast<std::uint32_t>(bytes.size());
        };
        send(Side::Initiator, "CONNECT www.example.org:443 HTTP/1.1\r\nHost: www.example.org:443\r\n\r\n");
        send(Side::Responder, "HTTP/1.1 200 Connection established\r\n\r\n");
        send(Side::Initiator, tlsRecords(kHello));
        QCOMPARE(heard.hellos, oneHello(kHello, HelloTransport::Tcp));
        QVERIFY(messages.done());
    }

    void onlyTheFirstHelloOfAConnection()
    {
        const Wire again = clientHelloMessage("second.example");
        const Wire stream = tlsRecords(kHello) + tlsRecords(again);
        QCOMPARE(overTcp(cutInto(stream, 5000)), oneHello(kHello, HelloTransport::Tcp));
    }

    void quicVersions_data()
    {
        QTest::addColumn<quint32>("version");
        QTest::newRow("1") << static_cast<quint32>(QuicVersion::V1);
        QTest::newRow("2") << static_cast<quint32>(QuicVersion::V2);
        QTest::newRow("draft 29") << static_cast<quint32>(QuicVersion::Draft29);
    }

    void quicVersions()
    {
        QFETCH(quint32, version);
        for (unsigned numberBytes = 1; numberBytes <= 4; ++numberBytes) {
            QuicClient client;
            client.version = static_cast<QuicVersion>(version);
            client.numberBytes = numberBytes;
            client.number = 0x51;
            const Wire packet = quicInitialPacket(client, quicCrypto(0, kHello), 1100);
            QCOMPARE(overUdp({{Side::Initiator, packet}}).hellos, oneHello(kHello, HelloTransport::Quic));
        }
    }

    /// Pieces in any order inside a packet, with pings and padding between; some browsers do so on purpose.
    void quicFramesInAnyOrder()
    {
        Wire frames;
        std::vector<std::size_t> starts;
        for (std::size_t at = 0; at < kHello.size(); at += 97)
            starts.push_back(at);
        std::rotate(starts.begin(), starts.begin() + 3, starts.end());
        std::reverse(starts.begin() + 2, starts.end());
        for (const std::size_t at : starts)
            frames += quicCrypto(at, kHello.substr(at, 97)) + be8(1) + Wire(at % 5, '\0');
        // An acknowledgement does not disturb, and neither does a piece that comes twice.
        frames += be8(2) + quicVarint(0) + quicVarint(0) + quicVarint(0) + quicVarint(0) +
                  quicCrypto(10, kHello.substr(10, 40));
        QCOMPARE(overUdp({{Side::Initiator, quicInitialPacket({}, frames)}}).hellos,
                 oneHello(kHello, HelloTransport::Quic));
    }

    /// Larger than a datagram, as with post-quantum keys; packets arrive in any order and others come between.
    void quicHelloOverSeveralPackets()
    {
        const auto expected = oneHello(kLongHello, HelloTransport::Quic);
        std::vector<Datagram> datagrams;
        for (std::size_t at = 0; at < kLongHello.size(); at += 1100) {
            QuicClient client;
            client.number = static_cast<std::uint32_t>(datagrams.size());
            datagrams.push_back(
                {Side::Initiator, quicInitialPacket(client, quicCrypto(at, kLongHello.substr(at, 1100)), 1150)});
        }
        QCOMPARE(overUdp(datagrams).hellos, expected);
        QuicClient server;
        server.server = true;
        server.destination = "client-id";
        server.source = "server-id";
        const Datagram answer{Side::Responder, quicInitialPacket(server, quicCrypto(0, "\x02\x00\x00\x02hi"), 1100)};
        std::reverse(datagrams.begin(), datagrams.end());
        datagrams.insert(datagrams.begin() + 1, answer);
        datagrams.insert(datagrams.begin() + 2, datagrams.front());
        QCOMPARE(overUdp(datagrams).hellos, expected);
        QCOMPARE(overUdp({datagrams.begin(), datagrams.end() - 1}).hellos, std::vector<std::string>{});
    }

    /// The client goes on with the connection id that the server chose, and with the keys of the first one.
    void quicConnectionIdChanges()
    {
        QuicClient first;
        QuicClient later;
        later.destination = "server-id";
        later.number = 1;
        QCOMPARE(overUdp({{Side::Initiator, quicInitialPacket(first, quicCrypto(0, kLongHello.substr(0, 3000)))},
                          {Side::Initiator, quicInitialPacket(later, quicCrypto(3000, kLongHello.substr(3000)))}})
                     .hellos,
                 oneHello(kLongHello, HelloTransport::Quic));
    }

    /// Several packets in one datagram: Initial behind Initial, and among packets that cannot be read.
    void quicCoalescedPackets()
    {
        QuicClient client;
        QuicClient second;
        second.number = 1;
        const Wire pieces = quicInitialPacket(client, quicCrypto(0, kHello.substr(0, 300))) +
                            quicInitialPacket(second, quicCrypto(300, kHello.substr(300)));
        const auto expected = oneHello(kHello, HelloTransport::Quic);
        QCOMPARE(overUdp({{Side::Initiator, pieces}}).hellos, expected);
        const Wire early = quicOtherPacket(client, 1, 200);
        const Wire handshake = quicOtherPacket(client, 2, 90);
        const Wire whole = quicInitialPacket(client, quicCrypto(0, kHello));
        for (const Wire& datagram : {whole + early, early + whole, early + handshake + whole + Wire(50, '\0')})
            QCOMPARE(overUdp({{Side::Initiator, datagram}}).hellos, expected);
        // 0-RTT that overtook the Initial packet.
        QCOMPARE(overUdp({{Side::Initiator, early}, {Side::Initiator, whole}}).hellos, expected);
    }

    /// After a Retry the keys come from the id the server chose, and the hello begins anew.
    void quicRetry()
    {
        QuicClient before;
        const Wire retry = be8(0xf0) + be32(1) + be8(9) + "client-id" + be8(9) + "retry-ids" + Wire(40, 't');
        QuicClient after;
        after.keyId = after.destination = "retry-ids";
        after.token = Wire(40, 't');
        after.number = 1;
        const Datagram begun{Side::Initiator, quicInitialPacket(before, quicCrypto(0, kLongHello.substr(0, 1000)))};
        QCOMPARE(overUdp({begun,
                          {Side::Responder, retry},
                          {Side::Initiator, quicInitialPacket(after, quicCrypto(1000, kLongHello.substr(1000)))},
                          {Side::Initiator, quicInitialPacket(after, quicCrypto(0, kLongHello.substr(0, 1000)))}})
                     .hellos,
                 oneHello(kLongHello, HelloTransport::Quic));
    }

    /// The capture begins with the server's packet: the flow's first side is the server.
    void quicSeenFromTheServerFirst()
    {
        QuicClient server;
        server.server = true;
        server.destination = "client-id";
        server.source = "server-id";
        QCOMPARE(overUdp({{Side::Initiator, quicInitialPacket(server, quicCrypto(0, "\x02\x00\x00\x02hi"), 1100)},
                          {Side::Responder, quicInitialPacket({}, quicCrypto(0, kHello), 1100)}})
                     .hellos,
                 oneHello(kHello, HelloTransport::Quic));
    }

    void quicThatWasTamperedWith()
    {
        Wire packet = quicInitialPacket({}, quicCrypto(0, kHello), 1100);
        for (const std::size_t at : {std::size_t{6}, std::size_t{40}, packet.size() - 1}) {
            Wire broken = packet;
            broken[at] = static_cast<char>(broken[at] ^ 1);
            QCOMPARE(overUdp({{Side::Initiator, broken}}).hellos, std::vector<std::string>{});
        }
        for (std::size_t size = 0; size < packet.size(); size += 13)
            QCOMPARE(overUdp({{Side::Initiator, packet.substr(0, size)}}).hellos, std::vector<std::string>{});
    }

    void dtlsFragments()
    {
        const Wire message = dtlsHello("dtls.example", "");
        const auto expected = oneHello(message, HelloTransport::Dtls);
        QCOMPARE(expected.size(), std::size_t{1});
        std::vector<Datagram> datagrams;
        for (std::size_t at = 0; at < message.size() - 4; at += 200)
            datagrams.push_back({Side::Initiator, dtlsRecord(message, at, 200, 0, at)});
        QCOMPARE(overUdp(datagrams).hellos, expected);
        std::reverse(datagrams.begin(), datagrams.end());
        QCOMPARE(overUdp(datagrams).hellos, expected);
        // Several records in one datagram, overlapping.
        const Wire together = dtlsRecord(message, 0, 600, 0, 0) + dtlsRecord(message, 400, 2000, 0, 1);
        QCOMPARE(overUdp({{Side::Initiator, together}}).hellos, expected);
    }

    void dtlsSeenFromTheServerFirst()
    {
        const Wire verify = be8(3) + be24(3) + be16(0) + be24(0) + be24(3) + "\xfe\xfd" + be8(0);
        const Wire record = be8(22) + be16(0xfefd) + be16(0) + be16(0) + be32(0) + counted16(verify);
        const Wire hello = dtlsHello("dtls.example", "cookie");
        QCOMPARE(overUdp({{Side::Initiator, record}, {Side::Responder, dtlsRecord(hello, 0, 5000, 1, 1)}}).hellos,
                 oneHello(hello, HelloTransport::Dtls));
    }

    /// The first hello has no cookie yet; when a piece of it is lost, the second one is read.
    void dtlsHelloVerify()
    {
        const Wire first = dtlsHello("dtls.example", "");
        const Wire second = dtlsHello("dtls.example", "cookie");
        QCOMPARE(overUdp({{Side::Initiator, dtlsRecord(first, 0, 5000, 0, 0)},
                          {Side::Initiator, dtlsRecord(second, 0, 5000, 1, 1)}})
                     .hellos,
                 oneHello(first, HelloTransport::Dtls));
        QCOMPARE(overUdp({{Side::Initiator, dtlsRecord(first, 0, 300, 0, 0)},
                          {Side::Initiator, dtlsRecord(second, 0, 5000, 1, 1)}})
                     .hellos,
                 oneHello(second, HelloTransport::Dtls));
    }
};

QTEST_GUILESS_MAIN(HelloReadersTest)
#include "hello_readers_test.moc"
