#include "engine/resonance/laws.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace timbre::resonance {

namespace {

constexpr std::size_t kNarrowSizeBins = 96; // of 16 bytes
constexpr double kFirstGapEdge = 0.01;      // ms
constexpr double kGapBinsPerDecade = 10.0;
constexpr double kLongestGap = 600'000.0; // ms; draws are clamped to it
constexpr float kBackgroundShare = 0.08F; // of a law that a packet does not come from the mask at all
constexpr float kMostEvidence =
    3.0F; // of one packet, as a logarithm: beyond it the tails of the background are guesses
constexpr int kJitterSteps = 5;

double sizeEdge(std::size_t bin) // lower
{
    return bin <= kNarrowSizeBins ? 16.0 * static_cast<double>(bin) : (bin == kNarrowSizeBins + 1 ? 3072.0 : 65'536.0);
}

double gapEdge(std::size_t bin) // lower; of the first one 0
{
    return bin == 0 ? 0.0 : kFirstGapEdge * std::pow(10.0, static_cast<double>(bin - 1) / kGapBinsPerDecade);
}

double normalBelow(double x, double mean, double deviation)
{
    if (deviation <= 0.0)
        return x > mean ? 1.0 : 0.0;
    return 0.5 * std::erfc((mean - x) / (deviation * std::sqrt(2.0)));
}

/// [k, weight, mean, deviation …] as in 2.10. Requires: the mask page's rule D3 holds.
double mixtureBelow(double x, std::span<const double> flat)
{
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t i = 1; i + 2 < flat.size(); i += 3) {
        if (flat[i] <= 0.0)
            continue;
        sum += flat[i] * normalBelow(x, flat[i + 1], flat[i + 2]);
        weights += flat[i];
    }
    return weights > 0.0 ? sum / weights : 1.0;
}

double logNormalBelow(double x, double mu, double sigma)
{
    return x <= 0.0 ? 0.0 : normalBelow(std::log(x), mu, sigma);
}

/// Sum of `shape` unit exponentials, times scale.
double erlangBelow(double x, double shape, double scale)
{
    if (x <= 0.0 || scale <= 0.0)
        return x > 0.0 ? 1.0 : 0.0;
    const double t = x / scale;
    const auto stages = static_cast<int>(std::clamp(shape, 1.0, 1024.0));
    double logTerm = -t; // of t^i e^-t / i!
    double sum = 0.0;
    for (int i = 0; i < stages; ++i) {
        sum += std::exp(logTerm);
        logTerm += std::log(t) - std::log(static_cast<double>(i + 1));
    }
    return std::clamp(1.0 - sum, 0.0, 1.0);
}

template<std::size_t bins>
std::array<float, bins> normalised(std::array<double, bins> mass)
{
    const double sum = std::accumulate(mass.begin(), mass.end(), 0.0);
    std::array<float, bins> result{};
    for (std::size_t i = 0; i < bins; ++i)
        result[i] = sum > 0.0 ? static_cast<float>(mass[i] / sum) : 1.0F / static_cast<float>(bins);
    return result;
}

/// Mass of each bin from the share below its edges.
template<std::size_t bins, typename Edge, typename Below>
std::array<float, bins> massFrom(Edge edge, Below below)
{
    std::array<double, bins> mass{};
    double before = 0.0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const double upTo = bin + 1 == bins ? 1.0 : below(edge(bin + 1));
        mass[bin] = std::max(0.0, upTo - before);
        before = std::max(before, upTo);
    }
    return normalised(mass);
}

void addUniform(std::array<double, kSizeBins>& mass, double low, double high, double weight)
{
    const double width = high + 1.0 - low; // whole numbers, both ends belong to it
    for (std::size_t bin = sizeBin(static_cast<std::uint16_t>(low)); bin <= sizeBin(static_cast<std::uint16_t>(high));
         ++bin) {
        const double from = std::max(low, sizeEdge(bin));
        const double to = std::min(high + 1.0, sizeEdge(bin + 1));
        mass[bin] += weight * std::max(0.0, to - from) / width;
    }
}

SizeMass histogramMass(const std::vector<mask::SizeBin>& bins)
{
    std::array<double, kSizeBins> mass{};
    for (const mask::SizeBin& bin : bins)
        addUniform(mass, std::min(bin.low, bin.high), std::max(bin.low, bin.high),
                   std::max(0.0, static_cast<double>(bin.weight)));
    return normalised(mass);
}

/// The share below `x` of a gap law without its jitter.
double gapsBelow(double x, const mask::GapLaw& law)
{
    const std::vector<double>& p = law.parameters;
    switch (law.family) {
    case mask::GapFamily::Exponential:
        return p.empty() || x <= 0.0 ? 0.0 : 1.0 - std::exp(-p[0] * x);
    case mask::GapFamily::LogNormal:
        return p.size() < 2 ? 0.0 : logNormalBelow(x, p[0], p[1]);
    case mask::GapFamily::Gamma:
        return p.size() < 2 ? 0.0 : erlangBelow(x, p[0], p[1]);
    case mask::GapFamily::Gmm:
        return x <= 0.0 ? 0.0 : mixtureBelow(x, p);
    case mask::GapFamily::Empirical:
        break; // counted one by one
    }
    return 0.0;
}

GapMass empiricalMass(const mask::GapLaw& law)
{
    std::array<double, kGapBins> mass{};
    const double step = (law.jitterMs[1] - law.jitterMs[0]) / kJitterSteps;
    for (const double gap : law.parameters) {
        for (int i = 0; i < kJitterSteps; ++i) // the middles of equal parts of the jitter
            mass[gapBin(gap + law.jitterMs[0] + step * (i + 0.5))] += 1.0;
    }
    return normalised(mass);
}

template<std::size_t bins>
std::array<float, bins> smoothed(const std::array<float, bins>& mass)
{
    constexpr std::array<float, 5> kWeights = {1.0F / 9, 2.0F / 9, 3.0F / 9, 2.0F / 9, 1.0F / 9};
    std::array<float, bins> result{};
    for (std::size_t i = 0; i < bins; ++i) {
        for (std::size_t k = 0; k < kWeights.size(); ++k) {
            const std::size_t shifted = i + k < 2 ? 0 : i + k - 2; // what would leave the range stays at its end
            result[std::min(shifted, bins - 1)] += mass[i] * kWeights[k];
        }
    }
    return result;
}

template<std::size_t bins>
std::array<float, bins> logRatioTo(const std::array<float, bins>& law, const std::array<float, bins>& background)
{
    std::array<float, bins> ratio = smoothed(law);
    for (std::size_t i = 0; i < bins; ++i) {
        const float mixed = (1.0F - kBackgroundShare) * ratio[i] + kBackgroundShare * background[i];
        ratio[i] = std::clamp(std::log(mixed / background[i]), -kMostEvidence, kMostEvidence);
    }
    return ratio;
}

template<std::size_t bins>
std::array<float, bins> counted(std::span<const std::uint8_t> values)
{
    std::array<float, bins> mass{};
    const float each = values.empty() ? 0.0F : 1.0F / static_cast<float>(values.size());
    for (const std::uint8_t bin : values)
        mass[bin] += each;
    return mass;
}

/// Finds the bin of a gap without a logarithm: cells of an eighth of an octave, each of which holds at most one edge.
class GapCells {
public:
    GapCells()
    {
        for (std::size_t bin = 0; bin <= kGapBins; ++bin)
            m_edges[bin] = gapEdge(bin);
        for (std::size_t cell = 0; cell < kCells; ++cell) {
            const double low = std::bit_cast<double>((cell + kFirstCell) << kShift);
            const auto above = std::upper_bound(m_edges.begin(), m_edges.end(), low);
            m_bins[cell] = static_cast<std::uint8_t>(above - m_edges.begin() - 1);
        }
    }
    /// Without a branch: gaps come in any order.
    [[nodiscard]] std::size_t binOf(double gapMs) const
    {
        const bool longer = gapMs > kFirstGapEdge; // not so for NaN
        const double atLeast = longer ? gapMs : kFirstGapEdge;
        const double last = m_edges[kGapBins - 1];
        const double within = atLeast < last ? atLeast : last;
        const std::size_t bin = m_bins[(std::bit_cast<std::uint64_t>(within) >> kShift) - kFirstCell];
        const std::size_t found = bin + static_cast<std::size_t>(within >= m_edges[bin + 1]);
        return longer ? found : 0;
    }

private:
    static constexpr unsigned kShift = 49; // leaves the exponent and three bits of the fraction
    static constexpr std::uint64_t kFirstCell = std::bit_cast<std::uint64_t>(kFirstGapEdge) >> kShift;
    static constexpr std::size_t kCells = (std::bit_cast<std::uint64_t>(1e6) >> kShift) - kFirstCell + 1;

    std::array<double, kGapBins + 1> m_edges{};
    std::array<std::uint8_t, kCells> m_bins{};
};

const GapCells& gapCells()
{
    static const GapCells cells;
    return cells;
}

SizeMass makeBackgroundSizes()
{
    std::array<double, kSizeBins> mass{};
    addUniform(mass, 40, 1535, 0.40);
    addUniform(mass, 40, 111, 0.25);
    addUniform(mass, 40, 303, 0.15);
    addUniform(mass, 1376, 1519, 0.18);
    addUniform(mass, 1, 65'535, 0.02);
    return normalised(mass);
}

GapMass makeBackgroundGaps()
{
    const auto spread = [](double edge) { // two broad bells over the logarithm: bursts, and everything else
        return edge <= 0.0
                   ? 0.0
                   : 0.4 * normalBelow(std::log10(edge), -0.5, 0.8) + 0.6 * normalBelow(std::log10(edge), 1.3, 1.0);
    };
    return massFrom<kGapBins>(gapEdge, spread);
}

} // namespace

std::size_t sizeBin(std::uint16_t size)
{
    if (size < 16 * kNarrowSizeBins)
        return size / 16U;
    return size < 3072 ? kNarrowSizeBins : kNarrowSizeBins + 1;
}

std::size_t gapBin(double gapMs)
{
    return gapCells().binOf(gapMs);
}

double sizeBinCentre(std::size_t bin)
{
    return bin + 1 == kSizeBins ? 3072.0 : 0.5 * (sizeEdge(bin) + sizeEdge(bin + 1));
}

double gapBinCentre(std::size_t bin)
{
    return bin == 0 ? 0.5 * kFirstGapEdge : std::sqrt(gapEdge(bin) * gapEdge(bin + 1));
}

SizeMass massOf(const mask::SizeLaw& law)
{
    static const std::vector<mask::SizeBin> kUniform = {{64, 511, 1.0F}}; // what every law without a sampler draws
    if (law.type == mask::SizeLawType::Histogram)
        return histogramMass(law.bins);
    const std::vector<double> none;
    const std::vector<double>& p = law.parameters ? *law.parameters : none;
    // Draws are rounded and at least 1; half a byte does not matter at this width.
    if (law.family == mask::SizeFamily::LogNormal && p.size() >= 2)
        return massFrom<kSizeBins>(sizeEdge, [&](double x) { return logNormalBelow(x, p[0], p[1]); });
    if (law.family == mask::SizeFamily::Gmm && p.size() >= 4)
        return massFrom<kSizeBins>(sizeEdge, [&](double x) { return mixtureBelow(x, p); });
    return histogramMass(kUniform);
}

GapMass massOf(const mask::GapLaw& law)
{
    if (law.family == mask::GapFamily::Empirical)
        return empiricalMass(law);
    const double step = (law.jitterMs[1] - law.jitterMs[0]) / kJitterSteps;
    return massFrom<kGapBins>(gapEdge, [&](double x) {
        double sum = 0.0;
        for (int i = 0; i < kJitterSteps; ++i) {
            const double base = x - law.jitterMs[0] - step * (i + 0.5);
            sum += base > kLongestGap ? 1.0 : gapsBelow(base, law);
        }
        return sum / kJitterSteps;
    });
}

void putSizeBins(std::span<const double> sizes, Bins& bins)
{
    std::transform(sizes.begin(), sizes.end(), bins.begin(), [](double size) {
        return static_cast<std::uint8_t>(sizeBin(static_cast<std::uint16_t>(size)));
    });
}

void putGapBins(std::span<const double> gapsMs, Bins& bins)
{
    std::transform(gapsMs.begin(), gapsMs.end(), bins.begin(), [&cells = gapCells()](double gapMs) {
        return static_cast<std::uint8_t>(cells.binOf(gapMs));
    });
}

SizeMass massOfSizeBins(std::span<const std::uint8_t> bins)
{
    return counted<kSizeBins>(bins);
}

GapMass massOfGapBins(std::span<const std::uint8_t> bins)
{
    return counted<kGapBins>(bins);
}

const SizeMass& backgroundSizes()
{
    static const SizeMass mass = makeBackgroundSizes();
    return mass;
}

const GapMass& backgroundGaps()
{
    static const GapMass mass = makeBackgroundGaps();
    return mass;
}

SizeMass logRatio(const SizeMass& law)
{
    return logRatioTo(law, backgroundSizes());
}

GapMass logRatio(const GapMass& law)
{
    return logRatioTo(law, backgroundGaps());
}

SizeMass runningSum(const SizeMass& mass)
{
    SizeMass sums;
    std::partial_sum(mass.begin(), mass.end(), sums.begin());
    return sums;
}

GapMass runningSum(const GapMass& mass)
{
    GapMass sums;
    std::partial_sum(mass.begin(), mass.end(), sums.begin());
    return sums;
}

float ksDistance(std::span<const float> a, std::span<const float> b)
{
    float largest = 0.0F;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float difference = std::abs(a[i] - b[i]);
        largest = difference > largest ? difference : largest;
    }
    return largest;
}

} // namespace timbre::resonance
