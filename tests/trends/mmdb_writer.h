#pragma once

// Writes a small location database in the MMDB format (version 2.0), for tests: IPv4 prefixes with a country, a place
// and a network. Records of 24 bits, IPv4 below ::/96, data after the tree, metadata behind its marker.

#include "engine/base/ip_address.h"

#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <vector>

namespace timbre::test {

struct MmdbEntry {
    std::string prefix; // "203.0.113.0/24"
    std::string country;
    double latitude = 0;
    double longitude = 0;
    std::uint32_t asn = 0;
};

namespace mmdb {

inline std::string control(unsigned type, std::size_t size)
{
    std::string out;
    const unsigned shown = size < 29 ? static_cast<unsigned>(size) : 29U;
    if (type < 8)
        out += static_cast<char>(type << 5U | shown);
    else
        out = {static_cast<char>(shown), static_cast<char>(type - 7)};
    if (shown == 29)
        out += static_cast<char>(size - 29);
    return out;
}
inline std::string text(std::string_view value)
{
    return control(2, value.size()) + std::string(value);
}
inline std::string bigEndian(std::uint64_t value, unsigned bytes)
{
    std::string out;
    for (unsigned i = bytes; i-- > 0;)
        out += static_cast<char>(value >> 8U * i & 0xffU);
    return out;
}
inline std::string number(double value)
{
    return control(3, 8) + bigEndian(std::bit_cast<std::uint64_t>(value), 8);
}
inline std::string u16(std::uint16_t value)
{
    return control(5, 2) + bigEndian(value, 2);
}
inline std::string u32(std::uint32_t value)
{
    return control(6, 4) + bigEndian(value, 4);
}
inline std::string u64(std::uint64_t value)
{
    return control(9, 8) + bigEndian(value, 8);
}
inline std::string map(std::size_t pairs, const std::string& content)
{
    return control(7, pairs) + content;
}

inline std::string data(const MmdbEntry& entry)
{
    return map(3, text("country") + map(1, text("iso_code") + text(entry.country)) + text("location") +
                      map(3, text("latitude") + number(entry.latitude) + text("longitude") + number(entry.longitude) +
                                 text("accuracy_radius") + u16(20)) +
                      text("autonomous_system_number") + u32(entry.asn));
}

} // namespace mmdb

/// The bytes of a database. Requires: prefixes parse and do not overlap.
inline std::string mmdbOf(const std::vector<MmdbEntry>& entries)
{
    constexpr std::size_t kNone = SIZE_MAX;
    struct Node {
        std::array<std::size_t, 2> child{kNone, kNone};
        std::array<std::size_t, 2> leaf{kNone, kNone}; // offsets in the data
    };
    std::vector<Node> nodes(1);
    std::string dataSection;
    for (const MmdbEntry& entry : entries) {
        const std::string_view prefix = entry.prefix;
        const auto slash = prefix.find('/');
        const auto address = IpAddress::parse(prefix.substr(0, slash));
        const std::size_t bits = 96 + std::stoul(std::string(prefix.substr(slash + 1)));
        std::size_t at = 0;
        for (std::size_t bit = 0; bit < bits; ++bit) {
            const std::size_t inAddress = bit < 96 ? 0 : bit - 96;
            const auto octet = static_cast<unsigned>(address->octets[inAddress / 8]);
            const std::size_t way = bit < 96 ? 0 : octet >> (7 - inAddress % 8) & 1U;
            if (bit + 1 == bits) {
                nodes[at].leaf[way] = dataSection.size();
                break;
            }
            if (nodes[at].child[way] == kNone) {
                nodes[at].child[way] = nodes.size();
                nodes.emplace_back();
            }
            at = nodes[at].child[way];
        }
        dataSection += mmdb::data(entry);
    }
    std::string out;
    for (const Node& node : nodes)
        for (std::size_t way = 0; way < 2; ++way) {
            const std::size_t value = node.leaf[way] != kNone    ? nodes.size() + 16 + node.leaf[way]
                                      : node.child[way] != kNone ? node.child[way]
                                                                 : nodes.size();
            out += mmdb::bigEndian(value, 3);
        }
    out += std::string(16, '\0') + dataSection + "\xab\xcd\xefMaxMind.com";
    return out + mmdb::map(9, mmdb::text("languages") + mmdb::control(11, 1) + mmdb::text("en") +
                                  mmdb::text("description") + mmdb::map(1, mmdb::text("en") + mmdb::text("Test")) +
                                  mmdb::text("binary_format_major_version") + mmdb::u16(2) +
                                  mmdb::text("binary_format_minor_version") + mmdb::u16(0) + mmdb::text("build_epoch") +
                                  mmdb::u64(1'700'000'000) + mmdb::text("database_type") + mmdb::text("Timbre-Test") +
                                  mmdb::text("ip_version") + mmdb::u16(6) + mmdb::text("node_count") +
                                  mmdb::u32(static_cast<std::uint32_t>(nodes.size())) + mmdb::text("record_size") +
                                  mmdb::u16(24));
}

} // namespace timbre::test
