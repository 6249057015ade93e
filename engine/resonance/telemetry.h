#pragma once

// Loss and round trips of one flow, as far as its packets tell: TCP's retransmissions and acknowledgements, gaps in the
// sequence numbers of RTP, the loss and the delays that RTCP reports. Round trips are measured between where the
// capture was taken and the answering end, TCP's first one is that of the handshake.

#include "engine/decode/packet.h"
#include "engine/flow/flow_table.h"

#include <algorithm>
#include <optional>

namespace timbre::resonance {

class Telemetry {
public:
    void packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, Timestamp time)
    {
        if (packet.key.l4 == decode::L4::Tcp)
            tcpPacket(side, packet, time);
        else if (flow.record.app == flow::App::Rtp || flow.record.app == flow::App::Rtcp)
            mediaPacket(side, packet, time);
    }

    struct Sample {
        std::optional<double> loss;        // share of packets since the last call; none without a way to tell
        std::optional<double> roundTripMs; // mean since the last call
    };
    /// What was seen since the last call.
    [[nodiscard]] Sample take(const flow::FlowRecord& record);

private:
    void tcpPacket(flow::Side side, const decode::Packet& packet, Timestamp time);
    void mediaPacket(flow::Side side, const decode::Packet& packet, Timestamp time);

    struct Outstanding { // one segment per side whose acknowledgement is waited for
        std::uint32_t end = 0;
        Timestamp sent;
        bool waiting = false;
    };
    struct Media {              // RTP and RTCP of one side
        std::uint64_t seen = 0; // bit i: number `last` − i came
        Timestamp reportTime;
        std::uint32_t source = 0;
        std::uint32_t reporter = 0;
        std::uint32_t reportStamp = 0; // middle of the NTP time of its last sender report
        std::uint16_t last = 0;
        bool known = false;
        bool reports = false;
    };
    void media(Media& known, std::uint32_t source, std::uint16_t number);
    void report(flow::Side side, Bytes payload, Timestamp time);

    std::array<Outstanding, 2> m_outstanding{}; // first what packets of TCP touch
    double m_roundTripSum = 0.0;
    std::uint32_t m_roundTrips = 0;
    std::uint32_t m_arrived = 0; // media packets
    std::uint32_t m_missing = 0;
    std::array<Media, 2> m_media{};
    std::optional<double> m_reportedLoss;
    std::uint64_t m_packetsTaken = 0;
    std::uint64_t m_retransmissionsTaken = 0;
    bool m_handshakeTaken = false;
};

inline void Telemetry::tcpPacket(flow::Side side, const decode::Packet& packet, Timestamp time)
{
    constexpr double kNsPerMs = 1e6;
    const auto before = [](std::uint32_t a, std::uint32_t b) { // across the wrap of sequence numbers
        return static_cast<std::int32_t>(a - b) < 0;
    };
    Outstanding& own = m_outstanding[static_cast<std::size_t>(side)];
    Outstanding& other = m_outstanding[1 - static_cast<std::size_t>(side)];
    if ((packet.tcpFlags & decode::kTcpAck) != 0 && other.waiting && !before(packet.tcpAcknowledgement, other.end)) {
        m_roundTripSum += static_cast<double>(std::max<std::int64_t>(0, elapsedNs(other.sent, time))) / kNsPerMs;
        ++m_roundTrips;
        other.waiting = false;
    }
    if (packet.payloadLength == 0)
        return;
    const std::uint32_t end = packet.tcpSequence + packet.payloadLength;
    if (!own.waiting)
        own = {end, time, true};
    else if (!before(own.end, end)) // sent again: its acknowledgement could belong to either
        own.waiting = false;
}

} // namespace timbre::resonance
