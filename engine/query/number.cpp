#include "engine/query/number_private.h"

#include <charconv>
#include <limits>

namespace timbre::query {

std::string_view Decimal::take(std::string_view text)
{
    constexpr std::uint64_t kMaxScale = 1'000'000'000;
    m_valid = false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), m_whole);
    if (text.empty() || !isDigit(text[0]) || error != std::errc{})
        return text;
    m_valid = true;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.size() < 2 || text[0] != '.' || !isDigit(text[1]))
        return text;
    text.remove_prefix(1);
    while (!text.empty() && isDigit(text[0])) {
        if (m_fractionScale < kMaxScale) {
            m_fraction = m_fraction * 10 + static_cast<std::uint64_t>(text[0] - '0');
            m_fractionScale *= 10;
        }
        text.remove_prefix(1);
    }
    return text;
}

std::optional<std::int64_t> Decimal::times(std::int64_t factor) const
{
    // 2^64 · 2^43 (a day in ns is below 2^47) and 10^9 · 2^47 both stay below 2^127.
    __extension__ using Wide = unsigned __int128;
    const Wide scaled = static_cast<Wide>(m_whole) * static_cast<std::uint64_t>(factor) +
                        static_cast<Wide>(m_fraction) * static_cast<std::uint64_t>(factor) / m_fractionScale;
    if (scaled > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return static_cast<std::int64_t>(scaled);
}

double Decimal::asReal() const
{
    return static_cast<double>(m_whole) + static_cast<double>(m_fraction) / static_cast<double>(m_fractionScale);
}

std::optional<std::int64_t> parseWhole(std::string_view text, std::int64_t limit)
{
    int base = 10;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text.remove_prefix(2);
        base = 16;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0 || value > limit ||
        text[0] == '-')
        return std::nullopt;
    return value;
}

} // namespace timbre::query
