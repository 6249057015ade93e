#include "engine/decode/tunnel_private.h"

namespace timbre::decode {

namespace {

constexpr std::size_t kMaxGreRoutes = 16;
constexpr std::size_t kMaxGtpExtensions = 16;
constexpr TunnelHeader kDamaged{};

/// Source routes of old GRE (RFC 1701): entries until one of length 0.
std::size_t skipGreRoutes(Bytes bytes, std::size_t at)
{
    for (std::size_t i = 0; i < kMaxGreRoutes && at + 4 <= bytes.size(); ++i) {
        const std::size_t length = loadU8(bytes, at + 3);
        at += 4 + length;
        if (length == 0)
            return at;
    }
    return 0;
}

Network insideErspan(Bytes rest, std::uint16_t protocol, std::uint16_t flags)
{
    const TunnelHeader header = erspanHeader(rest, protocol, flags);
    return header.readable && header.length <= rest.size() ? findInEthernet(rest.subspan(header.length)) : Network{};
}

Network insideWccp(Bytes rest)
{
    // Version 2 puts a redirect header of four bytes first; version 1 has the IP packet at once.
    if (rest.size() < 4)
        return {};
    return findRawIp(loadU8(rest, 0) >> 4 == 4 ? rest : rest.subspan(4));
}

TunnelContent insideGre(Bytes bytes)
{
    const TunnelHeader header = greHeader(bytes);
    if (!header.readable)
        return {{}, true};
    if (!header.data)
        return {};
    const Bytes rest = bytes.subspan(header.length);
    switch (header.protocol) {
    case ethertype::kErspan2:
    case ethertype::kErspan3:
        return {insideErspan(rest, header.protocol, loadBe16(bytes, 0)), false};
    case ethertype::kTransparentBridging:
        return {findInEthernet(rest), false};
    case kWccp:
        return {insideWccp(rest), false};
    default:
        return {header.protocol < ethertype::kSmallest ? Network{} : findByEtherType(header.protocol, rest), false};
    }
}

TunnelContent insideCapwap(Bytes bytes)
{
    const TunnelHeader header = capwapHeader(bytes);
    if (!header.readable)
        return {{}, true};
    if (!header.data)
        return {};
    const Bytes rest = bytes.subspan(header.length);
    const bool wireless = (loadU8(bytes, 2) & 1) != 0;
    if (!wireless)
        return {findInEthernet(rest), false};
    if (rest.size() < 2)
        return {};
    // Cisco's access points send the frame control field with its bytes swapped.
    const Network plain = findInWireless(rest, false);
    return {plain.found() ? plain
                          : findBehindWireless(rest, wirelessHeader(rest, loadU8(rest, 1), loadU8(rest, 0), false)),
            false};
}

/// A header that names what follows by ethertype.
TunnelContent behind(const TunnelHeader& header, Bytes bytes)
{
    if (!header.readable)
        return {{}, true};
    if (!header.data)
        return {};
    const Bytes rest = bytes.subspan(header.length);
    if (header.protocol == 0)
        return {findRawIp(rest), false};
    if (header.protocol == ethertype::kTransparentBridging)
        return {findInEthernet(rest), false};
    return {findByEtherType(header.protocol, rest), false};
}

Network ipInside(const Packet& packet)
{
    Network network;
    network.bytes = packet.payload;
    network.etherType = packet.key.protocol == ipproto::kIpv4 ? ethertype::kIpv4 : ethertype::kIpv6;
    return network;
}

} // namespace

TunnelHeader greHeader(Bytes bytes)
{
    constexpr std::uint16_t kChecksum = 0x8000;
    constexpr std::uint16_t kRouting = 0x4000;
    constexpr std::uint16_t kKey = 0x2000;
    constexpr std::uint16_t kAcknowledgement = 0x0080; // version 1 only
    if (bytes.size() < 4)
        return kDamaged;
    const std::uint16_t flags = loadBe16(bytes, 0);
    const int version = flags & 7;
    if (version > 1)
        return kDamaged;
    std::size_t length = 4;
    if (version == 0 && (flags & (kChecksum | kRouting)) != 0)
        length += 4;
    length += (flags & kKey) != 0 ? 4 : 0;
    length += (flags & kGreSequencePresent) != 0 ? 4 : 0;
    if (version == 1 && (flags & kAcknowledgement) != 0)
        length += 4;
    if (version == 0 && (flags & kRouting) != 0)
        length = skipGreRoutes(bytes, length);
    if (length == 0 || length > bytes.size())
        return kDamaged;
    // In version 1 (PPTP) a header without sequence number only acknowledges.
    return {length, loadBe16(bytes, 2), true, version == 0 || (flags & kGreSequencePresent) != 0};
}

TunnelHeader erspanHeader(Bytes bytes, std::uint16_t greProtocol, std::uint16_t greFlags)
{
    if (greProtocol == ethertype::kErspan2 && (greFlags & kGreSequencePresent) == 0)
        return {0, ethertype::kTransparentBridging, true, true}; // type I: the frame follows GRE at once
    constexpr std::size_t kType2 = 8;
    constexpr std::size_t kType3 = 12;
    if (bytes.size() < kType2)
        return kDamaged;
    const int version = loadU8(bytes, 0) >> 4;
    if (version == 1)
        return {kType2, ethertype::kTransparentBridging, true, true};
    if (version != 2 || bytes.size() < kType3)
        return kDamaged;
    const bool subheader = (loadU8(bytes, 11) & 1) != 0;
    return {kType3 + (subheader ? 8U : 0U), ethertype::kTransparentBridging, true, true};
}

TunnelHeader vxlanHeader(Bytes bytes)
{
    constexpr std::size_t kHeader = 8;
    constexpr std::uint8_t kNetworkIdPresent = 0x08;
    if (bytes.size() < kHeader || (loadU8(bytes, 0) & kNetworkIdPresent) == 0)
        return kDamaged;
    return {kHeader, ethertype::kTransparentBridging, true, true};
}

TunnelHeader geneveHeader(Bytes bytes)
{
    if (bytes.size() < 8 || loadU8(bytes, 0) >> 6 != 0)
        return kDamaged;
    const std::size_t length = 8 + (loadU8(bytes, 0) & 0x3f) * std::size_t{4};
    const std::uint16_t protocol = loadBe16(bytes, 2);
    return length > bytes.size() ? kDamaged : TunnelHeader{length, protocol, true, protocol >= ethertype::kSmallest};
}

TunnelHeader gtpUHeader(Bytes bytes)
{
    constexpr std::uint8_t kUserData = 0xff;
    constexpr std::uint8_t kOptionalFields = 0x07; // any of them brings all three
    constexpr std::uint8_t kExtension = 0x04;
    if (bytes.size() < 8 || loadU8(bytes, 0) >> 4 != 3) // version 1, not GTP'
        return kDamaged;
    const std::uint8_t flags = loadU8(bytes, 0);
    std::size_t length = 8;
    if ((flags & kOptionalFields) != 0) {
        length += 4;
        if (length > bytes.size())
            return kDamaged;
        std::uint8_t next = (flags & kExtension) != 0 ? loadU8(bytes, length - 1) : std::uint8_t{0};
        for (std::size_t i = 0; next != 0; ++i) {
            if (i == kMaxGtpExtensions || length >= bytes.size())
                return kDamaged;
            const std::size_t extension = loadU8(bytes, length) * std::size_t{4};
            if (extension == 0 || extension > bytes.size() - length)
                return kDamaged;
            length += extension;
            next = loadU8(bytes, length - 1);
        }
    }
    return {length, 0, true, loadU8(bytes, 1) == kUserData};
}

TunnelHeader teredoHeader(Bytes bytes)
{
    constexpr std::uint16_t kAuthentication = 0x0001;
    constexpr std::uint16_t kOrigin = 0x0000;
    std::size_t at = 0;
    if (bytes.size() >= 4 && loadBe16(bytes, 0) == kAuthentication)
        at = 4 + std::size_t{loadU8(bytes, 2)} + loadU8(bytes, 3) + 9; // client id, value, nonce, confirmation
    if (at + 8 <= bytes.size() && loadBe16(bytes, at) == kOrigin)
        at += 8;
    if (at >= bytes.size() || loadU8(bytes, at) >> 4 != 6)
        return kDamaged;
    return {at, ethertype::kIpv6, true, true};
}

TunnelHeader capwapHeader(Bytes bytes)
{
    if (bytes.size() < 8 || loadU8(bytes, 0) >> 4 != 0)
        return kDamaged;
    constexpr std::uint8_t kDtls = 1;
    if ((loadU8(bytes, 0) & 0x0f) == kDtls)
        return {4, 0, true, false};
    const std::size_t length = (loadU8(bytes, 1) >> 3) * std::size_t{4};
    if (length < 8 || length > bytes.size())
        return kDamaged;
    const std::uint8_t flags = loadU8(bytes, 3);
    const bool laterFragment = (flags & 0x80) != 0 && (loadBe16(bytes, 6) & 0xfff8) != 0;
    const bool keepAlive = (flags & 0x08) != 0;
    return {length, 0, true, !laterFragment && !keepAlive};
}

TunnelContent enterTunnel(Tunnel tunnel, const Packet& packet)
{
    const Bytes bytes = packet.payload;
    switch (tunnel) {
    case Tunnel::Gre:
        return insideGre(bytes);
    case Tunnel::Vxlan:
        return behind(vxlanHeader(bytes), bytes);
    case Tunnel::Geneve:
        return behind(geneveHeader(bytes), bytes);
    case Tunnel::GtpU:
        return behind(gtpUHeader(bytes), bytes);
    case Tunnel::Teredo:
        return behind(teredoHeader(bytes), bytes);
    case Tunnel::Capwap:
        return insideCapwap(bytes);
    case Tunnel::IpInIp:
        return {ipInside(packet), false};
    case Tunnel::Mpls:
        return {findInMpls(bytes), false};
    case Tunnel::Pppoe: // never a candidate: PPPoE is a link layer of its own
    case Tunnel::None:
        break;
    }
    return {};
}

} // namespace timbre::decode
