#include "engine/protocol/client_hello.h"

#include "engine/protocol/digest.h"
#include "engine/protocol/head_facts.h"
#include "engine/protocol/safe_text.h"

#include <fmt/format.h>

namespace timbre::protocol {

namespace {

constexpr std::uint16_t kExtensionGroups = 10;
constexpr std::uint16_t kExtensionPointFormats = 11;
constexpr std::uint16_t kExtensionSignatureAlgorithms = 13;
constexpr std::size_t kHashDigits = 12;
constexpr unsigned kMostCounted = 99;
constexpr std::string_view kNoHash = "000000000000";

/// The values that fingerprints are made of; GREASE is gone.
struct HelloValues {
    std::vector<std::uint16_t> ciphers;
    std::vector<std::uint16_t> extensions;
    std::vector<std::uint16_t> groups;
    std::vector<std::uint16_t> signatures;
    std::vector<std::uint16_t> versions;
    std::vector<std::uint8_t> pointFormats;
    std::vector<Bytes> alpn;
};

std::vector<std::uint16_t> valuesOf(Bytes list)
{
    std::vector<std::uint16_t> values;
    for (std::size_t at = 0; at + 2 <= list.size(); at += 2)
        if (const std::uint16_t value = loadBe16(list, at); !isGrease(value))
            values.push_back(value);
    return values;
}

/// What follows a length of one or two bytes, or less of it when there is less.
Bytes prefixed(Bytes body, std::size_t lengthBytes)
{
    ByteReader reader(body);
    const std::size_t length = lengthBytes == 1 ? reader.u8() : reader.be16();
    return reader.ok() ? reader.rest().first(std::min(length, reader.remaining())) : Bytes{};
}

void takeAlpn(Bytes body, std::vector<Bytes>& alpn)
{
    ByteReader list(prefixed(body, 2));
    while (list.remaining() > 0 && alpn.size() < kMaxAlpn) {
        const Bytes name = list.bytes(list.u8());
        if (!list.ok())
            return;
        alpn.push_back(name);
    }
}

HelloValues collect(const ClientHello& hello)
{
    HelloValues values;
    values.ciphers = valuesOf(hello.cipherSuites);
    forEachTlsExtension(hello.extensions, [&](std::uint16_t type, Bytes body) {
        if (isGrease(type))
            return;
        values.extensions.push_back(type);
        switch (type) {
        case kExtensionGroups:
            values.groups = valuesOf(prefixed(body, 2));
            break;
        case kExtensionPointFormats:
            for (const std::byte format : prefixed(body, 1))
                values.pointFormats.push_back(std::to_integer<std::uint8_t>(format));
            break;
        case kExtensionSignatureAlgorithms:
            values.signatures = valuesOf(prefixed(body, 2));
            break;
        case kExtensionAlpn:
            takeAlpn(body, values.alpn);
            break;
        case kExtensionSupportedVersions:
            values.versions = valuesOf(prefixed(body, 1));
            break;
        default:
            break;
        }
    });
    return values;
}

/// In decimal, as JA3 writes them.
template<typename Value>
std::string inDecimal(const std::vector<Value>& values)
{
    std::string text;
    text.reserve(values.size() * 6);
    for (const Value value : values) {
        if (!text.empty())
            text += '-';
        const fmt::format_int digits(value);
        text.append(digits.data(), digits.size());
    }
    return text;
}

/// Four hex digits each, as JA4 writes them.
std::string inHex(const std::vector<std::uint16_t>& values)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(values.size() * 5);
    for (const std::uint16_t value : values) {
        if (!text.empty())
            text += ',';
        for (const unsigned shift : {12U, 8U, 4U, 0U})
            text += kDigits[value >> shift & 0xfU];
    }
    return text;
}

const char* versionText(std::uint16_t version)
{
    switch (version) {
    case 0x0304:
        return "13";
    case 0x0303:
        return "12";
    case 0x0302:
        return "11";
    case 0x0301:
        return "10";
    case 0x0300:
        return "s3";
    case 0x0002:
        return "s2";
    case 0xfeff:
        return "d1";
    case 0xfefd:
        return "d2";
    case 0xfefc:
        return "d3";
    default:
        return "00";
    }
}

bool isAlphanumeric(std::uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// First and last character of the first protocol; in hex where one of them is neither letter nor digit.
std::string alpnText(const std::vector<Bytes>& alpn)
{
    if (alpn.empty() || alpn.front().empty())
        return "00";
    const std::uint8_t first = loadU8(alpn.front(), 0);
    const std::uint8_t last = loadU8(alpn.front(), alpn.front().size() - 1);
    if (isAlphanumeric(first) && isAlphanumeric(last))
        return {static_cast<char>(first), static_cast<char>(last)};
    return fmt::format("{:x}{:x}", first >> 4U, last & 0xfU);
}

std::string shortHash(const std::string& text)
{
    return sharedSha256Hex(text).substr(0, kHashDigits);
}

std::string ja4Of(const ClientHello& hello, const HelloValues& values, HelloTransport transport)
{
    const std::uint16_t version =
        values.versions.empty() ? hello.version : *std::max_element(values.versions.begin(), values.versions.end());
    const bool named =
        std::find(values.extensions.begin(), values.extensions.end(), kExtensionServerName) != values.extensions.end();
    const auto counted = [](std::size_t size) { return std::min<std::size_t>(size, kMostCounted); };
    std::vector<std::uint16_t> ciphers = values.ciphers;
    std::sort(ciphers.begin(), ciphers.end());
    std::vector<std::uint16_t> extensions = values.extensions;
    std::erase_if(extensions, [](std::uint16_t e) { return e == kExtensionServerName || e == kExtensionAlpn; });
    std::sort(extensions.begin(), extensions.end());
    std::string extensionText = inHex(extensions);
    if (!values.signatures.empty())
        extensionText += "_" + inHex(values.signatures);
    return fmt::format("{}{}{}{:02}{:02}{}_{}_{}", static_cast<char>(transport), versionText(version),
                       named ? 'd' : 'i', counted(values.ciphers.size()), counted(values.extensions.size()),
                       alpnText(values.alpn),
                       ciphers.empty() ? std::string(kNoHash) : shortHash(inHex(ciphers)),
                       extensions.empty() ? std::string(kNoHash) : shortHash(extensionText));
}

} // namespace

ClientHelloFacts describeHello(const ClientHello& hello, HelloTransport transport)
{
    const HelloValues values = collect(hello);
    ClientHelloFacts facts;
    facts.ja3Text = fmt::format("{},{},{},{},{}", hello.version, inDecimal(values.ciphers),
                                inDecimal(values.extensions), inDecimal(values.groups),
                                inDecimal(values.pointFormats));
    facts.ja3 = sharedMd5Hex(facts.ja3Text);
    facts.ja4 = ja4Of(hello, values, transport);
    if (const Bytes name = serverNameOf(hello.extensions); name.size() <= kMaxNameBytes)
        appendLowerEscaped(facts.serverName, name);
    for (const Bytes protocol : values.alpn)
        facts.alpn.push_back(displayText(protocol));
    return facts;
}

std::optional<ClientHelloFacts> readHelloMessage(Bytes message, HelloTransport transport)
{
    if (message.size() < kTlsHandshakeHeader || loadU8(message, 0) != kTlsClientHello)
        return std::nullopt;
    const auto hello = parseClientHello(message.subspan(kTlsHandshakeHeader), transport == HelloTransport::Dtls);
    return hello ? std::optional(describeHello(*hello, transport)) : std::nullopt;
}

} // namespace timbre::protocol
