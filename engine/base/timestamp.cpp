#include "engine/base/timestamp.h"

#include <fmt/format.h>

#include <chrono>

namespace timbre {

namespace {

struct SplitTime {
    std::int64_t seconds;
    std::int64_t nanoseconds; // 0 … 999,999,999, also before 1970
};

SplitTime split(Timestamp time)
{
    std::int64_t seconds = time.ns / kNsPerSecond;
    std::int64_t rest = time.ns % kNsPerSecond;
    if (rest < 0) {
        rest += kNsPerSecond;
        --seconds;
    }
    return {seconds, rest};
}

} // namespace

std::string formatUtc(Timestamp time)
{
    const SplitTime parts = split(time);
    const std::chrono::sys_seconds instant{std::chrono::seconds{parts.seconds}};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{instant - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), parts.nanoseconds);
}

std::string formatEpochSeconds(Timestamp time)
{
    const bool negative = time.ns < 0;
    const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(time.ns) : static_cast<std::uint64_t>(time.ns);
    return fmt::format("{}{}.{:06}", negative ? "-" : "", magnitude / kNsPerSecond, magnitude % kNsPerSecond / 1000);
}

} // namespace timbre
