#pragma once

// What entities have in common: a value (a cluster), a minute (a burst), the beginning of a fingerprint (a family).
// Computed on demand from a list of signals; nothing is kept.

#include "engine/trends/signal.h"

#include <span>
#include <string>
#include <vector>

namespace timbre::trends {

/// In the order of ties.
enum class CorrelationType : std::uint8_t { EntityCluster, SignalChain, TemporalCorrelation, FingerprintFamily };
/// "entity_cluster" …; `signal_chain` is a name of the specification that nothing produces.
[[nodiscard]] const char* toString(CorrelationType type);
[[nodiscard]] const char* titleOf(CorrelationType type);
[[nodiscard]] std::optional<CorrelationType> correlationNamed(std::string_view name);

struct CorrelationLimits {
    std::size_t minEntities = 3;
    std::int64_t windowMs = 60'000;
    double minStrength = 0.5; // weaker ones are taken for this strong
};

struct Correlation {
    CorrelationType type = CorrelationType::EntityCluster;
    std::int64_t detectedMs = 0;
    double strength = 0.0;          // minStrength … 1
    std::vector<StringId> entities; // sorted by text
    std::vector<SignalId> signalIds;
    std::string sharedValue;     // beginning of it; empty for a burst
    StringId value = 0;          // the whole of it for a cluster
    std::size_t signalCount = 0; // for a family: of different values
    std::optional<std::int64_t> windowMs;
};

struct CorrelationQuery {
    std::optional<CorrelationType> type;
    std::optional<StringId> entity;     // contained
    std::optional<std::int64_t> fromMs; // of detection
    std::optional<std::int64_t> toMs;
    double minStrength = 0.0;
    std::size_t limit = SIZE_MAX;
};

/// Strongest first, then by type, entities and signals. `nowMs` becomes the time of detection.
[[nodiscard]] std::vector<Correlation> correlate(std::span<const Signal> signalList, std::int64_t nowMs,
                                                 const CorrelationQuery& query, const CorrelationLimits& limits,
                                                 const StringPool& names);

} // namespace timbre::trends
