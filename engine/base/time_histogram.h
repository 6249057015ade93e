#pragma once

// Packets and bytes over capture time, in bins that widen as the capture grows, so that a second and ten years both take
// the same memory. What the overview strip draws.

#include "engine/base/timestamp.h"

#include <cstdint>
#include <cstddef>
#include <vector>

namespace timbre {

class TimeHistogram {
public:
    static constexpr std::size_t kMaxBins = 4096;
    static constexpr std::int64_t kFirstBinNs = 1'000'000; // 1 ms

    struct Bin {
        std::uint64_t packets = 0;
        std::uint64_t bytes = 0; // original lengths
    };

    void add(Timestamp time, std::uint32_t originalLength)
    {
        // Packets come in bursts: mostly the bin is that of the packet before, and no division is needed.
        if (m_recent && time.ns >= m_recentBegin && time.ns < m_recentEnd)
            count(*m_recent, originalLength);
        else
            addElsewhere(time, originalLength);
    }

    TimeHistogram() = default;
    TimeHistogram(const TimeHistogram& other) : m_binNs(other.m_binNs), m_firstBin(other.m_firstBin), m_bins(other.m_bins)
    {
    }
    TimeHistogram& operator=(const TimeHistogram& other)
    {
        m_binNs = other.m_binNs;
        m_firstBin = other.m_firstBin;
        m_bins = other.m_bins;
        m_recent = nullptr; // pointed into the bins that were replaced
        return *this;
    }

    [[nodiscard]] bool empty() const { return m_bins.empty(); }
    [[nodiscard]] std::int64_t binNs() const { return m_binNs; }
    /// Start of bin 0, a multiple of binNs(); the beginning of time when bin 0 begins before it.
    [[nodiscard]] Timestamp origin() const;
    [[nodiscard]] const std::vector<Bin>& bins() const { return m_bins; }

    /// As kept in the store. Requires: bins.size() <= kMaxBins.
    static TimeHistogram restore(std::int64_t binNs, std::int64_t firstBin, std::vector<Bin> bins);
    [[nodiscard]] std::int64_t firstBin() const { return m_firstBin; }

private:
    static void count(Bin& bin, std::uint32_t originalLength)
    {
        ++bin.packets;
        bin.bytes += originalLength;
    }
    void addElsewhere(Timestamp time, std::uint32_t originalLength);
    void widenToHold(std::int64_t ns);
    void doubleBinWidth();

    std::int64_t m_binNs = kFirstBinNs;
    std::int64_t m_firstBin = 0; // number of bin 0, counted from 1970
    std::vector<Bin> m_bins;
    Bin* m_recent = nullptr; // into m_bins, with the times it covers
    std::int64_t m_recentBegin = 0;
    std::int64_t m_recentEnd = 0;
};

} // namespace timbre
