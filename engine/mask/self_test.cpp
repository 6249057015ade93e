#include "engine/mask/self_test.h"

#include "engine/mask/header_match.h"
#include "engine/mask/sampler.h"

#include <algorithm>
#include <cmath>

namespace timbre::mask {

namespace {

using recording::Direction;

constexpr std::uint64_t kSeed = 0xA15E1F7E;
constexpr std::size_t kMaxSamples = 5000; // per direction
constexpr std::size_t kPacketsForStates = 50;
constexpr double kGoodEntropy = 6.0;

// The change-point method of section 6.6.
constexpr std::size_t kWindow = 20;
constexpr std::size_t kSpacing = 10;
constexpr double kChangeFactor = 2.0;
constexpr double kClusterBytes = 100.0;
constexpr std::size_t kMaxClusters = 8;

struct Side {
    std::vector<double> sizes;
    std::vector<double> gaps;
};

Side sideOf(Packets packets, Direction direction)
{
    Side side;
    for (const auto& packet : packets) {
        if (packet.direction != direction)
            continue;
        side.sizes.push_back(packet.size);
        side.gaps.push_back(packet.gapMs);
    }
    return side;
}

std::vector<double> drawSizes(const MaskProfile& mask, std::size_t count, RandomStream& random)
{
    const SizeSampler sampler(mask.sizes);
    std::vector<double> sizes(count);
    for (double& size : sizes)
        size = sampler.draw(random);
    return sizes;
}

std::vector<double> drawGaps(const MaskProfile& mask, std::size_t count, RandomStream& random)
{
    std::vector<double> gaps(count);
    for (double& gap : gaps)
        gap = drawGap(mask.gaps, random);
    return gaps;
}

float distanceToFirst(std::vector<double> drawn, const std::vector<double>& all)
{
    std::vector<double> real(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMaxSamples)));
    return static_cast<float>(distributionDistance(drawn, real));
}

double meanOf(std::span<const double> values)
{
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double deviationOf(std::span<const double> values)
{
    const double mean = meanOf(values);
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return values.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(values.size()));
}

float entropyPenalty(Packets packets)
{
    double sum = 0.0;
    for (const auto& packet : packets)
        sum += static_cast<double>(packet.entropy);
    const double mean = packets.empty() ? 0.0 : sum / static_cast<double>(packets.size());
    return mean >= kGoodEntropy ? 0.0F : static_cast<float>(std::min(1.0, kGoodEntropy - mean));
}

/// Mean over the states of how close the chances to leave come to 1.
double chanceScore(const MaskProfile& mask)
{
    double sum = 0.0;
    for (const State& state : mask.states) {
        double chances = 0.0;
        for (const Transition& transition : state.transitions) {
            const auto* chance = std::get_if<WithChance>(&transition.condition);
            chances += chance ? static_cast<double>(chance->probability) : 0.25;
        }
        sum += std::clamp(1.0 - std::fabs(chances - 1.0), 0.0, 1.0);
    }
    return sum / static_cast<double>(mask.states.size());
}

float stateScore(const MaskProfile& mask, std::span<const double> uplinkSizes)
{
    if (mask.states.empty())
        return 0.0F;
    if (uplinkSizes.size() < kPacketsForStates)
        return 0.5F;
    const auto found = static_cast<double>(statesByChangePoints(uplinkSizes));
    const auto own = static_cast<double>(mask.states.size());
    const double count = 1.0 - std::fabs(found - own) / std::max(found, own);
    const double initial = mask.initialState == 0 ? 1.0 : 0.5;
    const bool exists = std::any_of(mask.states.begin(), mask.states.end(),
                                    [&](const State& each) { return each.id == mask.initialState; });
    return static_cast<float>(0.40 * count + 0.25 * initial + 0.20 * (exists ? 1.0 : 0.0) + 0.15 * chanceScore(mask));
}

float confidenceOf(const SelfTest& test, std::size_t uplink, std::size_t downlink)
{
    const double upQuality =
        1.0 - std::min(1.0, static_cast<double>((test.uplinkSizes + test.uplinkGaps) / 2.0F) / 0.40);
    const double downQuality =
        test.downlinkDecides
            ? 1.0 - std::min(1.0, static_cast<double>((test.downlinkSizes + test.downlinkGaps) / 2.0F) / 0.45)
            : 0.25;
    const auto up = static_cast<double>(uplink);
    const double down = std::max(static_cast<double>(downlink), 1.0);
    const double balance = std::min(up, down) / std::max(up, down);
    const double confidence = 0.45 * upQuality + 0.20 * downQuality + 0.20 * static_cast<double>(test.headerMatch) +
                              0.10 * static_cast<double>(test.stateScore) + 0.03 * balance +
                              0.02 * (1.0 - static_cast<double>(test.entropyPenalty));
    return static_cast<float>(std::max(confidence, 0.1));
}

double correlation(std::span<const double> a, std::span<const double> b)
{
    const double meanA = meanOf(a);
    const double meanB = meanOf(b);
    double cross = 0.0;
    double squaresA = 0.0;
    double squaresB = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        cross += (a[i] - meanA) * (b[i] - meanB);
        squaresA += (a[i] - meanA) * (a[i] - meanA);
        squaresB += (b[i] - meanB) * (b[i] - meanB);
    }
    const double scale = std::sqrt(squaresA * squaresB);
    return scale > 0.0 ? cross / scale : 0.0;
}

double lag1(std::span<const double> values)
{
    return values.size() < 2 ? 0.0 : correlation(values.first(values.size() - 1), values.subspan(1));
}

} // namespace

double distributionDistance(std::vector<double>& a, std::vector<double>& b)
{
    if (a.empty() || b.empty())
        return 1.0;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    double largest = 0.0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const double value = std::min(a[i], b[j]);
        while (i < a.size() && a[i] <= value)
            ++i;
        while (j < b.size() && b[j] <= value)
            ++j;
        const double apart = static_cast<double>(i) / static_cast<double>(a.size()) -
                             static_cast<double>(j) / static_cast<double>(b.size());
        largest = std::max(largest, std::fabs(apart));
    }
    return largest;
}

std::size_t statesByChangePoints(std::span<const double> sizes)
{
    if (sizes.size() < kPacketsForStates)
        return 1;
    const double threshold = kChangeFactor * deviationOf(sizes);
    std::vector<std::size_t> starts{0};
    for (std::size_t i = kWindow; i + kWindow <= sizes.size(); ++i) {
        const double before = meanOf(sizes.subspan(i - kWindow, kWindow));
        const double after = meanOf(sizes.subspan(i, kWindow));
        const bool far = starts.size() == 1 || i - starts.back() > kSpacing;
        if (std::fabs(after - before) > threshold && far)
            starts.push_back(i);
    }
    struct Cluster {
        double sum = 0.0;
        double segments = 0.0;
    };
    std::vector<Cluster> clusters;
    for (std::size_t s = 0; s < starts.size(); ++s) {
        const std::size_t end = s + 1 < starts.size() ? starts[s + 1] : sizes.size();
        const double mean = meanOf(sizes.subspan(starts[s], end - starts[s]));
        const auto near = std::find_if(clusters.begin(), clusters.end(), [&](const Cluster& each) {
            return std::fabs(each.sum / each.segments - mean) < kClusterBytes;
        });
        Cluster& cluster = near == clusters.end() ? clusters.emplace_back() : *near;
        cluster.sum += mean;
        cluster.segments += 1.0;
    }
    return std::min(clusters.size(), kMaxClusters);
}

SelfTest selfTest(const MaskProfile& mask, Packets packets)
{
    SelfTest test;
    const Side up = sideOf(packets, Direction::Uplink);
    const Side down = sideOf(packets, Direction::Downlink);
    const std::size_t upSamples = std::min(kMaxSamples, up.sizes.size());
    const std::size_t downSamples = std::min(kMaxSamples, down.sizes.size());
    RandomStream random(kSeed);
    test.uplinkSizes = distanceToFirst(drawSizes(mask, upSamples, random), up.sizes);
    test.uplinkGaps = distanceToFirst(drawGaps(mask, upSamples, random), up.gaps);
    if (mask.reverse && downSamples > 0) {
        test.downlinkSizes = distanceToFirst(drawSizes(*mask.reverse, downSamples, random), down.sizes);
        test.downlinkGaps = distanceToFirst(drawGaps(*mask.reverse, downSamples, random), down.gaps);
    }
    const HeaderMatcher matcher(mask);
    test.headerMatch = static_cast<float>(matcher.share(packets));
    test.uplinkHeaderMatch = matcher.share(packets, Direction::Uplink);
    test.fixedHeaderBits = matcher.fixedShare();
    test.downlinkHeaderMatch = HeaderMatcher(mask.reverse ? *mask.reverse : mask).share(packets, Direction::Downlink);
    test.entropyPenalty = entropyPenalty(packets);
    test.stateScore = stateScore(mask, up.sizes);
    test.downlinkDecides = down.sizes.size() >= SelfTest::kDownlinkCounts;
    constexpr float kMax = SelfTest::kMaxDistance;
    const bool downlinkGood = !test.downlinkDecides || (test.downlinkSizes < kMax && test.downlinkGaps < kMax);
    test.passed = test.uplinkSizes < kMax && test.uplinkGaps < kMax && downlinkGood &&
                  test.headerMatch >= SelfTest::kMinHeaderMatch && test.stateScore >= SelfTest::kMinStateScore &&
                  test.entropyPenalty < SelfTest::kMaxEntropyPenalty;
    test.confidence = test.passed ? confidenceOf(test, up.sizes.size(), down.sizes.size()) : 0.0F;
    return test;
}

EngineFidelity engineFidelity(const MaskProfile& mask, Packets packets, std::size_t draws)
{
    constexpr std::uint64_t kStreamSeed = 1;
    Side real = sideOf(packets, Direction::Uplink);
    Side drawn;
    PacketStream stream(mask, kStreamSeed);
    for (std::size_t i = 0; i < draws; ++i) {
        const SizeAndGap packet = stream.next();
        drawn.sizes.push_back(packet.size);
        drawn.gaps.push_back(packet.gapMs);
    }
    EngineFidelity fidelity;
    fidelity.sizeLag1Model = lag1(drawn.sizes);
    fidelity.sizeLag1Real = lag1(real.sizes);
    fidelity.sizeGapModel = correlation(drawn.sizes, drawn.gaps);
    fidelity.sizeGapReal = correlation(real.sizes, real.gaps);
    fidelity.sizes = distributionDistance(drawn.sizes, real.sizes);
    fidelity.gaps = distributionDistance(drawn.gaps, real.gaps);
    return fidelity;
}

} // namespace timbre::mask
