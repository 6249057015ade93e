#include "engine/trends/browser_check.h"

#include "engine/trends/anomaly.h"

#include <algorithm>
#include <array>
#include <span>

namespace timbre::trends {

namespace {

constexpr std::size_t kMaxUserAgent = 512;
constexpr int kHighest = 100;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int twoDigits(std::string_view text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

const char* claimOf(std::string_view agent)
{
    const auto has = [&](std::string_view part) { return agent.find(part) != std::string_view::npos; };
    if (has("edg/") || has("edge/"))
        return "edge";
    if (has("chrome/") && !has("chromium"))
        return "chrome";
    if (has("firefox/"))
        return "firefox";
    if (has("safari/") && !has("chrome"))
        return "safari";
    if (has("curl/") || has("wget/"))
        return "cli-tool";
    if (has("python") || has("requests/"))
        return "python";
    return has("go-http-client") || has("golang") ? "golang" : "unknown";
}

const char* estimateOf(const Ja4Parts& ja4)
{
    if (ja4.ciphers < 5 && ja4.extensions < 5)
        return "minimal-client";
    if (ja4.tlsVersion < 12)
        return "legacy-client";
    if (ja4.ciphers >= 10 && ja4.extensions >= 10)
        return ja4.alpn == "h2" || ja4.alpn == "h3" ? "modern-browser" : "modern-client";
    return ja4.ciphers >= 5 && ja4.extensions >= 5 ? "api-client" : "unknown";
}

/// What a real browser of this name shows at least.
struct Expected {
    std::string_view browser;
    int ciphers;
    int extensions;
    std::array<std::string_view, 3> alpn;
};
constexpr std::array<Expected, 4> kExpected{{
    {"chrome", 10, 12, {"h2", "h3", ""}},
    {"edge", 10, 12, {"h2", "h3", ""}},
    {"firefox", 8, 10, {"h2", "h3", "http/1.1"}},
    {"safari", 8, 8, {"h2", "http/1.1", ""}},
}};
constexpr int kExpectedTls = 12;

class Score {
public:
    void add(bool condition, int points)
    {
        m_score += condition ? points : 0;
        m_findings += condition ? 1 : 0;
    }
    [[nodiscard]] int points() const { return std::min(m_score, kHighest); }
    [[nodiscard]] int findings() const { return m_findings; }

private:
    int m_score = 0;
    int m_findings = 0;
};

void compare(const Expected& expected, const Ja4Parts& ja4, Score& score)
{
    score.add(ja4.tlsVersion < kExpectedTls, 30);
    score.add(ja4.ciphers < expected.ciphers, 25);
    score.add(ja4.extensions < expected.extensions, 25);
    const bool contains = std::any_of(expected.alpn.begin(), expected.alpn.end(), [&](std::string_view alpn) {
        return !alpn.empty() && ja4.alpn.find(alpn) != std::string::npos;
    });
    score.add(!ja4.alpn.empty() && !contains, 15);
    const bool chromium = expected.browser == "chrome" || expected.browser == "edge";
    score.add(ja4.quic && chromium && ja4.alpn != "h3", 20);
}

} // namespace

std::optional<Ja4Parts> parseJa4(std::string_view ja4)
{
    constexpr std::size_t kVersion = 3;    // transport and version
    constexpr std::size_t kCountsAlpn = 6; // two counts and the ALPN code
    if (ja4.size() < kVersion + kCountsAlpn || (ja4[0] != 't' && ja4[0] != 'q'))
        return std::nullopt;
    const bool serverLetter = ja4[kVersion] == 'd' || ja4[kVersion] == 'i'; // not everybody writes it
    const std::string_view counts = ja4.substr(serverLetter ? kVersion + 1 : kVersion);
    if (counts.size() < kCountsAlpn || !std::all_of(ja4.begin() + 1, ja4.begin() + kVersion, isDigit) ||
        !std::all_of(counts.begin(), counts.begin() + 4, isDigit))
        return std::nullopt;
    Ja4Parts parts;
    parts.quic = ja4[0] == 'q';
    parts.tlsVersion = twoDigits(ja4.substr(1));
    if (parts.tlsVersion < 10 || parts.tlsVersion > 13)
        return std::nullopt;
    parts.ciphers = twoDigits(counts);
    parts.extensions = twoDigits(counts.substr(2));
    const std::string_view alpn = counts.substr(4, 2);
    parts.alpn = alpn == "h1" ? "http/1.1" : alpn == "00" ? "" : std::string(alpn);
    return parts;
}

BrowserScore scoreBrowser(std::string_view userAgent, const Ja4Parts& ja4)
{
    Score score;
    score.add(userAgent.size() > kMaxUserAgent, 10);
    BrowserScore result;
    result.claimed = claimOf(lowerCase(cutText(userAgent, kMaxUserAgent)));
    result.estimated = estimateOf(ja4);
    const auto* expected = std::find_if(kExpected.begin(), kExpected.end(),
                                        [&](const Expected& e) { return e.browser == result.claimed; });
    if (expected != kExpected.end()) {
        compare(*expected, ja4, score);
    } else {
        score.add(ja4.ciphers < 3, 40);
        score.add(ja4.extensions < 3, 40);
        score.add(ja4.tlsVersion < kExpectedTls, 30);
    }
    const bool bothKnown = result.claimed != "unknown" && result.estimated != "unknown";
    score.add(bothKnown && result.estimated.find(result.claimed) == std::string::npos, 25);
    result.score = score.points();
    result.findings = score.findings();
    return result;
}

} // namespace timbre::trends
