// IPv4 with options, IPv6 with extension headers, and ARP as tree nodes.

#include "engine/decode/ip_packet_private.h"
#include "engine/decode/names_private.h"
#include "engine/decode/protocol_numbers_private.h"
#include "engine/decode/tree_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

std::string ends(const Layer& layer, std::size_t source, std::size_t destination, std::size_t length)
{
    if (!layer.has(destination, length))
        return {};
    return toString(layer.address(source, length)) + " → " + toString(layer.address(destination, length));
}

/// As the filter language writes protocols.
std::string protocolFilter(std::uint8_t protocol)
{
    switch (protocol) {
    case ipproto::kTcp:
        return "proto == tcp";
    case ipproto::kUdp:
        return "proto == udp";
    case ipproto::kIcmp:
        return "proto == icmp";
    case ipproto::kIcmp6:
        return "proto == icmp6";
    case ipproto::kSctp:
        return "proto == sctp";
    default:
        return fmt::format("proto == other:{}", protocol);
    }
}

std::string ipv4OptionName(std::uint8_t type)
{
    switch (type) {
    case 0:
        return "End of options";
    case 1:
        return "No operation";
    case 7:
        return "Record route";
    case 68:
        return "Timestamp";
    case 130:
        return "Security";
    case 131:
        return "Loose source route";
    case 137:
        return "Strict source route";
    case 148:
        return "Router alert";
    default:
        return fmt::format("Option {}", type);
    }
}

void ipv4Options(Layer& layer, std::size_t header)
{
    std::size_t at = kIpv4Header;
    while (at < header && layer.has(at, 1)) { // at most 40 bytes
        const std::uint8_t type = layer.u8(at);
        const bool single = type <= 1;
        const std::size_t length = single ? 1 : layer.u8(at + 1);
        if (!single && (length < 2 || length > header - at)) {
            layer.field("Option", at, 1, "damaged length");
            return;
        }
        layer.field(ipv4OptionName(type), at, length, length > 2 ? layer.hex(at + 2, length - 2) : "");
        if (type == 0)
            return;
        at += length;
    }
}

void ipv4Fields(Layer& layer)
{
    const std::uint8_t protocol = layer.u8(9);
    const std::uint16_t fragment = layer.be16(6);
    layer.field("Version", 0, 1, fmt::format("{}", layer.u8(0) >> 4));
    layer.field("Header length", 0, 1, fmt::format("{} bytes", (layer.u8(0) & 0x0f) * 4));
    layer.field("Differentiated services", 1, 1, fmt::format("DSCP {}, ECN {}", layer.u8(1) >> 2, layer.u8(1) & 3));
    layer.field("Total length", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.field("Identification", 4, 2, fmt::format("0x{:04x}", layer.be16(4)));
    LayerNode* flags = layer.field("Flags", 6, 1, fmt::format("0x{:x}", fragment >> 13));
    layer.child(flags, "Reserved", 6, 1, (fragment & 0x8000) != 0 ? "set" : "not set");
    layer.child(flags, "Don't fragment", 6, 1, (fragment & 0x4000) != 0 ? "set" : "not set");
    layer.child(flags, "More fragments", 6, 1, (fragment & 0x2000) != 0 ? "set" : "not set");
    layer.field("Fragment offset", 6, 2, fmt::format("{} bytes", (fragment & 0x1fff) * 8));
    layer.field("Time to live", 8, 1, fmt::format("{}", layer.u8(8)), fmt::format("ttl == {}", layer.u8(8)));
    layer.field("Protocol", 9, 1, fmt::format("{} ({})", ipProtocolName(protocol), protocol), protocolFilter(protocol));
    layer.field("Header checksum", 10, 2, fmt::format("0x{:04x}", layer.be16(10)));
    layer.addressField("Source", 12, 4);
    layer.addressField("Destination", 16, 4);
}

/// An IP header begins a packet of its own: what was known of a transport around it no longer holds.
void beginIp(TreeContext& context, bool ipv6)
{
    context.ipv6 = ipv6;
    context.tree.payloadOffset = 0;
    context.tree.payloadLength = 0;
    context.tree.tcp = false;
    context.tree.udp = false;
    context.tree.sourcePort = 0;
    context.tree.destinationPort = 0;
}

NextLayer fragmentHeaderLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "IPv6 fragment header", at, 8);
    const std::uint16_t field = layer.be16(2);
    layer.setValue(fmt::format("offset {}{}", field & 0xfff8, (field & 1) != 0 ? ", more follow" : ""));
    layer.field("Next header", 0, 1, fmt::format("{} ({})", ipProtocolName(layer.u8(0)), layer.u8(0)));
    layer.field("Offset", 2, 2, fmt::format("{} bytes", field & 0xfff8));
    layer.field("More fragments", 3, 1, (field & 1) != 0 ? "yes" : "no");
    layer.field("Identification", 4, 4, fmt::format("0x{:08x}", layer.be32(4)));
    layer.finish();
    if (!layer.complete() || (field & 0xfff8) != 0)
        return {};
    return {LayerKind::IpProtocol, layer.u8(0), at + 8};
}

NextLayer extensionLayer(TreeContext& context, std::uint8_t number, std::size_t at)
{
    if (number == ipproto::kFragment)
        return fragmentHeaderLayer(context, at);
    Layer layer(context, "IPv6 " + ipProtocolName(number), at, kSmallestExtension);
    if (layer.has(0, 2))
        layer.setLength(extensionLength(number, layer.u8(1)));
    layer.field("Next header", 0, 1, fmt::format("{} ({})", ipProtocolName(layer.u8(0)), layer.u8(0)));
    layer.field("Length", 1, 1, fmt::format("{} bytes", extensionLength(number, layer.u8(1))));
    if (number == ipproto::kRouting) {
        layer.field("Routing type", 2, 1, fmt::format("{}", layer.u8(2)));
        layer.field("Segments left", 3, 1, fmt::format("{}", layer.u8(3)));
    } else if (number == ipproto::kAuthentication) {
        layer.field("Security parameters index", 4, 4, fmt::format("0x{:08x}", layer.be32(4)));
    }
    layer.finish();
    if (!layer.complete())
        return {};
    return {LayerKind::IpProtocol, layer.u8(0), at + extensionLength(number, layer.u8(1))};
}

} // namespace

NextLayer rawIpLayer(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    const int version = bytes.empty() ? 0 : loadU8(bytes, 0) >> 4;
    if (version == 4)
        return ipv4Layer(context, at);
    if (version == 6)
        return ipv6Layer(context, at);
    Layer layer(context, "Unknown IP version", at, 0);
    layer.setValue(bytes.empty() ? "no bytes captured" : fmt::format("{}", version));
    return {};
}

NextLayer ipv4Layer(TreeContext& context, std::size_t at)
{
    beginIp(context, false);
    Layer layer(context, "Internet Protocol version 4", at, kIpv4Header, "IPv4");
    const std::size_t header = (layer.u8(0) & 0x0f) * std::size_t{4};
    const std::size_t total = layer.be16(2);
    layer.setValue(ends(layer, 12, 16, 4));
    ipv4Fields(layer);
    const bool sane =
        layer.complete() && layer.u8(0) >> 4 == 4 && header >= kIpv4Header && (total == 0 || total >= header);
    if (sane) {
        layer.setLength(header);
        ipv4Options(layer, header);
    } else if (layer.complete()) {
        layer.derived("Damaged", "version, header length or total length is impossible");
    }
    layer.finish();
    if (!sane || !layer.complete())
        return {};
    if (total != 0)
        context.limit(at + total);
    if ((layer.be16(6) & 0x1fff) != 0)
        return {}; // a later fragment has no transport header
    return {LayerKind::IpProtocol, layer.u8(9), at + header};
}

NextLayer ipv6Layer(TreeContext& context, std::size_t at)
{
    beginIp(context, true);
    Layer layer(context, "Internet Protocol version 6", at, kIpv6Header, "IPv6");
    const std::uint32_t first = layer.be32(0);
    layer.setValue(ends(layer, 8, 24, 16));
    layer.field("Version", 0, 1, fmt::format("{}", first >> 28));
    layer.field("Traffic class", 0, 2, fmt::format("0x{:02x}", first >> 20 & 0xff));
    layer.field("Flow label", 1, 3, fmt::format("0x{:05x}", first & 0xfffff));
    layer.field("Payload length", 4, 2, fmt::format("{}", layer.be16(4)));
    const std::uint8_t next = layer.u8(6);
    layer.field("Next header", 6, 1, fmt::format("{} ({})", ipProtocolName(next), next),
                isExtensionHeader(next) ? "" : protocolFilter(next));
    layer.field("Hop limit", 7, 1, fmt::format("{}", layer.u8(7)), fmt::format("ttl == {}", layer.u8(7)));
    layer.addressField("Source", 8, 16);
    layer.addressField("Destination", 24, 16);
    layer.finish();
    if (!layer.complete() || first >> 28 != 6)
        return {};
    if (layer.be16(4) != 0)
        context.limit(at + kIpv6Header + layer.be16(4));
    return {LayerKind::IpProtocol, next, at + kIpv6Header};
}

NextLayer arpLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Address Resolution Protocol", at, 28, "ARP");
    const std::uint16_t operation = layer.be16(6);
    layer.field("Hardware type", 0, 2, fmt::format("{}", layer.be16(0)));
    layer.field("Protocol type", 2, 2, etherTypeName(layer.be16(2)));
    layer.field("Address lengths", 4, 2, fmt::format("{}, {}", layer.u8(4), layer.u8(5)));
    layer.field("Operation", 6, 2,
                operation == 1   ? "request"
                : operation == 2 ? "reply"
                                 : fmt::format("{}", operation));
    const bool common = layer.u8(4) == 6 && layer.u8(5) == 4;
    if (common) {
        const std::string sender = toString(layer.address(14, 4));
        const std::string target = toString(layer.address(24, 4));
        layer.field("Sender MAC address", 8, 6, layer.mac(8));
        layer.addressField("Sender IP address", 14, 4);
        layer.field("Target MAC address", 18, 6, layer.mac(18));
        layer.addressField("Target IP address", 24, 4);
        if (layer.complete())
            layer.setValue(operation == 1   ? fmt::format("who has {}? tell {}", target, sender)
                           : operation == 2 ? fmt::format("{} is at {}", sender, layer.mac(8))
                                            : fmt::format("operation {}", operation));
    }
    layer.finish();
    return {};
}

NextLayer ipProtocolLayer(TreeContext& context, std::uint8_t protocol, std::size_t at)
{
    // AH is an extension header in IPv4 as well, when it comes to showing it.
    if (isExtensionHeader(protocol) && (context.ipv6 || protocol == ipproto::kAuthentication))
        return extensionLayer(context, protocol, at);
    switch (protocol) {
    case ipproto::kTcp:
        return tcpLayer(context, at);
    case ipproto::kUdp:
        return udpLayer(context, at);
    case ipproto::kSctp:
        return sctpLayer(context, at);
    case ipproto::kIcmp:
        return icmpLayer(context, at);
    case ipproto::kIcmp6:
        return icmp6Layer(context, at);
    case ipproto::kGre:
        return greLayer(context, at);
    case ipproto::kIpv4:
        return ipv4Layer(context, at);
    case ipproto::kIpv6:
        return ipv6Layer(context, at);
    case ipproto::kMpls:
        return mplsLayers(context, at);
    default:
        break;
    }
    const std::string name = ipProtocolName(protocol);
    Layer layer(context, name, at, 0, name);
    layer.setValue(fmt::format("{} bytes", context.wireEnd > at ? context.wireEnd - at : 0));
    return {};
}

} // namespace timbre::decode
