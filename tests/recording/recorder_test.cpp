// What the recorder makes of packets before they reach a session: direction, gap, first bytes, and what it keeps out.

#include "engine/recording/recorder.h"

#include <QTest>

#include <limits>

using namespace timbre;
using namespace timbre::recording;

namespace {

Bytes bytesOf(const std::string& text)
{
    return asBytes(text);
}

SeenPacket packetAt(std::int64_t ms, bool fromInitiator, std::uint32_t size = 100)
{
    SeenPacket packet;
    packet.time = {ms * 1'000'000};
    packet.fromInitiator = fromInitiator;
    packet.size = size;
    packet.entropy = 7.0F;
    return packet;
}

} // namespace

class RecorderTest : public QObject {
    Q_OBJECT

private slots:
    void sixteenFirstBytesAreKept()
    {
        const std::string random("\x80\x01\xf0\x7f\x02\x90\xaa\xbb\xcc\xdd\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a",
                                 20);
        QCOMPARE(prefixLengthOf(bytesOf(random)), std::size_t{16});
        QCOMPARE(prefixLengthOf(bytesOf(random).first(5)), std::size_t{5});
        QCOMPARE(prefixLengthOf({}), std::size_t{0});
    }

    void ofStunTwenty()
    {
        // A transaction's number may be readable: it is no text.
        std::string stun = std::string("\x00\x01\x00\x08\x21\x12\xa4\x42", 8) + "aBcDeFgHiJkL" + std::string(8, 'x');
        QCOMPARE(prefixLengthOf(bytesOf(stun)), std::size_t{20});
        stun[4] = '\x22'; // no cookie: the readable run counts
        QCOMPARE(prefixLengthOf(bytesOf(stun)), std::size_t{7});
    }

    void readableTextIsNotKept()
    {
        QCOMPARE(prefixLengthOf(bytesOf("password=CANARY77")), std::size_t{0});
        QCOMPARE(prefixLengthOf(bytesOf("GET /mail HTTP/1.1\r\n")), std::size_t{0});
        QCOMPARE(prefixLengthOf(bytesOf("\x81\x0dsecretsecret1")), std::size_t{2});
        // Seven in a row may be chance, eight are text, also when they go on behind what would be kept.
        const std::string seven = std::string(9, '\x01') + "abcdefg";
        QCOMPARE(prefixLengthOf(bytesOf(seven)), std::size_t{16});
        QCOMPARE(prefixLengthOf(bytesOf(seven + "\x01")), std::size_t{16});
        QCOMPARE(prefixLengthOf(bytesOf(seven + "h")), std::size_t{9});
        const std::string last = std::string(15, '\x01') + "abcdefgh";
        QCOMPARE(prefixLengthOf(bytesOf(last)), std::size_t{15});
        QCOMPARE(prefixLengthOf(bytesOf(std::string(16, '\x01') + "abcdefgh")), std::size_t{16});
    }

    void gapsBelongToTheirDirection()
    {
        Recorder recorder({}, {0}, false);
        for (const auto& packet : {packetAt(10, true), packetAt(15, false), packetAt(30, true), packetAt(26, false)})
            recorder.add(packet);
        const auto& packets = recorder.session().packets();
        QCOMPARE(packets.size(), std::size_t{4});
        QCOMPARE(packets[0].gapMs, 0.0); // the first of its direction
        QCOMPARE(packets[1].gapMs, 0.0);
        QCOMPARE(packets[2].gapMs, 20.0);
        QCOMPARE(packets[3].gapMs, 11.0);
        QVERIFY(packets[2].direction == Direction::Uplink && packets[3].direction == Direction::Downlink);
    }

    void directionsCanBeSwapped()
    {
        Recorder recorder({}, {0}, true);
        recorder.add(packetAt(1, true));
        QVERIFY(recorder.session().packets()[0].direction == Direction::Downlink);
        QVERIFY(recorder.finish({2}, EndReason::Stopped).swapped);
    }

    void whatIsNoNumberIsRefused()
    {
        Recorder recorder({}, {0}, false);
        for (const float entropy : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            SeenPacket packet = packetAt(1, true);
            packet.entropy = entropy;
            recorder.add(packet);
        }
        recorder.add(packetAt(2, true, 100'000));
        QCOMPARE(recorder.refused(), std::uint64_t{2});
        QCOMPARE(recorder.session().packets().size(), std::size_t{1});
        QCOMPARE(recorder.session().packets()[0].gapMs, 0.0); // refused ones are not what it is measured from
        QCOMPARE(recorder.session().packets()[0].size, std::uint16_t{65535});
    }

    void histogramsCountEveryPacketOnce()
    {
        Recorder recorder({}, {0}, false);
        for (int i = 0; i < 1000; ++i)
            recorder.add(packetAt(i * i, i % 2 == 0, static_cast<std::uint32_t>(i * 40)));
        const Histograms& counts = recorder.histograms();
        for (std::size_t side = 0; side < 2; ++side) {
            std::uint32_t sum[3] = {};
            for (const std::uint32_t count : counts.sizes[side])
                sum[0] += count;
            for (const std::uint32_t count : counts.gaps[side])
                sum[1] += count;
            for (const std::uint32_t count : counts.entropies[side])
                sum[2] += count;
            for (const std::uint32_t each : sum)
                QCOMPARE(each, 500U);
        }
        for (std::size_t bin = 1; bin < Histograms::kGapBins; ++bin) { // each bin holds its own start
            const double start = Histograms::gapBinStart(bin);
            QCOMPARE(Histograms::gapBin(start * 1.000001), bin);
            QCOMPARE(Histograms::gapBin(start * 0.999999), bin - 1);
        }
        QCOMPARE(Histograms::gapBin(-1.0), std::size_t{0});
        QCOMPARE(Histograms::gapBin(1e300), Histograms::kGapBins - 1);
    }
};

QTEST_GUILESS_MAIN(RecorderTest)
#include "recorder_test.moc"
