#pragma once

// Watches loss and round-trip times per mask, as the reference does: averages of the last 100 samples of each against
// fixed limits. It stands beside the resonance score and never changes it.

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace timbre::resonance {

inline constexpr std::size_t kTelemetryKept = 100;
inline constexpr std::size_t kTelemetryNeeded = 10;
inline constexpr double kLossLimit = 0.01 * 5; // share of packets
inline constexpr double kRoundTripLimitMs = 50.0 * 3.0;
inline constexpr std::size_t kMaxTelemetryMasks = 65'536;

class AnomalyDetector {
public:
    /// Past kMaxTelemetryMasks masks nothing is recorded for new ones; see refused().
    void recordLoss(std::string_view maskId, double loss);
    void recordRoundTrip(std::string_view maskId, double milliseconds);
    /// An unknown mask is not anomalous.
    [[nodiscard]] bool isAnomalous(std::string_view maskId) const;
    [[nodiscard]] std::size_t refused() const { return m_refused; }

    struct Averages {
        double loss = 0.0;
        double roundTripMs = 0.0;
        std::size_t losses = 0; // samples behind it
        std::size_t roundTrips = 0;
    };
    [[nodiscard]] Averages averages(std::string_view maskId) const;

private:
    struct Samples {
        std::deque<double> values;
        std::size_t high = 0; // of the values, those at the limit or above it
    };
    struct Telemetry {
        Samples losses;
        Samples roundTrips;
    };
    static void keep(Samples& samples, double value, double limit);
    static bool areAnomalous(const Samples& samples, double limit);
    Telemetry* telemetryOf(std::string_view maskId);

    std::map<std::string, Telemetry, std::less<>> m_masks;
    std::size_t m_refused = 0;
};

} // namespace timbre::resonance
