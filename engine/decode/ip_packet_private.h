#pragma once

// IPv4, IPv6 and transport headers into a Packet, by the rules of the flow page ("From frame to key", steps 3 to 8).

#include "engine/decode/link_layer_private.h"

namespace timbre::decode {

/// What of an IP packet lies behind its headers.
struct IpBody {
    Bytes bytes;              // captured part, never beyond the IP length
    std::uint32_t length = 0; // by the IP length
    std::uint8_t protocol = 0;
    bool readable = false; // the transport header begins here
};

/// Sets every field of `packet` that applies. False: no match, `packet` is as it was.
bool decodeIp(const Network& network, Packet& packet);

struct Ports {
    std::uint16_t source = 0;
    std::uint16_t destination = 0;
};
/// The ports in the order of travel.
[[nodiscard]] inline Ports portsOf(const Packet& packet)
{
    return packet.reverse ? Ports{packet.key.portB, packet.key.portA} : Ports{packet.key.portA, packet.key.portB};
}

/// One part of a datagram, for putting it together.
struct Fragment {
    IpAddress source;
    IpAddress destination;
    std::uint32_t identification = 0;
    std::uint8_t protocol = 0; // IPv6: of the fragment's own header; IPv4 makes it part of the datagram's identity
    std::uint8_t ttl = 0;
    std::uint32_t offset = 0; // bytes, a multiple of 8
    bool more = false;
    Bytes header;             // IPv4 header with options; the fixed 40 bytes of IPv6
    Bytes bytes;              // captured part of the data
    std::uint32_t length = 0; // by the IP length
    [[nodiscard]] bool complete() const { return bytes.size() == length; }
};

/// Requires: decodeIp() has accepted the bytes and set `fragment`.
[[nodiscard]] Fragment readFragment(const Network& network);

[[nodiscard]] constexpr bool isExtensionHeader(std::uint8_t number)
{
    switch (number) {
    case 0:
    case 43:
    case 44:
    case 51:
    case 60:
    case 135:
    case 139:
    case 140:
        return true;
    default:
        return false;
    }
}

/// Length of an extension header whose second byte is `lengthByte`.
[[nodiscard]] constexpr std::size_t extensionLength(std::uint8_t number, std::uint8_t lengthByte)
{
    if (number == 44)
        return 8;
    return number == 51 ? (lengthByte + std::size_t{2}) * 4 : (lengthByte + std::size_t{1}) * 8;
}
inline constexpr std::size_t kSmallestExtension = 8;

inline constexpr std::size_t kIpv4Header = 20;
inline constexpr std::size_t kIpv6Header = 40;
inline constexpr std::size_t kTcpHeader = 20;
inline constexpr std::size_t kUdpHeader = 8;

} // namespace timbre::decode
