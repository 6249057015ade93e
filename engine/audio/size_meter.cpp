#include "engine/audio/size_meter.h"

#include <algorithm>
#include <cmath>

namespace timbre::audio {

namespace {

constexpr std::uint64_t kMinPairs = 50;
constexpr std::uint64_t kMinPauses = 30;
constexpr double kLevelJump = 0.35;    // of the larger of two sizes
constexpr double kMinVariation = 0.03; // of sizes of one level; below, neighbours have nothing to tell

} // namespace

void SizeMeter::add(std::uint32_t bytes, bool consecutive, bool talk)
{
    m_smallest = m_count == 0 ? bytes : std::min(m_smallest, bytes);
    m_largest = std::max(m_largest, bytes);
    const double y = bytes;
    if (!consecutive)
        m_run = 0;
    if (m_run > 0)
        m_near.add(m_before[(m_run - 1) % kApart], bytes);
    if (m_run >= kApart)
        m_far.add(m_before[m_run % kApart], bytes);
    m_before[m_run++ % kApart] = bytes;
    if (!talk) {
        ++m_pauseCount;
        m_pauseSum += y;
        m_pauseSquares += y * y;
    }
    ++m_count;
    m_total += bytes;
    m_squares += y * y;
    m_huge += bytes > kHugeBytes ? 1 : 0;
    const std::uint32_t sizeClass = std::min(bytes, kClasses - 1);
    if (sizeClass >= m_classes.size())
        growTo(sizeClass);
    ++m_classes[sizeClass];
}

void SizeMeter::growTo(std::uint32_t sizeClass)
{
    m_classes.resize((sizeClass / kClassesAtOnce + 1) * kClassesAtOnce);
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

void SizeMeter::Pairs::add(std::uint32_t first, std::uint32_t second)
{
    const double difference = std::abs(static_cast<double>(first) - second);
    if (difference > kLevelJump * std::max(first, second))
        return;
    ++count;
    squares += difference * difference;
}

std::optional<double> SizeMeter::smoothness() const
{
    if (m_near.count < kMinPairs || m_far.count < kMinPairs)
        return std::nullopt;
    const double near = m_near.mean();
    const double far = m_far.mean();
    if (far <= 0.0 || std::sqrt(std::max(near, far) / 2.0) < kMinVariation * mean())
        return std::nullopt;
    return std::clamp(1.0 - near / far, -1.0, 1.0);
}

std::optional<SizeMeter::PauseSizes> SizeMeter::pauseSizes() const
{
    if (m_pauseCount < kMinPauses || m_pauseSum <= 0.0)
        return std::nullopt;
    const double average = m_pauseSum / static_cast<double>(m_pauseCount);
    const double variance = m_pauseSquares / static_cast<double>(m_pauseCount) - average * average;
    return PauseSizes{.mean = average, .variation = std::sqrt(std::max(0.0, variance)) / average};
}

double SizeMeter::entropyBelowLargest() const
{
    const std::uint32_t largest = std::min(m_largest, kClasses - 1);
    const double others = static_cast<double>(m_count) - countOf(largest);
    double bits = 0.0;
    for (std::uint32_t size = 0; size < largest; ++size) {
        if (m_classes[size] == 0)
            continue;
        const double share = m_classes[size] / others;
        bits -= share * std::log2(share);
    }
    return bits;
}

double SizeMeter::commonestShare() const
{
    return m_count == 0 ? 0.0 : countOf(commonest()) / static_cast<double>(m_count);
}

std::uint32_t SizeMeter::commonest() const
{
    return static_cast<std::uint32_t>(std::max_element(m_classes.begin(), m_classes.end()) - m_classes.begin());
}

double SizeMeter::largestShare() const
{
    return m_count == 0 ? 0.0 : countOf(std::min(m_largest, kClasses - 1)) / static_cast<double>(m_count);
}

std::uint32_t SizeMeter::quantile(double share) const
{
    const double wanted = share * static_cast<double>(m_count);
    double seen = 0.0;
    for (std::uint32_t size = 0; size < m_classes.size(); ++size) {
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
