#pragma once

// What the trends analysis of one capture knows at one moment: an immutable value that the window, the command line and
// the store share. Texts of signals, entities and anomalies are ids of `names`.

#include "engine/flow/flow_traits.h"
#include "engine/trends/signal_manager.h"
#include "engine/trends/trend_query.h"

namespace timbre::trends {

/// Repeated anomalies of one type and the same entities within one bucket, as one row. The records behind it stay
/// separate for the rules; here they are counted.
struct AnomalyRow {
    Anomaly anomaly; // the first one, with the flows of all of them
    std::uint64_t count = 1;
    std::int64_t lastMs = 0;
    std::int64_t riskPoints = 0; // per entity, of all of them
};
using AnomalyRows = std::vector<std::shared_ptr<const AnomalyRow>>; // in order of the first detection

struct EntityRow {
    StringId entity = 0;
    EntityRisk risk;
};

/// Everything that was cut by a limit is here, with what was counted.
struct TrendsCounters {
    std::uint64_t signalCount = 0;
    std::uint64_t signalsNotStored = 0;   // counted, but past the cap of their minute
    std::uint64_t signalsNotKept = 0;     // stored in the analysis, past what its workspace keeps
    std::uint64_t textsRefused = 0;       // signals left out: no room for their text
    std::uint64_t minutesEvicted = 0;     // older than the retention, or past the number of minutes kept
    std::uint64_t anomalies = 0;          // raised
    std::uint64_t anomalyRowsRefused = 0; // past kMaxAnomalyRows
    std::uint64_t entitiesForgotten = 0;  // with recent signals, past the cap
    std::uint64_t flowsGivenUp = 0;       // of which a part was not read: a message too long, or no memory for streams
    std::uint64_t clientHellos = 0;
    std::uint64_t httpRequests = 0;
    std::uint64_t httpResponses = 0;
};
inline constexpr std::size_t kMaxAnomalyRows = 100'000;

/// For files and the store.
struct CounterName {
    std::string_view name;
    std::uint64_t TrendsCounters::*member;
};
[[nodiscard]] std::span<const CounterName> counterNames();

struct TrendsResult {
    std::shared_ptr<const StringPool> names;
    Buckets buckets;
    RollUps hours; // fit the buckets
    std::int64_t bucketSizeMs = 60'000;
    std::shared_ptr<const AnomalyRows> anomalies;           // never null
    std::shared_ptr<const std::vector<EntityRow>> entities; // with risk, highest first; never null
    std::int64_t lastMs = 0;                                // time of the last signal: "now" for decay
    TrendsCounters counters;

    [[nodiscard]] std::string_view text(StringId id) const { return names->text(id); }
};

} // namespace timbre::trends
