#include "engine/protocol/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace timbre::protocol {

namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hexOf(const Digest& digest, unsigned length)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(std::size_t{length} * 2);
    for (unsigned i = 0; i < length; ++i) {
        text += kDigits[digest[i] >> 4U];
        text += kDigits[digest[i] & 0xfU];
    }
    return text;
}

std::string digestHex(Bytes bytes, const EVP_MD* kind)
{
    Digest digest{};
    unsigned length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, kind, nullptr);
    return hexOf(digest, length);
}

} // namespace

std::string sha256Hex(Bytes bytes)
{
    return digestHex(bytes, EVP_sha256());
}

std::string md5Hex(Bytes bytes)
{
    return digestHex(bytes, EVP_md5());
}

std::string SecretHasher::hex(Bytes secret) const
{
    if (m_key.empty())
        return sha256Hex(secret);
    Digest digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), m_key.data(), static_cast<int>(m_key.size()),
         reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), digest.data(), &length);
    return hexOf(digest, length);
}

} // namespace timbre::protocol
