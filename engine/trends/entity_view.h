#pragma once

// What is known of entities, put together from the stored signals of a result: for lists and for the view of one
// address.

#include "engine/trends/correlations.h"
#include "engine/trends/trends_result.h"

namespace timbre::trends {

struct EntitySummary {
    StringId entity = 0;
    std::uint64_t signalCount = 0; // stored ones
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
    EntityRisk risk;
    std::array<std::uint32_t, kSignalTypes> distinctValues{};
};

/// Highest risk first, then the most signals, then by text.
[[nodiscard]] std::vector<EntitySummary> entitiesOf(const TrendsResult& result);

/// One value an entity showed, and how often.
struct EntityValue {
    SignalType type = SignalType::Ip;
    StringId value = 0;
    std::uint64_t count = 0;
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
    std::vector<std::uint32_t> flows; // at most kMaxAnomalyFlows
};
/// By type, then the most frequent first.
[[nodiscard]] std::vector<EntityValue> valuesOf(const TrendsResult& result, StringId entity);

/// What the entities of a batch finding have in common: the JA4 of a cluster, the token of a sharing. The rules do not
/// keep it, but the stored signals of the minute still show it. 0 for other kinds, and when it cannot be told.
[[nodiscard]] StringId sharedValueOf(const TrendsResult& result, const Anomaly& anomaly);

/// Signals taken into correlations: the newest of them, as the number of pairs grows with the square.
inline constexpr std::size_t kMaxCorrelated = 50'000;

struct CorrelationList {
    std::vector<Correlation> list;
    std::uint64_t signalsLeftOut = 0;
};
/// From and to choose signals; an entity filters the results, so that clusters stay whole. Of the types whose values
/// say who somebody is: fingerprints, tokens, findings.
[[nodiscard]] CorrelationList correlationsOf(const TrendsResult& result, std::optional<std::int64_t> fromMs,
                                             std::optional<std::int64_t> toMs, std::optional<StringId> entity);

} // namespace timbre::trends
