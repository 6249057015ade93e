#include "engine/trends/percentiles.h"

#include <algorithm>
#include <cmath>

namespace timbre::trends {

void Percentiles::add(double value)
{
    m_sum += value;
    m_squares += value * value;
    if (m_count < kMarkers) {
        m_heights[m_count++] = value;
        if (m_count == kMarkers)
            std::sort(m_heights.begin(), m_heights.end());
        return;
    }
    ++m_count;
    for (std::size_t i = cellOf(value) + 1; i < kMarkers; ++i)
        m_positions[i] += 1;
    const double last = m_positions[4];
    adjust(1, 1 + 0.5 * last);
    adjust(2, 1 + 0.95 * last);
    adjust(3, 1 + 0.99 * last);
}

/// Number of the cell the value falls into; the outer markers move with it.
std::size_t Percentiles::cellOf(double value)
{
    if (value < m_heights[0]) {
        m_heights[0] = value;
        return 0;
    }
    for (std::size_t i = 0; i + 1 < kMarkers; ++i)
        if (value < m_heights[i + 1])
            return i;
    m_heights[4] = value;
    return 3;
}

void Percentiles::adjust(std::size_t i, double wanted)
{
    auto& n = m_positions;
    auto& q = m_heights;
    const double d = wanted - n[i];
    const bool up = d >= 1 && n[i + 1] - n[i] > 1;
    const bool down = d <= -1 && n[i - 1] - n[i] < -1;
    if (!up && !down)
        return;
    const double g = d > 0 ? 1.0 : -1.0;
    const double parabolic = q[i] + g / (n[i + 1] - n[i - 1]) *
                                        ((n[i] - n[i - 1] + g) * (q[i + 1] - q[i]) / (n[i + 1] - n[i]) +
                                         (n[i + 1] - n[i] - g) * (q[i] - q[i - 1]) / (n[i] - n[i - 1]));
    if (parabolic > q[i - 1] && parabolic < q[i + 1]) {
        q[i] = parabolic;
    } else {
        const std::size_t j = up ? i + 1 : i - 1;
        q[i] = q[i] + g * (q[j] - q[i]) / (n[j] - n[i]);
    }
    n[i] += g;
}

double Percentiles::mean() const
{
    return m_count == 0 ? 0.0 : m_sum / static_cast<double>(m_count);
}

double Percentiles::deviation() const
{
    if (m_count < 2)
        return 0.0;
    const double count = static_cast<double>(m_count);
    return std::sqrt(std::max(0.0, m_squares / count - mean() * mean()));
}

} // namespace timbre::trends
