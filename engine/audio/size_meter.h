#pragma once

// Payload sizes of one stream: spread, how many different ones, and how much a size tells about the next. A speech
// codec of variable rate follows the voice, so neighbours are alike, and the more alike the nearer; traffic cut to the
// same sizes is not.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace timbre::audio {

class SizeMeter {
public:
    /// `consecutive`: the packet follows the one added before. `talk`: it is no pause.
    void add(std::uint32_t bytes, bool consecutive, bool talk);

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint32_t smallest() const { return m_smallest; }
    [[nodiscard]] std::uint32_t largest() const { return m_largest; }
    [[nodiscard]] double mean() const;
    /// Standard deviation by mean.
    [[nodiscard]] double variation() const;
    /// How much less neighbours differ than packets some places apart (a variogram of two points): about 0 when each
    /// size is drawn anew, also where two levels take turns; towards 1 the smoother the sizes run. Nothing when they
    /// hardly differ or there are too few.
    [[nodiscard]] std::optional<double> smoothness() const;
    /// Pairs of neighbours on which that rests.
    [[nodiscard]] std::uint64_t pairs() const { return m_near.count; }
    /// Of packets in pauses; nothing before there are some.
    struct PauseSizes {
        double mean = 0.0;
        double variation = 0.0; // standard deviation by mean
    };
    [[nodiscard]] std::optional<PauseSizes> pauseSizes() const;
    /// Entropy of the sizes below the largest, in bits.
    [[nodiscard]] double entropyBelowLargest() const;
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
    static constexpr std::size_t kClassesAtOnce = 64;

    void growTo(std::uint32_t sizeClass);
    [[nodiscard]] std::uint32_t countOf(std::uint32_t sizeClass) const
    {
        return sizeClass < m_classes.size() ? m_classes[sizeClass] : 0;
    }
    static constexpr std::uint32_t kApart = 4;

    /// How far pairs of sizes of one level differ: what jumps between talk and pause is left out.
    struct Pairs {
        std::uint64_t count = 0;
        double squares = 0.0;

        void add(std::uint32_t first, std::uint32_t second);
        [[nodiscard]] double mean() const { return squares / static_cast<double>(count); }
    };

    std::uint64_t m_count = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_huge = 0;
    std::uint32_t m_smallest = 0;
    std::uint32_t m_largest = 0;
    std::array<std::uint32_t, kApart> m_before{}; // the latest sizes in sequence, by place
    std::uint32_t m_run = 0;                      // how many of them there are
    std::uint64_t m_pauseCount = 0;
    double m_pauseSum = 0.0;
    double m_pauseSquares = 0.0;
    double m_squares = 0.0;
    Pairs m_near;                         // neighbours
    Pairs m_far;                          // kApart places apart
    std::vector<std::uint32_t> m_classes; // as many as were seen: voice has small sizes
};

} // namespace timbre::audio
