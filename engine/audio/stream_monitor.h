#pragma once

// Finds voice streams in UDP datagrams and follows them: RTP (announced by SIP or RTSP, known from RTCP, or recognised
// by its sequence), RTP inside TURN and Zoom's headers, and WZP. One monitor belongs to one analysis and one thread;
// results depend on the datagrams and their order alone.

#include "engine/audio/call_directory.h"
#include "engine/audio/monitor_limits.h"
#include "engine/audio/stream_report.h"
#include "engine/base/index_map.h"
#include "engine/protocol/rtp.h"
#include "engine/protocol/rtsp_interleaved.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace timbre::audio {

/// One datagram or TCP segment as the monitor wants it.
struct MediaDatagram {
    std::uint32_t flow = flow::kNoFlow; // FlowRecord::index
    flow::Side side = flow::Side::Initiator;
    decode::FlowKey key;
    bool reverse = false;  // the source is b of the key
    bool doubtful = false; // what is known of the flow speaks against media: it is given up sooner
    Timestamp time;
    std::uint64_t frameNumber = 0;
    Bytes payload;                 // what the capture has
    std::uint32_t wireBytes = 0;   // of the payload
    std::uint32_t tcpSequence = 0; // of a segment

    [[nodiscard]] StreamEnd source() const { return end(reverse); }
    [[nodiscard]] StreamEnd destination() const { return end(!reverse); }

private:
    [[nodiscard]] StreamEnd end(bool b) const
    {
        return b ? StreamEnd{key.b(), key.portB} : StreamEnd{key.a(), key.portA};
    }
};

class StreamMonitor {
public:
    explicit StreamMonitor(MonitorLimits limits = {});
    ~StreamMonitor();
    StreamMonitor(const StreamMonitor&) = delete;
    StreamMonitor& operator=(const StreamMonitor&) = delete;

    /// False when no media is to be expected of this flow any more.
    bool datagram(const MediaDatagram& datagram);
    /// A TCP segment: looked at for session descriptions, and for media of RTSP between its messages.
    void segment(const MediaDatagram& segment);
    /// SIP or RTSP was seen in this flow over TCP.
    [[nodiscard]] bool carriesCalls(std::uint32_t flow) const
    {
        return (!m_signalling.empty() && m_signalling.contains(flow)) ||
               (!m_interleaved.empty() && m_interleaved.contains(flow));
    }
    void flowEnded(std::uint32_t flow);
    void finish();

    /// All streams as they are now; between two calls only what changed is made anew.
    [[nodiscard]] std::shared_ptr<const StreamList> list();
    [[nodiscard]] const MonitorCounters& counters() const { return m_counters; }

private:
    struct Candidate;
    struct FlowState;
    struct Stream;
    struct Found; // a media packet, and where it belongs

    FlowState* stateOf(std::uint32_t flow);
    void lookAt(FlowState& state, const MediaDatagram& datagram);
    void lookAtInterleaved(const MediaDatagram& segment);
    void lookAtRtp(FlowState& state, const MediaDatagram& datagram, Bytes bytes, std::size_t wireBytes,
                   protocol::Wrapping wrapping);
    bool lookAtWzp(FlowState& state, const MediaDatagram& datagram);
    bool lookAtTrunk(FlowState& state, const MediaDatagram& datagram);
    void take(FlowState& state, const MediaDatagram& datagram, const Found& found);
    void propose(FlowState& state, const MediaDatagram& datagram, const Found& found);
    void recognise(FlowState& state, const MediaDatagram& datagram, Candidate& candidate);
    void takeReport(FlowState& state, const MediaDatagram& datagram, const protocol::RtcpReport& report);
    void reportFor(std::uint32_t ssrc, const MediaDatagram& datagram);
    void measureRoundTrip(const protocol::RtcpBlock& block, const MediaDatagram& datagram);
    void takeCallSetup(const MediaDatagram& datagram);
    void announceToStreams();
    [[nodiscard]] const VoiceStream* oppositeOf(const VoiceStream& stream) const;
    [[nodiscard]] std::shared_ptr<const StreamReport> reportOf(const Stream& stream) const;

    MonitorLimits m_limits;
    MonitorCounters m_counters;
    CallDirectory m_calls;
    IndexMap<FlowState> m_flows;
    std::unordered_set<std::uint32_t> m_signalling; // live TCP flows that speak SIP or RTSP
    std::unordered_map<std::uint32_t, std::array<protocol::InterleavedReader, 2>> m_interleaved; // by flow; by Side
    std::vector<Stream> m_streams;                                                               // by index
    std::unordered_multimap<std::uint32_t, std::uint32_t> m_bySsrc;                              // live streams
    std::unordered_map<std::uint32_t, Timestamp> m_reportedSources; // SSRCs that RTCP named
    std::vector<std::uint32_t> m_changed;                           // streams whose report is old
    std::vector<protocol::WzpTrunkEntry> m_trunk;
};

} // namespace timbre::audio
