#include "engine/trends/signal_manager.h"

#include <algorithm>
#include <cmath>

namespace timbre::trends {

namespace {

constexpr std::size_t kEarlierBuckets = 60;

} // namespace

double riskAt(const EntityRisk& risk, std::int64_t nowMs)
{
    const double age = std::max(0.0, static_cast<double>(nowMs) - static_cast<double>(risk.lastMs));
    return risk.decayed * std::exp2(-age / static_cast<double>(kRiskHalfLifeMs));
}

bool matches(const Anomaly& anomaly, const AnomalyQuery& query)
{
    const auto& entities = anomaly.entities;
    return (!query.severity || anomaly.severity == *query.severity) && (!query.type || anomaly.type == *query.type) &&
           (!query.category || anomaly.category == *query.category) &&
           (!query.entity || std::find(entities.begin(), entities.end(), *query.entity) != entities.end()) &&
           (!query.fromMs || anomaly.detectedMs >= *query.fromMs) && (!query.toMs || anomaly.detectedMs <= *query.toMs);
}

SignalManager::SignalManager(SignalManagerConfig config, const StringPool& names, AnomalyListener* listener)
    : m_config(std::move(config))
    , m_names(names)
    , m_listener(listener)
    , m_store(m_config.store)
    , m_recent(m_config.maxRecentSignals, m_config.maxEntities)
{
}

void SignalManager::record(const Signal& signal)
{
    if (!m_config.enabled)
        return;
    m_store.record(signal);
    const auto recent = m_recent.add(signal);
    if (signal.type == SignalType::Ja4 && m_recent.surelyOneJa4())
        return; // what that check would find out of a hundred signals
    if (auto anomaly = checkSignal(signal, recent, m_config.limits, m_names))
        raise(std::move(*anomaly));
}

void SignalManager::checkBatch(const TimeBucket& bucket)
{
    std::vector<const TimeBucket*> earlier;
    for (const auto& other : m_store.buckets())
        if (other->startMs < bucket.startMs)
            earlier.push_back(other.get());
    std::sort(earlier.begin(), earlier.end(), [](auto* a, auto* b) { return a->startMs > b->startMs; });
    std::vector<std::uint64_t> totals;
    for (std::size_t i = 0; i < std::min(earlier.size(), kEarlierBuckets); ++i)
        totals.push_back(earlier[i]->total);
    for (Anomaly& anomaly : checkBucket(bucket, totals, m_config.limits, m_names))
        raise(std::move(anomaly));
}

void SignalManager::raise(Anomaly anomaly)
{
    if (anomaly.id == 0)
        anomaly.id = ++m_lastAnomaly;
    else if (known(anomaly.id))
        return;
    m_lastAnomaly = std::max(m_lastAnomaly, anomaly.id);
    anomaly.risk = m_config.risk[static_cast<std::size_t>(anomaly.type)];
    if (anomaly.risk && *anomaly.risk > 0)
        for (const StringId entity : anomaly.entities)
            addRisk(entity, *anomaly.risk, anomaly.detectedMs);
    m_anomalies.push_back(std::move(anomaly));
    if (m_listener)
        m_listener->raised(m_anomalies.back());
    if (m_anomalies.size() >= m_config.maxAnomaliesBetween)
        keepNewest();
}

bool SignalManager::known(std::uint64_t id) const
{
    return std::any_of(m_anomalies.begin(), m_anomalies.end(), [id](const Anomaly& kept) { return kept.id == id; });
}

void SignalManager::addRisk(StringId entity, int points, std::int64_t nowMs)
{
    EntityRisk& risk = m_risks[entity];
    risk.decayed = (risk.anomalies == 0 ? 0.0 : riskAt(risk, nowMs)) + points;
    risk.lastMs = risk.anomalies == 0 ? nowMs : std::max(risk.lastMs, nowMs);
    risk.points += points;
    ++risk.anomalies;
}

void SignalManager::cleanUp(std::int64_t nowMs)
{
    m_store.cleanUp(nowMs);
    std::erase_if(m_anomalies,
                  [&](const Anomaly& anomaly) { return anomaly.detectedMs < nowMs - m_config.store.retentionMs; });
    if (m_anomalies.size() > m_config.maxAnomalies)
        keepNewest();
    m_recent.forget(nowMs - m_config.recentAgeMs);
}

void SignalManager::keepNewest()
{
    const std::size_t surplus = m_anomalies.size() - std::min(m_anomalies.size(), m_config.maxAnomalies);
    std::vector<std::pair<std::int64_t, std::size_t>> byTime;
    byTime.reserve(m_anomalies.size());
    for (std::size_t i = 0; i < m_anomalies.size(); ++i)
        byTime.emplace_back(m_anomalies[i].detectedMs, i);
    std::sort(byTime.begin(), byTime.end());
    std::vector<bool> goes(m_anomalies.size());
    for (std::size_t i = 0; i < surplus; ++i)
        goes[byTime[i].second] = true;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_anomalies.size(); ++i)
        if (!goes[i]) {
            if (kept != i)
                m_anomalies[kept] = std::move(m_anomalies[i]);
            ++kept;
        }
    m_anomalies.resize(kept);
    m_anomaliesDropped += surplus;
}

std::vector<const Anomaly*> SignalManager::anomalies(const AnomalyQuery& query) const
{
    std::vector<const Anomaly*> found;
    for (const Anomaly& anomaly : m_anomalies)
        if (matches(anomaly, query))
            found.push_back(&anomaly);
    const auto texts = [this](const Anomaly& anomaly) {
        std::vector<std::string_view> list;
        for (const StringId entity : anomaly.entities)
            list.push_back(m_names.text(entity));
        return list;
    };
    std::stable_sort(found.begin(), found.end(), [&](const Anomaly* a, const Anomaly* b) {
        if (a->detectedMs != b->detectedMs)
            return a->detectedMs > b->detectedMs;
        if (a->type != b->type)
            return a->type < b->type;
        return texts(*a) < texts(*b);
    });
    found.resize(std::min(found.size(), query.limit));
    return found;
}

} // namespace timbre::trends
