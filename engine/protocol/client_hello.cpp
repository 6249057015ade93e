#include "engine/protocol/client_hello.h"

#include "engine/protocol/digest.h"
#include "engine/protocol/head_facts.h"
#include "engine/protocol/safe_text.h"

#include <fmt/format.h>

#include <charconv>

namespace timbre::protocol {

namespace {

constexpr std::uint16_t kExtensionGroups = 10;
constexpr std::uint16_t kExtensionPointFormats = 11;
constexpr std::uint16_t kExtensionSignatureAlgorithms = 13;
constexpr std::size_t kHashDigits = 12;
constexpr std::size_t kMostCounted = 99;
constexpr std::size_t kJa4Length = 36;
constexpr std::string_view kNoHash = "000000000000";

/// The values that fingerprints are made of; GREASE is gone.
struct HelloValues {
    std::vector<std::uint16_t> ciphers;
    std::vector<std::uint16_t> extensions;
    std::vector<std::uint16_t> groups;
    std::vector<std::uint16_t> signatures;
    std::vector<std::uint16_t> versions;
    std::vector<std::uint8_t> pointFormats;
    std::optional<Bytes> alpn; // the first one

    /// Their memory stays for the next hello.
    void clear()
    {
        for (auto* list : {&ciphers, &extensions, &groups, &signatures, &versions})
            list->clear();
        pointFormats.clear();
        alpn.reset();
    }
};

void takeValues(Bytes list, std::vector<std::uint16_t>& values)
{
    values.resize(list.size() / 2);
    std::size_t count = 0;
    for (std::size_t at = 0; at + 2 <= list.size(); at += 2) {
        values[count] = loadBe16(list, at);
        count += isGrease(values[count]) ? 0 : 1;
    }
    values.resize(count);
}

/// What follows a length of one or two bytes, or less of it when there is less.
Bytes prefixed(Bytes body, std::size_t lengthBytes)
{
    ByteReader reader(body);
    const std::size_t length = lengthBytes == 1 ? reader.u8() : reader.be16();
    return reader.ok() ? reader.rest().first(std::min(length, reader.remaining())) : Bytes{};
}

std::optional<Bytes> firstAlpn(Bytes body)
{
    ByteReader list(prefixed(body, 2));
    if (list.remaining() == 0)
        return std::nullopt;
    const Bytes name = list.bytes(list.u8());
    return list.ok() ? std::optional(name) : std::nullopt;
}

void collect(const ClientHello& hello, HelloValues& values)
{
    values.clear();
    takeValues(hello.cipherSuites, values.ciphers);
    forEachTlsExtension(hello.extensions, [&](std::uint16_t type, Bytes body) {
        if (isGrease(type))
            return;
        values.extensions.push_back(type);
        switch (type) {
        case kExtensionGroups:
            takeValues(prefixed(body, 2), values.groups);
            break;
        case kExtensionPointFormats:
            for (const std::byte format : prefixed(body, 1))
                values.pointFormats.push_back(std::to_integer<std::uint8_t>(format));
            break;
        case kExtensionSignatureAlgorithms:
            takeValues(prefixed(body, 2), values.signatures);
            break;
        case kExtensionAlpn:
            if (!values.alpn)
                values.alpn = firstAlpn(body);
            break;
        case kExtensionSupportedVersions:
            takeValues(prefixed(body, 1), values.versions);
            break;
        default:
            break;
        }
    });
}

/// Behind a comma in decimal, as JA3 writes them.
template<typename Value>
void appendDecimal(std::string& text, const std::vector<Value>& values)
{
    constexpr std::size_t kMostDigits = 5;
    const std::size_t begin = text.size() + 1;
    text += ',';
    text.resize(begin + values.size() * (kMostDigits + 1));
    char* const first = text.data() + begin;
    char* at = first;
    for (const Value value : values) {
        if (at != first)
            *at++ = '-';
        at = std::to_chars(at, at + kMostDigits, value).ptr;
    }
    text.resize(static_cast<std::size_t>(at - text.data()));
}

/// Four hex digits each, as JA4 writes them.
void appendHex(std::string& text, const std::vector<std::uint16_t>& values)
{
    constexpr char kDigits[] = "0123456789abcdef";
    const std::size_t begin = text.size();
    text.resize(begin + values.size() * 5, ',');
    char* at = text.data() + begin;
    for (const std::uint16_t value : values) {
        for (const unsigned shift : {12U, 8U, 4U, 0U})
            *at++ = kDigits[value >> shift & 0xfU];
        ++at;
    }
    if (!values.empty())
        text.pop_back(); // the last comma
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
std::string alpnText(const std::optional<Bytes>& alpn)
{
    if (!alpn || alpn->empty())
        return "00";
    const std::uint8_t first = loadU8(*alpn, 0);
    const std::uint8_t last = loadU8(*alpn, alpn->size() - 1);
    if (isAlphanumeric(first) && isAlphanumeric(last))
        return {static_cast<char>(first), static_cast<char>(last)};
    return fmt::format("{:x}{:x}", first >> 4U, last & 0xfU);
}

/// `text` is used for nothing but its memory.
std::string ja3Of(const ClientHello& hello, const HelloValues& values, std::string& text)
{
    text = std::to_string(hello.version);
    appendDecimal(text, values.ciphers);
    appendDecimal(text, values.extensions);
    appendDecimal(text, values.groups);
    appendDecimal(text, values.pointFormats);
    return sharedMd5Hex(text);
}

void appendTwoDigits(std::string& text, std::size_t number)
{
    number = std::min<std::size_t>(number, kMostCounted);
    text += static_cast<char>('0' + number / 10);
    text += static_cast<char>('0' + number % 10);
}

void appendShortHash(std::string& out, const std::string& text)
{
    out.append(sharedSha256Hex(text), 0, kHashDigits);
}

/// Leaves the values sorted. `text` is used for nothing but its memory.
std::string ja4Of(const ClientHello& hello, HelloValues& values, HelloTransport transport, std::string& text)
{
    const std::uint16_t version =
        values.versions.empty() ? hello.version : *std::max_element(values.versions.begin(), values.versions.end());
    const bool named =
        std::find(values.extensions.begin(), values.extensions.end(), kExtensionServerName) != values.extensions.end();
    std::string ja4;
    ja4.reserve(kJa4Length);
    ja4 += static_cast<char>(transport);
    ja4 += versionText(version);
    ja4 += named ? 'd' : 'i';
    appendTwoDigits(ja4, values.ciphers.size());
    appendTwoDigits(ja4, values.extensions.size());
    ja4 += alpnText(values.alpn);
    std::sort(values.ciphers.begin(), values.ciphers.end());
    std::erase_if(values.extensions, [](std::uint16_t e) { return e == kExtensionServerName || e == kExtensionAlpn; });
    std::sort(values.extensions.begin(), values.extensions.end());
    ja4 += '_';
    text.clear();
    appendHex(text, values.ciphers);
    if (values.ciphers.empty())
        ja4 += kNoHash;
    else
        appendShortHash(ja4, text);
    ja4 += '_';
    text.clear();
    appendHex(text, values.extensions);
    if (!values.signatures.empty()) {
        text += '_';
        appendHex(text, values.signatures);
    }
    if (values.extensions.empty())
        ja4 += kNoHash;
    else
        appendShortHash(ja4, text);
    return ja4;
}

} // namespace

ClientHelloFacts describeHello(const ClientHello& hello, HelloTransport transport)
{
    thread_local HelloValues values; // hellos are many and alike: their lists and texts need no new memory
    thread_local std::string text;
    collect(hello, values);
    ClientHelloFacts facts;
    facts.ja3 = ja3Of(hello, values, text);
    facts.ja4 = ja4Of(hello, values, transport, text);
    if (const Bytes name = serverNameOf(hello.extensions); name.size() <= kMaxNameBytes)
        appendLowerEscaped(facts.serverName, name);
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
