#include "engine/trends/sensitive_data.h"

#include <algorithm>
#include <unordered_set>

namespace timbre::trends {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isLetter(char c)
{
    return isCapital(c) || (c >= 'a' && c <= 'z');
}

/// The body, with "nothing" on both sides of it.
class Text {
public:
    explicit Text(std::string_view body)
        : m_body(body)
    {
    }
    [[nodiscard]] std::size_t size() const { return m_body.size(); }
    [[nodiscard]] char at(std::size_t i) const { return i < m_body.size() ? m_body[i] : '\0'; }
    [[nodiscard]] char before(std::size_t i) const { return i == 0 ? '\0' : m_body[i - 1]; }
    [[nodiscard]] std::string_view part(std::size_t from, std::size_t length) const
    {
        return m_body.substr(from, length);
    }
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from) const { return m_body.find(text, from); }

private:
    std::string_view m_body;
};

class Findings {
public:
    using Found = std::function<void(std::string_view, std::string_view)>;
    explicit Findings(const Found& found)
        : m_found(found)
    {
    }
    void beginKind(std::string_view kind)
    {
        m_kind = kind;
        m_seen.clear();
    }
    void add(std::string_view text)
    {
        if (full() || !m_seen.emplace(text).second)
            return;
        ++m_count;
        m_found(m_kind, text);
    }
    [[nodiscard]] bool full() const { return m_count >= kMaxFindings; }
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    const Found& m_found;
    std::string_view m_kind;
    std::unordered_set<std::string> m_seen;
    std::size_t m_count = 0;
};

bool luhn(std::string_view digits)
{
    unsigned sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        auto digit = static_cast<unsigned>(digits[digits.size() - 1 - i] - '0');
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

bool isCard(std::string_view digits)
{
    const bool same = digits.find_first_not_of(digits.front()) == std::string_view::npos;
    return digits.front() >= '2' && digits.front() <= '6' && !same && luhn(digits);
}

constexpr std::size_t kCardMin = 13;
constexpr std::size_t kCardMax = 19;

/// The longest run of 13 to 19 digits from `start` that no digit follows; its digits in `digits`, its end returned.
/// 0: there is none.
std::size_t cardRun(const Text& text, std::size_t start, std::string& digits)
{
    digits.clear();
    std::string run;
    std::size_t end = 0;
    for (std::size_t at = start; run.size() < kCardMax && isDigit(text.at(at));) {
        run += text.at(at++);
        if (run.size() >= kCardMin && !isDigit(text.at(at))) {
            digits = run;
            end = at;
        }
        if ((text.at(at) == ' ' || text.at(at) == '-') && isDigit(text.at(at + 1)))
            ++at;
    }
    return end;
}

void findCards(const Text& text, Findings& findings)
{
    std::string digits;
    for (std::size_t at = 0; at < text.size() && !findings.full();) {
        const bool begins = isDigit(text.at(at)) && !isDigit(text.before(at));
        const std::size_t end = begins ? cardRun(text, at, digits) : 0;
        if (end == 0) {
            ++at;
            continue;
        }
        if (isCard(digits))
            findings.add(digits);
        at = end;
    }
}

void findSocialSecurity(const Text& text, Findings& findings)
{
    constexpr std::string_view kShape = "000-00-0000";
    const auto outside = [](char c) { return !isDigit(c) && c != '-'; };
    for (std::size_t at = 0; at + kShape.size() <= text.size() && !findings.full(); ++at) {
        bool fits = outside(text.before(at)) && outside(text.at(at + kShape.size()));
        for (std::size_t i = 0; fits && i < kShape.size(); ++i)
            fits = kShape[i] == '-' ? text.at(at + i) == '-' : isDigit(text.at(at + i));
        if (!fits)
            continue;
        const std::string_view found = text.part(at, kShape.size());
        const std::string_view area = found.substr(0, 3);
        if (area != "000" && area != "666" && area < "900" && found.substr(4, 2) != "00" && found.substr(7) != "0000")
            findings.add(found);
    }
}

/// ISO 7064, modulo 97 with the first four characters moved to the end; letters count from 10.
bool ibanChecks(std::string_view iban)
{
    unsigned rest = 0;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        const char c = iban[(i + 4) % iban.size()];
        rest = isDigit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                          : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    }
    return rest == 1;
}

void findIbans(const Text& text, Findings& findings)
{
    constexpr std::size_t kShortest = 15;
    constexpr std::size_t kLongest = 34;
    const auto inside = [](char c) { return isCapital(c) || isDigit(c); };
    const auto outside = [](char c) { return !isLetter(c) && !isDigit(c); };
    for (std::size_t at = 0; at + kShortest <= text.size() && !findings.full(); ++at) {
        if (!outside(text.before(at)) || !isCapital(text.at(at)) || !isCapital(text.at(at + 1)) ||
            !isDigit(text.at(at + 2)) || !isDigit(text.at(at + 3)))
            continue;
        std::size_t length = 4;
        while (length <= kLongest && inside(text.at(at + length)))
            ++length;
        if (length < kShortest || length > kLongest || !outside(text.at(at + length)))
            continue;
        if (ibanChecks(text.part(at, length)))
            findings.add(text.part(at, length));
    }
}

void findAwsKeys(const Text& text, Findings& findings)
{
    constexpr std::size_t kLength = 20;
    const auto inside = [](char c) { return isCapital(c) || isDigit(c); };
    for (std::size_t at = 0; at + kLength <= text.size() && !findings.full(); ++at) {
        const std::string_view start = text.part(at, 4);
        if ((start != "AKIA" && start != "ASIA") || inside(text.before(at)) || inside(text.at(at + kLength)))
            continue;
        const std::string_view found = text.part(at, kLength);
        if (std::all_of(found.begin(), found.end(), inside))
            findings.add(found);
    }
}

void findPrivateKeys(const Text& text, Findings& findings)
{
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kKey = "PRIVATE KEY-----";
    for (std::size_t at = text.find(kBegin, 0); at != std::string_view::npos && !findings.full();
         at = text.find(kBegin, at + 1)) {
        const std::size_t label = at + kBegin.size();
        std::size_t labelEnd = label;
        while (isCapital(text.at(labelEnd)) || text.at(labelEnd) == ' ')
            ++labelEnd;
        const std::string_view name = text.part(label, labelEnd - label);
        constexpr std::string_view kName = "PRIVATE KEY";
        if (!name.ends_with(kName) || text.part(labelEnd, kKey.size() - kName.size()) != "-----")
            continue;
        const std::string endLine = "-----END " + std::string(name) + "-----";
        const std::size_t end = text.find(endLine, labelEnd);
        findings.add(text.part(at, end == std::string_view::npos ? text.size() : end - at));
    }
}

} // namespace

std::size_t findSensitiveData(std::string_view body, const Findings::Found& found)
{
    const Text text(body.substr(0, kMaxScannedBody));
    Findings findings(found);
    findings.beginKind("card");
    findCards(text, findings);
    findings.beginKind("ssn");
    findSocialSecurity(text, findings);
    findings.beginKind("iban");
    findIbans(text, findings);
    findings.beginKind("aws_key");
    findAwsKeys(text, findings);
    findings.beginKind("private_key");
    findPrivateKeys(text, findings);
    return findings.count();
}

} // namespace timbre::trends
