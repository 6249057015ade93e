#include "engine/protocol/ja4h.h"

#include "engine/protocol/digest.h"
#include "engine/protocol/safe_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::protocol {

namespace {

constexpr std::size_t kHashDigits = 12;
constexpr std::size_t kMostFields = 99;
constexpr std::size_t kLanguageLetters = 4;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string shortHash(const std::string& text)
{
    return text.empty() ? std::string(kHashDigits, '0') : sha256Hex(asBytes(text)).substr(0, kHashDigits);
}

std::string joined(const std::vector<std::string_view>& parts)
{
    std::string text;
    for (const std::string_view part : parts) {
        text += text.empty() ? "" : ",";
        text += part;
    }
    return text;
}

/// The first language, letters and digits only, filled up with zeros.
std::string languageOf(const HttpHead& head)
{
    std::string text;
    if (const std::string_view* language = head.field("accept-language"))
        for (const char c : language->substr(0, language->find_first_of(",;")))
            if (text.size() < kLanguageLetters && ((lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9')))
                text += lower(c);
    text.resize(kLanguageLetters, '0');
    return text;
}

std::vector<std::string_view> cookiesOf(const HttpHead& head)
{
    std::vector<std::string_view> cookies;
    for (const HttpField& field : head.fields) {
        if (!equalsIgnoringCase(field.name, "cookie"))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            if (const std::string_view cookie = trimmed(rest.substr(0, end)); !cookie.empty())
                cookies.push_back(cookie);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    std::sort(cookies.begin(), cookies.end());
    return cookies;
}

} // namespace

std::string ja4hOf(const HttpHead& head)
{
    std::vector<std::string_view> names;
    for (const HttpField& field : head.fields)
        if (!equalsIgnoringCase(field.name, "cookie") && !equalsIgnoringCase(field.name, "referer"))
            names.push_back(field.name);
    const std::vector<std::string_view> cookies = cookiesOf(head);
    std::vector<std::string_view> cookieNames;
    for (const std::string_view cookie : cookies)
        cookieNames.push_back(cookie.substr(0, cookie.find('=')));
    std::sort(cookieNames.begin(), cookieNames.end());
    std::string method(head.method.substr(0, 2));
    std::transform(method.begin(), method.end(), method.begin(), lower);
    return fmt::format("{}{}{}{}{:02}{}_{}_{}_{}", method, head.version, head.field("cookie") ? 'c' : 'n',
                       head.field("referer") ? 'r' : 'n', std::min(names.size(), kMostFields), languageOf(head),
                       shortHash(joined(names)), shortHash(joined(cookieNames)), shortHash(joined(cookies)));
}

} // namespace timbre::protocol
