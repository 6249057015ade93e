#include "engine/audio/quality_estimate.h"

#include <algorithm>

namespace timbre::audio {

namespace {

constexpr double kBestRating = 93.2;    // G.107 with all default values
constexpr double kAssumedPathMs = 50.0; // one way, where nothing was measured
constexpr double kBufferByJitter = 2.0; // a jitter buffer of twice the jitter
constexpr double kUnknownImpairment = 5.0;

/// G.107 7.4, in the shorter form of Cole and Rosenbluth.
double delayImpairment(double ms)
{
    return 0.024 * ms + (ms > 177.3 ? 0.11 * (ms - 177.3) : 0.0);
}

/// G.107 annex B.
double mosOf(double rating)
{
    if (rating <= 0.0)
        return 1.0;
    if (rating >= 100.0)
        return 4.5;
    return std::max(1.0, 1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6);
}

} // namespace

QualityEstimate estimateQuality(const MediaCodec& codec, const QualityInput& input)
{
    QualityEstimate estimate;
    estimate.codecKnown = codec.kind != CodecKind::Unknown;
    estimate.delayMeasured = input.oneWayMs.has_value();
    estimate.delayMs = input.oneWayMs.value_or(kAssumedPathMs) + kBufferByJitter * input.jitterMs + input.frameMs;
    const double base = estimate.codecKnown ? codec.impairment : kUnknownImpairment;
    const double loss = std::clamp(input.lossShare, 0.0, 1.0) * 100.0;
    // G.107 7.5, random loss.
    const double equipment = base + (95.0 - base) * loss / (loss + std::max(1.0, codec.lossRobustness));
    estimate.rating = std::clamp(kBestRating - delayImpairment(estimate.delayMs) - equipment, 0.0, 100.0);
    estimate.mos = mosOf(estimate.rating);
    return estimate;
}

} // namespace timbre::audio
