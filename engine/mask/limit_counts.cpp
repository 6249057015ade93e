#include "engine/mask/limit_counts.h"

#include <cstring>

namespace timbre::mask {

namespace {

constexpr double kLargeSize = 1000.0;
constexpr double kSmallSize = 100.0;
constexpr double kTightGap = 2.0;
constexpr double kCloseGap = 5.0;
constexpr double kRegularFrom = 10.0;
constexpr double kRegularTo = 100.0;
constexpr double kLengthyGap = 500.0;
constexpr double kHighEntropy = 7.5;
constexpr double kLowEntropy = 4.0;

/// Nothing branches on a value: no processor foresees them.
void countOneByOne(const FeatureWindow& window, std::size_t from, std::size_t to, LimitCounts& counts)
{
    for (std::size_t i = from; i < to; ++i) {
        const double size = window.sizes[i];
        counts.largeSizes += static_cast<int>(size > kLargeSize);
        counts.smallSizes += static_cast<int>(size < kSmallSize);
        const double gap = window.gapsMs[i];
        const int close = static_cast<int>(gap < kCloseGap);
        const int closeBefore = i > 0 ? static_cast<int>(window.gapsMs[i - 1] < kCloseGap) : 0;
        counts.tightGaps += static_cast<int>(gap < kTightGap);
        counts.regularGaps += static_cast<int>(gap >= kRegularFrom) & static_cast<int>(gap <= kRegularTo);
        counts.lengthyGaps += static_cast<int>(gap > kLengthyGap);
        counts.closeGaps += close;
        counts.bursts += close & ~closeBefore;
        const double entropy = window.entropies[i];
        counts.highEntropies += static_cast<int>(entropy > kHighEntropy);
        counts.lowEntropies += static_cast<int>(entropy < kLowEntropy);
    }
}

#if defined(__x86_64__)

using Values [[gnu::vector_size(4 * sizeof(double))]] = double;
using Counts [[gnu::vector_size(4 * sizeof(double))]] = std::int64_t;

__attribute__((target("avx2"), always_inline)) inline Values four(const double* values)
{
    Values result;
    std::memcpy(&result, values, sizeof result);
    return result;
}

__attribute__((target("avx2"), always_inline)) inline int inAll(const Counts& counts)
{
    return static_cast<int>(counts[0] + counts[1] + counts[2] + counts[3]);
}

/// Four at a time from the second value on, since each gap is seen with the one before. Returns where it stopped.
__attribute__((target("avx2"))) std::size_t countInFours(const FeatureWindow& window, LimitCounts& counts)
{
    Counts largeSizes{};
    Counts smallSizes{};
    Counts tightGaps{};
    Counts regularGaps{};
    Counts lengthyGaps{};
    Counts closeGaps{};
    Counts bursts{};
    Counts highEntropies{};
    Counts lowEntropies{};
    std::size_t i = 1;
    for (; i + 4 <= window.sizes.size(); i += 4) { // true is −1
        const Values sizes = four(&window.sizes[i]);
        largeSizes -= sizes > kLargeSize;
        smallSizes -= sizes < kSmallSize;
        const Values gaps = four(&window.gapsMs[i]);
        const Counts close = gaps < kCloseGap;
        const Counts closeBefore = four(&window.gapsMs[i - 1]) < kCloseGap;
        tightGaps -= gaps < kTightGap;
        regularGaps -= (gaps >= kRegularFrom) & (gaps <= kRegularTo);
        lengthyGaps -= gaps > kLengthyGap;
        closeGaps -= close;
        bursts -= close & ~closeBefore;
        const Values entropies = four(&window.entropies[i]);
        highEntropies -= entropies > kHighEntropy;
        lowEntropies -= entropies < kLowEntropy;
    }
    counts = {inAll(largeSizes), inAll(smallSizes), inAll(tightGaps),     inAll(regularGaps), inAll(lengthyGaps),
              inAll(closeGaps),  inAll(bursts),     inAll(highEntropies), inAll(lowEntropies)};
    return i;
}

const bool kWide = __builtin_cpu_supports("avx2") != 0;

#endif

} // namespace

LimitCounts countLimits(const FeatureWindow& window)
{
    const std::size_t count = window.sizes.size();
    LimitCounts counts;
#if defined(__x86_64__)
    if (kWide && count > 4) {
        const std::size_t rest = countInFours(window, counts);
        countOneByOne(window, 0, 1, counts);
        countOneByOne(window, rest, count, counts);
        return counts;
    }
#endif
    countOneByOne(window, 0, count, counts);
    return counts;
}

} // namespace timbre::mask
