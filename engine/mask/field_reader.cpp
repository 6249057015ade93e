#include "engine/mask/field_reader_private.h"

#include <charconv>
#include <cmath>

namespace timbre::mask {

namespace {

constexpr std::size_t kMaxUnknownNoted = 32;
constexpr int kMaxPower = 308; // of ten in a double

/// 10^n for 0 … 308, correctly rounded as literals are.
double powerOfTen(int n)
{
    char text[8] = "1e";
    const auto end = std::to_chars(text + 2, text + sizeof text, n).ptr;
    double value = 0.0;
    std::from_chars(text, end, value);
    return value;
}

/// Digits up to what fits 64 bits, and the power of ten they are to be multiplied by.
struct Parts {
    std::uint64_t significand = 0;
    long long exponent = 0;
};

bool fits(std::uint64_t significand, unsigned digit)
{
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    return significand < kMax / 10 || (significand == kMax / 10 && digit <= kMax % 10);
}

Parts partsOf(std::string_view spelling)
{
    Parts parts;
    std::size_t at = 0;
    const auto isDigit = [&] { return at < spelling.size() && spelling[at] >= '0' && spelling[at] <= '9'; };
    const auto digit = [&] { return static_cast<unsigned>(spelling[at] - '0'); };
    for (bool full = false; isDigit(); ++at) {
        full = full || !fits(parts.significand, digit());
        if (full)
            ++parts.exponent;
        else
            parts.significand = parts.significand * 10 + digit();
    }
    if (at < spelling.size() && spelling[at] == '.') {
        ++at;
        for (bool full = false; isDigit(); ++at) {
            full = full || !fits(parts.significand, digit());
            if (full)
                continue;
            parts.significand = parts.significand * 10 + digit();
            --parts.exponent;
        }
    }
    if (at < spelling.size()) { // e or E
        ++at;
        const bool negative = spelling[at] == '-';
        if (negative || spelling[at] == '+')
            ++at;
        long long power = 0;
        for (; isDigit(); ++at)
            power = std::min(power * 10 + digit(), 1'000'000'000LL);
        parts.exponent += negative ? -power : power;
    }
    return parts;
}

} // namespace

double twoStepDouble(std::string_view spelling)
{
    const bool negative = spelling.starts_with('-');
    const Parts parts = partsOf(spelling.substr(negative ? 1 : 0));
    auto value = static_cast<double>(parts.significand);
    long long exponent = parts.exponent;
    while (value != 0.0 && exponent < -kMaxPower) {
        value /= powerOfTen(kMaxPower);
        exponent += kMaxPower;
    }
    if (value != 0.0) {
        if (exponent > kMaxPower)
            value = std::numeric_limits<double>::infinity();
        else if (exponent >= 0)
            value *= powerOfTen(static_cast<int>(exponent));
        else
            value /= powerOfTen(static_cast<int>(-exponent));
    }
    return negative ? -value : value;
}

std::string Where::text() const
{
    std::string out = up ? up->text() : std::string();
    if (index != npos)
        return out + '[' + std::to_string(index) + ']';
    if (!out.empty() && !name.empty())
        out += '.';
    return out.append(name.substr(0, 64));
}

bool FieldReader::refuse(const char* rule, const Where& where, std::string reason)
{
    if (m_result.refusal.rule.empty())
        m_result.refusal = {rule, where.text(), std::move(reason)};
    return false;
}

double FieldReader::numberOf(JsonValue value) const
{
    return m_reading == NumberReading::Nearest ? value.number() : twoStepDouble(value.spelling());
}

bool FieldReader::real(JsonValue value, const Where& where, double& out)
{
    if (!value.is(JsonKind::Number))
        return refuse("S2", where, "is not a number");
    out = numberOf(value);
    return true;
}

bool FieldReader::real(JsonValue value, const Where& where, float& out)
{
    double wide = 0.0;
    if (!real(value, where, wide))
        return false;
    // By the format the text is read as a double, then rounded; beyond the range of float it becomes infinite.
    constexpr double kLargest = std::numeric_limits<float>::max();
    constexpr double kRoundsUp = kLargest + 0x1p103; // half a step above the largest
    out = std::fabs(wide) >= kRoundsUp
              ? std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(wide > 0 ? 1 : -1))
              : static_cast<float>(wide);
    return true;
}

bool FieldReader::text(JsonValue value, const Where& where, std::string& out)
{
    if (!value.is(JsonKind::String))
        return refuse("S2", where, "is not text");
    out = value.string();
    return true;
}

bool FieldReader::bytes(JsonValue value, const Where& where, std::vector<std::uint8_t>& out)
{
    return numbers(value, where, out);
}

bool FieldReader::range(JsonValue value, const Where& where, std::array<double, 2>& out)
{
    if (!value.is(JsonKind::Array))
        return refuse("S2", where, "is not a pair of numbers");
    if (value.size() != 2)
        return refuse("S3", where, "has " + std::to_string(value.size()) + " entries instead of 2");
    return value.forEachItem([&](std::size_t i, JsonValue each) { return real(each, where.item(i), out[i]); });
}

bool FieldReader::variantName(JsonValue value, const Where& where, std::string& out)
{
    if (value.is(JsonKind::String)) {
        out = value.string();
        return true;
    }
    if (!value.is(JsonKind::Object))
        return refuse("S2", where, "is not the name of a variant");
    std::optional<JsonValue> content;
    if (!variant(value, where, out, content))
        return false;
    return content->is(JsonKind::Null) || refuse("S4", where, "names a variant that has no content");
}

bool FieldReader::variant(JsonValue value, const Where& where, std::string& name, std::optional<JsonValue>& content)
{
    if (!value.is(JsonKind::Object) || value.size() != 1)
        return refuse("S4", where, "is not exactly one variant with its content");
    return value.forEachMember([&](const std::string& each, JsonValue inner) {
        name = each;
        content = inner;
        return true;
    });
}

void FieldReader::noteUnknown(const Where& where)
{
    if (m_result.unknownMembers.size() < kMaxUnknownNoted)
        m_result.unknownMembers.push_back(where.text());
}

bool Members::open(JsonValue value, std::string_view ignored)
{
    if (value.is(JsonKind::Array)) {
        if (value.size() > m_names.size())
            return m_reader.refuse("S3", m_where, "has more entries than the structure has members");
        return value.forEachItem([&](std::size_t i, JsonValue each) {
            m_found[i] = each;
            return true;
        });
    }
    if (!value.is(JsonKind::Object))
        return m_reader.refuse("S2", m_where, "is not an object");
    return value.forEachMember([&](const std::string& name, JsonValue each) {
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            if (name == m_names[i]) {
                m_found[i] = each;
                return true;
            }
        }
        if (name != ignored)
            m_reader.noteUnknown(m_where.member(name));
        return true;
    });
}

bool Members::required(std::size_t member, std::optional<JsonValue>& out)
{
    out = m_found[member];
    return out.has_value() || m_reader.refuse("S1", where(member), "is missing");
}

std::optional<JsonValue> Members::optional(std::size_t member) const
{
    const auto& value = m_found[member];
    return value && !value->is(JsonKind::Null) ? value : std::nullopt;
}

bool Members::defaulted(std::size_t member, std::optional<JsonValue>& out)
{
    out = m_found[member];
    if (out && out->is(JsonKind::Null))
        return m_reader.refuse("S3", where(member), "is null");
    return true;
}

} // namespace timbre::mask
