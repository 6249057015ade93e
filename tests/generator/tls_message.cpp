#include "tests/generator/tls_message.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint8_t kHandshake = 22;
constexpr std::uint8_t kChangeCipherSpec = 20;
constexpr std::uint8_t kApplicationData = 23;
constexpr std::size_t kMaxRecordBytes = 16384; // RFC 8446, 5.1
constexpr std::size_t kX25519Bytes = 32;

std::uint16_t greaseValue(Random& random)
{
    return low16(0x0a0aU + 0x1010U * random.below(16));
}

void extension(ByteWriter& out, std::uint16_t type, ByteView body)
{
    out.u16(type).u16(body.size()).bytes(body);
}

/// A list of 16-bit numbers with its length in front, of one or two bytes.
Bytes numberList(const std::vector<std::uint16_t>& numbers, bool shortLength)
{
    Bytes body;
    ByteWriter out(body);
    if (shortLength) {
        out.u8(numbers.size() * 2);
    } else {
        out.u16(numbers.size() * 2);
    }
    for (const std::uint16_t number : numbers) {
        out.u16(number);
    }
    return body;
}

std::vector<std::uint16_t> withGrease(std::vector<std::uint16_t> numbers, bool grease, Random& random)
{
    if (grease) {
        numbers.insert(numbers.begin(), greaseValue(random));
    }
    return numbers;
}

Bytes serverNameBody(std::string_view name)
{
    Bytes body;
    ByteWriter(body).u16(name.size() + 3).u8(0).u16(name.size()).text(name);
    return body;
}

Bytes alpnBody(const std::vector<std::string>& protocols)
{
    Bytes list;
    ByteWriter out(list);
    for (const auto& protocol : protocols) {
        out.u8(protocol.size()).text(protocol);
    }
    Bytes body;
    ByteWriter(body).u16(list.size()).bytes(list);
    return body;
}

Bytes keyShareBody(std::uint16_t group, Random& random)
{
    Bytes body;
    ByteWriter(body).u16(4 + kX25519Bytes).u16(group).u16(kX25519Bytes).bytes(random.bytes(kX25519Bytes));
    return body;
}

Bytes transportParameters(Random& random)
{
    Bytes body;
    ByteWriter out(body);
    out.u8(0x01).u8(4).u32(0x80007530U);       // max_idle_timeout 30 s
    out.u8(0x04).u8(4).u32(0x80100000U);       // initial_max_data 1 MiB
    out.u8(0x08).u8(2).u16(0x4064);            // initial_max_streams_bidi 100
    out.u8(0x0f).u8(8).bytes(random.bytes(8)); // initial_source_connection_id
    return body;
}

Bytes clientExtensions(const ClientHello& hello, Random& random)
{
    Bytes list;
    ByteWriter out(list);
    if (hello.grease) {
        extension(out, greaseValue(random), {});
    }
    if (!hello.serverName.empty()) {
        extension(out, 0, serverNameBody(hello.serverName));
    }
    if (!hello.quic) {
        extension(out, 23, {});           // extended master secret
        extension(out, 0xff01, Bytes{0}); // renegotiation info
    }
    extension(out, 10, numberList(withGrease(hello.groups, hello.grease, random), false));
    if (!hello.quic) {
        extension(out, 11, Bytes{1, 0}); // uncompressed points
        extension(out, 35, {});          // session ticket
    }
    if (!hello.alpn.empty()) {
        extension(out, 16, alpnBody(hello.alpn));
    }
    extension(out, 13, numberList(hello.signatureAlgorithms, false));
    extension(out, 51, keyShareBody(0x001d, random));
    extension(out, 45, Bytes{1, 1}); // PSK with (EC)DHE
    const auto versions = hello.quic ? std::vector<std::uint16_t>{0x0304} : hello.versions;
    extension(out, 43, numberList(withGrease(versions, hello.grease, random), true));
    if (hello.quic) {
        extension(out, 57, transportParameters(random));
    }
    if (hello.paddingBytes > 0) {
        extension(out, 21, Bytes(hello.paddingBytes));
    }
    return list;
}

Bytes handshakeMessage(std::uint8_t type, ByteView body)
{
    Bytes message;
    ByteWriter(message).u8(type).u24(body.size()).bytes(body);
    return message;
}

} // namespace

Bytes clientHelloMessage(const ClientHello& hello, Random& random)
{
    Bytes body;
    ByteWriter out(body);
    out.u16(0x0303).bytes(random.bytes(32));
    const std::size_t sessionIdBytes = hello.quic ? 0 : 32;
    out.u8(sessionIdBytes).bytes(random.bytes(sessionIdBytes));
    out.bytes(numberList(withGrease(hello.cipherSuites, hello.grease, random), false)).u8(1).u8(0);
    const Bytes extensions = clientExtensions(hello, random);
    out.u16(extensions.size()).bytes(extensions);
    return handshakeMessage(1, body);
}

Bytes serverHelloMessage(Random& random, std::uint16_t cipherSuite, bool tls13)
{
    Bytes extensions;
    ByteWriter extensionsOut(extensions);
    if (tls13) {
        Bytes share;
        ByteWriter(share).u16(0x001d).u16(kX25519Bytes).bytes(random.bytes(kX25519Bytes));
        extension(extensionsOut, 51, share);
        extension(extensionsOut, 43, Bytes{0x03, 0x04});
    } else {
        extension(extensionsOut, 0xff01, Bytes{0});
        extension(extensionsOut, 16, alpnBody({"http/1.1"}));
    }
    Bytes body;
    ByteWriter out(body);
    out.u16(0x0303).bytes(random.bytes(32)).u8(32).bytes(random.bytes(32)).u16(cipherSuite).u8(0);
    out.u16(extensions.size()).bytes(extensions);
    return handshakeMessage(2, body);
}

Bytes tlsRecord(std::uint8_t type, std::uint16_t version, ByteView body)
{
    Bytes record;
    ByteWriter(record).u8(type).u16(version).u16(body.size()).bytes(body);
    return record;
}

Bytes tlsClientFlight(const ClientHello& hello, Random& random)
{
    return tlsRecord(kHandshake, 0x0301, clientHelloMessage(hello, random));
}

Bytes tlsServerFlight(Random& random, std::size_t encryptedBytes)
{
    Bytes flight = tlsRecord(kHandshake, 0x0303, serverHelloMessage(random));
    ByteWriter(flight)
        .bytes(tlsRecord(kChangeCipherSpec, 0x0303, Bytes{1}))
        .bytes(tlsApplicationData(random, encryptedBytes));
    return flight;
}

Bytes tlsApplicationData(Random& random, std::size_t bytes)
{
    Bytes result;
    ByteWriter out(result);
    for (std::size_t left = bytes; left > 0;) {
        const std::size_t length = std::min(left, kMaxRecordBytes);
        out.bytes(tlsRecord(kApplicationData, 0x0303, random.bytes(length)));
        left -= length;
    }
    return result;
}

} // namespace timbre::generator
