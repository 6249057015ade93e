#pragma once

// Hashes in lower-case hex: SHA-256 for values and fingerprints, with a key for secrets, MD5 where a published
// definition (JA3) asks for it.

#include "engine/base/bytes.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace timbre::protocol {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 hmacSha256(Bytes key, Bytes message);
[[nodiscard]] std::string sha256Hex(Bytes bytes);
[[nodiscard]] std::string md5Hex(Bytes bytes);
/// The same for texts that many messages share, such as lists of ciphers and names of browsers: the hashes of the latest
/// few hundred are remembered with their texts. Good until the next call of the same function by the same thread. Not
/// for secrets.
[[nodiscard]] const std::string& sharedSha256Hex(std::string_view text);
[[nodiscard]] const std::string& sharedMd5Hex(std::string_view text);

/// Hashes secrets so that the text cannot be found by trying: with a key, HMAC-SHA-256; without one plain SHA-256,
/// which is what the reference does and what short secrets do not survive.
class SecretHasher {
public:
    SecretHasher() = default;
    explicit SecretHasher(std::vector<std::byte> key)
        : m_key(std::move(key))
    {
    }
    [[nodiscard]] std::string hex(Bytes secret) const;
    [[nodiscard]] bool keyed() const { return !m_key.empty(); }

private:
    std::vector<std::byte> m_key;
};

} // namespace timbre::protocol
