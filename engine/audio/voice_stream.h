#pragma once

// One recognised stream: takes its packets in order of arrival, feeds the exact scorer and the meters, and makes
// reports. Knows nothing of datagrams or flows; the monitor hands it media packets.

#include "engine/audio/activity_meter.h"
#include "engine/audio/clock_meter.h"
#include "engine/audio/content_meter.h"
#include "engine/audio/fetch_ahead.h"
#include "engine/audio/sequence_meter.h"
#include "engine/audio/size_meter.h"
#include "engine/audio/stream_report.h"

#include <utility>

namespace timbre::audio {

struct MediaPacket {
    Timestamp arrival;
    std::uint64_t frameNumber = 0;
    std::uint32_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t payloadBytes = 0; // on the wire, without header, padding and quality report
    Bytes payload;                  // what is there of it
    std::uint8_t payloadType = 0;   // codec id for WZP
    bool marker = false;
    bool quality = false; // a quality report or RTCP report came with or since the last packet
    protocol::WzpMediaType wzpType = protocol::WzpMediaType::Audio;
};

/// Payload types that a session description explained.
struct AnnouncedFormat {
    std::uint8_t payloadType = 0;
    const MediaCodec* codec = nullptr; // static lifetime
    std::uint32_t clockHz = 0;
};
using FormatTable = std::vector<AnnouncedFormat>;

/// What the monitor knows about the stream.
struct StreamIdentity {
    std::uint32_t index = 0;
    std::uint32_t flow = flow::kNoFlow;
    flow::Side side = flow::Side::Initiator;
    StreamEnd source;
    StreamEnd destination;
    StreamKind kind = StreamKind::Rtp;
    FoundBy foundBy = FoundBy::Heuristic;
    protocol::Wrapping wrapping = protocol::Wrapping::None;
    std::uint32_t ssrc = 0;
    std::uint8_t payloadType = 0;       // that carries the sound; codec id for WZP
    const MediaCodec* codec = nullptr;  // of this payload type; static lifetime
    std::uint32_t announcedClockHz = 0; // of a session description; 0: none
    FormatTable formats;                // of a session description
    bool announced = false;
    bool secure = false;
};

/// Changes while the stream lives.
struct StreamSurroundings {
    bool callSetup = false;
    std::uint32_t otherSources = 0; // that began on the same path
    std::optional<double> oneWayMs; // half of a round trip that RTCP measured
    const class VoiceStream* opposite = nullptr;
    bool besideVideo = false; // a video stream goes the same way on the same path
};

class VoiceStream {
public:
    /// The exact scorer begins with the first packet.
    VoiceStream(StreamIdentity identity, Timestamp firstArrival);

    void add(const MediaPacket& packet);
    /// What the next packet will touch is on its way to the cache.
    void fetchNext() const
    {
        fetchAhead(this, kTouchedBytes);
        fetchAhead(&m_activity, kTouchedOfMeter);
        fetchAhead(&m_sizes, kTouchedOfMeter);
        fetchAhead(&m_scorer, kCacheLine);
        m_content.fetchNext();
    }
    /// A report about this stream, or from its source.
    void addReport()
    {
        ++m_reports;
        m_reportSincePacket = true;
    }
    /// A session description that came later.
    void announce(const FormatTable& formats, bool secure);
    /// No packet follows.
    void end();
    /// True for the first change since the last report was made.
    bool noteChange() { return !std::exchange(m_changed, true); }
    void noteReported() { m_changed = false; }

    [[nodiscard]] StreamReport report(const StreamSurroundings& surroundings) const;
    [[nodiscard]] const StreamIdentity& identity() const { return m_identity; }
    [[nodiscard]] std::uint64_t packets() const { return m_packets; }
    [[nodiscard]] Timestamp first() const { return m_first; }
    [[nodiscard]] Timestamp last() const { return m_last; }
    [[nodiscard]] std::uint32_t lastSequence() const { return m_lastSequence; }
    /// By codec, or by how the timestamps step.
    [[nodiscard]] Media media() const;

private:
    void score(const MediaPacket& packet, const MediaCodec& codec);
    void measure(const MediaPacket& packet, const MediaCodec& codec, SequenceMeter::Arrival arrival);
    void follow(const MediaPacket& packet, const MediaCodec& codec, const ClockMeter::Step& step);
    [[nodiscard]] ActivityMeter::Kind kindBySize(std::uint32_t bytes, std::int64_t pauseNs) const;
    [[nodiscard]] const MediaCodec& codecOf(const MediaPacket& packet) const;
    [[nodiscard]] std::int64_t stepNs(std::int64_t ticks, std::uint32_t clock);
    [[nodiscard]] std::uint8_t scorerCodecOf(const MediaCodec& codec);
    void countFittingSizes(const MediaCodec& codec, std::uint32_t payloadBytes);
    /// Of the stream alone.
    [[nodiscard]] StreamFeatures ownFeatures() const;
    [[nodiscard]] StreamFeatures features(const StreamSurroundings& surroundings) const;
    void addContext(StreamFeatures& features, const StreamSurroundings& surroundings) const;

    void notePayloadType(std::uint8_t type);

    static constexpr std::size_t kMaxPayloadTypes = 16;
    static constexpr std::size_t kTagKinds = 4;
    static constexpr std::size_t kTouchedBytes = 704;   // from the first member to the steps of m_clock
    static constexpr std::size_t kTouchedOfMeter = 144; // in front of its tables

    /// What was found out for the packet before: most packets of a stream are alike.
    struct Alike {
        const MediaCodec* scoredCodec = nullptr;
        std::uint8_t scorerCodec = 0;
        const MediaCodec* sizedCodec = nullptr;
        std::uint32_t payloadBytes = 0;
        std::array<bool, kTagKinds> fits{};
        std::uint32_t clock = 0;
        std::int64_t ticks = 0; // of a step
        std::int64_t stepNs = 0;
    };

    // Many streams take turns, and each of their packets would wait for memory: what every packet touches lies
    // together, tables lie behind it, and nothing of it lies elsewhere that need not.
    StreamIdentity m_identity;
    Timestamp m_first;
    Timestamp m_last;
    std::uint64_t m_firstPacket = 0;
    std::uint64_t m_lastPacket = 0;
    std::uint64_t m_packets = 0;
    std::uint64_t m_payloadBytes = 0;
    std::uint64_t m_reports = 0;
    std::uint64_t m_markers = 0;
    std::uint64_t m_markedSpurts = 0;
    std::uint64_t m_noisePackets = 0;
    std::optional<std::uint8_t> m_scorerCodec; // of the first packet
    std::uint64_t m_soundPackets = 0;          // neither noise nor keys
    std::array<std::uint64_t, kTagKinds>
        m_sizesFitting{};            // of these, by length of an SRTP tag behind the codec's bytes
    std::uint64_t m_frameEnds = 0;   // marker set and the next packet has another timestamp
    std::uint64_t m_frameBreaks = 0; // timestamps that differ from the one before
    double m_mediaSeconds = 0.0;     // that the packets stand for
    double m_gapSum = 0.0;           // of arrivals, in seconds
    double m_gapSquares = 0.0;
    std::uint64_t m_gaps = 0;
    Alike m_alike;
    std::uint32_t m_lastSequence = 0;
    bool m_lastMarker = false;
    bool m_reportSincePacket = false;
    bool m_ended = false;
    bool m_changed = false;
    std::uint8_t m_payloadTypeCount = 0;
    std::array<std::uint8_t, kMaxPayloadTypes> m_payloadTypes{}; // in order of their first packet
    StreamTimeline m_timeline;
    SequenceMeter m_sequence;
    ClockMeter m_clock;
    ActivityMeter m_activity;
    SizeMeter m_sizes;
    ContentMeter m_content;
    AudioScorer m_scorer;
    std::unique_ptr<const StreamFeatures> m_finalFeatures; // once ended: its own report and the other direction's ask
};

} // namespace timbre::audio
