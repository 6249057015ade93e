#include "engine/trends/anomaly.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace timbre::trends {

namespace {

struct TypeFacts {
    const char* name;
    const char* title;
    Category category;
    Severity severity;
    int risk;
};

// The table of the trends page of the specification.
constexpr std::array<TypeFacts, kAnomalyTypes> kTypes{{
    {"fingerprint_change", "Fingerprint change", Category::Device, Severity::Medium, 30},
    {"session_sharing", "Session sharing", Category::AuthToken, Severity::High, 50},
    {"velocity_spike", "Burst of signals", Category::Behavioral, Severity::Medium, 15},
    {"impossible_travel", "Impossible travel", Category::Network, Severity::Medium, 25},
    {"token_reuse", "Token reuse", Category::AuthToken, Severity::High, 40},
    {"rotation_pattern", "Rotating user agents", Category::Device, Severity::High, 35},
    {"timing_anomaly", "Machine-like timing", Category::Behavioral, Severity::Low, 10},
    {"ja4_rotation_pattern", "Rotating TLS fingerprints", Category::Network, Severity::High, 45},
    {"ja4_ip_cluster", "TLS fingerprint cluster", Category::Network, Severity::Medium, 35},
    {"ja4_browser_spoofing", "Browser spoofing", Category::Network, Severity::High, 60},
    {"ja4h_change", "TLS fingerprint change", Category::Network, Severity::Medium, 25},
    {"oversized_request", "Oversized request", Category::Behavioral, Severity::Medium, 20},
    {"oversized_response", "Oversized response", Category::Behavioral, Severity::Low, 15},
    {"bandwidth_spike", "Bandwidth spike", Category::Behavioral, Severity::High, 25},
    {"exfiltration_pattern", "Exfiltration pattern", Category::Behavioral, Severity::Critical, 40},
    {"upload_pattern", "Upload pattern", Category::Behavioral, Severity::High, 35},
}};

constexpr std::array<const char*, 4> kSeverities{"low", "medium", "high", "critical"};

const TypeFacts& factsOf(AnomalyType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

std::string who(const Anomaly& anomaly, const StringPool& names)
{
    if (anomaly.entities.empty())
        return "No single address";
    if (anomaly.entities.size() == 1)
        return std::string(names.text(anomaly.entities.front()));
    return fmt::format("{} addresses", anomaly.entities.size());
}

/// Checks of single signals know no more of a token than that it is the same.
std::string tokenText(const Evidence& e)
{
    return e.tokenHashPrefix.empty() ? std::string("One token") : fmt::format("One token ({}…)", e.tokenHashPrefix);
}

std::string speedText(double speed)
{
    return speed < 0 ? std::string("no time at all") : fmt::format("{:.0f} km/h", speed);
}

std::string describePayload(const Anomaly& anomaly, const std::string& subject)
{
    const Evidence& e = anomaly.evidence;
    const double actual = e.actual.value_or(0);
    const double threshold = e.threshold.value_or(0);
    switch (anomaly.type) {
    case AnomalyType::OversizedRequest:
        return fmt::format("The largest request of {} has {:.0f} bytes, more than {:g} times the 99th percentile.",
                           e.pathTemplate, actual, threshold);
    case AnomalyType::OversizedResponse:
        return fmt::format("The largest response of {} has {:.0f} bytes, more than {:g} times the 99th percentile.",
                           e.pathTemplate, actual, threshold);
    case AnomalyType::BandwidthSpike:
        return fmt::format("{} moved {:.0f} bytes in a minute, more than {:g} times its average.", subject, actual,
                           threshold);
    case AnomalyType::ExfiltrationPattern:
        return fmt::format("Responses to {} are {:.0f} times as large as its requests.", subject, actual);
    default:
        return fmt::format("Requests of {} are {:.0f} times as large as the responses.", subject, actual);
    }
}

} // namespace

const char* toString(AnomalyType type)
{
    return factsOf(type).name;
}

const char* titleOf(AnomalyType type)
{
    return factsOf(type).title;
}

const char* toString(Severity severity)
{
    return kSeverities[static_cast<std::size_t>(severity)];
}

std::optional<AnomalyType> anomalyTypeOf(std::string_view name)
{
    for (std::size_t i = 0; i < kAnomalyTypes; ++i)
        if (name == kTypes[i].name)
            return static_cast<AnomalyType>(i);
    return std::nullopt;
}

std::optional<Severity> severityNamed(std::string_view name)
{
    for (std::size_t i = 0; i < kSeverities.size(); ++i)
        if (name == kSeverities[i])
            return static_cast<Severity>(i);
    return std::nullopt;
}

Category categoryOf(AnomalyType type)
{
    return factsOf(type).category;
}

Severity severityOf(AnomalyType type)
{
    return factsOf(type).severity;
}

RiskTable defaultRiskTable()
{
    RiskTable table;
    for (std::size_t i = 0; i < kAnomalyTypes; ++i)
        table[i] = kTypes[i].risk;
    return table;
}

Anomaly makeAnomaly(AnomalyType type, std::int64_t detectedMs)
{
    Anomaly anomaly;
    anomaly.detectedMs = detectedMs;
    anomaly.type = type;
    anomaly.category = categoryOf(type);
    anomaly.severity = severityOf(type);
    return anomaly;
}

void addSignal(Anomaly& anomaly, const Signal& signal)
{
    anomaly.signalIds.push_back(signal.id);
    auto& flows = anomaly.flows;
    if (signal.flow != kNoFlowIndex && flows.size() < kMaxAnomalyFlows &&
        std::find(flows.begin(), flows.end(), signal.flow) == flows.end())
        flows.push_back(signal.flow);
}

void setEntities(Anomaly& anomaly, std::vector<StringId> entities, const StringPool& names)
{
    std::sort(entities.begin(), entities.end(), [&](StringId a, StringId b) { return names.text(a) < names.text(b); });
    entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
    anomaly.entities = std::move(entities);
}

std::string describe(const Anomaly& anomaly, const StringPool& names)
{
    const Evidence& e = anomaly.evidence;
    const std::string subject = who(anomaly, names);
    switch (anomaly.type) {
    case AnomalyType::FingerprintChange:
        return fmt::format("{} user agents in one session of {}.", e.changeCount.value_or(0), subject);
    case AnomalyType::SessionSharing:
        return fmt::format("{} was used by {}.", tokenText(e), subject);
    case AnomalyType::VelocitySpike:
        return fmt::format("{:.1f} times as many signals in a minute as before (threshold {:g}).", e.actual.value_or(0),
                           e.threshold.value_or(0));
    case AnomalyType::ImpossibleTravel:
        return fmt::format("The same token came from {} and from {}: {}.", e.previousValue, e.newValue,
                           speedText(e.actual.value_or(0)));
    case AnomalyType::TokenReuse:
        return fmt::format("{} was used with {} user agents within {:.1f} minutes.", tokenText(e),
                           e.changeCount.value_or(0), static_cast<double>(e.timeDeltaMs.value_or(0)) / 60'000);
    case AnomalyType::RotationPattern:
        return fmt::format("{} showed {} user agents within a minute.", subject, e.changeCount.value_or(0));
    case AnomalyType::TimingAnomaly:
        return fmt::format("Requests of {} are evenly spaced: variance {:.2f}, threshold {:g}.", subject,
                           e.actual.value_or(0), e.threshold.value_or(0));
    case AnomalyType::Ja4RotationPattern:
        return fmt::format("{} showed {} TLS fingerprints within a minute.", subject, e.changeCount.value_or(0));
    case AnomalyType::Ja4IpCluster:
        return fmt::format("One TLS fingerprint came from {} addresses within a minute.", e.ipCount.value_or(0));
    case AnomalyType::Ja4BrowserSpoofing:
        return fmt::format("{} says it is {}, but its TLS looks like {} (score {:.0f}).", subject, e.previousValue,
                           e.newValue, e.actual.value_or(0));
    case AnomalyType::Ja4hChange:
        return fmt::format("{} changed its TLS fingerprint from {} to {}.", subject, e.previousValue, e.newValue);
    default:
        return describePayload(anomaly, subject);
    }
}

std::string_view cutText(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U)
        --bytes;
    return text.substr(0, bytes);
}

} // namespace timbre::trends
