// Tunnel headers as tree nodes. Their lengths come from the same functions that the decoder uses.

#include "engine/decode/names_private.h"
#include "engine/decode/tree_private.h"
#include "engine/decode/tunnel_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

NextLayer byProtocol(std::uint16_t protocol, std::size_t at)
{
    if (protocol == ethertype::kTransparentBridging)
        return {LayerKind::Ethernet, 0, at};
    return protocol < ethertype::kSmallest ? NextLayer{} : NextLayer{LayerKind::EtherType, protocol, at};
}

NextLayer vxlanLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "VXLAN", at, 8, "VXLAN");
    layer.setValue(fmt::format("network {}", layer.be32(4) >> 8));
    layer.field("Flags", 0, 1, fmt::format("0x{:02x}", layer.u8(0)));
    layer.field("Group policy", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.field("Network identifier", 4, 3, fmt::format("{}", layer.be32(4) >> 8));
    layer.finish();
    return {LayerKind::Ethernet, 0, at + 8};
}

NextLayer geneveLayer(TreeContext& context, const TunnelHeader& header, std::size_t at)
{
    Layer layer(context, "Geneve", at, header.length, "Geneve");
    layer.setValue(fmt::format("network {}", layer.be32(4) >> 8));
    layer.field("Options length", 0, 1, fmt::format("{} bytes", header.length - 8));
    layer.field("Flags", 1, 1, fmt::format("0x{:02x}", layer.u8(1)));
    layer.field("Protocol", 2, 2, etherTypeName(layer.be16(2)));
    layer.field("Network identifier", 4, 3, fmt::format("{}", layer.be32(4) >> 8));
    if (header.length > 8)
        layer.field("Options", 8, header.length - 8, layer.hex(8, header.length - 8));
    layer.finish();
    return byProtocol(header.protocol, at + header.length);
}

NextLayer gtpULayer(TreeContext& context, const TunnelHeader& header, std::size_t at)
{
    Layer layer(context, "GTP-U", at, header.length, "GTP-U");
    const std::uint8_t type = layer.u8(1);
    const char* name = type == 255   ? "user data"
                       : type == 1   ? "echo request"
                       : type == 2   ? "echo response"
                       : type == 26  ? "error indication"
                       : type == 254 ? "end marker"
                                     : "message";
    layer.setValue(fmt::format("{}, tunnel 0x{:08x}", name, layer.be32(4)));
    layer.field("Flags", 0, 1, fmt::format("0x{:02x}", layer.u8(0)));
    layer.field("Message type", 1, 1, fmt::format("{} ({})", name, type));
    layer.field("Length", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.field("Tunnel endpoint", 4, 4, fmt::format("0x{:08x}", layer.be32(4)));
    if (header.length >= 12)
        layer.field("Sequence number", 8, 2, fmt::format("{}", layer.be16(8)));
    if (header.length > 12)
        layer.field("Extension headers", 12, header.length - 12, layer.hex(12, header.length - 12));
    layer.finish();
    return header.data ? NextLayer{LayerKind::RawIp, 0, at + header.length} : NextLayer{};
}

NextLayer teredoLayer(TreeContext& context, const TunnelHeader& header, std::size_t at)
{
    Layer layer(context, "Teredo", at, header.length, "Teredo");
    if (header.length >= 8 && layer.be16(header.length - 8) == 0) {
        layer.field("Origin indication", header.length - 8, 8,
                    fmt::format("port {}", layer.be16(header.length - 6) ^ 0xffff));
    }
    if (header.length > 8)
        layer.field("Authentication", 0, 4, layer.hex(0, 4));
    layer.finish();
    return {LayerKind::EtherType, ethertype::kIpv6, at + header.length};
}

NextLayer capwapLayer(TreeContext& context, const TunnelHeader& header, std::size_t at)
{
    Layer layer(context, "CAPWAP data", at, header.length, "CAPWAP");
    const bool wireless = (layer.u8(2) & 1) != 0;
    layer.field("Header length", 1, 1, fmt::format("{} bytes", header.length));
    layer.field("Payload", 2, 1, wireless ? "native wireless frame" : "802.3 frame");
    layer.field("Fragment id", 4, 2, fmt::format("{}", layer.be16(4)));
    layer.finish();
    context.padded = false;
    if (!header.data)
        return {};
    // Frames with swapped frame control are followed by the decoder and left as bytes here.
    if (!wireless)
        return {LayerKind::Ethernet, 0, at + header.length};
    const bool readable = wirelessHeader(context.from(at + header.length), false).length != 0;
    return readable ? NextLayer{LayerKind::Wireless, 0, at + header.length} : NextLayer{};
}

/// Names the transport payload again: it is what the tunnel's own header begins with.
TunnelHeader headerOf(Tunnel tunnel, Bytes bytes)
{
    switch (tunnel) {
    case Tunnel::Vxlan:
        return vxlanHeader(bytes);
    case Tunnel::Geneve:
        return geneveHeader(bytes);
    case Tunnel::GtpU:
        return gtpUHeader(bytes);
    case Tunnel::Teredo:
        return teredoHeader(bytes);
    case Tunnel::Capwap:
        return capwapHeader(bytes);
    default:
        return {};
    }
}

} // namespace

NextLayer udpTunnelLayer(TreeContext& context, std::size_t at)
{
    Tunnel tunnel = tunnelOfPort(context.tree.sourcePort);
    if (tunnel == Tunnel::None)
        tunnel = tunnelOfPort(context.tree.destinationPort);
    const Bytes bytes = context.from(at);
    if (tunnel == Tunnel::Mpls)
        return findInMpls(bytes).found() ? NextLayer{LayerKind::Mpls, 0, at} : NextLayer{};
    const TunnelHeader header = headerOf(tunnel, bytes);
    if (!header.readable)
        return {};
    switch (tunnel) {
    case Tunnel::Vxlan:
        return vxlanLayer(context, at);
    case Tunnel::Geneve:
        return geneveLayer(context, header, at);
    case Tunnel::GtpU:
        return gtpULayer(context, header, at);
    case Tunnel::Teredo:
        return teredoLayer(context, header, at);
    case Tunnel::Capwap:
        return capwapLayer(context, header, at);
    default:
        return {};
    }
}

NextLayer greLayer(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    const TunnelHeader header = greHeader(bytes);
    Layer layer(context, "Generic Routing Encapsulation", at, header.readable ? header.length : 4, "GRE");
    const std::uint16_t flags = layer.be16(0);
    layer.field("Flags and version", 0, 2, fmt::format("0x{:04x}, version {}", flags, flags & 7));
    layer.field("Protocol", 2, 2, etherTypeName(layer.be16(2)));
    std::size_t optional = (flags & 7) == 0 && (flags & 0xc000) != 0 ? 8 : 4;
    if (optional == 8)
        layer.field("Checksum and offset", 4, 4, layer.hex(4, 4));
    if ((flags & 0x2000) != 0 && header.readable) {
        layer.field("Key", optional, 4, fmt::format("0x{:08x}", layer.be32(optional)));
        optional += 4;
    }
    if ((flags & kGreSequencePresent) != 0 && header.readable)
        layer.field("Sequence number", optional, 4, fmt::format("{}", layer.be32(optional)));
    layer.finish();
    if (!header.readable || !header.data)
        return {};
    const std::size_t next = at + header.length;
    if (header.protocol == ethertype::kErspan2 || header.protocol == ethertype::kErspan3)
        return {LayerKind::Erspan, std::uint32_t{header.protocol} << 16 | flags, next};
    if (header.protocol == kWccp) {
        const Bytes rest = context.from(next);
        const bool redirect = !rest.empty() && loadU8(rest, 0) >> 4 != 4;
        return {LayerKind::RawIp, 0, redirect ? next + 4 : next};
    }
    return byProtocol(header.protocol, next);
}

NextLayer erspanLayer(TreeContext& context, std::uint32_t greProtocolAndFlags, std::size_t at)
{
    const TunnelHeader header = erspanHeader(context.from(at), static_cast<std::uint16_t>(greProtocolAndFlags >> 16),
                                             static_cast<std::uint16_t>(greProtocolAndFlags & 0xffff));
    Layer layer(context, "ERSPAN", at, header.readable ? header.length : 8, "ERSPAN");
    if (header.readable && header.length > 0) {
        layer.setValue(fmt::format("session {}", layer.be16(2) & 0x3ff));
        layer.field("Version", 0, 1, fmt::format("{}", layer.u8(0) >> 4));
        layer.field("VLAN id", 0, 2, fmt::format("{}", layer.be16(0) & 0x0fff));
        layer.field("Session", 2, 2, fmt::format("{}", layer.be16(2) & 0x03ff));
    }
    layer.finish();
    return header.readable ? NextLayer{LayerKind::Ethernet, 0, at + header.length} : NextLayer{};
}

} // namespace timbre::decode
