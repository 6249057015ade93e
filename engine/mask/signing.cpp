#include "engine/mask/signing.h"

#include "engine/base/blake3.h"
#include "engine/mask/canonical.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>

namespace timbre::mask {

namespace {

constexpr std::size_t kMaxKeyFile = 64U << 10U;

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

Error keyError(const std::string& message, const std::string& detail = {})
{
    return {ErrorCode::Invalid, message, detail};
}

/// No questions on the terminal: encrypted keys are refused.
int noPassword(char*, int, int, void*)
{
    return -1;
}

Bio memory(const std::string& text)
{
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool publicPart(EVP_PKEY* key, PublicKey& out)
{
    std::size_t length = out.size();
    return EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 && EVP_PKEY_get_raw_public_key(key, out.data(), &length) == 1 &&
           length == out.size();
}

Result<std::string> readSmallFile(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::NotFound, "The key file “" + path.string() + "” cannot be read.", path.string()};
    std::string text(kMaxKeyFile + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > kMaxKeyFile)
        return keyError("“" + path.string() + "” is too large for a key file.", path.string());
    return text;
}

bool verifies(const PublicKey& key, std::string_view message, const std::array<std::uint8_t, 64>& signature)
{
    const Key handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Context context(EVP_MD_CTX_new());
    if (!handle || !context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) != 1)
        return false;
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
}

std::optional<PublicKey> fromHex(std::string text)
{
    while (!text.empty() && std::strchr(" \t\r\n", text.back()))
        text.pop_back();
    PublicKey key{};
    if (text.size() != 2 * key.size())
        return std::nullopt;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const char* at = text.data() + 2 * i;
        const auto [end, problem] = std::from_chars(at, at + 2, key[i], 16);
        if (problem != std::errc{} || end != at + 2)
            return std::nullopt;
    }
    return key;
}

/// The four byte strings that readers and writers of different builds see.
struct Forms {
    struct Form {
        NumberReading reading;
        ExponentSign sign;
        std::string bytes;
    };
    std::vector<Form> outer;
    std::vector<std::string> reverse;
};

void addForms(const MaskProfile& mask, NumberReading reading, Forms& forms)
{
    for (const ExponentSign sign : {ExponentSign::None, ExponentSign::Plus}) {
        forms.outer.push_back({reading, sign, canonicalBytes(mask, sign)});
        forms.reverse.push_back(mask.reverse ? canonicalBytes(*mask.reverse, sign) : std::string());
    }
}

Result<void> checkSignSafe(const MaskProfile& mask)
{
    if (!allFinite(mask))
        return keyError("The mask cannot be signed (rule N4): it has a number that is not finite.");
    Refusal refusal;
    const auto document = parseMaskText(fileText(mask), refusal);
    if (!document)
        return keyError("The mask cannot be signed: it breaks rule " + refusal.rule + ".", refusal.reason);
    const std::string own = canonicalBytes(mask);
    for (const NumberReading reading : {NumberReading::Nearest, NumberReading::TwoStep}) {
        const ProfileReading read = readProfile(*document, reading);
        if (!read.profile || canonicalBytes(*read.profile, ExponentSign::None) != own ||
            canonicalBytes(*read.profile, ExponentSign::Plus) != own)
            return keyError("The mask cannot be signed (rule N4): other programs read or write some of its numbers "
                            "differently, so that the signature would not hold there.");
    }
    return {};
}

} // namespace

std::string toHex(const PublicKey& key)
{
    return timbre::toHex(Blake3Digest(key));
}

std::string keyId(const PublicKey& key)
{
    const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
    return timbre::toHex(blake3(asBytes(bytes))).substr(0, 16);
}

void SigningKey::Deleter::operator()(void* key) const
{
    EVP_PKEY_free(static_cast<EVP_PKEY*>(key));
}

SigningKey::SigningKey(Handle key)
    : m_key(std::move(key))
{
    publicPart(static_cast<EVP_PKEY*>(m_key.get()), m_public);
}

Result<SigningKey> SigningKey::make()
{
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    if (!key)
        return keyError("No key could be made: the system has no random numbers to give.");
    return SigningKey(Handle(key));
}

Result<SigningKey> SigningKey::fromSeed(const KeySeed& seed)
{
    EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
    if (!key)
        return keyError("The seed makes no key.");
    return SigningKey(Handle(key));
}

Result<SigningKey> SigningKey::read(const std::filesystem::path& path)
{
    auto text = readSmallFile(path);
    if (!text)
        return text.error();
    const Bio bio = memory(*text);
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
    PublicKey ignored{};
    if (!key || !publicPart(key.get(), ignored))
        return keyError("“" + path.string() + "” holds no unencrypted Ed25519 private key.", path.string());
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || (status.st_mode & 077) != 0)
        return Error{ErrorCode::NoPermission,
                     "The private key “" + path.string() +
                         "” can be read by others. Take their rights away: chmod 600.",
                     path.string()};
    return SigningKey(Handle(key.release()));
}

Result<void> SigningKey::write(const std::filesystem::path& path) const
{
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PrivateKey(bio.get(), static_cast<EVP_PKEY*>(m_key.get()), nullptr, nullptr, 0, nullptr,
                                         nullptr) != 1)
        return keyError("The key could not be written as PEM.");
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        const std::string reason = std::strerror(errno);
        return Error{ErrorCode::Unwritable, "The key file “" + path.string() + "” could not be made: " + reason + ".",
                     path.string()};
    }
    const bool whole = ::write(file, data, static_cast<std::size_t>(length)) == length && ::fsync(file) == 0;
    ::close(file);
    if (!whole) {
        ::unlink(path.c_str());
        return Error{ErrorCode::Unwritable, "The key file “" + path.string() + "” could not be written.",
                     path.string()};
    }
    return {};
}

Result<std::array<std::uint8_t, 64>> SigningKey::sign(std::string_view message) const
{
    std::array<std::uint8_t, 64> signature{};
    std::size_t length = signature.size();
    const Context context(EVP_MD_CTX_new());
    auto* key = static_cast<EVP_PKEY*>(m_key.get());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, reinterpret_cast<const unsigned char*>(message.data()),
                       message.size()) != 1)
        return keyError("The mask could not be signed with this key.");
    return signature;
}

Result<PublicKey> parsePublicKey(const std::string& text)
{
    if (const auto key = fromHex(text))
        return *key;
    const Bio publicText = memory(text);
    Key key(PEM_read_bio_PUBKEY(publicText.get(), nullptr, noPassword, nullptr));
    if (!key) {
        const Bio privateText = memory(text);
        key.reset(PEM_read_bio_PrivateKey(privateText.get(), nullptr, noPassword, nullptr));
    }
    PublicKey out{};
    if (!key || !publicPart(key.get(), out))
        return keyError("This is no Ed25519 key: neither PEM nor 64 hex digits.");
    return out;
}

Result<PublicKey> readPublicKey(const std::filesystem::path& path)
{
    auto text = readSmallFile(path);
    if (!text)
        return text.error();
    auto key = parsePublicKey(*text);
    if (!key)
        return keyError("“" + path.string() + "” holds no Ed25519 key, neither as PEM nor as 64 hex digits.",
                        path.string());
    return key;
}

std::string publicKeyPem(const PublicKey& key)
{
    const Key handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!handle || !bio || PEM_write_bio_PUBKEY(bio.get(), handle.get()) != 1)
        return {};
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

Result<void> signMask(MaskProfile& mask, const SigningKey& key)
{
    if (auto safe = checkSignSafe(mask); !safe)
        return safe;
    if (mask.reverse) {
        auto reverse = std::make_shared<MaskProfile>(*mask.reverse);
        auto signature = key.sign(canonicalBytes(*reverse));
        if (!signature)
            return signature.error();
        reverse->signature = *signature;
        mask.reverse = std::move(reverse); // the outer signature covers the inner one
    }
    auto signature = key.sign(canonicalBytes(mask));
    if (!signature)
        return signature.error();
    mask.signature = *signature;
    if (mask.extension)
        mask.extension->signedBy = keyId(key.publicKey());
    return {};
}

const char* nameOf(SignatureState state)
{
    switch (state) {
    case SignatureState::Valid:
        return "valid";
    case SignatureState::Invalid:
        return "invalid";
    case SignatureState::Unsigned:
        return "unsigned";
    case SignatureState::NoKey:
        break;
    }
    return "no key";
}

Verification verify(const JsonDocument& document, std::span<const PublicKey> keys)
{
    Verification result;
    const ProfileReading nearest = readProfile(document, NumberReading::Nearest);
    if (!nearest.profile || !isSigned(*nearest.profile)) {
        result.state = nearest.profile ? SignatureState::Unsigned : SignatureState::Invalid;
        return result;
    }
    const auto& reverse = nearest.profile->reverse;
    if (keys.empty()) {
        result.reverse = reverse && isSigned(*reverse) ? SignatureState::NoKey : SignatureState::Unsigned;
        return result;
    }
    result.state = SignatureState::Invalid;
    Forms forms;
    addForms(*nearest.profile, NumberReading::Nearest, forms);
    const ProfileReading twoStep = readProfile(document, NumberReading::TwoStep);
    if (twoStep.profile)
        addForms(*twoStep.profile, NumberReading::TwoStep, forms);
    if (reverse && isSigned(*reverse))
        result.reverse = SignatureState::Invalid;
    for (std::size_t key = 0; key < keys.size(); ++key) {
        for (std::size_t i = 0; i < forms.outer.size() && result.state != SignatureState::Valid; ++i) {
            const auto& form = forms.outer[i];
            if (!verifies(keys[key], form.bytes, nearest.profile->signature))
                continue;
            result.state = SignatureState::Valid;
            result.reading = form.reading;
            result.plusExponents = form.sign == ExponentSign::Plus;
            result.key = key;
        }
        for (std::size_t i = 0; i < forms.reverse.size() && result.reverse == SignatureState::Invalid; ++i) {
            if (verifies(keys[key], forms.reverse[i], reverse->signature))
                result.reverse = SignatureState::Valid;
        }
    }
    return result;
}

Verification verify(std::string text, std::span<const PublicKey> keys)
{
    Refusal refusal;
    const auto document = parseMaskText(std::move(text), refusal);
    if (document)
        return verify(*document, keys);
    Verification result;
    result.state = SignatureState::Invalid;
    return result;
}

} // namespace timbre::mask
