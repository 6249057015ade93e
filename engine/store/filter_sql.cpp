#include "engine/store/filter_sql.h"

#include "engine/base/ip_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::store {

namespace {

using query::Expression;
using query::Field;
using query::Literal;
using query::Operator;
using Kind = Expression::Kind;
using Text = std::optional<std::string>;

/// What the view says about a field: SQL that is NULL where the flow has no value, once for each side it may have.
struct Columns {
    Field field = Field::Count;
    const char* first = nullptr;
    const char* second = nullptr;
};

constexpr auto kColumns = std::to_array<Columns>({
    {Field::Addr, "initiator_address", "responder_address"},
    {Field::Src, "initiator_address"},
    {Field::Dst, "responder_address"},
    {Field::Port, "iif(transport IN ('tcp', 'udp'), initiator_port, NULL)",
     "iif(transport IN ('tcp', 'udp'), responder_port, NULL)"},
    {Field::SrcPort, "iif(transport IN ('tcp', 'udp'), initiator_port, NULL)"},
    {Field::DstPort, "iif(transport IN ('tcp', 'udp'), responder_port, NULL)"},
    {Field::Proto, "iif(transport = 'other', 'other:' || ip_protocol, transport)"},
    {Field::App, "app"},
    {Field::State, "iif(transport = 'tcp', tcp_state, NULL)"},
    {Field::Ended, "(end_reason IS NOT NULL)"},
    {Field::EndReason, "end_reason"},
    {Field::History, "history"},
    {Field::Bytes, "bytes"},
    {Field::BytesUp, "initiator_bytes"},
    {Field::BytesDown, "responder_bytes"},
    {Field::Packets, "packets"},
    {Field::PacketsUp, "initiator_packets"},
    {Field::PacketsDown, "responder_packets"},
    {Field::Payload, "(initiator_payload_bytes + responder_payload_bytes)"},
    {Field::PayloadUp, "initiator_payload_bytes"},
    {Field::PayloadDown, "responder_payload_bytes"},
    {Field::Wire, "(initiator_original_bytes + responder_original_bytes)"},
    {Field::WireUp, "initiator_original_bytes"},
    {Field::WireDown, "responder_original_bytes"},
    {Field::Age, "(last_seen_ns - started_ns)"},
    {Field::Start, "started_ns"},
    {Field::End, "last_seen_ns"},
    {Field::Retransmissions, "iif(transport = 'tcp', initiator_retransmissions + responder_retransmissions, NULL)"},
    {Field::OutOfOrder, "iif(transport = 'tcp', initiator_out_of_order + responder_out_of_order, NULL)"},
    {Field::ZeroWindows, "iif(transport = 'tcp', initiator_zero_windows + responder_zero_windows, NULL)"},
    {Field::Vlan, "vlan"},
    {Field::Host, "initiator_name", "responder_name"},
    {Field::Sni, "server_name"},
    {Field::HttpHost, "http_host"},
    {Field::Tunnel, "tunnel"},
    {Field::Inner, "(tunnel IS NOT NULL)"},
    {Field::OuterFlow, "outer_flow"},
    {Field::Interface, "interface"},
    {Field::FirstPacket, "first_packet"},
    {Field::LastPacket, "last_packet"},
    {Field::Index, "flow_index"},
});

const Columns* columnsOf(Field field)
{
    const auto found =
        std::find_if(kColumns.begin(), kColumns.end(), [field](const Columns& one) { return one.field == field; });
    return found == kColumns.end() ? nullptr : &*found;
}

std::string quoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += c;
        out += c;
    }
    return out + '\'';
}

/// The condition that Wireshark's spellings of a field add.
std::string narrowed(query::Only only, std::string condition)
{
    switch (only) {
    case query::Only::Tcp:
        return "(transport = 'tcp' AND " + condition + ")";
    case query::Only::Udp:
        return "(transport = 'udp' AND " + condition + ")";
    case query::Only::V4:
        return "(instr(initiator_address, ':') = 0 AND " + condition + ")";
    case query::Only::V6:
        return "(instr(initiator_address, ':') > 0 AND " + condition + ")";
    case query::Only::Any:
        break;
    }
    return condition;
}

/// `column op value`; nothing for what a column cannot be asked: patterns, networks, ratios.
Text condition(std::string_view column, Operator op, const Literal& literal)
{
    if (op == Operator::Matches)
        return std::nullopt;
    if (const auto* text = std::get_if<std::string>(&literal.value)) {
        if (text->find('\0') != std::string::npos)
            return std::nullopt;
        return op == Operator::Contains ? fmt::format("instr(lower({}), {}) > 0", column, quoted(*text))
                                        : fmt::format("lower({}) = {}", column, quoted(*text));
    }
    if (const auto* range = std::get_if<query::AddressRange>(&literal.value)) {
        if (op == Operator::Contains || range->low != range->high)
            return std::nullopt;
        return fmt::format("{} = {}", column, quoted(toString(range->low)));
    }
    const auto* range = std::get_if<query::IntegerRange>(&literal.value);
    if (range == nullptr)
        return std::nullopt;
    switch (op) {
    case Operator::Less:
        return fmt::format("{} < {}", column, range->low);
    case Operator::LessEqual:
        return fmt::format("{} <= {}", column, range->high);
    case Operator::Greater:
        return fmt::format("{} > {}", column, range->high);
    case Operator::GreaterEqual:
        return fmt::format("{} >= {}", column, range->low);
    default:
        break;
    }
    return range->low == range->high ? fmt::format("{} = {}", column, range->low)
                                     : fmt::format("{} BETWEEN {} AND {}", column, range->low, range->high);
}

Text comparison(const Expression& expression)
{
    const Columns* columns = columnsOf(expression.field.field);
    if (columns == nullptr)
        return std::nullopt;
    std::string any;
    std::string some; // the flow has a value at all
    for (const char* column : {columns->first, columns->second}) {
        if (column == nullptr)
            continue;
        some += fmt::format("{}{} IS NOT NULL", some.empty() ? "" : " OR ", column);
        for (const Literal& literal : expression.values) {
            const Text one = condition(column, expression.op, literal);
            if (!one)
                return std::nullopt;
            // NULL is neither true nor false in SQL; for a filter a value that is not there does not fit.
            any += fmt::format("{}ifnull({}, 0)", any.empty() ? "" : " OR ", *one);
        }
    }
    return narrowed(expression.field.only, expression.op == Operator::NotEqual
                                               ? fmt::format("(({}) AND NOT ({}))", some, any)
                                               : "(" + any + ")");
}

Text alone(const query::FieldRef& field)
{
    const Columns* columns = columnsOf(field.field);
    if (columns == nullptr)
        return std::nullopt;
    const bool counted = query::info(field.field).alone != query::Alone::HasValue;
    const auto one = [&](const char* column) {
        return counted ? fmt::format("ifnull({} <> 0, 0)", column) : fmt::format("{} IS NOT NULL", column);
    };
    std::string out = one(columns->first);
    if (columns->second != nullptr)
        out += " OR " + one(columns->second);
    return narrowed(field.only, "(" + out + ")");
}

Text translate(const Expression& expression);

Text chain(const Expression& expression)
{
    std::string out;
    for (const query::ExpressionPtr& child : expression.children) {
        if (child->kind == Kind::Off)
            continue;
        const Text part = translate(*child);
        if (!part)
            return std::nullopt;
        if (!out.empty())
            out += expression.kind == Kind::And ? " AND " : " OR ";
        out += *part;
    }
    return out.empty() ? "1" : "(" + out + ")";
}

Text translate(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::All:
    case Kind::Off:
        return "1";
    case Kind::And:
    case Kind::Or:
        return chain(expression);
    case Kind::Not: {
        const Text child = translate(*expression.children.front());
        return child ? Text("NOT " + *child) : std::nullopt;
    }
    case Kind::Compare:
        return comparison(expression);
    case Kind::Alone:
        return alone(expression.field);
    case Kind::Word:
    case Kind::Last:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> toSql(const Expression& expression, std::string_view path)
{
    const Text where = translate(expression);
    if (!where)
        return std::nullopt;
    std::string sql = "SELECT * FROM flows WHERE " + *where;
    if (!path.empty())
        sql += " AND capture_id IN (SELECT id FROM captures WHERE path = " + quoted(path) + ")";
    return sql + ";";
}

} // namespace timbre::store
