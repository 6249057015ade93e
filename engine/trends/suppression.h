#pragma once

// Rules that hide anomalies from the list: by type, entity, TLS fingerprint or a pair of entities, with a reason and an
// end. Hidden ones are counted, never lost: taking a rule back shows them again.

#include "engine/trends/trends_result.h"

namespace timbre::trends {

struct Suppression {
    std::int64_t id = 0;                // given by the workspace
    std::optional<AnomalyType> type;    // none: any
    std::string entity;                 // empty: any
    std::string otherEntity;            // with `entity`: the pair; empty: any
    std::string ja4;                    // among the values behind it; empty: any
    std::optional<std::int64_t> fromMs; // of detection; capture time
    std::optional<std::int64_t> toMs;
    std::string reason;
    std::optional<std::int64_t> expiresMs; // of the machine's clock: the rule is a wish of the analyst, no result

    bool operator==(const Suppression&) const = default;
};

/// Requires: the anomaly belongs to the result.
[[nodiscard]] bool hides(const Suppression& suppression, const Anomaly& anomaly, const TrendsResult& result);
[[nodiscard]] bool expired(const Suppression& suppression, std::int64_t nowMs);
/// For people: "Session sharing of 192.0.2.1".
[[nodiscard]] std::string scopeText(const Suppression& suppression);

} // namespace timbre::trends
