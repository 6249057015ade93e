#include "engine/decode/layer_tree.h"

#include "engine/decode/summary_private.h"
#include "engine/decode/tree_private.h"

#include <fmt/format.h>

namespace timbre::decode {

namespace {

NextLayer describeOne(TreeContext& context, const NextLayer& next)
{
    const auto number16 = static_cast<std::uint16_t>(next.number);
    switch (next.kind) {
    case LayerKind::Link:
        return linkLayer(context, number16, next.at);
    case LayerKind::Ethernet:
        return ethernetLayer(context, next.at);
    case LayerKind::EtherType:
        return etherTypeLayer(context, number16, next.at);
    case LayerKind::Llc:
        return llcLayer(context, next.at);
    case LayerKind::Ppp:
        return pppLayer(context, next.at);
    case LayerKind::Mpls:
        return mplsLayers(context, next.at);
    case LayerKind::Wireless:
        return wirelessLayer(context, next.at);
    case LayerKind::RawIp:
        return rawIpLayer(context, next.at);
    case LayerKind::IpProtocol:
        return ipProtocolLayer(context, static_cast<std::uint8_t>(next.number), next.at);
    case LayerKind::Udp:
        return udpTunnelLayer(context, next.at);
    case LayerKind::Erspan:
        return erspanLayer(context, next.number, next.at);
    case LayerKind::End:
        break;
    }
    return {};
}

void appendFrameLayer(TreeContext& context, std::size_t captured, std::uint32_t original)
{
    LayerNode& node = context.tree.layers.emplace_back();
    node.name = "Frame";
    node.length = captured;
    node.value = captured < original ? fmt::format("{} of {} bytes captured", captured, original)
                                     : fmt::format("{} bytes", captured);
    node.children.push_back({"Captured length", fmt::format("{} bytes", captured), {}, 0, 0, {}});
    node.children.push_back({"Original length", fmt::format("{} bytes", original), {}, 0, 0, {}});
}

void appendPlainLayer(TreeContext& context, const char* name, std::size_t at, std::size_t length, std::string value)
{
    LayerNode& node = context.tree.layers.emplace_back();
    node.name = name;
    node.value = std::move(value);
    node.offset = at;
    node.length = length;
}

/// The bytes behind the last header, and what stands behind the packet by its own lengths.
void appendRest(TreeContext& context, Bytes frame, std::size_t originalLength)
{
    const std::size_t at = context.dataAt;
    const std::size_t captured = context.available(at);
    const std::size_t full = context.wireEnd > at ? context.wireEnd - at : captured;
    if (captured > 0 || (full > 0 && context.wireEnd != originalLength)) {
        appendPlainLayer(context, "Payload", at, captured,
                         captured < full ? fmt::format("{} of {} bytes captured", captured, full)
                                         : fmt::format("{} bytes", captured));
    }
    if (context.bytes.size() < frame.size() && at <= context.bytes.size()) {
        appendPlainLayer(context, "Trailer", context.bytes.size(), frame.size() - context.bytes.size(),
                         fmt::format("{} bytes behind the packet", frame.size() - context.bytes.size()));
    }
}

} // namespace

LayerTree describe(std::uint16_t linkType, Bytes frame, std::uint32_t originalLength)
{
    LayerTree tree;
    TreeContext context{tree, frame, std::max<std::size_t>(originalLength, frame.size())};
    appendFrameLayer(context, frame.size(), originalLength);
    NextLayer next{LayerKind::Link, linkType, 0};
    while (next.kind != LayerKind::End) {
        if (tree.layers.size() > kMaxShownLayers) {
            appendPlainLayer(context, "More layers", next.at, 0,
                             fmt::format("not shown beyond the first {}", kMaxShownLayers));
            break;
        }
        next = describeOne(context, next);
    }
    if (tree.protocol.empty())
        tree.protocol = "Frame";
    const PacketSummary summary = packetSummary(linkType, frame);
    // Without an IP packet the last header says best what the frame is.
    tree.summary = !summary.protocol.empty()           ? summary.protocol + ' ' + summary.info
                   : !tree.layers.back().value.empty() ? tree.protocol + ' ' + tree.layers.back().value
                                                       : tree.protocol;
    appendRest(context, frame, context.wireEnd);
    return tree;
}

PacketSummary summarize(std::uint16_t linkType, Bytes frame, std::uint32_t originalLength)
{
    PacketSummary summary = packetSummary(linkType, frame);
    if (!summary.protocol.empty())
        return summary;
    const LayerTree tree = describe(linkType, frame, originalLength);
    summary.protocol = tree.protocol;
    summary.info = tree.summary.size() > tree.protocol.size() ? tree.summary.substr(tree.protocol.size() + 1) : "";
    constexpr std::string_view kArrow = " → ";
    for (const LayerNode& layer : tree.layers) {
        const std::size_t arrow = layer.value.find(kArrow);
        if (arrow == std::string::npos)
            continue;
        summary.source = layer.value.substr(0, arrow);
        summary.destination = layer.value.substr(arrow + kArrow.size());
        break;
    }
    return summary;
}

} // namespace timbre::decode
