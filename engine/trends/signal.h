#pragma once

// A signal is one observed trait of one entity at one time: an address, a TLS fingerprint, the keyed hash of a token,
// the gap to the request before. This header has the signal itself and the fixed lists of types and categories. Texts
// (values, entities, sessions) are ids of one StringPool, so that a signal is 32 bytes and millions of them fit.

#include "engine/base/string_pool.h"

#include <array>
#include <optional>

namespace timbre::trends {

enum class Category : std::uint8_t { AuthToken, Device, Network, Behavioral };
inline constexpr std::size_t kCategories = 4;

/// In the order in which lists and ties are sorted.
enum class SignalType : std::uint8_t {
    Jwt,
    ApiKey,
    SessionCookie,
    Bearer,
    Basic,
    CustomAuth,
    HttpFingerprint,
    HeaderOrder,
    ClientHints,
    AcceptPattern,
    Ip,
    TlsFingerprint,
    Asn,
    Geo,
    Ja4,
    Ja4h,
    Timing,
    Navigation,
    RequestPattern,
    DlpMatch,
};
inline constexpr std::size_t kSignalTypes = 20;

/// Number of a signal in order of recording, from 1.
using SignalId = std::uint32_t;
inline constexpr std::uint32_t kNoFlowIndex = 0xffffffff;

struct Signal {
    std::int64_t timeMs = 0; // since 1970
    SignalId id = 0;
    StringId value = 0;
    StringId entity = 0;
    StringId session = 0;              // 0: none
    std::uint32_t flow = kNoFlowIndex; // index of the flow it was seen in
    SignalType type = SignalType::Jwt;
};
static_assert(sizeof(Signal) == 32);

[[nodiscard]] Category categoryOf(SignalType type);
/// "jwt" …
[[nodiscard]] const char* toString(SignalType type);
/// "auth_token" …
[[nodiscard]] const char* toString(Category category);
[[nodiscard]] std::optional<SignalType> signalTypeOf(std::string_view name);
[[nodiscard]] std::optional<Category> categoryNamed(std::string_view name);
/// For people: "session cookie", "TLS fingerprint (JA3)".
[[nodiscard]] const char* titleOf(SignalType type);
[[nodiscard]] const char* titleOf(Category category);
/// True where the value is the hash of a secret.
[[nodiscard]] bool isTokenHash(SignalType type);

/// Every type, in order.
[[nodiscard]] const std::array<SignalType, kSignalTypes>& allSignalTypes();

/// floor(a / b) for b > 0, also for negative a.
[[nodiscard]] constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

} // namespace timbre::trends
