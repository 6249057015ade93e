#include "engine/pipeline/hash_key.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace timbre::pipeline {

namespace {

constexpr std::size_t kKeyBytes = 32;

std::vector<std::byte> randomKey()
{
    std::vector<std::byte> key(kKeyBytes);
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size()))
        std::abort(); // never for so few bytes; a key that is not random must not be used
    return key;
}

Error unusable(ErrorCode code, const std::filesystem::path& path, const char* reason)
{
    return {code, "The key for hashes of tokens cannot be used: " + path.string(), reason};
}

/// Empty when there is no such file.
Result<std::vector<std::byte>> readKey(const std::filesystem::path& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT
                   ? Result<std::vector<std::byte>>(std::vector<std::byte>{})
                   : Result<std::vector<std::byte>>(unusable(ErrorCode::Unreadable, path, std::strerror(errno)));
    std::vector<std::byte> key(kKeyBytes + 1);
    const ssize_t got = ::read(file, key.data(), key.size());
    ::close(file);
    if (got != static_cast<ssize_t>(kKeyBytes))
        return unusable(ErrorCode::Damaged, path, "it does not have 32 bytes");
    key.resize(kKeyBytes);
    return key;
}

Result<void> writeKey(const std::filesystem::path& path, const std::vector<std::byte>& key)
{
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return unusable(ErrorCode::Unwritable, path, std::strerror(errno));
    const bool written = ::write(file, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    if (::close(file) == 0 && written)
        return {};
    ::unlink(path.c_str());
    return unusable(ErrorCode::Unwritable, path, std::strerror(errno));
}

} // namespace

std::filesystem::path defaultHashKeyPath()
{
    const char* config = std::getenv("XDG_CONFIG_HOME");
    const char* home = std::getenv("HOME");
    const std::filesystem::path base =
        config && *config ? std::filesystem::path(config) : std::filesystem::path(home ? home : "/") / ".config";
    return base / "timbre" / "hash.key";
}

Result<protocol::SecretHasher> loadHashKey(const std::filesystem::path& path)
{
    auto key = readKey(path);
    if (!key)
        return key.error();
    if (key->empty()) {
        *key = randomKey();
        if (auto written = writeKey(path, *key); !written) {
            auto others = readKey(path); // another program may have been faster
            if (!others || others->empty())
                return written.error();
            *key = std::move(*others);
        }
    }
    return protocol::SecretHasher(std::move(*key));
}

protocol::SecretHasher userSecretHasher(std::optional<Error>& problem)
{
    auto hasher = loadHashKey(defaultHashKeyPath());
    if (hasher)
        return std::move(*hasher);
    problem = hasher.error();
    return protocol::SecretHasher(randomKey());
}

} // namespace timbre::pipeline
