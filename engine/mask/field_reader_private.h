#pragma once

// Pieces of a mask's JSON: integers of a width, numbers, spellings, structures with known members. All report the first
// thing that is wrong, with the rule it breaks and the path to it, and return false from then on.

#include "engine/mask/profile_reader.h"

#include <limits>
#include <span>

namespace timbre::mask {

/// Where a value stands, as a chain on the stack; only spelled out for a refusal.
struct Where {
    const Where* up = nullptr;
    std::string_view name;
    std::size_t index = npos;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    [[nodiscard]] Where member(std::string_view inner) const { return {this, inner, npos}; }
    [[nodiscard]] Where item(std::size_t inner) const { return {this, {}, inner}; }
    [[nodiscard]] std::string text() const;
};

class FieldReader {
public:
    FieldReader(NumberReading reading, ProfileReading& result)
        : m_reading(reading)
        , m_result(result)
    {
    }

    bool refuse(const char* rule, const Where& where, std::string reason);

    template<typename Integer>
    bool integer(JsonValue value, const Where& where, Integer& out, const char* rule = "S2")
    {
        const auto number = value.unsignedInteger();
        constexpr auto kMax = std::numeric_limits<Integer>::max();
        if (!number || *number > kMax)
            return refuse(rule, where, "is not an integer from 0 to " + std::to_string(kMax));
        out = static_cast<Integer>(*number);
        return true;
    }
    bool real(JsonValue value, const Where& where, double& out);
    bool real(JsonValue value, const Where& where, float& out);
    bool text(JsonValue value, const Where& where, std::string& out);
    bool bytes(JsonValue value, const Where& where, std::vector<std::uint8_t>& out);
    bool range(JsonValue value, const Where& where, std::array<double, 2>& out);

    template<typename Number>
    bool numbers(JsonValue value, const Where& where, std::vector<Number>& out)
    {
        if (!value.is(JsonKind::Array))
            return refuse("S2", where, "is not an array of numbers");
        out.resize(value.size());
        return value.forEachItem([&](std::size_t i, JsonValue each) {
            if constexpr (std::is_integral_v<Number>)
                return integer(each, where.item(i), out[i]);
            else
                return real(each, where.item(i), out[i]);
        });
    }

    template<typename Enum, std::size_t N>
    bool spelled(JsonValue value, const Where& where, const std::array<const char*, N>& names, Enum& out)
    {
        std::string name;
        if (!variantName(value, where, name))
            return false;
        for (std::size_t i = 0; i < N; ++i) {
            if (name == names[i]) {
                out = static_cast<Enum>(i);
                return true;
            }
        }
        return refuse("S4", where, "is “" + name.substr(0, 64) + "”, which is none of the known variants");
    }
    /// The variant of an enumeration without content: a string, or an object with one member that is null.
    bool variantName(JsonValue value, const Where& where, std::string& out);
    /// A variant with content: an object with one member.
    bool variant(JsonValue value, const Where& where, std::string& name, std::optional<JsonValue>& content);

    void noteUnknown(const Where& where);
    [[nodiscard]] ProfileReading& result() { return m_result; }

private:
    [[nodiscard]] double numberOf(JsonValue value) const;

    NumberReading m_reading;
    ProfileReading& m_result;
};

/// The members of one structure, found once. A structure may also come as an array of its members in order.
class Members {
public:
    Members(FieldReader& reader, const Where& where, std::span<const char* const> names)
        : m_reader(reader)
        , m_where(where)
        , m_names(names)
        , m_found(names.size())
    {
    }

    /// False when the value is no structure. `ignored` is a further member that is known and means nothing here.
    bool open(JsonValue value, std::string_view ignored = {});

    [[nodiscard]] Where where(std::size_t member) const { return m_where.member(m_names[member]); }
    /// Absent members are refused (S1).
    bool required(std::size_t member, std::optional<JsonValue>& out);
    /// Nothing when absent or null.
    [[nodiscard]] std::optional<JsonValue> optional(std::size_t member) const;
    /// Nothing when absent; null is refused (S3).
    bool defaulted(std::size_t member, std::optional<JsonValue>& out);

    template<typename Read>
    bool read(std::size_t member, Read read)
    {
        std::optional<JsonValue> value;
        return required(member, value) && read(*value, where(member));
    }

private:
    FieldReader& m_reader;
    const Where& m_where;
    std::span<const char* const> m_names;
    std::vector<std::optional<JsonValue>> m_found;
};

} // namespace timbre::mask
