#include "ui/models/flow_columns.h"

#include "ui/models/format.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>

namespace timbre::ui {

namespace {

using C = FlowColumn;
using F = query::Field;

constexpr bool kRight = true;
constexpr bool kLeft = false;
constexpr bool kFixed = true;
constexpr bool kPlain = false;
constexpr bool kMiddle = true;
constexpr bool kAtEnd = false;
constexpr bool kShown = true;
constexpr bool kHidden = false;

constexpr std::array<FlowColumnInfo, kFlowColumns> kColumns = {{
    {C::Protocol, F::Proto, "protocol", QT_TR_NOOP("Proto"), "●  icmp6", kLeft, kPlain, kAtEnd, kShown},
    {C::Client, F::Src, "client", QT_TR_NOOP("Client"), "192.168.10.10:50000", kLeft, kFixed, kMiddle, kShown},
    {C::Server, F::Dst, "server", QT_TR_NOOP("Server"), "192.168.100.10:443", kLeft, kFixed, kMiddle, kShown},
    {C::Service, F::Service, "service", QT_TR_NOOP("Service"), "domain", kLeft, kPlain, kAtEnd, kShown},
    {C::Host, F::Host, "host", QT_TR_NOOP("Host"), "www.example.org", kLeft, kPlain, kAtEnd, kShown},
    {C::Timeline, F::Start, "timeline", QT_TR_NOOP("Time"), "half a min", kLeft, kPlain, kAtEnd, kShown},
    {C::BytesUp, F::BytesUp, "bytes_up", QT_TR_NOOP("↑ Bytes"), "99.9 MB", kRight, kPlain, kAtEnd, kShown},
    {C::BytesDown, F::BytesDown, "bytes_down", QT_TR_NOOP("↓ Bytes"), "99.9 MB", kRight, kPlain, kAtEnd, kShown},
    {C::RateNow, F::RateNow, "rate_now", QT_TR_NOOP("Rate now"), "99.99 MB/s", kRight, kPlain, kAtEnd, kShown},
    {C::Duration, F::Age, "duration", QT_TR_NOOP("Duration"), "59 m 59 s", kRight, kPlain, kAtEnd, kShown},
    {C::PacketsUp, F::PacketsUp, "packets_up", QT_TR_NOOP("↑ Pkts"), "999 999", kRight, kPlain, kAtEnd, kShown},
    {C::PacketsDown, F::PacketsDown, "packets_down", QT_TR_NOOP("↓ Pkts"), "999 999", kRight, kPlain, kAtEnd, kShown},
    {C::Rate, F::Rate, "rate", QT_TR_NOOP("Mean rate"), "99.99 MB/s", kRight, kPlain, kAtEnd, kHidden},
    {C::RoundTrip, F::Rtt, "rtt", QT_TR_NOOP("RTT"), "99.99 ms ", kRight, kPlain, kAtEnd, kShown},
    {C::Retransmissions, F::Retransmissions, "retransmissions", QT_TR_NOOP("Retr."), "99 999", kRight, kPlain, kAtEnd,
     kShown},
    {C::Entropy, F::Entropy, "entropy", QT_TR_NOOP("Entropy"), "9.999 ", kRight, kPlain, kAtEnd, kShown},
    {C::Resonance, F::Resonance, "resonance", QT_TR_NOOP("Resonance"), "99.9 ", kRight, kPlain, kAtEnd, kHidden},
    {C::Mask, F::Mask, "mask", QT_TR_NOOP("Mask"), "auto_voice_call_v1", kLeft, kPlain, kAtEnd, kHidden},
    {C::Tunnel, F::Tunnel, "tunnel", QT_TR_NOOP("Tunnel"), "vxlan ", kLeft, kPlain, kAtEnd, kHidden},
    {C::FirstPacket, F::FirstPacket, "first_packet", QT_TR_NOOP("First packet"), "99 999 999", kRight, kPlain, kAtEnd,
     kHidden},
    {C::Start, F::Start, "start", QT_TR_NOOP("First seen"), "2026-11-21 09:15:02.123456", kLeft, kPlain, kAtEnd,
     kHidden},
    {C::End, F::End, "end", QT_TR_NOOP("Last seen"), "2026-11-21 09:15:02.123456", kLeft, kPlain, kAtEnd, kHidden},
    {C::State, F::State, "state", QT_TR_NOOP("State"), "established", kLeft, kPlain, kAtEnd, kHidden},
    {C::EndReason, F::EndReason, "end_reason", QT_TR_NOOP("Ended by"), "idle_timeout", kLeft, kPlain, kAtEnd, kHidden},
    {C::History, F::History, "history", QT_TR_NOOP("History"), "ShAaDdFfaA", kLeft, kFixed, kAtEnd, kHidden},
    {C::Packets, F::Packets, "packets", QT_TR_NOOP("Packets"), "9 999 999", kRight, kPlain, kAtEnd, kHidden},
    {C::Bytes, F::Bytes, "bytes", QT_TR_NOOP("Bytes"), "99.99 MB ", kRight, kPlain, kAtEnd, kHidden},
    {C::Payload, F::Payload, "payload", QT_TR_NOOP("Payload"), "99.99 MB ", kRight, kPlain, kAtEnd, kHidden},
    {C::Wire, F::Wire, "wire", QT_TR_NOOP("On the wire"), "99.99 MB ", kRight, kPlain, kAtEnd, kHidden},
    {C::OutOfOrder, F::OutOfOrder, "out_of_order", QT_TR_NOOP("Out of order"), "99 999", kRight, kPlain, kAtEnd,
     kHidden},
    {C::ZeroWindows, F::ZeroWindows, "zero_windows", QT_TR_NOOP("Zero windows"), "99 999", kRight, kPlain, kAtEnd,
     kHidden},
    {C::ServerName, F::Sni, "server_name", QT_TR_NOOP("Server name"), "www.service.example.org", kLeft, kPlain, kAtEnd,
     kHidden},
    {C::HttpHost, F::HttpHost, "http_host", QT_TR_NOOP("HTTP host"), "www.service.example.org", kLeft, kPlain, kAtEnd,
     kHidden},
    {C::App, F::App, "app", QT_TR_NOOP("Application"), "quic ", kLeft, kPlain, kAtEnd, kHidden},
    {C::Ttl, F::Ttl, "ttl", QT_TR_NOOP("TTL"), "255", kRight, kPlain, kAtEnd, kHidden},
    {C::Vlan, F::Vlan, "vlan", QT_TR_NOOP("VLAN"), "4095", kRight, kPlain, kAtEnd, kHidden},
    {C::Interface, F::Interface, "interface", QT_TR_NOOP("Interface"), "99", kRight, kPlain, kAtEnd, kHidden},
    {C::OuterFlow, F::OuterFlow, "outer_flow", QT_TR_NOOP("Outer flow"), "99 999 999", kRight, kPlain, kAtEnd, kHidden},
    {C::Number, F::Index, "number", QT_TR_NOOP("No."), "99 999 999", kRight, kPlain, kAtEnd, kHidden},
    {C::Ja4, F::Ja4, "ja4", QT_TR_NOOP("JA4"), "t13d1516h2_8daaf6152771_e5627efa2ab1", kLeft, kFixed, kAtEnd, kHidden},
    {C::Ja3, F::Ja3, "ja3", QT_TR_NOOP("JA3"), "e7d705a3286e19ea42f587b344ee6865", kLeft, kFixed, kAtEnd, kHidden},
    {C::UserAgent, F::UserAgent, "user_agent", QT_TR_NOOP("User agent"), "Mozilla/5.0 (X11; Linux x86_64)", kLeft,
     kPlain, kAtEnd, kHidden},
    {C::TokenHash, F::TokenHash, "token_hash", QT_TR_NOOP("Token hash"), "0123456789abcdef", kLeft, kFixed, kAtEnd,
     kHidden},
    {C::AnomalyKind, F::AnomalyKind, "anomaly", QT_TR_NOOP("Anomaly"), "session_sharing ", kLeft, kPlain, kAtEnd,
     kHidden},
    {C::EntityRisk, F::EntityRisk, "risk", QT_TR_NOOP("Risk"), "99 999", kRight, kPlain, kAtEnd, kHidden},
}};

} // namespace

std::span<const FlowColumnInfo> flowColumns()
{
    return kColumns;
}

const FlowColumnInfo& columnInfo(FlowColumn column)
{
    return kColumns[static_cast<std::size_t>(column)];
}

QString columnTitle(FlowColumn column)
{
    return QCoreApplication::translate("timbre::ui", columnInfo(column).title);
}

QString fieldTitle(query::Field field)
{
    const auto* const column = std::ranges::find(kColumns, field, &FlowColumnInfo::field);
    return column != kColumns.end() ? columnTitle(column->column) : toQString(query::info(field).title);
}

QString columnHelp(FlowColumn column)
{
    return toQString(query::info(columnInfo(column).field).description);
}

} // namespace timbre::ui
