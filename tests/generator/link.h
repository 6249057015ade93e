#pragma once
// From an IP packet to a frame as a capture shows it: the link types Timbre reads, VLAN tags, MPLS labels and PPPoE.

#include "tests/generator/address.h"

#include <optional>
#include <vector>

namespace timbre::generator {

/// LINKTYPE_ numbers as they stand in capture files (tcpdump.org/linktypes.html).
enum class LinkType : std::uint16_t {
    Null = 0, // BSD loopback, address family in the writer's byte order
    Ethernet = 1,
    Ppp = 9, // with HDLC address and control
    RawIp = 101,
    Wifi = 105, // 802.11 without radio header
    Loop = 108, // OpenBSD loopback, address family in network order
    LinuxCooked = 113,
    WifiRadiotap = 127,
    RawIpv4 = 228,
    RawIpv6 = 229,
    LinuxCooked2 = 276,
};

struct VlanTag {
    std::uint16_t etherType = 0x8100; // 0x88a8 for the outer tag of QinQ
    std::uint16_t id = 1;
    std::uint8_t priority = 0;
};

struct LinkPath {
    LinkType type = LinkType::Ethernet;
    MacAddress client = MacAddress::numbered(1);
    MacAddress server = MacAddress::numbered(2);
    std::vector<VlanTag> vlans{};                // outermost first; Ethernet only
    std::vector<std::uint32_t> mplsLabels{};     // outermost first; Ethernet only
    std::optional<std::uint16_t> pppoeSession{}; // Ethernet only
    bool bigEndianHost = false;                  // Null: byte order of the family word
};

/// `packet` starts with an IP header. Ethernet frames are padded to 60 bytes as on the wire.
[[nodiscard]] Bytes linkFrame(const LinkPath& path, Side sender, ByteView packet);
/// An Ethernet frame without VLAN for any ether type, e.g. inside VXLAN; `pad` to 60 bytes.
[[nodiscard]] Bytes ethernetFrame(const MacAddress& to, const MacAddress& from, std::uint16_t etherType, ByteView body,
                                  bool pad);
/// ARP request (broadcast) or reply, ready for Ethernet.
[[nodiscard]] Bytes arpFrame(bool request, const MacAddress& senderMac, const IpAddress& sender,
                             const MacAddress& targetMac, const IpAddress& target);

} // namespace timbre::generator
