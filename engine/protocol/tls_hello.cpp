#include "engine/protocol/tls_hello.h"

namespace timbre::protocol {

namespace {

constexpr std::size_t kRandomBytes = 32;
constexpr std::uint8_t kNameTypeHost = 0; // RFC 6066 3

/// The extension block at the end; missing in old hellos, and then empty.
Bytes readExtensions(ByteReader& reader)
{
    if (reader.remaining() < 2)
        return {};
    const std::size_t length = reader.be16();
    // A block that claims more than is there still gives the extensions that are whole.
    return reader.bytes(std::min(length, reader.remaining()));
}

} // namespace

std::optional<ClientHello> parseClientHello(Bytes body, bool dtls)
{
    ByteReader reader(body);
    ClientHello hello;
    hello.version = reader.be16();
    hello.random = reader.bytes(kRandomBytes);
    hello.sessionId = reader.bytes(reader.u8());
    if (dtls)
        hello.cookie = reader.bytes(reader.u8());
    hello.cipherSuites = reader.bytes(reader.be16());
    hello.compressionMethods = reader.bytes(reader.u8());
    if (!reader.ok())
        return std::nullopt;
    hello.extensions = readExtensions(reader);
    return hello;
}

std::optional<ServerHello> parseServerHello(Bytes body)
{
    ByteReader reader(body);
    ServerHello hello;
    hello.version = reader.be16();
    hello.random = reader.bytes(kRandomBytes);
    hello.sessionId = reader.bytes(reader.u8());
    hello.cipherSuite = reader.be16();
    hello.compressionMethod = reader.u8();
    if (!reader.ok())
        return std::nullopt;
    hello.extensions = readExtensions(reader);
    return hello;
}

Bytes serverNameOf(Bytes extensions)
{
    Bytes name;
    forEachTlsExtension(extensions, [&name](std::uint16_t type, Bytes body) {
        if (type != kExtensionServerName || !name.empty())
            return;
        ByteReader list(body);
        list.skip(2); // length of the list
        while (list.ok() && list.remaining() >= 3 && name.empty()) {
            const std::uint8_t kind = list.u8();
            const Bytes entry = list.bytes(list.be16());
            if (kind == kNameTypeHost)
                name = entry;
        }
    });
    return name;
}

} // namespace timbre::protocol
