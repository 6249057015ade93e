#include "engine/query/literal.h"

#include "engine/query/fold.h"
#include "engine/query/number_private.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace timbre::query {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t factor;
    std::int64_t divisor = 1;
};

constexpr std::int64_t kKilo = 1000, kKibi = 1024;
constexpr std::array kByteUnits = std::to_array<Unit>({
    {"b", 1},
    {"kb", kKilo},
    {"mb", kKilo* kKilo},
    {"gb", kKilo* kKilo* kKilo},
    {"tb", kKilo* kKilo* kKilo* kKilo},
    {"k", kKilo},
    {"m", kKilo* kKilo},
    {"g", kKilo* kKilo* kKilo},
    {"t", kKilo* kKilo* kKilo* kKilo},
    {"kib", kKibi},
    {"mib", kKibi* kKibi},
    {"gib", kKibi* kKibi* kKibi},
    {"tib", kKibi* kKibi* kKibi* kKibi},
});
constexpr std::array kDurationUnits = std::to_array<Unit>({
    {"ns", 1},
    {"us", 1'000},
    {"\xc2\xb5s", 1'000},
    {"\xce\xbcs", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"sec", 1'000'000'000},
    {"m", 60'000'000'000},
    {"min", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
});
// Bits need their small b and bytes their large one, so these are compared by case. In bytes per second.
constexpr std::array kRateUnits = std::to_array<Unit>({
    {"B/s", 1},
    {"kB/s", kKilo},
    {"MB/s", kKilo* kKilo},
    {"GB/s", kKilo* kKilo* kKilo},
    {"B", 1},
    {"kB", kKilo},
    {"KB", kKilo},
    {"MB", kKilo* kKilo},
    {"GB", kKilo* kKilo* kKilo},
    {"Bps", 1},
    {"kBps", kKilo},
    {"MBps", kKilo* kKilo},
    {"GBps", kKilo* kKilo* kKilo},
    {"KiB/s", kKibi},
    {"MiB/s", kKibi* kKibi},
    {"GiB/s", kKibi* kKibi* kKibi},
    {"KiB", kKibi},
    {"MiB", kKibi* kKibi},
    {"GiB", kKibi* kKibi* kKibi},
    {"bps", 1, 8},
    {"kbps", kKilo, 8},
    {"Mbps", kKilo* kKilo, 8},
    {"Gbps", kKilo* kKilo* kKilo, 8},
    {"bit/s", 1, 8},
    {"kbit/s", kKilo, 8},
    {"Mbit/s", kKilo* kKilo, 8},
    {"Gbit/s", kKilo* kKilo* kKilo, 8},
});

std::optional<Unit> findUnit(std::span<const Unit> units, std::string_view name, bool byCase)
{
    for (const Unit& unit : units)
        if (byCase ? unit.name == name : equalFolded(unit.name, name))
            return unit;
    return std::nullopt;
}

Error expected(std::string message)
{
    return {ErrorCode::Invalid, std::move(message), {}};
}

std::optional<std::int64_t> parseBytes(std::string_view text)
{
    Decimal number;
    const std::string_view rest = number.take(text);
    if (!number.valid())
        return std::nullopt;
    if (rest.empty())
        return number.times(1);
    const auto unit = findUnit(kByteUnits, rest, false);
    return unit ? number.times(unit->factor) : std::nullopt;
}

std::optional<double> parseRate(std::string_view text)
{
    Decimal number;
    const std::string_view rest = number.take(text);
    if (!number.valid())
        return std::nullopt;
    const auto unit = rest.empty() ? std::optional<Unit>(Unit{"", 1}) : findUnit(kRateUnits, rest, true);
    if (!unit)
        return std::nullopt;
    return number.asReal() * static_cast<double>(unit->factor) / static_cast<double>(unit->divisor);
}

std::optional<double> parseRatio(std::string_view text)
{
    Decimal number;
    return number.take(text).empty() && number.valid() ? std::optional(number.asReal()) : std::nullopt;
}

template<typename T>
struct Ends {
    std::optional<T> low;
    std::optional<T> high;
};

/// Reads "a" or "a..b" with `parse` for each end.
template<typename T, typename Parse>
Ends<T> parseEnds(std::string_view text, const Parse& parse)
{
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) {
        const auto value = parse(text);
        return {value, value};
    }
    return {parse(text.substr(0, dots)), parse(text.substr(dots + 2))};
}

template<typename Range, typename T>
Result<LiteralValue> makeRange(const Ends<T>& ends, std::string_view text, std::string_view wanted)
{
    if (!ends.low || !ends.high)
        return expected(fmt::format("\u201c{}\u201d is not understood here; expected {}.", text, wanted));
    if (*ends.high < *ends.low)
        return expected(fmt::format("The range \u201c{}\u201d ends before it begins.", text));
    return LiteralValue(Range{*ends.low, *ends.high});
}

Result<LiteralValue> integerRange(std::string_view text, std::int64_t limit, std::string_view wanted)
{
    return makeRange<IntegerRange>(
        parseEnds<std::int64_t>(text, [&](std::string_view part) { return parseWhole(part, limit); }), text, wanted);
}

AddressRange rangeOf(const IpPrefix& prefix)
{
    AddressRange range{prefix.network, prefix.network};
    for (std::size_t bit = prefix.bits; bit < prefix.network.length() * 8; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80 >> (bit % 8));
        range.low.octets[bit / 8] = static_cast<std::uint8_t>(range.low.octets[bit / 8] & ~mask);
        range.high.octets[bit / 8] = static_cast<std::uint8_t>(range.high.octets[bit / 8] | mask);
    }
    return range;
}

Result<LiteralValue> addressRange(std::string_view text)
{
    constexpr std::string_view kWanted = "an address such as 192.0.2.1, a network such as 10.0.0.0/8 or a range a..b";
    if (const auto prefix = IpPrefix::parse(text))
        return LiteralValue(rangeOf(*prefix));
    const auto ends = parseEnds<IpAddress>(text, [](std::string_view part) { return IpAddress::parse(part); });
    if (ends.low && ends.high && ends.low->family != ends.high->family)
        return expected(fmt::format("The range \u201c{}\u201d mixes IPv4 and IPv6.", text));
    return makeRange<AddressRange>(ends, text, kWanted);
}

Result<LiteralValue> timeRange(std::string_view text)
{
    constexpr std::string_view kWanted = "a time such as 2026-11-21, 2026-11-21T09:15:02Z or seconds since 1970";
    const auto ends = parseEnds<IntegerRange>(text, parseTime);
    Ends<std::int64_t> instants;
    if (ends.low)
        instants.low = ends.low->low;
    if (ends.high)
        instants.high = ends.high->high;
    return makeRange<IntegerRange>(instants, text, kWanted);
}

Result<LiteralValue> truth(std::string_view text)
{
    for (const std::string_view word : {"true", "yes", "1"})
        if (equalFolded(text, word))
            return LiteralValue(IntegerRange{1, 1});
    for (const std::string_view word : {"false", "no", "0"})
        if (equalFolded(text, word))
            return LiteralValue(IntegerRange{0, 0});
    return expected(fmt::format("\u201c{}\u201d is not understood here; expected true or false.", text));
}

} // namespace

std::optional<std::int64_t> parseDuration(std::string_view text)
{
    std::int64_t total = 0;
    bool first = true;
    while (first || !text.empty()) {
        Decimal number;
        text = number.take(text);
        if (!number.valid())
            return std::nullopt;
        std::size_t letters = 0;
        while (letters < text.size() && !isDigit(text[letters]))
            ++letters;
        const std::string_view name = text.substr(0, letters);
        const auto unit =
            name.empty() && first ? findUnit(kDurationUnits, "s", false) : findUnit(kDurationUnits, name, false);
        const auto part = unit ? number.times(unit->factor) : std::nullopt;
        if (!part || __builtin_add_overflow(total, *part, &total))
            return std::nullopt;
        text.remove_prefix(letters);
        first = false;
    }
    return total;
}

Result<LiteralValue> parseLiteral(FieldType type, std::string_view text)
{
    constexpr std::int64_t kMaxPort = 65535;
    switch (type) {
    case FieldType::Address:
        return addressRange(text);
    case FieldType::Port:
        return integerRange(text, kMaxPort, "a port from 0 to 65535 or a range such as 8000..8080");
    case FieldType::Integer:
        return integerRange(text, std::numeric_limits<std::int64_t>::max(), "a whole number or a range such as 1..9");
    case FieldType::Bytes:
        return makeRange<IntegerRange>(parseEnds<std::int64_t>(text, parseBytes), text,
                                       "a size such as 1500, 2MB or 1.5GiB");
    case FieldType::Duration:
        return makeRange<IntegerRange>(parseEnds<std::int64_t>(text, parseDuration), text,
                                       "a duration such as 250ms, 30s or 1m30s");
    case FieldType::Time:
        return timeRange(text);
    case FieldType::Rate:
        return makeRange<RealRange>(parseEnds<double>(text, parseRate), text, "a rate such as 10Mbps or 1.5MB/s");
    case FieldType::Ratio:
        return makeRange<RealRange>(parseEnds<double>(text, parseRatio), text, "a number such as 7.5");
    case FieldType::Bool:
        return truth(text);
    case FieldType::Text:
    case FieldType::Enum:
        break;
    }
    return LiteralValue(folded(text));
}

Result<LiteralValue> parseEnumLiteral(Field field, std::string_view text)
{
    const auto words = enumValues(field);
    for (const std::string_view word : words)
        if (equalFolded(word, text))
            return LiteralValue(folded(text));
    if (!enumIsClosed(field) && equalFolded(text.substr(0, 6), "other:"))
        if (parseWhole(text.substr(6), 255))
            return LiteralValue(folded(text));
    std::string message = fmt::format("{} is never \u201c{}\u201d", info(field).name, text);
    if (const auto near = nearestOf(text, words))
        return Error{ErrorCode::Invalid, fmt::format("{}; did you mean {}?", message, *near), std::string(*near)};
    return expected(fmt::format("{}; it is one of {}{}.", message, fmt::join(words, ", "),
                                enumIsClosed(field) ? "" : " or other:N"));
}

} // namespace timbre::query
