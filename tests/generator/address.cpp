#include "tests/generator/address.h"

#include <fmt/format.h>

#include <iterator>

namespace timbre::generator {

MacAddress MacAddress::numbered(std::uint32_t number)
{
    return {{0x02, 0x54, low8(number >> 24), low8(number >> 16), low8(number >> 8), low8(number)}};
}

IpAddress IpAddress::v4(std::uint32_t number)
{
    IpAddress result;
    for (std::size_t i = 0; i < 4; ++i) {
        result.octets[i] = low8(number >> (24 - 8 * i));
    }
    return result;
}

IpAddress IpAddress::v4(int a, int b, int c, int d)
{
    return v4(low32((static_cast<std::uint64_t>(a) << 24) | (static_cast<std::uint64_t>(b) << 16) |
                    (static_cast<std::uint64_t>(c) << 8) | static_cast<std::uint64_t>(d)));
}

IpAddress IpAddress::v6(std::uint64_t prefix, std::uint64_t host)
{
    IpAddress result;
    result.isV6 = true;
    for (std::size_t i = 0; i < 8; ++i) {
        result.octets[i] = low8(prefix >> (56 - 8 * i));
        result.octets[8 + i] = low8(host >> (56 - 8 * i));
    }
    return result;
}

std::uint32_t IpAddress::v4Number() const
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = (number << 8) | octets[i];
    }
    return number;
}

std::string IpAddress::text() const
{
    if (!isV6) {
        return fmt::format("{}.{}.{}.{}", octets[0], octets[1], octets[2], octets[3]);
    }
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) {
        groups[i] = (unsigned{octets[2 * i]} << 8) | octets[2 * i + 1];
    }
    // RFC 5952: the first longest run of two or more zero groups becomes "::".
    std::size_t bestStart = 8;
    std::size_t bestLength = 1;
    for (std::size_t start = 0; start < 8; ++start) {
        std::size_t end = start;
        while (end < 8 && groups[end] == 0) {
            ++end;
        }
        if (end - start > bestLength) {
            bestStart = start;
            bestLength = end - start;
        }
    }
    std::string result;
    for (std::size_t i = 0; i < 8;) {
        if (i == bestStart) {
            result += "::";
            i += bestLength;
            continue;
        }
        if (!result.empty() && result.back() != ':') {
            result += ':';
        }
        fmt::format_to(std::back_inserter(result), "{:x}", groups[i]);
        ++i;
    }
    return result;
}

std::string Endpoint::text() const
{
    return address.isV6 ? fmt::format("[{}]:{}", address.text(), port) : fmt::format("{}:{}", address.text(), port);
}

} // namespace timbre::generator
