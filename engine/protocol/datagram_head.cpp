#include "engine/protocol/datagram_head.h"

#include "engine/protocol/dns.h"
#include "engine/protocol/http_target.h"
#include "engine/protocol/safe_text.h"
#include "engine/protocol/tls_hello.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace timbre::protocol {

namespace {

constexpr std::uint16_t kPortDns = 53;
constexpr std::uint16_t kPortMdns = 5353;
constexpr std::uint16_t kPortLlmnr = 5355;
constexpr std::uint16_t kPortSsdp = 1900;
constexpr std::uint16_t kPortNtp = 123;
constexpr std::uint16_t kFirstMediaPort = 1024;
constexpr unsigned kMaxRtpStep = 5; // sequence numbers that may be missing between two packets, plus one
constexpr unsigned kRtcpPackets = 2;

/// What is remembered of a flow between two datagrams.
struct State {
    std::array<std::uint32_t, 2> ssrc{}; // by Side, of the last RTP-like packet
    std::array<std::uint16_t, 2> sequence{};
    std::uint8_t rtpInitiator = 0; // packets in a row
    std::uint8_t rtpResponder = 0;
    std::uint8_t looked = 0; // datagrams, low bits; RTCP count in the two high ones
    flow::App app = flow::App::Unknown;

    std::uint8_t& rtpCount(flow::Side side) { return side == flow::Side::Initiator ? rtpInitiator : rtpResponder; }
    [[nodiscard]] unsigned datagrams() const { return looked & 0x3fU; }
    [[nodiscard]] unsigned rtcpCount() const { return looked >> 6U; }
    void countDatagram() { looked = static_cast<std::uint8_t>((looked & 0xc0U) | std::min(datagrams() + 1, 0x3fU)); }
    void countRtcp() { looked = static_cast<std::uint8_t>(datagrams() | std::min(rtcpCount() + 1, 3U) << 6U); }
};
static_assert(sizeof(State) == sizeof(DatagramScratch) && std::is_trivially_copyable_v<State>);
static_assert(kMaxUnknownDatagrams < kMaxSetupDatagrams && kMaxSetupDatagrams == 0x3f + 1);

/// True when this packet makes kRtpPackets of one source in a row.
bool continuesRtp(const Datagram& datagram, State& state)
{
    const auto side = static_cast<std::size_t>(datagram.side);
    const std::uint16_t sequence = loadBe16(datagram.payload, 2);
    const std::uint32_t ssrc = loadBe32(datagram.payload, 8);
    const auto step = static_cast<std::uint16_t>(sequence - state.sequence[side]);
    std::uint8_t& count = state.rtpCount(datagram.side);
    if (count > 0 && ssrc == state.ssrc[side] && step == 0)
        return false; // the same one again proves nothing
    const bool follows = count > 0 && ssrc == state.ssrc[side] && step <= kMaxRtpStep;
    count = follows ? static_cast<std::uint8_t>(count + 1) : std::uint8_t{1};
    state.ssrc[side] = ssrc;
    state.sequence[side] = sequence;
    return count >= kRtpPackets;
}

void takeDtlsServerName(Bytes payload, HeadFacts& facts)
{
    // Fragmented hellos are left alone: they are rare, and the flow is known for what it is without the name.
    if (loadU8(payload, 0) != kTlsHandshake || payload.size() < kDtlsRecordHeader + kDtlsHandshakeHeader)
        return;
    ByteReader reader(payload.subspan(kDtlsRecordHeader));
    const std::uint8_t type = reader.u8();
    const std::uint32_t length = reader.be24();
    reader.skip(2); // message number
    const std::uint32_t fragmentOffset = reader.be24();
    const std::uint32_t fragmentLength = reader.be24();
    if (type != kTlsClientHello || fragmentOffset != 0 || fragmentLength != length)
        return;
    const auto hello = parseClientHello(reader.bytes(length), true);
    if (!hello)
        return;
    const Bytes name = serverNameOf(hello->extensions);
    if (name.size() > kMaxNameBytes)
        facts.nameRefused = true;
    else
        appendLowerEscaped(facts.serverName, name);
}

/// Protocols with names to collect from every datagram; nothing when this is none of them.
bool readNames(const Datagram& datagram, HostTable* hosts, HeadFacts& facts)
{
    const bool mdns = datagram.hasPort(kPortMdns);
    const bool llmnr = datagram.hasPort(kPortLlmnr);
    if (!mdns && !llmnr && !datagram.hasPort(kPortDns))
        return false;
    if (!looksLikeDns(datagram.payload))
        return false;
    if (!llmnr)
        facts.app = mdns ? flow::App::Mdns : flow::App::Dns;
    if (hosts != nullptr)
        collectDnsHosts(datagram.payload, mdns, *hosts);
    return true;
}

/// Protocols known by one datagram.
flow::App identify(const Datagram& datagram, HeadFacts& facts)
{
    const Bytes payload = datagram.payload;
    if (datagram.hasPort(kPortNtp) && looksLikeNtp(payload))
        return flow::App::Ntp;
    if (datagram.hasPort(kPortSsdp) && looksLikeSsdp(payload))
        return flow::App::Ssdp;
    if (looksLikeStun(payload))
        return flow::App::Stun;
    if (looksLikeDtls(payload)) {
        takeDtlsServerName(payload, facts);
        return flow::App::Dtls;
    }
    if (looksLikeQuic(payload))
        return flow::App::Quic;
    if (looksLikeDhcp(payload))
        return flow::App::Dhcp;
    if (looksLikeSip(payload))
        return flow::App::Sip;
    return flow::App::Unknown;
}

flow::App identifyMedia(const Datagram& datagram, State& state)
{
    if (datagram.sourcePort < kFirstMediaPort || datagram.destinationPort < kFirstMediaPort)
        return flow::App::Unknown;
    if (mayBeRtcp(datagram.payload)) {
        state.countRtcp();
        return state.rtcpCount() >= kRtcpPackets ? flow::App::Rtcp : flow::App::Unknown;
    }
    return mayBeRtp(datagram.payload) && continuesRtp(datagram, state) ? flow::App::Rtp : flow::App::Unknown;
}

/// Protocols that set a call up on the ports where the media then flow.
bool mediaMayFollow(flow::App app)
{
    return app == flow::App::Stun || app == flow::App::Dtls || app == flow::App::Rtcp;
}

} // namespace

DatagramStatus readDatagramHead(const Datagram& datagram, DatagramScratch& scratch, HostTable* hosts, HeadFacts& facts)
{
    facts.clear();
    State state;
    std::memcpy(&state, scratch.data(), sizeof state);
    if (readNames(datagram, hosts, facts))
        return DatagramStatus::NeedMore;

    flow::App app = identifyMedia(datagram, state);
    if (app == flow::App::Unknown)
        app = identify(datagram, facts);
    // STUN goes on beside DTLS and media, RTCP beside RTP: the later stage of a call stays.
    const bool earlier = app == flow::App::Unknown || (mediaMayFollow(state.app) && app == flow::App::Stun) ||
                         (state.app == flow::App::Rtcp && app == flow::App::Dtls);
    if (!earlier && app != state.app) {
        state.app = app;
        facts.app = app;
    }
    const bool known = state.app != flow::App::Unknown;
    const unsigned limit = known ? kMaxSetupDatagrams - 1 : kMaxUnknownDatagrams;
    state.countDatagram();
    std::memcpy(scratch.data(), &state, sizeof state);
    const bool settled = known && !mediaMayFollow(state.app);
    return settled || state.datagrams() >= limit ? DatagramStatus::Done : DatagramStatus::NeedMore;
}

bool looksLikeStun(Bytes payload)
{
    if (payload.size() < 20 || (loadU8(payload, 0) & 0xc0U) != 0 || loadBe32(payload, 4) != kStunCookie)
        return false;
    const std::size_t length = loadBe16(payload, 2);
    return length % 4 == 0 && length + 20 <= payload.size();
}

bool looksLikeDtls(Bytes payload)
{
    if (payload.size() < kDtlsRecordHeader || !isDtlsVersion(loadBe16(payload, 1)))
        return false;
    const std::uint8_t type = loadU8(payload, 0);
    const std::size_t length = loadBe16(payload, 11);
    return type >= kTlsChangeCipherSpec && type <= 25 && length > 0 && kDtlsRecordHeader + length <= payload.size();
}

bool isQuicVersion(std::uint32_t version)
{
    const bool draft = version >= 0xff000010 && version <= 0xff000022; // draft 16 … 34: today's header form
    const bool facebook = (version & 0xfffffff0U) == 0xfaceb000;
    const bool google = (version & 0xffff0000U) == 0x51300000 || (version & 0xffff0000U) == 0x54300000; // "Q0…", "T0…"
    return version == 1 || version == 0x6b3343cf || draft || facebook || google;
}

namespace {

/// Google's header before version 44: flags with version and 8-byte connection id, then "Q0nn".
bool isGoogleQuic(Bytes payload)
{
    if (payload.size() < 14 || (loadU8(payload, 0) & 0xc9U) != 0x09)
        return false;
    const std::string_view version = asText(payload.subspan(9, 4));
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return version.starts_with("Q0") && digit(version[2]) && digit(version[3]);
}

} // namespace

bool looksLikeQuic(Bytes payload)
{
    ByteReader reader(payload);
    const std::uint8_t first = reader.u8();
    if ((first & 0x80U) == 0)
        return isGoogleQuic(payload);
    const std::uint32_t version = reader.be32();
    if ((version >> 16U) == 0x5130 && (first & 0x40U) != 0)
        return payload.size() >= 100 && isQuicVersion(version); // Q044 … Q046: other connection id lengths
    const std::size_t destination = reader.u8();
    reader.skip(destination);
    const std::size_t source = reader.u8();
    reader.skip(source);
    if (!reader.ok() || destination > 20 || source > 20)
        return false;
    if (version != 0)
        return (first & 0x40U) != 0 && isQuicVersion(version) && reader.remaining() >= 16;
    bool known = false;
    const bool whole = reader.remaining() % 4 == 0;
    while (whole && reader.remaining() >= 4 && !known)
        known = isQuicVersion(reader.be32());
    return known;
}

bool looksLikeDhcp(Bytes payload)
{
    if (payload.size() < kDhcpFixedBytes + 4)
        return false;
    const std::uint8_t operation = loadU8(payload, 0);
    return (operation == 1 || operation == 2) && loadU8(payload, 2) <= 16 &&
           loadBe32(payload, kDhcpFixedBytes) == kDhcpCookie;
}

bool looksLikeNtp(Bytes payload)
{
    if (payload.size() < 12)
        return false;
    const unsigned version = loadU8(payload, 0) >> 3U & 7U;
    const unsigned mode = loadU8(payload, 0) & 7U;
    if (version < 1 || version > 4 || mode == 0)
        return false;
    return mode >= 6 || (payload.size() >= 48 && payload.size() % 4 == 0); // 6 and 7: control, other layouts
}

bool looksLikeSip(Bytes payload)
{
    const std::string_view text = asText(payload);
    if (text.starts_with("SIP/2.0 "))
        return true;
    const auto end = text.substr(0, 2048).find('\n');
    if (end == std::string_view::npos || text[0] < 'A' || text[0] > 'Z')
        return false;
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    const auto request = parseRequestLine(line);
    return request && request->version == "SIP/2.0";
}

bool looksLikeSsdp(Bytes payload)
{
    const std::string_view text = asText(payload);
    return text.starts_with("M-SEARCH * ") || text.starts_with("NOTIFY * ") || text.starts_with("HTTP/1.1 ");
}

bool mayBeRtp(Bytes payload)
{
    if (payload.size() < 12 || loadU8(payload, 0) >> 6U != 2)
        return false;
    const std::size_t header = 12 + 4 * std::size_t{loadU8(payload, 0) & 0x0fU};
    const unsigned type = loadU8(payload, 1) & 0x7fU;
    return header <= payload.size() && (type <= 34 || type >= 96); // RFC 3551 6; the rest is RTCP's or not assigned
}

bool mayBeRtcp(Bytes payload)
{
    if (payload.size() < 8 || loadU8(payload, 0) >> 6U != 2)
        return false;
    const unsigned type = loadU8(payload, 1);
    const std::size_t reports = loadU8(payload, 0) & 0x1fU;
    const std::size_t words = loadBe16(payload, 2);
    const std::size_t least = type == 200 ? 6 : 1; // RFC 3550 6.4
    return (type == 200 || type == 201) && words >= least + 6 * reports && (words + 1) * 4 <= payload.size();
}

} // namespace timbre::protocol
