#pragma once

// Makes QUIC Initial packets that decrypt (RFC 9001 5, RFC 9369 3), for tests of their reader: frames in, packet out.

#include "tests/protocol/messages.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>

namespace timbre::test {

enum class QuicVersion : std::uint32_t { V1 = 0x00000001, V2 = 0x6b3343cf, Draft29 = 0xff00001d };

/// Values up to 2^30, in the shortest form of two or more bytes.
inline Wire quicVarint(std::size_t value)
{
    return value < 0x4000 ? be16(0x4000 | value) : be32(0x80000000U | value);
}

inline Wire quicCrypto(std::size_t offset, const Wire& data)
{
    return be8(6) + quicVarint(offset) + quicVarint(data.size()) + data;
}

/// What the keys of one client's Initial packets are made of, and how its packets look.
struct QuicClient {
    QuicVersion version = QuicVersion::V1;
    Wire keyId = "original";  // the connection id of the first packet
    Wire destination = keyId; // … of this one
    Wire source = "client-id";
    Wire token;
    unsigned numberBytes = 2;
    std::uint32_t number = 0;
    bool server = false; // seal with the server's keys
};

namespace quic_maker {

inline Wire hmac(const Wire& key, const Wire& data)
{
    std::array<unsigned char, 32> out{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(data.data()),
         data.size(), out.data(), &length);
    return {out.begin(), out.end()};
}

inline Wire expand(const Wire& secret, const Wire& label, std::size_t length)
{
    const Wire name = "tls13 " + label;
    return hmac(secret, be16(length) + be8(name.size()) + name + be8(0) + be8(1)).substr(0, length);
}

inline Wire saltOf(QuicVersion version)
{
    const auto bytes = [](std::initializer_list<int> values) {
        Wire wire;
        for (const int value : values)
            wire += be8(static_cast<std::size_t>(value));
        return wire;
    };
    switch (version) {
    case QuicVersion::V1:
        return bytes({0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
                      0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a});
    case QuicVersion::V2:
        return bytes({0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
                      0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9});
    case QuicVersion::Draft29:
        break;
    }
    return bytes({0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
                  0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99});
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

inline const unsigned char* octets(const Wire& wire)
{
    return reinterpret_cast<const unsigned char*>(wire.data());
}

inline Wire seal(const Wire& key, const Wire& nonce, const Wire& header, const Wire& plain)
{
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Wire out(plain.size(), '\0');
    Wire tag(16, '\0');
    int length = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, octets(key), octets(nonce));
    EVP_EncryptUpdate(context.get(), nullptr, &length, octets(header), static_cast<int>(header.size()));
    EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, octets(plain),
                      static_cast<int>(plain.size()));
    EVP_EncryptFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out.data()) + length, &length);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, 16, tag.data());
    return out + tag;
}

inline Wire mask(const Wire& key, const Wire& sample)
{
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Wire out(32, '\0');
    int length = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, octets(key), nullptr);
    EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, octets(sample),
                      static_cast<int>(sample.size()));
    return out;
}

} // namespace quic_maker

/// One Initial packet; `plainBytes` is filled up with padding.
inline Wire quicInitialPacket(const QuicClient& client, Wire frames, std::size_t plainBytes = 0)
{
    using namespace quic_maker;
    const bool second = client.version == QuicVersion::V2;
    const Wire prefix = second ? "quicv2 " : "quic ";
    const Wire initial = hmac(saltOf(client.version), client.keyId);
    const Wire secret = expand(initial, client.server ? "server in" : "client in", 32);
    frames.resize(std::max(std::max(frames.size(), plainBytes), std::size_t{20}), '\0');
    const unsigned type = second ? 1 : 0;
    Wire header = be8(0xc0U | type << 4U | (client.numberBytes - 1)) +
                  be32(static_cast<std::uint32_t>(client.version)) + be8(client.destination.size()) +
                  client.destination + be8(client.source.size()) + client.source + quicVarint(client.token.size()) +
                  client.token + quicVarint(client.numberBytes + frames.size() + 16);
    const std::size_t numberAt = header.size();
    header += be32(client.number).substr(4 - client.numberBytes);
    Wire nonce = expand(secret, prefix + "iv", 12);
    for (unsigned i = 0; i < 4; ++i)
        nonce[11 - i] = static_cast<char>(nonce[11 - i] ^ static_cast<char>(client.number >> 8U * i & 0xffU));
    Wire packet = header + seal(expand(secret, prefix + "key", 16), nonce, header, frames);
    const Wire bits = mask(expand(secret, prefix + "hp", 16), packet.substr(numberAt + 4, 16));
    packet[0] = static_cast<char>(packet[0] ^ (bits[0] & 0x0f));
    for (unsigned i = 0; i < client.numberBytes; ++i)
        packet[numberAt + i] = static_cast<char>(packet[numberAt + i] ^ bits[1 + i]);
    return packet;
}

/// A long-header packet of another type that nobody can read: 0-RTT, Handshake.
inline Wire quicOtherPacket(const QuicClient& client, unsigned type, std::size_t bytes)
{
    const unsigned bits = client.version == QuicVersion::V2 ? (type + 1) % 4 : type;
    return be8(0xc0U | bits << 4U) + be32(static_cast<std::uint32_t>(client.version)) + be8(client.destination.size()) +
           client.destination + be8(client.source.size()) + client.source + quicVarint(bytes) + Wire(bytes, '\x5a');
}

} // namespace timbre::test
