#pragma once

// Names of numbers, for showing packets.

#include <cstdint>
#include <string>

namespace timbre::decode {

/// "TCP", "OSPF"; "protocol 200" for what has no name here.
[[nodiscard]] std::string ipProtocolName(std::uint8_t protocol);
/// "IPv4", "ARP"; "ethertype 0x1234".
[[nodiscard]] std::string etherTypeName(std::uint16_t etherType);
/// "Echo request", "type 200".
[[nodiscard]] std::string icmpTypeName(std::uint8_t type);
[[nodiscard]] std::string icmp6TypeName(std::uint8_t type);
/// What the code of a "destination unreachable" means; empty without a name.
[[nodiscard]] std::string icmpUnreachableName(std::uint8_t code);
[[nodiscard]] std::string sctpChunkName(std::uint8_t type);
[[nodiscard]] std::string pppProtocolName(std::uint16_t protocol);
/// "SYN, ACK"; "none".
[[nodiscard]] std::string tcpFlagNames(std::uint16_t flags);

} // namespace timbre::decode
