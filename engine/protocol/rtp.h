#pragma once

// RTP packets and RTCP reports (RFC 3550), as the finders of voice streams read them. One packet that parses proves
// nothing: a quarter of all random datagrams begins with version 2.

#include "engine/base/bytes.h"

#include <array>
#include <optional>

namespace timbre::protocol {

struct RtpPacket {
    std::uint32_t ssrc = 0;
    std::uint32_t timestamp = 0;
    std::uint16_t sequence = 0;
    std::uint8_t payloadType = 0;
    std::uint8_t contributors = 0;
    bool marker = false;
    bool padding = false;
    bool extension = false;
    std::uint32_t headerBytes = 0;
    std::uint32_t payloadBytes = 0; // on the wire, without padding where it could be read
    Bytes payload;                  // what the capture has of it, padding included
};

/// `wireBytes` is the length of the datagram on the wire, `datagram` what the capture has of it. Nothing when the
/// header does not fit, or the payload type is one that RTCP or nobody uses (35 … 95).
[[nodiscard]] std::optional<RtpPacket> parseRtp(Bytes datagram, std::size_t wireBytes);

/// What a report says about one source (RFC 3550 6.4.1).
struct RtcpBlock {
    std::uint32_t ssrc = 0;
    double lossFraction = 0.0; // since the last report
    std::int32_t lost = 0;     // ever
    std::uint32_t jitter = 0;  // in units of the source's clock
    std::uint32_t lastSenderReport = 0;
    std::uint32_t delaySinceLast = 0; // 1/65536 s
};

struct RtcpReport {
    static constexpr std::size_t kMaxBlocks = 31;

    std::uint32_t sender = 0;
    bool senderReport = false;
    std::uint32_t ntpMiddle = 0; // of a sender report that is not encrypted: what lastSenderReport will repeat
    bool wholly = false;         // the compound packet could be walked to its end: it is not encrypted
    std::array<RtcpBlock, kMaxBlocks> blocks{};
    std::size_t blockCount = 0;
    bool goodbye = false;
};

/// The first report of a compound packet. Behind the first eight bytes all may be encrypted (SRTCP, RFC 3711 3.4):
/// blocks are then not given.
[[nodiscard]] std::optional<RtcpReport> parseRtcp(Bytes datagram);

} // namespace timbre::protocol
