#pragma once

// Reads a filter: `port == 443 and (sni contains example or not ended)`.
//
//     filter  = [ or ]
//     or      = and { ("or" | "||") and }
//     and     = unary { ("and" | "&&") unary }
//     unary   = { "not" | "!" } primary
//     primary = "(" or ")" | "last" duration | field | word
//             | field op value | field "in" ( value | "{" value { [","] value } "}" )
//     op      = "==" "!=" "<" "<=" ">" ">=" "contains" "~"    also: = eq ne lt le gt ge matches
//
// A value is a word or a "quoted text"; its meaning depends on the field's type (literal.h). An error comes with the
// place of the token it is about, so that it can be underlined.

#include "engine/query/expression.h"

#include <optional>
#include <string>
#include <string_view>

namespace timbre::query {

inline constexpr std::size_t kMaxFilterBytes = 64 * 1024;
inline constexpr std::size_t kMaxFilterDepth = 100; // of brackets and nots inside each other

struct ParseError {
    Span span;              // length 0: at the end of the text
    std::string message;    // one sentence: what was expected
    std::string suggestion; // what to put in place of the token, or empty
};

struct ParseResult {
    ExpressionPtr expression; // null when there is an error
    std::optional<ParseError> error;

    [[nodiscard]] bool ok() const { return expression != nullptr; }
};

[[nodiscard]] ParseResult parse(std::string_view text);

} // namespace timbre::query
