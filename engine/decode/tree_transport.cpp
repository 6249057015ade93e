// TCP, UDP, SCTP, ICMP and ICMPv6 as tree nodes.

#include "engine/decode/ip_packet_private.h"
#include "engine/decode/names_private.h"
#include "engine/decode/tree_private.h"
#include "engine/decode/tunnel_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

void portField(Layer& layer, std::string_view name, std::size_t offset)
{
    layer.field(name, offset, 2, fmt::format("{}", layer.be16(offset)), fmt::format("port == {}", layer.be16(offset)));
}

void setPayload(TreeContext& context, std::size_t at, const Layer& layer)
{
    context.tree.sourcePort = layer.be16(0);
    context.tree.destinationPort = layer.be16(2);
    context.tree.payloadLength = context.available(at);
    context.tree.payloadOffset = context.tree.payloadLength == 0 ? 0 : at;
}

void sackBlocks(Layer& layer, LayerNode* option, std::size_t at, std::size_t length)
{
    for (std::size_t block = at + 2; block + 8 <= at + length; block += 8)
        layer.child(option, "Block", block, 8, fmt::format("{}–{}", layer.be32(block), layer.be32(block + 4)));
}

void tcpOption(Layer& layer, std::uint8_t kind, std::size_t at, std::size_t length)
{
    if (kind == 2 && length == 4) {
        layer.field("Maximum segment size", at, 4, fmt::format("{} bytes", layer.be16(at + 2)));
    } else if (kind == 3 && length == 3) {
        const unsigned shift = layer.u8(at + 2);
        layer.field("Window scale", at, 3,
                    shift <= 14 ? fmt::format("{} (multiply by {})", shift, 1U << shift)
                                : fmt::format("{} (larger than allowed)", shift));
    } else if (kind == 4) {
        layer.field("Selective acknowledgement permitted", at, length, "");
    } else if (kind == 5) {
        LayerNode* option =
            layer.field("Selective acknowledgement", at, length, fmt::format("{} blocks", (length - 2) / 8));
        sackBlocks(layer, option, at, length);
    } else if (kind == 8 && length == 10) {
        layer.field("Timestamps", at, 10,
                    fmt::format("value {}, echo reply {}", layer.be32(at + 2), layer.be32(at + 6)));
    } else {
        const char* name = kind == 19   ? "MD5 signature"
                           : kind == 28 ? "User timeout"
                           : kind == 29 ? "Authentication"
                           : kind == 30 ? "Multipath TCP"
                           : kind == 34 ? "Fast open"
                                        : "Option";
        layer.field(name, at, length, fmt::format("kind {}: {}", kind, layer.hex(at + 2, length - 2)));
    }
}

void tcpOptions(Layer& layer, std::size_t header)
{
    std::size_t at = kTcpHeader;
    while (at < header && layer.has(at, 1)) { // at most 40 bytes
        const std::uint8_t kind = layer.u8(at);
        if (kind <= 1) {
            layer.field(kind == 0 ? "End of options" : "No operation", at, 1, "");
            if (kind == 0)
                return;
            ++at;
            continue;
        }
        const std::size_t length = layer.u8(at + 1);
        if (length < 2 || length > header - at) {
            layer.field("Option", at, 1, layer.has(at, 2) ? "damaged length" : "cut");
            return;
        }
        tcpOption(layer, kind, at, length);
        at += length;
    }
}

void tcpFlagFields(Layer& layer)
{
    const std::uint16_t flags = layer.be16(12) & 0x01ff;
    LayerNode* node = layer.field("Flags", 12, 2, tcpFlagNames(flags));
    static constexpr const char* kNames[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};
    for (unsigned bit = 0; bit < std::size(kNames); ++bit)
        layer.child(node, kNames[bit], bit == 8 ? 12 : 13, 1, (flags >> bit & 1) != 0 ? "set" : "not set");
}

void echoFields(Layer& layer)
{
    layer.field("Identifier", 4, 2, fmt::format("0x{:04x}", layer.be16(4)));
    layer.field("Sequence number", 6, 2, fmt::format("{}", layer.be16(6)));
}

/// The packet that an error message quotes: named, not followed, since it belongs to another flow.
void quotedPacket(TreeContext& context, std::size_t at)
{
    const Bytes bytes = context.from(at);
    if (bytes.empty())
        return;
    Network network = findRawIp(bytes);
    Packet packet;
    if (!decodeIp(network, packet))
        return;
    const std::size_t length = bytes.size();
    Layer layer(context, "Quoted packet", at, length);
    layer.setValue(toString(packet.key));
}

} // namespace

NextLayer tcpLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Transmission Control Protocol", at, kTcpHeader, "TCP");
    const std::size_t header = (layer.u8(12) >> 4) * std::size_t{4};
    const bool sane = layer.complete() && header >= kTcpHeader && header <= context.wireEnd - at;
    if (layer.has(0, 4))
        layer.setValue(fmt::format("{} → {} [{}]", layer.be16(0), layer.be16(2), tcpFlagNames(layer.be16(12) & 0x1ff)));
    portField(layer, "Source port", 0);
    portField(layer, "Destination port", 2);
    layer.field("Sequence number", 4, 4, fmt::format("{}", layer.be32(4)));
    layer.field("Acknowledgement number", 8, 4, fmt::format("{}", layer.be32(8)));
    layer.field("Header length", 12, 1, fmt::format("{} bytes", header));
    tcpFlagFields(layer);
    layer.field("Window", 14, 2, fmt::format("{}", layer.be16(14)));
    layer.field("Checksum", 16, 2, fmt::format("0x{:04x}", layer.be16(16)));
    layer.field("Urgent pointer", 18, 2, fmt::format("{}", layer.be16(18)));
    if (sane) {
        layer.setLength(header);
        tcpOptions(layer, header);
        context.tree.tcp = true;
        setPayload(context, at + header, layer);
        layer.derived("Payload length", fmt::format("{}", context.wireEnd - at - header));
    } else if (layer.complete()) {
        layer.derived("Damaged", "the header length is impossible");
    }
    layer.finish();
    return {};
}

NextLayer udpLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "User Datagram Protocol", at, kUdpHeader, "UDP");
    if (layer.has(0, 4))
        layer.setValue(fmt::format("{} → {}", layer.be16(0), layer.be16(2)));
    portField(layer, "Source port", 0);
    portField(layer, "Destination port", 2);
    layer.field("Length", 4, 2, fmt::format("{}", layer.be16(4)));
    layer.field("Checksum", 6, 2, fmt::format("0x{:04x}", layer.be16(6)));
    layer.finish();
    if (!layer.complete())
        return {};
    context.tree.udp = true;
    setPayload(context, at + kUdpHeader, layer);
    return {LayerKind::Udp, 0, at + kUdpHeader};
}

NextLayer sctpLayer(TreeContext& context, std::size_t at)
{
    constexpr std::size_t kHeader = 12;
    Layer layer(context, "Stream Control Transmission Protocol", at, kHeader, "SCTP");
    if (layer.has(0, 4))
        layer.setValue(fmt::format("{} → {}", layer.be16(0), layer.be16(2)));
    layer.field("Source port", 0, 2, fmt::format("{}", layer.be16(0)));
    layer.field("Destination port", 2, 2, fmt::format("{}", layer.be16(2)));
    layer.field("Verification tag", 4, 4, fmt::format("0x{:08x}", layer.be32(4)));
    layer.field("Checksum", 8, 4, fmt::format("0x{:08x}", layer.be32(8)));
    std::size_t chunk = kHeader;
    for (std::size_t i = 0; layer.has(chunk, 4); ++i) {
        if (i == kMaxShownItems) {
            layer.derived("More chunks", fmt::format("not shown beyond the first {}", kMaxShownItems));
            break;
        }
        const std::size_t length = layer.be16(chunk + 2);
        if (length < 4) {
            layer.field("Chunk", chunk, 4, "damaged length");
            break;
        }
        const std::size_t shown = std::min(length, context.available(at + chunk));
        layer.field(sctpChunkName(layer.u8(chunk)), chunk, shown, fmt::format("{} bytes", length));
        chunk += (length + 3) & ~std::size_t{3};
    }
    if (layer.complete())
        layer.setLength(std::max(kHeader, std::min(chunk, context.available(at))));
    layer.finish();
    return {};
}

NextLayer icmpLayer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Internet Control Message Protocol", at, 8, "ICMP");
    const std::uint8_t type = layer.u8(0);
    const bool unreachable = type == 3;
    const std::string reason = unreachable ? icmpUnreachableName(layer.u8(1)) : std::string();
    if (layer.has(0, 1))
        layer.setValue(icmpTypeName(type));
    layer.field("Type", 0, 1, fmt::format("{} ({})", icmpTypeName(type), type));
    layer.field("Code", 1, 1,
                reason.empty() ? fmt::format("{}", layer.u8(1)) : fmt::format("{} ({})", reason, layer.u8(1)));
    layer.field("Checksum", 2, 2, fmt::format("0x{:04x}", layer.be16(2)));
    if (type == 0 || type == 8)
        echoFields(layer);
    else if (type == 5)
        layer.addressField("Gateway", 4, 4);
    else if (unreachable && layer.u8(1) == 4)
        layer.field("Next hop MTU", 6, 2, fmt::format("{}", layer.be16(6)));
    layer.finish();
    const bool quotes = unreachable || type == 4 || type == 5 || type == 11 || type == 12;
    if (quotes && layer.complete())
        quotedPacket(context, at + 8);
    return {};
}

NextLayer icmp6Layer(TreeContext& context, std::size_t at)
{
    Layer layer(context, "Internet Control Message Protocol v6", at, 8, "ICMPv6");
    const std::uint8_t type = layer.u8(0);
    if (layer.has(0, 1))
        layer.setValue(icmp6TypeName(type));
    layer.field("Type", 0, 1, fmt::format("{} ({})", icmp6TypeName(type), type));
    layer.field("Code", 1, 1, fmt::format("{}", layer.u8(1)));
    layer.field("Checksum", 2, 2, fmt::format("0x{:04x}", layer.be16(2)));
    constexpr std::uint8_t kNeighborSolicitation = 135;
    constexpr std::uint8_t kNeighborAdvertisement = 136;
    if (type == 128 || type == 129)
        echoFields(layer);
    else if (type == 2)
        layer.field("MTU", 4, 4, fmt::format("{}", layer.be32(4)));
    if (type == kNeighborSolicitation || type == kNeighborAdvertisement) {
        layer.setLength(24);
        layer.addressField("Target", 8, 16);
    }
    layer.finish();
    if (type >= 1 && type <= 4 && layer.complete())
        quotedPacket(context, at + 8);
    return {};
}

} // namespace timbre::decode
