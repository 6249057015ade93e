#include "engine/trends/payload_profiler.h"

#include <algorithm>
#include <cmath>

namespace timbre::trends {

namespace {

/// The entry for `id`. Past the cap the entry with the fewest records goes; a newcomer has one record, so no other can
/// have fewer and it is the newcomer itself that goes: null.
template<typename Value>
Value* entryFor(std::unordered_map<StringId, Value>& map, StringId id, std::size_t most, std::uint64_t& refused)
{
    if (const auto found = map.find(id); found != map.end())
        return &found->second;
    if (map.size() >= most) {
        ++refused;
        return nullptr;
    }
    return &map[id];
}

} // namespace

std::uint64_t PayloadProfiler::Entity::bytesPerMinute() const
{
    return finished.empty() ? current.total() : finishedTotal / finished.size();
}

PayloadProfiler::PayloadProfiler(PayloadLimits limits)
    : m_limits(limits)
{
}

void PayloadProfiler::record(std::int64_t nowMs, StringId pathTemplate, StringId entity, std::uint64_t requestBytes,
                             std::uint64_t responseBytes)
{
    ++m_totals.requests;
    m_totals.requestBytes += requestBytes;
    m_totals.responseBytes += responseBytes;
    recordEndpoint(pathTemplate, requestBytes, responseBytes);
    recordEntity(nowMs, entity, requestBytes, responseBytes);
}

void PayloadProfiler::recordEndpoint(StringId pathTemplate, std::uint64_t requestBytes, std::uint64_t responseBytes)
{
    Endpoint* endpoint = entryFor(m_endpoints, pathTemplate, m_limits.maxEndpoints, m_refused);
    if (!endpoint)
        return;
    ++endpoint->count;
    endpoint->requestBytes += requestBytes;
    endpoint->responseBytes += responseBytes;
    endpoint->requests.add(static_cast<double>(requestBytes));
    endpoint->responses.add(static_cast<double>(responseBytes));
    if (endpoint->count == std::max<std::uint64_t>(1, m_limits.warmupRequests))
        m_ripeEndpoints.emplace_back(pathTemplate, endpoint);
}

void PayloadProfiler::recordEntity(std::int64_t nowMs, StringId id, std::uint64_t requestBytes,
                                   std::uint64_t responseBytes)
{
    Entity* entity = entryFor(m_entities, id, m_limits.maxEntities, m_refused);
    if (!entity)
        return;
    if (entity->count == 0) {
        entity->lastTurnMs = entity->current.startMs = nowMs;
    } else if (nowMs - entity->lastTurnMs >= m_limits.windowMs) {
        entity->finishedTotal += entity->current.total();
        entity->finished.push_back(entity->current);
        if (entity->finished.size() > m_limits.maxWindows) {
            entity->finishedTotal -= entity->finished.front().total();
            entity->finished.pop_front();
        }
        entity->current = {.startMs = nowMs};
        entity->lastTurnMs = nowMs;
    }
    ++entity->count;
    entity->requestBytes += requestBytes;
    entity->responseBytes += responseBytes;
    ++entity->current.count;
    entity->current.requestBytes += requestBytes;
    entity->current.responseBytes += responseBytes;
    // A spike stands out against finished windows (or, below a factor of 1, against itself), a ratio needs the warm-up.
    const bool spikes = !entity->finished.empty() || m_limits.spikeFactor < 1.0;
    if (!entity->ripe && (spikes || entity->count > m_limits.warmupRequests)) {
        entity->ripe = true;
        m_ripeEntities.emplace_back(id, entity);
    }
}

std::vector<PayloadFinding> PayloadProfiler::check(std::int64_t nowMs)
{
    std::vector<PayloadFinding> found;
    for (const auto& [pathTemplate, endpoint] : m_ripeEndpoints)
        checkEndpoint(pathTemplate, *endpoint, nowMs, found);
    for (const auto& [id, entity] : m_ripeEntities)
        checkEntity(id, *entity, nowMs, found);
    std::sort(found.begin(), found.end(), [](const PayloadFinding& a, const PayloadFinding& b) {
        return std::tuple(a.type, a.pathTemplate, a.entity) < std::tuple(b.type, b.pathTemplate, b.entity);
    });
    m_findings = std::min(m_findings + found.size(), m_limits.maxFindings);
    return found;
}

void PayloadProfiler::checkEndpoint(StringId pathTemplate, const Endpoint& endpoint, std::int64_t nowMs,
                                    std::vector<PayloadFinding>& out) const
{
    const auto check = [&](const Percentiles& sizes, AnomalyType type) {
        if (!(sizes.max() > sizes.p99() * m_limits.oversizeFactor &&
              sizes.max() > static_cast<double>(m_limits.largePayload)))
            return;
        out.push_back({.type = type,
                       .severity = severityOf(type),
                       .detectedMs = nowMs,
                       .pathTemplate = pathTemplate,
                       .threshold = m_limits.oversizeFactor,
                       .actual = sizes.max(),
                       .expected = std::trunc(sizes.p99())});
    };
    check(endpoint.requests, AnomalyType::OversizedRequest);
    check(endpoint.responses, AnomalyType::OversizedResponse);
}

void PayloadProfiler::checkEntity(StringId id, const Entity& entity, std::int64_t nowMs,
                                  std::vector<PayloadFinding>& out) const
{
    const std::uint64_t average = entity.bytesPerMinute();
    const auto current = static_cast<double>(entity.current.total());
    if (average > 0 && current > static_cast<double>(average) * m_limits.spikeFactor)
        out.push_back({.type = AnomalyType::BandwidthSpike,
                       .severity = severityOf(AnomalyType::BandwidthSpike),
                       .detectedMs = nowMs,
                       .entity = id,
                       .threshold = m_limits.spikeFactor,
                       .actual = current,
                       .expected = static_cast<double>(average)});
    if (entity.count <= m_limits.warmupRequests)
        return;
    const std::uint64_t request = entity.requestBytes / entity.count;
    const std::uint64_t response = entity.responseBytes / entity.count;
    const auto check = [&](std::uint64_t small, std::uint64_t large, double limit, AnomalyType type) {
        if (small == 0 || large <= m_limits.largePayload)
            return;
        const double ratio = static_cast<double>(large) / static_cast<double>(small);
        if (ratio > limit)
            out.push_back({.type = type,
                           .severity = severityOf(type),
                           .detectedMs = nowMs,
                           .entity = id,
                           .threshold = limit,
                           .actual = ratio,
                           .requestBytes = request,
                           .responseBytes = response});
    };
    check(request, response, m_limits.exfiltrationRatio, AnomalyType::ExfiltrationPattern);
    check(response, request, m_limits.uploadRatio, AnomalyType::UploadPattern);
}

} // namespace timbre::trends
