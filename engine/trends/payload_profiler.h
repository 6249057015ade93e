#pragma once

// Watches sizes: of requests and responses per path template, of traffic per address and minute. Its findings come back
// at every check for as long as they hold; who hands them on decides how often.

#include "engine/trends/anomaly.h"
#include "engine/trends/percentiles.h"

#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

namespace timbre::trends {

struct PayloadLimits {
    std::int64_t windowMs = 60'000;
    std::size_t maxWindows = 60; // finished ones, per entity
    std::size_t maxEndpoints = 5'000;
    std::size_t maxEntities = 10'000;
    std::uint64_t warmupRequests = 100;
    double oversizeFactor = 3.0;
    double spikeFactor = 5.0;
    double exfiltrationRatio = 100.0;
    double uploadRatio = 100.0;
    std::uint64_t largePayload = 100'000; // bytes
    std::size_t maxFindings = 1'000;
};

struct PayloadFinding {
    AnomalyType type = AnomalyType::OversizedRequest;
    Severity severity = Severity::Medium;
    std::int64_t detectedMs = 0;
    StringId pathTemplate = 0; // of an oversize finding
    StringId entity = 0;       // 0: the finding is about the template, not about an address
    double threshold = 0;
    double actual = 0;              // bytes, bytes a minute, or the ratio
    double expected = 0;            // p99, average bytes a minute; 0 for ratios
    std::uint64_t requestBytes = 0; // averages, for ratios
    std::uint64_t responseBytes = 0;
};

class PayloadProfiler {
public:
    struct Endpoint {
        std::uint64_t count = 0;
        std::uint64_t requestBytes = 0;
        std::uint64_t responseBytes = 0;
        Percentiles requests;
        Percentiles responses;
    };
    struct Window {
        std::int64_t startMs = 0;
        std::uint64_t requestBytes = 0;
        std::uint64_t responseBytes = 0;
        std::uint64_t count = 0;

        [[nodiscard]] std::uint64_t total() const { return requestBytes + responseBytes; }
    };
    /// Over all records, those of refused newcomers too.
    struct Totals {
        std::uint64_t requests = 0;
        std::uint64_t requestBytes = 0;
        std::uint64_t responseBytes = 0;
    };
    struct Entity {
        std::uint64_t count = 0;
        std::uint64_t requestBytes = 0;
        std::uint64_t responseBytes = 0;
        Window current;
        std::deque<Window> finished;
        std::uint64_t finishedTotal = 0; // of all of them
        std::int64_t lastTurnMs = 0;
        bool ripe = false; // for checks

        /// Mean of the finished windows' totals, cut; the current total when there are none.
        [[nodiscard]] std::uint64_t bytesPerMinute() const;
    };

    explicit PayloadProfiler(PayloadLimits limits = {});
    PayloadProfiler(const PayloadProfiler&) = delete;
    PayloadProfiler& operator=(const PayloadProfiler&) = delete;

    void record(std::int64_t nowMs, StringId pathTemplate, StringId entity, std::uint64_t requestBytes,
                std::uint64_t responseBytes);
    /// Over everything there is, ordered by type.
    std::vector<PayloadFinding> check(std::int64_t nowMs);

    [[nodiscard]] const std::unordered_map<StringId, Endpoint>& endpoints() const { return m_endpoints; }
    [[nodiscard]] const std::unordered_map<StringId, Entity>& entities() const { return m_entities; }
    [[nodiscard]] const Totals& totals() const { return m_totals; }
    [[nodiscard]] std::size_t findingsKept() const { return m_findings; }
    [[nodiscard]] std::uint64_t refused() const { return m_refused; }

private:
    void recordEndpoint(StringId pathTemplate, std::uint64_t requestBytes, std::uint64_t responseBytes);
    void recordEntity(std::int64_t nowMs, StringId id, std::uint64_t requestBytes, std::uint64_t responseBytes);
    void checkEndpoint(StringId pathTemplate, const Endpoint& endpoint, std::int64_t nowMs,
                       std::vector<PayloadFinding>& out) const;
    void checkEntity(StringId id, const Entity& entity, std::int64_t nowMs, std::vector<PayloadFinding>& out) const;

    PayloadLimits m_limits;
    std::unordered_map<StringId, Endpoint> m_endpoints;
    std::unordered_map<StringId, Entity> m_entities;
    // What a check looks at, in order of arrival: the others have too few records to say anything.
    std::vector<std::pair<StringId, const Endpoint*>> m_ripeEndpoints;
    std::vector<std::pair<StringId, const Entity*>> m_ripeEntities;
    Totals m_totals;
    std::size_t m_findings = 0;
    std::uint64_t m_refused = 0; // records of newcomers past a cap
};

} // namespace timbre::trends
