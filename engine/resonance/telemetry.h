#pragma once

// Loss and round trips of one flow, as far as its packets tell: TCP's retransmissions and acknowledgements, gaps in the
// sequence numbers of RTP, the loss that RTCP reports. Round trips are measured between where the capture was taken and
// the acknowledging end, the first one is that of the handshake.

#include "engine/decode/packet.h"
#include "engine/flow/flow_table.h"

#include <optional>

namespace timbre::resonance {

class Telemetry {
public:
    void packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, Timestamp time);

    struct Sample {
        std::optional<double> loss;        // share of packets since the last call; none without a way to tell
        std::optional<double> roundTripMs; // mean since the last call
    };
    /// What was seen since the last call.
    [[nodiscard]] Sample take(const flow::FlowRecord& record);

private:
    void tcpPacket(flow::Side side, const decode::Packet& packet, Timestamp time);
    void mediaPacket(flow::Side side, const decode::Packet& packet);

    struct Outstanding { // one segment per side whose acknowledgement is waited for
        std::uint32_t end = 0;
        Timestamp sent;
        bool waiting = false;
    };
    struct Sequence { // of RTP
        std::uint32_t ssrc = 0;
        std::uint16_t last = 0;
        bool known = false;
    };
    std::array<Outstanding, 2> m_outstanding{};
    std::array<Sequence, 2> m_sequence{};
    double m_roundTripSum = 0.0;
    std::uint32_t m_roundTrips = 0;
    std::uint32_t m_mediaPackets = 0;
    std::uint32_t m_mediaMissing = 0;
    std::optional<double> m_reportedLoss;
    std::uint64_t m_packetsTaken = 0;
    std::uint64_t m_retransmissionsTaken = 0;
    bool m_handshakeTaken = false;
};

} // namespace timbre::resonance
