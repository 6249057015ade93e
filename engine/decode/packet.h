#pragma once

// What the decoder learns about a packet: whose flow it belongs to and the few header fields that analyzers need. All
// values, no ownership: `payload` points into the block the packet was read from.

#include "engine/base/ip_address.h"
#include "engine/base/timestamp.h"

#include <cstdint>

namespace timbre::decode {

/// `Tcp` and `Udp` only where the ports could be read; a fragment of a UDP datagram is Other with protocol 17.
enum class L4 : std::uint8_t { Other, Tcp, Udp, Icmp, Icmp6, Sctp };

/// The two ends of a flow, ordered: a is the smaller one by address bytes, then by port. Ports are 0 but for Tcp and
/// Udp. No padding: the bytes can be hashed and compared as they are.
struct FlowKey {
    std::array<std::uint8_t, 16> addressA{}; // IPv4 fills the first four bytes
    std::array<std::uint8_t, 16> addressB{};
    std::uint16_t portA = 0;
    std::uint16_t portB = 0;
    L4 l4 = L4::Other;
    std::uint8_t protocol = 0; // IP protocol number
    IpFamily family = IpFamily::None;
    std::uint8_t reserved = 0;

    bool operator==(const FlowKey& other) const { return std::memcmp(this, &other, sizeof *this) == 0; }
    [[nodiscard]] IpAddress a() const { return {family, addressA}; }
    [[nodiscard]] IpAddress b() const { return {family, addressB}; }
};
static_assert(sizeof(FlowKey) == 40);

/// "tcp 192.0.2.1:80 198.51.100.7:40000", "other:47 [2001:db8::1]:0 [2001:db8::2]:0"
[[nodiscard]] std::string toString(const FlowKey& key);
/// "tcp", "udp", "icmp", "icmp6", "sctp", "other:47"
[[nodiscard]] std::string l4Name(L4 l4, std::uint8_t protocol);

enum TcpFlag : std::uint8_t { kTcpFin = 0x01, kTcpSyn = 0x02, kTcpRst = 0x04, kTcpPsh = 0x08, kTcpAck = 0x10 };

enum class Tunnel : std::uint8_t { None, Gre, Vxlan, Geneve, GtpU, IpInIp, Teredo, Mpls, Pppoe, Capwap };
[[nodiscard]] const char* tunnelName(Tunnel tunnel);

inline constexpr std::uint16_t kNoVlan = 0xffff;

struct Packet {
    FlowKey key;
    Bytes payload;                   // what is there of the L4 payload
    std::uint32_t payloadLength = 0; // by the IP length; larger than payload.size() when the capture cut it
    std::uint32_t tcpSequence = 0;
    std::uint32_t tcpAcknowledgement = 0;
    std::uint16_t tcpWindow = 0;
    std::uint16_t vlan = kNoVlan; // outermost VLAN id
    std::uint8_t tcpFlags = 0;
    std::uint8_t ttl = 0;  // or hop limit
    bool matched = false;  // false: no flow; nothing else is then set
    bool reverse = false;  // the source is b
    bool fragment = false; // part of an IP datagram

    [[nodiscard]] bool payloadComplete() const { return payload.size() == payloadLength; }
};

} // namespace timbre::decode
