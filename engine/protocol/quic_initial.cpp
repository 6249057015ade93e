#include "engine/protocol/quic_initial.h"

#include "engine/protocol/digest.h"
#include "engine/protocol/tls_handshake.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>

namespace timbre::protocol {

namespace {

constexpr std::uint32_t kVersion1 = 0x00000001;
constexpr std::uint32_t kVersion2 = 0x6b3343cf;
constexpr std::size_t kMaxConnectionId = 20; // RFC 9000 17.2
constexpr std::size_t kSampleBytes = 16;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kMaxPacketsPerDatagram = 8;
constexpr std::size_t kMaxFrames = 1024; // per packet, runs of padding counted once

constexpr std::uint64_t kCrypto = 6;
constexpr std::uint64_t kGoogleCrypto = 8; // in T050 and T051

using Salt = std::array<std::uint8_t, 20>;

// RFC 9001 5.2, RFC 9369 3.3.1 and the drafts before them.
constexpr Salt kSalt1{0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
                      0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a};
constexpr Salt kSalt2{0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
                      0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9};
constexpr Salt kSaltDraft29{0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
                            0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99};
constexpr Salt kSaltDraft23{0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
                            0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02};
constexpr Salt kSaltDraft21{0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a,
                            0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02, 0x64, 0x4a};
constexpr Salt kSaltT050{0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80,
                         0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48, 0x83, 0x10};
constexpr Salt kSaltT051{0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50,
                         0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e, 0x03, 0x3d};

const Salt* saltOf(std::uint32_t version)
{
    if (version == kVersion1)
        return &kSalt1;
    if (version == kVersion2)
        return &kSalt2;
    switch (version) {
    case 0xfaceb001: // Facebook's name of draft 22
        return &kSaltDraft21;
    case 0xfaceb002: // … draft 27
        return &kSaltDraft23;
    case 0xfaceb00e: // … draft 29
        return &kSaltDraft29;
    case 0x54303530: // Google's T050
        return &kSaltT050;
    case 0x54303531:
        return &kSaltT051;
    default:
        break;
    }
    if ((version & 0x0f0f0f0fU) == 0x0a0a0a0aU)
        return &kSaltDraft29; // forces a negotiation: seen with the keys of the drafts of its time only
    if (version >> 8U != 0xff0000)
        return nullptr;
    const std::uint32_t draft = version & 0xffU;
    if (draft >= 29 && draft <= 34)
        return draft >= 33 ? &kSalt1 : &kSaltDraft29;
    if (draft >= 23)
        return draft <= 28 ? &kSaltDraft23 : nullptr;
    return draft >= 21 ? &kSaltDraft21 : nullptr;
}

std::uint64_t readVarint(ByteReader& reader)
{
    const std::uint8_t first = reader.u8();
    std::uint64_t value = first & 0x3fU;
    for (unsigned i = 0; i < (1U << (first >> 6U)) - 1; ++i)
        value = value << 8U | reader.u8();
    return value;
}

using Secret = Sha256;

/// HKDF-Expand-Label of RFC 8446 7.1 without context, for results of at most one block.
Secret expandLabel(const Secret& secret, std::string_view label, std::uint16_t length)
{
    constexpr std::string_view kPrefix = "tls13 ";
    constexpr std::size_t kLongestLabel = 10;
    std::array<std::byte, 3 + kPrefix.size() + kLongestLabel + 2> info; // not set to anything before it is written
    std::size_t size = 0;
    const auto add = [&](std::size_t byte) { info[size++] = static_cast<std::byte>(byte); };
    add(length >> 8U);
    add(length & 0xffU);
    add(kPrefix.size() + label.size());
    for (const std::string_view part : {kPrefix, label.substr(0, kLongestLabel)})
        for (const char c : part)
            add(static_cast<unsigned char>(c));
    add(0);
    add(1); // number of the block
    return hmacSha256(std::as_bytes(std::span(secret)), Bytes(info).first(size));
}

const unsigned char* octets(Bytes bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// For the packets of all connections that a thread reads: making a context takes about as long as opening a packet
/// with it. Looked up by name once, for the same reason.
class Cipher {
public:
    enum Direction : int { Decrypt, Encrypt };

    Cipher(const char* name, Direction direction)
        : m_kind(EVP_CIPHER_fetch(nullptr, name, nullptr), &EVP_CIPHER_free)
        , m_context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free)
        , m_usable(m_kind && m_context &&
                   EVP_CipherInit_ex(m_context.get(), m_kind.get(), nullptr, nullptr, nullptr, direction) == 1)
    {
    }
    /// Null when it cannot be used. The context is good until the next call.
    EVP_CIPHER_CTX* begin(const std::uint8_t* key, const std::uint8_t* iv)
    {
        constexpr int kSameDirection = -1;
        const bool begun =
            m_usable && EVP_CipherInit_ex(m_context.get(), nullptr, nullptr, key, iv, kSameDirection) == 1;
        return begun ? m_context.get() : nullptr;
    }

private:
    std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> m_kind;
    std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> m_context;
    bool m_usable;
};

/// False when it cannot be done.
bool aesBlock(const std::uint8_t* key, Bytes block, std::array<unsigned char, 32>& out)
{
    thread_local Cipher cipher("AES-128-ECB", Cipher::Encrypt);
    EVP_CIPHER_CTX* context = cipher.begin(key, nullptr);
    int length = 0;
    return context &&
           EVP_CipherUpdate(context, out.data(), &length, octets(block), static_cast<int>(block.size())) == 1;
}

/// Into `plain`, which has the size of `text`; false when the tag does not fit.
bool aesGcmOpen(const std::uint8_t* key, const std::uint8_t* nonce, Bytes header, Bytes text, Bytes tag,
                std::span<std::byte> plain)
{
    thread_local Cipher cipher("AES-128-GCM", Cipher::Decrypt);
    EVP_CIPHER_CTX* context = cipher.begin(key, nonce);
    std::array<unsigned char, kTagBytes> wanted{};
    std::memcpy(wanted.data(), tag.data(), std::min(tag.size(), wanted.size()));
    auto* out = reinterpret_cast<unsigned char*>(plain.data());
    int length = 0;
    return context &&
           EVP_CipherUpdate(context, nullptr, &length, octets(header), static_cast<int>(header.size())) == 1 &&
           EVP_CipherUpdate(context, out, &length, octets(text), static_cast<int>(text.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagBytes, wanted.data()) == 1 &&
           EVP_CipherFinal_ex(context, out + length, &length) == 1;
}

} // namespace

struct QuicHelloReader::Keys {
    std::array<std::uint8_t, 16> key{};
    std::array<std::uint8_t, 12> iv{};
    std::array<std::uint8_t, 16> headerKey{};
    std::uint32_t version = 0;

    static Keys ofClient(std::uint32_t version, const Salt& salt, Bytes connectionId)
    {
        const bool second = version == kVersion2;
        const Secret initial = hmacSha256(std::as_bytes(std::span(salt)), connectionId);
        const Secret client = expandLabel(initial, "client in", 32);
        Keys keys;
        keys.version = version;
        const auto take = [&](auto& out, std::string_view label) {
            const Secret secret = expandLabel(client, label, static_cast<std::uint16_t>(out.size()));
            std::copy_n(secret.begin(), out.size(), out.begin());
        };
        take(keys.key, second ? "quicv2 key" : "quic key");
        take(keys.iv, second ? "quicv2 iv" : "quic iv");
        take(keys.headerKey, second ? "quicv2 hp" : "quic hp");
        return keys;
    }
};

/// An Initial packet as it lies in the datagram.
struct QuicHelloReader::Packet {
    std::uint32_t version = 0;
    const Salt* salt = nullptr;
    Bytes connectionId; // of the receiver
    Bytes bytes;        // from the first byte to the end of the packet
    std::size_t numberOffset = 0;
    bool initial = false;

    /// Reads the packet at the start of `rest`; false when it is no long-header packet of a version that can be read.
    bool read(Bytes rest)
    {
        ByteReader reader(rest);
        const std::uint8_t first = reader.u8();
        version = reader.be32();
        salt = saltOf(version);
        if (!reader.ok() || (first & 0x80U) == 0 || !salt)
            return false;
        const std::size_t idLength = reader.u8();
        connectionId = reader.bytes(idLength);
        const std::size_t sourceLength = reader.u8();
        reader.skip(sourceLength);
        if (!reader.ok() || idLength > kMaxConnectionId || sourceLength > kMaxConnectionId)
            return false;
        const unsigned type = first >> 4U & 3U;
        initial = type == (version == kVersion2 ? 1U : 0U);
        if (type == (version == kVersion2 ? 0U : 3U))
            return false; // Retry: nothing follows it
        if (initial) {
            const std::uint64_t token = readVarint(reader);
            if (token > reader.remaining())
                return false;
            reader.skip(static_cast<std::size_t>(token));
        }
        const std::uint64_t length = readVarint(reader);
        if (!reader.ok() || length > reader.remaining())
            return false;
        numberOffset = reader.position();
        bytes = rest.first(numberOffset + static_cast<std::size_t>(length));
        return true;
    }
};

QuicHelloReader::QuicHelloReader() = default;
QuicHelloReader::~QuicHelloReader() = default;
QuicHelloReader::QuicHelloReader(QuicHelloReader&&) noexcept = default;
QuicHelloReader& QuicHelloReader::operator=(QuicHelloReader&&) noexcept = default;

bool mayCarryQuicInitial(Bytes payload)
{
    constexpr std::size_t kShortest = 7; // first byte, version, two empty connection ids
    return payload.size() >= kShortest && (loadU8(payload, 0) & 0x80U) != 0 && saltOf(loadBe32(payload, 1)) != nullptr;
}

std::optional<ClientHelloFacts> QuicHelloReader::datagram(Bytes payload)
{
    for (std::size_t i = 0; i < kMaxPacketsPerDatagram && !payload.empty(); ++i) {
        Packet packet;
        if (!packet.read(payload))
            return std::nullopt;
        if (const Bytes frames = packet.initial ? openPacket(packet) : Bytes{}; !frames.empty()) {
            readFrames(frames);
            if (auto facts = helloSoFar())
                return facts;
        }
        payload = payload.subspan(packet.bytes.size());
    }
    return std::nullopt;
}

/// The keys of the connection stay those of its first Initial packet although the connection id changes; after a Retry,
/// and for another connection on the same ports, they come from the new id. Empty when none fit.
Bytes QuicHelloReader::openPacket(const Packet& packet)
{
    if (m_keys && m_keys->version == packet.version)
        if (const Bytes frames = decrypt(packet, *m_keys); !frames.empty())
            return frames;
    const Keys keys = Keys::ofClient(packet.version, *packet.salt, packet.connectionId);
    const Bytes frames = decrypt(packet, keys);
    if (frames.empty()) {
        ++m_refused;
        return {};
    }
    if (m_keys)
        restart();
    m_keys = std::make_unique<Keys>(keys);
    return frames;
}

/// The frames in the packet; empty when the keys do not fit. Good until the next packet that the thread reads.
Bytes QuicHelloReader::decrypt(const Packet& packet, const Keys& keys)
{
    thread_local std::vector<std::byte> header;
    thread_local std::vector<std::byte> plain;
    const std::size_t at = packet.numberOffset;
    std::array<unsigned char, 32> mask{};
    if (packet.bytes.size() < at + 4 + kSampleBytes ||
        !aesBlock(keys.headerKey.data(), packet.bytes.subspan(at + 4, kSampleBytes), mask))
        return {};
    header.assign(packet.bytes.begin(), packet.bytes.begin() + static_cast<std::ptrdiff_t>(at + 4));
    header[0] ^= static_cast<std::byte>(mask[0] & 0x0fU);
    const std::size_t numberBytes = (std::to_integer<std::size_t>(header[0]) & 3U) + 1;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < numberBytes; ++i) {
        header[at + i] ^= static_cast<std::byte>(mask[1 + i]);
        number = number << 8U | std::to_integer<std::uint32_t>(header[at + i]);
    }
    header.resize(at + numberBytes);
    const Bytes sealed = packet.bytes.subspan(at + numberBytes);
    if (sealed.size() <= kTagBytes)
        return {};
    auto nonce = keys.iv;
    for (std::size_t i = 0; i < 4; ++i)
        nonce[nonce.size() - 1 - i] ^= static_cast<std::uint8_t>(number >> 8U * i);
    const Bytes text = sealed.first(sealed.size() - kTagBytes);
    if (plain.size() < text.size())
        plain.resize(text.size());
    const auto part = std::span(plain).first(text.size());
    return aesGcmOpen(keys.key.data(), nonce.data(), header, text, sealed.last(kTagBytes), part) ? Bytes(part)
                                                                                                 : Bytes{};
}

/// The frames an Initial packet may have, RFC 9000 17.2.2.
void QuicHelloReader::readFrames(Bytes frames)
{
    ByteReader reader(frames);
    for (std::size_t count = 0; count < kMaxFrames && reader.ok() && !reader.atEnd(); ++count) {
        const std::uint64_t type = readVarint(reader);
        if (type == 0) {
            while (!reader.atEnd() && loadU8(reader.rest(), 0) == 0)
                reader.skip(1);
        } else if (type == 2 || type == 3) {
            readVarint(reader); // largest
            readVarint(reader); // delay
            const std::uint64_t ranges = readVarint(reader);
            readVarint(reader); // first range
            for (std::uint64_t i = 0; i < 2 * ranges && reader.ok(); ++i)
                readVarint(reader);
            for (int i = 0; type == 3 && i < 3; ++i)
                readVarint(reader);
        } else if (type == kCrypto || type == kGoogleCrypto) {
            const std::uint64_t offset = readVarint(reader);
            const std::uint64_t length = readVarint(reader);
            if (length > reader.remaining())
                return;
            takeCrypto(offset, reader.bytes(static_cast<std::size_t>(length)));
        } else if (type != 1) {
            return;
        }
    }
}

void QuicHelloReader::takeCrypto(std::uint64_t offset, Bytes data)
{
    if (offset > kMaxHandshakeBytes || offset + data.size() > kMaxHandshakeBytes)
        return;
    const auto end = static_cast<std::size_t>(offset) + data.size();
    if (m_crypto.size() < end) {
        m_crypto.resize(end);
        m_have.resize(end);
    }
    const auto at = static_cast<std::ptrdiff_t>(offset);
    std::copy(data.begin(), data.end(), m_crypto.begin() + at);
    std::fill_n(m_have.begin() + at, data.size(), true);
}

std::optional<ClientHelloFacts> QuicHelloReader::helloSoFar() const
{
    const auto gap = std::find(m_have.begin(), m_have.end(), false) - m_have.begin();
    const Bytes stream = Bytes(m_crypto).first(static_cast<std::size_t>(gap));
    if (stream.size() < kTlsHandshakeHeader)
        return std::nullopt;
    const std::size_t total = kTlsHandshakeHeader + (loadBe32(stream, 0) & 0xffffffU);
    return stream.size() < total ? std::nullopt : readHelloMessage(stream.first(total), HelloTransport::Quic);
}

void QuicHelloReader::restart()
{
    m_crypto.clear();
    m_have.clear();
}

} // namespace timbre::protocol
