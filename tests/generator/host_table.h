#pragma once
// The servers of the generated world: a name, its addresses and the alias a content network would put in between. All
// names end in the reserved domains of RFC 2606, all addresses come from documentation or private ranges.

#include "tests/generator/address.h"

#include <string>

namespace timbre::generator {

struct Host {
    std::string name;
    std::string alias; // canonical name behind the name; empty: none
    IpAddress v4;
    IpAddress v6;
};

/// Host `number`, any number below kHosts; the same number gives the same host whatever the seed.
inline constexpr std::uint32_t kHosts = 512;
[[nodiscard]] Host hostNumber(std::uint32_t number);

} // namespace timbre::generator
