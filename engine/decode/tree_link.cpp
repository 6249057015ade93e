// The layers below IP as tree nodes: link types, VLAN tags, LLC, PPP and MPLS.

#include "engine/decode/link_layer_private.h"
#include "engine/decode/names_private.h"
#include "engine/decode/protocol_numbers_private.h"
#include "engine/decode/tree_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

std::string hex16(std::uint16_t value)
{
    return fmt::format("0x{:04x}", value);
}

NextLayer vlanLayer(TreeContext& context, std::uint16_t etherType, std::size_t at)
{
    Layer layer(context, etherType == ethertype::kServiceVlan ? "802.1ad service VLAN" : "802.1Q VLAN", at, 4, "VLAN");
    const unsigned id = layer.be16(0) & 0x0fffU;
    const std::string filter = fmt::format("vlan == {}", id);
    layer.setValue(fmt::format("{}", id));
    layer.field("Priority", 0, 1, fmt::format("{}", layer.u8(0) >> 5));
    layer.field("Drop eligible", 0, 1, (layer.u8(0) & 0x10) != 0 ? "yes" : "no");
    layer.field("VLAN id", 0, 2, fmt::format("{}", id), filter);
    layer.field("Type", 2, 2, etherTypeName(layer.be16(2)));
    layer.finish();
    return layer.complete() ? NextLayer{LayerKind::EtherType, layer.be16(2), at + 4} : NextLayer{};
}

NextLayer pppoeLayer(TreeContext& context, std::uint16_t etherType, std::size_t at)
{
    Layer layer(context, etherType == ethertype::kPppoeDiscovery ? "PPPoE discovery" : "PPPoE session", at, 6, "PPPoE");
    layer.setValue(fmt::format("session 0x{:04x}", layer.be16(2)));
    layer.field("Version, type", 0, 1, fmt::format("{}, {}", layer.u8(0) >> 4, layer.u8(0) & 0x0f));
    layer.field("Code", 1, 1, fmt::format("0x{:02x}", layer.u8(1)));
    layer.field("Session", 2, 2, hex16(layer.be16(2)));
    layer.field("Payload length", 4, 2, fmt::format("{}", layer.be16(4)));
    layer.finish();
    const bool data = layer.complete() && etherType == ethertype::kPppoeSession && layer.u8(1) == 0;
    return data ? NextLayer{LayerKind::Ppp, 0, at + 6} : NextLayer{};
}

NextLayer nullLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Loopback", at, 4, "Loopback");
    std::uint16_t etherType = etherTypeOfFamily(layer.be32(0));
    const std::uint32_t family = etherType != 0 ? layer.be32(0) : layer.le32(0);
    etherType = etherTypeOfFamily(family);
    if (const std::uint16_t tail = layer.be16(2); tail == ethertype::kIpv4 || tail == ethertype::kIpv6)
        etherType = tail;
    layer.field("Address family", 0, 4,
                fmt::format("{}{}", family, etherType == 0 ? "" : " (" + etherTypeName(etherType) + ")"));
    layer.finish();
    return etherType == 0 ? NextLayer{} : NextLayer{LayerKind::EtherType, etherType, at + 4};
}

NextLayer ciscoHdlcLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Cisco HDLC", at, 4, "HDLC");
    layer.field("Address", 0, 1, fmt::format("0x{:02x}", layer.u8(0)));
    layer.field("Control", 1, 1, fmt::format("0x{:02x}", layer.u8(1)));
    layer.field("Protocol", 2, 2, etherTypeName(layer.be16(2)));
    layer.finish();
    return layer.complete() ? NextLayer{LayerKind::EtherType, layer.be16(2), at + 4} : NextLayer{};
}

std::string cookedPacketType(unsigned type)
{
    switch (type) {
    case 0:
        return "to this host";
    case 1:
        return "broadcast";
    case 2:
        return "multicast";
    case 3:
        return "to another host";
    case 4:
        return "sent by this host";
    default:
        return fmt::format("{}", type);
    }
}

NextLayer behindCooked(const Layer& layer, std::uint16_t protocol, std::size_t at)
{
    if (!layer.complete())
        return {};
    constexpr std::uint16_t kLlc = 0x0004;
    return protocol == kLlc ? NextLayer{LayerKind::Llc, 0, at} : NextLayer{LayerKind::EtherType, protocol, at};
}

NextLayer cookedLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Linux cooked capture", at, 16, "SLL");
    layer.setValue(cookedPacketType(layer.be16(0)));
    layer.field("Packet type", 0, 2, cookedPacketType(layer.be16(0)));
    layer.field("Device type", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.field("Address length", 4, 2, fmt::format("{}", layer.be16(4)));
    layer.field("Source address", 6, 8, layer.be16(4) == 6 ? layer.mac(6) : layer.hex(6, 8));
    layer.field("Protocol", 14, 2, etherTypeName(layer.be16(14)));
    layer.finish();
    return behindCooked(layer, layer.be16(14), at + 16);
}

NextLayer cooked2Layer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Linux cooked capture v2", at, 20, "SLL");
    layer.setValue(cookedPacketType(layer.u8(10)));
    layer.field("Protocol", 0, 2, etherTypeName(layer.be16(0)));
    layer.field("Interface index", 4, 4, fmt::format("{}", layer.be32(4)));
    layer.field("Device type", 8, 2, fmt::format("{}", layer.be16(8)));
    layer.field("Packet type", 10, 1, cookedPacketType(layer.u8(10)));
    layer.field("Address length", 11, 1, fmt::format("{}", layer.u8(11)));
    layer.field("Source address", 12, 8, layer.u8(11) == 6 ? layer.mac(12) : layer.hex(12, 8));
    layer.finish();
    return behindCooked(layer, layer.be16(0), at + 20);
}

NextLayer ppiLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Per-packet information", at, 8, "PPI");
    layer.field("Length", 2, 2, fmt::format("{}", layer.le16(2)));
    layer.field("Link type", 4, 4, fmt::format("{}", layer.le32(4)));
    const std::size_t length = layer.le16(2);
    layer.setLength(std::max<std::size_t>(length, 8));
    layer.finish();
    const std::uint32_t inner = layer.le32(4);
    if (!layer.complete() || inner > 0xffff || inner == linktype::kPpi || inner == linktype::kPktap)
        return {};
    return {LayerKind::Link, inner, at + length};
}

NextLayer pktapLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Packet tap", at, 12, "PKTAP");
    layer.field("Length", 0, 4, fmt::format("{}", layer.le32(0)));
    layer.field("Record type", 4, 4, fmt::format("{}", layer.le32(4)));
    layer.field("Link type", 8, 4, fmt::format("{}", layer.le32(8)));
    const std::size_t length = layer.le32(0);
    layer.setLength(std::max<std::size_t>(length, 12));
    layer.finish();
    const std::uint32_t inner = layer.le32(8);
    if (!layer.complete() || inner > 0xffff || inner == linktype::kPpi || inner == linktype::kPktap)
        return {};
    return {LayerKind::Link, inner, at + length};
}

NextLayer nflogLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Netfilter log", at, 4, "NFLOG");
    layer.field("Address family", 0, 1, fmt::format("{}", layer.u8(0)));
    layer.field("Version", 1, 1, fmt::format("{}", layer.u8(1)));
    layer.field("Group", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.finish();
    const Bytes all = context.from(at);
    const Bytes payload = nflogPayload(all);
    if (payload.empty())
        return {};
    const auto offset = static_cast<std::size_t>(payload.data() - all.data());
    layer.setLength(offset);
    return {LayerKind::RawIp, 0, at + offset};
}

/// A header of fixed length whose fields nobody asks for.
NextLayer opaqueLayer(TreeContext& context, const char* name, std::size_t at, std::size_t length, NextLayer next)
{
    Layer layer(context, name, at, length);
    layer.finish();
    next.at = at + length;
    return layer.complete() ? next : NextLayer{};
}

/// Ethernet with a switch tag behind the addresses.
NextLayer switchTagLayer(TreeContext& context, const char* tagName, std::size_t at, std::size_t tagBytes)
{
    Layer layer(context, "Ethernet", at, kEthernetHeader + tagBytes, "Ethernet");
    layer.setValue(layer.mac(6) + " → " + layer.mac(0));
    layer.field("Destination", 0, 6, layer.mac(0));
    layer.field("Source", 6, 6, layer.mac(6));
    layer.field(tagName, 12, tagBytes, layer.hex(12, tagBytes));
    layer.field("Type", 12 + tagBytes, 2, etherTypeName(layer.be16(12 + tagBytes)));
    layer.finish();
    return layer.complete()
               ? NextLayer{LayerKind::EtherType, layer.be16(12 + tagBytes), at + kEthernetHeader + tagBytes}
               : NextLayer{};
}

NextLayer pppWithPrefix(TreeContext& context, std::uint16_t linkType, std::size_t at)
{
    const Bytes bytes = context.from(at);
    if ((linkType == linktype::kPpp || linkType == linktype::kPppHdlc) && isCiscoHdlc(bytes))
        return ciscoHdlcLayer(context, at);
    if (linkType == linktype::kPppWithDirection)
        return opaqueLayer(context, "Direction", at, 1, {LayerKind::Ppp, 0, 0});
    if (linkType == linktype::kPppPppd && bytes.size() >= 2 && loadU8(bytes, 0) <= 1 && loadU8(bytes, 1) == 0x03)
        return opaqueLayer(context, "Direction and control", at, 2, {LayerKind::Ppp, 0, 0});
    return pppLayer(context, at);
}

/// Link types that only few captures have.
NextLayer rareLinkLayer(TreeContext& context, std::uint16_t linkType, std::size_t at)
{
    const Bytes bytes = context.from(at);
    switch (linkType) {
    case linktype::kIpnet:
        return opaqueLayer(context, "Solaris IPNET", at, 24, {LayerKind::RawIp, 0, 0});
    case linktype::kArcnetLinux:
        return opaqueLayer(context, "ARCNET", at, 8, {LayerKind::RawIp, 0, 0});
    case linktype::kIpoib: {
        const auto type = bytes.size() >= 42 ? loadBe16(bytes, 40) : std::uint16_t{0};
        return opaqueLayer(context, "IP over InfiniBand", at, 44, {LayerKind::EtherType, type, 0});
    }
    case linktype::kDsaBroadcom:
        return switchTagLayer(context, "Broadcom tag", at, 4);
    case linktype::kDsaMarvell:
        return switchTagLayer(context, "Marvell tag", at, 4);
    case linktype::kDsaMarvellEthertype:
        return switchTagLayer(context, "Marvell tag", at, 8);
    case linktype::kDsaBroadcomPrepended:
        return opaqueLayer(context, "Broadcom tag", at, 4, {LayerKind::Ethernet, 0, 0});
    case linktype::kNetlink:
        return opaqueLayer(context, "Netlink", at, 16, {});
    case linktype::kVsock:
        return opaqueLayer(context, "vsock", at, 32, {});
    default:
        break;
    }
    Layer layer(context, fmt::format("Link type {}", linkType), at, 0);
    layer.setValue("not decoded");
    return {};
}

} // namespace

NextLayer linkLayer(TreeContext& context, std::uint16_t linkType, std::size_t at)
{
    switch (linkType) {
    case linktype::kEthernet:
        return ethernetLayer(context, at);
    case linktype::kNull:
    case linktype::kLoop:
        return nullLayer(context, at);
    case linktype::kRaw:
    case linktype::kRawOld:
    case linktype::kRawOpenBsd:
    case linktype::kIpv4:
    case linktype::kIpv6:
        return rawIpLayer(context, at);
    case linktype::kPpp:
    case linktype::kPppHdlc:
    case linktype::kPppPppd:
    case linktype::kPppWithDirection:
        return pppWithPrefix(context, linkType, at);
    case linktype::kPppoe:
        return pppoeLayer(context, ethertype::kPppoeSession, at);
    case linktype::kCiscoHdlc:
        return ciscoHdlcLayer(context, at);
    case linktype::kLinuxCooked:
        return cookedLayer(context, at);
    case linktype::kLinuxCooked2:
        return cooked2Layer(context, at);
    case linktype::kAtmRfc1483:
        return llcLayer(context, at);
    case linktype::kWireless:
        return wirelessLayer(context, at);
    case linktype::kRadiotap:
        return radiotapLayer(context, at);
    case linktype::kPrism:
    case linktype::kAvs:
        return opaqueLayer(context, linkType == linktype::kAvs ? "AVS" : "Prism", at,
                           std::max<std::size_t>(prismHeaderLength(context.from(at)), 8), {LayerKind::Wireless, 0, 0});
    case linktype::kPpi:
        return ppiLayer(context, at);
    case linktype::kPktap:
        return pktapLayer(context, at);
    case linktype::kNflog:
        return nflogLayer(context, at);
    default:
        return rareLinkLayer(context, linkType, at);
    }
}

NextLayer ethernetLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Ethernet", at, kEthernetHeader, "Ethernet");
    if (layer.has(0, 12))
        layer.setValue(layer.mac(6) + " → " + layer.mac(0));
    const std::uint16_t type = layer.be16(12);
    layer.field("Destination", 0, 6, layer.mac(0));
    layer.field("Source", 6, 6, layer.mac(6));
    if (type < ethertype::kSmallest)
        layer.field("Length", 12, 2, fmt::format("{}", type));
    else
        layer.field("Type", 12, 2, fmt::format("{} (0x{:04x})", etherTypeName(type), type));
    layer.finish();
    return layer.complete() ? NextLayer{LayerKind::EtherType, type, at + kEthernetHeader} : NextLayer{};
}

NextLayer etherTypeLayer(TreeContext& context, std::uint16_t etherType, std::size_t at)
{
    if (isVlanTag(etherType))
        return vlanLayer(context, etherType, at);
    if (etherType < ethertype::kSmallest)
        return llcLayer(context, at);
    switch (etherType) {
    case ethertype::kIpv4:
        return ipv4Layer(context, at);
    case ethertype::kIpv6:
        return ipv6Layer(context, at);
    case ethertype::kArp:
        return arpLayer(context, at);
    case ethertype::kMpls:
    case ethertype::kMplsMulticast:
        return mplsLayers(context, at);
    case ethertype::kPppoeDiscovery:
    case ethertype::kPppoeSession:
        return pppoeLayer(context, etherType, at);
    case ethertype::kPpp:
        return pppLayer(context, at);
    case ethertype::kTransparentBridging:
        return ethernetLayer(context, at);
    default:
        break;
    }
    const std::string name = etherTypeName(etherType);
    Layer layer(context, name, at, 0, name);
    layer.setValue(fmt::format("{} bytes", context.available(at)));
    return {};
}

NextLayer llcLayer(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    const bool snap = bytes.size() >= 2 && loadBe16(bytes, 0) == 0xaaaa;
    Layer layer(context, snap ? "LLC with SNAP" : "LLC", at, snap ? 8 : 3, "LLC");
    layer.field("Destination SAP", 0, 1, fmt::format("0x{:02x}", layer.u8(0)));
    layer.field("Source SAP", 1, 1, fmt::format("0x{:02x}", layer.u8(1)));
    layer.field("Control", 2, 1, fmt::format("0x{:02x}", layer.u8(2)));
    if (snap) {
        layer.field("Organization", 3, 3, layer.hex(3, 3));
        layer.field("Type", 6, 2, etherTypeName(layer.be16(6)));
    }
    layer.finish();
    if (!layer.complete())
        return {};
    const Network network = findInLlc(bytes);
    if (snap) {
        const std::uint32_t organization = layer.be32(2) & 0x00ffffff;
        const bool etherTyped = (organization == 0 || organization == 0xf8) && layer.be16(6) >= ethertype::kSmallest;
        return etherTyped ? NextLayer{LayerKind::EtherType, layer.be16(6), at + 8} : NextLayer{};
    }
    constexpr std::uint16_t kSpanningTree = 0x4242;
    if (layer.be16(0) == kSpanningTree) {
        Layer tree(context, "Spanning tree", at + 3, 0, "STP");
        tree.setValue(fmt::format("{} bytes", context.available(at + 3)));
        return {};
    }
    return network.found() ? NextLayer{LayerKind::EtherType, network.etherType, at + 3} : NextLayer{};
}

NextLayer pppLayer(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    const PppHeader header = pppHeader(bytes);
    Layer layer(context, "PPP", at, header.length == 0 ? 2 : header.length, "PPP");
    if (header.length == 0) {
        layer.finish();
        return {};
    }
    const std::size_t protocolBytes =
        header.protocol <= 0xff && (loadU8(bytes, header.length - 1) & 1) != 0 && (header.length % 2) == 1 ? 1 : 2;
    layer.setValue(pppProtocolName(header.protocol));
    if (header.length > protocolBytes)
        layer.field("Address and control", 0, 2, layer.hex(0, 2));
    layer.field("Protocol", header.length - protocolBytes, protocolBytes, pppProtocolName(header.protocol));
    switch (header.protocol) {
    case kPppIpv4:
        return {LayerKind::EtherType, ethertype::kIpv4, at + header.length};
    case kPppIpv6:
        return {LayerKind::EtherType, ethertype::kIpv6, at + header.length};
    case kPppMpls:
    case kPppMplsMulticast:
        return {LayerKind::Mpls, 0, at + header.length};
    default:
        return {};
    }
}

NextLayer mplsLayers(TreeContext& context, std::size_t at)
{
    for (std::size_t label = 0; label < kMaxMplsLabels; ++label) {
        Layer layer(context, "MPLS label", at, 4, "MPLS");
        const std::uint32_t entry = layer.be32(0);
        layer.setValue(fmt::format("{}", entry >> 12));
        layer.field("Label", 0, 3, fmt::format("{}", entry >> 12));
        layer.field("Traffic class", 2, 1, fmt::format("{}", entry >> 9 & 7));
        layer.field("Bottom of stack", 2, 1, (entry & 0x100) != 0 ? "yes" : "no");
        layer.field("Time to live", 3, 1, fmt::format("{}", entry & 0xff));
        layer.finish();
        if (!layer.complete())
            return {};
        at += 4;
        if ((entry & 0x100) == 0)
            continue;
        const Bytes rest = context.from(at);
        if (rest.size() >= 4 + kEthernetHeader && loadU8(rest, 0) >> 4 == 0) {
            Layer word(context, "Pseudowire control word", at, 4);
            return {LayerKind::Ethernet, 0, at + 4};
        }
        return findRawIp(rest).found() ? NextLayer{LayerKind::RawIp, 0, at} : NextLayer{};
    }
    return {};
}

NextLayer wirelessLayer(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    const WirelessHeader header = wirelessHeader(bytes, context.padded);
    Layer layer(context, "IEEE 802.11", at, header.length == 0 ? 24 : header.length, "802.11");
    const std::uint8_t control = layer.u8(0);
    const std::uint8_t flags = layer.u8(1);
    static constexpr const char* kTypes[] = {"management", "control", "data", "extension"};
    layer.setValue(fmt::format("{} frame{}", kTypes[control >> 2 & 3], (flags & 0x40) != 0 ? ", protected" : ""));
    layer.field("Type", 0, 1, fmt::format("{}, subtype {}", kTypes[control >> 2 & 3], control >> 4));
    layer.field("Flags", 1, 1, fmt::format("0x{:02x}", flags));
    layer.field("Duration", 2, 2, fmt::format("{} µs", layer.le16(2)));
    layer.field("Address 1", 4, 6, layer.mac(4));
    layer.field("Address 2", 10, 6, layer.mac(10));
    layer.field("Address 3", 16, 6, layer.mac(16));
    layer.field("Sequence", 22, 2, fmt::format("{}, fragment {}", layer.le16(22) >> 4, layer.le16(22) & 0x0f));
    if (header.length >= 30 && (flags & 3) == 3)
        layer.field("Address 4", 24, 6, layer.mac(24));
    layer.finish();
    if (header.length == 0)
        return {};
    if (!header.aggregate)
        return {LayerKind::Llc, 0, at + header.length};
    Layer subframe(context, "A-MSDU subframe", at + header.length, 14);
    subframe.setValue(subframe.mac(6) + " → " + subframe.mac(0));
    subframe.field("Destination", 0, 6, subframe.mac(0));
    subframe.field("Source", 6, 6, subframe.mac(6));
    subframe.field("Length", 12, 2, fmt::format("{}", subframe.be16(12)));
    subframe.finish();
    if (!subframe.complete())
        return {};
    context.limit(at + header.length + 14 + subframe.be16(12));
    return {LayerKind::Llc, 0, at + header.length + 14};
}

NextLayer radiotapLayer(TreeContext& context, std::size_t at)
{
    const RadiotapHeader header = radiotapHeader(context.from(at));
    Layer layer(context, "Radiotap", at, header.length == 0 ? 8 : header.length, "802.11");
    layer.field("Version", 0, 1, fmt::format("{}", layer.u8(0)));
    layer.field("Length", 2, 2, fmt::format("{}", layer.le16(2)));
    layer.field("Present", 4, 4, fmt::format("0x{:08x}", layer.le32(4)));
    layer.finish();
    context.padded = header.padded;
    return header.length == 0 ? NextLayer{} : NextLayer{LayerKind::Wireless, 0, at + header.length};
}

} // namespace timbre::decode
