#include "engine/trends/entity_view.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace timbre::trends {

namespace {

/// Values that many share by chance say nothing: gaps between requests, paths, the address itself.
bool identifies(SignalType type)
{
    return categoryOf(type) == Category::AuthToken || categoryOf(type) == Category::Device || type == SignalType::Ja4 ||
           type == SignalType::Ja4h || type == SignalType::TlsFingerprint || type == SignalType::DlpMatch;
}

} // namespace

std::vector<EntitySummary> entitiesOf(const TrendsResult& result)
{
    std::unordered_map<StringId, EntitySummary> byEntity;
    std::map<std::pair<StringId, SignalType>, IdSet> values;
    for (const auto& bucket : result.buckets)
        for (const Signal& signal : bucket->stored) {
            EntitySummary& one = byEntity[signal.entity];
            one.firstMs = one.signalCount == 0 ? signal.timeMs : std::min(one.firstMs, signal.timeMs);
            one.lastMs = one.signalCount == 0 ? signal.timeMs : std::max(one.lastMs, signal.timeMs);
            ++one.signalCount;
            if (values[{signal.entity, signal.type}].insert(signal.value))
                ++one.distinctValues[static_cast<std::size_t>(signal.type)];
        }
    for (const EntityRow& row : *result.entities) {
        EntitySummary& one = byEntity[row.entity];
        one.risk = row.risk;
        if (one.signalCount == 0)
            one.firstMs = one.lastMs = row.risk.lastMs;
    }
    std::vector<EntitySummary> list;
    list.reserve(byEntity.size());
    for (auto& [entity, one] : byEntity) {
        one.entity = entity;
        list.push_back(one);
    }
    std::sort(list.begin(), list.end(), [&](const EntitySummary& a, const EntitySummary& b) {
        if (a.risk.points != b.risk.points)
            return a.risk.points > b.risk.points;
        if (a.signalCount != b.signalCount)
            return a.signalCount > b.signalCount;
        return result.text(a.entity) < result.text(b.entity);
    });
    return list;
}

std::vector<EntityValue> valuesOf(const TrendsResult& result, StringId entity)
{
    std::map<std::pair<SignalType, StringId>, EntityValue> byValue;
    SignalQuery query;
    query.entity = entity;
    for (const Signal& signal : signalsOf(result.buckets, query)) {
        EntityValue& one = byValue[{signal.type, signal.value}];
        one.type = signal.type;
        one.value = signal.value;
        one.firstMs = one.count == 0 ? signal.timeMs : std::min(one.firstMs, signal.timeMs);
        one.lastMs = one.count == 0 ? signal.timeMs : std::max(one.lastMs, signal.timeMs);
        ++one.count;
        if (signal.flow != kNoFlowIndex && one.flows.size() < kMaxAnomalyFlows &&
            std::find(one.flows.begin(), one.flows.end(), signal.flow) == one.flows.end())
            one.flows.push_back(signal.flow);
    }
    std::vector<EntityValue> list;
    for (auto& [key, one] : byValue)
        list.push_back(std::move(one));
    std::stable_sort(list.begin(), list.end(), [](const EntityValue& a, const EntityValue& b) {
        return a.type != b.type ? a.type < b.type : a.count > b.count;
    });
    return list;
}

CorrelationList correlationsOf(const TrendsResult& result, std::optional<std::int64_t> fromMs,
                               std::optional<std::int64_t> toMs, std::optional<StringId> entity)
{
    std::vector<Signal> chosen;
    for (const auto& bucket : result.buckets)
        for (const Signal& signal : bucket->stored)
            if (identifies(signal.type) && (!fromMs || signal.timeMs >= *fromMs) && (!toMs || signal.timeMs <= *toMs))
                chosen.push_back(signal);
    CorrelationList found;
    if (chosen.size() > kMaxCorrelated) {
        std::stable_sort(chosen.begin(), chosen.end(),
                         [](const Signal& a, const Signal& b) { return a.timeMs < b.timeMs; });
        found.signalsLeftOut = chosen.size() - kMaxCorrelated;
        chosen.erase(chosen.begin(), chosen.end() - static_cast<std::ptrdiff_t>(kMaxCorrelated));
    }
    CorrelationQuery query;
    query.entity = entity;
    found.list = correlate(chosen, result.lastMs, query, {}, *result.names);
    return found;
}

} // namespace timbre::trends
