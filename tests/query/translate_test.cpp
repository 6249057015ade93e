#include "engine/query/parser.h"
#include "engine/query/translate.h"

#include <QTest>

using namespace timbre;
using namespace timbre::query;

class TranslateTest : public QObject {
    Q_OBJECT

private slots:
    void translations_data();
    void translations();
};

void TranslateTest::translations_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("bpf"); // "-" for none
    QTest::addColumn<QString>("wireshark");
    const auto row = [](const char* filter, const char* bpf, const char* wireshark) {
        QTest::newRow(filter) << filter << bpf << wireshark;
    };
    row("", "", "");
    row("port == 443", "port 443", "tcp.port == 443 or udp.port == 443");
    row("tcp.port == 443", "tcp port 443", "tcp.port == 443");
    row("udp.port in {53 5000..5010}", "udp port 53 or udp portrange 5000-5010",
        "udp.port == 53 or udp.port in {5000..5010}");
    row("port != 22", "not (port 22)", "not (tcp.port == 22 or udp.port == 22)");
    row("tcp.port < 1024", "tcp portrange 0-1023", "tcp.port < 1024");
    row("port >= 1024", "portrange 1024-65535", "tcp.port >= 1024 or udp.port >= 1024");
    row("port < 0", "-", "tcp.port < 0 or udp.port < 0");
    row("addr == 10.0.0.1", "host 10.0.0.1", "ip.addr == 10.0.0.1");
    row("addr == 10.1.2.3/8", "net 10.0.0.0/8", "ip.addr == 10.0.0.0/8");
    row("addr == 2001:db8::/32", "net 2001:db8::/32", "ipv6.addr == 2001:db8::/32");
    row("addr == 10.0.0.1..10.0.0.9", "-", "ip.addr in {10.0.0.1..10.0.0.9}");
    row("addr == 10.0.0.4..10.0.0.7", "net 10.0.0.4/30", "ip.addr == 10.0.0.4/30");
    row("src == 10.0.0.1", "host 10.0.0.1", "ip.addr == 10.0.0.1");
    row("not src == 10.0.0.1", "-", "-");
    row("src != 10.0.0.1", "-", "-");
    row("not src != 10.0.0.1", "not (not (host 10.0.0.1))", "not (not (ip.addr == 10.0.0.1))");
    row("not dport == 443", "-", "-");
    row("proto == udp", "udp", "udp");
    row("proto == icmp6", "icmp6", "icmpv6");
    row("proto == other:47", "(ip proto 47 or ip6 proto 47)", "(ip.proto == 47 or ipv6.nxt == 47)");
    row("vlan == 20", "vlan 20", "vlan.id == 20");
    row("vlan", "vlan", "vlan");
    row("sni == www.example.org", "-", "tls.handshake.extensions_server_name matches \"^www\\\\.example\\\\.org$\"");
    row("sni contains \"a\\\"b\"", "-", "tls.handshake.extensions_server_name matches \"a\\\"b\"");
    row("http.host ~ ^www", "-", "http.host matches \"^www\"");
    row("sni", "-", "tls.handshake.extensions_server_name");
    row("rtt > 250ms", "-", "tcp.analysis.initial_rtt > 0.250000000");
    row("app == dns", "-", "dns");
    row("flow.bytes > 3", "-", "-");
    row("example", "-", "-");
    row("last 5m", "-", "-");
    row("port == 443 and addr == 10.0.0.1", "(port 443) and (host 10.0.0.1)",
        "(tcp.port == 443 or udp.port == 443) and (ip.addr == 10.0.0.1)");
    row("port == 443 and not (addr == 10.0.0.1 or addr == 10.0.0.2)",
        "(port 443) and not ((host 10.0.0.1) or (host 10.0.0.2))",
        "(tcp.port == 443 or udp.port == 443) and not ((ip.addr == 10.0.0.1) or (ip.addr == 10.0.0.2))");
    row("port == 443 and flow.bytes > 3", "-", "-");
}

void TranslateTest::translations()
{
    QFETCH(QString, filter);
    QFETCH(QString, bpf);
    QFETCH(QString, wireshark);
    const ParseResult parsed = parse(filter.toStdString());
    QVERIFY(parsed.ok());
    QCOMPARE(QString::fromStdString(toBpf(*parsed.expression).value_or("-")), bpf);
    QCOMPARE(QString::fromStdString(toWireshark(*parsed.expression).value_or("-")), wireshark);
}

QTEST_GUILESS_MAIN(TranslateTest)
#include "translate_test.moc"
