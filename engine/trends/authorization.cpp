#include "engine/trends/authorization.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace timbre::trends {

namespace {

constexpr std::size_t kMaxClaimBytes = 65'536;

int base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

std::optional<std::string> decodeBase64Url(std::string_view text)
{
    if (text.size() % 4 == 1 || text.size() > kMaxClaimBytes)
        return std::nullopt;
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const int digit = base64Digit(c);
        if (digit < 0)
            return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xffU);
        }
    }
    if ((bits & ((1U << count) - 1)) != 0)
        return std::nullopt; // bits left over must be zero
    return out;
}

std::optional<std::string> textClaim(const nlohmann::json& claims, const char* name)
{
    const auto found = claims.find(name);
    return found != claims.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> numberClaim(const nlohmann::json& claims, const char* name)
{
    const auto found = claims.find(name);
    return found != claims.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                               : std::nullopt;
}

} // namespace

Authorization parseAuthorization(std::string_view value)
{
    constexpr std::string_view kBearer = "Bearer ";
    constexpr std::string_view kBasic = "Basic ";
    Authorization result;
    result.token = value;
    result.prefix = value.substr(0, value.find(' '));
    if (value.starts_with(kBearer)) {
        result.type = SignalType::Bearer;
        result.token = value.substr(kBearer.size());
    } else if (value.starts_with(kBasic)) {
        result.type = SignalType::Basic;
        result.token = value.substr(kBasic.size());
    }
    if (std::count(result.token.begin(), result.token.end(), '.') == 2)
        result.type = SignalType::Jwt;
    return result;
}

std::optional<JwtClaims> jwtClaims(std::string_view token)
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const auto text = decodeBase64Url(token.substr(first + 1, second - first - 1));
    if (!text)
        return std::nullopt;
    const auto claims = nlohmann::json::parse(*text, nullptr, false);
    if (claims.is_discarded())
        return std::nullopt;
    if (!claims.is_object())
        return JwtClaims{};
    return JwtClaims{textClaim(claims, "sub"), textClaim(claims, "iss"), textClaim(claims, "aud"),
                     numberClaim(claims, "exp"), numberClaim(claims, "iat")};
}

} // namespace timbre::trends
