#pragma once

// Payload sizes of one stream: spread, how many different ones, and how much a size tells about the next. A speech
// codec of variable rate follows the voice, so neighbours are alike; traffic cut to the same sizes is not.

#include <array>
#include <cstdint>
#include <optional>

namespace timbre::audio {

class SizeMeter {
public:
    /// `consecutive`: the packet follows the one added before.
    void add(std::uint32_t bytes, bool consecutive);

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint32_t smallest() const { return m_smallest; }
    [[nodiscard]] std::uint32_t largest() const { return m_largest; }
    [[nodiscard]] double mean() const;
    /// Standard deviation by mean.
    [[nodiscard]] double variation() const;
    /// Correlation of neighbours, −1 … 1; nothing when sizes hardly differ or there are too few.
    [[nodiscard]] std::optional<double> neighbourCorrelation() const;
    /// Entropy of the sizes in bits.
    [[nodiscard]] double entropy() const;
    /// Share of the most frequent size.
    [[nodiscard]] double commonestShare() const;
    [[nodiscard]] std::uint32_t commonest() const;
    /// Share of packets as large as the largest: what does not fit is cut there.
    [[nodiscard]] double largestShare() const;
    /// The size below which so much of the packets lies, 0 … 1.
    [[nodiscard]] std::uint32_t quantile(double share) const;
    /// Share of packets larger than any voice codec makes them.
    [[nodiscard]] double hugeShare() const;

    static constexpr std::uint32_t kHugeBytes = 700;

private:
    static constexpr std::uint32_t kClasses = 1024; // exact sizes; the last holds all larger ones

    std::array<std::uint32_t, kClasses> m_classes{};
    std::uint64_t m_count = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_huge = 0;
    std::uint32_t m_smallest = 0;
    std::uint32_t m_largest = 0;
    std::uint32_t m_last = 0;
    double m_squares = 0.0;
    // Of pairs of neighbours: sums of the first, the second, their squares and products.
    std::uint64_t m_pairs = 0;
    double m_sumX = 0.0;
    double m_sumY = 0.0;
    double m_sumXX = 0.0;
    double m_sumYY = 0.0;
    double m_sumXY = 0.0;
};

} // namespace timbre::audio
