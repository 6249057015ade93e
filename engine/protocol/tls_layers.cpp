// TLS records, DTLS records and the hellos in them as tree nodes.

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/safe_text.h"
#include "engine/protocol/tls_hello.h"

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

namespace {

constexpr std::uint16_t kExtensionGroups = 10;
constexpr std::uint16_t kExtensionSignatures = 13;
constexpr std::uint16_t kExtensionKeyShare = 51;

/// Two-byte numbers behind a length of `lengthBytes`, by name.
template<typename Name>
std::string namedList(Bytes body, std::size_t lengthBytes, Name&& name)
{
    std::string out;
    ByteReader reader(body);
    reader.skip(lengthBytes);
    for (std::size_t i = 0; i < kMaxShownFields && reader.ok() && reader.remaining() >= 2; ++i) {
        if (i > 0)
            out += ", ";
        out += name(reader.be16());
    }
    return out + (reader.remaining() >= 2 ? " …" : "");
}

std::string alpnText(Bytes body)
{
    std::string out;
    ByteReader reader(body);
    reader.skip(2);
    for (std::size_t i = 0; i < kMaxShownFields && !reader.atEnd() && reader.ok(); ++i) {
        if (i > 0)
            out += ", ";
        out += displayText(reader.bytes(reader.u8()), 255);
    }
    return out;
}

std::string extensionText(std::uint16_t type, Bytes body, Bytes extensions, bool client)
{
    switch (type) {
    case kExtensionServerName:
        return displayText(serverNameOf(extensions), kMaxNameBytes);
    case kExtensionAlpn:
        return alpnText(body);
    case kExtensionSupportedVersions:
        return namedList(body, client ? 1 : 0, tlsVersionName);
    case kExtensionGroups:
        return namedList(body, 2, tlsGroupName);
    case kExtensionSignatures:
        return namedList(body, 2, [](std::uint16_t value) { return fmt::format("0x{:04x}", value); });
    case kExtensionKeyShare:
        if (!client && body.size() >= 2)
            return tlsGroupName(loadBe16(body, 0));
        break;
    default:
        break;
    }
    return body.empty() ? std::string() : hexText(body);
}

void addExtensions(LayerNode& parent, const Message& message, Bytes extensions, bool client)
{
    if (extensions.empty())
        return;
    LayerNode& list = addField(parent, message, "Extensions", fmt::format("{} bytes", extensions.size()), extensions);
    std::size_t hidden = 0;
    std::size_t at = message.offsetOf(extensions) - message.offset;
    forEachTlsExtension(extensions, [&](std::uint16_t type, Bytes body) {
        if (list.children.size() >= kMaxShownFields) {
            ++hidden;
            return;
        }
        LayerNode& node = addField(list, message, tlsExtensionName(type), extensionText(type, body, extensions, client),
                                   at, 4 + body.size());
        if (type == kExtensionServerName)
            node.filter = nameFilter("sni", serverNameOf(extensions));
        at += 4 + body.size();
    });
    if (hidden > 0)
        addNote(list, "More", fmt::format("{} further extensions are not listed", hidden));
}

void addClientHello(LayerNode& parent, const Message& body, const ClientHello& hello, std::string& summary)
{
    addField(parent, body, "Version", tlsVersionName(hello.version), 0, 2);
    addField(parent, body, "Random", hexText(hello.random), hello.random);
    addField(parent, body, "Session id", hexText(hello.sessionId), hello.sessionId);
    LayerNode& ciphers =
        addField(parent, body, "Cipher suites", fmt::format("{}", hello.cipherSuites.size() / 2), hello.cipherSuites);
    std::size_t at = body.offsetOf(hello.cipherSuites) - body.offset;
    ByteReader reader(hello.cipherSuites);
    for (; reader.remaining() >= 2 && ciphers.children.size() < kMaxShownFields; at += 2)
        addField(ciphers, body, "Cipher suite", tlsCipherName(reader.be16()), at, 2);
    if (reader.remaining() >= 2)
        addNote(ciphers, "More", fmt::format("{} further suites are not listed", reader.remaining() / 2));
    addField(parent, body, "Compression methods", hexText(hello.compressionMethods), hello.compressionMethods);
    addExtensions(parent, body, hello.extensions, true);
    if (const Bytes name = serverNameOf(hello.extensions); !name.empty())
        summary += fmt::format(" ({})", displayText(name, kMaxNameBytes));
}

void addServerHello(LayerNode& parent, const Message& body, const ServerHello& hello, std::string& summary)
{
    addField(parent, body, "Version", tlsVersionName(hello.version), 0, 2);
    addField(parent, body, "Random", hexText(hello.random), hello.random);
    addField(parent, body, "Session id", hexText(hello.sessionId), hello.sessionId);
    const std::size_t at = 2 + hello.random.size() + 1 + hello.sessionId.size();
    const std::string cipher = tlsCipherName(hello.cipherSuite);
    addField(parent, body, "Cipher suite", cipher, at, 2);
    addField(parent, body, "Compression method", fmt::format("{}", hello.compressionMethod), at + 2, 1);
    addExtensions(parent, body, hello.extensions, false);
    std::uint16_t version = hello.version;
    forEachTlsExtension(hello.extensions, [&version](std::uint16_t type, Bytes value) {
        if (type == kExtensionSupportedVersions && value.size() == 2)
            version = loadBe16(value, 0);
    });
    summary += fmt::format(" ({}, {})", tlsVersionName(version), cipher);
}

/// Messages in one handshake record, as far as they are in the clear.
void addHandshakes(LayerNode& record, const Message& content, std::string& summary)
{
    std::size_t at = 0;
    while (content.bytes.size() - at >= kTlsHandshakeHeader && record.children.size() < kMaxShownFields) {
        const std::uint8_t type = loadU8(content.bytes, at);
        const std::size_t length = loadBe32(content.bytes, at) & 0xffffffU;
        const std::string name = tlsHandshakeName(type);
        if (name.empty()) { // behind ChangeCipherSpec everything is encrypted
            addField(record, content, "Encrypted handshake", "", at, content.bytes.size() - at);
            summary += ", encrypted handshake";
            return;
        }
        const Message body = content.part(at + kTlsHandshakeHeader, length);
        LayerNode& node = addField(record, content, "Handshake", name, at, kTlsHandshakeHeader + length);
        addField(node, content, "Type", fmt::format("{} ({})", name, type), at, 1);
        addField(node, content, "Length", fmt::format("{}", length), at + 1, 3);
        summary += ", " + name;
        describeHandshakeBody(node, body, type, false, summary);
        if (body.bytes.size() < length) {
            addNote(node, "Continues",
                    fmt::format("{} bytes follow in other packets or records", length - body.bytes.size()));
            return;
        }
        at += kTlsHandshakeHeader + length;
    }
}

void addAlert(LayerNode& record, const Message& content, std::string& summary)
{
    if (content.bytes.size() != 2) {
        addField(record, content, "Encrypted alert", "", 0, content.bytes.size());
        summary += ", encrypted alert";
        return;
    }
    const std::string name = tlsAlertName(loadU8(content.bytes, 1));
    addField(record, content, "Level", loadU8(content.bytes, 0) == 2 ? "fatal" : "warning", 0, 1);
    addField(record, content, "Reason", name, 1, 1);
    summary += ", alert: " + name;
}

void addRecordContent(LayerNode& record, const Message& content, std::uint8_t type, std::string& summary)
{
    if (type == kTlsHandshake)
        addHandshakes(record, content, summary);
    else if (type == kTlsAlert)
        addAlert(record, content, summary);
    else
        summary += ", " + tlsRecordName(type);
}

/// Many records of one kind would fill the line: it keeps the first few.
void setSummary(LayerTree& tree, const char* protocol, const std::string& parts)
{
    constexpr std::size_t kMaxSummary = 200;
    std::string text = parts.substr(std::min<std::size_t>(2, parts.size()));
    if (text.size() > kMaxSummary) {
        text.resize(text.rfind(", ", kMaxSummary) == std::string::npos ? kMaxSummary : text.rfind(", ", kMaxSummary));
        text += " …";
    }
    tree.layers.back().value = text;
    tree.protocol = protocol;
    tree.summary = fmt::format("{} {}", protocol, text);
}

bool isTlsRecord(Bytes bytes)
{
    if (bytes.size() < kTlsRecordHeader)
        return false;
    const std::uint8_t type = loadU8(bytes, 0);
    const std::size_t length = loadBe16(bytes, 3);
    return type >= kTlsChangeCipherSpec && type <= kTlsApplicationData && isTlsVersion(loadBe16(bytes, 1)) &&
           length > 0 && length <= kMaxTlsRecord;
}

void addRest(LayerNode& layer, const Message& message, std::size_t at)
{
    const std::size_t left = message.bytes.size() - at;
    if (left > 0)
        addField(layer, message, "Rest", fmt::format("{} bytes", left), at, left);
}

/// A handshake message or, more often than in TLS, a fragment of one (RFC 6347 4.2.2).
void addDtlsHandshake(LayerNode& record, const Message& content, const std::string& name, std::string& summary)
{
    const std::size_t length = loadBe32(content.bytes, 0) & 0xffffffU;
    // Both are three bytes: the first byte of the four belongs to the field before.
    const std::size_t fragmentAt = loadBe32(content.bytes, 5) & 0xffffffU;
    const std::size_t fragmentLength = loadBe32(content.bytes, 8) & 0xffffffU;
    LayerNode& node = addField(record, content, "Handshake", name, 0, kDtlsHandshakeHeader + fragmentLength);
    addField(node, content, "Type", name, 0, 1);
    addField(node, content, "Length", fmt::format("{}", length), 1, 3);
    addField(node, content, "Message number", fmt::format("{}", loadBe16(content.bytes, 4)), 4, 2);
    addField(node, content, "Fragment offset", fmt::format("{}", fragmentAt), 6, 3);
    addField(node, content, "Fragment length", fmt::format("{}", fragmentLength), 9, 3);
    summary += ", " + name;
    if (fragmentAt == 0)
        describeHandshakeBody(node, content.part(kDtlsHandshakeHeader, fragmentLength), loadU8(content.bytes, 0), true,
                              summary);
    if (fragmentLength < length)
        addNote(node, "Fragment", "the message continues in other packets");
}

/// Returns the length of the record.
std::size_t addDtlsRecord(LayerNode& layer, const Message& rest, std::string& summary)
{
    const std::uint8_t type = loadU8(rest.bytes, 0);
    const std::uint16_t epoch = loadBe16(rest.bytes, 3);
    const std::size_t length = loadBe16(rest.bytes, 11);
    LayerNode& record = addField(layer, rest, "Record", tlsRecordName(type), 0, kDtlsRecordHeader + length);
    addField(record, rest, "Content", fmt::format("{} ({})", tlsRecordName(type), type), 0, 1);
    addField(record, rest, "Version", tlsVersionName(loadBe16(rest.bytes, 1)), 1, 2);
    addField(record, rest, "Epoch", fmt::format("{}", epoch), 3, 2);
    addField(record, rest, "Sequence number",
             fmt::format("{}", std::uint64_t{loadBe16(rest.bytes, 5)} << 32U | loadBe32(rest.bytes, 7)), 5, 6);
    addField(record, rest, "Length", fmt::format("{}", length), 11, 2);
    const Message content = rest.part(kDtlsRecordHeader, length);
    // From epoch 1 on everything is encrypted.
    const bool handshake = epoch == 0 && type == kTlsHandshake && length >= kDtlsHandshakeHeader;
    const std::string name = handshake ? tlsHandshakeName(loadU8(content.bytes, 0)) : std::string();
    if (!name.empty())
        addDtlsHandshake(record, content, name, summary);
    else if (epoch == 0 && type == kTlsAlert)
        addAlert(record, content, summary);
    else
        summary += ", " + tlsRecordName(type);
    return kDtlsRecordHeader + length;
}

} // namespace

void describeHandshakeBody(LayerNode& parent, const Message& body, std::uint8_t type, bool dtls, std::string& summary)
{
    if (type == kTlsClientHello) {
        if (const auto hello = parseClientHello(body.bytes, dtls))
            addClientHello(parent, body, *hello, summary);
        else
            addNote(parent, "Incomplete", "the message is cut or damaged");
    } else if (type == kTlsServerHello) {
        if (const auto hello = parseServerHello(body.bytes))
            addServerHello(parent, body, *hello, summary);
        else
            addNote(parent, "Incomplete", "the message is cut or damaged");
    }
}

bool describeTls(LayerTree& tree, const Message& message)
{
    if (!isTlsRecord(message.bytes))
        return false;
    LayerNode& layer = addLayer(tree, "Transport Layer Security", message, message.bytes.size());
    std::string summary;
    std::size_t at = 0;
    while (isTlsRecord(message.bytes.subspan(at)) && layer.children.size() < kMaxShownFields) {
        const Message rest = message.from(at);
        const std::uint8_t type = loadU8(rest.bytes, 0);
        const std::size_t length = loadBe16(rest.bytes, 3);
        LayerNode& record = addField(layer, rest, "Record", tlsRecordName(type), 0, kTlsRecordHeader + length);
        addField(record, rest, "Content", fmt::format("{} ({})", tlsRecordName(type), type), 0, 1);
        addField(record, rest, "Version", tlsVersionName(loadBe16(rest.bytes, 1)), 1, 2);
        addField(record, rest, "Length", fmt::format("{}", length), 3, 2);
        const Message content = rest.part(kTlsRecordHeader, length);
        addRecordContent(record, content, type, summary);
        at += kTlsRecordHeader + content.bytes.size();
        if (content.bytes.size() < length) {
            addNote(record, "Continues",
                    fmt::format("{} bytes follow in other packets", length - content.bytes.size()));
            break;
        }
    }
    addRest(layer, message, at);
    setSummary(tree, "TLS", summary);
    return true;
}

bool describeDtls(LayerTree& tree, const Message& message)
{
    if (!looksLikeDtls(message.bytes))
        return false;
    LayerNode& layer = addLayer(tree, "Datagram Transport Layer Security", message, message.bytes.size());
    std::string summary;
    std::size_t at = 0;
    while (looksLikeDtls(message.bytes.subspan(at)) && layer.children.size() < kMaxShownFields)
        at += addDtlsRecord(layer, message.from(at), summary);
    addRest(layer, message, at);
    setSummary(tree, "DTLS", summary);
    return true;
}

} // namespace timbre::protocol
