#include "engine/mask/state_inference.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace timbre::mask {

namespace {

constexpr double kMaxGapMs = 600'000.0;
constexpr std::size_t kOverrideNumbers = 64; // of a law in a state: transitions repeat it
constexpr int kRounds = 50;

double inMicroseconds(double gapMs)
{
    return std::round(std::clamp(gapMs, 0.0, kMaxGapMs) * 1000.0) / 1000.0;
}

std::uint16_t asSize(double size)
{
    return static_cast<std::uint16_t>(std::clamp(size, 1.0, 65535.0)); // a mask has no packets of size 0
}

/// Neighbouring sizes joined until each bin holds about an equal share.
std::vector<SizeBin> joined(const std::map<std::uint16_t, std::size_t>& counts, std::size_t total, std::size_t maxBins)
{
    const double share = static_cast<double>(total) / static_cast<double>(maxBins);
    std::vector<SizeBin> bins;
    double before = 0.0;
    std::size_t inBin = 0;
    for (const auto& [size, count] : counts) {
        if (inBin == 0)
            bins.push_back({size, size, 0.0F});
        bins.back().high = size;
        inBin += count;
        bins.back().weight = static_cast<float>(static_cast<double>(inBin) / static_cast<double>(total));
        before += static_cast<double>(count);
        if (before >= share * static_cast<double>(bins.size()))
            inBin = 0;
    }
    return bins;
}

/// Group of each packet: one-dimensional k-means over the sizes, groups in rising order of size.
std::vector<std::size_t> groupsBySize(std::span<const double> sizes, std::size_t groups)
{
    std::vector<double> order(sizes.begin(), sizes.end());
    std::sort(order.begin(), order.end());
    std::vector<double> centres;
    for (std::size_t i = 0; i < groups; ++i)
        centres.push_back(order[(2 * i + 1) * order.size() / (2 * groups)]);
    centres.erase(std::unique(centres.begin(), centres.end()), centres.end());
    // A steady size can hold several quantiles; the rest of the centres go to what is farthest from any.
    while (centres.size() < groups) {
        double farthest = -1.0;
        double gap = 0.0;
        for (const double size : order) {
            double nearest = 1e9;
            for (const double centre : centres)
                nearest = std::min(nearest, std::fabs(size - centre));
            if (nearest > gap) {
                gap = nearest;
                farthest = size;
            }
        }
        if (farthest < 0.0)
            return {}; // fewer different sizes than groups
        centres.push_back(farthest);
        std::sort(centres.begin(), centres.end());
    }
    const auto nearest = [&centres](double size) {
        const auto above = std::lower_bound(centres.begin(), centres.end(), size);
        if (above == centres.begin())
            return std::size_t{0};
        const bool below = above == centres.end() || size - *(above - 1) <= *above - size;
        return static_cast<std::size_t>(above - centres.begin()) - (below ? 1 : 0);
    };
    for (int round = 0; round < kRounds; ++round) {
        std::vector<double> sums(centres.size());
        std::vector<double> counts(centres.size());
        for (const double size : order) {
            sums[nearest(size)] += size;
            counts[nearest(size)] += 1.0;
        }
        bool moved = false;
        for (std::size_t i = 0; i < centres.size(); ++i) {
            const double centre = counts[i] > 0.0 ? sums[i] / counts[i] : centres[i];
            moved = moved || centre != centres[i];
            centres[i] = centre;
        }
        if (!moved)
            break;
    }
    std::vector<std::size_t> out(sizes.size());
    std::transform(sizes.begin(), sizes.end(), out.begin(), nearest);
    return out;
}

struct Group {
    std::vector<double> sizes;
    std::vector<double> gaps;
    SizeLaw sizeLaw;
    GapLaw gapLaw;
};

/// Chances to leave for each other state, each on condition that none before it was taken.
State stateOf(std::size_t id, const std::vector<double>& counts, const std::vector<Group>& groups)
{
    State state;
    state.id = static_cast<std::uint16_t>(id);
    double left = 0.0;
    for (const double count : counts)
        left += count;
    for (std::size_t to = 0; to < counts.size(); ++to) {
        if (to == id || counts[to] <= 0.0)
            continue;
        Transition transition;
        transition.condition = WithChance{static_cast<float>(std::min(1.0, counts[to] / left))};
        transition.nextState = static_cast<std::uint16_t>(to);
        transition.sizes = groups[to].sizeLaw;
        transition.gaps = groups[to].gapLaw;
        state.transitions.push_back(std::move(transition));
        left -= counts[to];
    }
    if (state.transitions.size() > 1 && counts[id] > 0.0) {
        // Staying is what is left over. Saying so closes the list and shows that it is to be read in order.
        Transition stay;
        stay.condition = WithChance{1.0F};
        stay.nextState = state.id;
        state.transitions.push_back(std::move(stay));
    }
    return state;
}

} // namespace

SizeLaw empiricalSizes(std::span<const double> sizes, std::size_t maxBins)
{
    std::map<std::uint16_t, std::size_t> counts;
    for (const double size : sizes)
        ++counts[asSize(size)];
    SizeLaw law;
    if (counts.size() > maxBins) {
        law.bins = joined(counts, sizes.size(), maxBins);
        return law;
    }
    for (const auto& [size, count] : counts) {
        const double weight = static_cast<double>(count) / static_cast<double>(sizes.size());
        law.bins.push_back({size, size, static_cast<float>(weight)});
    }
    return law;
}

GapLaw empiricalGaps(std::span<const double> gapsMs, std::size_t maxValues)
{
    std::vector<double> order(gapsMs.begin(), gapsMs.end());
    std::sort(order.begin(), order.end());
    GapLaw law;
    law.family = GapFamily::Empirical;
    const std::size_t values = std::min(maxValues, order.size());
    for (std::size_t i = 0; i < values; ++i)
        law.parameters.push_back(inMicroseconds(order[(2 * i + 1) * order.size() / (2 * values)]));
    return law;
}

std::vector<State> singleState()
{
    return {State{}};
}

std::vector<State> statesBySize(std::span<const double> sizes, std::span<const double> gapsMs, std::size_t groups)
{
    std::vector<std::size_t> group = groupsBySize(sizes, groups);
    if (group.empty())
        return {};
    const std::size_t first = group.front(); // becomes state 0: the initial state must be that
    for (std::size_t& each : group)
        each = each == first ? 0 : each < first ? each + 1 : each;
    std::vector<Group> parts(groups);
    std::vector<std::vector<double>> counts(groups, std::vector<double>(groups));
    for (std::size_t i = 0; i < group.size(); ++i) {
        parts[group[i]].sizes.push_back(sizes[i]);
        parts[group[i]].gaps.push_back(gapsMs[i]);
        if (i > 0)
            counts[group[i - 1]][group[i]] += 1.0;
    }
    std::vector<State> states;
    for (Group& part : parts) {
        if (part.sizes.empty())
            return {};
        part.sizeLaw = empiricalSizes(part.sizes, kOverrideNumbers);
        part.gapLaw = empiricalGaps(part.gaps, kOverrideNumbers);
    }
    for (std::size_t i = 0; i < groups; ++i)
        states.push_back(stateOf(i, counts[i], parts));
    return states;
}

} // namespace timbre::mask
