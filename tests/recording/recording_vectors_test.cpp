// Every case of recording.json, bit for bit, and the budget of a long session.

#include "engine/recording/recording_session.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <bit>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using namespace timbre::recording;
using nlohmann::json;

namespace {

struct Arrival {
    PacketRecord packet;
    Timestamp now;
};

Arrival arrivalOf(const json& entry)
{
    Arrival arrival;
    arrival.packet.direction = entry[0].get<int>() == 0 ? Direction::Uplink : Direction::Downlink;
    arrival.packet.size = entry[1].get<std::uint16_t>();
    arrival.packet.gapMs = entry[2].get<double>();
    arrival.packet.entropy = static_cast<float>(entry[3].get<double>());
    arrival.packet.timestampNs = entry[4].get<std::uint64_t>();
    arrival.now.ns = entry[4].get<std::int64_t>();
    return arrival;
}

/// The generator rule of the file's format text.
std::vector<Arrival> generated(const json& rule)
{
    auto state = rule["seed"].get<std::uint64_t>();
    const auto draw = [&state] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return state >> 33U;
    };
    auto time = rule["start_ns"].get<std::int64_t>();
    std::vector<Arrival> arrivals(rule["count"].get<std::size_t>());
    for (Arrival& each : arrivals) {
        const std::uint64_t direction = draw();
        const std::uint64_t size = draw();
        const std::uint64_t gap = draw() % 100000;
        const std::uint64_t entropy = draw() % 8001;
        time += static_cast<std::int64_t>(gap) * 1000;
        each.packet.direction = (direction & 1U) == 0 ? Direction::Uplink : Direction::Downlink;
        each.packet.size = static_cast<std::uint16_t>(40 + size % 1461);
        each.packet.gapMs = static_cast<double>(gap) / 1000.0;
        each.packet.entropy = static_cast<float>(entropy) / 1000.0F;
        each.packet.timestampNs = static_cast<std::uint64_t>(time);
        each.now.ns = time;
    }
    return arrivals;
}

bool sameBits(double a, const json& b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b.get<double>());
}

std::string differenceIn(const SideSums& side, const json& listed, const std::string& prefix)
{
    if (side.packets != listed[prefix + "_count"].get<std::uint64_t>())
        return prefix + " count";
    if (side.sizes != listed[prefix + "_sum"].get<std::uint64_t>())
        return prefix + " sizes";
    if (side.squaredSizes != listed[prefix + "_sum_sq"].get<std::uint64_t>())
        return prefix + " squared sizes";
    if (!sameBits(side.gapsMs, listed[prefix + "_iat_sum"]))
        return prefix + " gaps";
    return sameBits(side.squaredGapsMs, listed[prefix + "_iat_sum_sq"]) ? "" : prefix + " squared gaps";
}

std::string differenceOf(const RecordingSession& session, const json& check)
{
    const Timestamp now{check["now_ns"].get<std::int64_t>()};
    const RunningFigures& figures = session.figures();
    const json& stats = check["stats"];
    if (session.totalPackets() != check["total_packets"].get<std::uint64_t>())
        return "total";
    if (session.packets().size() != check["stored_packets"].get<std::size_t>())
        return "kept";
    if (auto difference = differenceIn(figures.sides[0], stats, "uplink"); !difference.empty())
        return difference;
    if (auto difference = differenceIn(figures.sides[1], stats, "downlink"); !difference.empty())
        return difference;
    if (!sameBits(figures.entropies, stats["entropy_sum"]) ||
        figures.entropyCount != stats["entropy_count"].get<std::uint64_t>())
        return "entropies";
    if (!sameBits(figures.meanEntropy(), check["mean_entropy"]))
        return "mean entropy";
    if (session.durationSeconds(now) != check["duration_secs"].get<std::uint64_t>())
        return "duration";
    if (session.hasEnough(now) != check["has_enough_data"].get<bool>())
        return "enough";
    for (const json& limit : check["idle_timed_out"]) {
        if (session.isIdle(now, limit[0].get<std::uint64_t>()) != limit[1].get<bool>())
            return "idle";
    }
    if (check["last_stored"].is_null())
        return session.packets().empty() ? "" : "last kept";
    const Arrival last = arrivalOf(check["last_stored"]);
    const PacketRecord& kept = session.packets().back();
    const bool same = kept.direction == last.packet.direction && kept.size == last.packet.size &&
                      kept.gapMs == last.packet.gapMs && kept.entropy == last.packet.entropy &&
                      kept.timestampNs == last.packet.timestampNs;
    return same ? "" : "last kept";
}

} // namespace

class RecordingVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyCaseToTheBit()
    {
        const auto path = test::vectorsDirectory() / "recording.json";
        if (!std::filesystem::exists(path))
            QSKIP("recording.json is not there");
        std::ifstream file(path);
        const json all = json::parse(file);
        int checks = 0;
        for (const json& entry : all["cases"]) {
            std::vector<Arrival> arrivals;
            if (entry.contains("generator"))
                arrivals = generated(entry["generator"]);
            else
                std::transform(entry["packets"].begin(), entry["packets"].end(), std::back_inserter(arrivals),
                               arrivalOf);
            RecordingSession session({}, {entry["created_ns"].get<std::int64_t>()});
            std::size_t added = 0;
            for (const json& check : entry["checks"]) {
                for (; added < check["after"].get<std::size_t>(); ++added)
                    session.add(arrivals[added].packet, arrivals[added].now);
                const std::string difference = differenceOf(session, check);
                QVERIFY2(
                    difference.empty(),
                    (entry["name"].get<std::string>() + " after " + std::to_string(added) + ": " + difference).c_str());
                ++checks;
            }
        }
        QVERIFY(checks > 100);
    }

    void aFullSessionTakesLessThanEightMebibytes()
    {
        RecordingSession session({}, {});
        for (std::size_t i = 0; i < kMaxPackets + 10; ++i)
            session.add({}, {});
        QCOMPARE(session.packets().size(), kMaxPackets);
        QVERIFY(session.packets().capacity() * sizeof(PacketRecord) < 8U << 20U);
    }
};

QTEST_GUILESS_MAIN(RecordingVectorsTest)
#include "recording_vectors_test.moc"
