#include "engine/trends/entity_view.h"

#include <algorithm>
#include <map>
#include <set>

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
    constexpr std::uint32_t kNone = 0xffffffff;
    std::vector<EntitySummary> list;
    std::vector<IdMasks> values;                                     // of each in the list
    std::vector<std::uint32_t> placeOf(result.names->size(), kNone); // ids are dense
    const auto summaryOf = [&](StringId entity) -> EntitySummary& {
        std::uint32_t& place = placeOf[entity];
        if (place == kNone) {
            place = static_cast<std::uint32_t>(list.size());
            list.emplace_back().entity = entity;
            values.emplace_back();
        }
        return list[place];
    };
    for (const auto& bucket : result.buckets)
        for (const Signal& signal : bucket->stored) {
            EntitySummary& one = summaryOf(signal.entity);
            one.firstMs = one.signalCount == 0 ? signal.timeMs : std::min(one.firstMs, signal.timeMs);
            one.lastMs = one.signalCount == 0 ? signal.timeMs : std::max(one.lastMs, signal.timeMs);
            ++one.signalCount;
            IdMasks::Mask& seen = values[placeOf[signal.entity]].at(signal.value);
            one.distinctValues[static_cast<std::size_t>(signal.type)] += (seen & maskOf(signal.type)) == 0 ? 1 : 0;
            seen |= maskOf(signal.type);
        }
    for (const EntityRow& row : *result.entities) {
        EntitySummary& one = summaryOf(row.entity);
        one.risk = row.risk;
        if (one.signalCount == 0)
            one.firstMs = one.lastMs = row.risk.lastMs;
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

StringId sharedValueOf(const TrendsResult& result, const Anomaly& anomaly)
{
    const bool cluster = anomaly.type == AnomalyType::Ja4IpCluster;
    if ((!cluster && anomaly.type != AnomalyType::SessionSharing) || anomaly.entities.empty())
        return 0;
    const auto wanted = [&](SignalType type) {
        return cluster ? type == SignalType::Ja4 : categoryOf(type) == Category::AuthToken;
    };
    for (const auto& bucket : result.buckets) {
        if (bucket->endMs != anomaly.detectedMs)
            continue;
        std::map<StringId, std::set<StringId>> entitiesOf; // by value
        for (const Signal& signal : bucket->stored)
            if (wanted(signal.type))
                entitiesOf[signal.value].insert(signal.entity);
        const std::set<StringId> sought(anomaly.entities.begin(), anomaly.entities.end());
        for (const auto& [value, entities] : entitiesOf)
            if (entities == sought && (cluster || result.text(value).starts_with(anomaly.evidence.tokenHashPrefix)))
                return value;
    }
    return 0;
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
