#pragma once

// Findings of the side components as anomalies, ready to be raised.

#include "engine/trends/payload_profiler.h"
#include "engine/trends/travel.h"

namespace timbre::trends {

/// The new address becomes the entity, added to `names` when it is not there.
[[nodiscard]] Anomaly travelAnomaly(const TravelAlert& alert, std::int64_t detectedMs, StringPool& names);

[[nodiscard]] Anomaly payloadAnomaly(const PayloadFinding& finding, const StringPool& names);

} // namespace timbre::trends
