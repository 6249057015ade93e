#pragma once

// Reads JSON from strangers: strictly, within limits, without a tree of small objects. A document is one flat list of
// nodes over the text it was read from; numbers keep their spelling, because some readers round what they spell.
// Strict means RFC 8259: no comments, no NaN, no byte order mark, no unpaired surrogates; in addition no member twice.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace timbre {

enum class JsonKind : std::uint8_t { Null, Bool, Number, String, Array, Object };

enum class JsonTrouble : std::uint8_t {
    Syntax,       // not JSON, or text behind the value
    TooDeep,      // nested beyond the limit
    TwiceTheSame, // a member twice in one object
    TooLarge,     // a number beyond the range of double
    TooLong,      // text or number of values beyond the limit
};

struct JsonError {
    JsonTrouble trouble = JsonTrouble::Syntax;
    std::size_t offset = 0; // byte in the text
    std::string reason;     // half a sentence: "a comma is missing"
};

struct JsonLimits {
    std::size_t maxBytes = 5U << 20U;
    std::size_t maxDepth = 64;
    std::size_t maxValues = 4'000'000; // 20 B each
};

class JsonDocument;

/// A value in a document. Valid as long as the document; cheap to copy.
class JsonValue {
public:
    [[nodiscard]] JsonKind kind() const;
    [[nodiscard]] bool is(JsonKind kind) const { return this->kind() == kind; }
    /// Requires: a Bool.
    [[nodiscard]] bool truth() const;
    /// As it is spelled. Requires: a Number.
    [[nodiscard]] std::string_view spelling() const;
    /// Nearest double. Requires: a Number.
    [[nodiscard]] double number() const;
    /// Nothing for other kinds, fractions, exponents, "-0" and what does not fit.
    [[nodiscard]] std::optional<std::uint64_t> unsignedInteger() const;
    [[nodiscard]] std::optional<std::int64_t> signedInteger() const;
    /// UTF-8, escapes resolved. Requires: a String.
    [[nodiscard]] std::string string() const;

    /// Of an Array or Object; 0 for others.
    [[nodiscard]] std::size_t size() const;
    /// Visits items of an array in order, until `visit(index, value)` returns false. Returns whether all were visited.
    template<typename Visit>
    bool forEachItem(Visit visit) const;
    /// Likewise members, as `visit(name, value)`.
    template<typename Visit>
    bool forEachMember(Visit visit) const;
    [[nodiscard]] std::optional<JsonValue> member(std::string_view name) const;

private:
    friend class JsonDocument;
    JsonValue(const JsonDocument* document, std::uint32_t node)
        : m_document(document)
        , m_node(node)
    {
    }
    [[nodiscard]] std::uint32_t first() const { return m_node + 1; }
    [[nodiscard]] std::uint32_t after(std::uint32_t node) const;
    [[nodiscard]] std::string nameAt(std::uint32_t node) const;

    const JsonDocument* m_document;
    std::uint32_t m_node;
};

class JsonDocument {
public:
    /// Takes the text; the document points into it.
    [[nodiscard]] static std::unique_ptr<JsonDocument> parse(std::string text, const JsonLimits& limits,
                                                             JsonError& error);

    [[nodiscard]] JsonValue root() const { return {this, 0}; }
    [[nodiscard]] const std::string& text() const { return m_text; }

    /// Of one value. A name of a member is a String node before its value; `children` counts members then.
    struct Node {
        std::uint32_t begin = 0; // in the text: of a number or word, or behind the opening quote
        std::uint32_t end = 0;
        std::uint32_t next = 0; // node behind this one and all inside it
        std::uint32_t children = 0;
        JsonKind kind = JsonKind::Null;
        bool escaped = false; // a string with backslashes
    };

private:
    friend class JsonValue;
    friend class JsonParser;
    JsonDocument() = default;
    [[nodiscard]] std::string stringOf(const Node& node) const;

    std::string m_text;
    std::vector<Node> m_nodes;
};

template<typename Visit>
bool JsonValue::forEachItem(Visit visit) const
{
    const std::size_t count = size();
    std::uint32_t node = first();
    for (std::size_t i = 0; i < count; ++i) {
        if (!visit(i, JsonValue(m_document, node)))
            return false;
        node = after(node);
    }
    return true;
}

template<typename Visit>
bool JsonValue::forEachMember(Visit visit) const
{
    const std::size_t count = size();
    std::uint32_t name = first();
    for (std::size_t i = 0; i < count; ++i) {
        if (!visit(nameAt(name), JsonValue(m_document, name + 1)))
            return false;
        name = after(name + 1);
    }
    return true;
}

/// The nearest double of a JSON number; nothing beyond its range.
[[nodiscard]] std::optional<double> nearestDouble(std::string_view spelling);

} // namespace timbre
