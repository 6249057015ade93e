#include "tests/generator/host_table.h"

#include <fmt/format.h>

#include <array>

namespace timbre::generator {

namespace {

constexpr std::array<std::string_view, 16> kKinds{"www",   "mail",   "cdn",  "api",   "static", "login",
                                                  "video", "images", "news", "cloud", "files",  "search",
                                                  "maps",  "shop",   "wiki", "chat"};
constexpr std::array<std::string_view, 8> kNames{"aurora", "birch", "copper", "delta",
                                                 "ember",  "fjord", "garnet", "harbour"};
constexpr std::array<std::string_view, 4> kDomains{"example", "example.com", "example.net", "example.org"};

// The three documentation networks and the benchmark range (RFC 5737, RFC 2544).
constexpr std::array<std::uint32_t, 4> kNetworks{0xc0000200, 0xc6336400, 0xcb007100, 0xc6120000};

} // namespace

Host hostNumber(std::uint32_t number)
{
    Host host;
    const auto kind = kKinds[number % 16];
    const auto name = kNames[number / 16 % 8];
    const auto domain = kDomains[number / 128 % 4];
    host.name = fmt::format("{}.{}.{}", kind, name, domain);
    if (kind == "cdn" || kind == "static" || kind == "images" || kind == "video") {
        host.alias = fmt::format("edge-{}.{}.cdn.example", number, name);
    }
    host.v4 = IpAddress::v4(kNetworks[number % 4] + 1 + number / 4);
    host.v6 = IpAddress::v6(0x20010db8'00010000U + number / 16, 0x100 + number);
    return host;
}

} // namespace timbre::generator
