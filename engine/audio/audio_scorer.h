#pragma once

// The audio behaviour scorer, exactly as its specification computes it: from arrival times, payload sizes, the declared
// codec and a quality flag to a score between 0 (abusive) and 1 (legitimate). The score is single precision, the
// features are double precision, sums run from the oldest sample to the newest: the last bits count. What the figure is
// worth by itself is another matter; see calibrated_verdict.h.

#include "engine/audio/sample_ring.h"
#include "engine/base/timestamp.h"
#include "engine/protocol/wzp.h"

#include <optional>

namespace timbre::audio {

enum class ScorerVerdict : std::uint8_t { None, Legitimate, Suspect, Abusive };
/// "none", "legitimate", "suspect", "abusive"
[[nodiscard]] const char* toString(ScorerVerdict verdict);

/// What the scorer reads of a media packet. `payloadBytes` is without header and quality report.
struct ScorerPacket {
    Timestamp arrival;
    protocol::WzpMediaType type = protocol::WzpMediaType::Audio;
    std::uint8_t codec = 0; // Requires: below kWzpCodecs.size()
    bool hasQuality = false;
    std::uint32_t payloadBytes = 0;
};

struct ScorerFeatures {
    std::optional<double> gapVariation;     // none below 10 gaps
    double silenceFraction = 0.0;           // of the whole life
    std::optional<double> bitrateRatio;     // to the nominal rate of the first codec
    std::optional<double> qualityVariation; // of the intervals between quality flags
    std::optional<double> bimodality;       // of sizes: 1 half small and half large, 0 all alike
};

struct ScorerResult {
    std::optional<float> score; // none below 20 packets
    ScorerVerdict verdict = ScorerVerdict::None;
    ScorerFeatures features;
    std::uint64_t packets = 0;
};

// Limits of the features; what lies exactly on one costs nothing.
inline constexpr double kMostGapVariation = 0.4;
inline constexpr double kLeastSilence = 0.02;
inline constexpr double kMostSilence = 0.60;
inline constexpr double kMostBitrate = 1.20;
inline constexpr double kMostQualityVariation = 0.5;
inline constexpr double kLeastBimodality = 0.2;

/// What each row of the penalty list takes off the score; 0 where it does not apply. Subtracted from 1 in this order.
struct ScorerPenalties {
    float gapVariation = 0.0F;
    float silence = 0.0F;
    float bitrate = 0.0F;
    float qualityVariation = 0.0F;
    float noQuality = 0.0F;
    float bimodality = 0.0F;
};
[[nodiscard]] ScorerPenalties penaltiesOf(const ScorerFeatures& features, std::uint64_t packets);

class AudioScorer {
public:
    static constexpr std::size_t kSamplesKept = 200;
    static constexpr std::size_t kIntervalsKept = 32;
    static constexpr std::uint32_t kSilentBytes = 16; // and fewer: a silent packet
    static constexpr std::uint64_t kMinPackets = 20;

    /// The first bitrate window begins at `created`.
    explicit AudioScorer(Timestamp created)
        : m_windowStart(created)
    {
    }

    void add(const ScorerPacket& packet);
    [[nodiscard]] ScorerResult result() const;
    [[nodiscard]] std::uint64_t packets() const { return m_packets; }

private:
    struct Sample {
        std::int64_t gapNs; // from the packet before; of the first packet none
        std::uint32_t bytes;
    };

    [[nodiscard]] ScorerFeatures features() const;
    /// The first sample that has a gap.
    [[nodiscard]] std::size_t firstGap() const { return m_packets <= kSamplesKept ? 1 : 0; }

    // What every packet touches lies together, and both figures of a packet in one place.
    std::optional<Timestamp> m_lastArrival;
    std::optional<std::uint8_t> m_codec;
    std::uint64_t m_packets = 0;
    std::uint64_t m_silentPackets = 0;
    Timestamp m_windowStart;
    std::uint64_t m_windowBytes = 0;
    SampleRing<Sample, kSamplesKept> m_samples;
    std::optional<Timestamp> m_lastQuality;
    SampleRing<std::int64_t, kIntervalsKept> m_qualityIntervals; // ns
};

} // namespace timbre::audio
