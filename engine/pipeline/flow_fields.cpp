#include "engine/pipeline/flow_fields.h"

#include "engine/pipeline/service_names.h"
#include "engine/query/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::Side;
using flow::SideStats;
using query::Field;
using query::FieldType;
using query::TextRef;
using query::Value;

namespace {

std::int64_t toSigned(std::uint64_t count)
{
    constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(count, kLimit));
}

bool hasPorts(const FlowRecord& record)
{
    return record.key.l4 == decode::L4::Tcp || record.key.l4 == decode::L4::Udp;
}

bool isTcp(const FlowRecord& record)
{
    return record.key.l4 == decode::L4::Tcp;
}

template<typename T>
std::size_t put(std::span<T, query::kMaxValues> out, const T& value)
{
    out[0] = value;
    return 1;
}

template<typename T>
std::size_t putIf(bool known, std::span<T, query::kMaxValues> out, const T& value)
{
    return known ? put(out, value) : 0;
}

/// A field that has a value for each side.
using IntegerOut = std::span<std::int64_t, query::kMaxValues>;

std::size_t putTtls(const FlowRecord& record, IntegerOut out)
{
    std::size_t count = 0;
    for (const SideStats& side : record.sides)
        if (side.packets > 0)
            out[count++] = side.firstTtl;
    return count;
}

std::size_t putPorts(const FlowRecord& record, IntegerOut out)
{
    if (!hasPorts(record))
        return 0;
    out[0] = record.port(Side::Responder);
    out[1] = record.port(Side::Initiator);
    return 2;
}

std::size_t putSum(bool known, const FlowRecord& record, std::uint32_t SideStats::*member, IntegerOut out)
{
    return putIf(known, out, std::int64_t{record.sides[0].*member} + std::int64_t{record.sides[1].*member});
}

std::size_t putSizes(const FlowRecord& record, Field field, IntegerOut out)
{
    const SideStats& up = record.of(Side::Initiator);
    const SideStats& down = record.of(Side::Responder);
    switch (field) {
    case Field::Bytes:
        return put(out, toSigned(record.bytes()));
    case Field::BytesUp:
        return put(out, toSigned(up.bytes));
    case Field::BytesDown:
        return put(out, toSigned(down.bytes));
    case Field::Packets:
        return put(out, toSigned(record.packets()));
    case Field::PacketsUp:
        return put(out, toSigned(up.packets));
    case Field::PacketsDown:
        return put(out, toSigned(down.packets));
    case Field::Payload:
        return put(out, toSigned(up.payloadBytes + down.payloadBytes));
    case Field::PayloadUp:
        return put(out, toSigned(up.payloadBytes));
    case Field::PayloadDown:
        return put(out, toSigned(down.payloadBytes));
    case Field::Wire:
        return put(out, toSigned(record.originalBytes()));
    case Field::WireUp:
        return put(out, toSigned(up.originalBytes));
    case Field::WireDown:
        return put(out, toSigned(down.originalBytes));
    default:
        return 0;
    }
}

std::size_t putName(std::span<TextRef, query::kMaxValues> out, StringId id)
{
    return putIf(id != 0, out, TextRef{id, {}});
}

std::size_t putHosts(const FlowRecord& record, std::span<TextRef, query::kMaxValues> out)
{
    std::size_t count = 0;
    for (const Side side : {Side::Responder, Side::Initiator})
        if (const StringId id = record.hostNames[static_cast<std::size_t>(side)]; id != 0)
            out[count++] = TextRef{id, {}};
    return count;
}

std::size_t putText(std::span<TextRef, query::kMaxValues> out, std::string_view text)
{
    return putIf(!text.empty(), out, TextRef{0, text});
}

std::size_t putAnomalyKinds(const flow::FlowTraits& traits, std::span<TextRef, query::kMaxValues> out)
{
    std::size_t count = 0;
    for (std::size_t kind = 0; kind < flow::kAnomalyKinds && count < query::kMaxValues; ++kind)
        if ((traits.anomalies >> kind & 1U) != 0)
            out[count++] = TextRef{0, flow::anomalyKindName(kind)};
    return count;
}

struct Entropy {
    double sum = 0;
    std::uint64_t count = 0;
};

std::size_t putEntropy(std::span<double, query::kMaxValues> out, const Entropy& entropy)
{
    return entropy.count == 0 ? 0 : put(out, entropy.sum / static_cast<double>(entropy.count));
}

} // namespace

std::string_view protocolName(decode::L4 l4, std::uint8_t protocol)
{
    using Names = std::array<std::string, 256>;
    static const Names others = [] {
        Names names;
        for (std::size_t i = 0; i < names.size(); ++i)
            names[i] = decode::l4Name(decode::L4::Other, static_cast<std::uint8_t>(i));
        return names;
    }();
    switch (l4) {
    case decode::L4::Tcp:
        return "tcp";
    case decode::L4::Udp:
        return "udp";
    case decode::L4::Icmp:
        return "icmp";
    case decode::L4::Icmp6:
        return "icmp6";
    case decode::L4::Sctp:
        return "sctp";
    case decode::L4::Other:
        break;
    }
    return others[protocol];
}

const flow::VerdictMark* FlowRow::verdictMark() const
{
    const flow::FlowMarks* marks = m_snapshot.marks();
    return marks ? marks->verdictOf(m_record->index) : nullptr;
}

std::size_t FlowRow::integers(Field field, IntegerOut out) const
{
    const FlowRecord& record = *m_record;
    switch (field) {
    case Field::Port:
        return putPorts(record, out);
    case Field::SrcPort:
        return putIf<std::int64_t>(hasPorts(record), out, record.port(Side::Initiator));
    case Field::DstPort:
        return putIf<std::int64_t>(hasPorts(record), out, record.port(Side::Responder));
    case Field::Ended:
        return put<std::int64_t>(out, record.ended ? 1 : 0);
    case Field::Anomaly:
        return put<std::int64_t>(out, m_snapshot.traits(record.index).anomalies != 0 ? 1 : 0);
    case Field::EntityRisk: {
        const std::uint32_t risk = m_snapshot.risk(record.address(Side::Initiator));
        return putIf<std::int64_t>(risk > 0, out, risk);
    }
    case Field::Inner:
        return put<std::int64_t>(out, record.tunnel != decode::Tunnel::None ? 1 : 0);
    case Field::Age:
        return put(out, record.durationNs());
    case Field::Start:
        return put(out, record.started.ns);
    case Field::End:
        return put(out, record.lastSeen.ns);
    case Field::Rtt:
        return putIf(record.handshakeRttNs != flow::kUnknownNs, out, record.handshakeRttNs);
    case Field::Retransmissions:
        return putSum(isTcp(record), record, &SideStats::retransmissions, out);
    case Field::OutOfOrder:
        return putSum(isTcp(record), record, &SideStats::outOfOrder, out);
    case Field::ZeroWindows:
        return putSum(isTcp(record), record, &SideStats::zeroWindows, out);
    case Field::Ttl:
        return putTtls(record, out);
    case Field::Vlan:
        return putIf<std::int64_t>(record.vlan != decode::kNoVlan, out, record.vlan);
    case Field::OuterFlow:
        return putIf<std::int64_t>(record.outerFlow != flow::kNoFlow, out, record.outerFlow);
    case Field::Interface:
        return put<std::int64_t>(out, record.interfaceIndex);
    case Field::FirstPacket:
        return put(out, toSigned(record.firstPacket));
    case Field::LastPacket:
        return put(out, toSigned(record.lastPacket));
    case Field::Index:
        return put<std::int64_t>(out, record.index);
    default:
        return putSizes(record, field, out);
    }
}

std::size_t FlowRow::reals(Field field, std::span<double, query::kMaxValues> out) const
{
    const SideStats& up = m_record->of(Side::Initiator);
    const SideStats& down = m_record->of(Side::Responder);
    switch (field) {
    case Field::Rate: {
        const auto seconds = static_cast<double>(m_record->durationNs()) / static_cast<double>(kNsPerSecond);
        return seconds > 0 ? put(out, static_cast<double>(m_record->originalBytes()) / seconds) : 0;
    }
    case Field::RateNow:
        return m_snapshot.rates() ? put(out, m_snapshot.rates()->of(m_record->index)) : 0;
    case Field::Entropy:
        return putEntropy(out, {up.entropySum + down.entropySum, std::uint64_t{up.entropyCount} + down.entropyCount});
    case Field::EntropyUp:
        return putEntropy(out, {up.entropySum, up.entropyCount});
    case Field::EntropyDown:
        return putEntropy(out, {down.entropySum, down.entropyCount});
    case Field::VerdictConfidence:
        return verdictMark() ? put(out, verdictMark()->confidence) : 0;
    case Field::Resonance:
        return putIf(m_record->mask != 0, out, static_cast<double>(m_record->resonance));
    default:
        return 0;
    }
}

std::size_t FlowRow::texts(Field field, std::span<TextRef, query::kMaxValues> out) const
{
    const FlowRecord& record = *m_record;
    switch (field) {
    case Field::Proto:
        return putText(out, protocolName(record.key.l4, record.key.protocol));
    case Field::Service:
        return putText(out, serviceOf(record));
    case Field::App:
        return putText(out, flow::toString(record.app));
    case Field::State:
        return isTcp(record) ? putText(out, flow::toString(record.state)) : 0;
    case Field::EndReason:
        return record.ended ? putText(out, flow::toString(record.endReason)) : 0;
    case Field::History:
        return putText(out, record.historyText());
    case Field::Host:
        return putHosts(record, out);
    case Field::Sni:
        return putName(out, record.serverName);
    case Field::HttpHost:
        return putName(out, record.httpHost);
    case Field::Verdict:
        return verdictMark() ? putText(out, verdictMark()->verdict) : 0;
    case Field::Mask:
        return putName(out, record.mask);
    case Field::Tunnel:
        return putText(out, decode::tunnelName(record.tunnel));
    case Field::NoteText:
    case Field::Tag: {
        const flow::FlowRemark* remark = m_snapshot.remark(record.index);
        if (remark == nullptr)
            return 0;
        return putText(out, field == Field::Tag ? remark->tags : remark->notes);
    }
    case Field::Ja4:
        return putName(out, m_snapshot.traits(record.index).ja4);
    case Field::Ja3:
        return putName(out, m_snapshot.traits(record.index).ja3);
    case Field::UserAgent:
        return putName(out, m_snapshot.traits(record.index).userAgent);
    case Field::TokenHash:
        return putName(out, m_snapshot.traits(record.index).tokenHash);
    case Field::AnomalyKind:
        return putAnomalyKinds(m_snapshot.traits(record.index), out);
    default:
        return 0;
    }
}

std::size_t FlowRow::addresses(Field field, std::span<IpAddress, query::kMaxValues> out) const
{
    switch (field) {
    case Field::Addr:
        out[0] = m_record->address(Side::Initiator);
        out[1] = m_record->address(Side::Responder);
        return 2;
    case Field::Src:
        return put(out, m_record->address(Side::Initiator));
    case Field::Dst:
        return put(out, m_record->address(Side::Responder));
    default:
        return 0;
    }
}

bool FlowRow::is(query::Only only) const
{
    switch (only) {
    case query::Only::Any:
        return true;
    case query::Only::Tcp:
        return m_record->key.l4 == decode::L4::Tcp;
    case query::Only::Udp:
        return m_record->key.l4 == decode::L4::Udp;
    case query::Only::V4:
        return m_record->key.family == IpFamily::V4;
    case query::Only::V6:
        return m_record->key.family == IpFamily::V6;
    }
    return false;
}

Value primaryValue(const FlowRow& row, Field field)
{
    const query::Values values = query::readValues(row, field);
    return values.count > 0 ? values.items[0] : Value{};
}

namespace {

std::string displayInteger(FieldType type, std::int64_t value, Zone zone)
{
    switch (type) {
    case FieldType::Bytes:
        return formatBytes(static_cast<std::uint64_t>(std::max<std::int64_t>(0, value)));
    case FieldType::Duration:
        return formatDuration(value);
    case FieldType::Time:
        return formatTime({value}, zone);
    case FieldType::Bool:
        return value != 0 ? "yes" : std::string();
    case FieldType::Port:
        return fmt::format("{}", value);
    default:
        return formatSigned(value);
    }
}

std::string exactInteger(FieldType type, std::int64_t value)
{
    switch (type) {
    case FieldType::Duration:
        return fmt::format("{}.{:09}", value / kNsPerSecond, value % kNsPerSecond);
    case FieldType::Time:
        return formatUtc({value});
    case FieldType::Bool:
        return value != 0 ? "true" : "false";
    default:
        return std::to_string(value);
    }
}

/// With the largest unit that loses nothing.
std::string durationLiteral(std::int64_t ns)
{
    if (ns % kNsPerSecond == 0)
        return fmt::format("{}s", ns / kNsPerSecond);
    if (ns % 1'000'000 == 0)
        return fmt::format("{}ms", ns / 1'000'000);
    if (ns % 1'000 == 0)
        return fmt::format("{}us", ns / 1'000);
    return fmt::format("{}ns", ns);
}

std::string integerLiteral(FieldType type, std::int64_t value)
{
    if (type == FieldType::Duration)
        return durationLiteral(value);
    return exactInteger(type, value);
}

/// Nobody means a number to its last digit: what is nearly equal on screen is equal.
std::string realTerm(std::string_view name, FieldType type, double value)
{
    const std::int64_t steps = type == FieldType::Rate ? 1 : 1000;
    const auto boundary = [steps](std::int64_t count) { // as the language reads it
        return static_cast<double>(count / steps) + static_cast<double>(count % steps) / static_cast<double>(steps);
    };
    constexpr double kMaxSteps = 9e18; // what fits a whole number
    auto low = static_cast<std::int64_t>(std::clamp(value * static_cast<double>(steps), 0.0, kMaxSteps));
    while (low > 0 && boundary(low) > value)
        --low;
    std::int64_t high = low + 1;
    while (boundary(high) < value)
        ++high;
    return type == FieldType::Rate ? fmt::format("{} in {{{}..{}}}", name, low, high)
                                   : fmt::format("{} in {{{}.{:03}..{}.{:03}}}", name, low / steps, low % steps,
                                                 high / steps, high % steps);
}

} // namespace

static std::string textOf(Field field, std::string_view text, std::string_view betweenItems)
{
    if (!query::isList(field))
        return std::string(text);
    std::string out;
    query::anyListItem(text, [&](std::string_view item) {
        out += out.empty() ? "" : betweenItems;
        out += item;
        return false;
    });
    return out;
}

std::string displayText(const FlowRow& row, Field field, Zone zone)
{
    const FieldType type = query::info(field).type;
    const Value value = primaryValue(row, field);
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return displayInteger(type, *integer, zone);
    if (const auto* real = std::get_if<double>(&value))
        return type == FieldType::Rate ? formatRate(*real) : formatRatio(*real);
    if (const auto* text = std::get_if<std::string_view>(&value))
        return textOf(field, *text, " \u00b7 ");
    if (const auto* address = std::get_if<IpAddress>(&value))
        return toString(*address);
    return {};
}

std::string exactText(const FlowRow& row, Field field)
{
    return exactText(field, primaryValue(row, field));
}

std::string exactText(Field field, const Value& value)
{
    const FieldType type = query::info(field).type;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return exactInteger(type, *integer);
    if (const auto* real = std::get_if<double>(&value))
        return fmt::format("{:.6f}", *real);
    if (const auto* text = std::get_if<std::string_view>(&value))
        return textOf(field, *text, "; ");
    if (const auto* address = std::get_if<IpAddress>(&value))
        return toString(*address);
    return {};
}

std::string filterFor(const FlowRow& row, Field field)
{
    return filterFor(field, primaryValue(row, field));
}

std::string filterFor(Field field, const Value& value)
{
    const query::FieldInfo& about = query::info(field);
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        if (about.type == FieldType::Bool)
            return *integer != 0 ? std::string(about.name) : fmt::format("not {}", about.name);
        return fmt::format("{} == {}", about.name, integerLiteral(about.type, *integer));
    }
    if (const auto* real = std::get_if<double>(&value))
        return realTerm(about.name, about.type, *real);
    if (const auto* text = std::get_if<std::string_view>(&value))
        return fmt::format("{} == {}", about.name, query::quoteIfNeeded(*text));
    if (const auto* address = std::get_if<IpAddress>(&value))
        return fmt::format("{} == {}", about.name, toString(*address));
    return fmt::format("not {}", about.name);
}

} // namespace timbre::pipeline
