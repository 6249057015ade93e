#include "engine/resonance/anomaly_detector.h"

namespace timbre::resonance {

namespace {

/// Rounding may lift the average of values at the limit above it, not that of smaller ones.
bool isHigh(double value, double limit)
{
    return !(value < limit * (1.0 - 1e-9));
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

void AnomalyDetector::keep(Samples& samples, double value, double limit)
{
    samples.values.push_back(value);
    samples.high += isHigh(value, limit) ? 1 : 0;
    if (samples.values.size() <= kTelemetryKept)
        return;
    samples.high -= isHigh(samples.values.front(), limit) ? 1 : 0;
    samples.values.pop_front();
}

/// Asked after every check: mostly no value is high, and then the average, which is exact but slow, cannot be either.
bool AnomalyDetector::areAnomalous(const Samples& samples, double limit)
{
    return samples.values.size() >= kTelemetryNeeded && samples.high > 0 && average(samples.values) > limit;
}

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
        keep(telemetry->losses, loss, kLossLimit);
}

void AnomalyDetector::recordRoundTrip(std::string_view maskId, double milliseconds)
{
    if (Telemetry* telemetry = telemetryOf(maskId))
        keep(telemetry->roundTrips, milliseconds, kRoundTripLimitMs);
}

AnomalyDetector::Averages AnomalyDetector::averages(std::string_view maskId) const
{
    const auto known = m_masks.find(maskId);
    if (known == m_masks.end())
        return {};
    const std::deque<double>& losses = known->second.losses.values;
    const std::deque<double>& roundTrips = known->second.roundTrips.values;
    return {average(losses), average(roundTrips), losses.size(), roundTrips.size()};
}

bool AnomalyDetector::isAnomalous(std::string_view maskId) const
{
    const auto known = m_masks.find(maskId);
    return known != m_masks.end() && (areAnomalous(known->second.losses, kLossLimit) ||
                                      areAnomalous(known->second.roundTrips, kRoundTripLimitMs));
}

} // namespace timbre::resonance
