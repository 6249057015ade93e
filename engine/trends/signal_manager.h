#pragma once

// Takes signals in: counts them, remembers the recent ones of each entity, runs the check of each signal, and keeps
// anomalies and the risk of entities. Belongs to one thread and reads no clock: now is the time of the signal or what
// the caller says. The batch checks of a finished bucket are run here too, when the caller asks.

#include "engine/trends/checks.h"
#include "engine/trends/recent_signals.h"

#include <unordered_map>

namespace timbre::trends {

struct SignalManagerConfig {
    bool enabled = true;
    TimeStoreConfig store;
    CheckLimits limits;
    RiskTable risk = defaultRiskTable();
    std::size_t maxRecentSignals = 100; // per entity
    std::size_t maxEntities = 10'000;   // with recent signals
    std::size_t maxAnomalies = 1'000;   // left by cleanUp()
    std::size_t maxAnomaliesBetween =
        SIZE_MAX; // between two clean-ups; the newest maxAnomalies stay when it is reached
    std::int64_t recentAgeMs = 600'000;
};

/// Points of one entity. `decayed` halves every kRiskHalfLifeMs of capture time since the last anomaly.
struct EntityRisk {
    std::int64_t points = 0;
    double decayed = 0.0;
    std::int64_t lastMs = 0;
    std::uint32_t anomalies = 0;
};
inline constexpr std::int64_t kRiskHalfLifeMs = 3'600'000;
/// What is left of the risk at `nowMs`, never more than `points`.
[[nodiscard]] double riskAt(const EntityRisk& risk, std::int64_t nowMs);

struct AnomalyQuery {
    std::optional<Severity> severity;
    std::optional<AnomalyType> type;
    std::optional<Category> category;
    std::optional<StringId> entity;
    std::optional<std::int64_t> fromMs;
    std::optional<std::int64_t> toMs;
    std::size_t limit = SIZE_MAX;
};
[[nodiscard]] bool matches(const Anomaly& anomaly, const AnomalyQuery& query);

/// Told of each anomaly as it is kept.
class AnomalyListener {
public:
    virtual ~AnomalyListener() = default;
    virtual void raised(const Anomaly& anomaly) = 0;
};

class SignalManager {
public:
    /// Requires: checkConfig(config.store); `names` and `listener` (may be null) outlive the manager.
    SignalManager(SignalManagerConfig config, const StringPool& names, AnomalyListener* listener = nullptr);

    void record(const Signal& signal);
    /// The batch checks of one bucket against up to 60 buckets that start before it, nearest first.
    void checkBatch(const TimeBucket& bucket);
    /// Gives the anomaly its number and risk, its entities their points, and keeps it. One that comes with the number
    /// of a kept one is ignored.
    void raise(Anomaly anomaly);
    void cleanUp(std::int64_t nowMs);

    /// Newest first; then by type and entities.
    [[nodiscard]] std::vector<const Anomaly*> anomalies(const AnomalyQuery& query) const;
    [[nodiscard]] std::size_t anomalyCount() const { return m_anomalies.size(); }
    [[nodiscard]] std::size_t recentEntities() const { return m_recent.entities(); }
    [[nodiscard]] const std::unordered_map<StringId, EntityRisk>& risks() const { return m_risks; }
    [[nodiscard]] TimeStore& store() { return m_store; }
    [[nodiscard]] const TimeStore& store() const { return m_store; }
    [[nodiscard]] const SignalManagerConfig& config() const { return m_config; }
    /// Anomalies dropped by maxAnomalies and lists of recent signals dropped by maxEntities.
    [[nodiscard]] std::uint64_t anomaliesDropped() const { return m_anomaliesDropped; }
    [[nodiscard]] std::uint64_t entitiesDropped() const { return m_recent.dropped(); }

private:
    void addRisk(StringId entity, int points, std::int64_t nowMs);
    [[nodiscard]] bool known(std::uint64_t id) const;
    void keepNewest();

    SignalManagerConfig m_config;
    const StringPool& m_names;
    AnomalyListener* m_listener;
    TimeStore m_store;
    RecentSignals m_recent;
    std::vector<Anomaly> m_anomalies; // in order of raising
    std::unordered_map<StringId, EntityRisk> m_risks;
    std::uint64_t m_lastAnomaly = 0;
    std::uint64_t m_anomaliesDropped = 0;
};

} // namespace timbre::trends
