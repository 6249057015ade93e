#pragma once

// What the exact resonance score looks at: the last 256 packets of a session, and the 64 numbers made of them. This is
// list A, the revision the reference's checks were defined with. Its gap figures have no upper bound, so one idle
// gap outweighs everything else; comparisons that should mean something use the bounded figures of calibration.h.
// Every addition is one rounding, in the order of arrival: results are the same bits on every machine.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace timbre::resonance {

inline constexpr std::size_t kFeatures = 64;
inline constexpr std::size_t kWindowPackets = 256;

using Features = std::array<float, kFeatures>;

struct Sample {
    std::uint16_t size = 0;
    double gapMs = 0.0;   // to the session's packet before it
    double entropy = 0.0; // of the payload, bits per byte
};

/// Three lists of one session, which may differ in length, and its rates.
struct Traffic {
    std::span<const std::uint16_t> sizes;
    std::span<const double> gapsMs;
    std::span<const double> entropies;
    double packetsPerSecond = 0.0;
    double bytesPerSecond = 0.0;
};

/// Requires: no gap is NaN; whoever records traffic keeps such gaps out.
[[nodiscard]] Features featuresOf(const Traffic& traffic);

/// Keeps the last 256 samples of a session in the order of arrival.
class TrafficWindow {
public:
    void add(const Sample& sample);
    /// The rates of the session, where somebody knows them; no check of the reference ever sets them.
    void setRates(double packetsPerSecond, double bytesPerSecond);
    [[nodiscard]] std::size_t size() const { return m_samples.size(); }
    [[nodiscard]] Features features() const;

private:
    std::vector<Sample> m_samples; // a ring once it is full
    std::size_t m_oldest = 0;
    double m_packetsPerSecond = 0.0;
    double m_bytesPerSecond = 0.0;
};

} // namespace timbre::resonance
