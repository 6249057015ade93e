#include "tests/fuzz/quic_sealing.h"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>

namespace timbre::fuzz {

namespace {

constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kNumberBytes = 4;
constexpr std::size_t kSampleBytes = 16;
constexpr unsigned char kFirstByte = 0xc0 | (kNumberBytes - 1); // long header, Initial
constexpr unsigned char kSalt[] = {0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
                                   0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a};

using Octets = std::vector<unsigned char>;

void require(bool truth)
{
    if (!truth)
        std::abort();
}

Octets derive(int mode, const Octets& key, const Octets& salt, const Octets& info, std::size_t bytes)
{
    const std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr),
                                                                         EVP_PKEY_CTX_free);
    Octets out(bytes);
    require(context && EVP_PKEY_derive_init(context.get()) == 1);
    require(EVP_PKEY_CTX_hkdf_mode(context.get(), mode) == 1);
    require(EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1);
    require(EVP_PKEY_CTX_set1_hkdf_key(context.get(), key.data(), static_cast<int>(key.size())) == 1);
    if (mode == EVP_PKEY_HKDEF_MODE_EXTRACT_ONLY)
        require(EVP_PKEY_CTX_set1_hkdf_salt(context.get(), salt.data(), static_cast<int>(salt.size())) == 1);
    else
        require(EVP_PKEY_CTX_add1_hkdf_info(context.get(), info.data(), static_cast<int>(info.size())) == 1);
    require(EVP_PKEY_derive(context.get(), out.data(), &bytes) == 1);
    return out;
}

Octets expand(const Octets& secret, const std::string& label, std::size_t bytes)
{
    const std::string name = "tls13 " + label;
    Octets info{0, static_cast<unsigned char>(bytes), static_cast<unsigned char>(name.size())};
    info.insert(info.end(), name.begin(), name.end());
    info.push_back(0);
    return derive(EVP_PKEY_HKDEF_MODE_EXPAND_ONLY, secret, {}, info, bytes);
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)>;

Cipher cipher()
{
    return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
}

/// AES-128-GCM over `frames`, the tag behind.
Octets seal(const Octets& key, const Octets& nonce, const Octets& header, const Octets& frames)
{
    const Cipher context = cipher();
    Octets out(frames.size() + kTagBytes);
    int length = 0;
    require(EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, key.data(), nonce.data()) == 1);
    require(EVP_EncryptUpdate(context.get(), nullptr, &length, header.data(), static_cast<int>(header.size())) == 1);
    require(EVP_EncryptUpdate(context.get(), out.data(), &length, frames.data(), static_cast<int>(frames.size())) == 1);
    require(EVP_EncryptFinal_ex(context.get(), out.data() + length, &length) == 1);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, out.data() + frames.size()) == 1);
    return out;
}

void protectHeader(Octets& packet, std::size_t numberOffset, const Octets& key)
{
    const Cipher context = cipher();
    std::array<unsigned char, 2 * kSampleBytes> mask{};
    int length = 0;
    require(EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, key.data(), nullptr) == 1);
    require(EVP_EncryptUpdate(context.get(), mask.data(), &length, packet.data() + numberOffset + kNumberBytes,
                              kSampleBytes) == 1);
    packet[0] ^= static_cast<unsigned char>(mask[0] & 0x0fU);
    for (std::size_t i = 0; i < kNumberBytes; ++i)
        packet[numberOffset + i] ^= mask[1 + i];
}

} // namespace

std::vector<std::byte> sealQuicInitial(Bytes connectionId, std::uint32_t packetNumber, Bytes frames)
{
    const auto* id = reinterpret_cast<const unsigned char*>(connectionId.data());
    const auto* plain = reinterpret_cast<const unsigned char*>(frames.data());
    const Octets initial = derive(EVP_PKEY_HKDEF_MODE_EXTRACT_ONLY, Octets(id, id + connectionId.size()),
                                  Octets(std::begin(kSalt), std::end(kSalt)), {}, 32);
    const Octets client = expand(initial, "client in", 32);
    Octets nonce = expand(client, "quic iv", 12);

    Octets packet{kFirstByte, 0, 0, 0, 1, static_cast<unsigned char>(connectionId.size())};
    packet.insert(packet.end(), id, id + connectionId.size());
    const std::size_t length = kNumberBytes + frames.size() + kTagBytes;
    packet.insert(packet.end(), {0, 0, static_cast<unsigned char>(0x80U | (length >> 24U & 0x3fU)),
                                 static_cast<unsigned char>(length >> 16U), static_cast<unsigned char>(length >> 8U),
                                 static_cast<unsigned char>(length)}); // no source id, no token
    const std::size_t numberOffset = packet.size();
    for (unsigned i = 0; i < kNumberBytes; ++i) {
        const auto octet = static_cast<unsigned char>(packetNumber >> (24U - 8U * i));
        packet.push_back(octet);
        nonce[8 + i] ^= octet;
    }
    const Octets sealed = seal(expand(client, "quic key", 16), nonce, packet, Octets(plain, plain + frames.size()));
    packet.insert(packet.end(), sealed.begin(), sealed.end());
    protectHeader(packet, numberOffset, expand(client, "quic hp", 16));
    const auto* first = reinterpret_cast<const std::byte*>(packet.data());
    return {first, first + packet.size()};
}

} // namespace timbre::fuzz
