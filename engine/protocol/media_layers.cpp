// STUN, RTP, RTCP and QUIC as tree nodes.

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/safe_text.h"

#include <array>

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

namespace {

// ---- STUN, RFC 8489 and TURN, RFC 8656

std::string stunMethod(unsigned method)
{
    switch (method) {
    case 1:
        return "Binding";
    case 3:
        return "Allocate";
    case 4:
        return "Refresh";
    case 6:
        return "Send";
    case 7:
        return "Data";
    case 8:
        return "CreatePermission";
    case 9:
        return "ChannelBind";
    default:
        return fmt::format("method 0x{:03x}", method);
    }
}

const char* stunAttribute(std::uint16_t type)
{
    switch (type) {
    case 0x0001:
        return "Mapped address";
    case 0x0006:
        return "User name";
    case 0x0008:
        return "Message integrity";
    case 0x0009:
        return "Error";
    case 0x000c:
        return "Channel number";
    case 0x000d:
        return "Lifetime";
    case 0x0012:
        return "Peer address (xor)";
    case 0x0013:
        return "Data";
    case 0x0014:
        return "Realm";
    case 0x0015:
        return "Nonce";
    case 0x0016:
        return "Relayed address (xor)";
    case 0x0019:
        return "Requested transport";
    case 0x0020:
        return "Mapped address (xor)";
    case 0x0024:
        return "Priority";
    case 0x0025:
        return "Use candidate";
    case 0x8022:
        return "Software";
    case 0x8023:
        return "Alternate server";
    case 0x8028:
        return "Fingerprint";
    case 0x8029:
        return "ICE controlled";
    case 0x802a:
        return "ICE controlling";
    default:
        return "Attribute";
    }
}

/// An address attribute; for the xor kinds with the cookie and transaction id (`key`, 16 bytes) taken off.
std::string stunAddress(Bytes value, Bytes key, bool exclusive)
{
    const std::size_t length = value.size() >= 2 && loadU8(value, 1) == 2 ? 16 : 4;
    if (value.size() < 4 + length)
        return hexText(value);
    std::array<std::byte, 16> octets{};
    for (std::size_t i = 0; i < length; ++i)
        octets[i] = exclusive ? value[4 + i] ^ key[i] : value[4 + i];
    const unsigned port = loadBe16(value, 2) ^ (exclusive ? kStunCookie >> 16U : 0U);
    const std::string address = toString(IpAddress::fromBytes(Bytes(octets).first(length)));
    return length == 16 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

std::string stunValue(std::uint16_t type, Bytes value, Bytes key)
{
    switch (type) {
    case 0x0001:
    case 0x8023:
        return stunAddress(value, key, false);
    case 0x0012:
    case 0x0016:
    case 0x0020:
        return stunAddress(value, key, true);
    case 0x0006:
    case 0x0014:
    case 0x0015:
    case 0x8022:
        return displayText(value, 255);
    case 0x0009:
        if (value.size() >= 4)
            return fmt::format("{} {}", (loadU8(value, 2) & 7U) * 100U + loadU8(value, 3),
                               displayText(value.subspan(4), 255));
        return hexText(value);
    default:
        return hexText(value);
    }
}

// ---- RTP, RFC 3550 and RFC 3551

const char* rtpPayloadName(unsigned type)
{
    switch (type) {
    case 0:
        return "PCMU";
    case 3:
        return "GSM";
    case 4:
        return "G.723";
    case 8:
        return "PCMA";
    case 9:
        return "G.722";
    case 13:
        return "comfort noise";
    case 18:
        return "G.729";
    case 26:
        return "JPEG";
    case 31:
        return "H.261";
    case 32:
        return "MPEG video";
    case 33:
        return "MPEG-2 TS";
    case 34:
        return "H.263";
    default:
        return type >= 96 ? "dynamic" : "unassigned";
    }
}

const char* rtcpName(unsigned type)
{
    switch (type) {
    case 200:
        return "sender report";
    case 201:
        return "receiver report";
    case 202:
        return "source description";
    case 203:
        return "goodbye";
    case 204:
        return "application";
    case 205:
        return "transport feedback";
    case 206:
        return "payload feedback";
    case 207:
        return "extended report";
    default:
        return "report";
    }
}

// ---- QUIC, RFC 9000 17.2

std::string quicVersionName(std::uint32_t version)
{
    if (version == 1)
        return "1";
    if (version == 0x6b3343cf)
        return "2";
    if (version == 0)
        return "negotiation";
    if (version >= 0xff000000 && version <= 0xff0000ff)
        return fmt::format("draft {}", version & 0xffU);
    return fmt::format("0x{:08x}", version);
}

const char* quicPacketType(std::uint8_t first, std::uint32_t version)
{
    static constexpr std::array kNames = {"Initial", "0-RTT", "Handshake", "Retry"};
    unsigned type = first >> 4U & 3U;
    if (version == 0x6b3343cf) // RFC 9369 3.2 moves every type on by one
        type = (type + 3U) & 3U;
    return kNames[type];
}

/// RFC 9000 16: the two high bits say how long the number is.
std::uint64_t variableInteger(ByteReader& reader)
{
    const std::uint8_t first = reader.u8();
    std::uint64_t value = first & 0x3fU;
    for (unsigned left = (1U << (first >> 6U)) - 1U; left > 0; --left)
        value = value << 8U | reader.u8();
    return value;
}

void addInitialFields(LayerNode& layer, const Message& message, ByteReader& reader, bool token)
{
    if (token) {
        const std::size_t at = reader.position();
        const std::uint64_t length = variableInteger(reader);
        if (!reader.ok() || length > reader.remaining())
            return;
        addField(layer, message, "Token length", fmt::format("{}", length), at, reader.position() - at);
        const std::size_t start = reader.position();
        const Bytes bytes = reader.bytes(static_cast<std::size_t>(length));
        if (length > 0)
            addField(layer, message, "Token", hexText(bytes), start, bytes.size());
    }
    const std::size_t at = reader.position();
    const std::uint64_t length = variableInteger(reader);
    if (!reader.ok())
        return;
    addField(layer, message, "Length", fmt::format("{}", length), at, reader.position() - at);
    addField(layer, message, "Protected payload", fmt::format("{} bytes in this packet", reader.remaining()),
             reader.position(), reader.remaining());
}

} // namespace

bool describeStun(LayerTree& tree, const Message& message)
{
    if (!looksLikeStun(message.bytes))
        return false;
    static constexpr std::array kClasses = {"request", "indication", "success", "error"};
    const unsigned type = loadBe16(message.bytes, 0);
    const unsigned method = (type & 0xfU) | (type & 0xe0U) >> 1U | (type & 0x3e00U) >> 2U;
    const std::size_t length = loadBe16(message.bytes, 2);
    const std::string name = fmt::format("{} {}", stunMethod(method), kClasses[(type >> 4U & 1U) | (type >> 7U & 2U)]);
    LayerNode& layer = addLayer(tree, "Session Traversal Utilities for NAT", message, 20 + length);
    layer.value = name;
    addField(layer, message, "Message", name, 0, 2);
    addField(layer, message, "Length", fmt::format("{}", length), 2, 2);
    addField(layer, message, "Magic cookie", fmt::format("0x{:08x}", kStunCookie), 4, 4);
    addField(layer, message, "Transaction", hexText(message.bytes.subspan(8, 12)), 8, 12);
    const Bytes key = message.bytes.subspan(4, 16);
    std::size_t at = 20;
    while (at + 4 <= 20 + length && layer.children.size() < kMaxShownFields) {
        const std::uint16_t kind = loadBe16(message.bytes, at);
        const std::size_t size = loadBe16(message.bytes, at + 2);
        if (size > 20 + length - at - 4) {
            addField(layer, message, "Damaged", "an attribute is longer than the message", at, 4);
            break;
        }
        const Bytes value = message.bytes.subspan(at + 4, size);
        const std::string text = stunValue(kind, value, key);
        const std::string_view label = stunAttribute(kind);
        addField(layer, message, std::string(label),
                 label == "Attribute" ? fmt::format("0x{:04x}: {}", kind, text) : text, at, 4 + size);
        at += 4 + (size + 3) / 4 * 4;
    }
    if (layer.children.size() >= kMaxShownFields)
        addNote(layer, "More", "further attributes are not listed");
    tree.protocol = "STUN";
    tree.summary = "STUN " + name;
    return true;
}

bool describeRtp(LayerTree& tree, const Message& message)
{
    if (!mayBeRtp(message.bytes))
        return false;
    const Bytes bytes = message.bytes;
    const unsigned first = loadU8(bytes, 0);
    const unsigned second = loadU8(bytes, 1);
    const std::size_t sources = first & 0xfU;
    const unsigned type = second & 0x7fU;
    LayerNode& layer = addLayer(tree, "Real-time Transport Protocol", message, bytes.size());
    const auto flag = [](bool set) { return std::string(set ? "set" : "not set"); };
    addField(layer, message, "Version", "2", 0, 1);
    addField(layer, message, "Padding", flag((first & 0x20U) != 0), 0, 1);
    addField(layer, message, "Extension", flag((first & 0x10U) != 0), 0, 1);
    addField(layer, message, "Contributing sources", fmt::format("{}", sources), 0, 1);
    addField(layer, message, "Marker", flag((second & 0x80U) != 0), 1, 1);
    addField(layer, message, "Payload type", fmt::format("{} ({})", type, rtpPayloadName(type)), 1, 1);
    addField(layer, message, "Sequence number", fmt::format("{}", loadBe16(bytes, 2)), 2, 2);
    addField(layer, message, "Timestamp", fmt::format("{}", loadBe32(bytes, 4)), 4, 4);
    addField(layer, message, "Source (SSRC)", fmt::format("0x{:08x}", loadBe32(bytes, 8)), 8, 4);
    for (std::size_t i = 0; i < sources; ++i)
        addField(layer, message, "Contributing source", fmt::format("0x{:08x}", loadBe32(bytes, 12 + 4 * i)),
                 12 + 4 * i, 4);
    std::size_t header = 12 + 4 * sources;
    if ((first & 0x10U) != 0 && bytes.size() - header >= 4) {
        const std::size_t length = 4 + 4 * std::size_t{loadBe16(bytes, header + 2)};
        addField(layer, message, "Header extension", fmt::format("profile 0x{:04x}", loadBe16(bytes, header)), header,
                 length);
        header = std::min(bytes.size(), header + length);
    }
    addField(layer, message, "Media", fmt::format("{} bytes", bytes.size() - header), header, bytes.size() - header);
    tree.protocol = "RTP";
    layer.value =
        fmt::format("{}, sequence {}, source 0x{:08x}", rtpPayloadName(type), loadBe16(bytes, 2), loadBe32(bytes, 8));
    tree.summary = "RTP " + layer.value;
    return true;
}

bool describeRtcp(LayerTree& tree, const Message& message)
{
    if (!mayBeRtcp(message.bytes))
        return false;
    LayerNode& layer = addLayer(tree, "RTP Control Protocol", message, message.bytes.size());
    std::string names;
    std::size_t at = 0;
    // Behind the first report the rest may be encrypted (SRTCP): what does not continue the chain is not looked at.
    while (message.bytes.size() - at >= 8 && layer.children.size() < kMaxShownFields) {
        const Message rest = message.from(at);
        const unsigned type = loadU8(rest.bytes, 1);
        const std::size_t length = 4 * (std::size_t{loadBe16(rest.bytes, 2)} + 1);
        if (loadU8(rest.bytes, 0) >> 6U != 2 || type < 200 || type > 207 || length > rest.bytes.size())
            break;
        LayerNode& report = addField(layer, rest, "Packet", rtcpName(type), 0, length);
        addField(report, rest, "Type", fmt::format("{} ({})", rtcpName(type), type), 1, 1);
        addField(report, rest, "Length", fmt::format("{} bytes", length), 2, 2);
        addField(report, rest, "Source (SSRC)", fmt::format("0x{:08x}", loadBe32(rest.bytes, 4)), 4, 4);
        names += std::string(names.empty() ? "" : ", ") + rtcpName(type);
        at += length;
    }
    if (at < message.bytes.size())
        addField(layer, message, "Rest", fmt::format("{} bytes", message.bytes.size() - at), at,
                 message.bytes.size() - at);
    tree.protocol = "RTCP";
    layer.value = names;
    tree.summary = "RTCP " + names;
    return true;
}

bool describeQuic(LayerTree& tree, const Message& message)
{
    const Bytes bytes = message.bytes;
    if (!looksLikeQuic(bytes) || (loadU8(bytes, 0) & 0x80U) == 0)
        return false;
    ByteReader reader(bytes);
    const std::uint8_t first = reader.u8();
    const std::uint32_t version = reader.be32();
    const Bytes destination = reader.bytes(reader.u8());
    const Bytes source = reader.bytes(reader.u8());
    if (!reader.ok())
        return false;
    LayerNode& layer = addLayer(tree, "QUIC", message, bytes.size());
    const std::string type = version == 0 ? "Version negotiation" : quicPacketType(first, version);
    addField(layer, message, "Packet type", type, 0, 1);
    addField(layer, message, "Version", quicVersionName(version), 1, 4);
    addField(layer, message, "Destination connection id", hexText(destination), 6, destination.size());
    addField(layer, message, "Source connection id", hexText(source), 7 + destination.size(), source.size());
    if (version == 0) {
        for (std::size_t i = 0; i < kMaxShownFields && reader.remaining() >= 4; ++i) {
            const std::size_t at = reader.position();
            addField(layer, message, "Supported version", quicVersionName(reader.be32()), at, 4);
        }
        if (reader.remaining() >= 4)
            addNote(layer, "More", fmt::format("{} further versions are not listed", reader.remaining() / 4));
    } else if (type != "Retry") {
        addInitialFields(layer, message, reader, type == "Initial");
    } else {
        addField(layer, message, "Token and integrity tag", hexText(reader.rest()), reader.position(),
                 reader.remaining());
    }
    layer.value = fmt::format("{}, version {}", type, quicVersionName(version));
    tree.protocol = "QUIC";
    tree.summary = "QUIC " + layer.value;
    return true;
}

} // namespace timbre::protocol
