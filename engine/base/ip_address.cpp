#include "engine/base/ip_address.h"

#include <arpa/inet.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace timbre {

IpAddress IpAddress::fromBytes(Bytes bytes)
{
    IpAddress address;
    address.family = bytes.size() == 4 ? IpFamily::V4 : IpFamily::V6;
    std::memcpy(address.octets.data(), bytes.data(), std::min<std::size_t>(bytes.size(), 16));
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    char buffer[INET6_ADDRSTRLEN + 1] = {};
    if (text.empty() || text.size() >= sizeof buffer)
        return std::nullopt;
    std::copy(text.begin(), text.end(), buffer);
    IpAddress address;
    if (inet_pton(AF_INET, buffer, address.octets.data()) == 1)
        address.family = IpFamily::V4;
    else if (inet_pton(AF_INET6, buffer, address.octets.data()) == 1)
        address.family = IpFamily::V6;
    else
        return std::nullopt;
    return address;
}

namespace {

struct ZeroRun {
    int first = -1;
    int length = 0;
};

/// RFC 5952: the longest run of at least two zero groups is shortened, the first one of equals.
ZeroRun longestZeroRun(const std::array<std::uint16_t, 8>& groups)
{
    ZeroRun best;
    for (int i = 0; i < 8;) {
        int end = i;
        while (end < 8 && groups[static_cast<std::size_t>(end)] == 0)
            ++end;
        if (end - i >= 2 && end - i > best.length)
            best = {i, end - i};
        i = std::max(end, i + 1);
    }
    return best;
}

/// By hand: every flow that is shown, stored or exported has two of them, and a general formatter takes five times as long.
void appendV4(std::string& out, const std::uint8_t* octets)
{
    std::array<char, 16> text; // 255.255.255.255
    char* end = text.data();
    for (int i = 0; i < 4; ++i) {
        if (i > 0)
            *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), octets[i]).ptr;
    }
    out.append(text.data(), end);
}

bool isMappedV4(const IpAddress& address)
{
    return std::all_of(address.octets.begin(), address.octets.begin() + 10, [](auto o) { return o == 0; }) &&
           address.octets[10] == 0xff && address.octets[11] == 0xff;
}

void appendV6(std::string& out, const IpAddress& address)
{
    if (isMappedV4(address)) {
        out += "::ffff:";
        appendV4(out, address.octets.data() + 12);
        return;
    }
    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = static_cast<std::uint16_t>(address.octets[2 * i] << 8 | address.octets[2 * i + 1]);
    const ZeroRun run = longestZeroRun(groups);
    for (int i = 0; i < 8; ++i) {
        if (i == run.first) {
            out += "::";
            i += run.length - 1;
            continue;
        }
        if (i > 0 && i != run.first + run.length)
            out += ':';
        fmt::format_to(std::back_inserter(out), "{:x}", groups[static_cast<std::size_t>(i)]);
    }
}

} // namespace

void appendTo(std::string& out, const IpAddress& address)
{
    if (address.family == IpFamily::V4)
        appendV4(out, address.octets.data());
    else if (address.family == IpFamily::V6)
        appendV6(out, address);
}

std::string toString(const IpAddress& address)
{
    std::string out;
    appendTo(out, address);
    return out;
}

bool IpPrefix::contains(const IpAddress& address) const
{
    if (address.family != network.family)
        return false;
    const std::size_t whole = bits / 8;
    if (!std::equal(network.octets.begin(), network.octets.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.octets.begin()))
        return false;
    const int rest = bits % 8;
    if (rest == 0)
        return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
    return (network.octets[whole] & mask) == (address.octets[whole] & mask);
}

std::optional<IpPrefix> IpPrefix::parse(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    const auto limit = static_cast<std::uint8_t>(address->length() * 8);
    if (slash == std::string_view::npos)
        return IpPrefix{*address, limit};
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits > limit)
        return std::nullopt;
    return IpPrefix{*address, static_cast<std::uint8_t>(bits)};
}

std::string toString(const IpPrefix& prefix)
{
    return fmt::format("{}/{}", toString(prefix.network), prefix.bits);
}

} // namespace timbre
