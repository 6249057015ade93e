#pragma once
// Tunnels: an IP packet inside another IP packet. Tunnels nest; a path lists them innermost first.

#include "tests/generator/address.h"

#include <string_view>

namespace timbre::generator {

enum class TunnelKind : std::uint8_t { Gre, Vxlan, Geneve, GtpU, IpInIp, SixInFour, Teredo };
[[nodiscard]] std::string_view tunnelName(TunnelKind kind);

struct Tunnel {
    TunnelKind kind = TunnelKind::Gre;
    IpAddress client{}; // outer address on the inner client's side
    IpAddress server{};
    std::uint32_t id = 1; // GRE key, VNI, TEID; unused by the others
};

/// IP protocol of the outer packet (17 for the UDP ones).
[[nodiscard]] std::uint8_t tunnelProtocol(const Tunnel& tunnel);
/// Source and destination of the outer packet when `sender` sends; ports are 0 where the tunnel has none. VXLAN and
/// Geneve send to their well-known port in both directions, so each direction is an outer flow of its own.
struct OuterEndpoints {
    Endpoint from{};
    Endpoint to{};
};
[[nodiscard]] OuterEndpoints outerEndpoints(const Tunnel& tunnel, Side sender);
/// The outer IP packet around `packet`. SixInFour and Teredo want IPv6 inside and IPv4 outside.
[[nodiscard]] Bytes tunnelled(const Tunnel& tunnel, Side sender, ByteView packet, std::uint16_t identification);

} // namespace timbre::generator
