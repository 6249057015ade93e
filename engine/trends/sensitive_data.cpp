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
    /// Requires: i < size().
    [[nodiscard]] char byte(std::size_t i) const { return m_body[i]; }
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

/// Every byte of every body comes by here, so that what cannot begin a finding is passed over in tight loops.
void findCards(const Text& text, Findings& findings)
{
    std::string digits;
    for (std::size_t at = 0; at < text.size() && !findings.full();) {
        if (!isDigit(text.byte(at))) {
            ++at;
            continue;
        }
        const std::size_t end = isDigit(text.before(at)) ? 0 : cardRun(text, at, digits);
        if (end == 0) {
            ++at;
            continue;
        }
        if (isCard(digits))
            findings.add(digits);
        at = end;
    }
}

bool isSocialSecurity(std::string_view text)
{
    const std::string_view area = text.substr(0, 3);
    return area != "000" && area != "666" && area < "900" && text.substr(4, 2) != "00" && text.substr(7) != "0000";
}

/// Looks where a hyphen is, which is rare.
void findSocialSecurity(const Text& text, Findings& findings)
{
    constexpr std::string_view kShape = "000-00-0000";
    constexpr std::size_t kFirstHyphen = 3;
    const auto outside = [](char c) { return !isDigit(c) && c != '-'; };
    for (std::size_t hyphen = text.find("-", 0); hyphen != std::string_view::npos && !findings.full();
         hyphen = text.find("-", hyphen + 1)) {
        const std::size_t at = hyphen - kFirstHyphen;
        if (hyphen < kFirstHyphen || at + kShape.size() > text.size())
            continue;
        bool fits = outside(text.before(at)) && outside(text.at(at + kShape.size()));
        for (std::size_t i = 0; fits && i < kShape.size(); ++i)
            fits = kShape[i] == '-' ? text.byte(at + i) == '-' : isDigit(text.byte(at + i));
        if (fits && isSocialSecurity(text.part(at, kShape.size())))
            findings.add(text.part(at, kShape.size()));
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
    for (std::size_t digit = 2; digit + kShortest <= text.size() + 2 && !findings.full(); ++digit) {
        if (!isDigit(text.byte(digit)) || !isCapital(text.byte(digit - 1)) || !isCapital(text.byte(digit - 2)))
            continue;
        const std::size_t at = digit - 2;
        if (!outside(text.before(at)) || !isDigit(text.at(at + 3)))
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
    for (std::size_t at = text.find("A", 0); at != std::string_view::npos && !findings.full();
         at = text.find("A", at + 1)) {
        if (at + kLength > text.size())
            return;
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
