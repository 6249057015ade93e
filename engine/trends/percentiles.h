#pragma once

// A running estimate of percentiles in five markers: minimum, p50, p95, p99, maximum. Takes no memory per value. The
// figures depend on the order of values and on every operation being done as written (no fused multiply-add).

#include <array>
#include <cstdint>

namespace timbre::trends {

class Percentiles {
public:
    void add(double value);

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    // 0 until there are five values.
    [[nodiscard]] double min() const { return ready() ? m_heights[0] : 0.0; }
    [[nodiscard]] double p50() const { return ready() ? m_heights[1] : 0.0; }
    [[nodiscard]] double p95() const { return ready() ? m_heights[2] : 0.0; }
    [[nodiscard]] double p99() const { return ready() ? m_heights[3] : 0.0; }
    [[nodiscard]] double max() const { return ready() ? m_heights[4] : 0.0; }
    [[nodiscard]] double mean() const;
    /// Of all values, divided by their number; 0 below two values.
    [[nodiscard]] double deviation() const;

private:
    static constexpr std::size_t kMarkers = 5;

    [[nodiscard]] bool ready() const { return m_count >= kMarkers; }
    std::size_t cellOf(double value);
    void adjust(std::size_t marker, double wanted);

    std::array<double, kMarkers> m_heights{};
    std::array<double, kMarkers> m_positions{1, 2, 3, 4, 5};
    std::uint64_t m_count = 0;
    double m_sum = 0;
    double m_squares = 0;
};

} // namespace timbre::trends
