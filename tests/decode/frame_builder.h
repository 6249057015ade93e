#pragma once

// Frames built by hand for the decoder's tests: bytes written as hex or numbers, headers with every field in reach. No
// checksums, since the decoder looks at none.

#include "engine/base/bytes.h"
#include "engine/base/ip_address.h"

#include <cstdlib>
#include <string_view>
#include <vector>

namespace timbre::tests {

using Data = std::vector<std::byte>;

inline Data operator+(Data left, const Data& right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

/// "0a 0b0c" to bytes; whatever is no hex digit is skipped.
inline Data hex(std::string_view text)
{
    Data out;
    int half = -1;
    for (const char c : text) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            continue;
        if (half < 0) {
            half = digit;
        } else {
            out.push_back(static_cast<std::byte>(half << 4 | digit));
            half = -1;
        }
    }
    return out;
}

inline Data be16(std::size_t value)
{
    return {static_cast<std::byte>(value >> 8 & 0xff), static_cast<std::byte>(value & 0xff)};
}

inline Data be32(std::size_t value)
{
    return be16(value >> 16) + be16(value & 0xffff);
}

inline Data one(std::size_t value)
{
    return {static_cast<std::byte>(value & 0xff)};
}

inline Data fill(std::size_t count, unsigned value = 0x61)
{
    return Data(count, static_cast<std::byte>(value));
}

inline Data addressBytes(std::string_view text)
{
    const IpAddress address = IpAddress::parse(text).value_or(IpAddress{});
    const auto all = std::as_bytes(std::span(address.octets));
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(address.length())};
}

inline Data ethernet(std::size_t type, const Data& body)
{
    return hex("020000000002 020000000001") + be16(type) + body;
}

struct Ipv4Fields {
    std::string_view source = "10.0.0.1";
    std::string_view destination = "10.0.0.2";
    std::size_t protocol = 17;
    std::size_t identification = 0x1234;
    std::size_t fragmentField = 0; // flags and offset
    Data options = {};
    std::size_t totalLength = SIZE_MAX; // SIZE_MAX: the right one
    std::size_t ttl = 64;
};

inline Data ipv4(const Ipv4Fields& fields, const Data& body)
{
    const std::size_t header = 20 + fields.options.size();
    const std::size_t total = fields.totalLength == SIZE_MAX ? header + body.size() : fields.totalLength;
    return one(0x40 | header / 4) + one(0) + be16(total) + be16(fields.identification) + be16(fields.fragmentField) +
           one(fields.ttl) + one(fields.protocol) + be16(0) + addressBytes(fields.source) +
           addressBytes(fields.destination) + fields.options + body;
}

inline Data ipv6(std::size_t next, const Data& body, std::size_t payloadLength = SIZE_MAX,
                 std::string_view source = "2001:db8::1", std::string_view destination = "2001:db8::2")
{
    return hex("60000000") + be16(payloadLength == SIZE_MAX ? body.size() : payloadLength) + one(next) + one(61) +
           addressBytes(source) + addressBytes(destination) + body;
}

inline Data udp(std::size_t source, std::size_t destination, const Data& payload)
{
    return be16(source) + be16(destination) + be16(8 + payload.size()) + be16(0) + payload;
}

inline Data tcp(std::size_t source, std::size_t destination, std::size_t flags, const Data& payload,
                const Data& options = {})
{
    return be16(source) + be16(destination) + be32(0x01020304) + be32(0x05060708) +
           one((20 + options.size()) / 4 << 4) + one(flags) + be16(65160) + be16(0) + be16(0) + options + payload;
}

} // namespace timbre::tests
