// The calibrated score: laws against what a client would draw, separation of generated classes as promised, ignorance
// that is admitted, masks of any origin.

#include "engine/mask/features.h"
#include "engine/mask/sampler.h"
#include "engine/resonance/evaluation.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace timbre;
using namespace timbre::resonance;

namespace {

constexpr int kDraws = 40'000;

mask::GapLaw gapLaw(mask::GapFamily family, std::vector<double> parameters, std::array<double, 2> jitter = {0.0, 0.0})
{
    mask::GapLaw law;
    law.family = family;
    law.parameters = std::move(parameters);
    law.jitterMs = jitter;
    return law;
}

mask::SizeLaw mixture(mask::SizeFamily family, std::vector<double> parameters)
{
    mask::SizeLaw law;
    law.type = mask::SizeLawType::Parametric;
    law.family = family;
    law.parameters = std::move(parameters);
    return law;
}

std::vector<float> signatureOfListB()
{
    std::vector<float> signature(kFeatures, 0.25F);
    std::fill_n(signature.begin(), 16, 1.0F / 16.0F);
    return signature;
}

mask::MaskProfile simpleMask()
{
    mask::MaskProfile mask;
    mask.id = "simple";
    mask.sizes.bins = {{100, 200, 1.0F}};
    mask.gaps = gapLaw(mask::GapFamily::Exponential, {0.05});
    mask.signatureVector = signatureOfListB();
    return mask;
}

FlowWindow windowOf(const RecordedFlow& flow, std::size_t packets)
{
    FlowWindow window;
    for (std::size_t i = 0; i < packets && i < flow.packets.size(); ++i)
        window.add(flow.packets[i].packet, std::as_bytes(flow.packets[i].prefix.view()));
    return window;
}

} // namespace

class CalibrationTest : public QObject {
    Q_OBJECT

private slots:
    void gapLawsAreAsDrawn_data()
    {
        QTest::addColumn<int>("number");
        for (int i = 0; i < static_cast<int>(gapLaws().size()); ++i)
            QTest::addRow("%d", i) << i;
    }
    void gapLawsAreAsDrawn()
    {
        QFETCH(int, number);
        const mask::GapLaw law = gapLaws()[static_cast<std::size_t>(number)];
        mask::RandomStream random(3);
        std::vector<std::uint8_t> drawn(kDraws);
        for (std::uint8_t& bin : drawn)
            bin = static_cast<std::uint8_t>(gapBin(mask::drawGap(law, random)));
        const GapMass mass = massOf(law);
        QVERIFY(std::abs(std::accumulate(mass.begin(), mass.end(), 0.0) - 1.0) < 1e-4);
        const float distance = ksDistance(runningSum(mass), runningSum(massOfGapBins(drawn)));
        QVERIFY2(distance < 0.03F, qPrintable(QString::number(static_cast<double>(distance))));
    }

    void sizeLawsAreAsDrawn()
    {
        mask::SizeLaw histogram;
        histogram.bins = {{60, 60, 0.5F}, {1400, 1514, 0.3F}, {1, 65'535, 0.2F}};
        for (const mask::SizeLaw& law :
             {histogram, mixture(mask::SizeFamily::LogNormal, {6.0, 0.5}),
              mixture(mask::SizeFamily::Gmm, {2, 0.3, 120.0, 15.0, 0.7, 1400.0, 60.0}),
              mixture(mask::SizeFamily::Gamma, {2.0, 100.0}), mixture(mask::SizeFamily::Bimodal, {1.0})}) {
            const mask::SizeSampler sampler(law);
            mask::RandomStream random(4);
            std::vector<std::uint8_t> drawn(kDraws);
            for (std::uint8_t& bin : drawn)
                bin = static_cast<std::uint8_t>(sizeBin(sampler.draw(random)));
            const float distance = ksDistance(runningSum(massOf(law)), runningSum(massOfSizeBins(drawn)));
            QVERIFY2(distance < 0.03F, qPrintable(QString::number(static_cast<double>(distance))));
        }
    }

    void binsCoverEverything()
    {
        for (const double gap : {-1.0, 0.0, 1e-9, 0.01, 0.0100001, 1.0, 6e5, 1e300, std::nan("")})
            QVERIFY(gapBin(gap) < kGapBins);
        for (std::uint32_t size = 0; size <= 0xffff; ++size)
            QVERIFY(sizeBin(static_cast<std::uint16_t>(size)) < kSizeBins);
    }

    void classesAreToldApart_data()
    {
        QTest::addColumn<double>("loss");
        QTest::newRow("all packets") << 0.0;
        QTest::newRow("5 % lost") << 0.05;
    }
    void classesAreToldApart()
    {
        QFETCH(double, loss);
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            EvaluationOptions options;
            options.seed = seed;
            options.loss = loss;
            const Evaluation result = evaluate(generatedFlows(seed, 24), options);
            QCOMPARE(result.classes.size(), std::size_t{5});
            QVERIFY2(result.mean >= 0.99, qPrintable(QString::number(result.mean)));
            QVERIFY2(result.worst >= 0.95, qPrintable(QString::number(result.worst)));
        }
    }

    /// Masks from elsewhere have no spread of their features.
    void foreignMasksWorkToo()
    {
        EvaluationOptions options;
        options.withSpread = false;
        const Evaluation result = evaluate(generatedFlows(1, 24), options);
        QVERIFY2(result.mean >= 0.95, qPrintable(QString::number(result.mean)));
    }

    /// Most published masks have no signature that can be compared either.
    void lawsAloneWorkToo()
    {
        EvaluationOptions options;
        options.withSignature = false;
        const Evaluation result = evaluate(generatedFlows(1, 24), options);
        QVERIFY2(result.mean >= 0.95, qPrintable(QString::number(result.mean)));
    }

    /// Of the pairs that score about so much, about so many are the mask's own: on seeds nothing was fitted to.
    void scoresAreChances()
    {
        std::array<double, 3> own{};
        std::array<double, 3> all{};
        for (std::uint64_t seed = 21; seed <= 24; ++seed) {
            EvaluationOptions options;
            options.seed = seed;
            for (const ScoredPair& pair : evaluate(generatedFlows(seed, 24), options).pairs) {
                const bool isOwn = pair.windowLabel == pair.maskLabel;
                const double weight = isOwn ? 4.0 : 1.0; // there are four other classes
                const std::size_t part = pair.calibrated.score < 20.0 ? 0 : (pair.calibrated.score < 80.0 ? 1 : 2);
                own[part] += isOwn ? weight : 0.0;
                all[part] += weight;
            }
        }
        QVERIFY2(own[0] / all[0] < 0.05, qPrintable(QString::number(own[0] / all[0])));
        QVERIFY2(own[1] / all[1] > 0.25 && own[1] / all[1] < 0.75, qPrintable(QString::number(own[1] / all[1])));
        QVERIFY2(own[2] / all[2] > 0.9, qPrintable(QString::number(own[2] / all[2])));
    }

    void sameSeedSameResult()
    {
        const Evaluation a = evaluate(generatedFlows(5, 8), {});
        const Evaluation b = evaluate(generatedFlows(5, 8), {});
        QCOMPARE(a.mean, b.mean);
        QCOMPARE(a.pairs.size(), b.pairs.size());
        for (std::size_t i = 0; i < a.pairs.size(); ++i)
            QCOMPARE(a.pairs[i].calibrated.score, b.pairs[i].calibrated.score);
    }

    void ignoranceIsAdmitted()
    {
        const auto model = MaskModel::make(simpleMask());
        QVERIFY(model.ok());
        Random random(1);
        RecordedFlow flow = makeFlow(TrafficClass::Voip, 1024, random);
        for (RecordedPacket& packet : flow.packets)
            packet.packet.side = flow::Side::Initiator;
        double before = -1.0;
        for (const std::size_t packets :
             {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{100}, std::size_t{1000}}) {
            const Calibrated result = calibrated(WindowView(windowOf(flow, packets)), **model);
            QCOMPARE(result.packets, std::min<std::size_t>(packets, kWindowPackets));
            if (packets < kFewestPackets) {
                QCOMPARE(result.score, 50.0);
                QCOMPARE(result.confidence, 0.0);
            } else {
                QVERIFY(result.confidence > before);
                before = result.confidence;
            }
        }
        QCOMPARE(before, 1.0);
    }

    /// The mask speaks of the initiator only: what the responder sends counts neither for the score nor for confidence.
    void oneSidedMasksJudgeOneSide()
    {
        const auto model = MaskModel::make(simpleMask());
        Random random(2);
        const RecordedFlow flow = makeFlow(TrafficClass::Voip, 256, random);
        RecordedFlow onlyUp{flow.label, {}};
        for (const RecordedPacket& packet : flow.packets) {
            if (packet.packet.side == flow::Side::Initiator)
                onlyUp.packets.push_back(packet);
        }
        const WindowView both(windowOf(flow, 256));
        const WindowView one(windowOf(onlyUp, 256));
        const Calibrated a = calibrated(both, **model);
        const Calibrated b = calibrated(one, **model);
        QVERIFY(a.confidence < 0.75);
        QVERIFY(std::abs(a.confidence - b.confidence) < 1e-9);
        for (const Aspect aspect : {Aspect::Sizes, Aspect::Gaps}) // what the other side sends does not matter
            QVERIFY(std::abs(a.contributions[static_cast<std::size_t>(aspect)] -
                             b.contributions[static_cast<std::size_t>(aspect)]) < 1e-5);
    }

    /// Published masks hold 64 numbers that are no features: they must not be compared.
    void handMadeSignaturesAreLeftAside()
    {
        for (const float value : {0.0F, 0.7F, 3.0F}) {
            mask::MaskProfile mask = simpleMask();
            mask.signatureVector.assign(kFeatures, value);
            const auto model = MaskModel::make(mask);
            QVERIFY(model.ok());
            QVERIFY((*model)->up.known.none());
        }
        QVERIFY((*MaskModel::make(simpleMask()))->up.known.any());
        mask::MaskProfile tooShort = simpleMask();
        tooShort.signatureVector.resize(63);
        QVERIFY(!MaskModel::make(tooShort).ok());
    }

    void headers()
    {
        mask::MaskProfile mask = simpleMask();
        mask::StructuredHeader header;
        header.fields = {mask::FixedField{{0x80, 0x08}}, mask::CounterField{2}, mask::IdField{4, mask::IdMode::Zero}};
        mask.headerSpec = header;
        const auto model = MaskModel::make(mask);
        QVERIFY(model.ok());
        QCOMPARE((*model)->up.header.fixedBytes(), std::size_t{6});
        const std::array<std::uint8_t, 8> same = {0x80, 0x08, 1, 2, 0, 0, 0, 0};
        const std::array<std::uint8_t, 8> half = {0x80, 0x08, 1, 2, 0, 9, 9, 9};
        const std::array packets = {Prefix::of(std::as_bytes(std::span(same))), Prefix::of(std::as_bytes(std::span(half))),
                                    Prefix{}};
        const auto matching = [&](std::size_t from, std::size_t count) {
            return (*model)->up.header.matching(std::span(packets).subspan(from, count));
        };
        QCOMPARE(matching(0, 1), std::size_t{6});
        QCOMPARE(matching(1, 1), std::size_t{3});
        QCOMPARE(matching(2, 1), std::size_t{0});
        QCOMPARE(matching(0, 3), std::size_t{9});
        mask::RawHeader raw;
        raw.hex = "17030312";
        raw.randomIndices = {3, 99};
        mask.headerSpec = raw;
        QCOMPARE((*MaskModel::make(mask))->up.header.fixedBytes(), std::size_t{3});
    }

    void headersMatchAsByteByByte()
    {
        std::mt19937 random(6);
        for (int run = 0; run < 2000; ++run) {
            HeaderPattern pattern;
            std::array<std::optional<std::uint8_t>, Prefix::kMaxBytes> expected;
            for (std::size_t i = random() % 40; i > 0; --i) {
                const std::size_t place = random() % (Prefix::kMaxBytes + 4);
                const auto value = static_cast<std::uint8_t>(random() % 3 * 127);
                const bool fixed = random() % 4 > 0;
                if (fixed)
                    pattern.fix(place, value);
                else
                    pattern.release(place);
                if (place < expected.size())
                    expected[place] = fixed ? std::optional(value) : std::nullopt;
            }
            std::vector<Prefix> packets(random() % (2 * FlowWindow::kMaxPrefixes + 1));
            std::size_t matching = 0;
            for (Prefix& prefix : packets) {
                prefix.length = static_cast<std::uint8_t>(random() % (Prefix::kMaxBytes + 1));
                for (std::uint8_t& byte : prefix.bytes) // also behind the length, where an older packet may have left some
                    byte = static_cast<std::uint8_t>(random() % 3 * 127);
                for (std::size_t place = 0; place < prefix.length; ++place)
                    matching += expected[place] == prefix.bytes[place] ? 1 : 0;
            }
            QCOMPARE(pattern.fixedBytes(),
                     static_cast<std::size_t>(std::count_if(expected.begin(), expected.end(),
                                                            [](const auto& byte) { return byte.has_value(); })));
            QCOMPARE(pattern.matching(packets), matching);
        }
    }

    void evidenceIsOrderedAndNamed()
    {
        const auto model = MaskModel::make(simpleMask());
        Random random(4);
        const WindowView view(windowOf(makeFlow(TrafficClass::Web, 256, random), 256));
        const auto& up = view.side(flow::Side::Initiator);
        const auto evidence = evidenceOf({up.features, Features{}}, {up.packets, 0}, **model);
        QVERIFY(evidence.size() > 30);
        for (std::size_t i = 1; i < evidence.size(); ++i)
            QVERIFY(std::abs(evidence[i - 1].weight) >= std::abs(evidence[i].weight));
        for (const FeatureEvidence& item : evidence) {
            QVERIFY(item.side == flow::Side::Initiator);
            QVERIFY(std::string_view(mask::featureName(item.feature)).size() > 3);
            QVERIFY(item.spread > 0.0F);
        }
    }

    void areaUnderCurveIsExact()
    {
        QCOMPARE(areaUnderCurve({2, 3}, {0, 1}), 1.0);
        QCOMPARE(areaUnderCurve({1}, {1}), 0.5);
        QCOMPARE(areaUnderCurve({0, 2}, {1}), 0.5);
        QCOMPARE(areaUnderCurve({}, {1}), 0.5);
    }

private:
    static std::vector<mask::GapLaw> gapLaws()
    {
        using F = mask::GapFamily;
        return {gapLaw(F::Exponential, {0.05}),
                gapLaw(F::LogNormal, {3.0, 1.0}),
                gapLaw(F::LogNormal, {3.0, 0.1}, {-5.0, 20.0}),
                gapLaw(F::Gamma, {3.7, 8.0}),
                gapLaw(F::Empirical, {0.0, 20.0, 20.0, 40.0, 900.0}, {-0.5, 0.5}),
                gapLaw(F::Gmm, {2, 0.9, 20.0, 2.0, 0.1, 500.0, 100.0})};
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
