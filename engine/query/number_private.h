#pragma once

// Decimal numbers as people write them, exact where a double would round: 0.1GB is 100,000,000 bytes.

#include <cstdint>
#include <optional>
#include <string_view>

namespace timbre::query {

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Decimal {
public:
    /// Reads "12" or "12.5" from the front of the text and returns what follows it.
    std::string_view take(std::string_view text);
    [[nodiscard]] bool valid() const { return m_valid; }
    /// The number times a factor, cut to a whole one; nothing when it does not fit.
    [[nodiscard]] std::optional<std::int64_t> times(std::int64_t factor) const;
    [[nodiscard]] double asReal() const;

private:
    std::uint64_t m_whole = 0;
    std::uint64_t m_fraction = 0;      // as many digits as m_fractionScale says
    std::uint64_t m_fractionScale = 1; // power of ten, at most 10^9; digits after that are not looked at
    bool m_valid = false;
};

/// Digits only, or 0x and hexadecimal digits, at most `limit`.
[[nodiscard]] std::optional<std::int64_t> parseWhole(std::string_view text, std::int64_t limit);

} // namespace timbre::query
