#pragma once

// Numbers from the headers that the decoder walks through (IANA and IEEE registries).

#include <cstdint>

namespace timbre::decode {

namespace ethertype {
inline constexpr std::uint16_t kIpv4 = 0x0800;
inline constexpr std::uint16_t kArp = 0x0806;
inline constexpr std::uint16_t kTransparentBridging = 0x6558; // Ethernet inside GRE, Geneve
inline constexpr std::uint16_t kVlan = 0x8100;
inline constexpr std::uint16_t kIpv6 = 0x86dd;
inline constexpr std::uint16_t kPpp = 0x880b;
inline constexpr std::uint16_t kMpls = 0x8847;
inline constexpr std::uint16_t kMplsMulticast = 0x8848;
inline constexpr std::uint16_t kPppoeDiscovery = 0x8863;
inline constexpr std::uint16_t kPppoeSession = 0x8864;
inline constexpr std::uint16_t kServiceVlan = 0x88a8;
inline constexpr std::uint16_t kErspan2 = 0x88be;
inline constexpr std::uint16_t kErspan3 = 0x22eb;
inline constexpr std::uint16_t kOldVlan = 0x9100;
inline constexpr std::uint16_t kSmallest = 0x0600; // below: the length of an 802.3 frame
} // namespace ethertype

namespace ipproto {
inline constexpr std::uint8_t kHopByHop = 0;
inline constexpr std::uint8_t kIcmp = 1;
inline constexpr std::uint8_t kIgmp = 2;
inline constexpr std::uint8_t kIpv4 = 4;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;
inline constexpr std::uint8_t kIpv6 = 41;
inline constexpr std::uint8_t kRouting = 43;
inline constexpr std::uint8_t kFragment = 44;
inline constexpr std::uint8_t kGre = 47;
inline constexpr std::uint8_t kEsp = 50;
inline constexpr std::uint8_t kAuthentication = 51;
inline constexpr std::uint8_t kIcmp6 = 58;
inline constexpr std::uint8_t kNoNext = 59;
inline constexpr std::uint8_t kDestination = 60;
inline constexpr std::uint8_t kSctp = 132;
inline constexpr std::uint8_t kMobility = 135;
inline constexpr std::uint8_t kMpls = 137;
inline constexpr std::uint8_t kHostIdentity = 139;
inline constexpr std::uint8_t kShim6 = 140;
} // namespace ipproto

/// LINKTYPE_ numbers as capture files write them (tcpdump.org/linktypes.html).
namespace linktype {
inline constexpr std::uint16_t kNull = 0;
inline constexpr std::uint16_t kEthernet = 1;
inline constexpr std::uint16_t kPpp = 9;
inline constexpr std::uint16_t kAtmRfc1483 = 11;
inline constexpr std::uint16_t kRawOld = 12;     // DLT_RAW of most systems, written by old programs
inline constexpr std::uint16_t kRawOpenBsd = 14; // DLT_RAW of OpenBSD
inline constexpr std::uint16_t kPppHdlc = 50;
inline constexpr std::uint16_t kPppoe = 51;
inline constexpr std::uint16_t kRaw = 101;
inline constexpr std::uint16_t kCiscoHdlc = 104;
inline constexpr std::uint16_t kWireless = 105;
inline constexpr std::uint16_t kLoop = 108;
inline constexpr std::uint16_t kLinuxCooked = 113;
inline constexpr std::uint16_t kPrism = 119;
inline constexpr std::uint16_t kRadiotap = 127;
inline constexpr std::uint16_t kArcnetLinux = 129;
inline constexpr std::uint16_t kAvs = 163;
inline constexpr std::uint16_t kPppPppd = 166;
inline constexpr std::uint16_t kPpi = 192;
inline constexpr std::uint16_t kPppWithDirection = 204;
inline constexpr std::uint16_t kIpnet = 226;
inline constexpr std::uint16_t kIpv4 = 228;
inline constexpr std::uint16_t kIpv6 = 229;
inline constexpr std::uint16_t kNflog = 239;
inline constexpr std::uint16_t kIpoib = 242;
inline constexpr std::uint16_t kNetlink = 253;
inline constexpr std::uint16_t kPktap = 258;
inline constexpr std::uint16_t kVsock = 271;
inline constexpr std::uint16_t kLinuxCooked2 = 276;
inline constexpr std::uint16_t kDsaBroadcom = 281;
inline constexpr std::uint16_t kDsaBroadcomPrepended = 282;
inline constexpr std::uint16_t kDsaMarvell = 284;
inline constexpr std::uint16_t kDsaMarvellEthertype = 285;
} // namespace linktype

} // namespace timbre::decode
