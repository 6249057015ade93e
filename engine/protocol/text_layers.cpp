// Protocols that are lines of text as tree nodes: HTTP/1, SSDP, SIP, SSH, SMTP, FTP.

#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/http_target.h"
#include "engine/protocol/safe_text.h"

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

namespace {

constexpr std::size_t kSummaryBytes = 160;

/// Walks lines; a line that was cut is the last one.
class LineWalk {
public:
    explicit LineWalk(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_next >= m_text.size(); }
    [[nodiscard]] std::size_t position() const { return m_next; }
    /// Requires: !atEnd().
    std::string_view next()
    {
        const std::size_t start = m_next;
        const std::size_t end = m_text.find('\n', start);
        m_next = end == std::string_view::npos ? m_text.size() : end + 1;
        std::string_view line = m_text.substr(start, m_next - start);
        if (line.ends_with('\n'))
            line.remove_suffix(1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return line;
    }

private:
    std::string_view m_text;
    std::size_t m_next = 0;
};

/// Header lines up to the empty one; returns where the head ends.
std::size_t addHeaderLines(LayerNode& layer, const Message& message, LineWalk& walk, bool http)
{
    std::size_t shown = 0;
    std::size_t hidden = 0;
    while (!walk.atEnd()) {
        const std::size_t at = walk.position();
        const std::string_view line = walk.next();
        if (line.empty())
            break;
        if (shown++ >= kMaxShownFields) {
            ++hidden;
            continue;
        }
        const auto colon = line.find(':');
        const auto text = [](std::string_view part) { return displayText(asBytes(trimmed(part))); };
        if (colon == std::string_view::npos) {
            addField(layer, message, "Line", text(line), at, line.size());
            continue;
        }
        const std::string_view name = trimmed(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        LayerNode& node = addField(layer, message, text(name), text(value), at, line.size());
        if (http && equalsIgnoringCase(name, "host"))
            node.filter = nameFilter("http.host", asBytes(hostOfAuthority(value)));
    }
    if (hidden > 0)
        addNote(layer, "More", fmt::format("{} further header lines are not listed", hidden));
    return walk.position();
}

void addFirstLine(LayerNode& layer, const Message& message, std::string_view line)
{
    const auto request = parseRequestLine(line);
    LayerNode& node = addField(layer, message, "First line", displayText(asBytes(line)), 0, line.size());
    if (!request)
        return;
    const bool response = request->method.find('/') != std::string_view::npos;
    const auto part = [&](const char* name, std::string_view text) {
        addField(node, message, name, displayText(asBytes(text)), static_cast<std::size_t>(text.data() - line.data()),
                 text.size());
    };
    if (!response) {
        part("Method", request->method);
        part("Target", request->target);
        part("Version", request->version);
        return;
    }
    part("Version", request->method);
    const std::string_view rest = line.substr(request->method.size() + 1);
    part("Status", rest.substr(0, rest.find(' ')));
}

/// A first line, header lines and the beginning of a body.
void describeHead(LayerTree& tree, const Message& message, const char* name, std::string_view protocol)
{
    const std::string_view line = firstLine(message.bytes);
    LayerNode& layer = addLayer(tree, name, message, message.bytes.size());
    LineWalk walk(asText(message.bytes));
    walk.next();
    addFirstLine(layer, message, line);
    const std::size_t head = addHeaderLines(layer, message, walk, protocol == "HTTP");
    if (head < message.bytes.size())
        addField(layer, message, "Body", fmt::format("{} bytes in this packet", message.bytes.size() - head), head,
                 message.bytes.size() - head);
    layer.value = displayText(asBytes(line), kSummaryBytes);
    tree.protocol = protocol;
    tree.summary = fmt::format("{} {}", protocol, layer.value);
}

} // namespace

bool describeHttp(LayerTree& tree, const Message& message, std::string_view protocol)
{
    const std::string_view line = firstLine(message.bytes);
    if (!line.starts_with("HTTP/1.")) {
        const auto request = parseRequestLine(line);
        if (!request || !request->version.starts_with("HTTP/1."))
            return false;
    }
    describeHead(tree, message,
                 protocol == "SSDP" ? "Simple Service Discovery Protocol" : "Hypertext Transfer Protocol", protocol);
    return true;
}

bool describeSip(LayerTree& tree, const Message& message)
{
    const std::string_view line = firstLine(message.bytes);
    if (!line.starts_with("SIP/2.0 ")) {
        const auto request = parseRequestLine(line);
        if (!request || request->version != "SIP/2.0")
            return false;
    }
    describeHead(tree, message, "Session Initiation Protocol", "SIP");
    return true;
}

bool describeSsh(LayerTree& tree, const Message& message)
{
    const std::string_view line = firstLine(message.bytes);
    if (!line.starts_with("SSH-"))
        return false;
    const auto second = line.find('-', 4);
    LayerNode& layer = addLayer(tree, "Secure Shell", message, message.bytes.size());
    const std::string text = displayText(asBytes(line), 255);
    LayerNode& banner = addField(layer, message, "Banner", text, 0, line.size());
    if (second != std::string_view::npos) {
        addField(banner, message, "Version", displayText(asBytes(line.substr(4, second - 4))), 4, second - 4);
        addField(banner, message, "Software", displayText(asBytes(line.substr(second + 1))), second + 1,
                 line.size() - second - 1);
    }
    layer.value = text;
    tree.protocol = "SSH";
    tree.summary = "SSH " + text;
    return true;
}

bool describeCommandLines(LayerTree& tree, const Message& message, std::string_view protocol)
{
    const std::string_view line = firstLine(message.bytes);
    // Both ends speak short lines of plain text; message bodies and attachments do too, but not on their first letters.
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool reply = line.size() >= 3 && digit(line[0]) && digit(line[1]) && digit(line[2]) &&
                       (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    const bool command = line.size() >= 3 && letter(line[0]) && letter(line[1]) && letter(line[2]) &&
                         (line.size() <= 4 || line.find(' ') <= 8 || line.size() <= 8);
    if (!reply && !command)
        return false;
    LayerNode& layer = addLayer(tree, protocol == "FTP" ? "File Transfer Protocol" : "Simple Mail Transfer Protocol",
                                message, message.bytes.size());
    LineWalk walk(asText(message.bytes));
    for (std::size_t shown = 0; !walk.atEnd() && shown < kMaxShownFields; ++shown) {
        const std::size_t at = walk.position();
        const std::string_view text = walk.next();
        addField(layer, message, reply ? "Reply" : "Command", displayText(asBytes(text)), at, text.size());
    }
    if (!walk.atEnd())
        addNote(layer, "More", fmt::format("{} further bytes are not listed", message.bytes.size() - walk.position()));
    layer.value = displayText(asBytes(line), kSummaryBytes);
    tree.protocol = protocol;
    tree.summary = fmt::format("{} {}", protocol, layer.value);
    return true;
}

} // namespace timbre::protocol
