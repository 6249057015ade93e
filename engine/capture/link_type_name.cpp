#include "engine/capture/capture_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::capture {

namespace {

struct Name {
    LinkType type;
    const char* name;
};

// Numbers of tcpdump.org/linktypes.html, ascending. 12 and 14 are what some systems wrote for raw IP.
constexpr std::array kNames = {
    Name{0, "BSD loopback"},
    Name{1, "Ethernet"},
    Name{6, "Token Ring"},
    Name{7, "ARCNET"},
    Name{8, "SLIP"},
    Name{9, "PPP"},
    Name{10, "FDDI"},
    Name{12, "Raw IP"},
    Name{14, "Raw IP"},
    Name{50, "PPP in HDLC-like framing"},
    Name{51, "PPPoE"},
    Name{100, "ATM (RFC 1483)"},
    Name{101, "Raw IP"},
    Name{104, "Cisco HDLC"},
    Name{105, "802.11"},
    Name{107, "Frame Relay"},
    Name{108, "OpenBSD loopback"},
    Name{113, "Linux cooked v1"},
    Name{114, "LocalTalk"},
    Name{117, "OpenBSD pflog"},
    Name{119, "802.11 with Prism header"},
    Name{122, "IP over Fibre Channel"},
    Name{123, "SunATM"},
    Name{127, "802.11 with radiotap header"},
    Name{129, "ARCNET (Linux)"},
    Name{138, "IP over FireWire"},
    Name{139, "MTP2 with pseudo-header"},
    Name{140, "MTP2"},
    Name{141, "MTP3"},
    Name{142, "SCCP"},
    Name{143, "DOCSIS"},
    Name{163, "802.11 with AVS header"},
    Name{166, "PPP with direction (pppd)"},
    Name{187, "Bluetooth HCI (H4)"},
    Name{189, "USB (Linux)"},
    Name{192, "PPI"},
    Name{195, "802.15.4"},
    Name{197, "ERF"},
    Name{201, "Bluetooth HCI (H4) with direction"},
    Name{203, "LAPD"},
    Name{204, "PPP with direction"},
    Name{209, "IPMB (Linux)"},
    Name{215, "802.15.4 without PHY"},
    Name{220, "USB (Linux) with padding"},
    Name{224, "Fibre Channel FC-2"},
    Name{226, "Solaris IPNET"},
    Name{227, "CAN (SocketCAN)"},
    Name{228, "Raw IPv4"},
    Name{229, "Raw IPv6"},
    Name{230, "802.15.4 without FCS"},
    Name{231, "D-Bus"},
    Name{239, "Linux NFLOG"},
    Name{240, "Ethernet with netANALYZER header"},
    Name{247, "IP over InfiniBand"},
    Name{248, "SCTP"},
    Name{249, "USB (Windows)"},
    Name{251, "Bluetooth Low Energy"},
    Name{252, "Wireshark upper PDU"},
    Name{253, "Linux netlink"},
    Name{256, "Bluetooth Low Energy with radio data"},
    Name{258, "Apple PKTAP"},
    Name{264, "ISO 14443"},
    Name{271, "VSOCK"},
    Name{272, "Nordic BLE sniffer"},
    Name{276, "Linux cooked v2"},
    Name{283, "802.15.4 with TAP header"},
};
static_assert(std::ranges::is_sorted(kNames, {}, &Name::type));

} // namespace

std::string linkTypeName(LinkType type)
{
    const auto found = std::ranges::lower_bound(kNames, type, {}, &Name::type);
    if (found != kNames.end() && found->type == type)
        return found->name;
    return fmt::format("link type {}", type);
}

} // namespace timbre::capture
