#include "engine/trends/checks.h"

#include <algorithm>
#include <limits>

namespace timbre::trends {

namespace {

using Recent = std::span<const Signal>;

bool contains(const std::vector<StringId>& ids, StringId id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::optional<Anomaly> checkSharing(const Signal& signal, Recent recent, const CheckLimits& limits,
                                    const StringPool& names)
{
    std::vector<StringId> entities;
    for (const Signal& other : recent)
        if (other.type == signal.type && other.value == signal.value && !contains(entities, other.entity))
            entities.push_back(other.entity);
    if (entities.size() < limits.sharingEntities)
        return std::nullopt;
    Anomaly anomaly = makeAnomaly(AnomalyType::SessionSharing, signal.timeMs);
    anomaly.category = categoryOf(signal.type);
    for (const Signal& other : recent)
        if (other.type == signal.type && other.value == signal.value)
            addSignal(anomaly, other);
    anomaly.evidence.ipCount = static_cast<std::uint32_t>(entities.size());
    setEntities(anomaly, std::move(entities), names);
    return anomaly.signalIds.size() >= 2 ? std::optional(std::move(anomaly)) : std::nullopt;
}

std::optional<Anomaly> checkFingerprint(const Signal& signal, Recent recent, const CheckLimits& limits,
                                        const StringPool& names)
{
    if (signal.type != SignalType::Ja4 && !(limits.ja4hChanges && signal.type == SignalType::Ja4h))
        return std::nullopt;
    const auto differs = [&](const Signal& other) {
        return other.type == signal.type && other.entity == signal.entity && other.value != signal.value;
    };
    const auto previous = std::find_if(recent.begin(), recent.end(), differs);
    if (previous == recent.end())
        return std::nullopt;
    Anomaly anomaly = makeAnomaly(AnomalyType::Ja4hChange, signal.timeMs);
    addSignal(anomaly, *previous);
    addSignal(anomaly, signal);
    anomaly.entities = {signal.entity};
    anomaly.evidence.previousValue = names.text(previous->value);
    anomaly.evidence.newValue = names.text(signal.value);
    return anomaly;
}

std::optional<Anomaly> checkDevice(const Signal& signal, Recent recent)
{
    if (signal.session == 0)
        return std::nullopt;
    const auto ofSession = [&](const Signal& other) {
        return other.type == SignalType::HttpFingerprint && other.session == signal.session;
    };
    std::vector<StringId> values;
    for (const Signal& other : recent)
        if (ofSession(other) && !contains(values, other.value))
            values.push_back(other.value);
    if (values.size() < 2)
        return std::nullopt;
    Anomaly anomaly = makeAnomaly(AnomalyType::FingerprintChange, signal.timeMs);
    for (const Signal& other : recent)
        if (ofSession(other))
            addSignal(anomaly, other);
    anomaly.entities = {signal.entity};
    anomaly.evidence.changeCount = static_cast<std::uint32_t>(values.size());
    return anomaly;
}

/// True when the latest gaps alone make the variance of all of them too large: of n gaps, two of which differ by d, it
/// is at least d² / 2n. Half of that leaves room for rounding. Nearly all traffic is that uneven, so that the rest of
/// the list need not be read.
template<typename Mine>
bool surelyUneven(Recent recent, const CheckLimits& limits, Mine mine)
{
    constexpr std::size_t kLatest = 40;
    const Signal* later = nullptr;
    double shortest = std::numeric_limits<double>::infinity();
    double longest = -shortest;
    const Recent latest = recent.last(std::min(recent.size(), kLatest));
    const double enough = 4.0 * static_cast<double>(recent.size()) * limits.timingVariance;
    for (auto signal = latest.rbegin(); signal != latest.rend(); ++signal) {
        if (!mine(*signal))
            continue;
        if (later) {
            const double gap = static_cast<double>(later->timeMs) - static_cast<double>(signal->timeMs);
            shortest = std::min(shortest, gap);
            longest = std::max(longest, gap);
            if ((longest - shortest) * (longest - shortest) > enough)
                return true;
        }
        later = &*signal;
    }
    return false;
}

std::optional<Anomaly> checkTiming(const Signal& signal, Recent recent, const CheckLimits& limits)
{
    if (signal.type != SignalType::Timing)
        return std::nullopt;
    const auto mine = [&](const Signal& other) {
        return other.type == SignalType::Timing && other.entity == signal.entity;
    };
    if (surelyUneven(recent, limits, mine))
        return std::nullopt;
    std::vector<double> gaps;
    const Signal* before = nullptr;
    for (const Signal& other : recent) {
        if (!mine(other))
            continue;
        if (before)
            gaps.push_back(static_cast<double>(other.timeMs) - static_cast<double>(before->timeMs));
        before = &other;
    }
    if (gaps.size() + 1 < limits.timingSignals || gaps.empty())
        return std::nullopt;
    double sum = 0;
    for (const double gap : gaps)
        sum += gap;
    const double mean = sum / static_cast<double>(gaps.size());
    double squares = 0;
    for (const double gap : gaps)
        squares += (gap - mean) * (gap - mean);
    const double variance = squares / static_cast<double>(gaps.size());
    if (!(variance < limits.timingVariance && mean < limits.timingMeanMs))
        return std::nullopt;
    Anomaly anomaly = makeAnomaly(AnomalyType::TimingAnomaly, signal.timeMs);
    for (const Signal& other : recent)
        if (mine(other))
            addSignal(anomaly, other);
    anomaly.entities = {signal.entity};
    anomaly.evidence.threshold = limits.timingVariance;
    anomaly.evidence.actual = variance;
    return anomaly;
}

} // namespace

std::optional<Anomaly> checkSignal(const Signal& signal, std::span<const Signal> recent, const CheckLimits& limits,
                                   const StringPool& names)
{
    switch (categoryOf(signal.type)) {
    case Category::AuthToken:
        return checkSharing(signal, recent, limits, names);
    case Category::Network:
        return checkFingerprint(signal, recent, limits, names);
    case Category::Device:
        return checkDevice(signal, recent);
    case Category::Behavioral:
        break;
    }
    return checkTiming(signal, recent, limits);
}

} // namespace timbre::trends
