#pragma once

// Recognises what a UDP flow speaks from its first datagrams, and reads the names in DNS for as long as the flow lives.
// Its memory of a flow is 16 bytes that the caller keeps, so an idle flow costs nothing here. A single datagram is
// enough for protocols with a mark of their own; RTP has none, so it needs several that continue each other.

#include "engine/protocol/head_facts.h"
#include "engine/protocol/host_table.h"

#include <array>

namespace timbre::protocol {

/// All zero for a new flow.
using DatagramScratch = std::array<std::byte, 16>;

struct Datagram {
    flow::Side side = flow::Side::Initiator;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Bytes payload; // wholly there

    [[nodiscard]] bool hasPort(std::uint16_t port) const { return sourcePort == port || destinationPort == port; }
};

enum class DatagramStatus : std::uint8_t {
    Done,     // nothing more to learn from this flow
    NeedMore, // hand in its next datagram too
};

/// Datagrams looked at before an unknown flow is left alone, and after a call set-up (STUN, DTLS, RTCP) until media
/// show.
inline constexpr unsigned kMaxUnknownDatagrams = 16;
inline constexpr unsigned kMaxSetupDatagrams = 64;
/// RTP packets of one source, each following the one before, until the flow is taken for RTP.
inline constexpr unsigned kRtpPackets = 3;

/// Clears `facts`, then puts in what this datagram brought to light. `hosts` (may be null) gets DNS answers.
[[nodiscard]] DatagramStatus readDatagramHead(const Datagram& datagram, DatagramScratch& scratch, HostTable* hosts,
                                              HeadFacts& facts);

// Single checks of one payload, also used to spell packets out. None of them needs state.

/// RFC 8489 5: message type, length, magic cookie.
[[nodiscard]] bool looksLikeStun(Bytes payload);
/// RFC 6347 4.1: a first record that fits.
[[nodiscard]] bool looksLikeDtls(Bytes payload);
/// QUIC long header of a known version (RFC 9000 17.2), version negotiation included, or Google's older form.
[[nodiscard]] bool looksLikeQuic(Bytes payload);
[[nodiscard]] bool looksLikeDhcp(Bytes payload);
/// RFC 5905 7.3 and control messages.
[[nodiscard]] bool looksLikeNtp(Bytes payload);
/// First line of a SIP request or response.
[[nodiscard]] bool looksLikeSip(Bytes payload);
/// First line of an SSDP message (HTTP over UDP).
[[nodiscard]] bool looksLikeSsdp(Bytes payload);
/// The fixed header of RTP, RFC 3550 5.1. Much else passes: never decide by one packet.
[[nodiscard]] bool mayBeRtp(Bytes payload);
/// A sender or receiver report first, RFC 3550 6.1.
[[nodiscard]] bool mayBeRtcp(Bytes payload);

/// 1, 2, drafts, Facebook's and Google's: see the table in the source.
[[nodiscard]] bool isQuicVersion(std::uint32_t version);

inline constexpr std::uint32_t kStunCookie = 0x2112a442;
inline constexpr std::uint32_t kDhcpCookie = 0x63825363;
inline constexpr std::size_t kDhcpFixedBytes = 236;
inline constexpr std::size_t kDtlsRecordHeader = 13;
inline constexpr std::size_t kDtlsHandshakeHeader = 12;

} // namespace timbre::protocol
