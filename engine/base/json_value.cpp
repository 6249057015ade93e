#include "engine/base/json_value.h"

#include "engine/base/utf8.h"

#include <algorithm>
#include <charconv>

namespace timbre {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string& out, std::uint32_t point)
{
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0U | (point >> 6U));
        put(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        put(0xe0U | (point >> 12U));
        put(0x80U | ((point >> 6U) & 0x3fU));
        put(0x80U | (point & 0x3fU));
    } else {
        put(0xf0U | (point >> 18U));
        put(0x80U | ((point >> 12U) & 0x3fU));
        put(0x80U | ((point >> 6U) & 0x3fU));
        put(0x80U | (point & 0x3fU));
    }
}

/// Four hex digits at `at`, or nothing.
std::optional<std::uint32_t> hexUnit(std::string_view text, std::size_t at)
{
    if (at + 4 > text.size())
        return std::nullopt;
    std::uint32_t value = 0;
    const char* begin = text.data() + at;
    const auto [end, problem] = std::from_chars(begin, begin + 4, value, 16);
    if (problem != std::errc{} || end != begin + 4)
        return std::nullopt;
    return value;
}

/// Position of the first significant digit as a power of ten: whether an unreadable number was too large or too small.
bool isLarge(std::string_view spelling)
{
    const std::size_t mark = spelling.find_first_of("eE");
    const std::string_view digits = spelling.substr(0, mark);
    const std::size_t firstDigit = digits.find_first_of("123456789");
    if (firstDigit == std::string_view::npos)
        return false;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    long long power = static_cast<long long>(point) - static_cast<long long>(firstDigit);
    if (mark != std::string_view::npos) {
        const bool negative = spelling[mark + 1] == '-';
        const std::size_t skip = mark + (negative || spelling[mark + 1] == '+' ? 2 : 1);
        long long exponent = 0;
        const auto [end, problem] =
            std::from_chars(spelling.data() + skip, spelling.data() + spelling.size(), exponent);
        if (problem != std::errc{} || end != spelling.data() + spelling.size())
            exponent = 1'000'000'000'000LL; // so many digits that the text before cannot make up for it
        power += negative ? -exponent : exponent;
    }
    return power > 0;
}

} // namespace

std::optional<double> nearestDouble(std::string_view spelling)
{
    double value = 0.0;
    const auto [end, problem] = std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
    if (problem == std::errc{})
        return value;
    if (isLarge(spelling))
        return std::nullopt;
    return spelling.front() == '-' ? -0.0 : 0.0;
}

/// One pass over the text. Does not call itself: nesting is a stack of its own.
class JsonParser {
public:
    JsonParser(JsonDocument& document, const JsonLimits& limits, JsonError& error)
        : m_document(document)
        , m_text(document.m_text)
        , m_limits(limits)
        , m_error(error)
    {
    }

    bool parse()
    {
        if (m_text.size() > m_limits.maxBytes)
            return fail(JsonTrouble::TooLong,
                        "the text is longer than " + std::to_string(m_limits.maxBytes) + " bytes");
        skipBlanks();
        if (!value())
            return false;
        while (!m_open.empty()) {
            if (!nextInContainer())
                return false;
        }
        skipBlanks();
        return m_at == m_text.size() || fail(JsonTrouble::Syntax, "there is text behind the value");
    }

private:
    using Node = JsonDocument::Node;

    bool fail(JsonTrouble trouble, std::string reason)
    {
        m_error = {trouble, m_at, std::move(reason)};
        return false;
    }
    bool wrong(const char* reason) { return fail(JsonTrouble::Syntax, reason); }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char here() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skipBlanks()
    {
        while (!atEnd() && (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r'))
            ++m_at;
    }

    bool add(JsonKind kind, std::size_t begin, std::size_t end, bool escaped = false)
    {
        if (m_document.m_nodes.size() >= m_limits.maxValues)
            return fail(JsonTrouble::TooLong, "there are more than " + std::to_string(m_limits.maxValues) + " values");
        Node node;
        node.begin = static_cast<std::uint32_t>(begin);
        node.end = static_cast<std::uint32_t>(end);
        node.next = static_cast<std::uint32_t>(m_document.m_nodes.size() + 1);
        node.kind = kind;
        node.escaped = escaped;
        m_document.m_nodes.push_back(node);
        return true;
    }

    bool value()
    {
        switch (here()) {
        case '{':
            return open(JsonKind::Object);
        case '[':
            return open(JsonKind::Array);
        case '"':
            return string();
        case 't':
            return word("true", JsonKind::Bool);
        case 'f':
            return word("false", JsonKind::Bool);
        case 'n':
            return word("null", JsonKind::Null);
        default:
            return number();
        }
    }

    bool word(std::string_view spelled, JsonKind kind)
    {
        if (std::string_view(m_text).substr(m_at, spelled.size()) != spelled)
            return wrong("this is no value");
        m_at += spelled.size();
        return add(kind, m_at - spelled.size(), m_at);
    }

    bool digits()
    {
        if (!isDigit(here()))
            return false;
        while (isDigit(here()))
            ++m_at;
        return true;
    }

    bool number()
    {
        const std::size_t begin = m_at;
        if (here() == '-')
            ++m_at;
        const bool leadingZero = here() == '0';
        if (!digits())
            return wrong(atEnd() ? "the text ends too early" : "this is no value");
        if (leadingZero && m_at - begin > (m_text[begin] == '-' ? 2U : 1U))
            return wrong("a number starts with 0");
        if (here() == '.') {
            ++m_at;
            if (!digits())
                return wrong("digits are missing behind the point");
        }
        if (here() == 'e' || here() == 'E') {
            ++m_at;
            if (here() == '+' || here() == '-')
                ++m_at;
            if (!digits())
                return wrong("digits are missing in the exponent");
        }
        const std::string_view spelling(m_text.data() + begin, m_at - begin);
        if (!nearestDouble(spelling))
            return fail(JsonTrouble::TooLarge, "the number is larger than any double");
        return add(JsonKind::Number, begin, m_at);
    }

    bool string()
    {
        const std::size_t begin = ++m_at;
        bool escaped = false;
        while (here() != '"' || atEnd()) {
            if (atEnd())
                return wrong("a string has no end");
            if (static_cast<unsigned char>(here()) < 0x20)
                return wrong("there is a control character in a string");
            if (here() == '\\') {
                escaped = true;
                if (!escape())
                    return false;
                continue;
            }
            const std::size_t length = utf8Length(std::string_view(m_text).substr(m_at));
            if (length == 0)
                return wrong("a string is not UTF-8");
            m_at += length;
        }
        return add(JsonKind::String, begin, m_at++, escaped);
    }

    bool escape()
    {
        ++m_at;
        const char kind = here();
        if (atEnd() || std::string_view("\"\\/bfnrtu").find(kind) == std::string_view::npos)
            return wrong("there is an unknown escape in a string");
        ++m_at;
        if (kind != 'u')
            return true;
        const auto unit = hexUnit(m_text, m_at);
        if (!unit)
            return wrong("four hex digits are missing in a string");
        m_at += 4;
        if (*unit >= 0xdc00 && *unit < 0xe000)
            return wrong("there is an unpaired surrogate in a string");
        if (*unit < 0xd800 || *unit >= 0xdc00)
            return true;
        const bool pair = std::string_view(m_text).substr(m_at, 2) == "\\u";
        const auto low = pair ? hexUnit(m_text, m_at + 2) : std::nullopt;
        if (!low || *low < 0xdc00 || *low >= 0xe000)
            return wrong("there is an unpaired surrogate in a string");
        m_at += 6;
        return true;
    }

    bool open(JsonKind kind)
    {
        if (m_open.size() >= m_limits.maxDepth)
            return fail(JsonTrouble::TooDeep, "it is nested deeper than " + std::to_string(m_limits.maxDepth));
        m_open.push_back(static_cast<std::uint32_t>(m_document.m_nodes.size()));
        if (!add(kind, m_at, m_at))
            return false;
        ++m_at;
        skipBlanks();
        if (here() == (kind == JsonKind::Object ? '}' : ']'))
            return close();
        return element();
    }

    /// A value in the innermost container, with its name in an object.
    bool element()
    {
        Node& container = m_document.m_nodes[m_open.back()];
        ++container.children;
        if (container.kind == JsonKind::Object) {
            if (here() != '"')
                return wrong("the name of a member is missing");
            if (!string())
                return false;
            skipBlanks();
            if (here() != ':')
                return wrong("a colon is missing");
            ++m_at;
            skipBlanks();
        }
        const char start = here();
        if (start == '{' || start == '[') {
            m_pending = true; // opened by the loop, not by recursion
            return true;
        }
        return value();
    }

    bool nextInContainer()
    {
        if (m_pending) {
            m_pending = false;
            return value();
        }
        skipBlanks();
        const bool object = m_document.m_nodes[m_open.back()].kind == JsonKind::Object;
        if (here() == (object ? '}' : ']'))
            return close();
        if (here() != ',')
            return wrong(atEnd() ? "the text ends too early" : "a comma is missing");
        ++m_at;
        skipBlanks();
        return element();
    }

    bool close()
    {
        ++m_at;
        Node& container = m_document.m_nodes[m_open.back()];
        container.next = static_cast<std::uint32_t>(m_document.m_nodes.size());
        container.end = static_cast<std::uint32_t>(m_at);
        const bool good = container.kind != JsonKind::Object || namesDiffer(m_open.back());
        m_open.pop_back();
        return good;
    }

    bool namesDiffer(std::uint32_t object)
    {
        const auto& nodes = m_document.m_nodes;
        std::vector<std::string> names;
        names.reserve(nodes[object].children);
        std::uint32_t name = object + 1;
        for (std::uint32_t i = 0; i < nodes[object].children; ++i) {
            names.push_back(m_document.stringOf(nodes[name]));
            name = nodes[name + 1].next;
        }
        std::sort(names.begin(), names.end());
        const auto twice = std::adjacent_find(names.begin(), names.end());
        if (twice == names.end())
            return true;
        return fail(JsonTrouble::TwiceTheSame, "the member “" + twice->substr(0, 64) + "” is there twice");
    }

    JsonDocument& m_document;
    const std::string& m_text;
    const JsonLimits& m_limits;
    JsonError& m_error;
    std::size_t m_at = 0;
    std::vector<std::uint32_t> m_open; // containers not closed yet
    bool m_pending = false;
};

std::unique_ptr<JsonDocument> JsonDocument::parse(std::string text, const JsonLimits& limits, JsonError& error)
{
    std::unique_ptr<JsonDocument> document(new JsonDocument); // private constructor
    document->m_text = std::move(text);
    if (!JsonParser(*document, limits, error).parse())
        return nullptr;
    return document;
}

std::string JsonDocument::stringOf(const Node& node) const
{
    const std::string_view raw(m_text.data() + node.begin, node.end - node.begin);
    if (!node.escaped)
        return std::string(raw);
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        const char kind = raw[++i];
        if (kind != 'u') {
            constexpr std::string_view kFrom = "bfnrt";
            constexpr std::string_view kTo = "\b\f\n\r\t";
            const std::size_t found = kFrom.find(kind);
            out += found == std::string_view::npos ? kind : kTo[found];
            continue;
        }
        std::uint32_t point = *hexUnit(raw, i + 1); // checked when it was parsed
        i += 4;
        if (point >= 0xd800 && point < 0xdc00) {
            point = 0x10000 + ((point - 0xd800) << 10U) + (*hexUnit(raw, i + 3) - 0xdc00);
            i += 6;
        }
        appendUtf8(out, point);
    }
    return out;
}

JsonKind JsonValue::kind() const
{
    return m_document->m_nodes[m_node].kind;
}

bool JsonValue::truth() const
{
    return m_document->m_text[m_document->m_nodes[m_node].begin] == 't';
}

std::string_view JsonValue::spelling() const
{
    const auto& node = m_document->m_nodes[m_node];
    return {m_document->m_text.data() + node.begin, node.end - node.begin};
}

double JsonValue::number() const
{
    return nearestDouble(spelling()).value_or(0.0); // parsing refused what has no value
}

std::optional<std::uint64_t> JsonValue::unsignedInteger() const
{
    if (!is(JsonKind::Number))
        return std::nullopt;
    const std::string_view text = spelling();
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> JsonValue::signedInteger() const
{
    if (!is(JsonKind::Number) || spelling() == "-0")
        return std::nullopt;
    const std::string_view text = spelling();
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string JsonValue::string() const
{
    return m_document->stringOf(m_document->m_nodes[m_node]);
}

std::size_t JsonValue::size() const
{
    return m_document->m_nodes[m_node].children;
}

std::uint32_t JsonValue::after(std::uint32_t node) const
{
    return m_document->m_nodes[node].next;
}

std::string JsonValue::nameAt(std::uint32_t node) const
{
    return m_document->stringOf(m_document->m_nodes[node]);
}

std::optional<JsonValue> JsonValue::member(std::string_view name) const
{
    std::optional<JsonValue> found;
    if (!is(JsonKind::Object))
        return found;
    forEachMember([&](const std::string& each, JsonValue value) {
        if (each != name)
            return true;
        found = value;
        return false;
    });
    return found;
}

} // namespace timbre
