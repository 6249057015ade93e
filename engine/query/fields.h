#pragma once

// The fields of a flow that filters, sorting, columns, completion and the manual speak of: one list for all of them.
// A field has one name of its own and aliases, mostly the spellings known from Wireshark. What a field's value is for a
// given flow is not known here; a RowReader (row.h) tells.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace timbre::query {

enum class Field : std::uint8_t {
    Addr,
    Src,
    Dst,
    Port,
    SrcPort,
    DstPort,
    Proto,
    Service,
    App,
    State,
    Ended,
    EndReason,
    History,
    Bytes,
    BytesUp,
    BytesDown,
    Packets,
    PacketsUp,
    PacketsDown,
    Payload,
    PayloadUp,
    PayloadDown,
    Wire,
    WireUp,
    WireDown,
    Age,
    Start,
    End,
    Rate,
    RateNow,
    Rtt,
    Retransmissions,
    OutOfOrder,
    ZeroWindows,
    Ttl,
    Vlan,
    Host,
    Sni,
    HttpHost,
    Entropy,
    EntropyUp,
    EntropyDown,
    Verdict,
    VerdictConfidence,
    Resonance,
    Mask,
    Tunnel,
    Inner,
    OuterFlow,
    Interface,
    FirstPacket,
    LastPacket,
    Index,
    NoteText,
    Tag,
    Ja4,
    Ja3,
    UserAgent,
    TokenHash,
    Anomaly,
    AnomalyKind,
    EntityRisk,
    Count
};
inline constexpr std::size_t kFieldCount = static_cast<std::size_t>(Field::Count);

enum class FieldType : std::uint8_t { Address, Port, Integer, Bytes, Duration, Time, Rate, Ratio, Text, Enum, Bool };

/// How a RowReader hands a value out.
enum class Storage : std::uint8_t { Integer, Real, Text, Address };
[[nodiscard]] Storage storageOf(FieldType type);
/// "address", "number of bytes" …, as a sentence uses it.
[[nodiscard]] std::string_view typeName(FieldType type);

/// Some aliases look at one kind of flow only: tcp.port is the port of TCP flows.
enum class Only : std::uint8_t { Any, Tcp, Udp, V4, V6 };

/// What the field's name alone means as a filter.
enum class Alone : std::uint8_t {
    HasValue, // the flow has a value for it
    NonZero,  // the count is not zero
    IsTrue,   // a yes/no field
};

struct FieldInfo {
    Field id = Field::Count;
    std::string_view name;
    FieldType type = FieldType::Text;
    Alone alone = Alone::HasValue;
    bool eitherSide = false; // has up to two values, one per side; a comparison holds when it holds for one of them
    std::string_view title;  // of a column
    std::string_view unit;   // of the raw number; empty when it has none
    std::string_view description;
    std::string_view example;
};

struct FieldAlias {
    std::string_view name;
    Field field = Field::Count;
    Only only = Only::Any;
};

/// A field as written: by its own name or by an alias that narrows it.
struct FieldRef {
    Field field = Field::Count;
    Only only = Only::Any;

    bool operator==(const FieldRef&) const = default;
};

/// Every field, in the order of the enum.
[[nodiscard]] std::span<const FieldInfo> allFields();
[[nodiscard]] std::span<const FieldAlias> allAliases();
/// Requires: field is not Count.
[[nodiscard]] const FieldInfo& info(Field field);
/// The field may have any number of values, as row.h's kListSeparator says; a comparison holds when it holds for one.
[[nodiscard]] constexpr bool isList(Field field)
{
    return field == Field::NoteText || field == Field::Tag;
}
/// By name or alias, whatever the case of the letters.
[[nodiscard]] std::optional<FieldRef> findField(std::string_view name);
/// How the field is written in a filter: its name, or the first alias that narrows it the same way.
[[nodiscard]] std::string_view spelling(FieldRef ref);
[[nodiscard]] std::vector<std::string_view> aliasesOf(Field field);

/// The words a field of type Enum knows; empty for other fields.
[[nodiscard]] std::span<const std::string_view> enumValues(Field field);
/// False when other words may occur, too (an IP protocol without a name of its own is "other:47").
[[nodiscard]] bool enumIsClosed(Field field);

/// The field name or alias nearest to a misspelt one, or nothing when none is near.
[[nodiscard]] std::optional<std::string_view> nearestField(std::string_view misspelt);
[[nodiscard]] std::optional<std::string_view> nearestOf(std::string_view misspelt,
                                                        std::span<const std::string_view> words);

} // namespace timbre::query
