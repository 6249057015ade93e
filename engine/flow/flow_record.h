#pragma once

// A flow as everyone but the flow table sees it: the value that snapshots hold, the store keeps, filters look at and
// exports write.

#include "engine/base/string_pool.h"
#include "engine/decode/packet.h"

#include <algorithm>

namespace timbre::flow {

enum class Side : std::uint8_t { Initiator, Responder };
enum class TcpState : std::uint8_t { Active, SynSent, SynReceived, Established, FinWait, ClosingTcp, Closed, Reset };
enum class EndReason : std::uint8_t { Fin, Rst, IdleTimeout, Evicted };

/// "active", "syn_sent" …
[[nodiscard]] const char* toString(TcpState state);
/// "fin", "rst", "idle_timeout", "evicted"
[[nodiscard]] const char* toString(EndReason reason);
[[nodiscard]] const char* toString(Side side);

/// What is spoken inside, as far as the bytes tell.
enum class App : std::uint8_t { Unknown, Dns, Http, Tls, Quic, Ssh, Sip, Rtp, Rtcp, Stun, Dtls, Smtp, Ftp, Dhcp, Ntp, Mdns, Ssdp, Count };
/// "dns", "http" …; empty for Unknown.
[[nodiscard]] const char* toString(App app);

inline constexpr std::size_t kHistoryLength = 16;
inline constexpr std::int64_t kUnknownNs = -1;
inline constexpr std::uint32_t kNoFlow = 0xffffffff;

struct SideStats {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;         // captured frame lengths
    std::uint64_t originalBytes = 0; // frame lengths on the wire
    std::uint64_t payloadBytes = 0;  // L4 payload by the IP length
    double entropySum = 0.0;         // over packets with payload, bits per byte
    std::uint32_t entropyCount = 0;
    std::uint32_t retransmissions = 0;
    std::uint32_t outOfOrder = 0;
    std::uint32_t zeroWindows = 0;
    std::uint8_t firstTtl = 0;
    std::uint8_t lastTtl = 0;

    /// Bits per byte, 0 … 8; negative when no packet had payload.
    [[nodiscard]] double meanEntropy() const { return entropyCount == 0 ? -1.0 : entropySum / entropyCount; }
};

struct FlowRecord {
    decode::FlowKey key;
    Timestamp started;
    Timestamp lastSeen;                   // of the last packet in file order; may lie before `started`
    std::array<SideStats, 2> sides;       // by Side
    std::uint64_t firstPacket = 0;        // frame numbers
    std::uint64_t lastPacket = 0;
    std::int64_t handshakeRttNs = kUnknownNs; // SYN to SYN-ACK plus SYN-ACK to ACK
    std::array<StringId, 2> hostNames{};  // by Side; names from DNS answers in the same capture
    StringId serverName = 0;              // SNI
    StringId httpHost = 0;
    StringId mask = 0;                    // that the flow resembles most; 0: not checked
    float resonance = -1.0F;              // calibrated score with that mask, 0 … 100; negative: not checked
    std::uint32_t index = 0;              // position in the capture's list of flows, from 0 in order of creation
    std::uint32_t outerFlow = kNoFlow;    // for a flow inside a tunnel: index of the flow that carries it
    std::uint32_t interfaceIndex = 0;     // of the first packet
    std::uint16_t vlan = decode::kNoVlan; // of the first packet
    std::array<char, kHistoryLength> history{};
    std::uint8_t historyLength = 0;
    TcpState state = TcpState::Active;
    EndReason endReason = EndReason::Fin; // only when `ended`
    App app = App::Unknown;
    decode::Tunnel tunnel = decode::Tunnel::None;
    bool initiatorIsB = false;
    bool ended = false;

    [[nodiscard]] std::string_view historyText() const { return {history.data(), historyLength}; }
    [[nodiscard]] IpAddress address(Side side) const { return isB(side) ? key.b() : key.a(); }
    [[nodiscard]] std::uint16_t port(Side side) const { return isB(side) ? key.portB : key.portA; }
    [[nodiscard]] const SideStats& of(Side side) const { return sides[static_cast<std::size_t>(side)]; }
    [[nodiscard]] std::uint64_t packets() const { return sides[0].packets + sides[1].packets; }
    [[nodiscard]] std::uint64_t bytes() const { return sides[0].bytes + sides[1].bytes; }
    [[nodiscard]] std::uint64_t originalBytes() const { return sides[0].originalBytes + sides[1].originalBytes; }
    /// From the first to the last packet, never negative.
    [[nodiscard]] std::int64_t durationNs() const { return std::max<std::int64_t>(0, elapsedNs(started, lastSeen)); }

private:
    [[nodiscard]] bool isB(Side side) const { return (side == Side::Initiator) == initiatorIsB; }
};

} // namespace timbre::flow
