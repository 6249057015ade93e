#pragma once

// What may stand at the cursor of a filter bar: fields (those that occur in the data first), operators, values with the
// number of flows that have them, and/or/not, filters saved under a name and filters used before. Pure: text and cursor
// in, list out; whoever knows the data answers through CompletionSource with what it has at hand.

#include "engine/query/fields.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace timbre::query {

struct ValueSuggestion {
    std::string text; // of the value, without quotes
    std::uint64_t flows = 0;
};

struct NamedFilter {
    std::string name;
    std::string text; // compiles
};

/// Answers from memory, never waits.
class CompletionSource {
public:
    virtual ~CompletionSource() = default;
    /// Flows that have a value for the field; 0 for none, and for unknown.
    [[nodiscard]] virtual std::uint64_t flowsWith(Field field) const = 0;
    /// The most frequent values known, most frequent first.
    [[nodiscard]] virtual std::vector<ValueSuggestion> values(Field field) const = 0;
    /// Whole filters, the newest first.
    [[nodiscard]] virtual std::vector<std::string> history() const = 0;
    /// Filters with a name; none by default.
    [[nodiscard]] virtual std::vector<NamedFilter> saved() const { return {}; }
};

enum class CompletionKind : std::uint8_t { Field, Operator, FieldValue, Keyword, Saved, History };

struct Completion {
    CompletionKind kind = CompletionKind::Field;
    std::string insert; // what replaces the range; ends with a blank where something must follow
    std::string detail; // "214 flows", a field's description …
};

struct CompletionList {
    std::size_t replaceFrom = 0; // bytes in the text
    std::size_t replaceLength = 0;
    Field valuesOf = Field::Count; // the field whose values are asked for, so that the caller may count them
    std::vector<Completion> items;
    std::size_t leftOut = 0; // what would fit, too, beyond kMaxCompletions
};

inline constexpr std::size_t kMaxCompletions = 200;

/// Requires: cursor <= text.size().
[[nodiscard]] CompletionList complete(std::string_view text, std::size_t cursor, const CompletionSource& source);

} // namespace timbre::query
