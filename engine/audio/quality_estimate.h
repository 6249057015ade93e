#pragma once

// A listening-quality estimate by the E-model (ITU-T G.107, with codec values of G.113): from loss, jitter and delay.
// It knows nothing of what was said or how loud; it is an estimate and shown as one.

#include "engine/audio/media_codec.h"
#include "engine/audio/stream_report.h"

namespace timbre::audio {

struct QualityInput {
    double lossShare = 0.0;
    double jitterMs = 0.0;
    double frameMs = 20.0;
    std::optional<double> oneWayMs; // measured by RTCP
};

[[nodiscard]] QualityEstimate estimateQuality(const MediaCodec& codec, const QualityInput& input);

} // namespace timbre::audio
