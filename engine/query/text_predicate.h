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

} // namespace timbre::query
