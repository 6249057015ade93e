#include "engine/trends/http_signals.h"

#include "engine/trends/authorization.h"
#include "engine/trends/path_template.h"
#include "engine/trends/sensitive_data.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::trends {

namespace {

using protocol::SecretHasher;
using protocol::sharedSha256Hex;
using Headers = std::span<const HttpHeader>;

constexpr std::size_t kSessionDigits = 16;
constexpr std::size_t kUsualSignals = 12; // of a request

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void appendLowerCase(std::string& out, std::string_view text)
{
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    out += text;
    std::transform(out.begin() + begin, out.end(), out.begin() + begin, lower);
}

std::string lowerCase(std::string_view text)
{
    std::string result;
    appendLowerCase(result, text);
    return result;
}

bool equalsFolded(std::string_view text, std::string_view lowerText)
{
    return std::equal(text.begin(), text.end(), lowerText.begin(), lowerText.end(),
                      [](char a, char b) { return lower(a) == b; });
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// A broken escape is left as it is; a plus sign too.
std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low < 0) {
            result += text[i];
            continue;
        }
        result += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return result;
}

class Deriver {
public:
    Deriver(const HttpRequest& request, const SecretHasher& secrets)
        : m_request(request)
        , m_secrets(secrets)
    {
    }

    HttpSignals run()
    {
        m_out.list.reserve(kUsualSignals);
        addNetwork();
        addDevice();
        addAuthorization();
        addApiKeys();
        addCookies();
        addBehaviour();
        deriveBodySignals(m_request.body, m_secrets, m_out.list);
        return std::move(m_out);
    }

private:
    void add(SignalType type, std::string value) { m_out.list.push_back({type, std::move(value)}); }
    void addNetwork();
    void addDevice();
    void addClientHints();
    void addAcceptPattern();
    void addAuthorization();
    void addApiKeys();
    void addApiKey(std::string_view key, std::vector<std::string>& known);
    void addQueryKeys(std::vector<std::string>& known);
    void addCookies();
    void addCookie(std::string_view pair);
    void addBehaviour();

    const HttpRequest& m_request;
    const SecretHasher& m_secrets;
    HttpSignals m_out;
    std::string m_text; // made to be hashed; its memory serves the next one
};

void Deriver::addNetwork()
{
    add(SignalType::Ip, std::string(m_request.clientAddress));
    if (m_request.asn != 0)
        add(SignalType::Asn, fmt::format("AS{}", m_request.asn));
    if (!m_request.country.empty()) {
        std::string country(m_request.country);
        std::transform(country.begin(), country.end(), country.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        add(SignalType::Geo, std::move(country));
    }
    if (!m_request.ja4h.empty())
        add(SignalType::Ja4h, std::string(m_request.ja4h));
}

void Deriver::addDevice()
{
    if (const auto agent = headerValue(m_request.headers, "user-agent"))
        add(SignalType::HttpFingerprint, sharedSha256Hex(*agent));
    if (!m_request.headers.empty()) {
        m_text.clear();
        for (const HttpHeader& header : m_request.headers) {
            m_text += m_text.empty() ? "" : ",";
            appendLowerCase(m_text, header.name);
        }
        add(SignalType::HeaderOrder, sharedSha256Hex(m_text));
    }
    addClientHints();
    addAcceptPattern();
}

void Deriver::addClientHints()
{
    std::vector<std::pair<std::string, std::string_view>> hints;
    constexpr std::string_view kPrefix = "sec-ch-";
    for (const HttpHeader& header : m_request.headers)
        if (equalsFolded(header.name.substr(0, kPrefix.size()), kPrefix))
            hints.emplace_back(lowerCase(header.name), header.value);
    if (hints.empty())
        return;
    std::sort(hints.begin(), hints.end());
    std::string text;
    for (const auto& [name, value] : hints) {
        text += text.empty() ? "" : "\n";
        text += name;
        text += '=';
        text += value;
    }
    add(SignalType::ClientHints, sharedSha256Hex(text));
}

/// A missing header is written with an empty value; nothing when all four are missing.
void Deriver::addAcceptPattern()
{
    m_text.clear();
    bool anyFound = false;
    for (const std::string_view name : {"accept", "accept-encoding", "accept-language", "accept-charset"}) {
        m_text += m_text.empty() ? "" : "|";
        m_text += name;
        m_text += ':';
        bool found = false;
        for (const HttpHeader& header : m_request.headers) {
            if (!equalsFolded(header.name, name))
                continue;
            m_text += found ? "," : "";
            found = true;
            for (const char c : header.value)
                if (c != ' ' && c != '\t')
                    m_text += lower(c);
        }
        anyFound = anyFound || found;
    }
    if (anyFound)
        add(SignalType::AcceptPattern, sharedSha256Hex(m_text));
}

void Deriver::addAuthorization()
{
    const auto value = headerValue(m_request.headers, "authorization");
    if (!value)
        return;
    const Authorization authorization = parseAuthorization(*value);
    add(authorization.type, m_secrets.hex(asBytes(authorization.token)));
}

void Deriver::addApiKey(std::string_view key, std::vector<std::string>& known)
{
    if (key.empty() || std::find(known.begin(), known.end(), key) != known.end())
        return;
    known.emplace_back(key);
    add(SignalType::ApiKey, m_secrets.hex(asBytes(key)));
}

void Deriver::addApiKeys()
{
    std::vector<std::string> known;
    for (const HttpHeader& header : m_request.headers)
        for (const std::string_view name : {"x-api-key", "api-key", "apikey", "x-apikey"})
            if (equalsFolded(header.name, name))
                addApiKey(header.value, known);
    addQueryKeys(known);
}

void Deriver::addQueryKeys(std::vector<std::string>& known)
{
    const std::string_view target = m_request.target.substr(0, m_request.target.find('#'));
    const std::size_t question = target.find('?');
    if (question == std::string_view::npos)
        return;
    std::string_view rest = target.substr(question + 1);
    while (true) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        const std::size_t equals = pair.find('=');
        const std::string name = lowerCase(percentDecoded(pair.substr(0, equals)));
        if (equals != std::string_view::npos && (name == "api_key" || name == "api-key" || name == "apikey"))
            addApiKey(percentDecoded(pair.substr(equals + 1)), known);
        if (end == std::string_view::npos)
            return;
        rest.remove_prefix(end + 1);
    }
}

bool isSessionCookie(std::string_view name)
{
    constexpr std::array<std::string_view, 9> kNames{"sessionid",      "session_id", "session",           "sid",
                                                     "phpsessid",      "jsessionid", "asp.net_sessionid", "connect.sid",
                                                     "laravel_session"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.ends_with("sessionid") ||
           name.ends_with("_session");
}

void Deriver::addCookies()
{
    for (const HttpHeader& header : m_request.headers) {
        if (!equalsFolded(header.name, "cookie"))
            continue;
        std::string_view rest = header.value;
        while (true) {
            const std::size_t end = rest.find(';');
            addCookie(rest.substr(0, end));
            if (end == std::string_view::npos)
                break;
            rest.remove_prefix(end + 1);
        }
    }
}

void Deriver::addCookie(std::string_view pair)
{
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !isSessionCookie(lowerCase(trimmed(pair.substr(0, equals)))))
        return;
    std::string_view value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    if (value.empty())
        return;
    std::string hash = m_secrets.hex(asBytes(value));
    if (m_out.session.empty())
        m_out.session = hash.substr(0, kSessionDigits);
    add(SignalType::SessionCookie, std::move(hash));
}

void Deriver::addBehaviour()
{
    if (m_request.previousRequestMs)
        add(SignalType::Timing, "delta_" + std::to_string(m_request.timeMs - *m_request.previousRequestMs));
    m_out.pattern = m_request.method;
    m_out.pattern += ' ';
    m_out.pattern += pathTemplate(m_request.target);
    add(SignalType::RequestPattern, m_out.pattern);
    if (m_request.previousPattern.empty())
        return;
    std::string navigation(m_request.previousPattern);
    navigation += " > ";
    navigation += m_out.pattern;
    add(SignalType::Navigation, std::move(navigation));
}

} // namespace

HttpSignals deriveHttpSignals(const HttpRequest& request, const SecretHasher& secrets)
{
    return Deriver(request, secrets).run();
}

void deriveBodySignals(std::string_view body, const SecretHasher& secrets, std::vector<DerivedSignal>& out)
{
    if (body.empty())
        return;
    findSensitiveData(body, [&](std::string_view kind, std::string_view text) {
        out.push_back({SignalType::DlpMatch, fmt::format("{}:{}", kind, secrets.hex(asBytes(text)))});
    });
}

std::optional<std::string_view> headerValue(std::span<const HttpHeader> headers, std::string_view name)
{
    for (const HttpHeader& header : headers)
        if (equalsFolded(header.name, name))
            return header.value;
    return std::nullopt;
}

} // namespace timbre::trends
