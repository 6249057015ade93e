#include "engine/resonance/features.h"

#include <algorithm>
#include <cmath>

namespace timbre::resonance {

namespace {

// Bins by size / 64, since all edges (0, 64 … 640, 704, 768, 896, 1024, 1280) are multiples of 64. Sizes from 1280 on
// are in no bin but count in the divisor.
constexpr std::size_t kSizeBins = 15;
constexpr std::size_t kSizeStep = 64;
constexpr std::array<std::uint8_t, 20> kBinOfStep = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,
                                                     10, 11, 12, 12, 13, 13, 14, 14, 14, 14};

enum Index : std::size_t {
    kGapMean = 16,
    kGapDeviation,
    kGapLargest,
    kGapSmallest,
    kGapLowerQuartile,
    kGapMedian,
    kGapUpperQuartile,
    kGapVariation,
    kEntropyMean = 32,
    kEntropyDeviation,
    kEntropyLargest,
    kEntropySmallest,
    kPacketRate = 48,
    kByteRate,
    kSizeMean,
    kSizeDeviation,
};

/// In the precision of T throughout: sums in order, the square rounded before it is added.
template<typename T>
struct Moments {
    T mean = 0;
    T deviation = 0;
};

template<typename T, typename Values>
Moments<T> momentsOf(const Values& values)
{
    T sum = 0;
    for (const auto value : values)
        sum += static_cast<T>(value);
    const T count = static_cast<T>(values.size());
    const T mean = sum / count;
    T squares = 0;
    for (const auto value : values) {
        const T difference = static_cast<T>(value) - mean;
        squares += difference * difference;
    }
    return {mean, std::sqrt(squares / count)};
}

void addSizes(Features& features, std::span<const std::uint16_t> sizes)
{
    if (sizes.empty())
        return;
    std::array<std::uint32_t, kSizeBins + 1> counts{}; // the last one is for no bin
    for (const std::uint16_t size : sizes) {
        const std::size_t step = size / kSizeStep;
        ++counts[step < kBinOfStep.size() ? kBinOfStep[step] : kSizeBins];
    }
    const auto total = static_cast<float>(sizes.size());
    for (std::size_t bin = 0; bin < kSizeBins; ++bin)
        features[bin] = static_cast<float>(counts[bin]) / total;
    const auto moments = momentsOf<float>(sizes);
    features[kSizeMean] = moments.mean / 1500.0F;
    features[kSizeDeviation] = moments.deviation / 1500.0F;
}

/// Moves what is below `pivot` (with `orEqual`: not above) to the front and returns how many that are. Without branches
/// on the values, which no processor can predict.
template<bool orEqual>
std::size_t moveBelow(std::span<double> values, double pivot)
{
    std::size_t below = 0;
    for (double& value : values) {
        const double here = value;
        value = values[below];
        values[below] = here;
        below += static_cast<std::size_t>(orEqual ? here <= pivot : here < pivot);
    }
    return below;
}

/// The value that stands at `rank` when `values` is sorted; smaller ones are then before it, larger ones behind it.
double selectRank(std::span<double> values, std::size_t rank)
{
    for (;;) {
        const double first = values.front();
        const double last = values.back();
        const double middle = values[values.size() / 2];
        const double pivot = std::max(std::min(first, last), std::min(std::max(first, last), middle));
        const std::size_t below = moveBelow<false>(values, pivot);
        if (rank < below) {
            values = values.first(below);
            continue;
        }
        const std::size_t equal = moveBelow<true>(values.subspan(below), pivot);
        if (equal == 0 || rank < below + equal) // none is equal only when the pivot is NaN
            return pivot;
        values = values.subspan(below + equal);
        rank -= below + equal;
    }
}

/// The elements at a quarter, half and three quarters of the sorted list: no interpolation.
void addGapQuartiles(Features& features, std::span<const double> gaps)
{
    std::array<double, kWindowPackets> few; // a window is never longer; lists set from outside may be
    std::vector<double> many;
    std::span<double> sorted(few.data(), std::min(gaps.size(), few.size()));
    if (gaps.size() > few.size()) {
        many.resize(gaps.size());
        sorted = many;
    }
    std::copy(gaps.begin(), gaps.end(), sorted.begin());
    const std::size_t lower = gaps.size() / 4;
    const std::size_t middle = gaps.size() / 2;
    const std::size_t upper = 3 * gaps.size() / 4;
    const double median = selectRank(sorted, middle);
    const double lowerQuartile = lower < middle ? selectRank(sorted.first(middle), lower) : median;
    const double upperQuartile = upper > middle ? selectRank(sorted.subspan(middle + 1), upper - middle - 1) : median;
    features[kGapLowerQuartile] = static_cast<float>(lowerQuartile / 100.0);
    features[kGapMedian] = static_cast<float>(median / 100.0);
    features[kGapUpperQuartile] = static_cast<float>(upperQuartile / 100.0);
}

struct Extremes {
    double smallest;
    double largest;
};

/// Requires: values is not empty.
Extremes extremesOf(std::span<const double> values)
{
    Extremes found{values.front(), values.front()};
    for (const double value : values) {
        found.smallest = value < found.smallest ? value : found.smallest;
        found.largest = value > found.largest ? value : found.largest;
    }
    return found;
}

void addGaps(Features& features, std::span<const double> gaps)
{
    if (gaps.empty())
        return;
    const auto moments = momentsOf<double>(gaps);
    const auto [smallest, largest] = extremesOf(gaps);
    features[kGapMean] = static_cast<float>(moments.mean / 100.0);
    features[kGapDeviation] = static_cast<float>(moments.deviation / 100.0);
    features[kGapLargest] = static_cast<float>(largest / 1000.0);
    features[kGapSmallest] = static_cast<float>(smallest / 1000.0);
    addGapQuartiles(features, gaps);
    features[kGapVariation] = moments.mean > 0.0 ? static_cast<float>(moments.deviation / moments.mean) : 0.0F;
}

void addEntropies(Features& features, std::span<const double> entropies)
{
    if (entropies.empty())
        return;
    const auto moments = momentsOf<double>(entropies);
    const auto [smallest, largest] = extremesOf(entropies);
    features[kEntropyMean] = static_cast<float>(moments.mean / 8.0);
    features[kEntropyDeviation] = static_cast<float>(moments.deviation / 8.0);
    features[kEntropyLargest] = static_cast<float>(largest / 8.0);
    features[kEntropySmallest] = static_cast<float>(smallest / 8.0);
}

} // namespace

Features featuresOf(const Traffic& traffic)
{
    Features features{};
    addSizes(features, traffic.sizes);
    addGaps(features, traffic.gapsMs);
    addEntropies(features, traffic.entropies);
    features[kPacketRate] = static_cast<float>(traffic.packetsPerSecond) / 1000.0F;
    features[kByteRate] = static_cast<float>(traffic.bytesPerSecond) / 1'000'000.0F;
    return features;
}

void TrafficWindow::add(const Sample& sample)
{
    if (m_samples.size() < kWindowPackets) {
        m_samples.push_back(sample);
        return;
    }
    m_samples[m_oldest] = sample;
    m_oldest = (m_oldest + 1) % kWindowPackets;
}

void TrafficWindow::setRates(double packetsPerSecond, double bytesPerSecond)
{
    m_packetsPerSecond = packetsPerSecond;
    m_bytesPerSecond = bytesPerSecond;
}

Features TrafficWindow::features() const
{
    std::array<std::uint16_t, kWindowPackets> sizes;
    std::array<double, kWindowPackets> gaps;
    std::array<double, kWindowPackets> entropies;
    const std::size_t count = m_samples.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Sample& sample = m_samples[(m_oldest + i) % count];
        sizes[i] = sample.size;
        gaps[i] = sample.gapMs;
        entropies[i] = sample.entropy;
    }
    return featuresOf(
        {{sizes.data(), count}, {gaps.data(), count}, {entropies.data(), count}, m_packetsPerSecond, m_bytesPerSecond});
}

} // namespace timbre::resonance
