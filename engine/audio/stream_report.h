#pragma once

// What is known of one voice stream, as everyone outside the room sees it: an immutable value for snapshots, the store,
// the dock and exports.

#include "engine/audio/audio_scorer.h"
#include "engine/audio/calibrated_verdict.h"
#include "engine/audio/stream_timeline.h"
#include "engine/flow/flow_record.h"
#include "engine/protocol/media_wrapping.h"

#include <memory>

namespace timbre::audio {

enum class StreamKind : std::uint8_t { Rtp, Wzp, OldWzp, CompactWzp };
/// "RTP", "WZP 2", "WZP 1", "WZP compact"
[[nodiscard]] const char* toString(StreamKind kind);

enum class FoundBy : std::uint8_t { Heuristic, SessionDescription, Rtcp };
/// "sequence", "sdp", "rtcp"
[[nodiscard]] const char* toString(FoundBy by);

enum class Media : std::uint8_t { Audio, Video };
[[nodiscard]] const char* toString(Media media);

struct StreamEnd {
    IpAddress address;
    std::uint16_t port = 0;
    bool operator==(const StreamEnd&) const = default;
};

/// E-model (ITU-T G.107): an estimate from what the path shows, for the codec as known.
struct QualityEstimate {
    double rating = 0.0; // R, 0 … 100
    double mos = 1.0;    // 1 … 4.5
    double delayMs = 0.0;
    bool delayMeasured = false; // false: a usual delay was assumed
    bool codecKnown = false;
};

struct StreamReport {
    std::uint32_t index = 0;                 // in the order in which streams were recognised
    std::uint32_t flow = flow::kNoFlow;      // FlowRecord::index
    flow::Side side = flow::Side::Initiator; // that sends
    StreamEnd source;
    StreamEnd destination;
    StreamKind kind = StreamKind::Rtp;
    FoundBy foundBy = FoundBy::Heuristic;
    protocol::Wrapping wrapping = protocol::Wrapping::None;
    Media media = Media::Audio;
    std::uint32_t ssrc = 0;                 // stream id of WZP
    std::string codec;                      // as shown
    std::vector<std::uint8_t> payloadTypes; // seen, in order of their first packet
    Timestamp first;
    Timestamp last;
    std::uint64_t firstPacket = 0; // frame numbers
    std::uint64_t lastPacket = 0;
    std::uint64_t packets = 0;
    std::uint64_t payloadBytes = 0;
    std::uint64_t expected = 0;
    std::uint64_t lost = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t late = 0;
    std::uint64_t reports = 0; // RTCP or quality reports
    std::uint32_t clockHz = 0;
    std::optional<double> jitterMs; // RFC 3550
    bool ended = false;
    ScorerResult exact;
    std::uint8_t exactCodec = 0; // what the exact scorer was told
    CalibratedVerdict calibrated;
    StreamFeatures features;
    std::optional<QualityEstimate> quality;         // of audio with a known clock
    std::shared_ptr<const StreamTimeline> timeline; // never null

    [[nodiscard]] double seconds() const
    {
        return static_cast<double>(std::max<std::int64_t>(0, elapsedNs(first, last))) / 1e9;
    }
    /// For people: "12 of 50 packets"; empty when nothing is missing for a verdict.
    [[nodiscard]] std::string missing() const { return missingText(calibrated.missing, packets, seconds()); }
    [[nodiscard]] double lossShare() const
    {
        return expected == 0 ? 0.0 : static_cast<double>(lost) / static_cast<double>(expected);
    }
};

/// What the room did not do because of its limits.
struct MonitorCounters {
    std::uint64_t streams = 0;              // recognised
    std::uint64_t streamsRefused = 0;       // by the cap on streams
    std::uint64_t flowsRefused = 0;         // by the cap on flows that are looked at
    std::uint64_t candidatesDropped = 0;    // by the cap per flow, before they were recognised
    std::uint64_t announcementsDropped = 0; // by the cap on what session descriptions say
};

/// All streams of a capture, in the order of their index.
struct StreamList {
    std::vector<std::shared_ptr<const StreamReport>> streams;
    MonitorCounters counters;
};

} // namespace timbre::audio
