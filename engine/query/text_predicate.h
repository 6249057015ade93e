#pragma once

// One question about a text, prepared for being asked a million times: is it one of these, does it contain this, does
// this pattern occur in it. Case of letters never counts.

#include "engine/query/expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace timbre::query {

class TextPredicate {
public:
    enum class Mode : std::uint8_t { Equal, Contains, Matches };

    TextPredicate() = default;
    TextPredicate(Mode mode, std::vector<std::string> foldedTexts);
    explicit TextPredicate(std::shared_ptr<const Pattern> pattern);

    [[nodiscard]] bool holds(std::string_view text) const;

private:
    Mode m_mode = Mode::Equal;
    std::vector<std::string> m_texts; // folded, sorted
    std::shared_ptr<const Pattern> m_pattern;
};

/// Address in text form without an allocation of its own.
class AddressText {
public:
    explicit AddressText(const IpAddress& address);
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_length}; }

private:
    static constexpr std::size_t kLongest = 45; // of a mapped IPv6 address
    std::array<char, kLongest + 1> m_text{};
    std::size_t m_length = 0;
};

} // namespace timbre::query
