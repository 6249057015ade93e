// The reproducible stream, the self-test and the bounded features against the format's vectors.

#include "engine/mask/features.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/sampler.h"
#include "engine/mask/self_test.h"
#include "tests/mask/recorded_vectors.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>
#include <map>
#include <sstream>

using namespace timbre;
using namespace timbre::mask;
using nlohmann::json;

namespace {

constexpr std::uint64_t kNow = 1'720'000'000;

std::filesystem::path directory()
{
    return test::vectorsDirectory() / "mask";
}

std::string contents(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Same to single precision.
bool near(float own, const json& listed)
{
    return std::fabs(static_cast<double>(own) - listed.get<double>()) <= 1e-6;
}

std::string differenceOf(const SelfTest& own, const json& listed)
{
    const std::pair<const char*, float> figures[] = {
        {"ks_uplink_size", own.uplinkSizes},     {"ks_uplink_iat", own.uplinkGaps},
        {"ks_downlink_size", own.downlinkSizes}, {"ks_downlink_iat", own.downlinkGaps},
        {"header_match", own.headerMatch},       {"fsm_score", own.stateScore},
        {"entropy_penalty", own.entropyPenalty}, {"confidence", own.confidence}};
    for (const auto& [name, value] : figures) {
        if (!near(value, listed[name]))
            return std::string(name) + " is " + std::to_string(value) + " instead of " + listed[name].dump();
    }
    return own.passed == listed["passed"].get<bool>() ? "" : "passed";
}

template<typename Draw>
std::string differenceOfDraws(const json& listed, const std::string& seed, Draw draw)
{
    RandomStream random(std::stoull(seed));
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto own = draw(random);
        if (std::fabs(static_cast<double>(own) - listed[i].get<double>()) > 1e-12 * std::fabs(listed[i].get<double>()))
            return "draw " + std::to_string(i);
    }
    return {};
}

std::string asText(const json& seed)
{
    return seed.is_string() ? seed.get<std::string>() : seed.dump();
}

GapLaw gapLawOf(const json& spec, GapFamily family)
{
    return {family,
            spec["params"].get<std::vector<double>>(),
            {spec["jitter_range_ms"][0].get<double>(), spec["jitter_range_ms"][1].get<double>()}};
}

} // namespace

class MaskSelfTestVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void theStreamIsTheListedOne()
    {
        if (!std::filesystem::exists(directory() / "rng.json"))
            QSKIP("rng.json is not there");
        const json all = json::parse(contents(directory() / "rng.json"));
        SizeLaw histogram;
        for (const json& bin : all["histogram_spec"])
            histogram.bins.push_back({bin[0].get<std::uint16_t>(), bin[1].get<std::uint16_t>(), bin[2].get<float>()});
        SizeLaw mixture{SizeLawType::Parametric, {}, SizeFamily::Gmm, all["gmm_sizes_spec"].get<std::vector<double>>()};
        const GapLaw gaps = gapLawOf(all["gmm_iats_spec"], GapFamily::Gmm);
        const GapLaw empirical = gapLawOf(all["empirical_iats_spec"], GapFamily::Empirical);
        const JointLaw joint{all["joint_spec"].get<std::vector<double>>()};
        const SizeSampler histogramSampler(histogram);
        const SizeSampler mixtureSampler(mixture);
        for (const json& stream : all["streams"]) {
            const std::string seed = asText(stream["seed"]);
            const auto check = [&](const char* name, auto draw) {
                const std::string difference = differenceOfDraws(stream[name], seed, draw);
                QVERIFY2(difference.empty(), (std::string(name) + ' ' + difference + " of seed " + seed).c_str());
            };
            check("u32", [](RandomStream& r) { return r.u32(); });
            check("f64", [](RandomStream& r) { return r.uniform(); });
            check("f64_pm2_5_inclusive", [](RandomStream& r) { return r.between(-2.5, 2.5); });
            check("u16_100_700_inclusive",
                  [](RandomStream& r) { return r.between(std::uint16_t{100}, std::uint16_t{700}); });
            check("histogram_sizes", [&](RandomStream& r) { return histogramSampler.draw(r); });
            check("gmm_sizes", [&](RandomStream& r) { return mixtureSampler.draw(r); });
            check("gmm_iats", [&](RandomStream& r) { return drawGap(gaps, r); });
            check("empirical_iats", [&](RandomStream& r) { return drawGap(empirical, r); });
            RandomStream forJoint(std::stoull(seed));
            for (const json& pair : stream["joint"]) {
                const SizeAndGap own = drawJoint(joint, forJoint);
                QCOMPARE(own.size, pair[0].get<std::uint16_t>());
                QVERIFY(std::fabs(own.gapMs - pair[1].get<double>()) < 1e-9);
            }
            std::vector<int> order(20);
            for (int i = 0; i < 20; ++i)
                order[static_cast<std::size_t>(i)] = i;
            RandomStream forShuffle(std::stoull(seed));
            forShuffle.shuffle(order);
            QCOMPARE(order, stream["shuffle_0_19"].get<std::vector<int>>());
            RandomStream forBytes(std::stoull(seed));
            for (const json& listed : stream["fill_12_then_8"]) {
                QByteArray bytes(static_cast<qsizetype>(listed.get<std::string>().size() / 2), '\0');
                forBytes.bytes({reinterpret_cast<std::uint8_t*>(bytes.data()), static_cast<std::size_t>(bytes.size())});
                QCOMPARE(bytes.toHex(), QByteArray::fromStdString(listed.get<std::string>()));
            }
        }
    }

    void selfTestsEqualTheListedOnes()
    {
        if (!std::filesystem::exists(directory() / "selftest.json"))
            QSKIP("selftest.json is not there");
        const json all = json::parse(contents(directory() / "selftest.json"));
        std::map<std::string, std::vector<recording::PacketRecord>> recordings;
        int pairs = 0;
        for (const json& entry : all["cases"]) {
            const std::string name = entry["name"].get<std::string>();
            auto packets = test::packetsOf(entry["recording"]);
            if (!entry["upstream"].is_null() && entry["upstream"].contains("mask") &&
                !entry["upstream"]["mask"].is_null()) {
                const ProfileReading mask = readProfile(entry["upstream"]["mask"].dump());
                QVERIFY2(mask.profile, name.c_str());
                const std::string difference =
                    differenceOf(selfTest(*mask.profile, packets), entry["upstream"]["selftest"]);
                QVERIFY2(difference.empty(), (name + ": " + difference).c_str());
                ++pairs;
            }
            recordings.emplace(name, std::move(packets));
        }
        for (const json& entry : all["cross"]) {
            const MaskLoading mask = loadMask(contents(directory() / entry["mask_file"].get<std::string>()), kNow);
            QVERIFY(mask.loaded);
            const auto& packets = recordings.at(entry["recording"].get<std::string>());
            const std::string difference = differenceOf(selfTest(mask.loaded->mask, packets), entry["selftest"]);
            QVERIFY2(difference.empty(), (entry["mask_file"].get<std::string>() + " on " +
                                          entry["recording"].get<std::string>() + ": " + difference)
                                             .c_str());
            ++pairs;
        }
        QVERIFY(pairs >= 46);
    }

    void boundedFeaturesEqualTheListedOnes()
    {
        if (!std::filesystem::exists(directory() / "selftest.json"))
            QSKIP("selftest.json is not there");
        const json all = json::parse(contents(directory() / "selftest.json"));
        int recordings = 0;
        for (const json& entry : all["cases"]) {
            const json& upstream = entry["upstream"];
            if (upstream.is_null() || !upstream.contains("live_features") || upstream["live_features"].is_null())
                continue;
            const auto own = signatureOf(test::packetsOf(entry["recording"]), recording::Direction::Uplink);
            const json& listed = upstream["live_features"];
            QCOMPARE(own.windows, listed["windows"].get<std::uint32_t>());
            for (std::size_t i = 0; i < own.mean.size(); ++i) {
                const double difference = std::fabs(own.mean[i] - listed["mean"][i].get<double>());
                QVERIFY2(difference <= 1e-5, (entry["name"].get<std::string>() + ' ' + std::to_string(i) + ": " +
                                              std::to_string(own.mean[i]) + ' ' + listed["mean"][i].dump())
                                                 .c_str());
            }
            ++recordings;
        }
        QVERIFY(recordings >= 10);
    }
};

QTEST_GUILESS_MAIN(MaskSelfTestVectorsTest)
#include "mask_self_test_vectors_test.moc"
