// Findings in message bodies, against a search that looks at every byte.

#include "engine/trends/sensitive_data.h"
#include "tests/trends/sensitive_data_reference.h"

#include <QtTest>

#include <array>
#include <random>

using namespace timbre;

namespace {

using test::Findings;

Findings findingsOf(std::string_view body)
{
    Findings findings;
    trends::findSensitiveData(body, [&](std::string_view kind, std::string_view text) {
        findings.emplace_back(std::string(kind), std::string(text));
    });
    return findings;
}

bool luhn(const std::string& digits)
{
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return sum % 10 == 0;
}

std::string checkedCard(std::mt19937& random, std::size_t length)
{
    for (;;) {
        std::string digits(1, static_cast<char>('2' + random() % 5));
        while (digits.size() < length)
            digits += static_cast<char>('0' + random() % 10);
        if (luhn(digits))
            return digits;
    }
}

std::string withSeparators(const std::string& digits, std::mt19937& random)
{
    std::string text;
    for (const char digit : digits) {
        text += digit;
        if (random() % 3 == 0)
            text += random() % 2 == 0 ? ' ' : '-';
    }
    return text;
}

/// Something of each kind, and what only begins like it.
std::string planted(std::mt19937& random)
{
    constexpr std::array<std::string_view, 16> kPieces{"123-45-6789",
                                                       "666-45-6789",
                                                       "DE89370400440532013000",
                                                       "NO9386011117947",
                                                       "AKIAIOSFODNN7EXAMPLE",
                                                       "ASIAIOSFODNN7EXAMPLE",
                                                       "4111 1111 1111 1111",
                                                       "4222222222222",
                                                       "411111111111  1111",
                                                       "4444444444444444",
                                                       "-----BEGIN RSA PRIVATE KEY-----",
                                                       "-----END RSA PRIVATE KEY-----",
                                                       "-----BEGIN PRIVATE KEY-----",
                                                       "-----END PRIVATE KEY-----",
                                                       "-----BEGIN CERTIFICATE-----",
                                                       "-----"};
    std::string piece(kPieces[random() % kPieces.size()]);
    if (random() % 4 == 0)
        piece.resize(random() % piece.size());
    if (random() % 4 == 0)
        piece.erase(0, random() % 4);
    if (random() % 6 == 0 && !piece.empty())
        piece[random() % piece.size()] = static_cast<char>(random() % 256);
    return piece;
}

std::string filler(std::mt19937& random, std::size_t length)
{
    constexpr std::array<std::string_view, 5> kAlphabets{"04 -xyz,. -", "0123456789", "AZ09 -", "abc {\"}:,.\n", " -"};
    const std::string_view alphabet = kAlphabets[random() % kAlphabets.size()];
    std::string text;
    while (text.size() < length)
        text += random() % 20 == 0 ? static_cast<char>(random() % 256) : alphabet[random() % alphabet.size()];
    return text;
}

} // namespace

class SensitiveDataTest : public QObject {
    Q_OBJECT

private slots:
    void cardsOfRandomTexts();
    void findsWhereverItStands_data();
    void findsWhereverItStands();
    void refusesWhatOnlyLooksAlike_data();
    void refusesWhatOnlyLooksAlike();
    void manyAreCapped();
    void sameAsLookingAtEveryByte();
    void longBodiesAreCut();
};

void SensitiveDataTest::cardsOfRandomTexts()
{
    std::mt19937 random(1);
    constexpr std::string_view kAlphabet = "04 -xyz,. -";
    std::size_t found = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string body;
        const std::size_t pieces = random() % 12;
        for (std::size_t i = 0; i < pieces; ++i) {
            if (random() % 3 == 0)
                body += withSeparators(checkedCard(random, 12 + random() % 9), random);
            for (std::size_t n = random() % 20; n > 0; --n)
                body += kAlphabet[random() % kAlphabet.size()];
        }
        const Findings findings = findingsOf(body);
        QCOMPARE(findings, test::SensitiveDataReference::of(body));
        found += findings.size();
    }
    QVERIFY(found > 1000);
}

void SensitiveDataTest::findsWhereverItStands_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("found");
    QTest::newRow("card") << "card"
                          << "4111 1111 1111 1111"
                          << "4111111111111111";
    QTest::newRow("shortest card") << "card"
                                   << "4222222222222"
                                   << "4222222222222";
    QTest::newRow("social security") << "ssn"
                                     << "123-45-6789"
                                     << "123-45-6789";
    QTest::newRow("iban") << "iban"
                          << "DE89370400440532013000"
                          << "DE89370400440532013000";
    QTest::newRow("shortest iban") << "iban"
                                   << "NO9386011117947"
                                   << "NO9386011117947";
    QTest::newRow("access key") << "aws_key"
                                << "AKIAIOSFODNN7EXAMPLE"
                                << "AKIAIOSFODNN7EXAMPLE";
    QTest::newRow("temporary key") << "aws_key"
                                   << "ASIAIOSFODNN7EXAMPLE"
                                   << "ASIAIOSFODNN7EXAMPLE";
}

/// At every place of a body, so that no step of the search passes over it.
void SensitiveDataTest::findsWhereverItStands()
{
    QFETCH(QString, kind);
    QFETCH(QString, written);
    QFETCH(QString, found);
    const Findings wanted = {{kind.toStdString(), found.toStdString()}};
    for (std::size_t before = 0; before < 50; ++before) {
        for (const std::size_t behind : {0U, 1U, 30U}) {
            const std::string body = std::string(before, '.') + written.toStdString() + std::string(behind, '.');
            QCOMPARE(findingsOf(body), wanted);
        }
    }
}

void SensitiveDataTest::refusesWhatOnlyLooksAlike_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("card with a wrong digit") << "4111 1111 1111 1112";
    QTest::newRow("twenty digits") << "41111111111111111111";
    QTest::newRow("two spaces between") << "411111111111  1111";
    QTest::newRow("one digit all over") << "4444444444444444";
    QTest::newRow("social security of no area") << "666-45-6789";
    QTest::newRow("social security inside a number") << "1123-45-6789";
    QTest::newRow("iban with a wrong digit") << "DE89370400440532013001";
    QTest::newRow("iban behind a letter") << "xDE89370400440532013000";
    QTest::newRow("access key with one letter more") << "AKIAIOSFODNN7EXAMPLEX";
    QTest::newRow("access key in lower case") << "akiaiosfodnn7example";
}

void SensitiveDataTest::refusesWhatOnlyLooksAlike()
{
    QFETCH(QString, body);
    QCOMPARE(findingsOf(body.toStdString()), Findings{});
}

void SensitiveDataTest::manyAreCapped()
{
    std::mt19937 random(2);
    std::string body;
    for (std::size_t i = 0; i < 2 * trends::kMaxFindings; ++i)
        body += checkedCard(random, 16) + ';';
    QCOMPARE(findingsOf(body).size(), trends::kMaxFindings);
}

void SensitiveDataTest::sameAsLookingAtEveryByte()
{
    std::mt19937 random(3);
    std::size_t found = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string body;
        for (std::size_t pieces = random() % 14; pieces > 0; --pieces) {
            body += random() % 2 == 0 ? planted(random) : std::string();
            body += filler(random, random() % (random() % 3 == 0 ? 100 : 9));
        }
        const Findings findings = findingsOf(body);
        QCOMPARE(findings, test::SensitiveDataReference::of(body));
        found += findings.size();
    }
    QVERIFY(found > 1000);
}

/// Nothing of what stands behind the limit, or only reaches beyond it.
void SensitiveDataTest::longBodiesAreCut()
{
    std::mt19937 random(4);
    for (std::size_t reach = 0; reach < 24; ++reach) {
        std::string body = filler(random, trends::kMaxScannedBody - reach);
        body += ".DE89370400440532013000.";
        QCOMPARE(findingsOf(body), test::SensitiveDataReference::of(body));
    }
}

QTEST_GUILESS_MAIN(SensitiveDataTest)
#include "sensitive_data_test.moc"
