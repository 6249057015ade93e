// Streams as they come: cut anywhere, out of order, with gaps, one message behind the other.

#include "engine/protocol/message_reader.h"

#include <QTest>

using namespace timbre;
using namespace timbre::protocol;
using flow::Side;

namespace {

class Log : public MessageListener {
public:
    void clientHello(const ClientHelloFacts& facts, HelloTransport, Timestamp) override { add("hello " + facts.ja4); }
    std::uint32_t httpRequest(const HttpHead& head, Timestamp time) override
    {
        add(std::string(head.method) + " " + std::string(head.host) + std::string(head.target) + " " +
            std::to_string(head.fields.size()));
        lastTime = time;
        return number++;
    }
    void httpBody(std::uint32_t request, Bytes body, std::string_view coding, Timestamp) override
    {
        add("body " + std::to_string(request) + " " + std::string(asText(body)) + (coding.empty() ? "" : " ") +
            std::string(coding));
    }
    void httpExchange(std::uint32_t request, std::uint64_t up, std::uint64_t down, Timestamp) override
    {
        add("over " + std::to_string(request) + " " + std::to_string(up) + " " + std::to_string(down));
    }
    void httpResponse(int status, Timestamp) override { add(std::to_string(status)); }

    std::string text;
    Timestamp lastTime;
    std::uint32_t number = 0;

private:
    void add(const std::string& line) { text += line + "\n"; }
};

/// Both sides of a connection, byte by byte in order.
class Connection {
public:
    void send(Side side, std::string_view bytes)
    {
        std::uint32_t& sequence = m_next[static_cast<std::size_t>(side)];
        put(side, sequence, bytes);
        sequence += static_cast<std::uint32_t>(bytes.size());
    }
    void put(Side side, std::uint32_t sequence, std::string_view bytes, std::uint32_t missing = 0)
    {
        m_messages.segment(side,
                           {.sequence = sequence, .payload = asBytes(bytes), .missing = missing, .time = {++m_time}});
    }
    void skip(Side side, std::uint32_t bytes) { m_next[static_cast<std::size_t>(side)] += bytes; }
    [[nodiscard]] std::uint32_t next(Side side) const { return m_next[static_cast<std::size_t>(side)]; }
    std::string finish()
    {
        m_messages.finish({++m_time});
        return m_log.text;
    }
    [[nodiscard]] Log& log() { return m_log; }
    [[nodiscard]] TcpMessages& messages() { return m_messages; }

private:
    Log m_log;
    TcpMessages m_messages{m_log};
    std::array<std::uint32_t, 2> m_next{0xffffff00U, 7}; // the first one runs over 2^32
    std::int64_t m_time = 0;
};

const std::string kRequests = "GET /a HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\n"
                              "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                              "HEAD /c HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string kResponses = "HTTP/1.1 100 Continue\r\n\r\n"
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n"
                               "3;x=1\r\nxyz\r\n2\r\n12\r\n0\r\nTrailer: 1\r\n\r\n"
                               "HTTP/1.1 204 No Content\r\n\r\n"
                               "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
const std::string kExpected = "GET h/a 2\nPOST h/b 2\nbody 1 abc\nHEAD h/c 1\n"
                              "200\nbody 0 xyz12 br\nover 0 0 36\n204\nover 1 3 0\n200\nover 2 0 0\n";

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// Requires: the payload is shorter than 256 bytes.
std::string http2Frame(std::uint8_t type, std::uint8_t flags, char stream, const QByteArray& payload)
{
    QByteArray bytes;
    bytes.append('\0').append('\0').append(static_cast<char>(payload.size()));
    bytes.append(static_cast<char>(type)).append(static_cast<char>(flags));
    bytes.append(3, '\0').append(stream).append(payload);
    return bytes.toStdString();
}

} // namespace

class MessageReaderTest : public QObject {
    Q_OBJECT

private slots:
    void pipelinedMessagesCutAnywhere()
    {
        for (std::size_t step = 1; step <= kRequests.size(); ++step) {
            Connection connection;
            for (std::size_t at = 0; at < kRequests.size(); at += step)
                connection.send(Side::Initiator, std::string_view(kRequests).substr(at, step));
            for (std::size_t at = 0; at < kResponses.size(); at += step)
                connection.send(Side::Responder, std::string_view(kResponses).substr(at, step));
            QCOMPARE(connection.finish(), kExpected);
        }
    }

    void segmentsOutOfOrderAndTwice()
    {
        Connection connection;
        const std::uint32_t start = connection.next(Side::Initiator);
        const auto put = [&](std::size_t from, std::size_t length) {
            connection.put(Side::Initiator, start + static_cast<std::uint32_t>(from),
                           std::string_view(kRequests).substr(from, length));
        };
        put(0, 20);
        put(60, 1000);
        put(40, 10);
        put(10, 15);
        put(22, 30);
        put(50, 12);
        connection.send(Side::Responder, kResponses);
        QCOMPARE(connection.finish(), kExpected);
    }

    void aGapInABodyOfKnownLengthIsCounted()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\n\r\n");
        connection.send(Side::Responder, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789");
        connection.skip(Side::Responder, 980);
        connection.send(Side::Responder, "9876543210HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(connection.finish(), "GET /a 0\n200\nbody 0 01234567899876543210\nover 0 0 1000\n500\n");
    }

    void afterALostHeadItGoesOnAtTheNextOne()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\nHost: ");
        connection.skip(Side::Initiator, 100);
        connection.send(Side::Initiator, "rest\r\n\r\n");
        connection.send(Side::Initiator, "GET /b HTTP/1.1\r\n\r\n");
        QCOMPARE(connection.finish(), "GET /b 0\n");
    }

    void bytesThatWereNotCapturedAreAGap()
    {
        Connection connection;
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123";
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\n\r\n");
        connection.put(Side::Responder, connection.next(Side::Responder), head, 96);
        QCOMPARE(connection.finish(), "GET /a 0\n200\nbody 0 0123\nover 0 0 100\n");
    }

    void aResponseWithoutLengthEndsWithTheFlow()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /a HTTP/1.0\r\n\r\n");
        connection.send(Side::Responder, "HTTP/1.0 200 OK\r\n\r\nall");
        connection.send(Side::Responder, " of it");
        QCOMPARE(connection.finish(), "GET /a 0\n200\nbody 0 all of it\nover 0 0 9\n");
    }

    void aHeadWithoutEndIsGivenUp()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\nX: ");
        const std::string much(20'000, 'x');
        for (int i = 0; i < 10; ++i) {
            connection.send(Side::Initiator, much);
            QVERIFY(connection.messages().bytesHeld() < 2 * kMaxHttpHeadBytes + TcpOrder::kMaxHeldBytes);
        }
        connection.send(Side::Initiator, "GET /b HTTP/1.1\r\n\r\n");
        QCOMPARE(connection.finish(), "GET /b 0\n");
    }

    void aFloodOfEarlySegmentsIsBounded()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\n\r\n");
        const std::string part(1000, 'x');
        for (std::uint32_t i = 0; i < 1000; ++i)
            connection.put(Side::Initiator, connection.next(Side::Initiator) + 5 + i * 1001, part);
        QVERIFY(connection.messages().bytesHeld() <= TcpOrder::kMaxHeldBytes + (64U << 10U));
        QCOMPARE(connection.finish(), "GET /a 0\n");
    }

    /// RFC 7541 C.4: three requests with Huffman coding and the dynamic table.
    void http2WithCompression()
    {
        Connection connection;
        connection.send(Side::Initiator, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connection.send(Side::Initiator, http2Frame(4, 0, 0, ""));
        connection.send(Side::Initiator, http2Frame(1, 5, 1, hex("828684418cf1e3c2e5f23a6ba0ab90f4ff")));
        const std::string second =
            http2Frame(1, 4, 3, hex("828684be5886a8eb10649cbf")) + http2Frame(0, 1, 3, hex("616263"));
        connection.send(Side::Initiator, second.substr(0, 5));
        connection.send(Side::Initiator, second.substr(5));
        connection.send(Side::Responder, http2Frame(1, 4, 3, hex("88")) + http2Frame(0, 1, 3, hex("7879")));
        QCOMPARE(connection.finish(), "GET www.example.com/ 0\nGET www.example.com/ 1\nbody 1 abc\n200\nbody 1 xy\n"
                                      "over 1 3 2\n");
    }

    /// Frames cut anywhere, padding and priority, a head over several frames, trailers, a response before its request
    /// ends.
    void http2FramesOfAllShapes()
    {
        const std::string up = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + http2Frame(4, 0, 0, "") +
                               // padded, with priority, and the rest of the head in two more frames
                               http2Frame(1, 0x28, 1,
                                          hex("02"
                                              "0000000010"
                                              "82"
                                              "0000")) +
                               http2Frame(9, 0, 1, hex("8684")) +
                               http2Frame(9, 4, 1, hex("418cf1e3c2e5f23a6ba0ab90f4ff")) +
                               http2Frame(0, 8, 1,
                                          hex("03"
                                              "6162"
                                              "000000")) +
                               http2Frame(1, 5, 1,
                                          hex("40017801"
                                              "79")) + // trailers: x: y
                               http2Frame(0xf, 0, 0, "an extension");
        const std::string down = http2Frame(4, 0, 0, "") + http2Frame(1, 4, 1, hex("88")) + http2Frame(0, 0, 1, "xy") +
                                 http2Frame(0, 1, 1, "z");
        const std::string expected = "GET www.example.com/ 0\nbody 0 ab\n200\nbody 0 xyz\nover 0 2 3\n";
        for (std::size_t step = 1; step <= up.size(); ++step) {
            Connection connection;
            for (std::size_t at = 0; at < up.size(); at += step)
                connection.send(Side::Initiator, std::string_view(up).substr(at, step));
            for (std::size_t at = 0; at < down.size(); at += step)
                connection.send(Side::Responder, std::string_view(down).substr(at, step));
            QCOMPARE(connection.finish(), expected);
        }
    }

    /// Behind an upgrade, or where packets change places, the server's settings and head come before the client's
    /// preface; later heads of it refer to entries that the first one has put into the table.
    void http2WhoseServerIsSeenFirst()
    {
        const std::string early = http2Frame(4, 0, 0, hex("000300000064")) +
                                  http2Frame(1, 4, 1, hex("48033330375803707276")) + // :status 307
                                  http2Frame(0, 1, 1, hex("7879"));
        const std::string up =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + http2Frame(1, 5, 1, hex("828684418cf1e3c2e5f23a6ba0ab90f4ff"));
        for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, early.size()}) {
            Connection connection;
            for (std::size_t at = 0; at < early.size(); at += step)
                connection.send(Side::Responder, std::string_view(early).substr(at, step));
            connection.send(Side::Initiator, up);
            connection.send(Side::Initiator, http2Frame(1, 5, 3, hex("828684be")));
            connection.send(Side::Responder, http2Frame(1, 5, 3, hex("bf"))); // the entry of the early head
            QCOMPARE(connection.finish(), "GET www.example.com/ 0\n307\nbody 0 xy\nover 0 0 2\nGET www.example.com/ 0\n"
                                          "307\nover 1 0 0\n");
        }
    }

    void earlyBytesAreBounded()
    {
        Connection connection;
        connection.send(Side::Responder, std::string("\0\0\0\4\0\0\0\0\0", 9));
        for (int i = 0; i < 40; ++i)
            connection.send(Side::Responder, std::string(8'000, 'x'));
        QVERIFY(connection.messages().bytesHeld() <= TcpMessages::kMaxEarlyBytes);
        QVERIFY(connection.messages().gaveUp()); // and told
        connection.send(Side::Initiator, "GET /a HTTP/1.1\r\n\r\n"); // it was something else
        QVERIFY(connection.messages().bytesHeld() < 1'000);
        QCOMPARE(connection.finish(), "GET /a 0\n");
    }

    /// 101 and CONNECT hand the rest of the stream to another protocol, even in the same segment.
    void upgradesAreFollowed()
    {
        Connection connection;
        connection.send(Side::Initiator, "GET /h2 HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\n\r\n");
        connection.send(Side::Responder, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");
        connection.send(Side::Initiator, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connection.send(Side::Initiator, std::string("\0\0\x03\x01\x05\0\0\0\x03\x82\x86\x84", 12));
        QCOMPARE(connection.finish(), "GET h/h2 2\n101\nover 0 0 0\nGET / 0\n");

        Connection socket;
        socket.send(Side::Initiator, "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n");
        socket.send(Side::Responder, "HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x05hello");
        socket.send(Side::Initiator, "\x81\x85GET / HTTP/1.1\r\n\r\n");
        QCOMPARE(socket.finish(), "GET h/ws 2\n101\nover 0 0 0\n");

        Connection proxied;
        proxied.send(Side::Initiator, "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n");
        proxied.send(Side::Responder, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno");
        proxied.send(Side::Initiator, "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n");
        proxied.send(Side::Responder, "HTTP/1.1 200 OK\r\n\r\n");
        proxied.send(Side::Initiator, "GET /in HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(proxied.finish(), "CONNECT hh:80 1\n407\nbody 0 no\nover 0 0 2\nCONNECT hh:80 1\n200\nover 1 0 0\n"
                                   "GET h/in 1\n");
    }

    void bodiesThatAreNotThere()
    {
        Connection connection;
        connection.send(Side::Initiator, "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
                                         "GET /c HTTP/1.1\r\nHost: h\r\n\r\nPOST /d HTTP/1.1\r\nHost: h\r\n\r\n");
        connection.send(Side::Responder,
                        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"
                        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!");
        QCOMPARE(connection.finish(), "HEAD h/a 1\nGET h/b 1\nGET h/c 1\nPOST h/d 1\n"
                                      "200\nover 0 0 0\n304\nover 1 0 0\n204\nover 2 0 0\n200\nbody 3 !\nover 3 0 1\n");
    }

    void brokenCompressionEndsTheReading()
    {
        Connection connection;
        connection.send(Side::Initiator, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connection.send(Side::Initiator, std::string("\0\0\1\1\5\0\0\0\1\xff", 10));
        QVERIFY(connection.messages().done());
        QCOMPARE(connection.finish(), "");
    }

    void anUnknownStreamIsLeftAlone()
    {
        Connection connection;
        for (std::size_t i = 0; i < TcpMessages::kMaxLookedAt; ++i)
            connection.send(i % 2 == 0 ? Side::Initiator : Side::Responder, "something else");
        QVERIFY(connection.messages().done());
    }
};

} // namespace

QTEST_GUILESS_MAIN(MessageReaderTest)
#include "message_reader_test.moc"
