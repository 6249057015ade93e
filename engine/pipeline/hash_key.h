#pragma once

// The key that hashes of secrets are made with. It lies in the user's own settings, so that hashes agree between the
// captures of one analyst and cannot be turned back by anybody else.

#include "engine/base/result.h"
#include "engine/protocol/digest.h"

#include <filesystem>

namespace timbre::pipeline {

/// $XDG_CONFIG_HOME/timbre/hash.key, else ~/.config/timbre/hash.key.
[[nodiscard]] std::filesystem::path defaultHashKeyPath();

/// Reads the key; makes one of 32 random bytes, readable by the user alone, when there is none.
[[nodiscard]] Result<protocol::SecretHasher> loadHashKey(const std::filesystem::path& path);

/// The key of the user; when it can be neither read nor kept, one for this run alone and `problem` says why.
[[nodiscard]] protocol::SecretHasher userSecretHasher(std::optional<Error>& problem);

} // namespace timbre::pipeline
