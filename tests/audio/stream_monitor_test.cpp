// How voice streams are found, followed and told apart, and what happens at the limits.

#include "tests/audio/datagram_maker.h"

#include <QTest>

#include <array>

using namespace timbre;
using namespace timbre::audio;
using namespace timbre::test;

namespace {

std::vector<std::shared_ptr<const StreamReport>> streamsOf(StreamMonitor& monitor)
{
    return monitor.list()->streams;
}

const char* kInvite = "INVITE sip:b@example.org SIP/2.0\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n"
                      "c=IN IP4 192.0.2.2\r\nm=audio 30002 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\n"
                      "a=rtpmap:101 telephone-event/8000\r\n";

} // namespace

class StreamMonitorTest : public QObject {
    Q_OBJECT

private slots:
    void tenPacketsInSequenceAreAStream()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(9);
        QVERIFY(streamsOf(monitor).empty());
        wire.send(180.0, rtp({.sequence = 9, .timestamp = 9 * 160}));
        const auto streams = streamsOf(monitor);
        QCOMPARE(streams.size(), std::size_t{1});
        QCOMPARE(streams[0]->packets, std::uint64_t{10}); // from the first on
        QCOMPARE(streams[0]->firstPacket, std::uint64_t{1});
        QCOMPARE(streams[0]->codec, std::string("PCMU"));
        QCOMPARE(streams[0]->foundBy, FoundBy::Heuristic);
        QCOMPARE(streams[0]->ssrc, 0x11223344U);
    }

    void whatDoesNotContinueIsNoStream()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        for (int i = 0; i < 200; ++i) // a number that jumps
            wire.send(20.0 * i, rtp({.sequence = static_cast<std::uint16_t>(i * 977), .timestamp = 160U * i}));
        for (int i = 0; i < 200; ++i) // a source that changes
            wire.send(4000 + 20.0 * i, rtp({.sequence = static_cast<std::uint16_t>(i),
                                            .timestamp = 160U * i,
                                            .ssrc = 0x9e3779b9U * static_cast<std::uint32_t>(i)}));
        QVERIFY(streamsOf(monitor).empty());
    }

    void lossReorderingAndDuplicates()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(20);
        for (const unsigned sequence : {22U, 21U, 23U, 23U, 65'535U & 25U}) // 20 and 24 lost, 21 late, 23 twice
            wire.send(440 + sequence,
                      rtp({.sequence = static_cast<std::uint16_t>(sequence), .timestamp = sequence * 160}));
        const auto stream = streamsOf(monitor).at(0);
        QCOMPARE(stream->packets, std::uint64_t{25});
        QCOMPARE(stream->expected, std::uint64_t{26});
        QCOMPARE(stream->lost, std::uint64_t{2});
        QCOMPARE(stream->late, std::uint64_t{1});
        QCOMPARE(stream->duplicates, std::uint64_t{1});
    }

    void numbersMayWrap()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(100, {.sequence = 65'500, .timestamp = 0xffffff00});
        const auto stream = streamsOf(monitor).at(0);
        QCOMPARE(stream->expected, std::uint64_t{100});
        QCOMPARE(stream->lost, std::uint64_t{0});
        QVERIFY(*stream->jitterMs < 0.001);
    }

    void sessionDescriptionExplainsDynamicTypes()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.send(0, textBytes(kInvite), flow::Side::Responder, 7);
        wire.sendRtp(4, {.type = 96}, 10.0);
        const auto stream = streamsOf(monitor).at(0); // fewer packets are enough
        QCOMPARE(stream->codec, std::string("opus"));
        QCOMPARE(stream->clockHz, 48'000U);
        QCOMPARE(stream->foundBy, FoundBy::SessionDescription);
        QVERIFY(stream->features.announced && !stream->features.secure);
    }

    void lateDescriptionNamesAStreamThatRuns()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(20, {.type = 96});
        QCOMPARE(streamsOf(monitor).at(0)->codec, std::string("unknown"));
        wire.send(500, textBytes(kInvite), flow::Side::Responder, 7);
        wire.sendRtp(5, {.type = 96, .sequence = 20, .timestamp = 3200}, 510);
        QCOMPARE(streamsOf(monitor).at(0)->codec, std::string("opus"));
    }

    void rtspSetupOpensPorts()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.send(0,
                  textBytes("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 0 RTP/AVP 97\r\n"
                            "a=rtpmap:97 AMR/8000\r\n"),
                  flow::Side::Initiator, 7);
        // The answer to SETUP goes the same way as the media.
        wire.send(1,
                  textBytes("RTSP/1.0 200 OK\r\nTransport: RTP/AVP;unicast;client_port=30002-30003;"
                            "server_port=30000-30001\r\n\r\n"),
                  flow::Side::Initiator, 7);
        wire.sendRtp(4, {.type = 97, .payload = 32}, 10.0);
        QCOMPARE(streamsOf(monitor).at(0)->codec, std::string("AMR"));
    }

    void reportsCountForTheirStream()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(20);
        Buffer report;
        put(report, 0x80c80006, 4); // sender report without blocks
        put(report, 0x11223344, 4);
        put(report, 0, 20);
        wire.send(500, report, flow::Side::Initiator, 1);
        Buffer other = report;
        other[7] = std::byte{0x45}; // somebody else's
        wire.send(510, other, flow::Side::Initiator, 1);
        wire.sendRtp(2, {.sequence = 20, .timestamp = 3200}, 520);
        QCOMPARE(streamsOf(monitor).at(0)->reports, std::uint64_t{1});
        // The source that was announced by RTCP needs fewer packets.
        wire.sendRtp(4, {.ssrc = 0x11223345}, 600);
        const auto streams = streamsOf(monitor);
        QCOMPARE(streams.size(), std::size_t{2});
        QCOMPARE(streams[1]->foundBy, FoundBy::Rtcp);
    }

    void mediaInsideTurnAndZoom()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        for (std::uint16_t i = 0; i < 12; ++i) {
            const Buffer inner = rtp({.sequence = i, .timestamp = 160U * i});
            Buffer channel;
            put(channel, 0x4001, 2);
            put(channel, inner.size(), 2);
            channel.insert(channel.end(), inner.begin(), inner.end());
            wire.send(20.0 * i, channel, flow::Side::Initiator, 0);
            Buffer zoom;
            put(zoom, 5, 1);
            zoom.resize(8);
            put(zoom, 15, 1);
            zoom.resize(8 + 19);
            const Buffer audio = rtp({.type = 112, .sequence = i, .timestamp = 640U * i});
            zoom.insert(zoom.end(), audio.begin(), audio.end());
            wire.send(20.0 * i, zoom, flow::Side::Initiator, 1);
        }
        const auto streams = streamsOf(monitor);
        QCOMPARE(streams.size(), std::size_t{2});
        QCOMPARE(streams[0]->wrapping, protocol::Wrapping::TurnChannel);
        QCOMPARE(streams[0]->features.packets, std::uint64_t{12});
        QCOMPARE(streams[1]->wrapping, protocol::Wrapping::ZoomServer);
    }

    void wzpWithQualityReports()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        for (std::uint32_t i = 0; i < 50; ++i)
            wire.send(20.0 * i, wzp(3, i, 20 * i, 8, i % 10 == 0));
        const auto stream = streamsOf(monitor).at(0);
        QCOMPARE(stream->kind, StreamKind::Wzp);
        QCOMPARE(stream->codec, std::string("Codec2_3200"));
        QCOMPARE(stream->payloadBytes, std::uint64_t{400}); // without the trailers
        QCOMPARE(stream->reports, std::uint64_t{5});
        QCOMPARE(stream->exact.packets, std::uint64_t{50});
        QCOMPARE(stream->exact.features.silenceFraction, 1.0);
    }

    void wzpOfOlderVersionMustKeepTime()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        const auto old = [](std::uint32_t sequence, std::uint32_t ms) {
            Buffer out;
            put(out, 0 << 2, 1);
            put(out, 0, 1);
            put(out, sequence, 2);
            put(out, ms, 4);
            put(out, 0, 4);
            out.resize(out.size() + 60);
            return out;
        };
        for (std::uint32_t i = 0; i < 40; ++i)
            wire.send(20.0 * i, old(i, 21 * i), flow::Side::Initiator, 1); // not the frame of the codec
        QVERIFY(streamsOf(monitor).empty());
        for (std::uint32_t i = 0; i < 40; ++i)
            wire.send(1000 + 20.0 * i, old(i, 20 * i), flow::Side::Initiator, 2);
        const auto stream = streamsOf(monitor).at(0);
        QCOMPARE(stream->kind, StreamKind::OldWzp);
        QCOMPARE(stream->packets, std::uint64_t{40});
    }

    void wzpInTrunksAndCompactFrames()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        for (std::uint32_t i = 0; i < 12; ++i) {
            Buffer trunk;
            put(trunk, 2, 2);
            for (const std::uint16_t session : std::array<std::uint16_t, 2>{7, 8}) {
                const Buffer packet = wzp(0, i, 20 * i, 60);
                put(trunk, session, 2);
                put(trunk, packet.size(), 2);
                trunk.insert(trunk.end(), packet.begin(), packet.end());
            }
            wire.send(20.0 * i, trunk, flow::Side::Initiator, 1);
            Buffer compact;
            put(compact, i % 6 == 0 ? 0 : 1, 1);
            if (i % 6 == 0) {
                const Buffer full = wzp(1, i, 20 * i, 40);
                compact.insert(compact.end(), full.begin(), full.end());
            } else {
                put(compact, 20, 2);
                put(compact, 40, 2);
                compact.resize(compact.size() + 40);
            }
            wire.send(20.0 * i, compact, flow::Side::Initiator, 2);
        }
        const auto streams = streamsOf(monitor);
        QCOMPARE(streams.size(), std::size_t{3});
        QCOMPARE(streams[0]->ssrc, 7U << 8U);
        QCOMPARE(streams[1]->ssrc, 8U << 8U);
        QCOMPARE(streams[2]->kind, StreamKind::CompactWzp);
        QCOMPARE(streams[2]->packets, std::uint64_t{12});
    }

    void streamsEndWithTheirFlow()
    {
        StreamMonitor monitor;
        Wire wire(monitor);
        wire.sendRtp(20);
        monitor.flowEnded(0);
        QVERIFY(streamsOf(monitor).at(0)->ended);
        wire.sendRtp(20); // the same source in a new flow is a new stream
        const auto streams = streamsOf(monitor);
        QCOMPARE(streams.size(), std::size_t{2});
        QCOMPARE(streams[0]->packets, std::uint64_t{20});
    }

    void capsAreCounted()
    {
        StreamMonitor monitor({.maxStreams = 2, .maxFlows = 3});
        Wire wire(monitor);
        for (std::uint32_t flow = 0; flow < 5; ++flow) {
            for (std::uint16_t i = 0; i < 12; ++i)
                wire.send(20.0 * i, rtp({.sequence = i, .timestamp = 160U * i}), flow::Side::Initiator, flow);
        }
        const auto list = monitor.list();
        QCOMPARE(list->streams.size(), std::size_t{2});
        QVERIFY(list->counters.streamsRefused > 0);
        QCOMPARE(list->counters.flowsRefused, std::uint64_t{24}); // datagrams of the two flows too many
    }
};

QTEST_GUILESS_MAIN(StreamMonitorTest)
#include "stream_monitor_test.moc"
