#include "engine/base/timestamp.h"
#include "engine/query/literal.h"
#include "engine/query/number_private.h"

#include <chrono>
#include <limits>

namespace timbre::query {

namespace {

/// Reads fixed-width pieces of a time from the front of a text.
class TimeReader {
public:
    explicit TimeReader(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<unsigned> digits(std::size_t count)
    {
        if (m_text.size() < count)
            return std::nullopt;
        unsigned value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!isDigit(m_text[i]))
                return std::nullopt;
            value = value * 10 + static_cast<unsigned>(m_text[i] - '0');
        }
        m_text.remove_prefix(count);
        return value;
    }
    bool skip(char c)
    {
        if (m_text.empty() || m_text[0] != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool atEnd() const { return m_text.empty(); }
    [[nodiscard]] bool atDigit() const { return !m_text.empty() && isDigit(m_text[0]); }

private:
    std::string_view m_text;
};

struct TimeParts {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    std::int64_t spanNs = 0; // what the last piece given covers: a day, a minute, a second …
};

std::optional<std::int64_t> readDay(TimeReader& reader)
{
    const auto year = reader.digits(4);
    if (!year || !reader.skip('-'))
        return std::nullopt;
    const auto month = reader.digits(2);
    if (!month || !reader.skip('-'))
        return std::nullopt;
    const auto day = reader.digits(2);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                           std::chrono::day(*day)};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

/// The fraction after the point, at most nine digits.
bool readFraction(TimeReader& reader, TimeParts& parts)
{
    std::int64_t scale = kNsPerSecond;
    while (reader.atDigit()) {
        if (scale == 1)
            return false;
        scale /= 10;
        parts.nanoseconds += static_cast<std::int64_t>(*reader.digits(1)) * scale;
    }
    parts.spanNs = scale;
    return scale != kNsPerSecond;
}

bool readClock(TimeReader& reader, TimeParts& parts)
{
    const auto hour = reader.digits(2);
    if (!hour || *hour > 23 || !reader.skip(':'))
        return false;
    const auto minute = reader.digits(2);
    if (!minute || *minute > 59)
        return false;
    parts.seconds += *hour * 3600 + *minute * 60;
    parts.spanNs = 60 * kNsPerSecond;
    if (!reader.skip(':'))
        return true;
    const auto second = reader.digits(2);
    if (!second || *second > 59)
        return false;
    parts.seconds += *second;
    parts.spanNs = kNsPerSecond;
    return !reader.skip('.') || readFraction(reader, parts);
}

/// Nothing, "Z", "+02:00" or "-0530". 0 for none.
std::optional<std::int64_t> readZone(TimeReader& reader)
{
    if (reader.atEnd() || reader.skip('Z') || reader.skip('z'))
        return 0;
    const bool east = reader.skip('+');
    if (!east && !reader.skip('-'))
        return std::nullopt;
    const auto hours = reader.digits(2);
    reader.skip(':');
    const auto minutes = reader.digits(2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59)
        return std::nullopt;
    const std::int64_t offset = *hours * 3600 + *minutes * 60;
    return east ? offset : -offset;
}

std::optional<IntegerRange> toRange(const TimeParts& parts)
{
    std::int64_t ns = 0;
    if (__builtin_mul_overflow(parts.seconds, kNsPerSecond, &ns) || __builtin_add_overflow(ns, parts.nanoseconds, &ns))
        return std::nullopt;
    std::int64_t last = 0;
    if (__builtin_add_overflow(ns, parts.spanNs - 1, &last))
        last = std::numeric_limits<std::int64_t>::max();
    return IntegerRange{ns, last};
}

std::optional<IntegerRange> parseDateTime(std::string_view text)
{
    TimeReader reader(text);
    const auto day = readDay(reader);
    if (!day)
        return std::nullopt;
    TimeParts parts{*day * 86400, 0, 86400 * kNsPerSecond};
    if (reader.atEnd())
        return toRange(parts);
    if (!reader.skip('T') && !reader.skip('t') && !reader.skip(' '))
        return std::nullopt;
    if (!readClock(reader, parts))
        return std::nullopt;
    const auto zone = readZone(reader);
    if (!zone || !reader.atEnd())
        return std::nullopt;
    parts.seconds -= *zone;
    return toRange(parts);
}

} // namespace

std::optional<IntegerRange> parseTime(std::string_view text)
{
    if (text.size() > 4 && text[4] == '-')
        return parseDateTime(text);
    Decimal seconds;
    if (!seconds.take(text).empty() || !seconds.valid())
        return std::nullopt;
    const auto ns = seconds.times(kNsPerSecond);
    return ns ? std::optional(IntegerRange{*ns, *ns}) : std::nullopt;
}

} // namespace timbre::query
