// The rules "From frame to key", one by one, with frames built by hand, and the link types beside Ethernet.

#include "engine/decode/decoder.h"
#include "tests/decode/frame_builder.h"

#include <QTest>

using namespace timbre;
using namespace timbre::tests;
using decode::decodeOuter;
using decode::L4;
using decode::Packet;

namespace {

std::string keyOf(const Packet& packet)
{
    return packet.matched ? decode::toString(packet.key) : "no match";
}

std::string keyOf(std::uint16_t linkType, const Data& frame)
{
    return keyOf(decodeOuter(linkType, frame));
}

const std::string kUdpKey = "udp 10.0.0.1:1000 10.0.0.2:53";

Data plainUdp()
{
    return ipv4({}, udp(1000, 53, fill(4)));
}

} // namespace

class DecodePacketTest : public QObject {
    Q_OBJECT
private slots:
    void ethernetEdges();
    void vlanTags();
    void ipv4Lengths();
    void ipv4Fragments();
    void ipv6Lengths();
    void ipv6Extensions();
    void ipv6Fragments();
    void tcpEdges();
    void udpEdges();
    void namesOfOtherProtocols();
    void direction();
    void paddingIsNoPayload();
    void cutPayloadKeepsItsLength();
    void linkTypes_data();
    void linkTypes();
    void wireless();
    void everyPrefixOfEveryLinkType();
};

void DecodePacketTest::ethernetEdges()
{
    QCOMPARE(keyOf(1, ethernet(0x0800, plainUdp())), kUdpKey);
    QCOMPARE(keyOf(1, fill(13)), std::string("no match"));
    QCOMPARE(keyOf(1, ethernet(0x0806, fill(28))), std::string("no match"));
    QCOMPARE(keyOf(1, {}), std::string("no match"));
    QVERIFY(!decodeOuter(999, fill(60)).matched);
}

void DecodePacketTest::vlanTags()
{
    const Data tag = hex("2064");
    const Packet once = decodeOuter(1, ethernet(0x8100, tag + be16(0x0800) + plainUdp()));
    QCOMPARE(keyOf(once), kUdpKey);
    QCOMPARE(once.vlan, std::uint16_t(100));
    const Packet thrice = decodeOuter(
        1, ethernet(0x88a8, hex("0007") + be16(0x9100) + tag + be16(0x8100) + tag + be16(0x0800) + plainUdp()));
    QCOMPARE(keyOf(thrice), kUdpKey);
    QCOMPARE(thrice.vlan, std::uint16_t(7));
    const Data fourth = ethernet(0x8100, tag + be16(0x8100) + tag + be16(0x8100) + tag + be16(0x8100) + tag +
                                             be16(0x0800) + plainUdp());
    QCOMPARE(keyOf(1, fourth), std::string("no match"));
    QCOMPARE(keyOf(1, ethernet(0x8100, hex("2064 08"))), std::string("no match"));
    QCOMPARE(decodeOuter(1, ethernet(0x0800, plainUdp())).vlan, decode::kNoVlan);
}

void DecodePacketTest::ipv4Lengths()
{
    const Data good = plainUdp();
    Data bad = good;
    bad[0] = std::byte{0x55};
    QCOMPARE(keyOf(101, bad), std::string("no match"));
    bad[0] = std::byte{0x44}; // header of 16 bytes
    QCOMPARE(keyOf(101, bad), std::string("no match"));
    bad[0] = std::byte{0x4f}; // header longer than the frame
    QCOMPARE(keyOf(101, bad), std::string("no match"));
    QCOMPARE(keyOf(101, ipv4({.totalLength = 19}, udp(1, 2, {}))), std::string("no match"));
    const Packet whole = decodeOuter(101, ipv4({.totalLength = 0}, udp(1000, 53, fill(9))));
    QCOMPARE(keyOf(whole), kUdpKey);
    QCOMPARE(whole.payloadLength, 9U);
    const Packet options = decodeOuter(101, ipv4({.options = fill(8, 1)}, udp(1000, 53, fill(3))));
    QCOMPARE(keyOf(options), kUdpKey);
    QCOMPARE(options.payloadLength, 3U);
    QCOMPARE(options.ttl, std::uint8_t(64));
}

void DecodePacketTest::ipv4Fragments()
{
    const Packet first = decodeOuter(101, ipv4({.fragmentField = 0x2000}, udp(1000, 53, fill(8))));
    QCOMPARE(keyOf(first), kUdpKey);
    QVERIFY(first.fragment);
    const Packet later = decodeOuter(101, ipv4({.fragmentField = 0x0002}, fill(16)));
    QCOMPARE(keyOf(later), std::string("other:17 10.0.0.1:0 10.0.0.2:0"));
    QVERIFY(later.fragment);
    QVERIFY(!decodeOuter(101, ipv4({.fragmentField = 0x4000}, udp(1000, 53, {}))).fragment);
    QCOMPARE(keyOf(101, ipv4({.protocol = 1, .fragmentField = 0x0002}, fill(16))),
             std::string("icmp 10.0.0.1:0 10.0.0.2:0"));
}

void DecodePacketTest::ipv6Lengths()
{
    const std::string key = "udp [2001:db8::1]:1000 [2001:db8::2]:53";
    QCOMPARE(keyOf(101, ipv6(17, udp(1000, 53, fill(4)))), key);
    QCOMPARE(keyOf(101, ipv6(17, udp(1000, 53, fill(4)), 0)), key);
    QCOMPARE(decodeOuter(101, ipv6(17, udp(1000, 53, fill(70000)), 0)).payloadLength, 70000U);
    QCOMPARE(keyOf(101, ipv6(17, udp(1000, 53, fill(4)), 7)), std::string("other:17 [2001:db8::1]:0 [2001:db8::2]:0"));
    Data cut = ipv6(17, {});
    cut.pop_back();
    QCOMPARE(keyOf(101, cut), std::string("no match"));
    QCOMPARE(decodeOuter(101, ipv6(17, udp(1, 2, {}))).ttl, std::uint8_t(61));
}

void DecodePacketTest::ipv6Extensions()
{
    const std::string key = "udp [2001:db8::1]:1000 [2001:db8::2]:53";
    const std::string ends = " [2001:db8::1]:0 [2001:db8::2]:0";
    const Data body = udp(1000, 53, fill(4));
    const Data simple = fill(6, 0);
    QCOMPARE(keyOf(101, ipv6(0, hex("2b00") + simple + hex("3c00") + simple + hex("1100") + simple + body)), key);
    QCOMPARE(keyOf(101, ipv6(51, hex("1101") + fill(10, 0) + body)), key); // AH: (1 + 2) * 4
    QCOMPARE(keyOf(101, ipv6(135, hex("8b00") + simple + hex("8c00") + simple + hex("1100") + simple + body)), key);
    QCOMPARE(keyOf(101, ipv6(50, body)), "other:50" + ends);
    QCOMPARE(keyOf(101, ipv6(59, {})), "other:59" + ends);
    QCOMPARE(keyOf(101, ipv6(60, hex("11ff") + simple + body)), "other:60" + ends);     // longer than the packet
    QCOMPARE(keyOf(101, ipv6(0, hex("2b00") + simple + hex("11"))), "other:43" + ends); // not wholly there
    QCOMPARE(keyOf(101, ipv6(60, hex("1100") + simple + body, 4)), "other:60" + ends);  // beyond the payload length
}

void DecodePacketTest::ipv6Fragments()
{
    const Data body = udp(1000, 53, fill(8));
    const Packet atomic = decodeOuter(101, ipv6(44, hex("1100 0000 00000001") + body));
    QCOMPARE(keyOf(atomic), std::string("udp [2001:db8::1]:1000 [2001:db8::2]:53"));
    QVERIFY(!atomic.fragment);
    const Packet first = decodeOuter(101, ipv6(44, hex("1100 0001 00000001") + body));
    QCOMPARE(keyOf(first), std::string("udp [2001:db8::1]:1000 [2001:db8::2]:53"));
    QVERIFY(first.fragment);
    const Packet later = decodeOuter(101, ipv6(44, hex("1100 0008 00000001") + body));
    QCOMPARE(keyOf(later), std::string("other:17 [2001:db8::1]:0 [2001:db8::2]:0"));
    QVERIFY(later.fragment);
}

void DecodePacketTest::tcpEdges()
{
    const Packet syn = decodeOuter(101, ipv4({.protocol = 6}, tcp(40000, 443, 0x12, fill(5), fill(4, 1))));
    QCOMPARE(keyOf(syn), std::string("tcp 10.0.0.1:40000 10.0.0.2:443"));
    QCOMPARE(syn.tcpFlags, std::uint8_t(0x12));
    QCOMPARE(syn.tcpSequence, 0x01020304U);
    QCOMPARE(syn.tcpAcknowledgement, 0x05060708U);
    QCOMPARE(syn.tcpWindow, std::uint16_t(65160));
    QCOMPARE(syn.payloadLength, 5U);
    QVERIFY(syn.payloadComplete());
    Data small = tcp(1, 2, 0, {});
    small[12] = std::byte{0x40}; // data offset 16
    QCOMPARE(keyOf(101, ipv4({.protocol = 6}, small)), std::string("other:6 10.0.0.1:0 10.0.0.2:0"));
    small[12] = std::byte{0x60}; // beyond the L4 length
    QCOMPARE(keyOf(101, ipv4({.protocol = 6}, small)), std::string("other:6 10.0.0.1:0 10.0.0.2:0"));
    QCOMPARE(keyOf(101, ipv4({.protocol = 6}, fill(19, 0))), std::string("other:6 10.0.0.1:0 10.0.0.2:0"));
    // Options cut off by the capture do not matter.
    Data cut = ipv4({.protocol = 6}, tcp(40000, 443, 0x10, fill(100), fill(12, 1)));
    cut.resize(20 + 20 + 4);
    const Packet packet = decodeOuter(101, cut);
    QCOMPARE(keyOf(packet), std::string("tcp 10.0.0.1:40000 10.0.0.2:443"));
    QCOMPARE(packet.payloadLength, 100U);
    QVERIFY(packet.payload.empty());
}

void DecodePacketTest::udpEdges()
{
    QCOMPARE(keyOf(101, ipv4({}, fill(7))), std::string("other:17 10.0.0.1:0 10.0.0.2:0"));
    Data wrongLength = plainUdp();
    wrongLength[25] = std::byte{0xff}; // the UDP length field is not looked at
    QCOMPARE(keyOf(101, wrongLength), kUdpKey);
}

void DecodePacketTest::namesOfOtherProtocols()
{
    QCOMPARE(keyOf(101, ipv4({.protocol = 58}, {})), std::string("icmp6 10.0.0.1:0 10.0.0.2:0"));
    QCOMPARE(keyOf(101, ipv6(1, {})), std::string("icmp [2001:db8::1]:0 [2001:db8::2]:0"));
    QCOMPARE(keyOf(101, ipv4({.protocol = 132}, fill(12))), std::string("sctp 10.0.0.1:0 10.0.0.2:0"));
    QCOMPARE(keyOf(101, ipv6(47, {}, SIZE_MAX, "::ffff:1.2.3.4", "2001:db8::1")),
             std::string("other:47 [::ffff:1.2.3.4]:0 [2001:db8::1]:0"));
}

void DecodePacketTest::direction()
{
    QVERIFY(!decodeOuter(101, plainUdp()).reverse);
    const Packet back =
        decodeOuter(101, ipv4({.source = "10.0.0.2", .destination = "10.0.0.1"}, udp(53, 1000, fill(4))));
    QVERIFY(back.reverse);
    QCOMPARE(keyOf(back), kUdpKey);
    const Packet self =
        decodeOuter(101, ipv4({.source = "10.0.0.1", .destination = "10.0.0.1"}, udp(2000, 1000, fill(4))));
    QVERIFY(self.reverse);
    QCOMPARE(keyOf(self), std::string("udp 10.0.0.1:1000 10.0.0.1:2000"));
    QVERIFY(!decodeOuter(101, ipv4({.source = "10.0.0.1", .destination = "10.0.0.1"}, udp(9, 9, {}))).reverse);
    // Byte order counts, not number order of a little-endian machine.
    QVERIFY(!decodeOuter(101, ipv4({.source = "1.0.0.2", .destination = "2.0.0.1"}, udp(9, 9, {}))).reverse);
}

void DecodePacketTest::paddingIsNoPayload()
{
    const Packet packet = decodeOuter(1, ethernet(0x0800, plainUdp() + fill(14, 0)));
    QCOMPARE(packet.payloadLength, 4U);
    QCOMPARE(packet.payload.size(), std::size_t(4));
}

void DecodePacketTest::cutPayloadKeepsItsLength()
{
    Data frame = ethernet(0x0800, ipv4({}, udp(1000, 53, fill(500))));
    frame.resize(60);
    const Packet packet = decodeOuter(1, frame);
    QCOMPARE(packet.payloadLength, 500U);
    QCOMPARE(packet.payload.size(), std::size_t(60 - 14 - 20 - 8));
    QVERIFY(!packet.payloadComplete());
}

void DecodePacketTest::linkTypes_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char* name, int linkType, const Data& frame) {
        QTest::newRow(name) << linkType << QByteArray(asText(frame).data(), static_cast<qsizetype>(frame.size()));
    };
    const Data ip = plainUdp();
    row("raw", 101, ip);
    row("raw, old number", 12, ip);
    row("raw, OpenBSD", 14, ip);
    row("IPv4", 228, ip);
    row("null, little-endian", 0, hex("02000000") + ip);
    row("null, big-endian", 0, hex("00000002") + ip);
    row("loop", 108, hex("00000002") + ip);
    row("PPP with HDLC", 9, hex("ff03 0021") + ip);
    row("PPP without HDLC", 9, hex("0021") + ip);
    row("PPP with short protocol", 50, hex("ff03 21") + ip);
    row("Cisco HDLC in PPP", 50, hex("0f00 0800") + ip);
    row("pppd", 166, hex("0103 0021") + ip);
    row("PPP with direction", 204, hex("01 ff03 0021") + ip);
    row("PPPoE link type", 51, hex("1100 0001 0022 0021") + ip);
    row("PPPoE session", 1, ethernet(0x8864, hex("1100 0001 0022 0021") + ip));
    row("MPLS", 1, ethernet(0x8847, hex("00010040 00020140") + ip));
    row("MPLS pseudowire", 1, ethernet(0x8847, hex("00020140 00000000") + ethernet(0x0800, ip)));
    row("802.3 with SNAP", 1, ethernet(8 + ip.size(), hex("aaaa03 000000 0800") + ip));
    row("802.3 with IP service access point", 1, ethernet(3 + ip.size(), hex("060603") + ip));
    row("Cisco HDLC", 104, hex("0f00 0800") + ip);
    row("Linux cooked", 113, hex("0000 0001 0006 020000000001 0000 0800") + ip);
    row("Linux cooked with a VLAN tag", 113, hex("0000 0001 0006 020000000001 0000 8100 0064 0800") + ip);
    row("Linux cooked v2", 276, hex("0800 0000 00000002 0001 00 06 0200000000010000") + ip);
    row("NFLOG", 239, hex("02000000 0800 0100 00000000") + one(4 + ip.size()) + hex("00 0900") + ip);
    row("PKTAP", 258, hex("0c000000 01000000 01000000") + ethernet(0x0800, ip));
    row("PPI", 192, hex("0000 0800 01000000") + ethernet(0x0800, ip));
    row("IPoIB", 242, fill(40, 0) + hex("0800 0000") + ip);
    row("IPNET", 226, hex("0102") + fill(22, 0) + ip);
    row("ARCNET", 129, hex("01 02 0000 d4 00 0000") + ip);
    row("Broadcom tag", 281, hex("020000000002 020000000001 00000000 0800") + ip);
    row("Broadcom tag in front", 282, hex("00000000") + ethernet(0x0800, ip));
    row("Marvell tag", 284, hex("020000000002 020000000001 c0000000 0800") + ip);
    row("Marvell tag with ethertype", 285, hex("020000000002 020000000001 dada0000 c0000000 0800") + ip);
    row("802.11", 105, hex("0802 0000") + fill(20, 0) + hex("aaaa03 000000 0800") + ip);
    row("radiotap", 127, hex("00 00 0800 00000000 0802 0000") + fill(20, 0) + hex("aaaa03 000000 0800") + ip);
    row("AVS", 163, hex("80211001 00000008 0802 0000") + fill(20, 0) + hex("aaaa03 000000 0800") + ip);
    row("ATM, RFC 1483", 11, hex("aaaa03 000000 0800") + ip);
}

void DecodePacketTest::linkTypes()
{
    QFETCH(int, linkType);
    QFETCH(QByteArray, frame);
    const Bytes bytes = asBytes({frame.constData(), static_cast<std::size_t>(frame.size())});
    QCOMPARE(keyOf(decodeOuter(static_cast<std::uint16_t>(linkType), bytes)), kUdpKey);
}

void DecodePacketTest::wireless()
{
    const Data llc = hex("aaaa03 000000 0800") + plainUdp();
    const auto match = [&](const Data& header, const Data& rest) { return keyOf(105, header + rest) == kUdpKey; };
    QVERIFY(match(hex("8802 0000") + fill(20, 0) + hex("0000"), llc));          // QoS
    QVERIFY(match(hex("8882 0000") + fill(20, 0) + hex("0000 00000000"), llc)); // QoS with HT control
    QVERIFY(match(hex("0803 0000") + fill(26, 0), llc));                        // four addresses
    QVERIFY(match(hex("8803 0000") + fill(26, 0) + hex("0000"), llc));          // both
    QVERIFY(!match(hex("0842 0000") + fill(20, 0), llc));                       // protected
    QVERIFY(!match(hex("4802 0000") + fill(20, 0), llc));                       // null function
    QVERIFY(!match(hex("8000 0000") + fill(20, 0), llc));                       // beacon
    QVERIFY(!match(hex("0802 0000") + fill(18, 0) + hex("0100"), llc));         // a later fragment
    const Data aggregate = fill(12, 0) + be16(llc.size()) + llc;
    QVERIFY(match(hex("8802 0000") + fill(20, 0) + hex("8000"), aggregate)); // A-MSDU
    // Radiotap says that the data is padded to four bytes.
    const Data radiotap = hex("00 00 0900 02000000 20");
    QCOMPARE(keyOf(127, radiotap + hex("8802 0000") + fill(20, 0) + hex("0000 ffff") + llc), kUdpKey);
    // More packets in one frame are counted, since only the first is taken.
    const Data two = aggregate + fill((4 - aggregate.size() % 4) % 4, 0) + aggregate;
    decode::Decoder decoder;
    decode::DecodedBatch batch;
    decoder.decode({}, 105, hex("8802 0000") + fill(20, 0) + hex("8000") + two, batch);
    QCOMPARE(keyOf(batch.outer.front()), kUdpKey);
    QCOMPARE(decoder.counters().aggregatesCut, std::uint64_t(1));
}

void DecodePacketTest::everyPrefixOfEveryLinkType()
{
    // Mostly for the sanitizers; and what is captured never exceeds what is said to be there.
    const Data frame = ethernet(0x8100, hex("0064 86dd") + ipv6(0, hex("0600") + fill(6, 0) + tcp(1, 2, 2, fill(64))));
    for (unsigned linkType = 0; linkType < 300; ++linkType) {
        for (std::size_t length = 0; length <= frame.size(); ++length) {
            const Data prefix(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(length));
            const Packet packet = decodeOuter(static_cast<std::uint16_t>(linkType), prefix);
            QVERIFY(!packet.matched || packet.payload.size() <= packet.payloadLength);
        }
    }
}

QTEST_GUILESS_MAIN(DecodePacketTest)
#include "packet_test.moc"
