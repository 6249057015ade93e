#pragma once

// Capture time. Every analyzer works on these, never on the clock of the machine, so that a file gives the same result
// however fast it is read.

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

namespace timbre {

/// Nanoseconds since 1970-01-01T00:00:00Z. Covers 1677 to 2262; readers clamp what lies outside.
struct Timestamp {
    std::int64_t ns = 0;

    auto operator<=>(const Timestamp&) const = default;

    static constexpr Timestamp max() { return {std::numeric_limits<std::int64_t>::max()}; }
    static constexpr Timestamp min() { return {std::numeric_limits<std::int64_t>::min()}; }
};

inline constexpr std::int64_t kNsPerSecond = 1'000'000'000;

/// b − a in nanoseconds, clamped instead of overflowing (time stamps come from files).
[[nodiscard]] constexpr std::int64_t elapsedNs(Timestamp a, Timestamp b)
{
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(b.ns, a.ns, &difference))
        return b.ns > a.ns ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
    return difference;
}

/// Closed range of capture time: both ends belong to it.
struct TimeRange {
    Timestamp begin = Timestamp::min();
    Timestamp end = Timestamp::max();

    bool operator==(const TimeRange&) const = default;
    [[nodiscard]] constexpr bool contains(Timestamp t) const { return begin <= t && t <= end; }
    [[nodiscard]] constexpr bool overlaps(Timestamp first, Timestamp last) const { return first <= end && begin <= last; }
};

/// "2026-11-21T09:15:02.123456789Z"
[[nodiscard]] std::string formatUtc(Timestamp time);
/// Seconds since 1970 with six decimals and exact rounding towards zero: "1700000000.225393".
[[nodiscard]] std::string formatEpochSeconds(Timestamp time);

} // namespace timbre
