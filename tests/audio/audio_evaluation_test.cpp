// The calibrated verdict on traffic of known nature. The targets are those of the product; the counts are small, so
// that the test stays quick.

#include "engine/audio/evaluation.h"

#include <QTest>

#include <cmath>

using namespace timbre::audio;

class EvaluationTest : public QObject {
    Q_OBJECT

private slots:
    void everyClass_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<double>("loss");
        int index = 0;
        for (const TrafficClass& each : trafficClasses()) {
            QTest::newRow(std::string(each.name).c_str()) << index << 0.0;
            QTest::newRow((std::string(each.name) + ", 5 % lost").c_str()) << index++ << 5.0;
        }
    }

    void everyClass()
    {
        QFETCH(int, index);
        QFETCH(double, loss);
        const TrafficClass& kind = trafficClasses()[static_cast<std::size_t>(index)];
        const ClassResult result = evaluateClass(kind, {.seed = 20, .streamsPerClass = 60, .lossPercent = loss}, {});
        QVERIFY(result.streams >= 60);
        QCOMPARE(result.legitimate + result.suspect + result.abusive + result.undecided, result.streams);
        const auto of = [&](std::uint64_t part) {
            return static_cast<double>(part) / static_cast<double>(result.streams);
        };
        if (kind.kind == TrafficKind::Speech) {
            QVERIFY2(of(result.legitimate) >= 0.95, std::to_string(result.legitimate).c_str());
            QVERIFY2(of(result.suspect + result.abusive) <= 0.04, std::to_string(result.suspect).c_str());
        } else {
            QVERIFY2(of(result.suspect + result.abusive) >= 0.9, std::to_string(result.legitimate).c_str());
        }
    }

    void sameSeedSameTraffic()
    {
        const TrafficClass& kind = trafficClasses().front();
        Dice first(5);
        Dice second(5);
        const SimulatedCall a = kind.make(first);
        const SimulatedCall b = kind.make(second);
        QCOMPARE(a.datagrams.size(), b.datagrams.size());
        for (std::size_t i = 0; i < a.datagrams.size(); ++i)
            QVERIFY(a.datagrams[i].time == b.datagrams[i].time && a.datagrams[i].bytes == b.datagrams[i].bytes);
    }

    void littleEvidenceIsNoVerdict()
    {
        StreamFeatures features;
        features.packets = kMinJudgedPackets - 1;
        features.seconds = 60.0;
        features.hugeShare = 1.0;
        const CalibratedVerdict verdict = judge(features);
        QCOMPARE(verdict.verdict, Verdict::NotEnough);
        QCOMPARE(verdict.missing, Missing::Packets);
        features.packets = kMinJudgedPackets;
        QCOMPARE(judge(features).verdict, Verdict::Abusive);
    }

    void reasonsAddUpToTheProbability()
    {
        Dice dice(3);
        for (const TrafficClass& kind : trafficClasses()) {
            for (const auto& stream : judgeCall(kind.make(dice))) {
                double odds = 0.0;
                for (const Reason& reason : stream->calibrated.reasons)
                    odds += reason.weight;
                // What is assumed before anything is seen depends on whether anything speaks for the stream.
                const double p = stream->calibrated.probability;
                const double prior = std::log(p / (1.0 - p)) - odds;
                if (stream->media == Media::Audio)
                    QVERIFY2(std::abs(prior - 0.7) < 1e-6 || std::abs(prior - 0.3) < 1e-6,
                             std::to_string(prior).c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "audio_evaluation_test.moc"
