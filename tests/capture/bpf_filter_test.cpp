#include "engine/capture/bpf_filter.h"
#include "tests/capture/capture_bytes.h"

#include <QtTest>

#include <thread>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;
using namespace std::string_literals;

namespace {

constexpr LinkType kEthernet = 1;
constexpr LinkType kRawIp = 101;
constexpr LinkType kCooked = 113;

/// IPv4 and UDP from 192.0.2.1 port 53 to 192.0.2.2 port 40000.
std::string udp()
{
    ByteBuilder packet(true);
    packet.u8(0x45).u8(0).u16(32).u32(0).u8(64).u8(17).u16(0).u32(0xc0000201).u32(0xc0000202);
    packet.u16(53).u16(40'000).u16(12).u16(0).text("data");
    return packet.bytes();
}

std::string framed(LinkType linkType)
{
    if (linkType == kEthernet)
        return std::string(12, '\x02') + "\x08\0"s + udp();
    if (linkType == kCooked)
        return std::string(14, '\0') + "\x08\0"s + udp();
    return udp();
}

bool matches(BpfFilter& filter, LinkType linkType)
{
    const std::string bytes = framed(linkType);
    return filter.matches(linkType, asBytes(bytes), static_cast<std::uint32_t>(bytes.size()));
}

} // namespace

class BpfFilterTest : public QObject {
    Q_OBJECT

private slots:
    void expressions_data();
    void expressions();
    void errors_data();
    void errors();
    void lengthsAreKeptApart();
    void otherLinkTypes();
    void onlySomeLinkTypes();
    void severalThreads();
};

void BpfFilterTest::expressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing") << "" << true;
    QTest::newRow("udp") << "udp" << true;
    QTest::newRow("tcp") << "tcp" << false;
    QTest::newRow("port") << "udp port 53" << true;
    QTest::newRow("host") << "host 192.0.2.2 and not src 192.0.2.2" << true;
    QTest::newRow("net") << "net 198.51.100.0/24" << false;
    QTest::newRow("v6") << "ip6" << false;
}

void BpfFilterTest::expressions()
{
    QFETCH(QString, expression);
    QFETCH(bool, expected);
    auto filter = BpfFilter::compile(expression.toStdString());
    QVERIFY(filter.ok());
    for (int round = 0; round < 2; ++round) {
        for (const LinkType linkType : {kEthernet, kRawIp, kCooked, LinkType{12}, LinkType{228}})
            QCOMPARE(matches(*filter, linkType), expected);
    }
    QCOMPARE(filter->notApplicable(), std::uint64_t{0});
}

void BpfFilterTest::errors_data()
{
    QTest::addColumn<QString>("expression");
    QTest::newRow("half") << "tcp port";
    QTest::newRow("word") << "tcp prot 80";
    QTest::newRow("bracket") << "(udp";
    QTest::newRow("port number") << "port 99999999";
}

void BpfFilterTest::errors()
{
    QFETCH(QString, expression);
    const auto filter = BpfFilter::compile(expression.toStdString());
    QVERIFY(!filter.ok());
    QCOMPARE(filter.error().code, ErrorCode::Invalid);
    QVERIFY(filter.error().message.find("“" + expression.toStdString() + "” cannot be used: ") != std::string::npos);
    QVERIFY(!filter.error().detail.empty());
}

void BpfFilterTest::lengthsAreKeptApart()
{
    auto filter = BpfFilter::compile("greater 1000");
    const std::string bytes = framed(kEthernet);
    QVERIFY(filter->matches(kEthernet, asBytes(bytes), 1500));
    QVERIFY(!filter->matches(kEthernet, asBytes(bytes), 100));
    auto port = BpfFilter::compile("udp port 53");
    QVERIFY(!port->matches(kEthernet, asBytes(bytes).first(30), 1500)); // the port was not captured
    QVERIFY(!port->matches(kEthernet, {}, 0));
}

void BpfFilterTest::otherLinkTypes()
{
    auto filter = BpfFilter::compile("udp");
    QVERIFY(!matches(*filter, 65'520));
    QCOMPARE(filter->notApplicable(), std::uint64_t{1});
    QVERIFY(matches(*filter, kEthernet));
}

void BpfFilterTest::onlySomeLinkTypes()
{
    auto filter = BpfFilter::compile("wlan type data");
    QVERIFY(filter.ok());
    QVERIFY(!matches(*filter, kEthernet));
    QCOMPARE(filter->notApplicable(), std::uint64_t{1});
}

void BpfFilterTest::severalThreads()
{
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&good] {
                for (int round = 0; round < 50; ++round) {
                    auto filter = BpfFilter::compile("udp port domain or tcp port https");
                    good += filter.ok() && matches(*filter, kRawIp) && matches(*filter, kEthernet) ? 1 : 0;
                }
            });
    }
    QCOMPARE(good.load(), 200);
}

QTEST_GUILESS_MAIN(BpfFilterTest)
#include "bpf_filter_test.moc"
