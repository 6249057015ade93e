#pragma once

// From the first byte of a frame to the first byte of its IP header, for every link type. Stateless and without
// allocation; the walk takes at most a handful of steps, however hostile the frame.

#include "engine/decode/packet.h"

namespace timbre::decode {

/// Where the IP header of a frame begins.
struct Network {
    Bytes bytes;                 // from the IP header to the end of the captured frame
    std::uint16_t etherType = 0; // 0x0800 or 0x86dd; 0: there is no IP here
    std::uint16_t vlan = kNoVlan;
    std::uint8_t vlanTags = 0;  // skipped so far, at most kMaxVlanTags
    bool moreSubframes = false; // an 802.11 aggregate holds further packets, which are not looked at
    bool unknownLinkType = false;
    Tunnel carrier = Tunnel::None; // MPLS or PPPoE, where the walk went through one
    [[nodiscard]] bool found() const { return etherType != 0; }
};

inline constexpr std::uint8_t kMaxVlanTags = 3;   // flow page, "Constants"
inline constexpr std::size_t kMaxMplsLabels = 16; // a stack deeper than any network builds is no IP
inline constexpr std::size_t kEthernetHeader = 14;

[[nodiscard]] Network findNetwork(std::uint16_t linkType, Bytes frame);

/// The parts that tunnels need as well. `sofar` carries the VLAN tags met before.
[[nodiscard]] Network findInEthernet(Bytes frame, Network sofar = {});
[[nodiscard]] Network findByEtherType(std::uint16_t etherType, Bytes rest, Network sofar = {});
[[nodiscard]] Network findInMpls(Bytes stack, Network sofar = {});
/// `bytes` begin with the PPP protocol field, or with the HDLC address and control bytes before it.
[[nodiscard]] Network findInPpp(Bytes bytes, Network sofar = {});
[[nodiscard]] Network findInLlc(Bytes bytes, Network sofar = {});
/// By the version nibble.
[[nodiscard]] Network findRawIp(Bytes bytes, Network sofar = {});

/// 802.11 frames, and the capture headers that stand before them.
[[nodiscard]] Network findInWireless(Bytes frame, bool padded);
[[nodiscard]] Network findInRadiotap(Bytes frame);
[[nodiscard]] Network findInPrism(Bytes frame);

/// Length of an 802.11 MAC header up to the LLC header; 0 where the frame carries no readable data.
struct WirelessHeader {
    std::size_t length = 0;
    bool aggregate = false; // A-MSDU: subframes follow instead of LLC
};
/// `control` and `flags`: the two bytes of the frame control field, which CAPWAP may carry swapped.
[[nodiscard]] WirelessHeader wirelessHeader(Bytes frame, std::uint8_t control, std::uint8_t flags, bool padded);
[[nodiscard]] WirelessHeader wirelessHeader(Bytes frame, bool padded);
/// What follows an 802.11 header.
[[nodiscard]] Network findBehindWireless(Bytes frame, WirelessHeader header);

/// What a radiotap header says; length 0: damaged.
struct RadiotapHeader {
    std::size_t length = 0;
    bool padded = false; // padding between the 802.11 header and the data
};
[[nodiscard]] RadiotapHeader radiotapHeader(Bytes frame);
/// Length of a Prism or AVS header; 0: damaged.
[[nodiscard]] std::size_t prismHeaderLength(Bytes frame);

/// The protocol field of PPP with what may stand before it.
struct PppHeader {
    std::size_t length = 0; // 0: damaged
    std::uint16_t protocol = 0;
};
[[nodiscard]] PppHeader pppHeader(Bytes bytes);
inline constexpr std::uint16_t kPppIpv4 = 0x0021;
inline constexpr std::uint16_t kPppIpv6 = 0x0057;
inline constexpr std::uint16_t kPppMpls = 0x0281;
inline constexpr std::uint16_t kPppMplsMulticast = 0x0283;

/// Cisco HDLC shares link types with PPP: its address byte is 0x0f or 0x8f.
[[nodiscard]] bool isCiscoHdlc(Bytes frame);
/// The packet inside a netfilter log record; empty when there is none.
[[nodiscard]] Bytes nflogPayload(Bytes frame);
/// Address family of null/loop headers: BSDs, macOS and Linux number IPv6 differently. 0: not IP.
[[nodiscard]] std::uint16_t etherTypeOfFamily(std::uint32_t family);

[[nodiscard]] constexpr bool isVlanTag(std::uint16_t etherType)
{
    return etherType == 0x8100 || etherType == 0x88a8 || etherType == 0x9100;
}

} // namespace timbre::decode
