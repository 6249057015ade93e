#include "engine/query/translate.h"

#include <fmt/format.h>

namespace timbre::query {

namespace {

using Kind = Expression::Kind;
using Text = std::optional<std::string>;

/// The words of one target language; each returns nothing for what cannot be said.
class Words {
public:
    virtual ~Words() = default;
    [[nodiscard]] virtual Text comparison(const Expression& expression) const = 0;
    [[nodiscard]] virtual Text alone(FieldRef field) const = 0;
};

/// Fields whose translation lets more packets through than meant.
bool isLoose(FieldRef ref)
{
    return ref.field == Field::Src || ref.field == Field::Dst || ref.field == Field::SrcPort ||
           ref.field == Field::DstPort;
}

/// Every term in brackets of its own: both languages give `not` and `or` other ranks than we do.
Text translate(const Expression& expression, const Words& words, bool negated);

Text translateChain(const Expression& expression, const Words& words, bool negated)
{
    std::string out;
    for (const ExpressionPtr& child : expression.children) {
        if (child->kind == Kind::Off)
            continue;
        const Text part = translate(*child, words, negated);
        if (!part)
            return std::nullopt;
        if (!out.empty())
            out += expression.kind == Kind::And ? " and " : " or ";
        out += expression.children.size() > 1 &&
                       (child->kind == Kind::Or || child->kind == Kind::And || child->kind == Kind::Compare)
                   ? '(' + *part + ')'
                   : *part;
    }
    return out;
}

Text translate(const Expression& expression, const Words& words, bool negated)
{
    switch (expression.kind) {
    case Kind::All:
    case Kind::Off:
        return std::string();
    case Kind::And:
    case Kind::Or:
        return translateChain(expression, words, negated);
    case Kind::Not: {
        const Text child = translate(*expression.children.front(), words, !negated);
        return child ? Text("not (" + *child + ")") : std::nullopt;
    }
    case Kind::Compare: {
        const bool inverted = negated != (expression.op == Operator::NotEqual);
        return inverted && isLoose(expression.field) ? std::nullopt : words.comparison(expression);
    }
    case Kind::Alone:
        return words.alone(expression.field);
    case Kind::Word:
    case Kind::Last:
        break;
    }
    return std::nullopt;
}

/// Joins what `word` says about each value with `or`; nothing when it cannot say one of them.
template<typename Word>
Text anyOf(const Expression& expression, const Word& word)
{
    std::string out;
    for (const Literal& literal : expression.values) {
        const Text part = word(literal);
        if (!part)
            return std::nullopt;
        if (!out.empty())
            out += " or ";
        out += *part;
    }
    return out;
}

bool isEquality(Operator op)
{
    return op == Operator::Equal || op == Operator::NotEqual || op == Operator::In;
}

Text unlessNotEqual(const Expression& expression, const Text& positive)
{
    if (!positive)
        return std::nullopt;
    return expression.op == Operator::NotEqual ? "not (" + *positive + ")" : *positive;
}

/// The prefix length of a range that is a network; nothing for other ranges.
std::optional<unsigned> prefixBits(const AddressRange& range)
{
    unsigned bits = 0;
    const auto limit = static_cast<unsigned>(range.low.length() * 8);
    const auto bitOf = [](const IpAddress& address, unsigned bit) {
        return address.octets[bit / 8] >> (7 - bit % 8) & 1;
    };
    while (bits < limit && bitOf(range.low, bits) == bitOf(range.high, bits))
        ++bits;
    for (unsigned bit = bits; bit < limit; ++bit)
        if (bitOf(range.low, bit) != 0 || bitOf(range.high, bit) != 1)
            return std::nullopt;
    return bits;
}

class BpfWords final : public Words {
public:
    Text comparison(const Expression& expression) const override
    {
        if (!isEquality(expression.op))
            return orderedPort(expression);
        return unlessNotEqual(expression, anyOf(expression, [&](const Literal& literal) {
                                  return narrowed(expression.field.only, one(expression.field.field, literal));
                              }));
    }
    Text alone(FieldRef field) const override
    {
        if (field.field == Field::Port)
            return field.only == Only::Tcp ? "tcp" : field.only == Only::Udp ? "udp" : "tcp or udp";
        return field.field == Field::Vlan ? Text("vlan") : std::nullopt;
    }

private:
    static Text narrowed(Only only, Text text)
    {
        if (!text || only == Only::Any || only == Only::V4 || only == Only::V6)
            return text; // an address says its family itself
        return (only == Only::Tcp ? "tcp " : "udp ") + *text;
    }
    static Text one(Field field, const Literal& literal)
    {
        switch (field) {
        case Field::Addr:
        case Field::Src:
        case Field::Dst:
            return address(std::get<AddressRange>(literal.value));
        case Field::Port:
        case Field::SrcPort:
        case Field::DstPort:
            return port(std::get<IntegerRange>(literal.value));
        case Field::Proto:
            return protocol(std::get<std::string>(literal.value));
        case Field::Vlan:
            return single("vlan ", std::get<IntegerRange>(literal.value));
        default:
            return std::nullopt;
        }
    }
    static Text single(std::string_view word, const IntegerRange& range)
    {
        return range.low == range.high ? Text(fmt::format("{}{}", word, range.low)) : std::nullopt;
    }
    static Text address(const AddressRange& range)
    {
        if (range.low == range.high)
            return "host " + toString(range.low);
        const auto bits = prefixBits(range);
        return bits ? Text(fmt::format("net {}/{}", toString(range.low), *bits)) : std::nullopt;
    }
    static Text port(const IntegerRange& range)
    {
        return range.low == range.high ? fmt::format("port {}", range.low)
                                       : fmt::format("portrange {}-{}", range.low, range.high);
    }
    static Text protocol(const std::string& name)
    {
        if (name.starts_with("other:"))
            return fmt::format("(ip proto {0} or ip6 proto {0})", name.substr(6));
        return name == "icmp6" ? Text("icmp6") : Text(name);
    }
    static Text orderedPort(const Expression& expression)
    {
        const Field field = expression.field.field;
        if (field != Field::Port && field != Field::SrcPort && field != Field::DstPort)
            return std::nullopt;
        constexpr std::int64_t kMaxPort = 65535;
        const std::int64_t value = std::get<IntegerRange>(expression.values.front().value).low;
        IntegerRange range{0, kMaxPort};
        if (expression.op == Operator::Less || expression.op == Operator::LessEqual)
            range.high = expression.op == Operator::Less ? value - 1 : value;
        else
            range.low = expression.op == Operator::Greater ? value + 1 : value;
        return range.low > range.high ? std::nullopt : narrowed(expression.field.only, port(range));
    }
};

class WiresharkWords final : public Words {
public:
    Text comparison(const Expression& expression) const override
    {
        if (expression.op == Operator::Contains || expression.op == Operator::Matches)
            return search(expression);
        if (!isEquality(expression.op))
            return ordered(expression);
        return unlessNotEqual(
            expression, anyOf(expression, [&](const Literal& literal) { return one(expression.field, literal); }));
    }
    Text alone(FieldRef field) const override
    {
        switch (field.field) {
        case Field::Sni:
            return "tls.handshake.extensions_server_name";
        case Field::HttpHost:
            return "http.host";
        case Field::Vlan:
            return "vlan";
        case Field::Rtt:
            return "tcp.analysis.initial_rtt";
        case Field::Port:
            return field.only == Only::Tcp ? "tcp" : field.only == Only::Udp ? "udp" : "tcp or udp";
        default:
            return std::nullopt;
        }
    }

private:
    static Text search(const Expression& expression)
    {
        const Text name = textField(expression.field.field);
        if (!name)
            return std::nullopt;
        // Matching there ignores case as here; "contains" does not, so the text is looked for as a pattern.
        const std::string& text = expression.values.front().text;
        return fmt::format("{} matches {}", *name,
                           quote(expression.op == Operator::Matches ? text : escapePattern(text)));
    }
    static Text textField(Field field)
    {
        return field == Field::Sni        ? Text("tls.handshake.extensions_server_name")
               : field == Field::HttpHost ? Text("http.host")
                                          : std::nullopt;
    }
    static std::string quote(std::string_view text)
    {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        return out + '"';
    }
    static std::string escapePattern(std::string_view text)
    {
        std::string out;
        for (const char c : text) {
            if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
        return out;
    }
    static Text one(FieldRef ref, const Literal& literal)
    {
        if (const auto* range = std::get_if<AddressRange>(&literal.value))
            return address(*range);
        if (const auto* range = std::get_if<IntegerRange>(&literal.value)) {
            if (ref.field == Field::Vlan || ref.field == Field::Ttl || isPort(ref.field))
                return eachOf(ref, fmt::format("in {{{}..{}}}", range->low, range->high), *range);
            return std::nullopt;
        }
        const auto* text = std::get_if<std::string>(&literal.value);
        if (!text)
            return std::nullopt;
        if (const Text name = textField(ref.field))
            return fmt::format("{} matches {}", *name, quote('^' + escapePattern(*text) + '$'));
        return ref.field == Field::Proto ? protocol(*text) : ref.field == Field::App ? Text(*text) : std::nullopt;
    }
    static bool isPort(Field field)
    {
        return field == Field::Port || field == Field::SrcPort || field == Field::DstPort;
    }
    static Text address(const AddressRange& range)
    {
        const std::string_view name = range.low.family == IpFamily::V4 ? "ip.addr" : "ipv6.addr";
        if (range.low == range.high)
            return fmt::format("{} == {}", name, toString(range.low));
        const auto bits = prefixBits(range);
        return bits ? fmt::format("{} == {}/{}", name, toString(range.low), *bits)
                    : fmt::format("{} in {{{}..{}}}", name, toString(range.low), toString(range.high));
    }
    static Text protocol(const std::string& name)
    {
        if (name.starts_with("other:"))
            return fmt::format("(ip.proto == {0} or ipv6.nxt == {0})", name.substr(6));
        return name == "icmp6" ? Text("icmpv6") : Text(name);
    }
    /// The same condition on each of the names the field has there.
    static Text eachOf(FieldRef ref, std::string condition, const IntegerRange& range)
    {
        if (range.low == range.high)
            condition = fmt::format("== {}", range.low);
        return eachOf(ref, condition);
    }
    static Text eachOf(FieldRef ref, const std::string& condition)
    {
        if (ref.field == Field::Vlan)
            return "vlan.id " + condition;
        const bool port = isPort(ref.field);
        const std::string first = (port ? "tcp.port " : "ip.ttl ") + condition;
        const std::string second = (port ? "udp.port " : "ipv6.hlim ") + condition;
        if (ref.only == Only::Tcp || ref.only == Only::V4)
            return first;
        return ref.only == Only::Udp || ref.only == Only::V6 ? second : first + " or " + second;
    }
    static Text ordered(const Expression& expression)
    {
        const auto* range = std::get_if<IntegerRange>(&expression.values.front().value);
        const Field field = expression.field.field;
        if (range == nullptr)
            return std::nullopt;
        if (field == Field::Rtt)
            return fmt::format("tcp.analysis.initial_rtt {} {}.{:09}", toString(expression.op), range->low / kSecond,
                               range->low % kSecond);
        if (field != Field::Vlan && field != Field::Ttl && !isPort(field))
            return std::nullopt;
        return eachOf(expression.field, fmt::format("{} {}", toString(expression.op), range->low));
    }

    static constexpr std::int64_t kSecond = 1'000'000'000;
};

} // namespace

std::optional<std::string> toBpf(const Expression& expression)
{
    return translate(expression, BpfWords(), false);
}

std::optional<std::string> toWireshark(const Expression& expression)
{
    return translate(expression, WiresharkWords(), false);
}

} // namespace timbre::query
