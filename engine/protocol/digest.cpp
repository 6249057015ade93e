#include "engine/protocol/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <span>

namespace timbre::protocol {

namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hexOf(std::span<const std::uint8_t> digest)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const unsigned octet : digest) {
        text += kDigits[octet >> 4U];
        text += kDigits[octet & 0xfU];
    }
    return text;
}

/// Looking an algorithm up by name costs more than hashing a short text with it, so it is done once.
struct Algorithm {
    explicit Algorithm(const char* name)
        : kind(EVP_MD_fetch(nullptr, name, nullptr), &EVP_MD_free)
    {
    }
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kind;
};

const EVP_MD* sha256()
{
    static const Algorithm algorithm("SHA256");
    return algorithm.kind.get();
}

const EVP_MD* md5()
{
    static const Algorithm algorithm("MD5");
    return algorithm.kind.get();
}

/// Of both parts, one behind the other; into `digest`, whose length is returned.
std::size_t digestOf(const EVP_MD* algorithm, Bytes first, Bytes second, Digest& digest)
{
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                                       &EVP_MD_CTX_free);
    unsigned length = 0;
    EVP_DigestInit_ex2(context.get(), algorithm, nullptr);
    EVP_DigestUpdate(context.get(), first.data(), first.size());
    EVP_DigestUpdate(context.get(), second.data(), second.size());
    EVP_DigestFinal_ex(context.get(), digest.data(), &length);
    return length;
}

std::string digestHex(Bytes bytes, const EVP_MD* algorithm)
{
    Digest digest{};
    return hexOf(std::span(digest).first(digestOf(algorithm, bytes, {}, digest)));
}

Sha256 sha256Of(Bytes first, Bytes second)
{
    Digest digest{};
    digestOf(sha256(), first, second, digest);
    Sha256 result{};
    std::copy_n(digest.begin(), result.size(), result.begin());
    return result;
}

/// One place for each remainder of the texts' hash: the latest text that came there stays.
class RecentDigests {
public:
    template<typename Make>
    const std::string& of(std::string_view text, Make make)
    {
        if (text.size() > kLongest)
            return m_long = make(asBytes(text));
        Entry& entry = m_entries[std::hash<std::string_view>{}(text) % m_entries.size()];
        if (entry.hex.empty() || entry.text != text) {
            entry.hex = make(asBytes(text));
            entry.text = text;
        }
        return entry.hex;
    }

private:
    static constexpr std::size_t kLongest = 2048; // a longer text is hashed each time
    struct Entry {
        std::string text;
        std::string hex;
    };
    std::array<Entry, 512> m_entries;
    std::string m_long; // hash of the latest text that is too long to be remembered
};

} // namespace

/// RFC 2104 by hand: the library's own sets up three contexts for each key, which takes longer than hashing a short
/// message.
Sha256 hmacSha256(Bytes key, Bytes message)
{
    constexpr std::size_t kBlock = 64;
    constexpr std::uint8_t kInner = 0x36;
    constexpr std::uint8_t kOuter = 0x5c;
    std::array<std::uint8_t, kBlock> pad{};
    const Sha256 shortened = key.size() > kBlock ? sha256Of(key, {}) : Sha256{};
    const Bytes used = key.size() > kBlock ? std::as_bytes(std::span(shortened)) : key;
    std::transform(used.begin(), used.end(), pad.begin(), [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    for (std::uint8_t& octet : pad)
        octet ^= kInner;
    const Sha256 inner = sha256Of(std::as_bytes(std::span(pad)), message);
    for (std::uint8_t& octet : pad)
        octet ^= kInner ^ kOuter;
    const Sha256 result = sha256Of(std::as_bytes(std::span(pad)), std::as_bytes(std::span(inner)));
    OPENSSL_cleanse(pad.data(), pad.size()); // the key may be a secret of the workspace
    return result;
}

std::string sha256Hex(Bytes bytes)
{
    return digestHex(bytes, sha256());
}

std::string md5Hex(Bytes bytes)
{
    return digestHex(bytes, md5());
}

const std::string& sharedSha256Hex(std::string_view text)
{
    thread_local RecentDigests recent;
    return recent.of(text, sha256Hex);
}

const std::string& sharedMd5Hex(std::string_view text)
{
    thread_local RecentDigests recent;
    return recent.of(text, md5Hex);
}

std::string SecretHasher::hex(Bytes secret) const
{
    return m_key.empty() ? sha256Hex(secret) : hexOf(hmacSha256(m_key, secret));
}

} // namespace timbre::protocol
