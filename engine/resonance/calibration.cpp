#include "engine/resonance/calibration.h"

#include "engine/mask/features.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace timbre::resonance {

namespace {

// Of one feature: one odd figure must not outweigh all others. The outliers are looked at by themselves.
constexpr float kMostRatio = 3.0F;
constexpr float kMostAgainst = 8.0F;
constexpr double kAgainst = 0.025; // what a ratio below 0 counts beside the mean of all, for a mask from many windows
constexpr double kUsualDistance = 0.35; // KS: less speaks for the mask
using Weights = AspectValues;
constexpr Weights kWeights = {0.15, 0.0, 1.0, 0.0, 0.0, 2.0};
constexpr Weights kWithoutSignature = {0.2, 0.2, 0.0, 0.2, 0.6, 2.0};

// Plain loops over whole vectors without a branch, which compilers turn into a few instructions.

constexpr std::size_t kLanes = 8; // sums side by side: an addition does not wait for the one before it
static_assert(kFeatures % kLanes == 0);

float inAll(const std::array<float, kLanes>& sums)
{
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

/// Of what the bins stand for. Requires: there are bins.
double meanOf(std::span<const std::uint8_t> bins, std::span<const float> values)
{
    constexpr std::size_t kTogether = 4;
    std::array<float, kTogether> sums{};
    std::size_t i = 0;
    for (; i + kTogether <= bins.size(); i += kTogether) {
        for (std::size_t lane = 0; lane < kTogether; ++lane)
            sums[lane] += values[bins[i + lane]];
    }
    for (; i < bins.size(); ++i)
        sums[0] += values[bins[i]];
    return static_cast<double>((sums[0] + sums[1]) + (sums[2] + sums[3])) / static_cast<double>(bins.size());
}

/// std::clamp hands out references, which keeps compilers from doing several at once.
float limited(float ratio, float most)
{
    const float atMost = ratio < most ? ratio : most;
    return atMost > -most ? atMost : -most;
}

struct SignatureSums {
    double sum = 0.0;      // of the ratios, each within kMostRatio
    double contrary = 0.0; // of those below 0
};

/// A feature that is not known adds 0.
[[gnu::always_inline]] inline SignatureSums addRatios(const Features& features, const SideModel& model,
                                                      const SideModel::Factors& factors)
{
    std::array<float, kLanes> sums{};
    std::array<float, kLanes> against{};
    for (std::size_t i = 0; i < kFeatures; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const float ratio = model.featureRatio(features[i + lane], i + lane, factors);
            const float least = ratio > -kMostAgainst ? ratio : -kMostAgainst;
            sums[lane] += limited(ratio, kMostRatio);
            against[lane] += least < 0.0F ? least : 0.0F;
        }
    }
    return {static_cast<double>(inAll(sums)), static_cast<double>(inAll(against))};
}

SignatureSums addRatiosNarrow(const Features& features, const SideModel& model, const SideModel::Factors& factors)
{
    return addRatios(features, model, factors);
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) SignatureSums addRatiosWide(const Features& features, const SideModel& model,
                                                            const SideModel::Factors& factors)
{
    return addRatios(features, model, factors);
}
const bool kWide = __builtin_cpu_supports("avx2") != 0;

#else

constexpr bool kWide = false;
constexpr auto addRatiosWide = addRatiosNarrow;

#endif

/// Mean over the features. A feature that the mask's own windows spread over as widely as any traffic says nothing.
double signatureRatio(const WindowView::Side& side, const SideModel& model)
{
    if (model.knownCount == 0)
        return 0.0;
    const SignatureSums sums =
        (kWide ? addRatiosWide : addRatiosNarrow)(side.features, model, model.factorsFor(side.packets));
    return sums.sum / static_cast<double>(model.knownCount) + kAgainst * model.settled * sums.contrary;
}

/// How much of the mask's header the latest packets have, 0 … 1; less where few bytes are fixed. Only agreement counts:
/// a mask made from few flows holds bytes that belong to those flows, so that their absence says little.
double headerMatch(std::span<const Prefix> prefixes, const SideModel& model)
{
    constexpr double kEnoughBytes = 4.0;
    const auto fixedBytes = static_cast<double>(model.header.fixedBytes());
    if (fixedBytes == 0.0 || prefixes.empty())
        return 0.0;
    return static_cast<double>(model.header.matching(prefixes)) / (fixedBytes * static_cast<double>(prefixes.size())) *
           std::min(1.0, fixedBytes / kEnoughBytes);
}

void addSide(AspectValues& values, const WindowView::Side& side, const SideModel& model, double share)
{
    const bool comparable = model.knownCount > 0 && side.packets >= kFewestOfSide;
    const Weights& weights = comparable ? kWeights : kWithoutSignature;
    const double trust = std::min(1.0, static_cast<double>(side.packets) / static_cast<double>(kFewestOfSide));
    const auto add = [&](Aspect aspect, double value) {
        values[static_cast<std::size_t>(aspect)] += share * trust * weights[static_cast<std::size_t>(aspect)] * value;
    };
    add(Aspect::Sizes, meanOf(side.sizeBins(), model.sizeRatio));
    add(Aspect::Header, headerMatch(side.prefixes, model));
    if (comparable)
        return add(Aspect::Signature, signatureRatio(side, model));
    add(Aspect::Gaps, meanOf(side.gapBins(), model.gapRatio));
    if (side.packets < kFewestOfSide) // too few for a shape
        return;
    const auto likeness = [](float distance) { return kUsualDistance - static_cast<double>(distance); };
    const SizeMass sizeSums = runningSum(massOfSizeBins(side.sizeBins()));
    add(Aspect::SizeShape, likeness(ksDistance(sizeSums, model.sizeSums)));
    const GapMass gapSums = runningSum(massOfGapBins(side.gapBins()));
    add(Aspect::GapShape, likeness(ksDistance(gapSums, model.gapSums)));
}

Features boundedFeatures(const SideTraffic& traffic)
{
    const auto listOf = [&](const std::array<double, kWindowPackets>& values) {
        return std::span<const double>(values.data(), traffic.packets);
    };
    const mask::Features wide = mask::boundedFeatures(
        {listOf(traffic.sizes), listOf(traffic.gapsMs), listOf(traffic.entropies), traffic.packets, 0, 0.0, 0.0});
    Features features{};
    std::transform(wide.begin(), wide.end(), features.begin(), [](double value) { return static_cast<float>(value); });
    return features;
}

// What the sum of the evidence means as a probability, as a logit: straight between these points and on beyond the
// last ones. A full window that is the mask's own nearly always gathers much evidence, so that a little of it says less
// there than in a short one. Measured; see resources/manual/resonance.md.
struct CurvePoint {
    double sum;
    double logit;
};
constexpr std::size_t kShortWindow = 16; // packets
constexpr std::array<CurvePoint, 7> kShortCurve = {
    {{-1.22, -4.4}, {-0.51, -1.63}, {-0.2, -0.75}, {0.03, 0.4}, {0.23, 1.75}, {0.52, 2.85}, {1.12, 3.42}}};
constexpr std::array<CurvePoint, 7> kFullCurve = {
    {{-1.7, -4.5}, {-0.44, -3.3}, {0.02, -0.2}, {0.37, 0.7}, {0.77, 2.0}, {0.96, 3.33}, {1.6, 4.6}}};

template<std::size_t points>
double alongCurve(const std::array<CurvePoint, points>& curve, double sum)
{
    std::size_t i = 1;
    while (i + 1 < points && sum > curve[i].sum)
        ++i;
    const double slope = (curve[i].logit - curve[i - 1].logit) / (curve[i].sum - curve[i - 1].sum);
    return curve[i - 1].logit + slope * (sum - curve[i - 1].sum);
}

/// By number of packets: 0 for a short window, 1 for a full one, evenly by doublings between them.
std::array<double, kWindowPackets + 1> makeFullness()
{
    std::array<double, kWindowPackets + 1> fullness{};
    const double doublings = std::log2(static_cast<double>(kWindowPackets) / kShortWindow);
    for (std::size_t packets = kShortWindow; packets <= kWindowPackets; ++packets)
        fullness[packets] = std::log2(static_cast<double>(packets) / kShortWindow) / doublings;
    return fullness;
}

double logitOf(double sum, std::size_t packets)
{
    static const auto kFullness = makeFullness();
    const double full = kFullness[std::min(packets, kWindowPackets)];
    return full * alongCurve(kFullCurve, sum) + (1.0 - full) * alongCurve(kShortCurve, sum);
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
    std::array<SideTraffic, 2> traffic;
    window.split(traffic);
    for (std::size_t which = 0; which < traffic.size(); ++which) {
        const SideTraffic& sent = traffic[which];
        Side& side = m_sides[which];
        side.packets = sent.packets;
        if (sent.packets == 0)
            continue;
        putSizeBins(std::span(sent.sizes.data(), sent.packets), side.sizes);
        putGapBins(std::span(sent.gapsMs.data(), sent.packets), side.gaps);
        side.prefixes = sent.prefixes;
        if (side.packets >= kFewestOfSide)
            side.features = boundedFeatures(sent);
    }
}

double WindowView::upShare() const
{
    return packets() == 0 ? 0.5 : static_cast<double>(m_sides[0].packets) / static_cast<double>(packets());
}

double evidenceSum(const AspectValues& contributions)
{
    return std::accumulate(contributions.begin(), contributions.end(), 0.0);
}

Calibrated calibrated(const WindowView& window, const MaskModel& mask)
{
    Calibrated result;
    result.packets = window.packets();
    const double upShare = window.upShare();
    const double spokenOf = mask.down ? 1.0 : upShare;
    const double judged = static_cast<double>(window.packets()) * spokenOf;
    if (judged < static_cast<double>(kFewestPackets))
        return result;
    result.confidence = std::min(1.0, judged / static_cast<double>(kWindowPackets));
    const WindowView::Side& up = window.side(flow::Side::Initiator);
    const WindowView::Side& down = window.side(flow::Side::Responder);
    if (up.packets > 0)
        addSide(result.contributions, up, mask.up, mask.down ? upShare : 1.0);
    if (mask.down && down.packets > 0)
        addSide(result.contributions, down, *mask.down, 1.0 - upShare);
    const double sum = evidenceSum(result.contributions);
    result.score = 100.0 / (1.0 + std::exp(-logitOf(sum, result.packets)));
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
        const SideModel::Factors& factors = model->factorsFor(packets[which]);
        for (std::size_t i = 0; i < kFeatures; ++i) {
            if (!model->known.test(i))
                continue;
            const float value = features[which][i];
            const float weight = std::clamp(model->featureRatio(value, i, factors), -kMostAgainst, kMostAgainst);
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
