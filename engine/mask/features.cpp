#include "engine/mask/features.h"

#include "engine/base/rank_selection.h"

#include <algorithm>
#include <cmath>

namespace timbre::mask {

namespace {

// Edges of the shares of sizes: 0, 64 … 704, 768, 896, 1024, 1280; all of them multiples of 64.
constexpr double kSizeStep = 64.0;
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

struct Moments {
    double mean = 0.0;
    double variance = 0.0; // of the population
    double deviation = 0.0;
    double skewness = 0.0;
    double kurtosis = 3.0;
};

/// What term(0) … term(count − 1) add up to: in four sums side by side, so that an addition does not wait for the one
/// before it.
template<typename Term>
double sumOf(std::size_t count, Term term)
{
    constexpr std::size_t kLanes = 4;
    std::array<double, kLanes> sums{};
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += term(i + lane);
    }
    double rest = 0.0;
    for (; i < count; ++i)
        rest += term(i);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + rest;
}

double meanOf(std::span<const double> values)
{
    const double sum = sumOf(values.size(), [values](std::size_t i) { return values[i]; });
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

Moments momentsOf(std::span<const double> values)
{
    Moments m;
    const auto n = static_cast<double>(values.size());
    m.mean = meanOf(values);
    const auto off = [values, mean = m.mean](std::size_t i) { return values[i] - mean; };
    m.variance = sumOf(values.size(), [off](std::size_t i) { return off(i) * off(i); }) / n;
    m.deviation = std::sqrt(m.variance);
    return m;
}

/// Requires: the deviation is above kNoDeviation.
void addShape(std::span<const double> values, Moments& m)
{
    const auto n = static_cast<double>(values.size());
    const double scale = 1.0 / m.deviation;
    const auto z = [values, mean = m.mean, scale](std::size_t i) { return (values[i] - mean) * scale; };
    m.skewness = sumOf(values.size(), [z](std::size_t i) { return z(i) * z(i) * z(i); }) / n;
    m.kurtosis = sumOf(values.size(), [z](std::size_t i) { return (z(i) * z(i)) * (z(i) * z(i)); }) / n;
}

double lag1(std::span<const double> values, const Moments& m)
{
    if (values.size() < 2)
        return 0.0;
    const std::size_t pairs = values.size() - 1;
    const auto off = [values, mean = m.mean](std::size_t i) { return values[i] - mean; };
    const double sum = sumOf(pairs, [off](std::size_t i) { return off(i) * off(i + 1); });
    return std::clamp(sum / static_cast<double>(pairs) / (m.variance + 1e-9), -1.0, 1.0);
}

double meanStep(std::span<const double> values)
{
    if (values.size() < 2)
        return 0.0;
    const std::size_t steps = values.size() - 1;
    return sumOf(steps, [values](std::size_t i) { return std::fabs(values[i + 1] - values[i]); }) /
           static_cast<double>(steps);
}

/// A test says yes or no without a branch: what the next value is like, no processor can guess.
template<typename Test>
double share(std::span<const double> values, Test test)
{
    std::size_t count = 0;
    for (const double value : values)
        count += static_cast<std::size_t>(test(value));
    return static_cast<double>(count) / static_cast<double>(values.size());
}

void sizeFeatures(std::span<const double> sizes, Features& f)
{
    const std::size_t n = sizes.size();
    std::array<int, kSizeBins> counts{};
    for (const double size : sizes) {
        const double step = std::clamp(size / kSizeStep, 0.0, kBinOfStep.size() - 1.0);
        ++counts[kBinOfStep[static_cast<std::size_t>(step)]];
    }
    const double each = 1.0 / static_cast<double>(n);
    for (std::size_t bin = 0; bin < kSizeBins; ++bin)
        f[bin] = static_cast<double>(counts[bin]) * each;
    const Moments m = momentsOf(sizes);
    RankSelection<float> order(sizes);
    const auto scaled = [](double x) { return std::min(1.0, x / kLargeSize); };
    f[50] = scaled(m.mean);
    f[51] = scaled(m.deviation);
    f[52] = share(sizes, [](double x) { return x > 1000.0; });
    f[53] = share(sizes, [](double x) { return x < 100.0; });
    f[54] = 1.0 - f[52] - f[53];
    f[55] = scaled(meanStep(sizes));
    f[56] = scaled(order.at(n / 10));
    f[57] = scaled(order.at(n / 4));
    f[58] = scaled(order.at(3 * n / 4));
    f[59] = scaled(order.at(9 * n / 10));
}

/// Runs of gaps below 5 ms: how many per packet, and how long.
void burstFeatures(std::span<const double> gaps, Features& f)
{
    unsigned runs = 0;
    unsigned inRuns = 0;
    unsigned running = 0;
    for (const double gap : gaps) {
        const unsigned close = gap < 5.0;
        runs += close & ~running;
        inRuns += close;
        running = close;
    }
    f[46] = static_cast<double>(runs) / static_cast<double>(gaps.size());
    f[47] = runs > 0 ? std::min(1.0, static_cast<double>(inRuns) / runs / 20.0) : 0.0;
}

void gapFeatures(std::span<const double> gaps, Moments& m, Features& f)
{
    RankSelection<double> order(gaps);
    const std::size_t n = gaps.size();
    f[16] = squash(m.mean, 100);
    f[17] = squash(m.deviation, 100);
    f[18] = squash(order.largest(), 1000);
    f[19] = squash(order.smallest(), 1000);
    f[20] = squash(order.at(n / 4), 100);
    f[21] = squash(order.at(n / 2), 100);
    f[22] = squash(order.at(3 * n / 4), 100);
    const double variation = m.mean > 0.0 ? m.deviation / m.mean : 0.0;
    f[23] = squash(variation, 1);
    if (m.deviation > kNoDeviation) {
        addShape(gaps, m);
        f[24] = std::clamp(m.skewness / 10.0, -1.0, 1.0);
        f[25] = std::clamp((m.kurtosis - 3.0) / 10.0, -1.0, 1.0);
    }
    f[26] = lag1(gaps, m);
    f[27] = share(gaps, [](double x) { return x < 2.0; });
    f[28] = share(gaps, [](double x) { return x > 500.0; });
    f[29] = m.mean > 0.0 ? std::clamp(meanStep(gaps) / m.mean, 0.0, 10.0) / 10.0 : 0.0;
    f[30] = squash(order.at(n / 10), 100);
    f[31] = squash(order.at(9 * n / 10), 100);
    burstFeatures(gaps, f);
    f[60] = m.mean > 0.0 ? std::clamp(1.0 - variation, 0.0, 1.0) : 0.0;
    f[61] = share(gaps, [](double x) { return (x >= 10.0) & (x <= 100.0); });
    const double median = order.at(n / 2);
    f[63] = median > 1.0 ? share(gaps, [median](double x) { return std::fabs(x - median) <= 0.2 * median; }) : 0.0;
}

void entropyFeatures(std::span<const double> entropies, Moments& m, Features& f)
{
    RankSelection<float> order(entropies);
    const std::size_t n = entropies.size();
    f[32] = m.mean / 8.0;
    f[33] = m.deviation / 8.0;
    f[34] = order.largest() / 8.0;
    f[35] = order.smallest() / 8.0;
    f[36] = order.at(n / 4) / 8.0;
    f[37] = order.at(n / 2) / 8.0;
    f[38] = order.at(3 * n / 4) / 8.0;
    f[39] = share(entropies, [](double x) { return x > 7.5; });
    f[40] = share(entropies, [](double x) { return x < 4.0; });
    if (m.variance > 1e-18) {
        addShape(entropies, m);
        f[41] = std::clamp(m.skewness / 3.0, -1.0, 1.0);
        f[42] = lag1(entropies, m);
    }
    if (n >= 4)
        f[43] = (meanOf(entropies.last(n / 2)) - meanOf(entropies.first(n / 2))) / 8.0;
}

double correlation(std::span<const double> a, const Moments& ma, std::span<const double> b, const Moments& mb)
{
    const double scale = ma.deviation * mb.deviation;
    if (scale <= kNoDeviation)
        return 0.0;
    const double sum = sumOf(a.size(), [&](std::size_t i) { return (a[i] - ma.mean) * (b[i] - mb.mean); });
    return std::clamp(sum / static_cast<double>(a.size()) / scale, -1.0, 1.0);
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
    sizeFeatures(window.sizes, f);
    Moments gaps = momentsOf(window.gapsMs);
    Moments entropies = momentsOf(window.entropies);
    gapFeatures(window.gapsMs, gaps, f);
    entropyFeatures(window.entropies, entropies, f);
    f[44] = correlation(window.gapsMs, gaps, window.entropies, entropies);
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
