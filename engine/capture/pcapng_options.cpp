#include "engine/capture/pcapng_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::capture {

namespace {

__extension__ using Wide = __int128; // holds 64-bit units times 10^9, and 64-bit seconds in nanoseconds

constexpr std::uint64_t powerOfTen(unsigned exponent)
{
    std::uint64_t power = 1;
    for (unsigned i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

Timestamp clamped(Wide ns)
{
    if (ns > Wide{Timestamp::max().ns})
        return Timestamp::max();
    if (ns < Wide{Timestamp::min().ns})
        return Timestamp::min();
    return {static_cast<std::int64_t>(ns)};
}

} // namespace

TimeScale::TimeScale(std::uint8_t resolution, std::int64_t offsetSeconds)
    : m_offsetSeconds(offsetSeconds)
    , m_exponent(resolution & 0x7fU)
    , m_binary((resolution & 0x80U) != 0)
{
    m_simple = !m_binary && m_exponent <= 9 && offsetSeconds == 0;
    m_factor = m_simple ? powerOfTen(9U - m_exponent) : 0;
}

Timestamp TimeScale::slowAt(std::uint64_t units) const
{
    Wide ns = 0;
    if (m_binary)
        ns = Wide{units} * kNsPerSecond >> m_exponent; // 94 bits before the shift
    else if (m_exponent <= 9)
        ns = Wide{units} * static_cast<std::int64_t>(powerOfTen(9U - m_exponent));
    else if (m_exponent - 9U <= 19) // 10^19 is the largest power in 64 bits; finer units never fill a nanosecond
        ns = units / powerOfTen(m_exponent - 9U);
    return clamped(ns + Wide{m_offsetSeconds} * kNsPerSecond);
}

std::string TimeScale::unit() const
{
    static constexpr std::array kDecimal = {"1 s",   "100 ms", "10 ms",  "1 ms",  "100 µs",
                                            "10 µs", "1 µs",   "100 ns", "10 ns", "1 ns"};
    if (m_binary)
        return fmt::format("2^-{} s", m_exponent);
    return m_exponent < kDecimal.size() ? kDecimal[m_exponent] : fmt::format("10^-{} s", m_exponent);
}

bool TimeScale::plausible() const
{
    return m_binary ? m_exponent <= 40 : m_exponent <= 12; // these reach months, which an offset can turn into a date
}

std::optional<OptionWalk::Option> OptionWalk::next()
{
    constexpr std::uint16_t kEndOfOptions = 0;
    if (m_rest.size() < 4)
        return std::nullopt;
    const std::uint16_t code = m_swapped ? loadBe16(m_rest, 0) : loadLe16(m_rest, 0);
    const std::size_t length = m_swapped ? loadBe16(m_rest, 2) : loadLe16(m_rest, 2);
    if (code == kEndOfOptions)
        return std::nullopt;
    if (length > m_rest.size() - 4) {
        m_damaged = true;
        return std::nullopt;
    }
    const Option option{code, m_rest.subspan(4, length)};
    const std::size_t padded = (length + 3) & ~std::size_t{3};
    m_rest = m_rest.subspan(4 + std::min(padded, m_rest.size() - 4));
    return option;
}

std::string optionText(Bytes value)
{
    const std::string_view text = asText(value);
    return std::string(text.substr(0, std::min(text.find('\0'), kMaxOptionText)));
}

} // namespace timbre::capture
