#include "engine/audio/exact_reasons.h"

namespace timbre::audio {

std::vector<Reason> exactReasons(const ScorerResult& result)
{
    std::vector<Reason> reasons;
    if (!result.score)
        return reasons;
    const ScorerFeatures& f = result.features;
    const ScorerPenalties taken = penaltiesOf(f, result.packets);
    const auto add = [&](std::string name, std::string text, double value, double low, double high, float penalty) {
        reasons.push_back({.name = std::move(name),
                           .text = std::move(text),
                           .value = value,
                           .low = low,
                           .high = high,
                           .unit = "",
                           .weight = penalty == 0.0F ? 0.0 : -static_cast<double>(penalty)});
    };
    if (f.gapVariation)
        add("gap variation", "Standard deviation of the last 200 gaps by their mean.", *f.gapVariation, 0.0,
            kMostGapVariation, taken.gapVariation);
    add("silent packets", "Share of packets of 16 bytes or fewer, over the whole life.", f.silenceFraction,
        kLeastSilence, kMostSilence, taken.silence);
    if (f.bitrateRatio)
        add("bit rate", "Of the running 30 s, by the nominal rate of the codec.", *f.bitrateRatio, 0.0, kMostBitrate,
            taken.bitrate);
    if (f.qualityVariation)
        add("quality variation", "Standard deviation of the intervals between quality reports by their mean.",
            *f.qualityVariation, 0.0, kMostQualityVariation, taken.qualityVariation);
    else
        add("quality reports", "Fewer than four quality reports came, or all at once.", 0.0, 0.0, 0.0, taken.noQuality);
    if (f.bimodality)
        add("size mix", "1: half of the last 200 packets are silent; 0: all or none.", *f.bimodality, kLeastBimodality,
            1.0, taken.bimodality);
    return reasons;
}

} // namespace timbre::audio
