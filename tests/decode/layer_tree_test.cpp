// The tree of layers: what it says, where it points, and that no cut makes it look outside the frame.

#include "engine/decode/layer_tree.h"
#include "tests/decode/frame_builder.h"

#include <QTest>

#include <algorithm>

using namespace timbre;
using namespace timbre::tests;
using decode::describe;
using decode::LayerNode;
using decode::LayerTree;

namespace {

const LayerNode* find(const std::vector<LayerNode>& nodes, std::string_view path)
{
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    for (const LayerNode& node : nodes) {
        if (node.name == name)
            return slash == std::string_view::npos ? &node : find(node.children, path.substr(slash + 1));
    }
    return nullptr;
}

LayerTree treeOf(std::uint16_t linkType, const Data& frame)
{
    return describe(linkType, frame, static_cast<std::uint32_t>(frame.size()));
}

std::string layersOf(const LayerTree& tree)
{
    std::string out;
    for (const LayerNode& layer : tree.layers)
        out += (out.empty() ? "" : " | ") + layer.name;
    return out;
}

bool insideFrame(const LayerNode& node, std::size_t size)
{
    if (node.offset > size || node.length > size - node.offset)
        return false;
    return std::all_of(node.children.begin(), node.children.end(),
                       [size](const LayerNode& child) { return insideFrame(child, size); });
}

bool saysCut(const std::vector<LayerNode>& nodes)
{
    return std::any_of(nodes.begin(), nodes.end(), [](const LayerNode& node) {
        return node.name.starts_with("Cut here: ") || saysCut(node.children);
    });
}

const Data kSynOptions = hex("020405b4 0402 080a 00000001 00000002 01 030307");

Data taggedSyn()
{
    return ethernet(0x8100, hex("200c 0800") + ipv4({.protocol = 6}, tcp(50112, 443, 0x02, {}, kSynOptions)));
}

Data inner()
{
    return ipv4({.source = "192.168.0.1", .destination = "192.168.0.2"}, udp(5000, 6000, fill(10)));
}

} // namespace

class LayerTreeTest : public QObject {
    Q_OBJECT
private slots:
    void fieldsWithPlacesAndFilters();
    void tcpOptions();
    void ipv6AndItsExtensions();
    void arp();
    void icmp();
    void sctp();
    void payloadOfTheInnermostPacket();
    void tunnels_data();
    void tunnels();
    void fragments();
    void damagedHeaders();
    void trailerAndCutPayload();
    void endlessLayersAreCappedAndSaid();
    void everyCut_data();
    void everyCut();
    void summaries_data();
    void summaries();
};

void LayerTreeTest::fieldsWithPlacesAndFilters()
{
    const Data frame = taggedSyn();
    const LayerTree tree = treeOf(1, frame);
    QCOMPARE(layersOf(tree), std::string("Frame | Ethernet | 802.1Q VLAN | Internet Protocol version 4 | "
                                         "Transmission Control Protocol"));
    struct Expected {
        const char* path;
        const char* value;
        const char* filter;
        std::size_t offset;
        std::size_t length;
    };
    const Expected expected[] = {
        {"Ethernet", "02:00:00:00:00:01 → 02:00:00:00:00:02", "", 0, 14},
        {"Ethernet/Type", "802.1Q (0x8100)", "", 12, 2},
        {"802.1Q VLAN/VLAN id", "12", "vlan == 12", 14, 2},
        {"Internet Protocol version 4", "10.0.0.1 → 10.0.0.2", "", 18, 20},
        {"Internet Protocol version 4/Time to live", "64", "ttl == 64", 26, 1},
        {"Internet Protocol version 4/Protocol", "TCP (6)", "proto == tcp", 27, 1},
        {"Internet Protocol version 4/Source", "10.0.0.1", "addr == 10.0.0.1", 30, 4},
        {"Internet Protocol version 4/Destination", "10.0.0.2", "addr == 10.0.0.2", 34, 4},
        {"Internet Protocol version 4/Flags/Don't fragment", "not set", "", 24, 1},
        {"Transmission Control Protocol", "50112 → 443 [SYN]", "", 38, 40},
        {"Transmission Control Protocol/Destination port", "443", "port == 443", 40, 2},
        {"Transmission Control Protocol/Flags/SYN", "set", "", 51, 1},
        {"Transmission Control Protocol/Flags/ACK", "not set", "", 51, 1},
        {"Transmission Control Protocol/Window", "65160", "", 52, 2},
    };
    for (const Expected& e : expected) {
        const LayerNode* node = find(tree.layers, e.path);
        QVERIFY2(node != nullptr, e.path);
        QCOMPARE(node->value, std::string(e.value));
        QCOMPARE(node->filter, std::string(e.filter));
        QCOMPARE(node->offset, e.offset);
        QCOMPARE(node->length, e.length);
    }
    QCOMPARE(tree.protocol, std::string("TCP"));
    QCOMPARE(tree.summary, std::string("TCP 50112 → 443 [SYN] seq 16909060 ack 84281096 win 65160 len 0"));
}

void LayerTreeTest::tcpOptions()
{
    const LayerTree tree = treeOf(1, taggedSyn());
    const std::string tcpLayer = "Transmission Control Protocol/";
    QCOMPARE(find(tree.layers, tcpLayer + "Maximum segment size")->value, std::string("1460 bytes"));
    QCOMPARE(find(tree.layers, tcpLayer + "Window scale")->value, std::string("7 (multiply by 128)"));
    QCOMPARE(find(tree.layers, tcpLayer + "Timestamps")->value, std::string("value 1, echo reply 2"));
    QVERIFY(find(tree.layers, tcpLayer + "Selective acknowledgement permitted") != nullptr);
    const Data sack = hex("0101 050a 00000064 000000c8");
    const LayerTree acknowledged = treeOf(101, ipv4({.protocol = 6}, tcp(1, 2, 0x10, {}, sack)));
    QCOMPARE(find(acknowledged.layers, tcpLayer + "Selective acknowledgement/Block")->value, std::string("100–200"));
    const LayerTree damaged = treeOf(101, ipv4({.protocol = 6}, tcp(1, 2, 0x10, {}, hex("02ff 0000"))));
    QCOMPARE(find(damaged.layers, tcpLayer + "Option")->value, std::string("damaged length"));
}

void LayerTreeTest::ipv6AndItsExtensions()
{
    const Data frame = ethernet(0x86dd, ipv6(0, hex("2c00") + fill(6, 0) + hex("1100 0000 00000001") + udp(53, 9, {})));
    const LayerTree tree = treeOf(1, frame);
    QCOMPARE(layersOf(tree), std::string("Frame | Ethernet | Internet Protocol version 6 | IPv6 Hop-by-hop options | "
                                         "IPv6 fragment header | User Datagram Protocol"));
    QCOMPARE(find(tree.layers, "Internet Protocol version 6/Hop limit")->filter, std::string("ttl == 61"));
    QCOMPARE(find(tree.layers, "Internet Protocol version 6/Source")->filter, std::string("addr == 2001:db8::1"));
}

void LayerTreeTest::arp()
{
    const Data request = ethernet(0x0806, hex("0001 0800 0604 0001 020000000001") + addressBytes("10.0.0.1") +
                                              fill(6, 0) + addressBytes("10.0.0.2") + fill(18, 0));
    const LayerTree tree = treeOf(1, request);
    QCOMPARE(tree.summary, std::string("ARP who has 10.0.0.2? tell 10.0.0.1"));
    QCOMPARE(find(tree.layers, "Address Resolution Protocol/Target IP address")->filter,
             std::string("addr == 10.0.0.2"));
    const decode::PacketSummary line = decode::summarize(1, request, 60);
    QCOMPARE(line.protocol, std::string("ARP"));
    QCOMPARE(line.info, std::string("who has 10.0.0.2? tell 10.0.0.1"));
    QCOMPARE(line.source, std::string("02:00:00:00:00:01"));
}

void LayerTreeTest::icmp()
{
    const LayerTree echo = treeOf(101, ipv4({.protocol = 1}, hex("0800 0000 0007 0003")));
    QCOMPARE(echo.summary, std::string("ICMP Echo request id 0x0007 seq 3 ttl 64"));
    const LayerTree error = treeOf(101, ipv4({.protocol = 1}, hex("0303 0000 00000000") + inner()));
    QCOMPARE(error.summary, std::string("ICMP Destination unreachable: port unreachable"));
    // The quoted packet is named, and its ports are nobody's payload.
    QCOMPARE(find(error.layers, "Quoted packet")->value, std::string("udp 192.168.0.1:5000 192.168.0.2:6000"));
    QVERIFY(!error.udp);
    const LayerTree six = treeOf(101, ipv6(58, hex("8700 0000 00000000") + addressBytes("fe80::1")));
    QCOMPARE(six.summary, std::string("ICMPv6 Neighbor solicitation for fe80::1"));
    QCOMPARE(find(six.layers, "Internet Control Message Protocol v6/Target")->value, std::string("fe80::1"));
}

void LayerTreeTest::sctp()
{
    const LayerTree tree = treeOf(
        101, ipv4({.protocol = 132}, hex("0b59 0b5a 00000000 00000000 01000014") + fill(16, 0) + hex("06000004")));
    QCOMPARE(tree.summary, std::string("SCTP 2905 → 2906 INIT"));
    QCOMPARE(find(tree.layers, "Stream Control Transmission Protocol/INIT")->length, std::size_t(20));
    QVERIFY(find(tree.layers, "Stream Control Transmission Protocol/ABORT") != nullptr);
}

void LayerTreeTest::payloadOfTheInnermostPacket()
{
    const Data frame = ethernet(0x0800, ipv4({}, udp(1, 2, fill(20))) + fill(4, 0));
    const LayerTree tree = treeOf(1, frame);
    QVERIFY(tree.udp && !tree.tcp);
    QCOMPARE(tree.payloadOffset, std::size_t(42));
    QCOMPARE(tree.payloadLength, std::size_t(20));
    QCOMPARE(tree.sourcePort, std::uint16_t(1));
    QCOMPARE(tree.destinationPort, std::uint16_t(2));
    const LayerTree tunnelled = treeOf(101, ipv4({.protocol = 4}, inner()));
    QCOMPARE(tunnelled.payloadOffset, std::size_t(20 + 28));
    QCOMPARE(tunnelled.payloadLength, std::size_t(10));
    const LayerTree noPayload = treeOf(
        101, ipv4({}, udp(50000, 2152, hex("30ff0000 00000001") + ipv4({.protocol = 1}, hex("0800000000070003")))));
    QVERIFY(!noPayload.udp);
    QCOMPARE(noPayload.payloadLength, std::size_t(0));
}

void LayerTreeTest::tunnels_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("layers");
    const auto row = [](const char* name, const Data& packet, const char* layers) {
        QTest::newRow(name) << QByteArray(asText(packet).data(), static_cast<qsizetype>(packet.size()))
                            << QString::fromUtf8(layers);
    };
    const Data frame = ethernet(0x0800, inner());
    row("GRE", ipv4({.protocol = 47}, hex("3000 0800 00000001 00000002") + inner()), "Generic Routing Encapsulation");
    row("ERSPAN", ipv4({.protocol = 47}, hex("1000 88be 00000001 10010002 00000000") + frame),
        "Generic Routing Encapsulation | ERSPAN | Ethernet");
    row("VXLAN", ipv4({}, udp(9, 4789, hex("08000000 00000100") + frame)), "User Datagram Protocol | VXLAN | Ethernet");
    row("Geneve", ipv4({}, udp(9, 6081, hex("0100 6558 00000100 00000000") + frame)),
        "User Datagram Protocol | Geneve | Ethernet");
    row("GTP-U", ipv4({}, udp(9, 2152, hex("34 ff 0000 00000001 0000 00 85 01 0009 00") + inner())),
        "User Datagram Protocol | GTP-U");
    row("CAPWAP", ipv4({}, udp(9, 5247, hex("00 100000 00000000") + frame)),
        "User Datagram Protocol | CAPWAP data | Ethernet");
    row("MPLS", ipv4({}, udp(9, 6635, hex("00010140") + inner())), "User Datagram Protocol | MPLS label");
    row("IP in IP", ipv4({.protocol = 4}, inner()), "");
}

void LayerTreeTest::tunnels()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, layers);
    const Bytes bytes = asBytes({frame.constData(), static_cast<std::size_t>(frame.size())});
    const LayerTree tree = describe(101, bytes, static_cast<std::uint32_t>(frame.size()));
    const std::string expected = "Frame | Internet Protocol version 4 | " + layers.toStdString() +
                                 (layers.isEmpty() ? "" : " | ") +
                                 "Internet Protocol version 4 | User Datagram Protocol | Payload";
    QCOMPARE(layersOf(tree), expected);
    QCOMPARE(tree.summary, std::string("UDP 5000 → 6000 len 10"));
    const decode::PacketSummary line = decode::summarize(101, bytes, static_cast<std::uint32_t>(frame.size()));
    QCOMPARE(line.source, std::string("192.168.0.1"));
    QCOMPARE(line.destination, std::string("192.168.0.2"));
}

void LayerTreeTest::fragments()
{
    const LayerTree later = treeOf(101, ipv4({.fragmentField = 0x2003}, fill(24)));
    QCOMPARE(layersOf(later), std::string("Frame | Internet Protocol version 4 | Payload"));
    QCOMPARE(find(later.layers, "Internet Protocol version 4/Fragment offset")->value, std::string("24 bytes"));
    QCOMPARE(find(later.layers, "Internet Protocol version 4/Flags/More fragments")->value, std::string("set"));
    QCOMPARE(later.summary, std::string("UDP fragment len 24"));
}

void LayerTreeTest::damagedHeaders()
{
    Data bad = inner();
    bad[0] = std::byte{0x43};
    QVERIFY(find(treeOf(101, bad).layers, "Internet Protocol version 4/Damaged") != nullptr);
    Data segment = tcp(1, 2, 0, {});
    segment[12] = std::byte{0x20};
    QVERIFY(find(treeOf(101, ipv4({.protocol = 6}, segment)).layers, "Transmission Control Protocol/Damaged") !=
            nullptr);
    QCOMPARE(treeOf(299, inner()).layers.at(1).value, std::string("not decoded"));
}

void LayerTreeTest::trailerAndCutPayload()
{
    Data frame = ethernet(0x0800, inner()) + fill(6, 0);
    QCOMPARE(find(treeOf(1, frame).layers, "Trailer")->length, std::size_t(6));
    QCOMPARE(find(treeOf(1, frame).layers, "Payload")->value, std::string("10 bytes"));
    frame.resize(14 + 28 + 4);
    const LayerTree cut = describe(1, frame, 1514);
    QCOMPARE(find(cut.layers, "Payload")->value, std::string("4 of 10 bytes captured"));
    QCOMPARE(find(cut.layers, "Frame")->value, std::string("46 of 1514 bytes captured"));
    frame.resize(14 + 20 + 3);
    const LayerTree header = describe(1, frame, 1514);
    QVERIFY(find(header.layers, "User Datagram Protocol/Cut here: 3 bytes captured") != nullptr);
    QVERIFY(find(header.layers, "User Datagram Protocol/Source port") != nullptr);
    QVERIFY(find(header.layers, "User Datagram Protocol/Destination port") == nullptr);
}

void LayerTreeTest::endlessLayersAreCappedAndSaid()
{
    Data packet = inner();
    for (int i = 0; i < 150; ++i)
        packet = ipv4({.protocol = 4}, packet);
    const LayerTree tree = treeOf(101, packet);
    QVERIFY(tree.layers.size() < 110);
    QVERIFY(find(tree.layers, "More layers") != nullptr);
}

void LayerTreeTest::everyCut_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char* name, int linkType, const Data& frame) {
        QTest::newRow(name) << linkType << QByteArray(asText(frame).data(), static_cast<qsizetype>(frame.size()));
    };
    const Data frame = ethernet(0x0800, inner());
    row("TCP with options", 1, taggedSyn());
    row("IPv4 options", 101, ipv4({.options = hex("07070400 00000000 94040000")}, udp(1, 2, fill(3))));
    row("IPv6 extensions", 101,
        ipv6(0, hex("3300") + fill(6, 0) + hex("2c01") + fill(10, 0) + hex("0600000000000001") +
                    tcp(1, 2, 0x12, fill(9), kSynOptions)));
    row("VXLAN", 1, ethernet(0x0800, ipv4({}, udp(9, 4789, hex("08000000 00000100") + frame))));
    row("GTP-U", 101, ipv4({}, udp(9, 2152, hex("34 ff 0000 00000001 0000 00 85 01 0009 00") + inner())));
    row("ERSPAN III", 101,
        ipv4({.protocol = 47}, hex("1000 22eb 00000001 20010000 00000000 00000001") + fill(8, 0) + frame));
    row("PPPoE", 1, ethernet(0x8864, hex("1100 0001 0022 0021") + inner()));
    row("MPLS", 1, ethernet(0x8847, hex("00010040 00020140") + inner()));
    row("ARP", 1, ethernet(0x0806, hex("0001 0800 0604 0002") + fill(20)));
    row("ICMP error", 101, ipv4({.protocol = 1}, hex("0b00 0000 00000000") + inner()));
    row("SCTP", 101, ipv4({.protocol = 132}, fill(12, 0) + hex("00000014") + fill(16, 0) + hex("06000004")));
    row("Linux cooked", 113, hex("0000 0001 0006 0200000000010000 0800") + inner());
    row("Linux cooked v2", 276, hex("0800 0000 00000002 0001 00 06 0200000000010000") + inner());
    row("802.11", 127,
        hex("00 00 0900 02000000 20 8802 0000") + fill(20, 0) + hex("0000 ffff aaaa03 000000 0800") + inner());
    row("NFLOG", 239, hex("02000000 0800 0100 00000000 2a00 0900") + inner());
    row("PPI", 192, hex("0000 0800 01000000") + frame);
    row("null", 0, hex("02000000") + inner());
}

void LayerTreeTest::everyCut()
{
    QFETCH(int, linkType);
    QFETCH(QByteArray, frame);
    const Bytes whole = asBytes({frame.constData(), static_cast<std::size_t>(frame.size())});
    const auto link = static_cast<std::uint16_t>(linkType);
    const auto original = static_cast<std::uint32_t>(frame.size());
    QVERIFY(!saysCut(describe(link, whole, original).layers));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Data cut(whole.begin(),
                       whole.begin() + static_cast<std::ptrdiff_t>(length)); // exactly its size: for ASan
        const LayerTree tree = describe(link, cut, original);
        QVERIFY(!tree.summary.empty() && !tree.protocol.empty());
        for (const LayerNode& layer : tree.layers)
            QVERIFY2(insideFrame(layer, length), layer.name.c_str());
        QVERIFY(tree.payloadOffset <= length && tree.payloadLength <= length - tree.payloadOffset);
        (void)decode::summarize(link, cut, original);
    }
}

void LayerTreeTest::summaries_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char* name, const Data& packet, const char* summary) {
        QTest::newRow(name) << QByteArray(asText(packet).data(), static_cast<qsizetype>(packet.size()))
                            << QString::fromUtf8(summary);
    };
    row("UDP", inner(), "UDP 5000 → 6000 len 10");
    row("SYN, ACK", ipv4({.protocol = 6}, tcp(443, 50112, 0x12, {})),
        "TCP 443 → 50112 [SYN, ACK] seq 16909060 ack 84281096 win 65160 len 0");
    row("ESP", ipv4({.protocol = 50}, fill(40)), "ESP len 40");
    row("no name", ipv4({.protocol = 200}, fill(4)), "protocol 200 len 4");
    row("ICMP cut", ipv4({.protocol = 1, .totalLength = 60}, hex("08")), "ICMP cut");
    row("empty GRE", ipv4({.protocol = 47}, {}), "GRE len 0");
}

void LayerTreeTest::summaries()
{
    QFETCH(QByteArray, packet);
    QFETCH(QString, summary);
    const Bytes bytes = asBytes({packet.constData(), static_cast<std::size_t>(packet.size())});
    const LayerTree tree = describe(101, bytes, static_cast<std::uint32_t>(packet.size()));
    QCOMPARE(QString::fromStdString(tree.summary), summary);
    const decode::PacketSummary line = decode::summarize(101, bytes, static_cast<std::uint32_t>(packet.size()));
    QCOMPARE(line.protocol + ' ' + line.info, tree.summary);
}

QTEST_GUILESS_MAIN(LayerTreeTest)
#include "layer_tree_test.moc"
