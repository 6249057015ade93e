#include "engine/mask/features.h"

#include "engine/base/rank_selection.h"
#include "engine/mask/limit_counts.h"

#include <algorithm>
#include <cmath>

namespace timbre::mask {

namespace {

// Edges of the shares of sizes: 0, 64 … 704, 768, 896, 1024, 1280; all of them multiples of 64.
constexpr std::size_t kSizeStep = 64;
constexpr std::array<std::uint8_t, 21> kBinOfStep = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10,
                                                     11, 12, 12, 13, 13, 14, 14, 14, 14, 15};
constexpr std::size_t kSizeBins = 16;
constexpr double kLargeSize = 1500.0;
constexpr double kNoDeviation = 1e-9;

/// x / (x + k): 0 for nothing, 1 for very much.
double squash(double x, double k)
{
    const double positive = std::max(0.0, x);
    return positive / (positive + k);
}

// Windows are short and of any length, so a loop costs most where it ends, which no processor foresees: all figures of
// the three lists are taken in two loops, and nothing in them branches on a value.

/// Differences to the mean, added up in every way that is asked for; of two lists at once where Number has two.
template<typename Number>
struct Differences {
    Number mean;
    Number squares{};
    Number cubes{};
    Number fourths{};
    Number products{}; // of neighbours
    Number before{};

    explicit Differences(const Number& of)
        : mean(of)
    {
    }
    /// Returns the difference.
    Number add(const Number& value)
    {
        const Number off = value - mean;
        const Number square = off * off;
        squares += square;
        cubes += square * off;
        fourths += square * square;
        products += before * off;
        before = off;
        return off;
    }
};
using Two [[gnu::vector_size(2 * sizeof(double))]] = double;

/// What the differences say about their list.
class Central {
public:
    Central(const Differences<double>& of, double count)
        : Central(count, of.mean, of.squares, of.cubes, of.fourths, of.products)
    {
    }
    Central(const Differences<Two>& of, int list, double count)
        : Central(count, of.mean[list], of.squares[list], of.cubes[list], of.fourths[list], of.products[list])
    {
    }
    [[nodiscard]] double mean() const { return m_mean; }
    [[nodiscard]] double variance() const { return m_variance; } // of the population
    [[nodiscard]] double deviation() const { return std::sqrt(m_variance); }
    /// Requires: the deviation is above 0.
    [[nodiscard]] double skewness() const { return m_cubes / m_count / (m_variance * deviation()); }
    [[nodiscard]] double kurtosis() const { return m_fourths / m_count / (m_variance * m_variance); }
    /// How much each value resembles the one before.
    [[nodiscard]] double lag1() const
    {
        return m_count < 2.0 ? 0.0 : std::clamp(m_products / (m_count - 1.0) / (m_variance + 1e-9), -1.0, 1.0);
    }

private:
    Central(double count, double mean, double squares, double cubes, double fourths, double products)
        : m_count(count)
        , m_mean(mean)
        , m_variance(squares / count)
        , m_cubes(cubes)
        , m_fourths(fourths)
        , m_products(products)
    {
    }
    double m_count;
    double m_mean;
    double m_variance;
    double m_cubes;
    double m_fourths;
    double m_products;
};

/// Sum, and the steps from each value to the next.
struct Steps {
    double sum = 0.0;
    double steps = 0.0;
    double before; // the first value at first

    explicit Steps(double first)
        : before(first)
    {
    }
    void add(double value)
    {
        sum += value;
        steps += std::fabs(value - before);
        before = value;
    }
    [[nodiscard]] double meanStep(double count) const { return count < 2.0 ? 0.0 : steps / (count - 1.0); }
};

/// What is added up in the first loop.
struct Sums {
    Steps sizes;
    Steps gaps;
    double entropies = 0.0;
    std::array<int, kSizeBins> sizeBins{};
    LimitCounts counts;

    explicit Sums(const FeatureWindow& window)
        : sizes(window.sizes[0])
        , gaps(window.gapsMs[0])
        , counts(countLimits(window))
    {
        for (std::size_t i = 0; i < window.sizes.size(); ++i) {
            sizes.add(window.sizes[i]);
            const std::size_t step = static_cast<std::size_t>(window.sizes[i]) / kSizeStep;
            ++sizeBins[kBinOfStep[std::min(step, kBinOfStep.size() - 1)]];
            gaps.add(window.gapsMs[i]);
            entropies += window.entropies[i];
        }
    }
};

void sizeFeatures(std::span<const double> sizes, const Sums& sums, const Central& about, Features& f)
{
    const auto n = static_cast<double>(sizes.size());
    const double each = 1.0 / n;
    for (std::size_t bin = 0; bin < kSizeBins; ++bin)
        f[bin] = sums.sizeBins[bin] * each;
    const auto scaled = [](double x) { return std::min(1.0, x / kLargeSize); };
    f[50] = scaled(about.mean());
    f[51] = scaled(about.deviation());
    f[52] = sums.counts.largeSizes / n;
    f[53] = sums.counts.smallSizes / n;
    f[54] = 1.0 - f[52] - f[53];
    f[55] = scaled(sums.sizes.meanStep(n));
    RankSelection<float> order(sizes);
    f[56] = scaled(order.at(sizes.size() / 10));
    f[57] = scaled(order.at(sizes.size() / 4));
    f[58] = scaled(order.at(3 * sizes.size() / 4));
    f[59] = scaled(order.at(9 * sizes.size() / 10));
}

double nearMedian(std::span<const double> gaps, double median)
{
    if (median <= 1.0)
        return 0.0;
    int near = 0;
    for (const double gap : gaps)
        near += static_cast<int>(std::fabs(gap - median) <= 0.2 * median);
    return near / static_cast<double>(gaps.size());
}

void gapFeatures(std::span<const double> gaps, const Sums& sums, const Central& about, Features& f)
{
    const auto n = static_cast<double>(gaps.size());
    RankSelection<float> order(gaps);
    const double mean = about.mean();
    const double deviation = about.deviation();
    const double median = order.at(gaps.size() / 2);
    const double variation = mean > 0.0 ? deviation / mean : 0.0;
    f[16] = squash(mean, 100);
    f[17] = squash(deviation, 100);
    f[18] = squash(order.largest(), 1000);
    f[19] = squash(order.smallest(), 1000);
    f[20] = squash(order.at(gaps.size() / 4), 100);
    f[21] = squash(median, 100);
    f[22] = squash(order.at(3 * gaps.size() / 4), 100);
    f[23] = squash(variation, 1);
    if (deviation > kNoDeviation) {
        f[24] = std::clamp(about.skewness() / 10.0, -1.0, 1.0);
        f[25] = std::clamp((about.kurtosis() - 3.0) / 10.0, -1.0, 1.0);
    }
    f[26] = about.lag1();
    f[27] = sums.counts.tightGaps / n;
    f[28] = sums.counts.lengthyGaps / n;
    f[29] = mean > 0.0 ? std::clamp(sums.gaps.meanStep(n) / mean, 0.0, 10.0) / 10.0 : 0.0;
    f[30] = squash(order.at(gaps.size() / 10), 100);
    f[31] = squash(order.at(9 * gaps.size() / 10), 100);
    const int bursts = sums.counts.bursts;
    f[46] = bursts / n;
    f[47] = bursts > 0 ? std::min(1.0, static_cast<double>(sums.counts.closeGaps) / bursts / 20.0) : 0.0;
    f[60] = mean > 0.0 ? std::clamp(1.0 - variation, 0.0, 1.0) : 0.0;
    f[61] = sums.counts.regularGaps / n;
    f[63] = nearMedian(gaps, median);
}

double meanOf(std::span<const double> values)
{
    double sum = 0.0;
    for (const double x : values)
        sum += x;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

void entropyFeatures(std::span<const double> entropies, const LimitCounts& counts, const Central& about, Features& f)
{
    RankSelection<float> order(entropies);
    const std::size_t n = entropies.size();
    f[32] = about.mean() / 8.0;
    f[33] = about.deviation() / 8.0;
    f[34] = order.largest() / 8.0;
    f[35] = order.smallest() / 8.0;
    f[36] = order.at(n / 4) / 8.0;
    f[37] = order.at(n / 2) / 8.0;
    f[38] = order.at(3 * n / 4) / 8.0;
    f[39] = counts.highEntropies / static_cast<double>(n);
    f[40] = counts.lowEntropies / static_cast<double>(n);
    if (about.variance() > 1e-18) {
        f[41] = std::clamp(about.skewness() / 3.0, -1.0, 1.0);
        f[42] = about.lag1();
    }
    if (n >= 4)
        f[43] = (meanOf(entropies.last(n / 2)) - meanOf(entropies.first(n / 2))) / 8.0;
}

/// Everything that is known of the lists themselves.
void listFeatures(const FeatureWindow& window, Features& f)
{
    const std::size_t count = window.sizes.size();
    const auto n = static_cast<double>(count);
    const Sums sums(window);
    Differences<double> sizes(sums.sizes.sum / n);
    Differences<Two> gapsAndEntropies(Two{sums.gaps.sum, sums.entropies} / n);
    double together = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        sizes.add(window.sizes[i]);
        const Two off = gapsAndEntropies.add(Two{window.gapsMs[i], window.entropies[i]});
        together += off[0] * off[1];
    }
    const Central aboutGaps(gapsAndEntropies, 0, n);
    const Central aboutEntropies(gapsAndEntropies, 1, n);
    sizeFeatures(window.sizes, sums, Central(sizes, n), f);
    gapFeatures(window.gapsMs, sums, aboutGaps, f);
    entropyFeatures(window.entropies, sums.counts, aboutEntropies, f);
    const double scale = aboutGaps.deviation() * aboutEntropies.deviation();
    f[44] = scale > kNoDeviation ? std::clamp(together / n / scale, -1.0, 1.0) : 0.0;
}

constexpr std::array<const char*, kSignatureLength> kNames{"sizes 0–63",
                                                           "sizes 64–127",
                                                           "sizes 128–191",
                                                           "sizes 192–255",
                                                           "sizes 256–319",
                                                           "sizes 320–383",
                                                           "sizes 384–447",
                                                           "sizes 448–511",
                                                           "sizes 512–575",
                                                           "sizes 576–639",
                                                           "sizes 640–703",
                                                           "sizes 704–767",
                                                           "sizes 768–895",
                                                           "sizes 896–1023",
                                                           "sizes 1024–1279",
                                                           "sizes from 1280",
                                                           "mean gap",
                                                           "deviation of gaps",
                                                           "largest gap",
                                                           "smallest gap",
                                                           "lower quartile of gaps",
                                                           "median gap",
                                                           "upper quartile of gaps",
                                                           "variation of gaps",
                                                           "skewness of gaps",
                                                           "kurtosis of gaps",
                                                           "gaps resemble the one before",
                                                           "gaps under 2 ms",
                                                           "gaps over 500 ms",
                                                           "gap to gap change",
                                                           "tenth of gaps",
                                                           "nine tenths of gaps",
                                                           "mean entropy",
                                                           "deviation of entropy",
                                                           "largest entropy",
                                                           "smallest entropy",
                                                           "lower quartile of entropy",
                                                           "median entropy",
                                                           "upper quartile of entropy",
                                                           "entropy over 7.5",
                                                           "entropy under 4",
                                                           "skewness of entropy",
                                                           "entropy resembles the one before",
                                                           "entropy drifts",
                                                           "gap and entropy go together",
                                                           "share received",
                                                           "bursts per packet",
                                                           "length of bursts",
                                                           "packets per second",
                                                           "bytes per second",
                                                           "mean size",
                                                           "deviation of sizes",
                                                           "sizes over 1000",
                                                           "sizes under 100",
                                                           "sizes 100–1000",
                                                           "size to size change",
                                                           "tenth of sizes",
                                                           "lower quartile of sizes",
                                                           "upper quartile of sizes",
                                                           "nine tenths of sizes",
                                                           "evenness of gaps",
                                                           "gaps of 10–100 ms",
                                                           "throughput",
                                                           "gaps near the median"};

} // namespace

Features boundedFeatures(const FeatureWindow& window)
{
    Features f{};
    if (window.sizes.empty())
        return f;
    listFeatures(window, f);
    const auto received = static_cast<double>(window.received);
    const auto all = received + static_cast<double>(window.sent);
    f[45] = all > 0.0 ? received / all : 0.5;
    f[48] = squash(window.packetsPerSecond, 1000);
    f[49] = squash(window.bytesPerSecond, 1e6);
    f[62] = std::clamp(window.packetsPerSecond * meanOf(window.sizes) / 1e6, 0.0, 1.0);
    return f;
}

SignatureFacts signatureOf(std::span<const recording::PacketRecord> packets, recording::Direction direction)
{
    std::vector<double> sizes;
    std::vector<double> gaps;
    std::vector<double> entropies;
    for (const auto& packet : packets) {
        if (packet.direction != direction)
            continue;
        sizes.push_back(packet.size);
        gaps.push_back(packet.gapMs);
        entropies.push_back(static_cast<double>(packet.entropy));
    }
    SignatureFacts facts;
    const std::size_t length = std::min(kWindowPackets, sizes.size());
    if (length == 0)
        return facts;
    facts.windowPackets = static_cast<std::uint32_t>(length);
    Features squares{};
    for (std::size_t at = 0; at + length <= sizes.size(); at += length) {
        FeatureWindow window{std::span(sizes).subspan(at, length),
                             std::span(gaps).subspan(at, length),
                             std::span(entropies).subspan(at, length),
                             length,
                             0,
                             0.0,
                             0.0};
        const Features features = boundedFeatures(window);
        ++facts.windows;
        for (std::size_t i = 0; i < features.size(); ++i) {
            facts.mean[i] += features[i];
            squares[i] += features[i] * features[i];
        }
    }
    const double n = facts.windows;
    for (std::size_t i = 0; i < squares.size(); ++i) {
        facts.mean[i] /= n;
        facts.spread[i] = std::sqrt(std::max(0.0, squares[i] / n - facts.mean[i] * facts.mean[i]));
    }
    return facts;
}

const char* featureName(std::size_t index)
{
    return index < kNames.size() ? kNames[index] : "";
}

} // namespace timbre::mask
