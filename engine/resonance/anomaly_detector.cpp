#include "engine/resonance/anomaly_detector.h"

namespace timbre::resonance {

namespace {

void keep(std::deque<double>& samples, double value)
{
    samples.push_back(value);
    if (samples.size() > kTelemetryKept)
        samples.pop_front();
}

/// In order, one rounding per addition: near a limit the order decides.
double average(const std::deque<double>& samples)
{
    double sum = 0.0;
    for (const double value : samples)
        sum += value;
    return samples.empty() ? 0.0 : sum / static_cast<double>(samples.size());
}

} // namespace

AnomalyDetector::Telemetry* AnomalyDetector::telemetryOf(std::string_view maskId)
{
    const auto known = m_masks.find(maskId);
    if (known != m_masks.end())
        return &known->second;
    if (m_masks.size() >= kMaxTelemetryMasks) {
        ++m_refused;
        return nullptr;
    }
    return &m_masks[std::string(maskId)];
}

void AnomalyDetector::recordLoss(std::string_view maskId, double loss)
{
    if (Telemetry* telemetry = telemetryOf(maskId))
        keep(telemetry->losses, loss);
}

void AnomalyDetector::recordRoundTrip(std::string_view maskId, double milliseconds)
{
    if (Telemetry* telemetry = telemetryOf(maskId))
        keep(telemetry->roundTrips, milliseconds);
}

AnomalyDetector::Averages AnomalyDetector::averages(std::string_view maskId) const
{
    const auto known = m_masks.find(maskId);
    if (known == m_masks.end())
        return {};
    const auto& [losses, roundTrips] = known->second;
    return {average(losses), average(roundTrips), losses.size(), roundTrips.size()};
}

bool AnomalyDetector::isAnomalous(std::string_view maskId) const
{
    const Averages known = averages(maskId);
    return (known.losses >= kTelemetryNeeded && known.loss > kLossLimit) ||
           (known.roundTrips >= kTelemetryNeeded && known.roundTripMs > kRoundTripLimitMs);
}

} // namespace timbre::resonance
