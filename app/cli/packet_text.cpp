#include "app/cli/packet_text.h"

#include "app/cli/console.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

void writeNode(std::string& out, const decode::LayerNode& node, std::size_t depth)
{
    out += std::string(2 * depth, ' ') + printable(node.name);
    if (!node.value.empty())
        out += ": " + printable(node.value);
    out += '\n';
    for (const decode::LayerNode& child : node.children)
        writeNode(out, child, depth + 1);
}

void putNode(JsonWriter& json, const decode::LayerNode& node)
{
    json.beginObject().member("name", node.name);
    if (!node.value.empty())
        json.member("value", node.value);
    if (!node.filter.empty())
        json.member("filter", node.filter);
    if (node.length > 0)
        json.member("offset", static_cast<std::uint64_t>(node.offset))
            .member("length", static_cast<std::uint64_t>(node.length));
    if (!node.children.empty()) {
        json.key("fields").beginArray();
        for (const decode::LayerNode& child : node.children)
            putNode(json, child);
        json.endArray();
    }
    json.endObject();
}

} // namespace

pipeline::LoadedPacket copyOf(const capture::Record& record)
{
    return {.number = record.number,
            .time = record.time,
            .bytes = {record.bytes.begin(), record.bytes.end()},
            .originalLength = record.originalLength,
            .interfaceIndex = record.interfaceIndex,
            .linkType = record.linkType};
}

void writeLayers(std::string& out, const decode::LayerTree& tree)
{
    for (const decode::LayerNode& layer : tree.layers)
        writeNode(out, layer, 0);
}

void writeHex(std::string& out, Bytes bytes)
{
    constexpr std::size_t kPerLine = 16;
    for (std::size_t begin = 0; begin < bytes.size(); begin += kPerLine) {
        std::string text;
        out += fmt::format("{:06x} ", begin);
        for (std::size_t i = begin; i < begin + kPerLine; ++i) {
            out += i % (kPerLine / 2) == 0 ? " " : "";
            if (i >= bytes.size()) {
                out += "   ";
                continue;
            }
            const auto byte = std::to_integer<unsigned char>(bytes[i]);
            out += fmt::format("{:02x} ", byte);
            text += byte >= ' ' && byte < 0x7f ? static_cast<char>(byte) : '.';
        }
        out += ' ' + text + '\n';
    }
}

void putPacket(std::string& out, const pipeline::LoadedPacket& packet, bool withBytes)
{
    const decode::LayerTree tree = pipeline::describePacket(packet);
    JsonWriter json(out);
    json.beginObject()
        .member("type", "packet")
        .member("number", packet.number)
        .member("time", formatUtc(packet.time))
        .member("interface", packet.interfaceIndex)
        .member("link_type", std::uint32_t{packet.linkType})
        .member("captured_length", static_cast<std::uint64_t>(packet.bytes.size()))
        .member("original_length", packet.originalLength)
        .member("protocol", tree.protocol)
        .member("info", tree.summary);
    json.key("layers").beginArray();
    for (const decode::LayerNode& layer : tree.layers)
        putNode(json, layer);
    json.endArray();
    if (withBytes) {
        std::string hex;
        for (const std::byte byte : packet.bytes)
            hex += fmt::format("{:02x}", std::to_integer<unsigned char>(byte));
        json.member("bytes", hex);
    }
    json.endObject();
    out += '\n';
}

} // namespace timbre::cli
