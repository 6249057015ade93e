#pragma once
// From a payload to an IP packet: UDP, TCP, ICMP and the IPv4 or IPv6 header around them, all lengths and checksums
// right. Fragments are cut from a finished packet.

#include "tests/generator/address.h"

#include <vector>

namespace timbre::generator {

inline constexpr std::uint8_t kProtoIcmp = 1;
inline constexpr std::uint8_t kProtoIpInIp = 4;
inline constexpr std::uint8_t kProtoTcp = 6;
inline constexpr std::uint8_t kProtoUdp = 17;
inline constexpr std::uint8_t kProtoIpv6 = 41;
inline constexpr std::uint8_t kProtoGre = 47;
inline constexpr std::uint8_t kProtoIcmp6 = 58;
inline constexpr std::uint8_t kProtoSctp = 132;

inline constexpr std::uint8_t kTcpFin = 0x01;
inline constexpr std::uint8_t kTcpSyn = 0x02;
inline constexpr std::uint8_t kTcpRst = 0x04;
inline constexpr std::uint8_t kTcpPsh = 0x08;
inline constexpr std::uint8_t kTcpAck = 0x10;

struct IpFields {
    std::uint8_t ttl = 64; // hop limit
    std::uint8_t trafficClass = 0;
    std::uint16_t identification = 0; // IPv4
    bool dontFragment = false;        // IPv4
    std::uint32_t flowLabel = 0;      // IPv6, 20 bits
    Bytes options{};                  // IPv4 options, a multiple of four bytes
};

struct TcpFields {
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgment = 0;
    std::uint8_t flags = 0;
    std::uint16_t window = 64240;
    Bytes options{}; // a multiple of four bytes
};

/// Sum of 16-bit words as RFC 1071 wants it, not yet folded; chain calls only over even lengths.
[[nodiscard]] std::uint64_t checksumAdd(std::uint64_t sum, ByteView data);
[[nodiscard]] std::uint16_t checksumFinish(std::uint64_t sum);
/// The sum of the pseudo header of UDP, TCP and ICMPv6.
[[nodiscard]] std::uint64_t pseudoHeaderSum(const IpAddress& from, const IpAddress& to, std::uint8_t protocol,
                                            std::size_t length);

/// Layer 4 only: header and payload.
[[nodiscard]] Bytes udpDatagram(const Endpoint& from, const Endpoint& to, ByteView payload);
[[nodiscard]] Bytes tcpSegment(const Endpoint& from, const Endpoint& to, const TcpFields& fields, ByteView payload);
/// ICMP or ICMPv6 after the addresses' family.
[[nodiscard]] Bytes icmpEcho(const IpAddress& from, const IpAddress& to, bool request, std::uint16_t identifier,
                             std::uint16_t sequence, ByteView payload);

/// Requires: both addresses of one family.
[[nodiscard]] Bytes ipPacket(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, ByteView payload,
                             const IpFields& fields = {});
[[nodiscard]] Bytes udpPacket(const Endpoint& from, const Endpoint& to, ByteView payload, const IpFields& fields = {});
[[nodiscard]] Bytes tcpPacket(const Endpoint& from, const Endpoint& to, const TcpFields& fields, ByteView payload,
                              const IpFields& ip = {});

/// The packet itself when it fits into `mtu`, else its fragments in order. IPv6 gets a fragment header with
/// `identification`. Requires: a packet made by ipPacket(), without IPv6 extension headers; mtu >= 68.
[[nodiscard]] std::vector<Bytes> fragmented(const Bytes& packet, std::size_t mtu, std::uint32_t identification);

} // namespace timbre::generator
