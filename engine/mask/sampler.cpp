#include "engine/mask/sampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace timbre::mask {

namespace {

// Section 2 of the format.
constexpr double kMaxGapMs = 600'000.0;
constexpr double kUnknownGapMs = 20.0;
constexpr std::uint16_t kUnknownSize = 64;
constexpr double kSmallestUniform = 1e-12;     // under a logarithm, for normals
constexpr double kSmallestForExponent = 1e-10; // likewise, for exponentials
constexpr double kMaxComponents = 64.0;
constexpr SizeAndGap kUnknownPacket{512, 20.0};

struct Normals {
    double cosine = 0.0;
    double sine = 0.0;
};

Normals drawNormals(RandomStream& random)
{
    const double u1 = std::max(random.uniform(), kSmallestUniform);
    const double angle = 2.0 * std::numbers::pi * random.uniform();
    const double radius = std::sqrt(-2.0 * std::log(u1));
    return {radius * std::cos(angle), radius * std::sin(angle)};
}

std::size_t componentsIn(const std::vector<double>& numbers, std::size_t width)
{
    if (numbers.empty() || !(numbers[0] >= 1.0 && numbers[0] <= kMaxComponents))
        return 0;
    const auto count = static_cast<std::size_t>(numbers[0]);
    return (numbers.size() - 1) / width >= count ? count : 0;
}

/// Only positive weights count; they need not add to 1.
std::size_t drawComponent(const std::vector<double>& numbers, std::size_t width, std::size_t count,
                          RandomStream& random)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i)
        sum += std::max(0.0, numbers[1 + width * i]);
    const double target = random.uniform() * sum;
    double running = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double weight = numbers[1 + width * i];
        if (weight <= 0.0)
            continue;
        running += weight;
        if (running >= target)
            return i;
    }
    return count - 1;
}

std::optional<double> drawMixture(const std::vector<double>& numbers, double floor, RandomStream& random)
{
    const std::size_t count = componentsIn(numbers, 3);
    if (count == 0)
        return std::nullopt;
    const std::size_t component = drawComponent(numbers, 3, count, random);
    const double z = drawNormals(random).cosine;
    return std::max(numbers[2 + 3 * component] + numbers[3 + 3 * component] * z, floor);
}

std::uint16_t sizeOf(double value)
{
    return static_cast<std::uint16_t>(std::clamp(value, 1.0, 65535.0));
}

double unitExponential(RandomStream& random)
{
    return -std::log(std::max(1.0 - random.uniform(), kSmallestForExponent));
}

double drawGamma(double shape, double scale, RandomStream& random)
{
    double sum = 0.0;
    for (double i = 0.0; i < std::floor(std::clamp(shape, 1.0, 1024.0)); i += 1.0)
        sum += unitExponential(random);
    return scale * sum;
}

double drawBaseGap(const GapLaw& law, RandomStream& random)
{
    const std::vector<double>& numbers = law.parameters;
    const std::size_t wanted = law.family == GapFamily::LogNormal || law.family == GapFamily::Gamma ? 2 : 1;
    if (numbers.size() < wanted)
        return kUnknownGapMs;
    switch (law.family) {
    case GapFamily::Exponential:
        return unitExponential(random) / numbers[0];
    case GapFamily::LogNormal:
        return std::exp(numbers[0] + numbers[1] * drawNormals(random).cosine);
    case GapFamily::Gamma:
        return drawGamma(numbers[0], numbers[1], random);
    case GapFamily::Empirical:
        return numbers[random.index(numbers.size())];
    case GapFamily::Gmm:
        break;
    }
    return drawMixture(numbers, 0.0, random).value_or(kUnknownGapMs);
}

} // namespace

SizeSampler::SizeSampler(const SizeLaw& law)
    : m_law(law)
{
    if (law.type != SizeLawType::Histogram || law.bins.empty())
        return;
    std::vector<float> weights;
    float sum = 0.0F;
    for (const SizeBin& bin : law.bins) {
        if (!(bin.weight >= 0.0F))
            return;
        sum += bin.weight;
        weights.push_back(bin.weight);
    }
    if (sum > 0.0F && std::isfinite(sum))
        m_choice.emplace(weights);
}

std::uint16_t SizeSampler::draw(RandomStream& random) const
{
    if (m_law.type == SizeLawType::Histogram) {
        if (!m_choice)
            return kUnknownSize;
        const SizeBin& bin = m_law.bins[m_choice->draw(random)];
        return random.between(std::min(bin.low, bin.high), std::max(bin.low, bin.high));
    }
    if (m_law.family == SizeFamily::LogNormal && m_law.parameters && m_law.parameters->size() >= 2)
        return sizeOf(std::exp((*m_law.parameters)[0] + (*m_law.parameters)[1] * drawNormals(random).cosine));
    if (m_law.family == SizeFamily::Gmm && m_law.parameters) {
        if (const auto size = drawMixture(*m_law.parameters, 1.0, random))
            return sizeOf(std::round(*size));
    }
    return random.between(std::uint16_t{64}, std::uint16_t{511}); // what has no sampler is drawn like this
}

double drawGap(const GapLaw& law, RandomStream& random)
{
    double gap = drawBaseGap(law, random);
    gap = std::isfinite(gap) ? std::clamp(gap, 0.0, kMaxGapMs) : 0.0;
    const auto [low, high] = law.jitterMs;
    return std::max(0.0, gap + (low <= high ? random.between(low, high) : 0.0));
}

SizeAndGap drawJoint(const JointLaw& law, RandomStream& random)
{
    const std::size_t count = componentsIn(law.parameters, 6);
    if (count == 0)
        return kUnknownPacket;
    const double* group = law.parameters.data() + 1 + 6 * drawComponent(law.parameters, 6, count, random);
    const Normals z = drawNormals(random);
    const double size = group[1] + group[3] * z.cosine;
    const double gap = group[2] + group[4] * z.cosine + group[5] * z.sine;
    return {sizeOf(std::round(std::max(size, 1.0))),
            std::isfinite(gap) ? std::clamp(gap, 0.0, kMaxGapMs) : kUnknownGapMs};
}

PacketStream::PacketStream(const MaskProfile& mask, std::uint64_t seed)
    : m_mask(mask)
    , m_random(seed)
    , m_ownSizes(mask.sizes)
    , m_state(mask.initialState)
{
}

SizeAndGap PacketStream::next()
{
    SizeAndGap packet;
    if (m_mask.joint) {
        packet = drawJoint(*m_mask.joint, m_random);
    } else {
        packet.size = (m_sizes ? *m_sizes : m_ownSizes).draw(m_random);
        packet.gapMs = drawGap(m_entered && m_entered->gaps ? *m_entered->gaps : m_mask.gaps, m_random);
    }
    step(packet.gapMs);
    return packet;
}

void PacketStream::step(double gapMs)
{
    ++m_packetsInState;
    m_msInState += gapMs;
    const auto here = std::find_if(m_mask.states.begin(), m_mask.states.end(),
                                   [this](const State& each) { return each.id == m_state; });
    if (here == m_mask.states.end())
        return;
    const auto holds = [this](const Transition& transition) {
        if (const auto* packets = std::get_if<AfterPackets>(&transition.condition))
            return m_packetsInState >= packets->packets;
        if (const auto* duration = std::get_if<AfterDuration>(&transition.condition))
            return m_msInState >= static_cast<double>(duration->ms);
        const auto* chance = std::get_if<WithChance>(&transition.condition);
        return chance && m_random.uniform() < static_cast<double>(chance->probability);
    };
    const auto taken = std::find_if(here->transitions.begin(), here->transitions.end(), holds);
    if (taken == here->transitions.end() || taken->nextState == m_state)
        return;
    m_state = taken->nextState;
    m_packetsInState = 0;
    m_msInState = 0.0;
    m_entered = &*taken;
    m_sizes.reset();
    if (taken->sizes)
        m_sizes.emplace(*taken->sizes);
}

} // namespace timbre::mask
