#include "engine/protocol/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

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

std::string digestHex(Bytes bytes, const Algorithm& algorithm)
{
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                                       &EVP_MD_CTX_free);
    Digest digest{};
    unsigned length = 0;
    EVP_DigestInit_ex2(context.get(), algorithm.kind.get(), nullptr);
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
    EVP_DigestFinal_ex(context.get(), digest.data(), &length);
    return hexOf(std::span(digest).first(length));
}

/// One place for each remainder of the texts' hash: the latest text that came there stays.
class RecentDigests {
public:
    template <typename Make>
    std::string of(std::string_view text, Make make)
    {
        if (text.size() > kLongest)
            return make(asBytes(text));
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
};

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

MacContext makeHmacContext()
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                 &EVP_MAC_free);
    MacContext context(EVP_MAC_CTX_new(hmac.get()), &EVP_MAC_CTX_free);
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(context.get(), parameters);
    return context;
}

const unsigned char* octets(Bytes bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

} // namespace

Sha256 hmacSha256(Bytes key, Bytes message)
{
    thread_local const MacContext context = makeHmacContext();
    Sha256 result{};
    std::size_t length = 0;
    const unsigned char none = 0; // a null pointer would ask for the key before
    EVP_MAC_init(context.get(), key.empty() ? &none : octets(key), key.size(), nullptr);
    EVP_MAC_update(context.get(), octets(message), message.size());
    EVP_MAC_final(context.get(), result.data(), &length, result.size());
    return result;
}

std::string sha256Hex(Bytes bytes)
{
    static const Algorithm sha256("SHA256");
    return digestHex(bytes, sha256);
}

std::string md5Hex(Bytes bytes)
{
    static const Algorithm md5("MD5");
    return digestHex(bytes, md5);
}

std::string sharedSha256Hex(std::string_view text)
{
    thread_local RecentDigests recent;
    return recent.of(text, sha256Hex);
}

std::string sharedMd5Hex(std::string_view text)
{
    thread_local RecentDigests recent;
    return recent.of(text, md5Hex);
}

std::string SecretHasher::hex(Bytes secret) const
{
    return m_key.empty() ? sha256Hex(secret) : hexOf(hmacSha256(m_key, secret));
}

} // namespace timbre::protocol
