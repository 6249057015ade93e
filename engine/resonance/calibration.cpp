#include "engine/resonance/calibration.h"

#include "engine/mask/features.h"
#include "engine/resonance/usual_features.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace timbre::resonance {

namespace {

constexpr double kSampleVariance = 4.0;   // of a feature's usual variance: what so few packets add, times their number
constexpr float kLeastDeviation = 0.005F; // features that are the same in all traffic cannot tell
constexpr double kMostRatio = 3.0;        // of one feature: one odd figure must not outweigh all others
constexpr double kUsualDistance = 0.35;   // KS: less speaks for a mask from few windows, more against it
constexpr double kUnsettledShare = 0.3;   // what a signature from very few windows counts, of one from many

// Fitted; see resources/manual/resonance.md.
constexpr double kConstant = 0.15;
constexpr AspectValues kWeights = {0.85, 0.25, 5.0, 2.0, 6.0, 1.0};

template<std::size_t bins>
double meanOf(const std::array<float, bins>& mass, const std::array<float, bins>& values)
{
    return static_cast<double>(std::inner_product(mass.begin(), mass.end(), values.begin(), 0.0F));
}

/// How much likelier a value is near the mask's signature than in any traffic: a logarithm, both taken as normal.
double featureRatio(float value, std::size_t i, const SideModel& model, double sampling)
{
    const double usual = static_cast<double>(kUsualDeviation[i]) * static_cast<double>(kUsualDeviation[i]);
    const double own = static_cast<double>(model.spread[i]) * static_cast<double>(model.spread[i]) + usual * sampling;
    const double any = std::max(own, usual + usual * sampling);
    const double fromAny = static_cast<double>(value) - static_cast<double>(kUsualMean[i]);
    const double fromOwn = static_cast<double>(value) - static_cast<double>(model.signature[i]);
    const double ratio = 0.5 * (fromAny * fromAny / any - fromOwn * fromOwn / own + std::log(any / own));
    return std::clamp(ratio, -kMostRatio, kMostRatio);
}

/// Few packets make features uncertain, in both directions alike.
double samplingOf(std::size_t packets)
{
    return kSampleVariance / static_cast<double>(packets);
}

bool canTell(std::size_t feature, const SideModel& model)
{
    return model.known.test(feature) && kUsualDeviation[feature] >= kLeastDeviation;
}

/// Mean over the features. A feature that the mask's own windows spread over as widely as any traffic says nothing.
double signatureRatio(const WindowView::Side& side, const SideModel& model)
{
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        if (!canTell(i, model))
            continue;
        sum += featureRatio(side.features[i], i, model, samplingOf(side.packets));
        ++count;
    }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

/// How much of the mask's header the latest packets have, 0 … 1; less where few bytes are fixed. Only agreement counts:
/// a mask made from few flows holds bytes that belong to those flows, so that their absence says little.
double headerMatch(std::span<const Prefix> prefixes, const SideModel& model)
{
    constexpr double kEnoughBytes = 4.0;
    const std::size_t fixedBytes = model.fixedHeaderBytes();
    if (fixedBytes == 0 || prefixes.empty())
        return 0.0;
    double sum = 0.0;
    for (const Prefix& prefix : prefixes)
        sum += model.headerMatch(prefix);
    return sum / static_cast<double>(prefixes.size()) * std::min(1.0, static_cast<double>(fixedBytes) / kEnoughBytes);
}

/// A mask from many windows is broader than any single flow, so that the more of them there were, the more its
/// signature counts, and the less the distance of whole distributions.
void addSide(AspectValues& values, const WindowView::Side& side, const SideModel& model, double share)
{
    const auto add = [&](Aspect aspect, double value) { values[static_cast<std::size_t>(aspect)] += share * value; };
    add(Aspect::Sizes, meanOf(side.sizes, model.sizeRatio));
    add(Aspect::Gaps, meanOf(side.gaps, model.gapRatio));
    add(Aspect::SizeShape,
        (kUsualDistance - static_cast<double>(ksDistance(side.sizeSums, model.sizeSums))) * (1.0 - model.settled));
    add(Aspect::GapShape,
        (kUsualDistance - static_cast<double>(ksDistance(side.gapSums, model.gapSums))) * (1.0 - model.settled));
    add(Aspect::Header, headerMatch(side.prefixes, model));
    if (side.packets >= kFewestOfSide)
        add(Aspect::Signature,
            signatureRatio(side, model) * (kUnsettledShare + (1.0 - kUnsettledShare) * model.settled));
}

Features boundedFeatures(const SideTraffic& traffic)
{
    const std::vector<double> sizes(traffic.sizes.begin(), traffic.sizes.end());
    const mask::Features wide =
        mask::boundedFeatures({sizes, traffic.gapsMs, traffic.entropies, sizes.size(), 0, 0.0, 0.0});
    Features features{};
    std::transform(wide.begin(), wide.end(), features.begin(), [](double value) { return static_cast<float>(value); });
    return features;
}

} // namespace

const char* toString(Aspect aspect)
{
    constexpr std::array<const char*, kAspects> kNames = {"sizes",      "gaps",      "signature",
                                                          "size_shape", "gap_shape", "header"};
    return kNames.at(static_cast<std::size_t>(aspect));
}

WindowView::WindowView(const FlowWindow& window)
{
    for (const flow::Side which : {flow::Side::Initiator, flow::Side::Responder}) {
        Side& side = m_sides[static_cast<std::size_t>(which)];
        const SideTraffic traffic = window.traffic(which);
        side.packets = traffic.sizes.size();
        side.sizes = massOf(std::span<const std::uint16_t>(traffic.sizes));
        side.gaps = massOf(std::span<const double>(traffic.gapsMs));
        side.sizeSums = runningSum(side.sizes);
        side.gapSums = runningSum(side.gaps);
        side.prefixes.assign(traffic.prefixes.begin(), traffic.prefixes.end());
        if (side.packets >= kFewestOfSide)
            side.features = boundedFeatures(traffic);
    }
}

double WindowView::upShare() const
{
    return packets() == 0 ? 0.5 : static_cast<double>(m_sides[0].packets) / static_cast<double>(packets());
}

AspectValues aspectsOf(const WindowView& window, const MaskModel& mask)
{
    AspectValues values{};
    const WindowView::Side& up = window.side(flow::Side::Initiator);
    const WindowView::Side& down = window.side(flow::Side::Responder);
    const double upShare = mask.down ? window.upShare() : 1.0;
    if (up.packets > 0)
        addSide(values, up, mask.up, upShare);
    if (mask.down && down.packets > 0)
        addSide(values, down, *mask.down, 1.0 - upShare);
    return values;
}

Calibrated calibrated(const WindowView& window, const MaskModel& mask)
{
    Calibrated result;
    result.packets = window.packets();
    const double spokenOf = mask.down ? 1.0 : window.upShare();
    const double judged = static_cast<double>(window.packets()) * spokenOf;
    if (judged < static_cast<double>(kFewestPackets))
        return result;
    result.confidence = std::min(1.0, judged / static_cast<double>(kWindowPackets));
    result.contributions = aspectsOf(window, mask);
    double logit = kConstant;
    for (std::size_t i = 0; i < kAspects; ++i) {
        result.contributions[i] *= kWeights[i];
        logit += result.contributions[i];
    }
    result.score = 100.0 / (1.0 + std::exp(-logit));
    return result;
}

std::vector<FeatureEvidence> evidenceOf(const std::array<Features, 2>& features,
                                        const std::array<std::size_t, 2>& packets, const MaskModel& mask)
{
    std::vector<FeatureEvidence> evidence;
    for (const flow::Side side : {flow::Side::Initiator, flow::Side::Responder}) {
        const auto which = static_cast<std::size_t>(side);
        const SideModel* model = side == flow::Side::Initiator ? &mask.up : (mask.down ? &*mask.down : nullptr);
        if (!model || packets[which] < kFewestOfSide)
            continue;
        for (std::size_t i = 0; i < kFeatures; ++i) {
            if (!canTell(i, *model))
                continue;
            const float value = features[which][i];
            const auto weight = static_cast<float>(featureRatio(value, i, *model, samplingOf(packets[which])));
            evidence.push_back(
                {side, static_cast<std::uint8_t>(i), value, model->signature[i], model->spread[i], weight});
        }
    }
    std::stable_sort(evidence.begin(), evidence.end(), [](const FeatureEvidence& a, const FeatureEvidence& b) {
        return std::abs(a.weight) > std::abs(b.weight);
    });
    return evidence;
}

} // namespace timbre::resonance
