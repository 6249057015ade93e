// Signatures against the format's vectors, and what happens to keys on disk.

#include "engine/mask/canonical.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/signing.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using namespace timbre::mask;
using nlohmann::json;

namespace {

template<std::size_t N>
std::array<std::uint8_t, N> fromHex(const std::string& hex)
{
    std::array<std::uint8_t, N> bytes{};
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
    return bytes;
}

} // namespace

class MaskSigningTest : public QObject {
    Q_OBJECT

    json m_vectors;
    QTemporaryDir m_directory;

    [[nodiscard]] SigningKey testKey() const
    {
        return std::move(SigningKey::fromSeed(fromHex<32>(m_vectors["keys"]["test"]["private_seed_hex"]))).value();
    }

private slots:
    void initTestCase()
    {
        const auto path = test::vectorsDirectory() / "mask/signed.json";
        if (!std::filesystem::exists(path))
            QSKIP("signed.json is not there");
        std::ifstream file(path);
        m_vectors = json::parse(file);
    }

    void everyCaseHasItsVerdict()
    {
        const std::vector<PublicKey> keys{fromHex<32>(m_vectors["keys"]["test"]["public_hex"])};
        for (const json& entry : m_vectors["cases"]) {
            const std::string name = entry["name"].get<std::string>();
            const std::string expected = entry["expect"].get<std::string>();
            const Verification verdict = verify(entry["mask"].get<std::string>(), keys);
            if (expected.starts_with("valid"))
                QVERIFY2(verdict.state == SignatureState::Valid, name.c_str());
            else
                QVERIFY2(nameOf(verdict.state) == expected, (name + ' ' + nameOf(verdict.state)).c_str());
            QCOMPARE(verdict.reading == NumberReading::TwoStep, expected == "valid_approx_only");
            QCOMPARE(verdict.plusExponents, expected == "valid_plus_dialect_only");
            if (expected != "unsigned")
                QCOMPARE(verify(entry["mask"].get<std::string>(), {}).state, SignatureState::NoKey);
        }
    }

    void signingAgainGivesTheSameSignature()
    {
        const SigningKey key = testKey();
        int compared = 0;
        for (const json& entry : m_vectors["cases"]) {
            if (entry["expect"] != "valid" || !entry.contains("signature_hex"))
                continue;
            ProfileReading reading = readProfile(entry["mask"].get<std::string>());
            QVERIFY(reading.profile);
            const auto listed = reading.profile->signature;
            reading.profile->signature = {};
            QVERIFY(signMask(*reading.profile, key).ok());
            QCOMPARE(reading.profile->signature, listed);
            QCOMPARE(reading.profile->signature, fromHex<64>(entry["signature_hex"]));
            ++compared;
        }
        QVERIFY(compared >= 5);
    }

    void masksThatOthersReadDifferentlyAreNotSigned()
    {
        const auto path = test::vectorsDirectory() / "mask/canonical.json";
        if (!std::filesystem::exists(path))
            QSKIP("canonical.json is not there");
        std::ifstream file(path);
        const SigningKey key = testKey();
        int refused = 0;
        const json all = json::parse(file);
        for (const json& entry : all["cases"]) {
            if (!entry.contains("mask"))
                continue;
            ProfileReading reading = readProfile(entry["mask"].get<std::string>());
            QVERIFY(reading.profile);
            const bool isSafe = signMask(*reading.profile, key).ok();
            QVERIFY2(isSafe == entry["sign_safe"].get<bool>(), entry["name"].get<std::string>().c_str());
            refused += isSafe ? 0 : 1;
        }
        QVERIFY(refused > 0);
    }

    void aKeyGoesToDiskForItsOwnerOnlyAndComesBack()
    {
        const auto path = std::filesystem::path(m_directory.path().toStdString()) / "key.pem";
        const auto key = SigningKey::make();
        QVERIFY(key.ok());
        QVERIFY(key->write(path).ok());
        QCOMPARE(std::filesystem::status(path).permissions(),
                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        QVERIFY(!key->write(path).ok()); // never replaced
        const auto again = SigningKey::read(path);
        QVERIFY(again.ok());
        QCOMPARE(again->publicKey(), key->publicKey());
        std::filesystem::permissions(path, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
        QVERIFY(!SigningKey::read(path).ok());
        QVERIFY(!SigningKey::read(path.parent_path() / "none.pem").ok());
    }

    void publicKeysComeAsPemAndAsHex()
    {
        const SigningKey key = testKey();
        const auto pem = parsePublicKey(publicKeyPem(key.publicKey()));
        const auto hex = parsePublicKey(toHex(key.publicKey()) + '\n');
        QVERIFY(pem.ok() && hex.ok());
        QCOMPARE(*pem, key.publicKey());
        QCOMPARE(*hex, key.publicKey());
        QVERIFY(!parsePublicKey("no key").ok());
        QCOMPARE(keyId(key.publicKey()).size(), std::size_t{16});
    }
};

QTEST_GUILESS_MAIN(MaskSigningTest)
#include "mask_signing_test.moc"
