#pragma once

// The checks that need nothing but signals: one for each signal as it comes, against the recent ones of the same
// entity, and one for each finished bucket against the buckets before it. Pure functions of their arguments.

#include "engine/trends/anomaly.h"
#include "engine/trends/time_store.h"

#include <span>

namespace timbre::trends {

struct CheckLimits {
    std::size_t sharingEntities = 3;
    double velocityRatio = 3.0;
    std::size_t rotationValues = 5;
    std::size_t clusterEntities = 10;
    std::size_t timingSignals = 10;
    double timingVariance = 100.0; // ms²
    double timingMeanMs = 1000.0;
    bool ja4hChanges = false; // the rule for `ja4` also for `ja4h`
};

/// At most one anomaly; its id and risk are left to the caller. `recent` is in order of arrival and may contain the
/// signal itself.
[[nodiscard]] std::optional<Anomaly> checkSignal(const Signal& signal, std::span<const Signal> recent,
                                                 const CheckLimits& limits, const StringPool& names);

/// Looks at the stored signals of `bucket`; `earlierTotals` are the counts of earlier buckets.
[[nodiscard]] std::vector<Anomaly> checkBucket(const TimeBucket& bucket, std::span<const std::uint64_t> earlierTotals,
                                               const CheckLimits& limits, const StringPool& names);

} // namespace timbre::trends
