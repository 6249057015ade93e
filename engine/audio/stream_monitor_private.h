#pragma once

// What the monitor keeps of a flow and of a stream, shared by its sources: what follows streams, and what recognises
// them.

#include "engine/audio/stream_monitor.h"

#include <array>

namespace timbre::audio {

using flow::Side;

inline constexpr std::size_t kProofPackets = 10; // in sequence, by number and timestamp

inline std::size_t indexOf(Side side)
{
    return static_cast<std::size_t>(side);
}

inline Side other(Side side)
{
    return side == Side::Initiator ? Side::Responder : Side::Initiator;
}

struct StreamMonitor::Found {
    StreamKind kind = StreamKind::Rtp;
    protocol::Wrapping wrapping = protocol::Wrapping::None;
    std::uint32_t source = 0; // SSRC, or session and stream id
    MediaPacket packet;
};

struct StreamMonitor::Candidate {
    StreamKind kind = StreamKind::Rtp;
    protocol::Wrapping wrapping = protocol::Wrapping::None;
    std::uint32_t source = 0;
    MediaPacket last;                 // without payload, as all here: it is gone by the next datagram
    std::vector<MediaPacket> packets; // in sequence; empty while there is but one: most candidates get no further
    std::size_t inTime = 1;           // packets whose timestamp continues too
    bool timestampMoved = false;

    void restart(const MediaPacket& packet)
    {
        last = packet;
        packets.clear();
        inTime = 1;
        timestampMoved = false;
    }
    void append(const MediaPacket& packet)
    {
        if (packets.empty()) {
            packets.reserve(kProofPackets);
            packets.push_back(last);
        }
        packets.push_back(packet);
        last = packet;
    }
};

struct StreamMonitor::FlowState {
    /// The stream that was continued last, by Side: nearly always the one of the next packet, too.
    struct Latest {
        VoiceStream* stream = nullptr;
        std::uint32_t index = 0;
        std::uint32_t source = 0;
        StreamKind kind = StreamKind::Rtp;
        protocol::Wrapping wrapping = protocol::Wrapping::None;
    };
    // What every packet touches, in front.
    std::array<Latest, 2> latest;
    unsigned fruitless = 0;
    bool callSetup = false;
    std::array<std::vector<std::uint32_t>, 2> streams; // by Side
    std::array<std::vector<Candidate>, 2> candidates;  // by Side, most recent last
    std::array<protocol::WzpCompactReader, 2> compact;
};

struct StreamMonitor::Stream {
    std::unique_ptr<VoiceStream> live; // null once ended
    std::shared_ptr<const StreamReport> report;
    FlowState* path = nullptr; // while live
    std::optional<double> oneWayMs;
    std::uint32_t lastSenderReport = 0;
    Timestamp senderReportTime;
};

} // namespace timbre::audio
