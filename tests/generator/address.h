#pragma once
// Addresses as the generator writes them: MAC, IPv4 and IPv6 in one type, and an address with a port.

#include "tests/generator/bytes.h"

#include <array>
#include <compare>
#include <string>

namespace timbre::generator {

/// The two ends of a conversation. The client is the one that opened it, whether or not the capture shows that.
enum class Side : std::uint8_t { Client, Server };
[[nodiscard]] constexpr Side otherSide(Side side)
{
    return side == Side::Client ? Side::Server : Side::Client;
}
[[nodiscard]] constexpr std::size_t indexOf(Side side)
{
    return side == Side::Client ? 0 : 1;
}

struct MacAddress {
    std::array<std::uint8_t, 6> octets{};

    /// A locally administered address that carries `number`.
    [[nodiscard]] static MacAddress numbered(std::uint32_t number);
    auto operator<=>(const MacAddress&) const = default;
};

struct IpAddress {
    std::array<std::uint8_t, 16> octets{}; // IPv4 uses the first four
    bool isV6 = false;

    /// Host number, e.g. 0x0a000001 for 10.0.0.1.
    [[nodiscard]] static IpAddress v4(std::uint32_t number);
    [[nodiscard]] static IpAddress v4(int a, int b, int c, int d);
    [[nodiscard]] static IpAddress v6(std::uint64_t prefix, std::uint64_t host);
    [[nodiscard]] ByteView view() const { return {octets.data(), isV6 ? std::size_t{16} : std::size_t{4}}; }
    [[nodiscard]] std::uint32_t v4Number() const;
    /// Dotted quad, or RFC 5952 for IPv6.
    [[nodiscard]] std::string text() const;
    auto operator<=>(const IpAddress&) const = default;
};

struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;

    /// "10.0.0.1:80" or "[2001:db8::1]:80".
    [[nodiscard]] std::string text() const;
    auto operator<=>(const Endpoint&) const = default;
};

} // namespace timbre::generator
