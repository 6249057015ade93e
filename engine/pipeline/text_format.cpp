#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace timbre::pipeline {

namespace {

constexpr std::string_view kThinSpace = "\xe2\x80\x89";

/// Three digits of a value below 999.5: 1.23, 12.3, 123. The limits are where rounding would give a fourth digit.
std::string threeDigits(double value)
{
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return fmt::format("{:.{}f}", value, decimals);
}

std::string withUnit(double value, std::string_view suffix)
{
    constexpr std::array<std::string_view, 7> kPrefixes = {"", "k", "M", "G", "T", "P", "E"};
    constexpr double kRoundsToThousand = 999.5;
    std::size_t prefix = 0;
    while (value >= kRoundsToThousand && prefix + 1 < kPrefixes.size()) {
        value /= 1000;
        ++prefix;
    }
    const std::string number = prefix == 0 ? fmt::format("{:.0f}", value) : threeDigits(value);
    return fmt::format("{} {}{}", number, kPrefixes[prefix], suffix);
}

struct Calendar {
    std::tm parts{};
    std::int64_t nanoseconds = 0;
    bool known = false;
};

Calendar calendarOf(Timestamp time, Zone zone)
{
    std::int64_t seconds = time.ns / kNsPerSecond;
    std::int64_t rest = time.ns % kNsPerSecond;
    if (rest < 0) {
        rest += kNsPerSecond;
        --seconds;
    }
    Calendar calendar;
    calendar.nanoseconds = rest;
    const std::time_t clock = seconds;
    calendar.known =
        (zone == Zone::Utc ? gmtime_r(&clock, &calendar.parts) : localtime_r(&clock, &calendar.parts)) != nullptr;
    return calendar;
}

} // namespace

std::string formatCount(std::uint64_t count)
{
    const std::string digits = fmt::format_int(count).str();
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            out += kThinSpace;
        out += digits[i];
    }
    return out;
}

std::string formatSigned(std::int64_t count)
{
    constexpr std::string_view kMinus = "\xe2\x88\x92"; // U+2212
    if (count >= 0)
        return formatCount(static_cast<std::uint64_t>(count));
    return std::string(kMinus) + formatCount(0 - static_cast<std::uint64_t>(count));
}

std::string formatBytes(std::uint64_t bytes)
{
    if (bytes < 1000)
        return fmt::format("{} B", bytes);
    return withUnit(static_cast<double>(bytes), "B");
}

std::string formatDuration(std::int64_t ns)
{
    constexpr std::int64_t kMicro = 1'000, kMilli = 1'000'000, kMinute = 60 * kNsPerSecond, kHour = 60 * kMinute,
                           kDay = 24 * kHour;
    if (ns < 0)
        return "\xe2\x88\x92" + formatDuration(ns == std::numeric_limits<std::int64_t>::min()
                                                   ? std::numeric_limits<std::int64_t>::max()
                                                   : -ns);
    if (ns == 0)
        return "0 s";
    if (ns < kMicro)
        return fmt::format("{} ns", ns);
    if (ns < kMilli)
        return fmt::format("{} \xc2\xb5s", ns / kMicro);
    if (ns < kNsPerSecond)
        return fmt::format("{}.{} ms", ns / kMilli, ns % kMilli / (kMilli / 10));
    if (ns < kMinute)
        return fmt::format("{}.{:03} s", ns / kNsPerSecond, ns % kNsPerSecond / kMilli);
    if (ns < kHour)
        return fmt::format("{} m {} s", ns / kMinute, ns % kMinute / kNsPerSecond);
    if (ns < kDay)
        return fmt::format("{} h {} m", ns / kHour, ns % kHour / kMinute);
    return fmt::format("{} d {} h", ns / kDay, ns % kDay / kHour);
}

std::string formatRate(double bytesPerSecond)
{
    return withUnit(bytesPerSecond, "B/s");
}

std::string formatRatio(double value)
{
    return fmt::format("{:.3f}", value);
}

std::string formatTime(Timestamp time, Zone zone, unsigned decimals)
{
    constexpr unsigned kMaxDecimals = 9;
    const Calendar calendar = calendarOf(time, zone);
    if (!calendar.known)
        return formatUtc(time);
    const std::tm& parts = calendar.parts;
    std::string out = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    if (decimals > 0)
        out += '.' + fmt::format("{:09}", calendar.nanoseconds).substr(0, std::min(decimals, kMaxDecimals));
    return out;
}

std::string zoneLabel(Timestamp time, Zone zone)
{
    if (zone == Zone::Utc)
        return "UTC";
    const Calendar calendar = calendarOf(time, zone);
    const long minutes = calendar.parts.tm_gmtoff / 60;
    const long size = minutes < 0 ? -minutes : minutes;
    return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

} // namespace timbre::pipeline
