// Tunnels in all their forms, and datagrams put together from fragments, with the caps and rules that bound both.

#include "engine/decode/decoder.h"
#include "tests/decode/frame_builder.h"

#include <QTest>

using namespace timbre;
using namespace timbre::tests;
using decode::DecodedBatch;
using decode::Decoder;
using decode::DecoderOptions;
using decode::Tunnel;

namespace {

constexpr std::uint16_t kRaw = 101;

Data inner4()
{
    return ipv4({.source = "192.168.0.1", .destination = "192.168.0.2"}, udp(5000, 6000, fill(10)));
}
Data inner6()
{
    return ipv6(17, udp(5000, 6000, fill(10)));
}
const std::string kInner4 = "udp 192.168.0.1:5000 192.168.0.2:6000";
const std::string kInner6 = "udp [2001:db8::1]:5000 [2001:db8::2]:6000";

Data inUdp(std::size_t port, const Data& payload)
{
    return ipv4({}, udp(50000, port, payload));
}
Data inGre(const Data& header, const Data& payload)
{
    return ipv4({.protocol = 47}, header + payload);
}

Timestamp at(std::int64_t second)
{
    return {second * kNsPerSecond};
}

/// Parts of a datagram at byte offsets, in order; `more` is right for all but those that `last` names as the end.
Data part(const Data& datagram, std::size_t offset, std::size_t length, std::size_t identification = 7)
{
    const auto begin = datagram.begin() + static_cast<std::ptrdiff_t>(offset);
    const bool more = offset + length < datagram.size();
    return ipv4({.identification = identification, .fragmentField = (more ? 0x2000U : 0U) | offset / 8},
                Data(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Data part6(const Data& datagram, std::size_t offset, std::size_t length)
{
    const auto begin = datagram.begin() + static_cast<std::ptrdiff_t>(offset);
    const bool more = offset + length < datagram.size();
    return ipv6(44, hex("1100") + be16(offset | (more ? 1U : 0U)) + hex("00000009") +
                        Data(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Data pattern(std::size_t count)
{
    Data out(count);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<std::byte>(i * 7 + i / 251);
    return out;
}

} // namespace

class DecoderTest : public QObject {
    Q_OBJECT
private slots:
    void tunnels_data();
    void tunnels();
    void nestedTunnelsStopAtTheDepth();
    void tunnelsCanBeSwitchedOff();
    void damagedTunnelHeadersAreCounted();
    void ordinaryPortsAreNoTunnels();
    void unknownLinkTypesAreCounted();
    void fragmentsInEveryOrder();
    void fragmentsOfIpv6();
    void fragmentsWithOptionsInTheFirst();
    void overlapDropsTheDatagram();
    void repeatedFragmentIsFine();
    void contradictingEndsDropTheDatagram();
    void unusableFragments();
    void timeout();
    void capOfDatagrams();
    void capOfBytes();
    void tunnelInFragments();
    void fragmentsInTunnel();
    void reassemblyCanBeSwitchedOff();
    void floodStaysLinear();
};

void DecoderTest::tunnels_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<int>("tunnel");
    QTest::addColumn<bool>("six");
    const auto row = [](const char* name, Tunnel tunnel, const Data& packet, bool six = false) {
        QTest::newRow(name) << QByteArray(asText(packet).data(), static_cast<qsizetype>(packet.size()))
                            << static_cast<int>(tunnel) << six;
    };
    const Data frame = ethernet(0x0800, inner4());
    row("IP in IP", Tunnel::IpInIp, ipv4({.protocol = 4}, inner4()));
    row("6 in 4", Tunnel::IpInIp, ipv4({.protocol = 41}, inner6()), true);
    row("4 in 6", Tunnel::IpInIp, ipv6(4, inner4()));
    row("MPLS in IP", Tunnel::Mpls, ipv4({.protocol = 137}, hex("00010140") + inner4()));
    row("GRE", Tunnel::Gre, inGre(hex("0000 0800"), inner4()));
    row("GRE, every optional field", Tunnel::Gre, inGre(hex("b000 0800 00000000 00000001 00000002"), inner4()));
    row("GRE with routes", Tunnel::Gre, inGre(hex("4000 0800 00000000 0800 0004 0a000001 0000 0000"), inner4()));
    row("GRE, Ethernet", Tunnel::Gre, inGre(hex("2000 6558 00000001"), frame));
    row("GRE, MPLS", Tunnel::Mpls, inGre(hex("0000 8847"), hex("00010140") + inner4()));
    row("GRE, PPTP", Tunnel::Gre, inGre(hex("3001 880b 00100001 00000005"), hex("ff03 0021") + inner4()));
    row("GRE, PPTP with acknowledgement", Tunnel::Gre,
        inGre(hex("3081 880b 00100001 00000005 00000004"), hex("21") + inner4()));
    row("GRE, ERSPAN I", Tunnel::Gre, inGre(hex("0000 88be"), frame));
    row("GRE, ERSPAN II", Tunnel::Gre, inGre(hex("1000 88be 00000001"), hex("10010000 00000000") + frame));
    row("GRE, ERSPAN III", Tunnel::Gre,
        inGre(hex("1000 22eb 00000001"), hex("20010000 00000000 00000001") + fill(8, 0) + frame));
    row("GRE, WCCP", Tunnel::Gre, inGre(hex("0000 883e"), hex("00000000") + inner4()));
    row("VXLAN", Tunnel::Vxlan, inUdp(4789, hex("08000000 00000100") + frame));
    row("VXLAN, old Linux port", Tunnel::Vxlan, inUdp(8472, hex("08000000 00000100") + frame));
    row("VXLAN, tagged", Tunnel::Vxlan,
        inUdp(4789, hex("08000000 00000100") + ethernet(0x8100, hex("0005 0800") + inner4())));
    row("VXLAN, PPPoE inside", Tunnel::Pppoe,
        inUdp(4789, hex("08000000 00000100") + ethernet(0x8864, hex("1100 0001 0000 0021") + inner4())));
    row("Geneve", Tunnel::Geneve, inUdp(6081, hex("0100 6558 00000100 00000000") + frame));
    row("Geneve, IP at once", Tunnel::Geneve, inUdp(6081, hex("0000 86dd 00000100") + inner6()), true);
    row("GTP-U", Tunnel::GtpU, inUdp(2152, hex("30 ff 0000 00000001") + inner4()));
    row("GTP-U with sequence", Tunnel::GtpU, inUdp(2152, hex("32 ff 0000 00000001 0001 00 00") + inner6()), true);
    row("GTP-U with extensions", Tunnel::GtpU,
        inUdp(2152, hex("34 ff 0000 00000001 0000 00 85 01 0009 c0 01 0001 00") + inner4()));
    row("Teredo", Tunnel::Teredo, inUdp(3544, inner6()), true);
    row("Teredo with origin", Tunnel::Teredo, inUdp(3544, hex("0000 ef3d 80fffefd") + inner6()), true);
    row("Teredo with authentication and origin", Tunnel::Teredo,
        inUdp(3544, hex("0001 02 01 aabb cc 0102030405060708 00 0000 ef3d 80fffefd") + inner6()), true);
    row("MPLS in UDP", Tunnel::Mpls, inUdp(6635, hex("00010140") + inner4()));
    row("CAPWAP, 802.3", Tunnel::Capwap, inUdp(5247, hex("00 100000 00000000") + frame));
    const Data wireless = fill(20, 0) + hex("aaaa03 000000 0800") + inner4();
    row("CAPWAP, 802.11", Tunnel::Capwap, inUdp(5247, hex("00 100300 00000000 0802 0000") + wireless));
    row("CAPWAP, 802.11 swapped", Tunnel::Capwap, inUdp(5247, hex("00 100300 00000000 0208 0000") + wireless));
}

void DecoderTest::tunnels()
{
    QFETCH(QByteArray, packet);
    QFETCH(int, tunnel);
    QFETCH(bool, six);
    const Bytes bytes = asBytes({packet.constData(), static_cast<std::size_t>(packet.size())});
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, bytes, batch);
    QCOMPARE(batch.outer.size(), std::size_t(1));
    QCOMPARE(batch.inner.size(), std::size_t(1));
    const decode::InnerPacket& inner = batch.inner.front();
    QCOMPARE(decode::toString(inner.packet.key), six ? kInner6 : kInner4);
    QCOMPARE(static_cast<int>(inner.tunnel), tunnel);
    QCOMPARE(inner.depth, std::uint8_t(1));
    QVERIFY(!inner.reassembled);
    QCOMPARE(inner.packet.payload.size(), std::size_t(10));
    QVERIFY(inner.packet.payload.data() > bytes.data());
    QCOMPARE(decoder.counters().undecodedTunnels, std::uint64_t(0));
    // Every cut of it is safe, and none gives more than the whole.
    for (qsizetype length = 0; length < packet.size(); ++length) {
        const Data prefix(bytes.begin(), bytes.begin() + length);
        batch.clear();
        decoder.decode(at(0), kRaw, prefix, batch);
        QVERIFY(batch.inner.size() <= 1);
    }
}

void DecoderTest::nestedTunnelsStopAtTheDepth()
{
    Data packet = inner4();
    for (int i = 0; i < 150; ++i)
        packet = ipv4({.protocol = 4}, packet);
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, packet, batch);
    QCOMPARE(batch.inner.size(), std::size_t(8));
    QCOMPARE(batch.inner.back().depth, std::uint8_t(8));
    QCOMPARE(decoder.counters().tunnelDepthHits, std::uint64_t(1));

    Decoder shallow(DecoderOptions{.maxDepth = 1});
    batch.clear();
    shallow.decode(at(0), kRaw, ipv4({.protocol = 4}, inner4()), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
    QCOMPARE(shallow.counters().tunnelDepthHits, std::uint64_t(0));
}

void DecoderTest::tunnelsCanBeSwitchedOff()
{
    Decoder decoder(DecoderOptions{.tunnels = false});
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, ipv4({.protocol = 4}, inner4()), batch);
    QVERIFY(batch.inner.empty());
    QVERIFY(batch.outer.front().matched);
}

void DecoderTest::damagedTunnelHeadersAreCounted()
{
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, inUdp(4789, hex("00000000 00000100") + ethernet(0x0800, inner4())), batch);
    decoder.decode(at(0), kRaw, inGre(hex("0007 0800"), inner4()), batch);
    decoder.decode(at(0), kRaw, inUdp(2152, hex("34 ff 0000 00000001 0000 00 85 00")), batch);
    QVERIFY(batch.inner.empty());
    QCOMPARE(decoder.counters().undecodedTunnels, std::uint64_t(3));
    // Messages of the tunnel itself and other contents are no damage.
    decoder.decode(at(0), kRaw, inUdp(2152, hex("32 01 0004 00000000 0001 00 00")), batch);
    decoder.decode(at(0), kRaw, inGre(hex("2081 880b 00000001 00000001"), {}), batch);
    decoder.decode(at(0), kRaw, inUdp(4789, hex("08000000 00000100") + ethernet(0x0806, fill(28))), batch);
    QVERIFY(batch.inner.empty());
    QCOMPARE(decoder.counters().undecodedTunnels, std::uint64_t(3));
}

void DecoderTest::ordinaryPortsAreNoTunnels()
{
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, inUdp(4788, hex("08000000 00000100") + ethernet(0x0800, inner4())), batch);
    decoder.decode(at(0), kRaw, ipv4({.protocol = 6}, tcp(50000, 4789, 0x18, hex("0800000000000100"))), batch);
    QVERIFY(batch.inner.empty());
}

void DecoderTest::unknownLinkTypesAreCounted()
{
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), 299, inner4(), batch);
    decoder.decode(at(0), 253, inner4(), batch); // netlink: known to hold no IP
    QCOMPARE(decoder.counters().unknownLinkType, std::uint64_t(1));
    QVERIFY(!batch.outer.front().matched);
}

void DecoderTest::fragmentsInEveryOrder()
{
    const Data payload = pattern(3000);
    const Data datagram = udp(1000, 53, payload);
    std::vector<Data> parts = {part(datagram, 0, 1000), part(datagram, 1000, 1000), part(datagram, 2000, 1008)};
    std::vector<std::size_t> order = {0, 1, 2};
    do {
        Decoder decoder;
        DecodedBatch batch;
        for (const std::size_t i : order)
            decoder.decode(at(0), kRaw, parts[i], batch);
        QCOMPARE(batch.outer.size(), std::size_t(3));
        QCOMPARE(batch.inner.size(), std::size_t(1));
        const decode::InnerPacket& whole = batch.inner.front();
        QCOMPARE(whole.frameIndex, 2U);
        QCOMPARE(whole.depth, std::uint8_t(0));
        QVERIFY(whole.reassembled && !whole.packet.fragment);
        QCOMPARE(decode::toString(whole.packet.key), std::string("udp 10.0.0.1:1000 10.0.0.2:53"));
        QVERIFY(std::equal(whole.packet.payload.begin(), whole.packet.payload.end(), payload.begin(), payload.end()));
        QCOMPARE(decoder.counters().datagramsReassembled, std::uint64_t(1));
        QCOMPARE(decoder.counters().fragments, std::uint64_t(3));
        decoder.finish();
        QCOMPARE(decoder.counters().datagramsAbandoned, std::uint64_t(0));
    } while (std::next_permutation(order.begin(), order.end()));
}

void DecoderTest::fragmentsOfIpv6()
{
    const Data payload = pattern(2000);
    const Data datagram = udp(1000, 53, payload);
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, part6(datagram, 1200, 808), batch);
    decoder.decode(at(0), kRaw, part6(datagram, 0, 1200), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
    QCOMPARE(decode::toString(batch.inner.front().packet.key), std::string("udp [2001:db8::1]:1000 [2001:db8::2]:53"));
    const Bytes whole = batch.inner.front().packet.payload;
    QVERIFY(std::equal(whole.begin(), whole.end(), payload.begin(), payload.end()));
}

void DecoderTest::fragmentsWithOptionsInTheFirst()
{
    const Data datagram = udp(1000, 53, pattern(40));
    const Data first(datagram.begin(), datagram.begin() + 24);
    const Data second(datagram.begin() + 24, datagram.end());
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, ipv4({.fragmentField = 3}, second), batch);
    decoder.decode(at(0), kRaw, ipv4({.fragmentField = 0x2000, .options = fill(8, 1)}, first), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
    QCOMPARE(batch.inner.front().packet.payloadLength, 40U);
}

void DecoderTest::overlapDropsTheDatagram()
{
    const Data datagram = udp(1000, 53, pattern(3000));
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, part(datagram, 0, 1000), batch);
    decoder.decode(at(0), kRaw, part(datagram, 992, 1000), batch); // eight bytes too early
    decoder.decode(at(0), kRaw, part(datagram, 0, 1000), batch);   // what comes later belongs to the dropped one
    decoder.decode(at(0), kRaw, part(datagram, 1000, 1000), batch);
    decoder.decode(at(0), kRaw, part(datagram, 2000, 1008), batch);
    QVERIFY(batch.inner.empty());
    QCOMPARE(decoder.counters().datagramsOverlapping, std::uint64_t(1));
    decoder.finish();
    QCOMPARE(decoder.counters().datagramsAbandoned, std::uint64_t(0));

    Decoder into; // a part that runs into the next one
    into.decode(at(0), kRaw, part(datagram, 1000, 1000), batch);
    into.decode(at(0), kRaw, part(datagram, 0, 1008), batch);
    QCOMPARE(into.counters().datagramsOverlapping, std::uint64_t(1));
}

void DecoderTest::repeatedFragmentIsFine()
{
    const Data datagram = udp(1000, 53, pattern(1992));
    Decoder decoder;
    DecodedBatch batch;
    for (int i = 0; i < 3; ++i)
        decoder.decode(at(0), kRaw, part(datagram, 0, 1000), batch);
    decoder.decode(at(0), kRaw, part(datagram, 1000, 1000), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
    // The same place with other bytes is an overlap.
    Data other = part(datagram, 0, 1000);
    other.back() = other.back() ^ std::byte{1};
    decoder.decode(at(0), kRaw, part(datagram, 0, 1000), batch);
    decoder.decode(at(0), kRaw, other, batch);
    QCOMPARE(decoder.counters().datagramsOverlapping, std::uint64_t(1));
}

void DecoderTest::contradictingEndsDropTheDatagram()
{
    const Data datagram = udp(1000, 53, pattern(2992));
    const Data shorter(datagram.begin(), datagram.begin() + 1016);
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, part(datagram, 2000, 1000), batch); // ends at 3000
    decoder.decode(at(0), kRaw, part(shorter, 1000, 16), batch);    // ends at 1016
    QCOMPARE(decoder.counters().datagramsOverlapping, std::uint64_t(1));
    decoder.decode(at(0), kRaw, part(shorter, 1000, 16, 9), batch);
    decoder.decode(at(0), kRaw, part(datagram, 1016, 16, 9), batch); // behind the end
    QCOMPARE(decoder.counters().datagramsOverlapping, std::uint64_t(2));
    QVERIFY(batch.inner.empty());
}

void DecoderTest::unusableFragments()
{
    const Data datagram = udp(1000, 53, pattern(3000));
    Decoder decoder;
    DecodedBatch batch;
    Data cut = part(datagram, 0, 1000);
    cut.resize(500);
    decoder.decode(at(0), kRaw, cut, batch);
    decoder.decode(at(0), kRaw, part(datagram, 0, 1001), batch);                    // not a multiple of eight
    decoder.decode(at(0), kRaw, ipv4({.fragmentField = 0x1fff}, fill(100)), batch); // beyond 65,535
    QCOMPARE(decoder.counters().fragmentsUnusable, std::uint64_t(3));
    QCOMPARE(batch.outer.size(), std::size_t(3));
    QVERIFY(batch.outer.front().matched);
}

void DecoderTest::timeout()
{
    const Data datagram = udp(1000, 53, pattern(1992));
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(100), kRaw, part(datagram, 0, 1000), batch);
    decoder.decode(at(130), kRaw, part(datagram, 1000, 1000), batch); // exactly at the timeout: too late
    QVERIFY(batch.inner.empty());
    QCOMPARE(decoder.counters().datagramsAbandoned, std::uint64_t(1));
    decoder.decode(at(159), kRaw, part(datagram, 0, 1000), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
}

void DecoderTest::capOfDatagrams()
{
    const Data datagram = udp(1000, 53, pattern(1992));
    Decoder decoder(DecoderOptions{.maxFragmentDatagrams = 2});
    DecodedBatch batch;
    for (std::size_t id = 1; id <= 3; ++id)
        decoder.decode(at(0), kRaw, part(datagram, 0, 1000, id), batch);
    QCOMPARE(decoder.counters().fragmentCapHits, std::uint64_t(1));
    QCOMPARE(decoder.counters().datagramsAbandoned, std::uint64_t(1));
    decoder.decode(at(0), kRaw, part(datagram, 1000, 1000, 2), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1)); // the oldest went, the others stayed
}

void DecoderTest::capOfBytes()
{
    const Data datagram = udp(1000, 53, pattern(1992));
    Decoder decoder(DecoderOptions{.maxFragmentBytes = 3000});
    DecodedBatch batch;
    for (std::size_t id = 1; id <= 3; ++id)
        decoder.decode(at(0), kRaw, part(datagram, 0, 1000, id), batch);
    QCOMPARE(decoder.counters().fragmentCapHits, std::uint64_t(1));
    decoder.decode(at(0), kRaw, part(datagram, 1000, 1000, 3), batch);
    QCOMPARE(batch.inner.size(), std::size_t(1));
}

void DecoderTest::tunnelInFragments()
{
    const Data datagram = udp(50000, 4789, hex("08000000 00000100") + ethernet(0x0800, inner4()) + fill(22, 0));
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, part(datagram, 0, 64), batch);
    QVERIFY(batch.inner.empty()); // half a tunnel is not looked into
    decoder.decode(at(0), kRaw, part(datagram, 64, datagram.size() - 64), batch);
    QCOMPARE(batch.inner.size(), std::size_t(2));
    QVERIFY(batch.inner[0].reassembled);
    QCOMPARE(batch.inner[0].depth, std::uint8_t(0));
    QVERIFY(!batch.inner[1].reassembled);
    QCOMPARE(batch.inner[1].depth, std::uint8_t(1));
    QCOMPARE(decode::toString(batch.inner[1].packet.key), kInner4);
}

void DecoderTest::fragmentsInTunnel()
{
    const Data datagram = udp(1000, 53, pattern(192));
    Decoder decoder;
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, ipv4({.protocol = 4}, part(datagram, 0, 104)), batch);
    decoder.decode(at(0), kRaw, ipv4({.protocol = 4}, part(datagram, 104, 96)), batch);
    QCOMPARE(batch.inner.size(), std::size_t(3)); // two fragments and the whole
    QVERIFY(batch.inner[0].packet.fragment && batch.inner[1].packet.fragment);
    QVERIFY(batch.inner[2].reassembled);
    QCOMPARE(batch.inner[2].depth, std::uint8_t(1));
    QCOMPARE(batch.inner[2].tunnel, Tunnel::IpInIp);
    QCOMPARE(batch.inner[2].packet.payloadLength, 192U);
}

void DecoderTest::reassemblyCanBeSwitchedOff()
{
    const Data datagram = udp(1000, 53, pattern(1992));
    Decoder decoder(DecoderOptions{.reassemble = false});
    DecodedBatch batch;
    decoder.decode(at(0), kRaw, part(datagram, 0, 1000), batch);
    decoder.decode(at(0), kRaw, part(datagram, 1000, 1000), batch);
    QVERIFY(batch.inner.empty());
    QCOMPARE(decoder.counters().fragments, std::uint64_t(0));
}

void DecoderTest::floodStaysLinear()
{
    // 8,000 parts of eight bytes from the back, for many datagrams at once: with quadratic work this takes minutes.
    Decoder decoder;
    DecodedBatch batch;
    const Data body = fill(8);
    for (std::size_t i = 8000; i > 0; --i) {
        for (std::size_t id = 0; id < 20; ++id) {
            batch.clear();
            decoder.decode(at(0), kRaw, ipv4({.identification = id, .fragmentField = 0x2000 | (i - 1)}, body), batch);
        }
    }
    QCOMPARE(decoder.counters().fragments, std::uint64_t(160000));
    decoder.finish();
    QCOMPARE(decoder.counters().datagramsReassembled, std::uint64_t(0));
}

QTEST_GUILESS_MAIN(DecoderTest)
#include "decoder_test.moc"
