// The single readers of stream heads: what they recognise, what they take, and what they refuse.

#include "engine/protocol/head_reader.h"
#include "engine/protocol/http_target.h"
#include "tests/protocol/messages.h"

#include <QTest>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;
using flow::App;

namespace {

struct Read {
    HeadAnswer answer;
    HeadFacts facts;
};

Read readAll(const Wire& stream, HeadContext context = {40000, 443})
{
    Read result;
    HeadCursor cursor;
    result.answer = readStreamHead(asBytes(stream), context, cursor, result.facts);
    return result;
}

/// Hands the stream over in growing prefixes, only when the reader's wish is met; returns the calls it took.
int callsByteByByte(const Wire& stream, HeadFacts& facts, HeadContext context = {40000, 443})
{
    HeadCursor cursor;
    HeadAnswer answer{.status = HeadStatus::NeedMore, .wanted = 1};
    int calls = 0;
    for (std::size_t size = 1; size <= stream.size() && answer.status == HeadStatus::NeedMore; ++size) {
        if (size < answer.wanted)
            continue;
        answer = readStreamHead(asBytes(std::string_view(stream).substr(0, size)), context, cursor, facts);
        ++calls;
    }
    return calls;
}

} // namespace

class HeadReaderTest : public QObject {
    Q_OBJECT

private slots:
    void tlsClientHello()
    {
        const auto read = readAll(tlsRecords(clientHelloMessage("WWW.Example.org")));
        QCOMPARE(read.answer.status, HeadStatus::Done);
        QVERIFY(read.answer.flowDone);
        QCOMPARE(read.facts.app, App::Tls);
        QCOMPARE(read.facts.serverName, std::string("www.example.org"));
        QCOMPARE(readAll(tlsRecords(clientHelloMessage(""))).facts.serverName, std::string());
    }

    void tlsAcrossRecordsAndSegments()
    {
        for (const std::size_t recordBytes : {1, 2, 3, 4, 5, 50, 1000}) {
            const Wire stream = tlsRecords(clientHelloMessage("split.example", 2000), recordBytes);
            HeadFacts facts;
            const int calls = callsByteByByte(stream, facts);
            QCOMPARE(facts.serverName, std::string("split.example"));
            QVERIFY2(calls < 100, qPrintable(QString("%1 calls, records of %2").arg(calls).arg(recordBytes)));
        }
    }

    void otherTlsRecordsIdentify()
    {
        for (const Wire& stream : {serverHelloRecord(), tlsRecords("\x02\x28", 100, 21),
                                   tlsRecords(Wire(99, 'e'), 100, 23), tlsRecords(be8(1), 100, 20)}) {
            const auto read = readAll(stream);
            QCOMPARE(read.facts.app, App::Tls);
            QCOMPARE(read.answer.status, HeadStatus::Done);
            QVERIFY(!read.answer.flowDone); // the client's side may still bring the name
        }
        const Wire ssl2 = be16(0x8000 + 46) + be8(1) + be16(0x0301) + be16(15) + be16(0) + be16(16);
        QCOMPARE(readAll(ssl2).facts.app, App::Tls);
    }

    void brokenTlsIsRefused()
    {
        for (const Wire& stream :
             {Wire("\x16\x09\x01\x00\x10"), be8(22) + be16(0x0301) + be16(0), Wire("\x17\x03\x03\xff\xff"),
              be8(20) + be16(0x0301) + be16(2), Wire("\x80\x2e\x02\x03\x01")}) {
            const auto read = readAll(stream + Wire(64, 'x'));
            QCOMPARE(read.answer.status, HeadStatus::Done);
            QCOMPARE(read.facts.app, App::Unknown);
        }
        // The record header alone says that this is TLS.
        const auto waiting = readAll(tlsRecords(clientHelloMessage("a.example")).substr(0, 6));
        QCOMPARE(waiting.answer.status, HeadStatus::NeedMore);
        QCOMPARE(waiting.facts.app, App::Tls);
        // A hello that breaks off inside still says that this is TLS, and nothing else.
        const auto read = readAll(tlsRecords(be8(1) + be24(3) + "abc"));
        QCOMPARE(read.facts.app, App::Tls);
        QVERIFY(read.facts.serverName.empty());
    }

    void serverNamesAreBoundedAndEscaped()
    {
        const auto longName = readAll(tlsRecords(clientHelloMessage(Wire(256, 'a'))));
        QVERIFY(longName.facts.nameRefused);
        QVERIFY(longName.facts.serverName.empty());
        QCOMPARE(readAll(tlsRecords(clientHelloMessage(Wire(255, 'A')))).facts.serverName, std::string(255, 'a'));
        QCOMPARE(readAll(tlsRecords(clientHelloMessage(Wire("a\x01\xff\\")))).facts.serverName,
                 std::string("a\\001\\255\\092"));
    }

    void brokenNameListsEnd()
    {
        // An entry that claims more than there is, with enough behind it to go on reading for ever.
        const Wire list = be16(20) + be8(0) + be16(0xffff) + Wire(17, 'n');
        const Wire body = be16(0x0303) + Wire(32, 'r') + be8(0) + counted16(be16(0x1301)) + be8(1) + be8(0) +
                          counted16(tlsExtension(0, list));
        const auto read = readAll(tlsRecords(be8(1) + be24(body.size()) + body));
        QCOMPARE(read.facts.app, App::Tls);
        QVERIFY(read.facts.serverName.empty());
    }

    void httpHosts_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("host header") << QByteArray("GET /a HTTP/1.1\r\nAccept: */*\r\nHost: WWW.a.example\r\n\r\n")
                                     << QByteArray("www.a.example");
        QTest::newRow("port, odd case and space")
            << QByteArray("POST / HTTP/1.0\nhOST :\t a.example:8080 \n\n") << QByteArray("a.example");
        QTest::newRow("absolute target wins")
            << QByteArray("GET http://User@b.example:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("b.example");
        QTest::newRow("absolute without path")
            << QByteArray("GET http://b.example?y HTTP/1.1\r\n\r\n") << QByteArray("b.example");
        QTest::newRow("connect") << QByteArray("CONNECT secure.example:443 HTTP/1.1\r\n")
                                 << QByteArray("secure.example");
        QTest::newRow("ipv6") << QByteArray("GET / HTTP/1.1\r\nHost: [2001:DB8::1]:80\r\n\r\n")
                              << QByteArray("2001:db8::1");
        QTest::newRow("none") << QByteArray("GET / HTTP/1.1\r\nX-Host: no\r\n\r\nHost: body\r\n") << QByteArray();
        QTest::newRow("bytes") << QByteArray("GET / HTTP/1.1\r\nHost: \xe9.example\r\n\r\n")
                               << QByteArray("\\233.example");
    }

    void httpHosts()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, host);
        const auto read = readAll(stream.toStdString());
        QCOMPARE(read.answer.status, HeadStatus::Done);
        QVERIFY(read.answer.flowDone);
        QCOMPARE(read.facts.app, App::Http);
        QCOMPARE(QByteArray::fromStdString(read.facts.httpHost), host);
        HeadFacts facts;
        callsByteByByte(stream.toStdString(), facts);
        QCOMPARE(facts.httpHost, read.facts.httpHost);
    }

    void httpIsKnownFromItsFirstLine()
    {
        const auto read = readAll("GET /long HTTP/1.1\r\nCookie: half a li");
        QCOMPARE(read.answer.status, HeadStatus::NeedMore);
        QCOMPARE(read.facts.app, App::Http);
        const auto refused = readAll("GET / HTTP/1.1\r\nHost: " + Wire(256, 'h') + "\r\n\r\n");
        QVERIFY(refused.facts.nameRefused && refused.facts.httpHost.empty());
        const auto response = readAll("HTTP/1.1 200 OK\r\n");
        QCOMPARE(response.facts.app, App::Http);
        QVERIFY(!response.answer.flowDone);
    }

    void otherTextProtocols_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<int>("port");
        QTest::addColumn<int>("app");
        const auto row = [](const char* stream, int port, App app) {
            QTest::newRow(qPrintable(QString("%1 on %2").arg(QString(stream).simplified()).arg(port)))
                << QByteArray(stream) << port << static_cast<int>(app);
        };
        row("SSH-2.0-OpenSSH_9.2\r\n", 22, App::Ssh);
        row("SSH-1.99-x\n", 2222, App::Ssh);
        row("220 mail.example ESMTP Postfix\r\n", 25, App::Smtp);
        row("220-mail.example ESMTP\r\n", 10025, App::Smtp);
        row("EHLO me.example\r\n", 25, App::Smtp);
        row("220 Welcome\r\n", 21, App::Ftp);
        row("220 ProFTPD Server\r\n", 2121, App::Ftp);
        row("USER anonymous\r\n", 21, App::Ftp);
        row("USER joe\r\n", 110, App::Unknown);
        row("220 something\r\n", 4000, App::Unknown);
        row("INVITE sip:bob@example.org SIP/2.0\r\n", 5060, App::Sip);
        row("OPTIONS sip:bob@example.org SIP/2.0\r\n", 5060, App::Sip);
        row("SIP/2.0 200 OK\r\n", 5060, App::Sip);
        row("OPTIONS rtsp://cam/ RTSP/1.0\r\n", 554, App::Unknown);
        row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 80, App::Http);
        row("GET lost\r\n", 80, App::Unknown);
        row("GET / gopher\r\n", 80, App::Unknown);
        row("hello world\r\n", 80, App::Unknown);
        row("\r\n", 80, App::Unknown);
    }

    void otherTextProtocols()
    {
        QFETCH(QByteArray, stream);
        QFETCH(int, port);
        QFETCH(int, app);
        const HeadContext context{40000, static_cast<std::uint16_t>(port)};
        const auto read = readAll(stream.toStdString(), context);
        QCOMPARE(read.answer.status, HeadStatus::Done);
        QCOMPARE(static_cast<int>(read.facts.app), app);
        HeadFacts facts;
        callsByteByByte(stream.toStdString(), facts, context);
        QCOMPARE(static_cast<int>(facts.app), app);
    }

    void beginningsOfKeywordsWait()
    {
        for (const char* text : {"G", "GET", "S", "SSH-", "2", "220", "H", "HTTP/"})
            QCOMPARE(readAll(text).answer.status, HeadStatus::NeedMore);
        for (const char* text : {"X", "GOT", "SSL", "230 "})
            QCOMPARE(readAll(text).answer.status, HeadStatus::Done);
    }

    void dnsOverTcpIsReadMessageByMessage()
    {
        StringPool names;
        HostTable hosts(names);
        const Wire first = counted16(dnsHeader(0x8180, 1, 1) + dnsQuestion("one.example") +
                                     dnsRecord(be16(0xc00c), 1, ipv4(192, 0, 2, 1)));
        const Wire second = counted16(dnsHeader(0x8180, 1, 1) + dnsQuestion("two.example") +
                                      dnsRecord(be16(0xc00c), 1, ipv4(192, 0, 2, 2)));
        const auto read = readAll(first + second + be8(0), {53, 40000, &hosts});
        QCOMPARE(read.facts.app, App::Dns);
        QCOMPARE(read.answer.status, HeadStatus::NeedMore);
        QCOMPARE(std::size_t{read.answer.consumed}, first.size() + second.size());
        QCOMPARE(read.answer.wanted, read.answer.consumed + 2);
        QCOMPARE(hosts.size(), std::size_t{2});
        QCOMPARE(readAll(counted16(Wire(30, '\xff')), {53, 40000, &hosts}).facts.app, App::Unknown);
    }

    void requestLines()
    {
        const auto line = parseRequestLine("GET /a b HTTP/1.1");
        QVERIFY(line.has_value());
        QCOMPARE(line->target, std::string_view("/a b")); // clients that do not encode spaces
        QVERIFY(!parseRequestLine("GET  HTTP/1.1"));
        QVERIFY(!parseRequestLine("GET /"));
        QVERIFY(!parseRequestLine(" / HTTP/1.1"));
        QVERIFY(!parseRequestLine("GET / "));
        QCOMPARE(hostOfAuthority("[::1"), std::string_view());
        QCOMPARE(hostOfAuthority("2001:db8::1"), std::string_view("2001:db8::1"));
    }
};

QTEST_GUILESS_MAIN(HeadReaderTest)
#include "head_reader_test.moc"
