// Every case of resonance.json, bit for bit. Two zeros of different sign count as equal, as the file says; any NaN
// stands for any other.

#include "engine/base/blake3.h"
#include "engine/resonance/check_module.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

using namespace timbre;
using namespace timbre::resonance;
using nlohmann::json;

namespace {

json cases()
{
    std::ifstream file(test::vectorsDirectory() / "resonance.json");
    return file ? json::parse(file).at("cases") : json::array();
}

const json kCases = cases();

float floatFromBits(const std::string& text)
{
    if (text == "nan")
        return std::nanf("");
    return std::bit_cast<float>(static_cast<std::uint32_t>(std::stoul(text, nullptr, 16)));
}

std::vector<float> floatsFromBits(const json& list)
{
    std::vector<float> values;
    for (const json& bits : list)
        values.push_back(floatFromBits(bits.get<std::string>()));
    return values;
}

bool sameValue(float value, float expected)
{
    if (std::isnan(expected))
        return std::isnan(value);
    if (expected == 0.0F)
        return value == 0.0F;
    return std::bit_cast<std::uint32_t>(value) == std::bit_cast<std::uint32_t>(expected);
}

std::string difference(std::span<const float> values, std::span<const float> expected)
{
    if (values.size() != expected.size())
        return "another number of values";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!sameValue(values[i], expected[i]))
            return "value " + std::to_string(i) + " is " + std::to_string(values[i]) + ", not " +
                   std::to_string(expected[i]);
    }
    return {};
}

Features asFeatures(const std::vector<float>& values)
{
    Features features{};
    std::copy_n(values.begin(), std::min(values.size(), features.size()), features.begin());
    return features;
}

std::string weightsHash(const Encoder& encoder)
{
    std::vector<float> all;
    const std::size_t units = encoder.hiddenSize();
    for (std::size_t i = 0; i < units; ++i) {
        for (std::size_t j = 0; j < kFeatures; ++j)
            all.push_back(encoder.w1(i, j));
    }
    for (std::size_t i = 0; i < units; ++i)
        all.push_back(encoder.b1(i));
    for (std::size_t j = 0; j < kFeatures; ++j) {
        for (std::size_t i = 0; i < units; ++i)
            all.push_back(encoder.w2(j, i));
    }
    for (std::size_t j = 0; j < kFeatures; ++j)
        all.push_back(encoder.b2(j));
    return toHex(blake3(std::as_bytes(std::span(all))));
}

float weightAt(const Encoder& encoder, const std::string& array, std::size_t index)
{
    const std::size_t units = encoder.hiddenSize();
    if (array == "w1")
        return encoder.w1(index / kFeatures, index % kFeatures);
    if (array == "b1")
        return encoder.b1(index);
    return array == "w2" ? encoder.w2(index / units, index % units) : encoder.b2(index);
}

std::vector<Sample> samplesOf(const json& list)
{
    std::vector<Sample> samples;
    for (const json& row : list)
        samples.push_back({row[0].get<std::uint16_t>(), row[1].get<double>(), row[2].get<double>()});
    return samples;
}

/// One script of operations on one module.
class Script {
public:
    explicit Script(const json& config)
        : m_module(CheckModule::make({.hiddenSize = config.at("hidden_size").get<std::size_t>(),
                                      .limits = {floatFromBits(config.at("warning_bits").get<std::string>()),
                                                 floatFromBits(config.at("compromised_bits").get<std::string>())},
                                      .anomalyDetection = config.at("enable_anomaly_detection").get<bool>()})
                       .value())
    {
    }

    /// Empty when the operation did what the file says.
    std::string run(const json& op)
    {
        const auto name = op.at("op").get<std::string>();
        if (name == "load_model")
            m_module.loadModel();
        else if (name == "register_mask")
            return registerMask(op);
        else if (name == "record_traffic") {
            for (const Sample& sample : samplesOf(op.at("samples")))
                m_module.recordTraffic(text(op, "session"), sample);
        } else if (name == "get_or_create_stats") {
            const std::size_t kept = m_module.statisticsOf(text(op, "session"))->size();
            return kept == op.at("kept") ? "" : "kept " + std::to_string(kept);
        } else if (name == "cleanup_stats")
            m_module.removeStatistics(text(op, "session"));
        else if (name == "check")
            return check(op);
        else if (name == "record_telemetry") {
            for (const json& sample : op.at("samples"))
                m_module.recordTelemetry(text(op, "mask_id"), sample[0].get<double>(), sample[1].get<double>());
        } else if (name == "is_mask_anomalous")
            return m_module.isMaskAnomalous(text(op, "mask_id")) == op.at("result").get<bool>()
                       ? ""
                       : "another anomaly answer";
        else if (name == "totals") {
            const bool same = m_module.encoderCount() == op.at("encoder_count") &&
                              m_module.totalMemoryBytes() == op.at("total_memory_bytes");
            return same ? "" : "other totals";
        } else
            return "unknown operation " + name;
        return {};
    }

private:
    static std::string text(const json& op, const char* member) { return op.at(member).get<std::string>(); }

    std::string registerMask(const json& op)
    {
        std::vector<float> signature;
        for (const json& value : op.at("signature"))
            signature.push_back(value.get<float>());
        const Result<void> done = m_module.registerMask(text(op, "mask_id"), signature);
        const std::string answer = done ? "ok" : done.error().message;
        return answer == op.at("result") ? "" : "registering said: " + answer;
    }

    std::string check(const json& op)
    {
        const Check check = m_module.check(text(op, "session"), text(op, "mask_id"));
        if (op.at("status") != toString(check.status))
            return std::string("status ") + toString(check.status);
        if (!sameValue(check.score, floatFromBits(text(op, "mse_bits"))))
            return "score " + std::to_string(check.score);
        const json message = check.message ? json(check.message) : json();
        return message == op.at("message") ? "" : "another message";
    }

    CheckModule m_module;
};

void addRows(const char* kind)
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < kCases.size(); ++i) {
        if (kCases[i].at("kind") == kind)
            QTest::newRow(kCases[i].at("name").get<std::string>().c_str()) << static_cast<int>(i);
    }
}

} // namespace

class ResonanceVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (kCases.empty())
            QSKIP("resonance.json is not in the directory of vectors");
        QCOMPARE(kCases.size(), std::size_t{167});
    }

    void encoder_data() { addRows("encoder"); }
    void encoder()
    {
        QFETCH(int, number);
        const json& about = kCases[static_cast<std::size_t>(number)];
        const auto made =
            Encoder::fromSignature(floatsFromBits(about.at("signature_bits")), about.at("hidden").get<std::size_t>());
        QVERIFY(made.ok());
        const Encoder& encoder = *made;
        QCOMPARE(toHex(encoder.seed()), about.at("seed_hex").get<std::string>());
        QCOMPARE(encoder.memoryBytes(), about.at("memory_bytes").get<std::size_t>());
        for (const json& weight : about.at("weights")) {
            const float value = weightAt(encoder, weight[0].get<std::string>(), weight[1].get<std::size_t>());
            QVERIFY(sameValue(value, floatFromBits(weight[3].get<std::string>())));
        }
        QCOMPARE(weightsHash(encoder), about.at("weights_blake3").get<std::string>());
        for (const json& run : about.at("runs")) {
            const Features input = asFeatures(floatsFromBits(run.at("input_bits")));
            const std::string wrong = difference(encoder.output(input), floatsFromBits(run.at("output_bits")));
            QVERIFY2(wrong.empty(), wrong.c_str());
            QVERIFY(sameValue(encoder.error(input), floatFromBits(run.at("error_bits").get<std::string>())));
        }
    }

    void features_data() { addRows("features"); }
    void features()
    {
        QFETCH(int, number);
        const json& about = kCases[static_cast<std::size_t>(number)];
        const auto packetRate = about.at("pps").get<double>();
        const auto byteRate = about.at("bps").get<double>();
        Features features{};
        if (about.at("via") == "ring") {
            TrafficWindow window;
            for (const Sample& sample : samplesOf(about.at("samples")))
                window.add(sample);
            window.setRates(packetRate, byteRate);
            QCOMPARE(window.size(), about.at("kept").get<std::size_t>());
            features = window.features();
        } else {
            const auto sizes = about.at("sizes").get<std::vector<std::uint16_t>>();
            const auto gaps = about.at("iats").get<std::vector<double>>();
            const auto entropies = about.at("entropies").get<std::vector<double>>();
            features = featuresOf({sizes, gaps, entropies, packetRate, byteRate});
        }
        const std::string wrong = difference(features, floatsFromBits(about.at("features_bits")));
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void check_data() { addRows("check"); }
    void check()
    {
        QFETCH(int, number);
        const json& about = kCases[static_cast<std::size_t>(number)];
        Script script(about.at("config"));
        std::size_t step = 0;
        for (const json& op : about.at("ops")) {
            const std::string wrong = script.run(op);
            QVERIFY2(wrong.empty(), ("step " + std::to_string(step) + ": " + wrong).c_str());
            ++step;
        }
    }

    void anomaly_data() { addRows("anomaly"); }
    void anomaly()
    {
        QFETCH(int, number);
        AnomalyDetector detector;
        for (const json& step : kCases[static_cast<std::size_t>(number)].at("steps")) {
            if (step.contains("ask")) {
                QCOMPARE(detector.isAnomalous(step.at("ask").get<std::string>()), step.at("anomalous").get<bool>());
                continue;
            }
            const auto mask = step.at("add").get<std::string>();
            for (const json& sample : step.at("samples")) {
                detector.recordLoss(mask, sample[0].get<double>());
                detector.recordRoundTrip(mask, sample[1].get<double>());
            }
        }
    }
};

QTEST_GUILESS_MAIN(ResonanceVectorsTest)
#include "resonance_vectors_test.moc"
