#include "engine/decode/link_layer_private.h"
#include "engine/decode/protocol_numbers_private.h"

namespace timbre::decode {

namespace {

constexpr std::size_t kPppoeHeader = 6;
constexpr std::size_t kCookedHeader = 16;
constexpr std::size_t kCooked2Header = 20;
constexpr std::size_t kMaxNflogFields = 64;
constexpr std::uint16_t kNflogPayloadField = 9; // NFULA_PAYLOAD

Network ipAt(std::uint16_t etherType, Bytes bytes, Network sofar)
{
    sofar.bytes = bytes;
    sofar.etherType = etherType;
    return sofar;
}

/// `bytes` begin at the PPPoE header. The length field is not looked at, the IP length is what counts.
Network findInPppoe(Bytes bytes, Network sofar)
{
    if (bytes.size() < kPppoeHeader || loadU8(bytes, 0) != 0x11 || loadU8(bytes, 1) != 0)
        return {};
    sofar.carrier = Tunnel::Pppoe;
    return findInPpp(bytes.subspan(kPppoeHeader), sofar);
}

/// Ethernet with a switch tag of `tagBytes` between the source address and the ethertype.
Network findBehindSwitchTag(Bytes frame, std::size_t tagBytes)
{
    if (frame.size() < kEthernetHeader + tagBytes)
        return {};
    return findByEtherType(loadBe16(frame, 12 + tagBytes), frame.subspan(kEthernetHeader + tagBytes));
}

/// A Marvell tag replaces an 802.1Q tag: where it stands for a tagged frame its low 12 bits are the VLAN id.
Network findBehindMarvellTag(Bytes frame, std::size_t tagBytes)
{
    Network network = findBehindSwitchTag(frame, tagBytes);
    const std::size_t tag = 12 + tagBytes - 4;
    if (network.found() && network.vlan == kNoVlan && (loadU8(frame, tag) & 0x20) != 0)
        network.vlan = loadBe16(frame, tag + 2) & 0x0fff;
    return network;
}

Network findInNull(Bytes frame)
{
    if (frame.size() < 4)
        return {};
    // The family is in the byte order of the capturing machine; both orders occur in both link types.
    for (const std::uint32_t family : {loadBe32(frame, 0), loadLe32(frame, 0)}) {
        if (const std::uint16_t etherType = etherTypeOfFamily(family); etherType != 0)
            return ipAt(etherType, frame.subspan(4), {});
    }
    // Captures rewritten from another link type leave its ethertype in the last two bytes.
    const std::uint16_t etherType = loadBe16(frame, 2);
    if (etherType == ethertype::kIpv4 || etherType == ethertype::kIpv6)
        return ipAt(etherType, frame.subspan(4), {});
    return {};
}

Network findInCiscoHdlc(Bytes frame)
{
    if (frame.size() < 4)
        return {};
    return findByEtherType(loadBe16(frame, 2), frame.subspan(4));
}

Network findInCooked(Bytes frame, std::size_t protocolAt, std::size_t header)
{
    constexpr std::uint16_t kLlc = 0x0004; // "802.2 frames", the way Linux numbers them
    if (frame.size() < header)
        return {};
    const std::uint16_t protocol = loadBe16(frame, protocolAt);
    if (protocol == kLlc)
        return findInLlc(frame.subspan(header));
    return findByEtherType(protocol, frame.subspan(header));
}

Network findInNflog(Bytes frame)
{
    const Bytes payload = nflogPayload(frame);
    if (payload.empty())
        return {};
    const std::uint16_t etherType = etherTypeOfFamily(loadU8(frame, 0));
    return etherType == 0 ? findRawIp(payload) : ipAt(etherType, payload, {});
}

Network findInIpnet(Bytes frame)
{
    constexpr std::size_t kHeader = 24;
    constexpr std::uint8_t kSolarisInet6 = 26;
    if (frame.size() < kHeader)
        return {};
    const std::uint8_t family = loadU8(frame, 1);
    if (family != 2 && family != kSolarisInet6)
        return {};
    return ipAt(family == 2 ? ethertype::kIpv4 : ethertype::kIpv6, frame.subspan(kHeader), {});
}

Network findInArcnet(Bytes frame)
{
    constexpr std::size_t kHeader = 8; // source, destination, offset, protocol, split flag, sequence
    constexpr std::uint8_t kIpv4 = 212;
    constexpr std::uint8_t kIpv6 = 196;
    if (frame.size() < kHeader)
        return {};
    const std::uint8_t protocol = loadU8(frame, 4);
    if (protocol != kIpv4 && protocol != kIpv6)
        return {};
    return ipAt(protocol == kIpv4 ? ethertype::kIpv4 : ethertype::kIpv6, frame.subspan(kHeader), {});
}

Network findInIpoib(Bytes frame)
{
    constexpr std::size_t kGlobalRoutingHeader = 40;
    if (frame.size() < kGlobalRoutingHeader + 4)
        return {};
    return findByEtherType(loadBe16(frame, kGlobalRoutingHeader), frame.subspan(kGlobalRoutingHeader + 4));
}

Network unknownLink()
{
    Network network;
    network.unknownLinkType = true;
    return network;
}

/// Link types whose header names another link type: PPI and Apple's packet tap. Not followed into each other.
Network findInWrapper(std::size_t header, std::uint32_t innerLinkType, Bytes frame)
{
    if (header > frame.size() || innerLinkType == linktype::kPpi || innerLinkType == linktype::kPktap ||
        innerLinkType > 0xffff)
        return {};
    return findNetwork(static_cast<std::uint16_t>(innerLinkType), frame.subspan(header));
}

Network findInPpi(Bytes frame)
{
    if (frame.size() < 8)
        return {};
    return findInWrapper(loadLe16(frame, 2), loadLe32(frame, 4), frame);
}

Network findInPktap(Bytes frame)
{
    if (frame.size() < 12)
        return {};
    return findInWrapper(loadLe32(frame, 0), loadLe32(frame, 8), frame);
}

Network findInPppOfPppd(Bytes frame)
{
    // pppd writes the direction over the HDLC address byte.
    if (frame.size() >= 2 && loadU8(frame, 0) <= 1 && loadU8(frame, 1) == 0x03)
        return findInPpp(frame.subspan(2));
    return findInPpp(frame);
}

Network findInVersion(std::uint8_t version, Bytes frame)
{
    const Network network = findRawIp(frame);
    return network.found() && loadU8(frame, 0) >> 4 == version ? network : Network{};
}

} // namespace

std::uint16_t etherTypeOfFamily(std::uint32_t family)
{
    switch (family) {
    case 2:
        return ethertype::kIpv4;
    case 10: // Linux
    case 24: // NetBSD, OpenBSD
    case 28: // FreeBSD
    case 30: // macOS
        return ethertype::kIpv6;
    default:
        return 0;
    }
}

bool isCiscoHdlc(Bytes frame)
{
    return !frame.empty() && (loadU8(frame, 0) & 0x7f) == 0x0f;
}

Bytes nflogPayload(Bytes frame)
{
    std::size_t at = 4; // family, version, resource id
    for (std::size_t field = 0; field < kMaxNflogFields && at + 4 <= frame.size(); ++field) {
        const std::size_t length = loadLe16(frame, at);
        if (length < 4 || length > frame.size() - at) {
            // The packet is the last field: a capture that was cut ends inside it.
            return loadLe16(frame, at + 2) == kNflogPayloadField && length >= 4 ? frame.subspan(at + 4) : Bytes{};
        }
        if (loadLe16(frame, at + 2) == kNflogPayloadField)
            return frame.subspan(at + 4, length - 4);
        at += (length + 3) & ~std::size_t{3};
    }
    return {};
}

PppHeader pppHeader(Bytes bytes)
{
    std::size_t at = 0;
    if (bytes.size() >= 2 && loadU8(bytes, 0) == 0xff && loadU8(bytes, 1) == 0x03)
        at = 2;
    if (bytes.size() < at + 1)
        return {};
    // Protocols end in an odd byte: an odd first byte is a field compressed to that one byte.
    if ((loadU8(bytes, at) & 1) != 0)
        return {at + 1, loadU8(bytes, at)};
    if (bytes.size() < at + 2)
        return {};
    return {at + 2, loadBe16(bytes, at)};
}

Network findInPpp(Bytes bytes, Network sofar)
{
    const PppHeader header = pppHeader(bytes);
    if (header.length == 0)
        return {};
    const Bytes rest = bytes.subspan(header.length);
    switch (header.protocol) {
    case kPppIpv4:
        return ipAt(ethertype::kIpv4, rest, sofar);
    case kPppIpv6:
        return ipAt(ethertype::kIpv6, rest, sofar);
    case kPppMpls:
    case kPppMplsMulticast:
        return findInMpls(rest, sofar);
    default:
        return {};
    }
}

Network findRawIp(Bytes bytes, Network sofar)
{
    if (bytes.empty())
        return {};
    const int version = loadU8(bytes, 0) >> 4;
    if (version != 4 && version != 6)
        return {};
    return ipAt(version == 4 ? ethertype::kIpv4 : ethertype::kIpv6, bytes, sofar);
}

Network findInLlc(Bytes bytes, Network sofar)
{
    constexpr std::size_t kSnapHeader = 8;
    if (bytes.size() >= kSnapHeader && loadBe16(bytes, 0) == 0xaaaa && loadU8(bytes, 2) == 0x03) {
        const std::uint32_t organization = loadBe32(bytes, 2) & 0x00ffffff;
        constexpr std::uint32_t kBridgeTunnel = 0x0000f8; // 802.1H
        if (organization != 0 && organization != kBridgeTunnel)
            return {};
        const std::uint16_t type = loadBe16(bytes, 6);
        return type < ethertype::kSmallest ? Network{} : findByEtherType(type, bytes.subspan(kSnapHeader), sofar);
    }
    constexpr std::uint16_t kIpServiceAccessPoint = 0x0606;
    if (bytes.size() >= 3 && loadBe16(bytes, 0) == kIpServiceAccessPoint && loadU8(bytes, 2) == 0x03)
        return ipAt(ethertype::kIpv4, bytes.subspan(3), sofar);
    return {};
}

Network findInMpls(Bytes stack, Network sofar)
{
    std::size_t at = 0;
    for (std::size_t label = 0;; ++label) {
        if (label == kMaxMplsLabels || stack.size() < at + 4)
            return {};
        const bool bottom = (loadU8(stack, at + 2) & 1) != 0;
        at += 4;
        if (bottom)
            break;
    }
    const Bytes rest = stack.subspan(at);
    if (rest.empty())
        return {};
    sofar.carrier = Tunnel::Mpls;
    // Nothing in MPLS names what follows; RFC 4928 makes the first nibble tell IP from a pseudowire's control word.
    if (loadU8(rest, 0) >> 4 == 0 && rest.size() >= 4 + kEthernetHeader)
        return findInEthernet(rest.subspan(4), sofar);
    return findRawIp(rest, sofar);
}

// The flow page ends at "any other ethertype: no match". The list of what is decoded is wider and wins: PPPoE
// session and MPLS frames are followed, and so is IP behind an LLC header; the IP packet in them is the frame's outer
// one.
Network findByEtherType(std::uint16_t etherType, Bytes rest, Network sofar)
{
    while (isVlanTag(etherType)) {
        if (sofar.vlanTags == kMaxVlanTags || rest.size() < 4)
            return {};
        if (sofar.vlan == kNoVlan)
            sofar.vlan = loadBe16(rest, 0) & 0x0fff;
        ++sofar.vlanTags;
        etherType = loadBe16(rest, 2);
        rest = rest.subspan(4);
    }
    if (etherType < ethertype::kSmallest)
        return findInLlc(rest, sofar);
    switch (etherType) {
    case ethertype::kIpv4:
    case ethertype::kIpv6:
        return ipAt(etherType, rest, sofar);
    case ethertype::kMpls:
    case ethertype::kMplsMulticast:
        return findInMpls(rest, sofar);
    case ethertype::kPppoeSession:
        return findInPppoe(rest, sofar);
    case ethertype::kPpp:
        return findInPpp(rest, sofar);
    default:
        return {};
    }
}

Network findInEthernet(Bytes frame, Network sofar)
{
    if (frame.size() < kEthernetHeader)
        return {};
    return findByEtherType(loadBe16(frame, 12), frame.subspan(kEthernetHeader), sofar);
}

Network findNetwork(std::uint16_t linkType, Bytes frame)
{
    switch (linkType) {
    case linktype::kEthernet:
        return findInEthernet(frame);
    case linktype::kNull:
    case linktype::kLoop:
        return findInNull(frame);
    case linktype::kRaw:
    case linktype::kRawOld:
    case linktype::kRawOpenBsd:
        return findRawIp(frame);
    case linktype::kIpv4:
        return findInVersion(4, frame);
    case linktype::kIpv6:
        return findInVersion(6, frame);
    case linktype::kPpp:
    case linktype::kPppHdlc:
        return isCiscoHdlc(frame) ? findInCiscoHdlc(frame) : findInPpp(frame);
    case linktype::kPppPppd:
        return findInPppOfPppd(frame);
    case linktype::kPppWithDirection:
        return frame.empty() ? Network{} : findInPpp(frame.subspan(1));
    case linktype::kPppoe:
        return findInPppoe(frame, {});
    case linktype::kCiscoHdlc:
        return findInCiscoHdlc(frame);
    case linktype::kLinuxCooked:
        return findInCooked(frame, 14, kCookedHeader);
    case linktype::kLinuxCooked2:
        return findInCooked(frame, 0, kCooked2Header);
    case linktype::kAtmRfc1483:
        return findInLlc(frame);
    case linktype::kWireless:
        return findInWireless(frame, false);
    case linktype::kRadiotap:
        return findInRadiotap(frame);
    case linktype::kPrism:
    case linktype::kAvs:
        return findInPrism(frame);
    case linktype::kPpi:
        return findInPpi(frame);
    case linktype::kPktap:
        return findInPktap(frame);
    case linktype::kNflog:
        return findInNflog(frame);
    case linktype::kIpnet:
        return findInIpnet(frame);
    case linktype::kIpoib:
        return findInIpoib(frame);
    case linktype::kArcnetLinux:
        return findInArcnet(frame);
    case linktype::kDsaBroadcom:
        return findBehindSwitchTag(frame, 4);
    case linktype::kDsaBroadcomPrepended:
        return frame.size() < 4 ? Network{} : findInEthernet(frame.subspan(4));
    case linktype::kDsaMarvell:
        return findBehindMarvellTag(frame, 4);
    case linktype::kDsaMarvellEthertype:
        return findBehindMarvellTag(frame, 8);
    case linktype::kNetlink: // known, and never IP
    case linktype::kVsock:
        return {};
    default:
        return unknownLink();
    }
}

} // namespace timbre::decode
