#include "engine/trends/sensitive_data.h"

#include "engine/trends/candidate_runs.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

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

bool mayStandInCard(char c)
{
    return isDigit(c) || c == ' ' || c == '-';
}

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

/// A run may be a whole text of digits or spaces, so most of its bytes are never looked at. Of two bytes side by side
/// in a card number one is a digit, and every number has such a pair at a multiple of kStride.
void findCards(const Text& text, const CandidateRun& run, Findings& findings)
{
    constexpr std::size_t kStride = kCardMin - 1;
    std::string digits;
    std::size_t done = run.begin; // nothing before is left to find
    for (std::size_t probe = run.begin; probe < run.end && !findings.full(); probe += kStride) {
        if (probe < done || (!isDigit(text.byte(probe)) && !isDigit(text.at(probe + 1))))
            continue;
        std::size_t at = isDigit(text.byte(probe)) ? probe : probe + 1;
        while (at > done && mayStandInCard(text.byte(at - 1)))
            --at;
        for (; at < text.size() && mayStandInCard(text.byte(at)) && !findings.full();) {
            const bool begins = isDigit(text.byte(at)) && !isDigit(text.before(at));
            const std::size_t end = begins ? cardRun(text, at, digits) : 0;
            if (end != 0 && isCard(digits))
                findings.add(digits);
            at = end != 0 ? end : at + 1;
        }
        done = at;
    }
}

bool isSocialSecurity(std::string_view text)
{
    const std::string_view area = text.substr(0, 3);
    return area != "000" && area != "666" && area < "900" && text.substr(4, 2) != "00" && text.substr(7) != "0000";
}

/// Looks where a hyphen is.
void findSocialSecurity(const Text& text, const CandidateRun& run, Findings& findings)
{
    constexpr std::string_view kShape = "000-00-0000";
    constexpr std::size_t kFirstHyphen = 3;
    const auto outside = [](char c) { return !isDigit(c) && c != '-'; };
    const std::string_view inside = text.part(run.begin, run.end - run.begin);
    for (std::size_t hyphen = inside.find('-', kFirstHyphen); hyphen != std::string_view::npos && !findings.full();
         hyphen = inside.find('-', hyphen + 1)) {
        const std::size_t at = run.begin + hyphen - kFirstHyphen;
        if (at + kShape.size() > run.end)
            return;
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

constexpr std::size_t kShortestIban = 15;
constexpr std::size_t kLongestIban = 34;
constexpr std::size_t kAwsKeyLength = 20;

/// A stretch of capitals and digits between other bytes.
struct CodeRun {
    std::size_t at = 0;
    std::size_t length = 0;
};

/// Those long enough for an IBAN or an access key. A run that long has a byte at a multiple of its least length, so the
/// bytes between need no look.
void addCodeRuns(const Text& text, const CandidateRun& within, std::vector<CodeRun>& runs)
{
    const auto inside = [&](std::size_t i) { return isCapital(text.byte(i)) || isDigit(text.byte(i)); };
    std::size_t done = within.begin; // nothing before is left to find
    for (std::size_t probe = within.begin; probe < within.end; probe += kShortestIban) {
        if (probe < done || !inside(probe))
            continue;
        std::size_t begin = probe;
        while (begin > done && inside(begin - 1))
            --begin;
        std::size_t end = probe + 1;
        while (end < within.end && inside(end))
            ++end;
        if (end - begin >= kShortestIban)
            runs.push_back({begin, end - begin});
        done = end;
    }
}

void findIbans(const Text& text, const std::vector<CodeRun>& runs, Findings& findings)
{
    for (const CodeRun& run : runs) {
        if (run.length > kLongestIban || findings.full())
            continue;
        const std::string_view iban = text.part(run.at, run.length);
        const bool shaped = isCapital(iban[0]) && isCapital(iban[1]) && isDigit(iban[2]) && isDigit(iban[3]);
        if (shaped && !isLetter(text.before(run.at)) && !isLetter(text.at(run.at + run.length)) && ibanChecks(iban))
            findings.add(iban);
    }
}

void findAwsKeys(const Text& text, const std::vector<CodeRun>& runs, Findings& findings)
{
    for (const CodeRun& run : runs) {
        const std::string_view key = text.part(run.at, run.length);
        if (run.length == kAwsKeyLength && (key.starts_with("AKIA") || key.starts_with("ASIA")))
            findings.add(key);
    }
}

void findPrivateKeys(const Text& text, const CandidateRun& run, Findings& findings)
{
    constexpr std::string_view kBegin = "-----BEGIN ";
    constexpr std::string_view kName = "PRIVATE KEY";
    constexpr std::string_view kDashes = "-----";
    const std::string_view inside = text.part(run.begin, run.end - run.begin);
    for (std::size_t begin = inside.find(kBegin); begin != std::string_view::npos && !findings.full();
         begin = inside.find(kBegin, begin + 1)) {
        const std::size_t at = run.begin + begin;
        const std::size_t label = at + kBegin.size();
        std::size_t labelEnd = label;
        while (isCapital(text.at(labelEnd)) || text.at(labelEnd) == ' ')
            ++labelEnd;
        const std::string_view name = text.part(label, labelEnd - label);
        if (!name.ends_with(kName) || text.part(labelEnd, kDashes.size()) != kDashes)
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
    const std::vector<CandidateRun> runs = candidateRuns(text.part(0, text.size()));
    if (runs.empty())
        return 0;
    Findings findings(found);
    findings.beginKind("card");
    for (const CandidateRun& run : runs)
        findCards(text, run, findings);
    findings.beginKind("ssn");
    for (const CandidateRun& run : runs)
        findSocialSecurity(text, run, findings);
    std::vector<CodeRun> codes;
    for (const CandidateRun& run : runs)
        addCodeRuns(text, run, codes);
    findings.beginKind("iban");
    findIbans(text, codes, findings);
    findings.beginKind("aws_key");
    findAwsKeys(text, codes, findings);
    findings.beginKind("private_key");
    for (const CandidateRun& run : runs)
        findPrivateKeys(text, run, findings);
    return findings.count();
}

} // namespace timbre::trends
