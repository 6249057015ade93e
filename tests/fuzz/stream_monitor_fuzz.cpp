// The finders of voice streams on a run of datagrams: each begins with three bytes that say which flow and side it is
// of (or that it is a TCP segment), how long it is and how much later it comes.

#include "engine/audio/stream_monitor.h"

#include <cstdlib>

using namespace timbre;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    audio::StreamMonitor monitor({.maxStreams = 8, .maxFlows = 4, .maxCandidatesPerSide = 3, .maxAnnouncements = 4});
    const Bytes bytes = std::as_bytes(std::span(data, size));
    audio::MediaDatagram datagram;
    datagram.key.family = IpFamily::V4;
    datagram.key.l4 = decode::L4::Udp;
    for (std::size_t at = 0; size - at >= 3;) {
        datagram.flow = data[at] & 7U;
        datagram.side = (data[at] & 8U) != 0 ? flow::Side::Responder : flow::Side::Initiator;
        datagram.reverse = datagram.side == flow::Side::Responder;
        if ((data[at] & 0x80U) != 0)
            monitor.flowEnded(datagram.flow);
        const std::size_t length = std::min<std::size_t>(data[at + 1], size - at - 3);
        datagram.time.ns += (static_cast<std::int64_t>(data[at + 2]) - 16) * 1'000'000;
        datagram.payload = bytes.subspan(at + 3, length);
        datagram.wireBytes = static_cast<std::uint32_t>(length + (data[at] >> 4U & 3U));
        ++datagram.frameNumber;
        if ((data[at] & 0x04U) != 0) { // TCP: RTSP and what it carries
            datagram.tcpSequence += datagram.wireBytes - (data[at] >> 4U & 1U);
            monitor.segment(datagram);
        } else {
            monitor.datagram(datagram);
        }
        if ((data[at] & 0x40U) != 0)
            (void)monitor.list();
        at += 3 + length;
    }
    monitor.finish();
    const auto list = monitor.list();
    for (const auto& stream : list->streams) {
        if (!stream->timeline || stream->timeline->bins.size() > audio::kMaxTimelineBins ||
            stream->lost > stream->expected)
            std::abort();
    }
    return 0;
}
