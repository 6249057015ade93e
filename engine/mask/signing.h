#pragma once

// Ed25519 signatures of masks (section 3 of the format). Keys live in PEM files of the analyst's choice, private ones
// readable by their owner only; nothing here keeps a copy beyond the object.

#include "engine/base/result.h"
#include "engine/mask/profile_reader.h"

#include <filesystem>
#include <memory>
#include <span>

namespace timbre::mask {

using PublicKey = std::array<std::uint8_t, 32>;
using KeySeed = std::array<std::uint8_t, 32>;

/// The first 16 hex digits of the key's BLAKE3 hash: short enough to read out.
[[nodiscard]] std::string keyId(const PublicKey& key);

class SigningKey {
public:
    [[nodiscard]] static Result<SigningKey> make();
    [[nodiscard]] static Result<SigningKey> fromSeed(const KeySeed& seed);
    /// A PEM file with an Ed25519 private key. Refuses files that others can read.
    [[nodiscard]] static Result<SigningKey> read(const std::filesystem::path& path);

    /// Makes the file, mode 0600. Never replaces one.
    [[nodiscard]] Result<void> write(const std::filesystem::path& path) const;
    [[nodiscard]] const PublicKey& publicKey() const { return m_public; }
    [[nodiscard]] Result<std::array<std::uint8_t, 64>> sign(std::string_view message) const;

private:
    struct Deleter {
        void operator()(void* key) const;
    };
    using Handle = std::unique_ptr<void, Deleter>;

    explicit SigningKey(Handle key);

    Handle m_key; // an EVP_PKEY
    PublicKey m_public{};
};

/// A PEM file with an Ed25519 public (or private) key, or one with 64 hex digits.
[[nodiscard]] Result<PublicKey> readPublicKey(const std::filesystem::path& path);
[[nodiscard]] Result<PublicKey> parsePublicKey(const std::string& text);
[[nodiscard]] std::string publicKeyPem(const PublicKey& key);
[[nodiscard]] std::string toHex(const PublicKey& key);

/// Signs the reverse profile, then the mask. Refuses (rule N4) when other readers would see other bytes.
[[nodiscard]] Result<void> signMask(MaskProfile& mask, const SigningKey& key);

enum class SignatureState : std::uint8_t { Valid, Invalid, Unsigned, NoKey };
/// "valid", "invalid", "unsigned", "no key"
[[nodiscard]] const char* nameOf(SignatureState state);

struct Verification {
    SignatureState state = SignatureState::NoKey;
    /// How the file had to be read to find it valid: only the first is right, the others are other programs' ways.
    NumberReading reading = NumberReading::Nearest;
    bool plusExponents = false;
    std::size_t key = 0;                               // which of the keys it was
    SignatureState reverse = SignatureState::Unsigned; // of the reverse profile on its own; Unsigned without one
};

/// Tries every key, each with the four readings (rule N3). The document passed the rules before.
[[nodiscard]] Verification verify(const JsonDocument& document, std::span<const PublicKey> keys);
/// The same for text; Invalid when it is no mask.
[[nodiscard]] Verification verify(std::string text, std::span<const PublicKey> keys);

} // namespace timbre::mask
