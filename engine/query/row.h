#pragma once

// How a filter sees a row. The filter language knows field names and types; whoever owns the rows (the flow list, a
// test) implements RowReader and hands values out without allocating.

#include "engine/base/ip_address.h"
#include "engine/base/string_pool.h"
#include "engine/base/timestamp.h"
#include "engine/query/fields.h"

#include <array>
#include <span>
#include <string_view>
#include <variant>

namespace timbre::query {

/// A field of either side has two values, any other at most one.
inline constexpr std::size_t kMaxValues = 2;

/// Between the items of a list field (isList()), whose one value is all of them in one text.
inline constexpr char kListSeparator = '\x1f';
/// Calls take(item) for each item of a list field's value, until it returns true; whether it did.
template<typename Take>
bool anyListItem(std::string_view list, const Take& take)
{
    while (true) {
        const std::size_t end = list.find(kListSeparator);
        if (take(list.substr(0, end)))
            return true;
        if (end == std::string_view::npos)
            return false;
        list.remove_prefix(end + 1);
    }
}

/// A text of the row. With an id other than 0, `text` is left empty and RowReader::name() has it: the answer for a
/// name that many rows share is then worked out once.
struct TextRef {
    StringId id = 0;
    std::string_view text;
};

class RowReader {
public:
    virtual ~RowReader() = default;

    // Each returns how many values the row has for the field and writes them to `out`. Only the call that fits
    // storageOf(info(field).type) is made.

    /// Ports, counts, bytes, durations and times in ns, 0 or 1 for yes/no fields.
    virtual std::size_t integers(Field field, std::span<std::int64_t, kMaxValues> out) const = 0;
    /// Bytes per second and ratios.
    virtual std::size_t reals(Field field, std::span<double, kMaxValues> out) const = 0;
    /// The views live as long as the row stands still.
    virtual std::size_t texts(Field field, std::span<TextRef, kMaxValues> out) const = 0;
    virtual std::size_t addresses(Field field, std::span<IpAddress, kMaxValues> out) const = 0;

    [[nodiscard]] virtual std::string_view name(StringId id) const = 0;
    [[nodiscard]] virtual bool is(Only only) const = 0;

protected:
    RowReader() = default;
    RowReader(const RowReader&) = default;
    RowReader& operator=(const RowReader&) = default;
};

/// One value of any type; nothing (monostate) where the row has none.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, IpAddress>;

struct Values {
    std::array<Value, kMaxValues> items;
    std::size_t count = 0;
};

[[nodiscard]] Values readValues(const RowReader& row, Field field);

} // namespace timbre::query
