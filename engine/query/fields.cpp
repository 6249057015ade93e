#include "engine/query/fields.h"

#include "engine/query/fold.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace timbre::query {

namespace {

using T = FieldType;
using A = Alone;

constexpr bool kEither = true;
constexpr bool kOne = false;

constexpr std::array<FieldInfo, kFieldCount> kFields{{
    {Field::Addr, "addr", T::Address, A::HasValue, kEither, "Address", "",
     "Address of either side: one address, a network in CIDR form or a range.", "addr == 10.0.0.0/8"},
    {Field::Src, "src", T::Address, A::HasValue, kOne, "Client", "",
     "Address of the initiator, the side that sent the first packet seen.", "src in {192.0.2.7 192.0.2.9}"},
    {Field::Dst, "dst", T::Address, A::HasValue, kOne, "Server", "",
     "Address of the responder, the side the first packet went to.", "dst == 2001:db8::/32"},
    {Field::Port, "port", T::Port, A::HasValue, kEither, "Port", "",
     "TCP or UDP port of either side. Flows of other protocols have none.", "port in {80 443 8000..8080}"},
    {Field::SrcPort, "sport", T::Port, A::HasValue, kOne, "Client port", "", "TCP or UDP port of the initiator.",
     "sport >= 49152"},
    {Field::DstPort, "dport", T::Port, A::HasValue, kOne, "Server port", "", "TCP or UDP port of the responder.",
     "dport == 443..445"},
    {Field::Proto, "proto", T::Enum, A::HasValue, kOne, "Protocol", "",
     "Transport protocol: tcp, udp, icmp, icmp6, sctp, or other:N with the IP protocol number.", "proto == udp"},
    {Field::Service, "service", T::Text, A::HasValue, kOne, "Service", "",
     "Name of the service that usually has this port. It says nothing about what is really spoken; see app.",
     "service == https"},
    {Field::App, "app", T::Enum, A::HasValue, kOne, "Application", "",
     "Application protocol recognised in the bytes of the flow, whatever its port.", "app == tls and port != 443"},
    {Field::State, "state", T::Enum, A::HasValue, kOne, "State", "",
     "TCP state after the last packet; a flow seen from the middle stays active. Only TCP flows have one.",
     "state == syn_sent"},
    {Field::Ended, "ended", T::Bool, A::IsTrue, kOne, "Ended", "",
     "The flow is over: closed, reset, timed out or put out of a full flow table.", "not ended"},
    {Field::EndReason, "end.reason", T::Enum, A::HasValue, kOne, "End", "",
     "Why the flow ended. A flow that still runs has no value.", "end.reason == rst"},
    {Field::History, "history", T::Text, A::HasValue, kOne, "History", "",
     "TCP events in order, at most 16 letters: S SYN, F FIN, R RST, D data; capital letters are the initiator's. "
     "Letters "
     "are compared whatever their case.",
     "history ~ ^ssd"},
    {Field::Bytes, "flow.bytes", T::Bytes, A::NonZero, kOne, "Bytes", "B",
     "Captured bytes of both sides, whole frames.", "flow.bytes > 2MB"},
    {Field::BytesUp, "flow.bytes.up", T::Bytes, A::NonZero, kOne, "Bytes up", "B",
     "Captured bytes from the initiator, whole frames.", "flow.bytes.up > 500kB"},
    {Field::BytesDown, "flow.bytes.down", T::Bytes, A::NonZero, kOne, "Bytes down", "B",
     "Captured bytes from the responder, whole frames.", "flow.bytes.down < 1KiB"},
    {Field::Packets, "flow.pkts", T::Integer, A::NonZero, kOne, "Packets", "", "Packets of both sides.",
     "flow.pkts >= 10"},
    {Field::PacketsUp, "flow.pkts.up", T::Integer, A::NonZero, kOne, "Packets up", "", "Packets from the initiator.",
     "flow.pkts.up == 1"},
    {Field::PacketsDown, "flow.pkts.down", T::Integer, A::NonZero, kOne, "Packets down", "",
     "Packets from the responder; none means nobody answered.", "flow.pkts.down == 0"},
    {Field::Payload, "flow.payload", T::Bytes, A::NonZero, kOne, "Payload", "B",
     "Transport payload of both sides by the lengths in the IP headers, also where the capture cut it.",
     "flow.payload == 0"},
    {Field::PayloadUp, "flow.payload.up", T::Bytes, A::NonZero, kOne, "Payload up", "B",
     "Transport payload from the initiator.", "flow.payload.up > 1MB"},
    {Field::PayloadDown, "flow.payload.down", T::Bytes, A::NonZero, kOne, "Payload down", "B",
     "Transport payload from the responder.", "flow.payload.down > 1MB"},
    {Field::Wire, "flow.wire", T::Bytes, A::NonZero, kOne, "Bytes on the wire", "B",
     "Original length of the frames of both sides, before the capture cut them.", "flow.wire > 1.5GiB"},
    {Field::WireUp, "flow.wire.up", T::Bytes, A::NonZero, kOne, "Wire up", "B",
     "Original length of the frames from the initiator.", "flow.wire.up > 10MB"},
    {Field::WireDown, "flow.wire.down", T::Bytes, A::NonZero, kOne, "Wire down", "B",
     "Original length of the frames from the responder.", "flow.wire.down > 10MB"},
    {Field::Age, "flow.age", T::Duration, A::NonZero, kOne, "Duration", "ns",
     "Time from the first to the last packet. A number without a unit is in seconds.", "flow.age < 30s"},
    {Field::Start, "flow.start", T::Time, A::HasValue, kOne, "Start", "ns",
     "Time of the first packet, in UTC unless the time says otherwise. A date alone means the whole day.",
     "flow.start >= 2026-11-21T09:15"},
    {Field::End, "flow.end", T::Time, A::HasValue, kOne, "Last packet", "ns",
     "Time of the last packet, in UTC unless the time says otherwise.", "flow.end < 2026-11-22"},
    {Field::Rate, "flow.rate", T::Rate, A::NonZero, kOne, "Mean rate", "B/s",
     "Bytes on the wire per second, both sides, over the life of the flow. A flow of one moment has none.",
     "flow.rate > 10Mbps"},
    {Field::RateNow, "flow.rate.now", T::Rate, A::NonZero, kOne, "Rate now", "B/s",
     "Bytes on the wire per second, both sides, over the last three seconds of capture time, while the capture is live."
     " Flows of other captures have none.",
     "flow.rate.now > 10Mbps"},
    {Field::Rtt, "rtt", T::Duration, A::HasValue, kOne, "Round trip", "ns",
     "Round trip time of the TCP handshake, from SYN to the last ACK of it.", "rtt > 250ms"},
    {Field::Retransmissions, "retransmissions", T::Integer, A::NonZero, kOne, "Retransmissions", "",
     "TCP packets of both sides that repeat data. Alone: there is at least one.", "retransmissions > 10"},
    {Field::OutOfOrder, "outoforder", T::Integer, A::NonZero, kOne, "Out of order", "",
     "TCP packets of both sides that came after later ones. Alone: there is at least one.", "outoforder"},
    {Field::ZeroWindows, "zerowindows", T::Integer, A::NonZero, kOne, "Zero windows", "",
     "TCP packets of both sides that say their buffer is full. Alone: there is at least one.", "zerowindows > 0"},
    {Field::Ttl, "ttl", T::Integer, A::HasValue, kEither, "TTL", "",
     "Time to live or hop limit of the first packet of either side.", "ttl < 5"},
    {Field::Vlan, "vlan", T::Integer, A::HasValue, kOne, "VLAN", "",
     "Outermost VLAN id of the first packet. Flows without a tag have none.", "vlan in {10 20..29}"},
    {Field::Host, "host", T::Text, A::HasValue, kEither, "Host", "",
     "Name of either side as DNS answers in the same capture gave it. Timbre never looks names up itself.",
     "host contains example"},
    {Field::Sni, "sni", T::Text, A::HasValue, kOne, "Server name", "",
     "Server name that the client asked for in its TLS or QUIC greeting (SNI).", "sni == www.example.org"},
    {Field::HttpHost, "http.host", T::Text, A::HasValue, kOne, "HTTP host", "",
     "Host that the first plain HTTP request asked for.", "http.host ~ \"(^|\\.)example\\.org$\""},
    {Field::Entropy, "entropy", T::Ratio, A::HasValue, kOne, "Entropy", "bit/B",
     "Mean entropy of the packets' payload, 0 to 8 bits per byte, both sides. Flows without payload have none.",
     "entropy > 7.5"},
    {Field::EntropyUp, "entropy.up", T::Ratio, A::HasValue, kOne, "Entropy up", "bit/B",
     "Mean entropy of the payload from the initiator.", "entropy.up < 4"},
    {Field::EntropyDown, "entropy.down", T::Ratio, A::HasValue, kOne, "Entropy down", "bit/B",
     "Mean entropy of the payload from the responder.", "entropy.down > 7.9"},
    {Field::Verdict, "verdict", T::Enum, A::HasValue, kOne, "Voice verdict", "",
     "Calibrated verdict on the voice streams of the flow; of several the gravest. Flows without a stream have none.",
     "verdict in {suspect abusive}"},
    {Field::VerdictConfidence, "verdict.confidence", T::Ratio, A::HasValue, kOne, "Verdict confidence", "",
     "Confidence in that verdict, 0 to 1; 0 while there is not enough evidence.", "verdict.confidence > 0.9"},
    {Field::Resonance, "resonance", T::Ratio, A::HasValue, kOne, "Resonance", "",
     "Calibrated score with the mask that the flow resembles most, 0 to 100, at its latest check. Flows with fewer than"
     " eight packets have none.",
     "resonance > 80"},
    {Field::Mask, "mask", T::Text, A::HasValue, kOne, "Mask", "", "The mask that the flow resembles most.",
     "mask contains voip"},
    {Field::Tunnel, "tunnel", T::Enum, A::HasValue, kOne, "Tunnel", "",
     "Tunnel that carries this flow. Flows outside tunnels have none.", "tunnel == vxlan"},
    {Field::Inner, "inner", T::Bool, A::IsTrue, kOne, "Inner", "", "The flow was found inside a tunnel.", "inner"},
    {Field::OuterFlow, "flow.outer", T::Integer, A::HasValue, kOne, "Outer flow", "",
     "Number of the flow that carries this one in its tunnel.", "flow.outer == 17"},
    {Field::Interface, "interface", T::Integer, A::HasValue, kOne, "Interface", "",
     "Number of the capture interface the first packet came from, from 0.", "interface == 1"},
    {Field::FirstPacket, "frame.first", T::Integer, A::HasValue, kOne, "First packet", "",
     "Number of the flow's first packet in the file, from 1.", "frame.first <= 1000"},
    {Field::LastPacket, "frame.last", T::Integer, A::HasValue, kOne, "Last packet number", "",
     "Number of the flow's last packet in the file, from 1.", "frame.last > 1000"},
    {Field::Index, "flow.index", T::Integer, A::HasValue, kOne, "Number", "",
     "Number of the flow in its capture, from 0 in the order of first packets.", "flow.index == 17"},
    {Field::NoteText, "note.text", T::Text, A::HasValue, kOne, "Notes", "",
     "Text of a note about the flow. Alone: the flow has a note with a text.", "note.text contains beacon"},
    {Field::Tag, "tag", T::Text, A::HasValue, kOne, "Tags", "",
     "Tag of a note about the flow. Notes are kept in the workspace.", "tag == suspicious"},
    {Field::Ja4, "ja4", T::Text, A::HasValue, kOne, "JA4", "",
     "JA4 fingerprint of the first TLS, QUIC or DTLS greeting of the client.", "ja4 contains t13d1516h2"},
    {Field::Ja3, "ja3", T::Text, A::HasValue, kOne, "JA3", "",
     "JA3 fingerprint (MD5) of the first TLS, QUIC or DTLS greeting of the client.",
     "ja3 == e7d705a3286e19ea42f587b344ee6865"},
    {Field::UserAgent, "user_agent", T::Text, A::HasValue, kOne, "User agent", "",
     "User agent of the first plain HTTP request that names one.", "user_agent contains curl"},
    {Field::TokenHash, "token.hash", T::Text, A::HasValue, kOne, "Token hash", "",
     "Hash of the first credential in plain HTTP: a token, a key or a session cookie. The credential itself is never "
     "kept.",
     "token.hash"},
    {Field::Anomaly, "anomaly", T::Bool, A::IsTrue, kOne, "Anomaly", "",
     "The flow is among those behind an anomaly, suppressed ones included.", "anomaly"},
    {Field::AnomalyKind, "anomaly.kind", T::Enum, A::HasValue, kEither, "Anomaly kind", "",
     "Kind of the anomalies the flow is behind; of more than two, the first two by the order of the manual.",
     "anomaly.kind == session_sharing"},
    {Field::EntityRisk, "entity.risk", T::Integer, A::NonZero, kOne, "Risk", "",
     "Points of risk of the initiator's address over the whole capture.", "entity.risk >= 50"},
}};

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kFieldCount; ++i)
        if (kFields[i].id != static_cast<Field>(i))
            return false;
    return true;
}
static_assert(inEnumOrder());

constexpr FieldAlias kAliases[] = {
    {"ip.addr", Field::Addr, Only::V4},
    {"ipv6.addr", Field::Addr, Only::V6},
    {"ip.src", Field::Src, Only::V4},
    {"ipv6.src", Field::Src, Only::V6},
    {"client", Field::Src, Only::Any},
    {"initiator", Field::Src, Only::Any},
    {"ip.dst", Field::Dst, Only::V4},
    {"ipv6.dst", Field::Dst, Only::V6},
    {"server", Field::Dst, Only::Any},
    {"responder", Field::Dst, Only::Any},
    {"tcp.port", Field::Port, Only::Tcp},
    {"udp.port", Field::Port, Only::Udp},
    {"src.port", Field::SrcPort, Only::Any},
    {"client.port", Field::SrcPort, Only::Any},
    {"tcp.srcport", Field::SrcPort, Only::Tcp},
    {"udp.srcport", Field::SrcPort, Only::Udp},
    {"dst.port", Field::DstPort, Only::Any},
    {"server.port", Field::DstPort, Only::Any},
    {"tcp.dstport", Field::DstPort, Only::Tcp},
    {"udp.dstport", Field::DstPort, Only::Udp},
    {"protocol", Field::Proto, Only::Any},
    {"tcp.state", Field::State, Only::Any},
    {"bytes", Field::Bytes, Only::Any},
    {"bytes.up", Field::BytesUp, Only::Any},
    {"bytes.down", Field::BytesDown, Only::Any},
    {"packets", Field::Packets, Only::Any},
    {"pkts", Field::Packets, Only::Any},
    {"packets.up", Field::PacketsUp, Only::Any},
    {"packets.down", Field::PacketsDown, Only::Any},
    {"payload", Field::Payload, Only::Any},
    {"wire", Field::Wire, Only::Any},
    {"age", Field::Age, Only::Any},
    {"duration", Field::Age, Only::Any},
    {"flow.duration", Field::Age, Only::Any},
    {"start", Field::Start, Only::Any},
    {"frame.time", Field::Start, Only::Any},
    {"end", Field::End, Only::Any},
    {"rate", Field::Rate, Only::Any},
    {"rate.now", Field::RateNow, Only::Any},
    {"tcp.analysis.initial_rtt", Field::Rtt, Only::Any},
    {"tcp.analysis.retransmission", Field::Retransmissions, Only::Any},
    {"tcp.analysis.out_of_order", Field::OutOfOrder, Only::Any},
    {"tcp.analysis.zero_window", Field::ZeroWindows, Only::Any},
    {"ip.ttl", Field::Ttl, Only::V4},
    {"ipv6.hlim", Field::Ttl, Only::V6},
    {"vlan.id", Field::Vlan, Only::Any},
    {"dns.qry.name", Field::Host, Only::Any},
    {"dns.resp.name", Field::Host, Only::Any},
    {"tls.handshake.extensions_server_name", Field::Sni, Only::Any},
    {"frame.interface_id", Field::Interface, Only::Any},
    {"note", Field::NoteText, Only::Any},
};

constexpr std::string_view kProtoValues[] = {"tcp", "udp", "icmp", "icmp6", "sctp"};
constexpr std::string_view kAppValues[] = {"dns",  "http", "tls",  "quic", "ssh",  "sip", "rtp",  "rtcp",
                                           "stun", "dtls", "smtp", "ftp",  "dhcp", "ntp", "mdns", "ssdp"};
constexpr std::string_view kStateValues[] = {"active",   "syn_sent",    "syn_received", "established",
                                             "fin_wait", "closing_tcp", "closed",       "reset"};
constexpr std::string_view kEndReasonValues[] = {"fin", "rst", "idle_timeout", "evicted"};
constexpr std::string_view kVerdictValues[] = {"legitimate", "suspect", "abusive", "undecided"};
constexpr std::string_view kAnomalyKindValues[] = {
    "fingerprint_change", "session_sharing",      "velocity_spike",       "impossible_travel",
    "token_reuse",        "rotation_pattern",     "timing_anomaly",       "ja4_rotation_pattern",
    "ja4_ip_cluster",     "ja4_browser_spoofing", "ja4h_change",          "oversized_request",
    "oversized_response", "bandwidth_spike",      "exfiltration_pattern", "upload_pattern"};
constexpr std::string_view kTunnelValues[] = {"gre",    "vxlan", "geneve", "gtp-u", "ip-in-ip",
                                              "teredo", "mpls",  "pppoe",  "capwap"};

/// Letters to change to get from a to b: insert, drop, replace or swap two neighbours, one each.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = previous[j - 1] + (fold(a[i - 1]) != fold(b[j - 1]) ? 1 : 0);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]);
            if (swapped)
                current[j] = std::min(current[j], before[j - 2] + 1);
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

/// Keeps the nearest of the words offered to it.
class Nearest {
public:
    explicit Nearest(std::string_view misspelt)
        : m_misspelt(misspelt)
        , m_limit(misspelt.size() < 5 ? 1 : 2)
    {
    }

    void offer(std::string_view word)
    {
        constexpr std::size_t kLongestWord = 64; // what is longer is no misspelt field
        if (m_misspelt.size() > kLongestWord)
            return;
        const std::size_t distance = editDistance(m_misspelt, word);
        // Of two as near, the one that was only not typed to its end.
        const std::size_t cost = 2 * distance - (word.starts_with(m_misspelt) ? 1 : 0);
        if (distance <= m_limit && (!m_best || cost < m_cost)) {
            m_best = word;
            m_cost = cost;
        }
    }
    [[nodiscard]] std::optional<std::string_view> best() const { return m_best; }

private:
    std::string_view m_misspelt;
    std::size_t m_limit;
    std::size_t m_cost = 0;
    std::optional<std::string_view> m_best;
};

} // namespace

Storage storageOf(FieldType type)
{
    switch (type) {
    case FieldType::Address:
        return Storage::Address;
    case FieldType::Rate:
    case FieldType::Ratio:
        return Storage::Real;
    case FieldType::Text:
    case FieldType::Enum:
        return Storage::Text;
    case FieldType::Port:
    case FieldType::Integer:
    case FieldType::Bytes:
    case FieldType::Duration:
    case FieldType::Time:
    case FieldType::Bool:
        break;
    }
    return Storage::Integer;
}

std::string_view typeName(FieldType type)
{
    constexpr std::string_view kNames[] = {"address", "port",   "whole number", "size in bytes", "duration", "time",
                                           "rate",    "number", "text",         "word",          "yes or no"};
    return kNames[static_cast<std::size_t>(type)];
}

std::span<const FieldInfo> allFields()
{
    return kFields;
}

std::span<const FieldAlias> allAliases()
{
    return kAliases;
}

const FieldInfo& info(Field field)
{
    return kFields[static_cast<std::size_t>(field)];
}

std::optional<FieldRef> findField(std::string_view name)
{
    for (const FieldInfo& field : kFields)
        if (equalFolded(field.name, name))
            return FieldRef{field.id, Only::Any};
    for (const FieldAlias& alias : kAliases)
        if (equalFolded(alias.name, name))
            return FieldRef{alias.field, alias.only};
    return std::nullopt;
}

std::string_view spelling(FieldRef ref)
{
    if (ref.only != Only::Any)
        for (const FieldAlias& alias : kAliases)
            if (alias.field == ref.field && alias.only == ref.only)
                return alias.name;
    return info(ref.field).name;
}

std::vector<std::string_view> aliasesOf(Field field)
{
    std::vector<std::string_view> names;
    for (const FieldAlias& alias : kAliases)
        if (alias.field == field)
            names.push_back(alias.name);
    return names;
}

std::span<const std::string_view> enumValues(Field field)
{
    switch (field) {
    case Field::Proto:
        return kProtoValues;
    case Field::App:
        return kAppValues;
    case Field::State:
        return kStateValues;
    case Field::EndReason:
        return kEndReasonValues;
    case Field::Verdict:
        return kVerdictValues;
    case Field::Tunnel:
        return kTunnelValues;
    case Field::AnomalyKind:
        return kAnomalyKindValues;
    default:
        return {};
    }
}

bool enumIsClosed(Field field)
{
    return info(field).type == FieldType::Enum && field != Field::Proto;
}

std::optional<std::string_view> nearestField(std::string_view misspelt)
{
    Nearest nearest(misspelt);
    for (const FieldInfo& field : kFields)
        nearest.offer(field.name);
    for (const FieldAlias& alias : kAliases)
        nearest.offer(alias.name);
    return nearest.best();
}

std::optional<std::string_view> nearestOf(std::string_view misspelt, std::span<const std::string_view> words)
{
    Nearest nearest(misspelt);
    for (const std::string_view word : words)
        nearest.offer(word);
    return nearest.best();
}

} // namespace timbre::query
