#pragma once

// An anomaly is a finding about signals: what was found, when, how bad, which signals and entities are behind it, and
// the figures that made it. Every figure that was compared stands in the evidence next to its threshold.

#include "engine/trends/signal.h"

#include <string>
#include <vector>

namespace timbre::trends {

/// In the order in which lists and ties are sorted.
enum class AnomalyType : std::uint8_t {
    FingerprintChange,
    SessionSharing,
    VelocitySpike,
    ImpossibleTravel,
    TokenReuse,
    RotationPattern,
    TimingAnomaly,
    Ja4RotationPattern,
    Ja4IpCluster,
    Ja4BrowserSpoofing,
    Ja4hChange,
    OversizedRequest,
    OversizedResponse,
    BandwidthSpike,
    ExfiltrationPattern,
    UploadPattern,
};
inline constexpr std::size_t kAnomalyTypes = 16;

enum class Severity : std::uint8_t { Low, Medium, High, Critical };

/// "fingerprint_change" …
[[nodiscard]] const char* toString(AnomalyType type);
/// For people: "Fingerprint change".
[[nodiscard]] const char* titleOf(AnomalyType type);
/// "low" …
[[nodiscard]] const char* toString(Severity severity);
[[nodiscard]] std::optional<AnomalyType> anomalyTypeOf(std::string_view name);
[[nodiscard]] std::optional<Severity> severityNamed(std::string_view name);
[[nodiscard]] Category categoryOf(AnomalyType type);
/// Of types with one severity; impossible travel sets its own.
[[nodiscard]] Severity severityOf(AnomalyType type);

/// Points an entity gets for each anomaly; none: the anomaly has no risk value, 0: detect only.
using RiskTable = std::array<std::optional<int>, kAnomalyTypes>;
[[nodiscard]] RiskTable defaultRiskTable();

/// Whatever the type of anomaly fills in.
struct Evidence {
    std::string previousValue;
    std::string newValue;
    std::string pathTemplate; // "template" in files
    std::string source;
    std::string tokenHashPrefix;
    std::string detectionMethod;
    std::optional<std::uint32_t> ipCount;
    std::optional<std::uint32_t> changeCount;
    std::optional<std::int64_t> timeDeltaMs;
    std::optional<double> timeDeltaMinutes;
    std::optional<double> threshold;
    std::optional<double> actual;

    bool operator==(const Evidence&) const = default;
};

struct Anomaly {
    std::uint64_t id = 0; // from 1, given by the manager
    std::int64_t detectedMs = 0;
    AnomalyType type = AnomalyType::FingerprintChange;
    Category category = Category::Device;
    Severity severity = Severity::Medium;
    std::optional<int> risk;
    std::vector<SignalId> signalIds;
    std::vector<StringId> entities;   // sorted by text
    std::vector<std::uint32_t> flows; // indexes of flows behind it, each once; at most kMaxAnomalyFlows
    Evidence evidence;
};
inline constexpr std::size_t kMaxAnomalyFlows = 64;

/// With the type's category, severity, and the time of detection.
[[nodiscard]] Anomaly makeAnomaly(AnomalyType type, std::int64_t detectedMs);
/// Takes the signal's id and flow over.
void addSignal(Anomaly& anomaly, const Signal& signal);
/// Each once, ordered by text.
void setEntities(Anomaly& anomaly, std::vector<StringId> entities, const StringPool& names);

/// One sentence for the analyst, with the figures in it.
[[nodiscard]] std::string describe(const Anomaly& anomaly, const StringPool& names);

/// `text` up to `bytes` bytes, cut at the end of a whole UTF-8 character.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t bytes);

} // namespace timbre::trends
