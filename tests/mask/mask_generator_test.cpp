// Our own masks of the format's recordings: accepted, close, clean, and safe to sign.

#include "engine/mask/canonical.h"
#include "engine/mask/generator.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/signing.h"
#include "tests/mask/recorded_vectors.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>

using namespace timbre;
using namespace timbre::mask;
using nlohmann::json;

namespace {

constexpr std::uint64_t kCreated = 1'700'000'000;
constexpr double kOwnBar = 0.10; // for every distance that applies

struct Case {
    std::string name;
    std::vector<recording::PacketRecord> packets;
    bool generates = false;
    bool canPass = false;
};

GeneratorOptions optionsFor(const std::string& service)
{
    GeneratorOptions options;
    options.service = service;
    options.createdAt = kCreated;
    options.madeBy = "timbre test";
    return options;
}

/// Refused, or loaded without any remark but that it is unsigned.
std::string complaintsAbout(const MaskProfile& mask)
{
    const MaskLoading loading = loadMask(fileText(mask), kCreated + 1);
    if (!loading.loaded)
        return loading.refusal.rule + ' ' + loading.refusal.field + ' ' + loading.refusal.reason;
    std::string complaints;
    for (const Remark& remark : loading.loaded->remarks) {
        if (remark.rule != "L4")
            complaints += remark.rule + ' ' + remark.field + ' ' + remark.text + "; ";
    }
    return complaints;
}

} // namespace

class MaskGeneratorTest : public QObject {
    Q_OBJECT

    std::vector<Case> m_cases;

private slots:
    void initTestCase()
    {
        const auto path = test::vectorsDirectory() / "mask/selftest.json";
        if (!std::filesystem::exists(path))
            QSKIP("selftest.json is not there");
        std::ifstream file(path);
        const json all = json::parse(file);
        for (const json& entry : all["cases"]) {
            const json& expect = entry["expect"];
            m_cases.push_back({entry["name"].get<std::string>(), test::packetsOf(entry["recording"]),
                               expect["generates"].get<bool>(), expect.value("pass_reachable", false)});
        }
    }

    void everyRecordingThatCanPassMakesAMaskThatDoes()
    {
        int passed = 0;
        for (const Case& each : m_cases) {
            const auto made = generateMask(each.packets, optionsFor(each.name));
            QVERIFY2(made.ok() == each.generates, (each.name + (made.ok() ? "" : made.error().message)).c_str());
            if (!made.ok())
                continue;
            const SelfTest& test = made->test;
            qInfo("%-24s %s up %.3f %.3f down %.3f %.3f header %.2f (%.0f %% fixed) states %zu %.2f confidence %.3f | "
                  "sent %.3f %.3f lag %.2f of %.2f, size-gap %.2f of %.2f, %zu bytes",
                  each.name.c_str(), test.passed ? "pass" : "FAIL", test.uplinkSizes, test.uplinkGaps,
                  test.downlinkSizes, test.downlinkGaps, test.headerMatch, 100 * test.fixedHeaderBits,
                  made->mask.states.size(), test.stateScore, test.confidence, made->fidelity.sizes, made->fidelity.gaps,
                  made->fidelity.sizeLag1Model, made->fidelity.sizeLag1Real, made->fidelity.sizeGapModel,
                  made->fidelity.sizeGapReal, fileText(made->mask).size());
            QVERIFY2(test.passed == each.canPass, each.name.c_str());
            QCOMPARE(failuresOf(test, made->mask, each.packets).empty(), test.passed);
            QVERIFY2(complaintsAbout(made->mask).empty(), (each.name + ": " + complaintsAbout(made->mask)).c_str());
            if (!each.canPass)
                continue;
            ++passed;
            QVERIFY2(test.uplinkSizes <= kOwnBar && test.uplinkGaps <= kOwnBar, each.name.c_str());
            if (test.downlinkDecides)
                QVERIFY2(test.downlinkSizes <= kOwnBar && test.downlinkGaps <= kOwnBar, each.name.c_str());
            QVERIFY2(made->fidelity.sizes <= kOwnBar && made->fidelity.gaps <= kOwnBar, each.name.c_str());
        }
        QVERIFY(passed >= 13);
    }

    void masksSurviveOtherReadersAndSignatures()
    {
        const auto key = SigningKey::make();
        QVERIFY(key.ok());
        const std::vector<PublicKey> keys{key->publicKey()};
        for (const Case& each : m_cases) {
            auto made = generateMask(each.packets, optionsFor(each.name));
            if (!made.ok())
                continue;
            const auto signing = signMask(made->mask, *key);
            QVERIFY2(signing.ok(), each.name.c_str());
            const Verification verdict = verify(fileText(made->mask), keys);
            QCOMPARE(verdict.state, SignatureState::Valid);
            QVERIFY(verdict.reading == NumberReading::Nearest && !verdict.plusExponents);
            const MaskLoading again = loadMask(fileText(made->mask), kCreated + 1);
            QVERIFY(again.loaded && again.loaded->remarks.empty());
            QVERIFY(again.loaded->mask.extension);
            QCOMPARE(again.loaded->mask.extension->signatureSpread.size(), kSignatureLength);
        }
    }

    void shortRecordingsNeedToBeAskedFor()
    {
        QVERIFY(!m_cases.empty());
        const std::span<const recording::PacketRecord> few(m_cases[0].packets.data(), 300);
        GeneratorOptions options = optionsFor("short");
        const auto refused = generateMask(few, options);
        QVERIFY(!refused.ok() && refused.error().message.find("short") != std::string::npos);
        options.evenIfShort = true;
        QVERIFY(generateMask(few, options).ok());
    }

    void namesBecomeIds()
    {
        QCOMPARE(maskIdFor("Web Mail 3"), std::string("auto_web_mail_3_v1"));
        QCOMPARE(maskIdFor("…"), std::string("auto_unnamed_v1"));
        QCOMPARE(maskIdFor(std::string(200, 'x')).size(), std::size_t{5 + 48 + 3});
    }

    void aHundredThousandPacketsTakeLessThanTwoSeconds()
    {
        QVERIFY(!m_cases.empty());
        std::vector<recording::PacketRecord> packets;
        std::uint64_t shift = 0;
        while (packets.size() < 100'000) {
            for (recording::PacketRecord packet : m_cases[0].packets) {
                packet.timestampNs += shift;
                if (packets.size() < 100'000)
                    packets.push_back(packet);
            }
            shift += 62'000'000'000ULL;
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(generateMask(packets, optionsFor("long")).ok());
        qInfo("100,000 packets to a mask: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 2000);
    }
};

QTEST_GUILESS_MAIN(MaskGeneratorTest)
#include "mask_generator_test.moc"
