// Media inside the TCP connection of RTSP: frames over segment borders, messages between them, gaps and repetitions.

#include "engine/protocol/rtsp_interleaved.h"
#include "tests/audio/datagram_maker.h"

#include <QTest>

using namespace timbre;
using namespace timbre::test;
using protocol::InterleavedReader;

namespace {

Buffer frame(std::uint8_t channel, const Buffer& packet)
{
    Buffer out;
    put(out, '$', 1);
    put(out, channel, 1);
    put(out, packet.size(), 2);
    out.insert(out.end(), packet.begin(), packet.end());
    return out;
}

Buffer voice(std::uint16_t number)
{
    return rtp({.type = 97, .sequence = number, .timestamp = 160U * number, .payload = 40});
}

Buffer joined(std::initializer_list<Buffer> parts)
{
    Buffer out;
    for (const Buffer& part : parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

/// Sends segments of one direction of a connection to a monitor.
class Connection {
public:
    explicit Connection(audio::StreamMonitor& monitor)
        : m_monitor(monitor)
    {
    }

    void send(const Buffer& bytes)
    {
        audio::MediaDatagram segment;
        segment.flow = 3;
        segment.side = flow::Side::Responder;
        segment.key.addressA = {192, 0, 2, 1};
        segment.key.addressB = {192, 0, 2, 2};
        segment.key.family = IpFamily::V4;
        segment.key.l4 = decode::L4::Tcp;
        segment.key.portA = 50000;
        segment.key.portB = 554;
        segment.reverse = true;
        segment.time = {++m_number * 20'000'000};
        segment.frameNumber = static_cast<std::uint64_t>(m_number);
        segment.payload = bytes;
        segment.wireBytes = static_cast<std::uint32_t>(bytes.size());
        segment.tcpSequence = m_sequence;
        m_sequence += segment.wireBytes;
        m_monitor.segment(segment);
    }

private:
    audio::StreamMonitor& m_monitor;
    std::int64_t m_number = 0;
    std::uint32_t m_sequence = 0xfffff000U; // wraps on the way
};

} // namespace

class RtspInterleavedTest : public QObject {
    Q_OBJECT

private slots:
    void framesMayCrossSegments()
    {
        const Buffer all = joined({frame(0, voice(1)), frame(1, voice(2)), frame(0, voice(3))});
        for (std::size_t cut = 1; cut + 1 < all.size(); ++cut) {
            InterleavedReader reader;
            const Buffer head = frame(0, voice(0));
            QCOMPARE(reader.take(100, head, head.size()).size(), std::size_t{1});
            const auto start = static_cast<std::uint32_t>(100 + head.size());
            std::size_t frames = reader.take(start, Bytes(all).first(cut), cut).size();
            frames +=
                reader.take(start + static_cast<std::uint32_t>(cut), Bytes(all).subspan(cut), all.size() - cut).size();
            QCOMPARE(frames, std::size_t{3});
        }
    }

    void messagesMayStandBetween()
    {
        InterleavedReader reader;
        const Buffer all =
            joined({frame(0, voice(1)), textBytes("RTSP/1.0 200 OK\r\nCSeq: 5\r\n\r\n"), frame(0, voice(2))});
        const auto& frames = reader.take(0, all, all.size());
        QCOMPARE(frames.size(), std::size_t{2});
        QCOMPARE(Bytes(voice(2)).size(), frames[1].bytes.size());
        QVERIFY(std::ranges::equal(frames[1].bytes, voice(2)));
    }

    void whatComesAgainIsNotCountedAgain()
    {
        InterleavedReader reader;
        const Buffer one = frame(0, voice(1));
        QCOMPARE(reader.take(0, one, one.size()).size(), std::size_t{1});
        QCOMPARE(reader.take(0, one, one.size()).size(), std::size_t{0});
        const Buffer both = joined({one, frame(0, voice(2))}); // the second half is new
        QCOMPARE(reader.take(0, both, both.size()).size(), std::size_t{1});
    }

    void afterAGapTheNextWholeFrameCounts()
    {
        InterleavedReader reader;
        const Buffer one = frame(0, voice(1));
        QCOMPARE(reader.take(0, Bytes(one).first(30), 30).size(), std::size_t{0});
        QCOMPARE(reader.take(0, one, one.size()).size(), std::size_t{1});
        QCOMPARE(reader.take(5000, Bytes(one).subspan(10), one.size() - 10).size(), std::size_t{0});
        QCOMPARE(reader.take(6000, one, one.size()).size(), std::size_t{1});
    }

    void otherTcpIsNotTakenForIt()
    {
        QVERIFY(!protocol::beginsWithInterleavedFrame(textBytes("$10.00 is what it costs, and not a cent more")));
        Buffer wrong = frame(0, voice(1));
        wrong.pop_back();
        QVERIFY(!protocol::beginsWithInterleavedFrame(wrong));
        QVERIFY(protocol::beginsWithInterleavedFrame(frame(0, voice(1))));
    }

    void streamsAreFoundAndNamed()
    {
        audio::StreamMonitor monitor;
        Connection connection(monitor);
        connection.send(
            textBytes("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 0 RTP/AVP 97\r\n"
                      "a=rtpmap:97 AMR/8000\r\n"));
        connection.send(textBytes("RTSP/1.0 200 OK\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"));
        for (std::uint16_t i = 0; i < 12; ++i)
            connection.send(frame(0, voice(i)));
        const auto streams = monitor.list()->streams;
        QCOMPARE(streams.size(), std::size_t{1});
        QCOMPARE(streams[0]->packets, std::uint64_t{12});
        QCOMPARE(streams[0]->codec, std::string("AMR"));
        QCOMPARE(streams[0]->wrapping, protocol::Wrapping::Rtsp);
        QCOMPARE(streams[0]->lost, std::uint64_t{0});
    }

    void alsoWithoutTheBeginning()
    {
        audio::StreamMonitor monitor;
        Connection connection(monitor);
        for (std::uint16_t i = 0; i < 12; ++i)
            connection.send(frame(0, voice(i)));
        QCOMPARE(monitor.list()->streams.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(RtspInterleavedTest)
#include "rtsp_interleaved_test.moc"
