#pragma once

// The exact check: sessions, masks, the order in which reasons to skip are tested, and the two limits. Behaves as the
// reference does in every case, also where that is odd: a NaN score compares false with both limits and reads healthy
// (the window flags it), and asking for a session's statistics creates the session.

#include "engine/resonance/anomaly_detector.h"
#include "engine/resonance/encoder.h"

#include <optional>

namespace timbre::resonance {

inline constexpr float kDefaultWarningLimit = 0.15F;
inline constexpr float kDefaultCompromisedLimit = 0.35F;

enum class Status : std::uint8_t { Skip, Healthy, Warning, Compromised };
/// "skip", "healthy", "warning", "compromised"
[[nodiscard]] const char* toString(Status status);

struct Limits {
    float warning = kDefaultWarningLimit;
    float compromised = kDefaultCompromisedLimit;
};

/// Strictly above a limit counts. A NaN score is healthy, as in the reference.
[[nodiscard]] Status statusOf(float score, const Limits& limits);

struct CheckConfig {
    std::size_t hiddenSize = kDefaultHiddenSize;
    Limits limits{};
    bool anomalyDetection = true;
    std::size_t maxSessions = 1'000'000; // traffic of sessions past it is not recorded; counted
};

struct Check {
    Status status = Status::Skip;
    float score = 0.0F;            // 0 for a skip
    const char* message = nullptr; // why it was skipped
};

class CheckModule {
public:
    /// Refuses a hidden size of 0.
    [[nodiscard]] static Result<CheckModule> make(const CheckConfig& config);

    void loadModel() { m_loaded = true; }
    /// Replaces an earlier mask of this id. A refusal changes nothing.
    Result<void> registerMask(std::string_view maskId, std::span<const float> signature);
    void recordTraffic(std::string_view session, const Sample& sample);
    /// Creates the session when there is none; null at the cap.
    TrafficWindow* statisticsOf(std::string_view session);
    void removeStatistics(std::string_view session);
    [[nodiscard]] Check check(std::string_view session, std::string_view maskId) const;

    /// Recorded only with anomaly detection on.
    void recordTelemetry(std::string_view maskId, double loss, double roundTripMs);
    [[nodiscard]] bool isMaskAnomalous(std::string_view maskId) const { return m_anomalies.isAnomalous(maskId); }

    [[nodiscard]] std::size_t encoderCount() const { return m_encoders.size(); }
    [[nodiscard]] std::size_t totalMemoryBytes() const;
    [[nodiscard]] std::size_t sessionsRefused() const { return m_sessionsRefused; }

private:
    explicit CheckModule(const CheckConfig& config)
        : m_config(config)
    {
    }

    CheckConfig m_config;
    bool m_loaded = false;
    std::map<std::string, Encoder, std::less<>> m_encoders;
    std::map<std::string, TrafficWindow, std::less<>> m_sessions;
    AnomalyDetector m_anomalies;
    std::size_t m_sessionsRefused = 0;
};

} // namespace timbre::resonance
