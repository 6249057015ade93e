#include "engine/audio/audio_scorer.h"

#include <algorithm>
#include <cmath>

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

template<typename Ring>
std::optional<double> variationOf(const Ring& ring)
{
    const auto count = static_cast<double>(ring.size());
    double sum = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i)
        sum += seconds(ring[i]);
    const double mean = sum / count;
    if (mean == 0.0)
        return std::nullopt;
    double squares = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const double deviation = seconds(ring[i]) - mean;
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
    if (m_lastArrival)
        m_gaps.push(gapNs(*m_lastArrival, packet.arrival));
    m_lastArrival = packet.arrival;
    m_sizes.push(packet.payloadBytes);
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
    if (m_gaps.size() >= kMinGaps)
        features.gapVariation = variationOf(m_gaps);
    if (m_packets > 0)
        features.silenceFraction = static_cast<double>(m_silentPackets) / static_cast<double>(m_packets);
    const std::uint32_t nominal = m_codec ? protocol::kWzpCodecs[*m_codec].nominalBps : 0;
    if (nominal > 0)
        features.bitrateRatio = static_cast<double>(m_windowBytes * 8) / kWindowSeconds / nominal;
    if (m_qualityIntervals.size() >= kMinIntervals)
        features.qualityVariation = variationOf(m_qualityIntervals);
    if (m_sizes.size() >= kMinSizes) {
        std::size_t small = 0;
        for (std::size_t i = 0; i < m_sizes.size(); ++i)
            small += m_sizes[i] <= kSilentBytes ? 1 : 0;
        const double share = static_cast<double>(small) / static_cast<double>(m_sizes.size());
        features.bimodality = 1.0 - 2.0 * std::abs(share - 0.5);
    }
    return features;
}

/// The rows of the penalty list, in their order.
float AudioScorer::scoreOf(const ScorerFeatures& f) const
{
    float score = 1.0F;
    if (f.gapVariation && *f.gapVariation > 0.4)
        score -= penalty(*f.gapVariation - 0.4, 0.6, 0.25);
    if (f.silenceFraction < 0.02)
        score -= penalty(0.02 - f.silenceFraction, 0.02, 0.25);
    else if (f.silenceFraction > 0.60)
        score -= penalty(f.silenceFraction - 0.60, 0.40, 0.15);
    if (f.bitrateRatio && *f.bitrateRatio > 1.20)
        score -= penalty(*f.bitrateRatio - 1.20, 0.80, 0.25);
    if (f.qualityVariation && *f.qualityVariation > 0.5)
        score -= penalty(*f.qualityVariation - 0.5, 0.5, 0.15);
    if (!f.qualityVariation && m_packets > kPacketsWithoutQuality)
        score -= 0.1F;
    if (f.bimodality && *f.bimodality < 0.2)
        score -= 0.1F;
    return std::clamp(score, 0.0F, 1.0F);
}

ScorerResult AudioScorer::result() const
{
    ScorerResult result;
    result.features = features();
    result.packets = m_packets;
    if (m_packets < kMinPackets)
        return result;
    result.score = scoreOf(result.features);
    if (*result.score >= 0.7F)
        result.verdict = ScorerVerdict::Legitimate;
    else
        result.verdict = *result.score >= 0.3F ? ScorerVerdict::Suspect : ScorerVerdict::Abusive;
    return result;
}

} // namespace timbre::audio
