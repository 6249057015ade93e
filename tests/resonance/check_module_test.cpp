// What the vectors do not ask: refusals, caps, and that the encoder's shortcuts change no bit.

#include "engine/resonance/check_module.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <random>

using namespace timbre;
using namespace timbre::resonance;

namespace {

std::vector<float> randomValues(std::mt19937& random, std::size_t count)
{
    std::uniform_real_distribution<float> number(-0.5F, 1.5F);
    std::vector<float> values(count);
    for (float& value : values)
        value = number(random);
    return values;
}

/// The formula of the page, one output after the other, every weight looked up.
float plainError(const Encoder& encoder, const Features& x)
{
    std::vector<float> hidden(encoder.hiddenSize());
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        float a = encoder.b1(i);
        for (std::size_t j = 0; j < kFeatures; ++j)
            a = a + encoder.w1(i, j) * x[j];
        hidden[i] = a > 0.0F ? a : 0.0F;
    }
    float error = 0.0F;
    for (std::size_t j = 0; j < kFeatures; ++j) {
        float a = encoder.b2(j);
        for (std::size_t i = 0; i < hidden.size(); ++i)
            a = a + encoder.w2(j, i) * hidden[i];
        const float d = x[j] - a;
        error = error + d * d;
    }
    return error / 64.0F;
}

} // namespace

class CheckModuleTest : public QObject {
    Q_OBJECT

private slots:
    /// Whatever is left out on the way, the answer is that of the averages; values lie on the limits and close to them.
    void anomalousIsWhatTheAveragesSay()
    {
        std::mt19937 random(8);
        const std::array nearBy = {0.0, 0.9, 1.0 - 1e-12, 1.0, 1.0 + 1e-12, 1.2, 30.0};
        int anomalous = 0;
        for (int run = 0; run < 400; ++run) {
            AnomalyDetector detector;
            const std::size_t kinds = 1 + random() % nearBy.size();
            for (std::size_t left = 1 + random() % 150; left > 0; --left) {
                const double factor = nearBy[random() % kinds];
                if (random() % 2 == 0)
                    detector.recordLoss("m", kLossLimit * factor);
                else
                    detector.recordRoundTrip("m", kRoundTripLimitMs * factor);
                const AnomalyDetector::Averages known = detector.averages("m");
                const bool expected = (known.losses >= kTelemetryNeeded && known.loss > kLossLimit) ||
                                      (known.roundTrips >= kTelemetryNeeded && known.roundTripMs > kRoundTripLimitMs);
                QCOMPARE(detector.isAnomalous("m"), expected);
                anomalous += expected ? 1 : 0;
            }
        }
        QVERIFY(anomalous > 100);
    }

    void shortcutsChangeNoBit()
    {
        std::mt19937 random(5);
        for (std::size_t hidden = 1; hidden <= 300; ++hidden) {
            const auto encoder = Encoder::fromSignature(randomValues(random, 64), hidden);
            QVERIFY(encoder.ok());
            const std::vector<float> values = randomValues(random, kFeatures);
            Features input{};
            std::copy(values.begin(), values.end(), input.begin());
            QCOMPARE(std::bit_cast<std::uint32_t>(encoder->error(input)),
                     std::bit_cast<std::uint32_t>(plainError(*encoder, input)));
        }
    }

    void refusals()
    {
        QVERIFY(!CheckModule::make({.hiddenSize = 0}).ok());
        QVERIFY(!CheckModule::make({.hiddenSize = kMaxHiddenSize + 1}).ok());
        const std::vector<float> signature(64, 0.5F);
        QVERIFY(!Encoder::fromSignature(signature, 0).ok());
        QVERIFY(!Encoder::fromSignature(std::span(signature).first(63)).ok());
        QVERIFY(Encoder::fromSignature(signature, kMaxHiddenSize).ok());
    }

    void nanIsHealthyAndInfinityIsNot()
    {
        QCOMPARE(statusOf(std::nanf(""), {}), Status::Healthy);
        QCOMPARE(statusOf(std::numeric_limits<float>::infinity(), {}), Status::Compromised);
        QCOMPARE(statusOf(kDefaultWarningLimit, {}), Status::Healthy);
        QCOMPARE(statusOf(kDefaultCompromisedLimit, {}), Status::Warning);
    }

    void sessionsStopAtTheCap()
    {
        auto module = CheckModule::make({.maxSessions = 2});
        QVERIFY(module.ok());
        for (const char* session : {"a", "b", "c", "a", "c"})
            module->recordTraffic(session, {100, 1.0, 4.0});
        QCOMPARE(module->sessionsRefused(), std::size_t{2});
        QCOMPARE(module->statisticsOf("a")->size(), std::size_t{2});
        QVERIFY(module->statisticsOf("c") == nullptr);
    }

    void telemetryStopsAtTheCap()
    {
        AnomalyDetector detector;
        for (std::size_t i = 0; i <= kMaxTelemetryMasks; ++i)
            detector.recordLoss(std::to_string(i), 0.5);
        QCOMPARE(detector.refused(), std::size_t{1});
        QCOMPARE(detector.averages("0").losses, std::size_t{1});
        QCOMPARE(detector.averages(std::to_string(kMaxTelemetryMasks)).losses, std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(CheckModuleTest)
#include "check_module_test.moc"
