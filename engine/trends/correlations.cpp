#include "engine/trends/correlations.h"

#include "engine/trends/anomaly.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace timbre::trends {

namespace {

constexpr std::array<std::array<const char*, 2>, 4> kNames{{
    {"entity_cluster", "Same value"},
    {"signal_chain", "Chain of signals"},
    {"temporal_correlation", "Same minute"},
    {"fingerprint_family", "Fingerprint family"},
}};
constexpr std::size_t kSharedBytes = 16;
constexpr std::size_t kFamilyBytes = 8;

using Signals = std::span<const Signal>;

class Correlator {
public:
    Correlator(Signals signalList, std::int64_t nowMs, const CorrelationLimits& limits, const StringPool& names)
        : m_signals(signalList)
        , m_nowMs(nowMs)
        , m_limits(limits)
        , m_names(names)
    {
    }

    void findClusters(std::vector<Correlation>& out) const;
    void findBursts(std::vector<Correlation>& out) const;
    void findFamilies(std::vector<Correlation>& out) const;

private:
    [[nodiscard]] Correlation make(CorrelationType type, double strength, std::vector<StringId> entities) const
    {
        std::sort(entities.begin(), entities.end(),
                  [this](StringId a, StringId b) { return m_names.text(a) < m_names.text(b); });
        Correlation result;
        result.type = type;
        result.detectedMs = m_nowMs;
        result.strength = std::clamp(strength, std::min(m_limits.minStrength, 1.0), 1.0);
        result.entities = std::move(entities);
        return result;
    }

    Signals m_signals;
    std::int64_t m_nowMs;
    const CorrelationLimits& m_limits;
    const StringPool& m_names;
};

std::vector<StringId> differentEntities(const std::vector<const Signal*>& group)
{
    std::vector<StringId> entities;
    for (const Signal* signal : group)
        entities.push_back(signal->entity);
    std::sort(entities.begin(), entities.end());
    entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
    return entities;
}

void Correlator::findClusters(std::vector<Correlation>& out) const
{
    std::unordered_map<StringId, std::vector<const Signal*>> groups;
    for (const Signal& signal : m_signals)
        groups[signal.value].push_back(&signal);
    for (const auto& [value, group] : groups) {
        std::vector<StringId> entities = differentEntities(group);
        if (entities.size() < m_limits.minEntities)
            continue;
        const double strength = (static_cast<double>(entities.size()) - 2) / 10;
        Correlation found = make(CorrelationType::EntityCluster, strength, std::move(entities));
        for (const Signal* signal : group)
            found.signalIds.push_back(signal->id);
        found.value = value;
        found.sharedValue = cutText(m_names.text(value), kSharedBytes);
        found.signalCount = group.size();
        out.push_back(std::move(found));
    }
}

/// The signals of a sliding window and how often each entity occurs among them.
void Correlator::findBursts(std::vector<Correlation>& out) const
{
    if (m_signals.size() < 2)
        return;
    std::vector<const Signal*> sorted;
    for (const Signal& signal : m_signals)
        sorted.push_back(&signal);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->timeMs < b->timeMs; });
    std::unordered_map<StringId, std::size_t> inWindow;
    std::unordered_set<StringId> covered; // entities of the hits kept so far
    std::size_t first = 0;
    for (std::size_t last = 0; last < sorted.size(); ++last) {
        ++inWindow[sorted[last]->entity];
        for (; sorted[first]->timeMs < sorted[last]->timeMs - m_limits.windowMs; ++first)
            if (--inWindow[sorted[first]->entity] == 0)
                inWindow.erase(sorted[first]->entity);
        if (inWindow.size() < m_limits.minEntities)
            continue;
        std::vector<StringId> entities;
        std::size_t known = 0;
        for (const auto& [entity, count] : inWindow) {
            entities.push_back(entity);
            known += covered.contains(entity) ? 1 : 0;
        }
        if (known * 2 > entities.size())
            continue;
        covered.insert(entities.begin(), entities.end());
        const double strength = (static_cast<double>(entities.size()) - 2) / 8;
        Correlation found = make(CorrelationType::TemporalCorrelation, strength, std::move(entities));
        for (std::size_t i = first; i <= last; ++i)
            found.signalIds.push_back(sorted[i]->id);
        found.signalCount = found.signalIds.size();
        found.windowMs = m_limits.windowMs;
        out.push_back(std::move(found));
    }
}

void Correlator::findFamilies(std::vector<Correlation>& out) const
{
    std::map<std::string_view, std::vector<const Signal*>> groups;
    for (const Signal& signal : m_signals) {
        const bool fingerprint = signal.type == SignalType::Ja4 || signal.type == SignalType::Ja4h ||
                                 signal.type == SignalType::HttpFingerprint;
        const std::string_view text = m_names.text(signal.value);
        if (fingerprint && text.size() >= kFamilyBytes)
            groups[cutText(text, kFamilyBytes)].push_back(&signal);
    }
    for (const auto& [prefix, group] : groups) {
        std::unordered_set<StringId> values;
        for (const Signal* signal : group)
            values.insert(signal->value);
        if (values.size() < 2)
            continue;
        Correlation found =
            make(CorrelationType::FingerprintFamily, static_cast<double>(values.size()) / 10, differentEntities(group));
        for (const Signal* signal : group)
            found.signalIds.push_back(signal->id);
        found.sharedValue = prefix;
        found.signalCount = values.size();
        out.push_back(std::move(found));
    }
}

bool matches(const Correlation& correlation, const CorrelationQuery& query)
{
    const auto& entities = correlation.entities;
    return (!query.entity || std::find(entities.begin(), entities.end(), *query.entity) != entities.end()) &&
           correlation.strength >= query.minStrength && (!query.fromMs || correlation.detectedMs >= *query.fromMs) &&
           (!query.toMs || correlation.detectedMs <= *query.toMs);
}

} // namespace

const char* toString(CorrelationType type)
{
    return kNames[static_cast<std::size_t>(type)][0];
}

const char* titleOf(CorrelationType type)
{
    return kNames[static_cast<std::size_t>(type)][1];
}

std::optional<CorrelationType> correlationNamed(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == kNames[i][0])
            return static_cast<CorrelationType>(i);
    return std::nullopt;
}

std::vector<Correlation> correlate(std::span<const Signal> signalList, std::int64_t nowMs,
                                   const CorrelationQuery& query, const CorrelationLimits& limits,
                                   const StringPool& names)
{
    const Correlator correlator(signalList, nowMs, limits, names);
    std::vector<Correlation> found;
    if (!query.type || *query.type == CorrelationType::EntityCluster)
        correlator.findClusters(found);
    if (!query.type || *query.type == CorrelationType::TemporalCorrelation)
        correlator.findBursts(found);
    if (!query.type || *query.type == CorrelationType::FingerprintFamily)
        correlator.findFamilies(found);
    std::erase_if(found, [&](const Correlation& correlation) { return !matches(correlation, query); });
    const auto before = [&](const Correlation& a, const Correlation& b) {
        if (a.strength != b.strength)
            return a.strength > b.strength;
        if (a.type != b.type)
            return a.type < b.type;
        const auto text = [&](StringId id) { return names.text(id); };
        for (std::size_t i = 0; i < std::min(a.entities.size(), b.entities.size()); ++i)
            if (a.entities[i] != b.entities[i])
                return text(a.entities[i]) < text(b.entities[i]);
        if (a.entities.size() != b.entities.size())
            return a.entities.size() < b.entities.size();
        return a.signalIds < b.signalIds;
    };
    std::sort(found.begin(), found.end(), before);
    found.resize(std::min(found.size(), query.limit));
    return found;
}

} // namespace timbre::trends
