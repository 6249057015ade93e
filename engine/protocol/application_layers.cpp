#include "engine/protocol/application_layers.h"

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/safe_text.h"

#include <algorithm>

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

LayerNode& addLayer(LayerTree& tree, std::string name, const Message& message, std::size_t length)
{
    LayerNode& layer = tree.layers.emplace_back();
    layer.name = std::move(name);
    layer.offset = message.offset;
    layer.length = std::min(length, message.bytes.size());
    return layer;
}

LayerNode& addField(LayerNode& parent, const Message& message, std::string name, std::string value, std::size_t at,
                    std::size_t length)
{
    LayerNode& field = parent.children.emplace_back();
    field.name = std::move(name);
    field.value = std::move(value);
    const std::size_t start = std::min(at, message.bytes.size());
    field.offset = message.offset + start;
    field.length = std::min(length, message.bytes.size() - start);
    return field;
}

LayerNode& addField(LayerNode& parent, const Message& message, std::string name, std::string value, Bytes bytes)
{
    return addField(parent, message, std::move(name), std::move(value), message.offsetOf(bytes) - message.offset,
                    bytes.size());
}

LayerNode& addNote(LayerNode& parent, std::string name, std::string value)
{
    LayerNode& note = parent.children.emplace_back();
    note.name = std::move(name);
    note.value = std::move(value);
    note.offset = parent.offset;
    return note;
}

std::string hexText(Bytes bytes)
{
    constexpr std::size_t kShown = 32;
    std::string out;
    for (const std::byte byte : bytes.first(std::min(kShown, bytes.size())))
        fmt::format_to(std::back_inserter(out), "{:02x}", std::to_integer<unsigned>(byte));
    if (bytes.size() > kShown)
        out += " …";
    return out;
}

std::string nameFilter(std::string_view field, Bytes name)
{
    std::string text;
    appendLowerEscaped(text, name);
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    if (text.empty() || !std::all_of(text.begin(), text.end(), plain))
        return {};
    return fmt::format("{} == {}", field, text);
}

std::string_view firstLine(Bytes bytes)
{
    std::string_view text = asText(bytes);
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

namespace {

struct Ports {
    std::uint16_t source;
    std::uint16_t destination;
    [[nodiscard]] bool has(std::uint16_t port) const { return source == port || destination == port; }
};

bool describeStream(LayerTree& tree, const Message& message, const Ports& ports, flow::App app)
{
    if (ports.has(53) && describeDnsOverTcp(tree, message))
        return true;
    if (describeTls(tree, message) || describeHttp(tree, message, "HTTP") || describeSip(tree, message) ||
        describeSsh(tree, message))
        return true;
    if (app == flow::App::Smtp || ports.has(25) || ports.has(587))
        return describeCommandLines(tree, message, "SMTP");
    if (app == flow::App::Ftp || ports.has(21))
        return describeCommandLines(tree, message, "FTP");
    return false;
}

bool describeDatagram(LayerTree& tree, const Message& message, const Ports& ports, flow::App app)
{
    if (ports.has(53) && describeDns(tree, message, "DNS"))
        return true;
    if (ports.has(5353) && describeDns(tree, message, "mDNS"))
        return true;
    if (ports.has(5355) && describeDns(tree, message, "LLMNR"))
        return true;
    if (ports.has(123) && describeNtp(tree, message))
        return true;
    if (ports.has(1900) && describeHttp(tree, message, "SSDP"))
        return true;
    if (describeStun(tree, message) || describeDtls(tree, message))
        return true;
    if ((app == flow::App::Rtp || app == flow::App::Rtcp) &&
        (describeRtcp(tree, message) || describeRtp(tree, message)))
        return true;
    return describeQuic(tree, message) || describeDhcp(tree, message) || describeSip(tree, message);
}

} // namespace

void describeApplication(LayerTree& tree, Bytes frame, flow::App app)
{
    if (tree.payloadLength == 0 || tree.payloadOffset > frame.size() ||
        tree.payloadLength > frame.size() - tree.payloadOffset)
        return;
    const Message message{frame.subspan(tree.payloadOffset, tree.payloadLength), tree.payloadOffset};
    const Ports ports{tree.sourcePort, tree.destinationPort};
    if (tree.tcp)
        describeStream(tree, message, ports, app);
    else if (tree.udp)
        describeDatagram(tree, message, ports, app);
}

} // namespace timbre::protocol
