#include "engine/trends/suppression.h"

#include "engine/trends/entity_view.h"

#include <algorithm>

namespace timbre::trends {

namespace {

bool names(const Anomaly& anomaly, const std::string& entity, const StringPool& pool)
{
    return entity.empty() || std::any_of(anomaly.entities.begin(), anomaly.entities.end(),
                                         [&](StringId id) { return pool.text(id) == entity; });
}

} // namespace

bool hides(const Suppression& suppression, const Anomaly& anomaly, const TrendsResult& result)
{
    const Evidence& evidence = anomaly.evidence;
    const auto showsJa4 = [&] {
        return suppression.ja4 == evidence.newValue || suppression.ja4 == evidence.previousValue ||
               suppression.ja4 == result.text(sharedValueOf(result, anomaly));
    };
    return (!suppression.type || *suppression.type == anomaly.type) &&
           (!suppression.fromMs || anomaly.detectedMs >= *suppression.fromMs) &&
           (!suppression.toMs || anomaly.detectedMs <= *suppression.toMs) &&
           names(anomaly, suppression.entity, *result.names) &&
           names(anomaly, suppression.otherEntity, *result.names) && (suppression.ja4.empty() || showsJa4());
}

bool expired(const Suppression& suppression, std::int64_t nowMs)
{
    return suppression.expiresMs && nowMs >= *suppression.expiresMs;
}

std::string scopeText(const Suppression& suppression)
{
    std::string text = suppression.type ? titleOf(*suppression.type) : "Any anomaly";
    if (!suppression.entity.empty())
        text += " of " + suppression.entity;
    if (!suppression.otherEntity.empty())
        text += " with " + suppression.otherEntity;
    if (!suppression.ja4.empty())
        text += " with " + suppression.ja4;
    if (suppression.fromMs || suppression.toMs)
        text += " in the range of time";
    return text;
}

} // namespace timbre::trends
