#pragma once

// Comparing text whatever the case of its letters. Only the letters A to Z are folded: what a capture names (hosts,
// server names) is ASCII by its protocols, and other bytes, valid UTF-8 or not, compare as they are.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace timbre::query {

namespace detail {
constexpr std::array<char, 256> makeFoldTable()
{
    std::array<char, 256> table{};
    for (int i = 0; i < 256; ++i)
        table[static_cast<std::size_t>(i)] = static_cast<char>(i >= 'A' && i <= 'Z' ? i - 'A' + 'a' : i);
    return table;
}
inline constexpr std::array<char, 256> kFoldTable = makeFoldTable();
} // namespace detail

[[nodiscard]] constexpr char fold(char c)
{
    return detail::kFoldTable[static_cast<unsigned char>(c)];
}

[[nodiscard]] inline std::string folded(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), fold);
    return out;
}

[[nodiscard]] constexpr bool equalFolded(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return fold(x) == fold(y); });
}

/// Requires: `folded` is folded already.
[[nodiscard]] inline bool equalsFolded(std::string_view text, std::string_view folded)
{
    return text.size() == folded.size() &&
           std::equal(text.begin(), text.end(), folded.begin(), [](char x, char y) { return fold(x) == y; });
}

/// Requires: `folded` is folded already.
[[nodiscard]] inline bool containsFolded(std::string_view text, std::string_view folded)
{
    if (folded.empty())
        return true;
    if (text.size() < folded.size())
        return false;
    const std::size_t last = text.size() - folded.size();
    for (std::size_t i = 0; i <= last; ++i)
        if (fold(text[i]) == folded[0] && equalsFolded(text.substr(i, folded.size()), folded))
            return true;
    return false;
}

/// Less, equal or greater as a number below, at or above 0.
[[nodiscard]] inline int compareFolded(std::string_view a, std::string_view b)
{
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        const auto x = static_cast<unsigned char>(fold(a[i]));
        const auto y = static_cast<unsigned char>(fold(b[i]));
        if (x != y)
            return x < y ? -1 : 1;
    }
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

} // namespace timbre::query
