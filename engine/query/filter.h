#pragma once

// A filter ready to be asked. Filter is the compiled form of an expression: immutable and shared between threads.
// FilterRun asks it about rows: one run per thread and snapshot. A run remembers its answers about names that rows
// share, and knows the capture's time range that `last 5m` refers to.
//
//     auto [filter, error] = Filter::compile("port == 443 and sni contains example");
//     FilterRun run(*filter, {captureRange});
//     if (run.matches(row)) …
//
// A comparison holds when one of the field's values fits it. A row without a value for the field fits no comparison,
// `!=` included; `!=` on a field of either side holds when both sides differ.

#include "engine/query/parser.h"
#include "engine/query/row.h"
#include "engine/query/text_predicate.h"

#include <memory>
#include <optional>
#include <vector>

namespace timbre::query {

class Filter {
public:
    struct Compiled;

    /// Matches every row.
    Filter();
    /// Requires: not null.
    explicit Filter(ExpressionPtr expression);
    ~Filter();
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;

    static Compiled compile(std::string_view text);

    [[nodiscard]] bool matchesAll() const;
    [[nodiscard]] const ExpressionPtr& expression() const { return m_expression; }
    [[nodiscard]] std::string text() const { return toString(*m_expression); }

private:
    friend class FilterRun;
    struct Node;

    ExpressionPtr m_expression;
    std::unique_ptr<const Node> m_root;
    std::vector<TextPredicate> m_texts; // asked by number, so that a run can keep answers beside them
};

struct Filter::Compiled {
    std::shared_ptr<const Filter> filter; // null when there is an error
    std::optional<ParseError> error;
};

struct FilterContext {
    std::optional<TimeRange> captureTime; // without it `last` matches nothing
};

class FilterRun {
public:
    /// Answers about shared names are kept for so many text questions of a filter, a byte per name, and about
    /// addresses seen lately; further ones are worked out row by row.
    static constexpr std::size_t kMaxRemembered = 8;

    /// Requires: the filter outlives the run, and every row asked about takes its names from one pool.
    FilterRun(const Filter& filter, FilterContext context);

    [[nodiscard]] bool matches(const RowReader& row);

private:
    using Node = Filter::Node;

    bool matches(const Node& node, const RowReader& row);
    bool compare(const Node& node, const RowReader& row);
    bool compareIntegers(const Node& node, const RowReader& row) const;
    bool compareReals(const Node& node, const RowReader& row) const;
    bool compareAddresses(const Node& node, const RowReader& row);
    bool compareTexts(const Node& node, const RowReader& row);
    bool anyTextHolds(Field field, std::size_t predicate, const RowReader& row, bool& hasValue);
    bool nameHolds(std::size_t predicate, StringId id, const RowReader& row);
    bool addressTextHolds(std::size_t predicate, const IpAddress& address);
    bool formattedHolds(std::size_t predicate, const IpAddress& address);
    bool hasValue(const Node& node, const RowReader& row) const;
    bool wordFound(const Node& node, const RowReader& row);
    bool isRecent(const Node& node, const RowReader& row) const;

    /// An answer about the text of an address; the next address that falls on the same slot takes it over.
    struct AddressAnswer {
        IpAddress address;
        bool holds = false;
    };
    static constexpr std::size_t kAddressSlots = 4096;

    const Filter& m_filter;
    FilterContext m_context;
    std::vector<std::vector<std::uint8_t>> m_remembered;      // by predicate, then name: 0 unknown, 1 no, 2 yes
    std::vector<std::vector<AddressAnswer>> m_addressAnswers; // by predicate; empty until asked
    std::string m_addressText;                                // keeps its room from row to row
};

} // namespace timbre::query
