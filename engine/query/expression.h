#pragma once

// A filter as a tree, made by the parser and never changed afterwards. It knows no rows: filter.h makes something out
// of it that can be asked. Its printed form reads back as the same tree, so chips and history can work on either.

#include "engine/query/literal.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace timbre::query {

enum class Operator : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Contains, Matches, In };
/// "==", "!=", … "contains", "~", "in"
[[nodiscard]] std::string_view toString(Operator op);

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Where in the filter's text something stands, in bytes.
struct Span {
    std::size_t position = 0;
    std::size_t length = 0;
};

struct Expression {
    enum class Kind : std::uint8_t {
        All,     // the empty filter
        And,     // two or more children, none of them And
        Or,      // two or more children, none of them Or
        Not,     // one child
        Off,     // one child, which is kept and has no effect; only the filter itself or a child of its outermost And
        Compare, // field op values; several values for In only
        Alone,   // a field by itself: see query::Alone
        Word,    // a bare word: looked for in names, addresses, service, application and protocol
        Last,    // "last 5m": active in the last stretch of the capture's time
    };

    Kind kind = Kind::All;
    Span span;
    std::vector<ExpressionPtr> children;
    FieldRef field;
    Operator op = Operator::Equal;
    std::vector<Literal> values;
    std::string text;            // of a Word; the duration of Last as written
    std::int64_t durationNs = 0; // of Last
};

/// The canonical text. Parsing it gives a tree that sameTree() calls equal.
[[nodiscard]] std::string toString(const Expression& expression);
/// Equal but for positions and the spelling of blanks, quotes and operators.
[[nodiscard]] bool sameTree(const Expression& a, const Expression& b);
/// The children of a top-level `and`, or the filter itself; none for the empty filter. What chips show.
[[nodiscard]] std::vector<ExpressionPtr> topLevelTerms(const ExpressionPtr& expression);
/// The word as a filter must write it: in quotes when it holds blanks, signs of the grammar or is a keyword.
[[nodiscard]] std::string quoteIfNeeded(std::string_view word);

/// How a new term joins a filter that is there already.
enum class Combine : std::uint8_t { Replace, And, AndNot, Or };
/// The text of `current` and `term` joined; brackets are set where they are needed. Or drops terms that are switched
/// off, which would mean nothing inside it. Requires: both parse.
[[nodiscard]] std::string combine(std::string_view current, std::string_view term, Combine how);

} // namespace timbre::query
