#include "engine/trends/checks.h"

#include <algorithm>

namespace timbre::trends {

namespace {

constexpr std::size_t kTokenPrefixBytes = 16;

using Pick = StringId Signal::*;

/// Calls found(key, different members, a signal of the group) for each key with at least `least` different members
/// among the signals that `wanted` picks.
template<typename Wanted, typename Found>
void forEachGroup(const std::vector<Signal>& signals, Wanted wanted, Pick key, Pick member, std::size_t least,
                  Found found)
{
    std::vector<const Signal*> sorted;
    for (const Signal& signal : signals)
        if (wanted(signal))
            sorted.push_back(&signal);
    std::sort(sorted.begin(), sorted.end(),
              [=](const Signal* a, const Signal* b) { return std::pair(a->*key, a->id) < std::pair(b->*key, b->id); });
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto last = std::find_if(first, sorted.end(), [=](const Signal* s) { return s->*key != (*first)->*key; });
        std::vector<StringId> members;
        for (auto signal = first; signal != last; ++signal)
            members.push_back((*signal)->*member);
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (members.size() >= least)
            found((*first)->*key, std::move(members), std::span(first, last));
        first = last;
    }
}

/// The flows of a group are kept for the way back; the rule itself names no signals.
void addFlows(Anomaly& anomaly, std::span<const Signal* const> group)
{
    for (const Signal* signal : group)
        addSignal(anomaly, *signal);
    anomaly.signalIds.clear();
}

void checkVelocity(const TimeBucket& bucket, std::span<const std::uint64_t> earlierTotals, const CheckLimits& limits,
                   std::vector<Anomaly>& out)
{
    if (earlierTotals.empty())
        return;
    double sum = 0;
    for (const std::uint64_t total : earlierTotals)
        sum += static_cast<double>(total);
    const double average = sum / static_cast<double>(earlierTotals.size());
    if (average <= 0)
        return;
    const double ratio = static_cast<double>(bucket.total) / average;
    if (ratio < limits.velocityRatio)
        return;
    Anomaly anomaly = makeAnomaly(AnomalyType::VelocitySpike, bucket.endMs);
    anomaly.evidence.threshold = limits.velocityRatio;
    anomaly.evidence.actual = ratio;
    out.push_back(std::move(anomaly));
}

void checkSharing(const TimeBucket& bucket, const CheckLimits& limits, const StringPool& names,
                  std::vector<Anomaly>& out)
{
    const auto wanted = [](const Signal& signal) { return categoryOf(signal.type) == Category::AuthToken; };
    forEachGroup(bucket.stored, wanted, &Signal::value, &Signal::entity, limits.sharingEntities,
                 [&](StringId value, std::vector<StringId> entities, std::span<const Signal* const> group) {
                     Anomaly anomaly = makeAnomaly(AnomalyType::SessionSharing, bucket.endMs);
                     addFlows(anomaly, group);
                     anomaly.evidence.tokenHashPrefix = cutText(names.text(value), kTokenPrefixBytes);
                     setEntities(anomaly, std::move(entities), names);
                     out.push_back(std::move(anomaly));
                 });
}

void checkCluster(const TimeBucket& bucket, const CheckLimits& limits, const StringPool& names,
                  std::vector<Anomaly>& out)
{
    const auto wanted = [](const Signal& signal) { return signal.type == SignalType::Ja4; };
    forEachGroup(bucket.stored, wanted, &Signal::value, &Signal::entity, limits.clusterEntities,
                 [&](StringId, std::vector<StringId> entities, std::span<const Signal* const> group) {
                     Anomaly anomaly = makeAnomaly(AnomalyType::Ja4IpCluster, bucket.endMs);
                     addFlows(anomaly, group);
                     anomaly.evidence.ipCount = static_cast<std::uint32_t>(entities.size());
                     setEntities(anomaly, std::move(entities), names);
                     out.push_back(std::move(anomaly));
                 });
}

void checkRotation(const TimeBucket& bucket, SignalType type, AnomalyType found, const CheckLimits& limits,
                   std::vector<Anomaly>& out)
{
    const auto wanted = [type](const Signal& signal) { return signal.type == type; };
    forEachGroup(bucket.stored, wanted, &Signal::entity, &Signal::value, limits.rotationValues,
                 [&](StringId entity, const std::vector<StringId>& values, std::span<const Signal* const> group) {
                     Anomaly anomaly = makeAnomaly(found, bucket.endMs);
                     addFlows(anomaly, group);
                     anomaly.entities = {entity};
                     anomaly.evidence.changeCount = static_cast<std::uint32_t>(values.size());
                     out.push_back(std::move(anomaly));
                 });
}

} // namespace

std::vector<Anomaly> checkBucket(const TimeBucket& bucket, std::span<const std::uint64_t> earlierTotals,
                                 const CheckLimits& limits, const StringPool& names)
{
    std::vector<Anomaly> found;
    checkVelocity(bucket, earlierTotals, limits, found);
    checkSharing(bucket, limits, names, found);
    checkCluster(bucket, limits, names, found);
    checkRotation(bucket, SignalType::Ja4, AnomalyType::Ja4RotationPattern, limits, found);
    checkRotation(bucket, SignalType::HttpFingerprint, AnomalyType::RotationPattern, limits, found);
    return found;
}

} // namespace timbre::trends
