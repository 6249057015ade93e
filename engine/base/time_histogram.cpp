#include "engine/base/time_histogram.h"

#include <algorithm>

namespace timbre {

namespace {

/// Rounds towards minus infinity, so that bins before 1970 are as wide as the others.
std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

} // namespace

void TimeHistogram::addElsewhere(Timestamp time, std::uint32_t originalLength)
{
    std::int64_t bin = floorDivide(time.ns, m_binNs);
    if (m_bins.empty()) {
        m_firstBin = bin;
        m_bins.emplace_back();
    } else if (bin < m_firstBin || bin >= m_firstBin + static_cast<std::int64_t>(m_bins.size())) {
        widenToHold(time.ns);
        bin = floorDivide(time.ns, m_binNs);
    }
    Bin& target = m_bins[static_cast<std::size_t>(bin - m_firstBin)];
    // The bins at either end of time reach beyond it; their packets just take this slower way.
    const bool beyond = __builtin_mul_overflow(bin, m_binNs, &m_recentBegin) ||
                        __builtin_add_overflow(m_recentBegin, m_binNs, &m_recentEnd);
    m_recent = beyond ? nullptr : &target;
    count(target, originalLength);
}

Timestamp TimeHistogram::origin() const
{
    std::int64_t ns = 0;
    return __builtin_mul_overflow(m_firstBin, m_binNs, &ns) ? Timestamp::min() : Timestamp{ns};
}

void TimeHistogram::widenToHold(std::int64_t ns)
{
    const auto span = [&] {
        const std::int64_t bin = floorDivide(ns, m_binNs);
        const std::int64_t last = m_firstBin + static_cast<std::int64_t>(m_bins.size()) - 1;
        return std::max(last, bin) - std::min(m_firstBin, bin) + 1;
    };
    while (span() > static_cast<std::int64_t>(kMaxBins))
        doubleBinWidth();
    const std::int64_t bin = floorDivide(ns, m_binNs);
    if (bin < m_firstBin) {
        m_bins.insert(m_bins.begin(), static_cast<std::size_t>(m_firstBin - bin), Bin{});
        m_firstBin = bin;
    } else if (bin >= m_firstBin + static_cast<std::int64_t>(m_bins.size())) {
        m_bins.resize(static_cast<std::size_t>(bin - m_firstBin) + 1);
    }
}

void TimeHistogram::doubleBinWidth()
{
    const std::int64_t first = floorDivide(m_firstBin, 2);
    const std::int64_t last = floorDivide(m_firstBin + static_cast<std::int64_t>(m_bins.size()) - 1, 2);
    std::vector<Bin> wider(static_cast<std::size_t>(last - first) + 1);
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
        Bin& target = wider[static_cast<std::size_t>(floorDivide(m_firstBin + static_cast<std::int64_t>(i), 2) - first)];
        target.packets += m_bins[i].packets;
        target.bytes += m_bins[i].bytes;
    }
    m_bins = std::move(wider);
    m_firstBin = first;
    m_binNs *= 2;
}

TimeHistogram TimeHistogram::restore(std::int64_t binNs, std::int64_t firstBin, std::vector<Bin> bins)
{
    TimeHistogram histogram;
    histogram.m_binNs = binNs;
    histogram.m_firstBin = firstBin;
    histogram.m_bins = std::move(bins);
    return histogram;
}

} // namespace timbre
