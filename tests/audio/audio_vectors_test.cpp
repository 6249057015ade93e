// Every case of vectors/audio.json: scores and features to the last bit, headers field for field.

#include "engine/audio/audio_scorer.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using nlohmann::json;

namespace {

json vectors()
{
    std::ifstream file(test::vectorsDirectory() / "audio.json");
    return file ? json::parse(file) : json();
}

json orNull(const std::optional<double>& number)
{
    return number ? json(*number) : json();
}

json bitsOf(float score)
{
    return fmt::format("{:08x}", std::bit_cast<std::uint32_t>(score));
}

json verdictOf(audio::ScorerVerdict verdict)
{
    return verdict == audio::ScorerVerdict::None ? json() : json(audio::toString(verdict));
}

/// In the vectors' own form. Numbers compare as numbers, so the bits are written as well.
json stateOf(const audio::AudioScorer& scorer, std::size_t after)
{
    const audio::ScorerResult result = scorer.result();
    return {{"after", after},
            {"total_packets", result.packets},
            {"legitimacy", result.score ? json(*result.score) : json()},
            {"legitimacy_bits", result.score ? bitsOf(*result.score) : json()},
            {"verdict", verdictOf(result.verdict)},
            {"iat_cov", orNull(result.features.gapVariation)},
            {"silence_fraction", result.features.silenceFraction},
            {"bitrate_ratio", orNull(result.features.bitrateRatio)},
            {"q_flag_cv", orNull(result.features.qualityVariation)},
            {"size_bimodality", orNull(result.features.bimodality)}};
}

audio::ScorerPacket packetOf(const json& row)
{
    return {.arrival = {row[0].get<std::int64_t>()},
            .type = static_cast<protocol::WzpMediaType>(row[1].get<int>()),
            .codec = row[2].get<std::uint8_t>(),
            .hasQuality = row[3].get<int>() != 0,
            .payloadBytes = row[4].get<std::uint32_t>()};
}

std::vector<std::byte> bytesOf(const std::string& hex)
{
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

} // namespace

class AudioVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void codecs()
    {
        const json all = vectors();
        if (all.is_null())
            QSKIP("no audio vectors in this directory");
        QCOMPARE(all["codecs"].size(), protocol::kWzpCodecs.size());
        for (const json& codec : all["codecs"]) {
            const auto& own = protocol::kWzpCodecs.at(codec[0].get<std::size_t>());
            QCOMPARE(std::string(own.name), codec[1].get<std::string>());
            QCOMPARE(own.nominalBps, codec[2].get<std::uint32_t>());
        }
    }

    void headers()
    {
        const json all = vectors();
        if (all.is_null())
            QSKIP("no audio vectors in this directory");
        QVERIFY(!all["headers"].empty());
        for (const json& expected : all["headers"]) {
            const std::string hex = expected["hex"];
            const auto header = protocol::parseWzpHeader(bytesOf(hex));
            QVERIFY2(header, hex.c_str());
            const unsigned flags = (header->repair ? 0x80U : 0U) | (header->hasQuality ? 0x40U : 0U) |
                                   (header->keyframe ? 0x20U : 0U) | (header->frameEnd ? 0x10U : 0U);
            const json is = {{"hex", hex},
                             {"version", header->version},
                             {"flags", flags},
                             {"repair", header->repair},
                             {"has_quality", header->hasQuality},
                             {"keyframe", header->keyframe},
                             {"frame_end", header->frameEnd},
                             {"media_type", static_cast<int>(header->type)},
                             {"codec", header->codec},
                             {"stream_id", header->streamId},
                             {"fec_ratio", header->fecRatio},
                             {"seq", header->sequence},
                             {"timestamp_ms", header->timestampMs},
                             {"fec_block", header->fecBlock}};
            QVERIFY2(is == expected, json::diff(is, expected).dump(1).c_str());
        }
    }

    void everyCase_data()
    {
        QTest::addColumn<int>("index");
        const json all = vectors();
        if (all.is_null())
            QSKIP("no audio vectors in this directory");
        int index = 0;
        for (const json& each : all["cases"])
            QTest::newRow(each["name"].get<std::string>().c_str()) << index++;
    }

    void everyCase()
    {
        QFETCH(int, index);
        static const json kAll = vectors();
        const json& each = kAll["cases"][static_cast<std::size_t>(index)];
        audio::AudioScorer scorer({each["created_ns"].get<std::int64_t>()});
        std::size_t fed = 0;
        QVERIFY(!each["checks"].empty());
        for (const json& check : each["checks"]) {
            for (const auto after = check["after"].get<std::size_t>(); fed < after; ++fed)
                scorer.add(packetOf(each["packets"][fed]));
            json expected = check;
            if (const json& bits = check["legitimacy_bits"]; bits.is_string()) // in the form that is written here
                expected["legitimacy_bits"] = fmt::format("{:08x}", std::stoul(bits.get<std::string>(), nullptr, 16));
            const json is = stateOf(scorer, fed);
            if (const json& score = check["legitimacy"]; !score.is_null())
                expected["legitimacy"] = score.get<float>(); // printed in single precision
            QVERIFY2(is == expected, json::diff(is, expected).dump(1).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(AudioVectorsTest)
#include "audio_vectors_test.moc"
