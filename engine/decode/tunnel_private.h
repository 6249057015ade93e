#pragma once

// One step into a tunnel: from a decoded packet to the IP header inside it. Whether a packet may carry a tunnel at all
// is told by its protocol and ports alone, so that ordinary traffic pays a compare or two.

#include "engine/decode/ip_packet_private.h"
#include "engine/decode/protocol_numbers_private.h"

namespace timbre::decode {

namespace udpport {
inline constexpr std::uint16_t kGtpU = 2152;
inline constexpr std::uint16_t kTeredo = 3544;
inline constexpr std::uint16_t kVxlan = 4789;
inline constexpr std::uint16_t kCapwapData = 5247;
inline constexpr std::uint16_t kGeneve = 6081;
inline constexpr std::uint16_t kMpls = 6635;
inline constexpr std::uint16_t kVxlanLinux = 8472;
} // namespace udpport

/// The kind of tunnel that uses this port, None for all others.
[[nodiscard]] constexpr Tunnel tunnelOfPort(std::uint16_t port)
{
    switch (port) {
    case udpport::kGtpU:
        return Tunnel::GtpU;
    case udpport::kTeredo:
        return Tunnel::Teredo;
    case udpport::kVxlan:
    case udpport::kVxlanLinux:
        return Tunnel::Vxlan;
    case udpport::kCapwapData:
        return Tunnel::Capwap;
    case udpport::kGeneve:
        return Tunnel::Geneve;
    case udpport::kMpls:
        return Tunnel::Mpls;
    default:
        return Tunnel::None;
    }
}

/// Requires: the packet matched. None: no tunnel is looked for.
[[nodiscard]] inline Tunnel tunnelCandidate(const Packet& packet)
{
    if (packet.key.l4 == L4::Udp) {
        const Tunnel a = tunnelOfPort(packet.key.portA);
        return a != Tunnel::None ? a : tunnelOfPort(packet.key.portB);
    }
    if (packet.key.l4 != L4::Other)
        return Tunnel::None;
    switch (packet.key.protocol) {
    case ipproto::kIpv4:
    case ipproto::kIpv6:
        return Tunnel::IpInIp;
    case ipproto::kGre:
        return Tunnel::Gre;
    case ipproto::kMpls:
        return Tunnel::Mpls;
    default:
        return Tunnel::None;
    }
}

struct TunnelContent {
    Network network;      // found() is false where the tunnel carries no IP (ARP, keep-alives, control messages)
    bool damaged = false; // the tunnel's own header could not be read
};

/// Requires: `tunnel` is the packet's candidate, and the packet is no fragment.
[[nodiscard]] TunnelContent enterTunnel(Tunnel tunnel, const Packet& packet);

/// The headers by themselves, for showing them.
struct TunnelHeader {
    std::size_t length = 0;
    std::uint16_t protocol = 0; // ethertype of what follows; 0: told by its first nibble, or nothing follows
    bool readable = false;
    bool data = true; // false: a message of the tunnel itself
};
[[nodiscard]] TunnelHeader greHeader(Bytes bytes);
[[nodiscard]] TunnelHeader vxlanHeader(Bytes bytes);
[[nodiscard]] TunnelHeader geneveHeader(Bytes bytes);
[[nodiscard]] TunnelHeader gtpUHeader(Bytes bytes);
[[nodiscard]] TunnelHeader teredoHeader(Bytes bytes);
[[nodiscard]] TunnelHeader capwapHeader(Bytes bytes);
/// `greFlags` tells ERSPAN type I (no header at all) from the others.
[[nodiscard]] TunnelHeader erspanHeader(Bytes bytes, std::uint16_t greProtocol, std::uint16_t greFlags);

inline constexpr std::uint16_t kGreSequencePresent = 0x1000;
inline constexpr std::uint16_t kWccp = 0x883e; // redirected by a cache engine

} // namespace timbre::decode
