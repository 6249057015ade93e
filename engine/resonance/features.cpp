#include "engine/resonance/features.h"

#include "engine/base/rank_selection.h"

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

/// What one list adds up to, in the precision of T throughout: sums in order, the square rounded before it is added.
template<typename T>
class Summing {
public:
    explicit Summing(std::size_t count)
        : m_count(static_cast<T>(count))
    {
    }

    void add(T value) { m_sum += value; }
    void endOfFirstPass() { m_mean = m_sum / m_count; }
    void addSquare(T value)
    {
        const T difference = value - m_mean;
        m_squares += difference * difference;
    }
    [[nodiscard]] T mean() const { return m_mean; }
    [[nodiscard]] T deviation() const { return std::sqrt(m_squares / m_count); }

private:
    T m_count;
    T m_sum = 0;
    T m_mean = 0;
    T m_squares = 0;
};

struct Extremes {
    double smallest;
    double largest;

    void add(double value)
    {
        smallest = value < smallest ? value : smallest;
        largest = value > largest ? value : largest;
    }
};

void putSizes(Features& features, const Summing<float>& sums, const std::array<std::uint32_t, kSizeBins + 1>& counts,
              std::size_t total)
{
    for (std::size_t bin = 0; bin < kSizeBins; ++bin)
        features[bin] = static_cast<float>(counts[bin]) / static_cast<float>(total);
    features[kSizeMean] = sums.mean() / 1500.0F;
    features[kSizeDeviation] = sums.deviation() / 1500.0F;
}

void putGaps(Features& features, const Summing<double>& sums, const Extremes& extremes)
{
    features[kGapMean] = static_cast<float>(sums.mean() / 100.0);
    features[kGapDeviation] = static_cast<float>(sums.deviation() / 100.0);
    features[kGapLargest] = static_cast<float>(extremes.largest / 1000.0);
    features[kGapSmallest] = static_cast<float>(extremes.smallest / 1000.0);
    features[kGapVariation] = sums.mean() > 0.0 ? static_cast<float>(sums.deviation() / sums.mean()) : 0.0F;
}

void putEntropies(Features& features, const Summing<double>& sums, const Extremes& extremes)
{
    features[kEntropyMean] = static_cast<float>(sums.mean() / 8.0);
    features[kEntropyDeviation] = static_cast<float>(sums.deviation() / 8.0);
    features[kEntropyLargest] = static_cast<float>(extremes.largest / 8.0);
    features[kEntropySmallest] = static_cast<float>(extremes.smallest / 8.0);
}

std::size_t binOf(std::uint16_t size)
{
    const std::size_t step = size / kSizeStep;
    return step < kBinOfStep.size() ? kBinOfStep[step] : kSizeBins;
}

void addSizes(Features& features, std::span<const std::uint16_t> sizes)
{
    if (sizes.empty())
        return;
    std::array<std::uint32_t, kSizeBins + 1> counts{}; // the last one is for no bin
    Summing<float> sums(sizes.size());
    for (const std::uint16_t size : sizes) {
        ++counts[binOf(size)];
        sums.add(static_cast<float>(size));
    }
    sums.endOfFirstPass();
    for (const std::uint16_t size : sizes)
        sums.addSquare(static_cast<float>(size));
    putSizes(features, sums, counts, sizes.size());
}

/// The elements at a quarter, half and three quarters of the sorted list: no interpolation.
void addGapQuartiles(Features& features, std::span<const double> gaps)
{
    RankSelection<double> sorted(gaps);
    features[kGapMedian] = static_cast<float>(sorted.at(gaps.size() / 2) / 100.0);
    features[kGapLowerQuartile] = static_cast<float>(sorted.at(gaps.size() / 4) / 100.0);
    features[kGapUpperQuartile] = static_cast<float>(sorted.at(3 * gaps.size() / 4) / 100.0);
}

/// Requires: values is not empty.
Summing<double> summed(std::span<const double> values, Extremes& extremes)
{
    Summing<double> sums(values.size());
    for (const double value : values) {
        sums.add(value);
        extremes.add(value);
    }
    sums.endOfFirstPass();
    for (const double value : values)
        sums.addSquare(value);
    return sums;
}

void addGaps(Features& features, std::span<const double> gaps)
{
    if (gaps.empty())
        return;
    Extremes extremes{gaps.front(), gaps.front()};
    const Summing<double> sums = summed(gaps, extremes);
    putGaps(features, sums, extremes);
    addGapQuartiles(features, gaps);
}

void addEntropies(Features& features, std::span<const double> entropies)
{
    if (entropies.empty())
        return;
    Extremes extremes{entropies.front(), entropies.front()};
    const Summing<double> sums = summed(entropies, extremes);
    putEntropies(features, sums, extremes);
}

/// The same as the three above, in one go: each addition waits for the one before it in its own list, so that three
/// lists side by side take hardly longer than one. Requires: lists of one length, not empty.
void addAllLists(Features& features, const Traffic& traffic)
{
    const std::size_t count = traffic.sizes.size();
    std::array<std::uint32_t, kSizeBins + 1> counts{};
    Summing<float> sizes(count);
    Summing<double> gaps(count);
    Summing<double> entropies(count);
    Extremes gapExtremes{traffic.gapsMs.front(), traffic.gapsMs.front()};
    Extremes entropyExtremes{traffic.entropies.front(), traffic.entropies.front()};
    for (std::size_t i = 0; i < count; ++i) {
        ++counts[binOf(traffic.sizes[i])];
        sizes.add(static_cast<float>(traffic.sizes[i]));
        gaps.add(traffic.gapsMs[i]);
        gapExtremes.add(traffic.gapsMs[i]);
        entropies.add(traffic.entropies[i]);
        entropyExtremes.add(traffic.entropies[i]);
    }
    sizes.endOfFirstPass();
    gaps.endOfFirstPass();
    entropies.endOfFirstPass();
    for (std::size_t i = 0; i < count; ++i) {
        sizes.addSquare(static_cast<float>(traffic.sizes[i]));
        gaps.addSquare(traffic.gapsMs[i]);
        entropies.addSquare(traffic.entropies[i]);
    }
    putSizes(features, sizes, counts, count);
    putGaps(features, gaps, gapExtremes);
    addGapQuartiles(features, traffic.gapsMs);
    putEntropies(features, entropies, entropyExtremes);
}

} // namespace

Features featuresOf(const Traffic& traffic)
{
    Features features{};
    const std::size_t count = traffic.sizes.size();
    if (count > 0 && traffic.gapsMs.size() == count && traffic.entropies.size() == count) {
        addAllLists(features, traffic);
    } else {
        addSizes(features, traffic.sizes);
        addGaps(features, traffic.gapsMs);
        addEntropies(features, traffic.entropies);
    }
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
