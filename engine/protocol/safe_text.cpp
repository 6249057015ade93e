#include "engine/protocol/safe_text.h"

#include <algorithm>

namespace timbre::protocol {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

void appendEscaped(std::string& out, std::uint8_t byte)
{
    if (byte >= 0x20 && byte < 0x7f && byte != '\\') {
        out.push_back(static_cast<char>(byte));
        return;
    }
    out.push_back('\\');
    out.push_back(static_cast<char>('0' + byte / 100));
    out.push_back(static_cast<char>('0' + byte / 10 % 10));
    out.push_back(static_cast<char>('0' + byte % 10));
}

void appendLowerEscaped(std::string& out, Bytes bytes)
{
    for (const char c : asText(bytes))
        appendEscaped(out, static_cast<std::uint8_t>(lower(c)));
}

std::string displayText(Bytes bytes, std::size_t maxBytes)
{
    std::string out;
    for (const std::byte byte : bytes.first(std::min(bytes.size(), maxBytes)))
        appendEscaped(out, std::to_integer<std::uint8_t>(byte));
    if (bytes.size() > maxBytes)
        out += " …";
    return out;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace timbre::protocol
