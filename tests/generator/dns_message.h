#pragma once
// DNS messages (RFC 1035): queries and answers with A, AAAA and CNAME records.

#include "tests/generator/address.h"

#include <vector>

namespace timbre::generator {

enum class DnsType : std::uint16_t { A = 1, Cname = 5, Aaaa = 28 };

struct DnsQuestion {
    std::uint16_t id = 0;
    std::string name{};
    DnsType type = DnsType::A;
};

struct DnsAnswer {
    /// From the asked name to the final one; the addresses belong to the last.
    std::vector<std::string> aliases{};
    std::vector<IpAddress> addresses{};
    std::uint8_t responseCode = 0; // 3: no such name
    std::uint32_t timeToLive = 300;
};

[[nodiscard]] Bytes dnsQuery(const DnsQuestion& question);
[[nodiscard]] Bytes dnsResponse(const DnsQuestion& question, const DnsAnswer& answer);
/// The two-byte length in front, as DNS over TCP wants it.
[[nodiscard]] Bytes dnsOverTcp(ByteView message);

} // namespace timbre::generator
