#include "engine/trends/path_template.h"

#include <algorithm>

namespace timbre::trends {

namespace {

constexpr std::size_t kHexLength = 16;
constexpr std::size_t kTokenLength = 20;
constexpr std::size_t kLongLength = 64;
constexpr std::string_view kUuidShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isTokenCharacter(char c)
{
    return isDigit(c) || isLetter(c) || c == '_' || c == '.' || c == '~' || c == '=' || c == '-';
}

bool isUuid(std::string_view part)
{
    if (part.size() != kUuidShape.size())
        return false;
    for (std::size_t i = 0; i < part.size(); ++i)
        if (kUuidShape[i] == '-' ? part[i] != '-' : !isHex(part[i]))
            return false;
    return true;
}

std::string_view templateOf(std::string_view part)
{
    if (part.empty())
        return part;
    if (std::all_of(part.begin(), part.end(), isDigit))
        return "{id}";
    if (isUuid(part))
        return "{uuid}";
    if (part.size() >= kHexLength && std::all_of(part.begin(), part.end(), isHex))
        return "{hex}";
    if (part.find('@') != std::string_view::npos || part.find("%40") != std::string_view::npos)
        return "{email}";
    if (part.size() >= kTokenLength && std::all_of(part.begin(), part.end(), isTokenCharacter) &&
        std::any_of(part.begin(), part.end(), isDigit) && std::any_of(part.begin(), part.end(), isLetter))
        return "{token}";
    return part.size() > kLongLength ? "{long}" : part;
}

/// "http://host/path" → "/path"; other targets as they are.
std::string_view withoutScheme(std::string_view target)
{
    const std::size_t end = target.find("://");
    if (end == std::string_view::npos || end == 0 || !isLetter(target.front()))
        return target;
    const auto inScheme = [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; };
    if (!std::all_of(target.begin(), target.begin() + static_cast<std::ptrdiff_t>(end), inScheme))
        return target;
    const std::size_t slash = target.find('/', end + 3);
    return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
}

} // namespace

std::string pathTemplate(std::string_view target)
{
    target = withoutScheme(target.substr(0, target.find_first_of("?#")));
    std::string result;
    while (true) {
        const std::size_t slash = target.find('/');
        result += templateOf(target.substr(0, slash));
        if (slash == std::string_view::npos)
            return result;
        result += '/';
        target.remove_prefix(slash + 1);
    }
}

} // namespace timbre::trends
