#pragma once

// What is looked for in message bodies, as its definitions read: every kind at every byte, without any short cut.

#include "engine/trends/sensitive_data.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace timbre::test {

using Findings = std::vector<std::pair<std::string, std::string>>; // kind and text

class SensitiveDataReference {
public:
    static Findings of(std::string_view body) { return SensitiveDataReference(body).run(); }

private:
    explicit SensitiveDataReference(std::string_view body)
        : m_body(body.substr(0, trends::kMaxScannedBody))
    {
    }

    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    static bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }
    static bool isLetter(char c) { return isCapital(c) || (c >= 'a' && c <= 'z'); }
    static bool isCode(char c) { return isDigit(c) || isCapital(c); }
    [[nodiscard]] char at(std::size_t i) const { return i < m_body.size() ? m_body[i] : '\0'; }
    [[nodiscard]] char before(std::size_t i) const { return i == 0 ? '\0' : m_body[i - 1]; }

    Findings run()
    {
        for (std::size_t i = 0; i < m_body.size();)
            i = card(i);
        for (std::size_t i = 0; i < m_body.size(); ++i)
            socialSecurity(i);
        for (std::size_t i = 0; i < m_body.size(); ++i)
            iban(i);
        for (std::size_t i = 0; i < m_body.size(); ++i)
            accessKey(i);
        for (std::size_t i = 0; i < m_body.size(); ++i)
            privateKey(i);
        return m_found;
    }

    void add(const char* kind, std::string_view text)
    {
        std::pair<std::string, std::string> finding(kind, text);
        if (m_found.size() < trends::kMaxFindings &&
            std::find(m_found.begin(), m_found.end(), finding) == m_found.end())
            m_found.push_back(std::move(finding));
    }

    static bool luhn(const std::string& digits)
    {
        int sum = 0;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const int digit = digits[digits.size() - 1 - i] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    /// From each digit that none precedes, the longest 13 to 19 digits with at most one space or hyphen between two,
    /// behind which no digit comes. Returns where to look next.
    std::size_t card(std::size_t start)
    {
        std::string digits;
        std::string best;
        std::size_t end = start;
        if (isDigit(at(start)) && !isDigit(before(start))) {
            for (std::size_t i = start; isDigit(at(i)) && digits.size() < 19;) {
                digits += at(i++);
                if (digits.size() >= 13 && !isDigit(at(i))) {
                    best = digits;
                    end = i;
                }
                if ((at(i) == ' ' || at(i) == '-') && isDigit(at(i + 1)))
                    ++i;
            }
        }
        if (!best.empty() && best[0] >= '2' && best[0] <= '6' && best.find_first_not_of(best[0]) != std::string::npos &&
            luhn(best))
            add("card", best);
        return best.empty() ? start + 1 : end;
    }

    void socialSecurity(std::size_t i)
    {
        const std::string_view text = m_body.substr(i, 11);
        const auto outside = [](char c) { return !isDigit(c) && c != '-'; };
        bool fits = text.size() == 11 && outside(before(i)) && outside(at(i + 11));
        for (std::size_t k = 0; fits && k < 11; ++k)
            fits = k == 3 || k == 6 ? text[k] == '-' : isDigit(text[k]);
        if (fits && text.substr(0, 3) != "000" && text.substr(0, 3) != "666" && text[0] != '9' &&
            text.substr(4, 2) != "00" && text.substr(7) != "0000")
            add("ssn", text);
    }

    /// The capitals and digits that begin here; empty where such a stretch goes on.
    [[nodiscard]] std::string_view code(std::size_t i) const
    {
        std::size_t end = i;
        while (!isCode(before(i)) && isCode(at(end)))
            ++end;
        return m_body.substr(i, end - i);
    }

    void iban(std::size_t i)
    {
        const std::string_view text = code(i);
        if (text.size() < 15 || text.size() > 34 || isLetter(before(i)) || isLetter(at(i + text.size())) ||
            !isCapital(text[0]) || !isCapital(text[1]) || !isDigit(text[2]) || !isDigit(text[3]))
            return;
        std::string decimal;
        for (const char c : std::string(text.substr(4)) + std::string(text.substr(0, 4)))
            decimal += isDigit(c) ? std::string(1, c) : std::to_string(c - 'A' + 10);
        int rest = 0;
        for (const char c : decimal)
            rest = (rest * 10 + (c - '0')) % 97;
        if (rest == 1)
            add("iban", text);
    }

    void accessKey(std::size_t i)
    {
        const std::string_view text = code(i);
        if (text.size() == 20 && (text.starts_with("AKIA") || text.starts_with("ASIA")))
            add("aws_key", text);
    }

    /// With its text up to the line that ends it, or all that there is.
    void privateKey(std::size_t i)
    {
        constexpr std::string_view kBegin = "-----BEGIN ";
        if (!m_body.substr(i).starts_with(kBegin))
            return;
        const std::size_t label = i + kBegin.size();
        std::size_t labelEnd = label;
        while (isCapital(at(labelEnd)) || at(labelEnd) == ' ')
            ++labelEnd;
        const std::string name(m_body.substr(label, labelEnd - label));
        if (!name.ends_with("PRIVATE KEY") || m_body.substr(labelEnd, 5) != "-----")
            return;
        const std::size_t end = m_body.find("-----END " + name + "-----", labelEnd);
        add("private_key", m_body.substr(i, end == std::string_view::npos ? end : end - i));
    }

    std::string_view m_body;
    Findings m_found;
};

} // namespace timbre::test
