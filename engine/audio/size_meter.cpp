#include "engine/audio/size_meter.h"

#include <algorithm>
#include <cmath>

namespace timbre::audio {

namespace {

constexpr std::uint64_t kMinPairs = 50;
constexpr double kMinVariation = 0.04; // below, neighbours have nothing to tell

} // namespace

void SizeMeter::add(std::uint32_t bytes, bool consecutive)
{
    m_smallest = m_count == 0 ? bytes : std::min(m_smallest, bytes);
    m_largest = std::max(m_largest, bytes);
    const double y = bytes;
    if (consecutive && m_count > 0) {
        const double x = m_last;
        ++m_pairs;
        m_sumX += x;
        m_sumY += y;
        m_sumXX += x * x;
        m_sumYY += y * y;
        m_sumXY += x * y;
    }
    ++m_count;
    m_total += bytes;
    m_squares += y * y;
    m_huge += bytes > kHugeBytes ? 1 : 0;
    ++m_classes[std::min(bytes, kClasses - 1)];
    m_last = bytes;
}

double SizeMeter::mean() const
{
    return m_count == 0 ? 0.0 : static_cast<double>(m_total) / static_cast<double>(m_count);
}

double SizeMeter::variation() const
{
    if (m_total == 0)
        return 0.0;
    const double average = mean();
    const double variance = m_squares / static_cast<double>(m_count) - average * average;
    return std::sqrt(std::max(0.0, variance)) / average;
}

std::optional<double> SizeMeter::neighbourCorrelation() const
{
    if (m_pairs < kMinPairs || variation() < kMinVariation)
        return std::nullopt;
    const auto n = static_cast<double>(m_pairs);
    const double spreadX = m_sumXX - m_sumX * m_sumX / n;
    const double spreadY = m_sumYY - m_sumY * m_sumY / n;
    if (spreadX <= 0.0 || spreadY <= 0.0)
        return std::nullopt;
    return (m_sumXY - m_sumX * m_sumY / n) / std::sqrt(spreadX * spreadY);
}

double SizeMeter::entropy() const
{
    double bits = 0.0;
    for (const std::uint32_t count : m_classes) {
        if (count == 0)
            continue;
        const double share = static_cast<double>(count) / static_cast<double>(m_count);
        bits -= share * std::log2(share);
    }
    return bits;
}

double SizeMeter::commonestShare() const
{
    return m_count == 0 ? 0.0 : m_classes[commonest()] / static_cast<double>(m_count);
}

std::uint32_t SizeMeter::commonest() const
{
    return static_cast<std::uint32_t>(std::max_element(m_classes.begin(), m_classes.end()) - m_classes.begin());
}

double SizeMeter::largestShare() const
{
    return m_count == 0 ? 0.0 : m_classes[std::min(m_largest, kClasses - 1)] / static_cast<double>(m_count);
}

std::uint32_t SizeMeter::quantile(double share) const
{
    const double wanted = share * static_cast<double>(m_count);
    double seen = 0.0;
    for (std::uint32_t size = 0; size < kClasses; ++size) {
        seen += m_classes[size];
        if (seen > wanted)
            return size;
    }
    return kClasses - 1;
}

double SizeMeter::hugeShare() const
{
    return m_count == 0 ? 0.0 : static_cast<double>(m_huge) / static_cast<double>(m_count);
}

} // namespace timbre::audio
