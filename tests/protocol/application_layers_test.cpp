// Packets spelled out: the fields, their places in the frame, and that no field ever lies outside it.

#include "engine/protocol/application_layers.h"
#include "engine/protocol/datagram_head.h"
#include "tests/protocol/messages.h"

#include <QTest>

#include <random>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;
using decode::LayerNode;
using decode::LayerTree;
using flow::App;

namespace {

constexpr std::size_t kHeaderBytes = 42; // stands for the link, IP and transport headers

struct Described {
    LayerTree tree;
    Wire frame;

    /// The first node of that name, depth first; null when there is none.
    [[nodiscard]] const LayerNode* find(std::string_view name) const { return find(tree.layers, name); }
    /// Its value, and the bytes it points to.
    [[nodiscard]] std::string value(std::string_view name) const
    {
        const LayerNode* node = find(name);
        return node != nullptr ? node->value : "no such field";
    }
    [[nodiscard]] Wire bytesOf(std::string_view name) const
    {
        const LayerNode* node = find(name);
        return node != nullptr ? frame.substr(node->offset, node->length) : "no such field";
    }

private:
    static const LayerNode* find(const std::vector<LayerNode>& nodes, std::string_view name)
    {
        for (const LayerNode& node : nodes) {
            if (node.name == name)
                return &node;
            if (const LayerNode* inner = find(node.children, name))
                return inner;
        }
        return nullptr;
    }
};

Described describe(const Wire& payload, bool tcp, std::uint16_t port, App app = App::Unknown)
{
    Described result;
    result.frame = Wire(kHeaderBytes, 'h') + payload;
    result.tree.tcp = tcp;
    result.tree.udp = !tcp;
    result.tree.sourcePort = 40000;
    result.tree.destinationPort = port;
    result.tree.payloadOffset = kHeaderBytes;
    result.tree.payloadLength = payload.size();
    describeApplication(result.tree, asBytes(result.frame), app);
    return result;
}

/// Every node lies in the frame and in its parent.
bool placesFit(const std::vector<LayerNode>& nodes, std::size_t begin, std::size_t end)
{
    for (const LayerNode& node : nodes) {
        if (node.length > 0 && (node.offset < begin || node.offset + node.length > end))
            return false;
        if (!placesFit(node.children, kHeaderBytes, end))
            return false;
    }
    return true;
}

struct Sample {
    const char* name;
    Wire payload;
    bool tcp;
    std::uint16_t port;
    App app = App::Unknown;
};

Wire dhcpOffer()
{
    return be8(2) + be8(1) + be8(6) + be8(0) + be32(0x11223344) + be16(0) + be16(0x8000) + be32(0) +
           ipv4(192, 0, 2, 50) + be32(0) + be32(0) + "\x02\x01\x02\x03\x04\x05" + Wire(kDhcpFixedBytes - 34, '\0') +
           be32(kDhcpCookie) + be8(53) + be8(1) + be8(2) + be8(3) + be8(4) + ipv4(192, 0, 2, 1) + be8(12) + be8(4) +
           "desk" + be8(255);
}

Wire stunSuccess()
{
    const Wire transaction = "abcdefghijkl";
    const Wire address = be8(0) + be8(1) + be16(5000 ^ 0x2112) + be32(0xc0000201U ^ kStunCookie);
    return be16(0x0101) + be16(12) + be32(kStunCookie) + transaction + be16(0x0020) + counted16(address);
}

Wire quicInitial()
{
    return be8(0xc0) + be32(1) + be8(8) + "12345678" + be8(4) + "abcd" + be8(0) + be16(0x4000 + 100) + Wire(100, 'x');
}

Wire dtlsHello()
{
    const Wire body = be16(0xfefd) + Wire(32, 'r') + be8(0) + be8(3) + "cke" + counted16(be16(0xc02b)) + be8(1) +
                      be8(0) + counted16(serverNameExtension("dtls.example"));
    const Wire message = be8(1) + be24(body.size()) + be16(0) + be24(0) + be24(body.size()) + body;
    return be8(22) + be16(0xfeff) + Wire(8, '\0') + counted16(message);
}

Wire dnsAnswer()
{
    return dnsHeader(0x8180, 1, 2) + dnsQuestion("www.example.org") +
           dnsRecord(be16(0xc00c), 5, dnsName("cdn.example")) +
           dnsRecord(dnsName("cdn.example"), 1, ipv4(192, 0, 2, 7));
}

Wire rtpPacket()
{
    return be8(0x91) + be8(0x80 | 8) + be16(77) + be32(160) + be32(0xdeadbeef) + be32(0x01020304) + be16(0xbede) +
           be16(1) + "ext!" + Wire(160, 'v');
}

Wire rtcpPacket()
{
    return be8(0x80) + be8(200) + be16(6) + be32(7) + Wire(20, 's') + be8(0x81) + be8(202) + be16(2) + be32(7) +
           be8(1) + be8(1) + "ab";
}

std::vector<Sample> samples()
{
    return {
        {"dns", dnsAnswer(), false, 53},
        {"dns over tcp", counted16(dnsAnswer()), true, 53},
        {"mdns", dnsHeader(0, 1, 0) + dnsQuestion("a.local", 12), false, 5353},
        {"tls client", tlsRecords(clientHelloMessage("www.example.org")), true, 443},
        {"tls server", serverHelloRecord() + tlsRecords("\x01", 10, 20) + tlsRecords(Wire(50, 'e'), 100, 23), true,
         443},
        {"tls alert", tlsRecords("\x02\x28", 10, 21), true, 443},
        {"dtls", dtlsHello(), false, 4433},
        {"http", "GET /a?b HTTP/1.1\r\nHost: Www.Example.org:8080\r\nAccept: */*\r\n\r\nbody", true, 80},
        {"http response", "HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n", true, 80},
        {"ssdp", "NOTIFY * HTTP/1.1\r\nHost: 239.255.255.250\r\n\r\n", false, 1900},
        {"sip", "INVITE sip:b@example.org SIP/2.0\r\nFrom: <sip:a@example.org>\r\n\r\n", false, 5060},
        {"ssh", "SSH-2.0-OpenSSH_9.2 Debian\r\n", true, 22},
        {"smtp", "250-mail.example\r\n250 SIZE\r\n", true, 25},
        {"ftp", "USER anonymous\r\n", true, 21},
        {"quic", quicInitial(), false, 443},
        {"quic negotiation", be8(0x80) + be32(0) + be8(0) + be8(8) + "12345678" + be32(1), false, 443},
        {"stun", stunSuccess(), false, 3478},
        {"dhcp", dhcpOffer(), false, 67},
        {"ntp", be8(0x23) + be8(2) + Wire(38, '\0') + be32(0xe6000000U) + be32(0x80000000U), false, 123},
        {"rtp", rtpPacket(), false, 5004, App::Rtp},
        {"rtcp", rtcpPacket(), false, 5005, App::Rtp},
    };
}

} // namespace

class ApplicationLayersTest : public QObject {
    Q_OBJECT

private slots:
    void everySampleIsUnderstood()
    {
        for (const Sample& sample : samples()) {
            const Described shown = describe(sample.payload, sample.tcp, sample.port, sample.app);
            QVERIFY2(shown.tree.layers.size() == 1, sample.name);
            QVERIFY2(!shown.tree.protocol.empty() && shown.tree.summary.starts_with(shown.tree.protocol), sample.name);
            QVERIFY2(!shown.tree.layers[0].value.empty(), sample.name);
            QVERIFY2(placesFit(shown.tree.layers, kHeaderBytes, shown.frame.size()), sample.name);
        }
    }

    void dnsAnswerIsSpelledOut()
    {
        const auto shown = describe(dnsAnswer(), false, 53);
        QCOMPARE(shown.tree.summary, std::string("DNS response A www.example.org → CNAME cdn.example, A 192.0.2.7"));
        QCOMPARE(shown.value("Question"), std::string("www.example.org A"));
        QCOMPARE(shown.bytesOf("Question"), dnsQuestion("www.example.org"));
        QCOMPARE(shown.bytesOf("Identifier"), be16(0x1234));
        QCOMPARE(shown.value("Result"), std::string("no error"));
        const LayerNode& last = shown.tree.layers[0].children.back();
        QCOMPARE(last.value, std::string("cdn.example A 192.0.2.7"));
        QCOMPARE(shown.frame.substr(last.children.back().offset, last.children.back().length), ipv4(192, 0, 2, 7));
        QCOMPARE(last.children.back().filter, std::string("addr == 192.0.2.7"));
        QCOMPARE(describe(dnsHeader(0x8183, 1, 0) + dnsQuestion("no.example"), false, 53).tree.summary,
                 std::string("DNS response A no.example: no such name"));
    }

    void clientHelloIsSpelledOut()
    {
        const Wire payload = tlsRecords(clientHelloMessage("WWW.example.org"));
        const auto shown = describe(payload, true, 443);
        QCOMPARE(shown.tree.protocol, std::string("TLS"));
        QCOMPARE(shown.tree.summary, std::string("TLS ClientHello (WWW.example.org)"));
        QCOMPARE(shown.value("Server name"), std::string("WWW.example.org"));
        QCOMPARE(shown.bytesOf("Server name"), serverNameExtension("WWW.example.org"));
        QCOMPARE(shown.find("Server name")->filter, std::string("sni == www.example.org"));
        QCOMPARE(shown.value("Application protocols (ALPN)"), std::string("h2"));
        QCOMPARE(shown.value("Cipher suite"), std::string("TLS_AES_128_GCM_SHA256"));
        QCOMPARE(shown.bytesOf("Cipher suite"), be16(0x1301));
        QCOMPARE(shown.bytesOf("Random"), Wire(32, 'r'));
        QCOMPARE(shown.bytesOf("Record"), payload);
    }

    void serverHelloIsSpelledOut()
    {
        const auto shown = describe(serverHelloRecord() + tlsRecords(Wire(50, 'e'), 100, 23), true, 443);
        QCOMPARE(shown.tree.summary,
                 std::string("TLS ServerHello (TLS 1.3, TLS_AES_128_GCM_SHA256), application data"));
        QCOMPARE(shown.value("Supported versions"), std::string("TLS 1.3"));
        QCOMPARE(shown.bytesOf("Cipher suite"), be16(0x1301));
        QCOMPARE(describe(tlsRecords("\x02\x28", 10, 21), true, 443).tree.summary,
                 std::string("TLS alert: handshake failure"));
    }

    void dtlsHelloIsSpelledOut()
    {
        const auto shown = describe(dtlsHello(), false, 4433);
        QCOMPARE(shown.tree.summary, std::string("DTLS ClientHello (dtls.example)"));
        QCOMPARE(shown.bytesOf("Server name"), serverNameExtension("dtls.example"));
    }

    void aCutMessageSaysSo()
    {
        const Wire payload = tlsRecords(clientHelloMessage("www.example.org", 1000));
        const auto shown = describe(payload.substr(0, 300), true, 443);
        QVERIFY(shown.find("Continues") != nullptr);
        const auto dns = describe(dnsAnswer().substr(0, 40), false, 53);
        QCOMPARE(dns.value("Damaged"), std::string("Answer 1 cannot be read"));
    }

    void httpIsSpelledOut()
    {
        const auto shown = describe(samples()[7].payload, true, 80);
        QCOMPARE(shown.tree.summary, std::string("HTTP GET /a?b HTTP/1.1"));
        QCOMPARE(shown.bytesOf("Target"), std::string("/a?b"));
        QCOMPARE(shown.value("Host"), std::string("Www.Example.org:8080"));
        QCOMPARE(shown.bytesOf("Host"), std::string("Host: Www.Example.org:8080"));
        QCOMPARE(shown.find("Host")->filter, std::string("http.host == www.example.org"));
        QCOMPARE(shown.bytesOf("Body"), std::string("body"));
        const auto response = describe(samples()[8].payload, true, 80);
        QCOMPARE(response.bytesOf("Status"), std::string("404"));
        QVERIFY(response.find("Target") == nullptr);
    }

    void mediaAndServices()
    {
        const auto rtp = describe(rtpPacket(), false, 5004, App::Rtp);
        QCOMPARE(rtp.value("Payload type"), std::string("8 (PCMA)"));
        QCOMPARE(rtp.bytesOf("Header extension"), be16(0xbede) + be16(1) + "ext!");
        QCOMPARE(rtp.bytesOf("Media"), Wire(160, 'v'));
        QVERIFY(describe(rtpPacket(), false, 5004).tree.layers.empty()); // not on one packet's word
        QCOMPARE(describe(rtcpPacket(), false, 5005, App::Rtp).tree.summary,
                 std::string("RTCP sender report, source description"));
        const auto stun = describe(stunSuccess(), false, 3478);
        QCOMPARE(stun.tree.summary, std::string("STUN Binding success"));
        QCOMPARE(stun.value("Mapped address (xor)"), std::string("192.0.2.1:5000"));
        const auto dhcp = describe(dhcpOffer(), false, 67);
        QCOMPARE(dhcp.tree.summary, std::string("DHCP Offer 192.0.2.50"));
        QCOMPARE(dhcp.value("Host name"), std::string("desk"));
        QCOMPARE(dhcp.value("Client hardware address"), std::string("02:01:02:03:04:05"));
        const auto quic = describe(quicInitial(), false, 443);
        QCOMPARE(quic.tree.summary, std::string("QUIC Initial, version 1"));
        QCOMPARE(quic.bytesOf("Source connection id"), std::string("abcd"));
        QCOMPARE(quic.value("Length"), std::string("100"));
        const auto ntp = describe(samples()[18].payload, false, 123);
        QCOMPARE(ntp.value("Transmit time"), std::string("1649770880.500000 s since 1970"));
        QCOMPARE(describe("SSH-2.0-OpenSSH_9.2 Debian\r\n", true, 22).value("Software"),
                 std::string("OpenSSH_9.2 Debian"));
    }

    void whatIsNotKnownIsLeftAlone()
    {
        for (const bool tcp : {true, false}) {
            const auto shown = describe("\x01\x02no protocol that we know\n", tcp, 9999);
            QVERIFY(shown.tree.layers.empty() && shown.tree.protocol.empty() && shown.tree.summary.empty());
            QVERIFY(describe("", tcp, 53).tree.layers.empty());
        }
        // A tree whose payload does not lie in the frame is not followed.
        LayerTree tree;
        tree.tcp = true;
        tree.payloadOffset = 10;
        tree.payloadLength = 100;
        describeApplication(tree, asBytes(Wire(50, 'x')));
        QVERIFY(tree.layers.empty());
    }

    void longListsAreCutAndSaySo()
    {
        Wire head = "GET / HTTP/1.1\r\n";
        for (int i = 0; i < 1000; ++i)
            head += "X: y\r\n";
        const auto http = describe(head + "\r\n", true, 80);
        QVERIFY(http.tree.layers[0].children.size() < kMaxShownFields + 10);
        QCOMPARE(http.value("More"), std::string("800 further header lines are not listed"));
        Wire records = dnsHeader(0x8180, 1, 500) + dnsQuestion("a");
        for (int i = 0; i < 500; ++i)
            records += dnsRecord(be16(0xc00c), 1, ipv4(10, 0, 0, 1));
        QCOMPARE(describe(records, false, 53).value("More"), std::string("300 further records are not listed"));
    }

    void damagedSamplesStayInsideTheFrame()
    {
        std::mt19937 random(11);
        for (const Sample& sample : samples()) {
            for (std::size_t cut = 0; cut <= sample.payload.size(); ++cut) {
                const auto shown = describe(sample.payload.substr(0, cut), sample.tcp, sample.port, sample.app);
                QVERIFY2(placesFit(shown.tree.layers, kHeaderBytes, shown.frame.size()), sample.name);
            }
            for (int round = 0; round < 2000; ++round) {
                Wire payload = sample.payload;
                for (int i = 0; i < 3; ++i)
                    payload[random() % payload.size()] = static_cast<char>(random());
                const auto shown = describe(payload, sample.tcp, sample.port, sample.app);
                QVERIFY2(placesFit(shown.tree.layers, kHeaderBytes, shown.frame.size()), sample.name);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ApplicationLayersTest)
#include "application_layers_test.moc"
