#pragma once

// The values written in a filter: numbers with units, times, addresses and networks, texts. A number, a time and an
// address each become a closed range: 443 is 443..443, 10.0.0.0/8 and 2026-11-21 (a whole day) are ranges of their own.

#include "engine/base/ip_address.h"
#include "engine/base/result.h"
#include "engine/query/fields.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace timbre::query {

class Pattern;

struct IntegerRange {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool operator==(const IntegerRange&) const = default;
};
struct RealRange {
    double low = 0;
    double high = 0;
    bool operator==(const RealRange&) const = default;
};
/// Both ends are of one family.
struct AddressRange {
    IpAddress low;
    IpAddress high;
    bool operator==(const AddressRange&) const = default;
    [[nodiscard]] bool contains(const IpAddress& address) const { return low <= address && address <= high; }
};

using LiteralValue = std::variant<IntegerRange, RealRange, AddressRange, std::string>;

struct Literal {
    std::string text;                       // as written, without quotes
    LiteralValue value;                     // texts are folded to small letters
    std::shared_ptr<const Pattern> pattern; // of a regular expression; null otherwise
};

/// The range or text that `text` means for a field of this type. The error's message says what was expected.
[[nodiscard]] Result<LiteralValue> parseLiteral(FieldType type, std::string_view text);
/// As above for the words an Enum field knows.
[[nodiscard]] Result<LiteralValue> parseEnumLiteral(Field field, std::string_view text);

/// "30s", "1m30s", "250ms", "1.5h"; a bare number is in seconds. In nanoseconds.
[[nodiscard]] std::optional<std::int64_t> parseDuration(std::string_view text);
/// "2026-11-21", "2026-11-21T09:15", "2026-11-21 09:15:02.5Z", "…+02:00", or seconds since 1970: the instants it
/// covers.
[[nodiscard]] std::optional<IntegerRange> parseTime(std::string_view text);

} // namespace timbre::query
