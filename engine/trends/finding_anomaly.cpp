#include "engine/trends/finding_anomaly.h"

namespace timbre::trends {

namespace {

constexpr double kTravelThresholdKmh = 1'000.0; // as the specification has it, whatever the limit is set to
constexpr double kMsPerMinute = 60'000.0;

} // namespace

Anomaly travelAnomaly(const TravelAlert& alert, std::int64_t detectedMs, StringPool& names)
{
    Anomaly anomaly = makeAnomaly(AnomalyType::ImpossibleTravel, detectedMs);
    anomaly.severity = alert.severity;
    anomaly.entities = {names.intern(alert.to.address)};
    for (const Login* login : {&alert.from, &alert.to})
        if (login->flow != kNoFlowIndex)
            anomaly.flows.push_back(login->flow);
    Evidence& evidence = anomaly.evidence;
    evidence.previousValue = alert.from.address;
    evidence.newValue = alert.to.address;
    evidence.timeDeltaMs = alert.to.timeMs - alert.from.timeMs;
    evidence.timeDeltaMinutes = static_cast<double>(*evidence.timeDeltaMs) / kMsPerMinute;
    evidence.threshold = kTravelThresholdKmh;
    evidence.actual = alert.speedKmh;
    evidence.detectionMethod = "impossible_travel";
    return anomaly;
}

Anomaly payloadAnomaly(const PayloadFinding& finding, const StringPool& names)
{
    Anomaly anomaly = makeAnomaly(finding.type, finding.detectedMs);
    anomaly.severity = finding.severity;
    if (finding.entity != 0)
        anomaly.entities = {finding.entity};
    Evidence& evidence = anomaly.evidence;
    evidence.pathTemplate = names.text(finding.pathTemplate);
    evidence.source = "payload_profiler";
    evidence.threshold = finding.threshold;
    evidence.actual = finding.actual;
    return anomaly;
}

} // namespace timbre::trends
