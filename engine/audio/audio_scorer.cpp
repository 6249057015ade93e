#include "engine/audio/audio_scorer.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace timbre::audio {

namespace {

constexpr std::int64_t kWindowNs = 30 * kNsPerSecond;
constexpr double kWindowSeconds = 30.0;
constexpr std::uint64_t kHeaderBytes = 16; // counted into the bitrate for every packet
constexpr std::size_t kMinGaps = 10;
constexpr std::size_t kMinIntervals = 3;
constexpr std::size_t kMinSizes = 20;
constexpr std::uint64_t kPacketsWithoutQuality = 100; // from here on their absence costs

std::int64_t gapNs(Timestamp from, Timestamp to)
{
    return std::max<std::int64_t>(0, elapsedNs(from, to));
}

/// In two roundings, as the specification has it: whole seconds, then the rest.
double seconds(std::int64_t ns)
{
    return static_cast<double>(ns / kNsPerSecond) + static_cast<double>(ns % kNsPerSecond) / 1e9;
}

std::optional<double> variationOf(std::span<const double> values)
{
    const auto count = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    const double mean = sum / count;
    if (mean == 0.0)
        return std::nullopt;
    double squares = 0.0;
    for (const double value : values) {
        const double deviation = value - mean;
        squares += deviation * deviation;
    }
    return std::sqrt(squares / count) / mean;
}

/// Grows from 0 at `limit` to `most` at `limit` + `span`.
float penalty(double excess, double span, double most)
{
    return static_cast<float>(std::min(excess / span, 1.0) * most);
}

} // namespace

const char* toString(ScorerVerdict verdict)
{
    switch (verdict) {
    case ScorerVerdict::Legitimate:
        return "legitimate";
    case ScorerVerdict::Suspect:
        return "suspect";
    case ScorerVerdict::Abusive:
        return "abusive";
    case ScorerVerdict::None:
        break;
    }
    return "none";
}

void AudioScorer::add(const ScorerPacket& packet)
{
    if (packet.type != protocol::WzpMediaType::Audio)
        return;
    if (!m_codec)
        m_codec = packet.codec;
    m_samples.push({.gapNs = m_lastArrival ? gapNs(*m_lastArrival, packet.arrival) : 0, .bytes = packet.payloadBytes});
    m_lastArrival = packet.arrival;
    ++m_packets;
    if (packet.payloadBytes <= kSilentBytes)
        ++m_silentPackets;
    if (gapNs(m_windowStart, packet.arrival) >= kWindowNs) {
        m_windowStart = packet.arrival;
        m_windowBytes = 0;
    }
    m_windowBytes += kHeaderBytes + packet.payloadBytes;
    if (packet.hasQuality) {
        if (m_lastQuality)
            m_qualityIntervals.push(gapNs(*m_lastQuality, packet.arrival));
        m_lastQuality = packet.arrival;
    }
}

ScorerFeatures AudioScorer::features() const
{
    ScorerFeatures features;
    std::array<double, kSamplesKept> values; // in seconds, from the oldest
    std::size_t count = 0;
    for (std::size_t i = firstGap(); i < m_samples.size(); ++i)
        values[count++] = seconds(m_samples[i].gapNs);
    if (count >= kMinGaps)
        features.gapVariation = variationOf({values.data(), count});
    if (m_packets > 0)
        features.silenceFraction = static_cast<double>(m_silentPackets) / static_cast<double>(m_packets);
    const std::uint32_t nominal = m_codec ? protocol::kWzpCodecs[*m_codec].nominalBps : 0;
    if (nominal > 0)
        features.bitrateRatio = static_cast<double>(m_windowBytes * 8) / kWindowSeconds / nominal;
    static_assert(kIntervalsKept <= kSamplesKept);
    for (count = 0; count < m_qualityIntervals.size(); ++count)
        values[count] = seconds(m_qualityIntervals[count]);
    if (count >= kMinIntervals)
        features.qualityVariation = variationOf({values.data(), count});
    if (m_samples.size() >= kMinSizes) {
        std::size_t small = 0;
        for (std::size_t i = 0; i < m_samples.size(); ++i)
            small += m_samples[i].bytes <= kSilentBytes ? 1 : 0;
        const double share = static_cast<double>(small) / static_cast<double>(m_samples.size());
        features.bimodality = 1.0 - 2.0 * std::abs(share - 0.5);
    }
    return features;
}

ScorerPenalties penaltiesOf(const ScorerFeatures& f, std::uint64_t packets)
{
    ScorerPenalties penalties;
    if (f.gapVariation && *f.gapVariation > kMostGapVariation)
        penalties.gapVariation = penalty(*f.gapVariation - kMostGapVariation, 0.6, 0.25);
    if (f.silenceFraction < kLeastSilence)
        penalties.silence = penalty(kLeastSilence - f.silenceFraction, 0.02, 0.25);
    else if (f.silenceFraction > kMostSilence)
        penalties.silence = penalty(f.silenceFraction - kMostSilence, 0.40, 0.15);
    if (f.bitrateRatio && *f.bitrateRatio > kMostBitrate)
        penalties.bitrate = penalty(*f.bitrateRatio - kMostBitrate, 0.80, 0.25);
    if (f.qualityVariation && *f.qualityVariation > kMostQualityVariation)
        penalties.qualityVariation = penalty(*f.qualityVariation - kMostQualityVariation, 0.5, 0.15);
    if (!f.qualityVariation && packets > kPacketsWithoutQuality)
        penalties.noQuality = 0.1F;
    if (f.bimodality && *f.bimodality < kLeastBimodality)
        penalties.bimodality = 0.1F;
    return penalties;
}

namespace {

float scoreOf(const ScorerPenalties& p)
{
    float score = 1.0F;
    for (const float each : {p.gapVariation, p.silence, p.bitrate, p.qualityVariation, p.noQuality, p.bimodality})
        score -= each;
    return std::clamp(score, 0.0F, 1.0F);
}

} // namespace

ScorerResult AudioScorer::result() const
{
    ScorerResult result;
    result.features = features();
    result.packets = m_packets;
    if (m_packets < kMinPackets)
        return result;
    result.score = scoreOf(penaltiesOf(result.features, m_packets));
    if (*result.score >= 0.7F)
        result.verdict = ScorerVerdict::Legitimate;
    else
        result.verdict = *result.score >= 0.3F ? ScorerVerdict::Suspect : ScorerVerdict::Abusive;
    return result;
}

} // namespace timbre::audio
