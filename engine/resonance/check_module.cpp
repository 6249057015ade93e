#include "engine/resonance/check_module.h"

#include <fmt/format.h>

namespace timbre::resonance {

const char* toString(Status status)
{
    switch (status) {
    case Status::Skip:
        return "skip";
    case Status::Healthy:
        return "healthy";
    case Status::Warning:
        return "warning";
    case Status::Compromised:
        return "compromised";
    }
    return "skip";
}

Status statusOf(float score, const Limits& limits)
{
    if (score > limits.compromised)
        return Status::Compromised;
    return score > limits.warning ? Status::Warning : Status::Healthy;
}

Result<CheckModule> CheckModule::make(const CheckConfig& config)
{
    if (config.hiddenSize == 0 || config.hiddenSize > kMaxHiddenSize) {
        return Error{
            ErrorCode::Invalid,
            fmt::format("The hidden size must lie between 1 and {}, not be {}.", kMaxHiddenSize, config.hiddenSize),
            {}};
    }
    return CheckModule(config);
}

Result<void> CheckModule::registerMask(std::string_view maskId, std::span<const float> signature)
{
    if (signature.size() < kFeatures) {
        return Error{ErrorCode::Invalid,
                     fmt::format("Mask '{}' signature_vector too short: {} < {}", maskId, signature.size(), kFeatures),
                     {}};
    }
    Result<Encoder> encoder = Encoder::fromSignature(signature, m_config.hiddenSize);
    if (!encoder)
        return encoder.error();
    m_encoders.insert_or_assign(std::string(maskId), *std::move(encoder));
    return {};
}

TrafficWindow* CheckModule::statisticsOf(std::string_view session)
{
    const auto known = m_sessions.find(session);
    if (known != m_sessions.end())
        return &known->second;
    if (m_sessions.size() >= m_config.maxSessions) {
        ++m_sessionsRefused;
        return nullptr;
    }
    return &m_sessions[std::string(session)];
}

void CheckModule::recordTraffic(std::string_view session, const Sample& sample)
{
    if (TrafficWindow* window = statisticsOf(session))
        window->add(sample);
}

void CheckModule::removeStatistics(std::string_view session)
{
    const auto known = m_sessions.find(session);
    if (known != m_sessions.end())
        m_sessions.erase(known);
}

Check CheckModule::check(std::string_view session, std::string_view maskId) const
{
    if (!m_loaded)
        return {Status::Skip, 0.0F, "Model not loaded"};
    const auto traffic = m_sessions.find(session);
    if (traffic == m_sessions.end())
        return {Status::Skip, 0.0F, "No traffic stats"};
    const auto encoder = m_encoders.find(maskId);
    if (encoder == m_encoders.end())
        return {Status::Skip, 0.0F, "Mask encoder not found"};
    const float score = encoder->second.error(traffic->second.features());
    return {statusOf(score, m_config.limits), score, nullptr};
}

void CheckModule::recordTelemetry(std::string_view maskId, double loss, double roundTripMs)
{
    if (!m_config.anomalyDetection)
        return;
    m_anomalies.recordLoss(maskId, loss);
    m_anomalies.recordRoundTrip(maskId, roundTripMs);
}

std::size_t CheckModule::totalMemoryBytes() const
{
    std::size_t total = 0;
    for (const auto& [id, encoder] : m_encoders)
        total += encoder.memoryBytes();
    return total;
}

} // namespace timbre::resonance
