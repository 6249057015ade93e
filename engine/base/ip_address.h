#pragma once

// An IPv4 or IPv6 address as a 17-byte value, its text form (RFC 5952) and CIDR prefixes.

#include "engine/base/bytes.h"

#include <array>
#include <compare>
#include <optional>
#include <string>

namespace timbre {

enum class IpFamily : std::uint8_t { None = 0, V4 = 4, V6 = 6 };

/// IPv4 fills the first four bytes, the rest is zero. Order: by family, then by bytes.
struct IpAddress {
    IpFamily family = IpFamily::None;
    std::array<std::uint8_t, 16> octets{};

    auto operator<=>(const IpAddress&) const = default;
    [[nodiscard]] bool valid() const { return family != IpFamily::None; }
    [[nodiscard]] std::size_t length() const { return family == IpFamily::V4 ? 4 : family == IpFamily::V6 ? 16 : 0; }

    /// Requires: bytes.size() is 4 or 16.
    static IpAddress fromBytes(Bytes bytes);
    static std::optional<IpAddress> parse(std::string_view text);
};

/// "192.0.2.1", "2001:db8::1", "::ffff:1.2.3.4"; empty for no address.
[[nodiscard]] std::string toString(const IpAddress& address);
/// Appends to `out` without a temporary string.
void appendTo(std::string& out, const IpAddress& address);

struct IpPrefix {
    IpAddress network;
    std::uint8_t bits = 0;

    bool operator==(const IpPrefix&) const = default;
    [[nodiscard]] bool contains(const IpAddress& address) const;
    /// "10.0.0.0/8" or a bare address (all bits). Host bits may be set and are ignored.
    static std::optional<IpPrefix> parse(std::string_view text);
};

[[nodiscard]] std::string toString(const IpPrefix& prefix);

} // namespace timbre
