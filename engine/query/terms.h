#pragma once

// A filter as its top-level terms: what the chips beside the filter bar show and change. A term can be negated,
// switched off (its text stays, without effect) and taken out; the answer is the text of the new filter. Nothing is cut
// out of text: terms come from the parsed filter and are printed again.

#include "engine/query/expression.h"

namespace timbre::query {

struct Term {
    std::string text;  // alone, as a filter: without `off` and `not`, and without the brackets an operand needs
    std::string whole; // as it stands in the filter: "off not port == 443"
    bool negated = false;
    bool off = false;

    bool operator==(const Term&) const = default;
};

/// None for the empty filter and for a text that does not parse.
[[nodiscard]] std::vector<Term> termsOf(std::string_view filter);

enum class TermChange : std::uint8_t { Negate, SwitchOff, Remove };
/// The filter with one of its terms changed; Negate and SwitchOff turn back what they did. The text as it is when it
/// does not parse or has no such term.
[[nodiscard]] std::string changeTerm(std::string_view filter, std::size_t term, TermChange change);

} // namespace timbre::query
