#pragma once

// What an Authorization header says: which kind of token, and the token itself. The token is only ever a view into the
// message; it is hashed and forgotten.

#include "engine/trends/signal.h"

#include <string>
#include <string_view>

namespace timbre::trends {

struct Authorization {
    SignalType type = SignalType::CustomAuth; // Bearer, Basic, CustomAuth or Jwt
    std::string_view token;
    std::string_view prefix; // up to the first space: may be the token itself, so it must not be kept
};
[[nodiscard]] Authorization parseAuthorization(std::string_view value);

struct JwtClaims {
    std::optional<std::string> subject;
    std::optional<std::string> issuer;
    std::optional<std::string> audience;
    std::optional<std::int64_t> expires;
    std::optional<std::int64_t> issued;
};
/// Nothing when the middle part is not base64url without padding, or no JSON; no claims when it is no
/// object.
[[nodiscard]] std::optional<JwtClaims> jwtClaims(std::string_view token);

} // namespace timbre::trends
