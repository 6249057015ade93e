#include "engine/protocol/safe_text.h"

#include <algorithm>

namespace timbre::protocol {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool isPlain(std::uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '\\';
}

/// Nearly every name and value: such text is taken as a whole.
bool isPlainText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return isPlain(static_cast<std::uint8_t>(c)); });
}

} // namespace

void appendEscaped(std::string& out, std::uint8_t byte)
{
    if (isPlain(byte)) {
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
    const std::string_view text = asText(bytes);
    if (isPlainText(text)) {
        const auto begin = static_cast<std::ptrdiff_t>(out.size());
        out += text;
        std::transform(out.begin() + begin, out.end(), out.begin() + begin, lower);
        return;
    }
    for (const char c : text)
        appendEscaped(out, static_cast<std::uint8_t>(lower(c)));
}

std::string displayText(Bytes bytes, std::size_t maxBytes)
{
    std::string out;
    const std::string_view text = asText(bytes.first(std::min(bytes.size(), maxBytes)));
    if (isPlainText(text))
        out = text;
    else
        for (const char c : text)
            appendEscaped(out, static_cast<std::uint8_t>(c));
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
