#include "engine/resonance/traffic_classes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace timbre::resonance {

namespace {

using flow::Side;

/// Collects the packets of one flow. Times are milliseconds from its beginning.
class FlowWriter {
public:
    FlowWriter(TrafficClass trafficClass, std::size_t packets, Random& source)
        : random(source)
        , m_wanted(packets)
    {
        m_flow.label = toString(trafficClass);
        m_flow.packets.reserve(packets);
    }

    [[nodiscard]] bool full() const { return m_flow.packets.size() >= m_wanted; }
    void put(double timeMs, Side side, double size, double entropy)
    {
        if (full())
            return;
        RecordedPacket recorded;
        recorded.packet.time = {static_cast<std::int64_t>(std::max(0.0, timeMs) * 1e6)};
        recorded.packet.side = side;
        recorded.packet.size = static_cast<std::uint16_t>(std::clamp(size, 40.0, 1514.0));
        recorded.packet.entropy = static_cast<float>(std::clamp(entropy, 0.0, 8.0));
        if (entropy > 0.0) {
            recorded.prefix.length = Prefix::kMaxBytes;
            for (std::uint8_t& value : recorded.prefix.bytes)
                value = static_cast<std::uint8_t>(random.next());
        }
        m_flow.packets.push_back(recorded);
    }
    RecordedFlow take()
    {
        std::stable_sort(
            m_flow.packets.begin(), m_flow.packets.end(),
            [](const RecordedPacket& a, const RecordedPacket& b) { return a.packet.time < b.packet.time; });
        return std::move(m_flow);
    }

    Random& random;

private:
    std::size_t m_wanted;
    RecordedFlow m_flow;
};

/// Two people take turns: the one who listens sends short packets of background noise at the same pace.
void writeVoip(FlowWriter& out)
{
    Random& random = out.random;
    const double spacing = random.chance(0.5) ? 20.0 : 40.0;
    const double jitter = random.uniform(0.5, 4.0);
    const double size = random.uniform(120.0, 220.0);
    const double sizeSpread = random.uniform(1.0, 15.0);
    const double entropy = random.uniform(6.4, 7.3);
    const double quiet = random.uniform(54.0, 70.0);
    const double turn = random.uniform(800.0, 3000.0);
    double turnEnds = random.exponential(turn);
    Side speaker = random.chance(0.5) ? Side::Initiator : Side::Responder;
    const double shift = random.uniform(0.0, spacing);
    for (double time = 0.0; !out.full(); time += spacing) {
        if (time > turnEnds) {
            speaker = speaker == Side::Initiator ? Side::Responder : Side::Initiator;
            turnEnds = time + random.exponential(turn);
        }
        for (const Side side : {Side::Initiator, Side::Responder}) {
            const double at = time + (side == Side::Responder ? shift : 0.0) + std::abs(random.normal(0.0, jitter));
            const bool speaks = side == speaker;
            out.put(at, side, speaks ? random.normal(size, sizeSpread) : random.normal(quiet, 3.0),
                    speaks ? random.normal(entropy, 0.12) : random.normal(entropy - 2.0, 0.2));
        }
    }
}

/// Pages: a request, a burst of mostly full packets with acknowledgements, a pause.
void writeWeb(FlowWriter& out)
{
    Random& random = out.random;
    const double fullShare = random.uniform(0.4, 0.7);
    const double gap = random.uniform(1.0, 6.0);
    const double pause = random.uniform(150.0, 900.0);
    const double entropy = random.uniform(7.3, 7.9);
    const int longest = random.between(10, 60);
    double time = 0.0;
    while (!out.full()) {
        out.put(time, Side::Initiator, random.normal(500.0, 180.0), random.normal(entropy - 0.3, 0.2));
        time += random.uniform(10.0, 60.0);
        const int burst = random.between(4, longest);
        for (int i = 0; i < burst; ++i) {
            const bool full = random.chance(fullShare);
            out.put(time, Side::Responder, full ? 1514.0 : random.uniform(100.0, 1450.0), random.normal(entropy, 0.1));
            if (i % 2 == 1)
                out.put(time + random.uniform(0.05, 0.5), Side::Initiator, 66.0, 0.0);
            time += random.exponential(gap);
        }
        time += random.exponential(pause);
    }
}

/// One way at full speed, acknowledgements the other way.
void writeBulk(FlowWriter& out)
{
    Random& random = out.random;
    const double gap = random.uniform(0.1, 2.0);
    const double size = random.uniform(1400.0, 1515.0);
    const double acknowledged = random.uniform(0.02, 0.30);
    const double entropy = random.uniform(7.4, 7.95);
    const Side sender = random.chance(0.8) ? Side::Responder : Side::Initiator;
    const Side receiver = sender == Side::Responder ? Side::Initiator : Side::Responder;
    for (double time = 0.0; !out.full(); time += random.exponential(gap)) {
        out.put(time, sender, random.chance(0.97) ? size : random.uniform(200.0, size), random.normal(entropy, 0.03));
        if (random.chance(acknowledged / (1.0 - acknowledged)))
            out.put(time + random.uniform(0.02, 0.2), receiver, 66.0, 0.0);
    }
}

/// Steady small updates both ways, each side at a pace of its own.
void writeGaming(FlowWriter& out)
{
    Random& random = out.random;
    const std::array<double, 2> spacing = {random.uniform(16.0, 50.0), random.uniform(16.0, 50.0)};
    const std::array<double, 2> size = {random.uniform(70.0, 110.0), random.uniform(90.0, 180.0)};
    const std::array<double, 2> sizeSpread = {random.uniform(4.0, 18.0), random.uniform(8.0, 30.0)};
    const double jitter = random.uniform(1.0, 9.0);
    const double entropy = random.uniform(5.2, 6.8);
    std::array<double, 2> time{};
    while (!out.full()) {
        const std::size_t side = time[0] <= time[1] ? 0 : 1;
        out.put(time[side], static_cast<Side>(side), random.normal(size[side], sizeSpread[side]),
                random.normal(entropy, 0.25));
        time[side] += std::max(1.0, random.normal(spacing[side], jitter));
    }
}

/// A question, an answer, a while of nothing.
void writeDns(FlowWriter& out)
{
    Random& random = out.random;
    const double pause = random.uniform(60.0, 900.0);
    const double answer = random.uniform(110.0, 380.0);
    const double roundTrip = random.uniform(5.0, 60.0);
    const double entropy = random.uniform(4.0, 5.0);
    for (double time = 0.0; !out.full(); time += random.exponential(pause)) {
        out.put(time, Side::Initiator, random.uniform(66.0, 100.0), random.normal(entropy, 0.2));
        out.put(time + roundTrip + random.exponential(4.0), Side::Responder, random.normal(answer, 50.0),
                random.normal(entropy + 0.3, 0.3));
    }
}

} // namespace

const char* toString(TrafficClass trafficClass)
{
    constexpr std::array<const char*, static_cast<std::size_t>(TrafficClass::Count)> kNames = {"voip", "web", "bulk",
                                                                                               "gaming", "dns"};
    return kNames.at(static_cast<std::size_t>(trafficClass));
}

std::uint64_t Random::next() // SplitMix64
{
    m_state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

double Random::uniform(double low, double high)
{
    return low + (high - low) * (static_cast<double>(next() >> 11U) * 0x1p-53);
}

int Random::between(int low, int high)
{
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
}

double Random::normal(double mean, double deviation)
{
    const double radius = std::sqrt(-2.0 * std::log(std::max(uniform(0.0, 1.0), 1e-300)));
    return mean + deviation * radius * std::cos(2.0 * std::numbers::pi * uniform(0.0, 1.0));
}

double Random::exponential(double mean)
{
    return -mean * std::log(1.0 - uniform(0.0, 1.0));
}

RecordedFlow makeFlow(TrafficClass trafficClass, std::size_t packets, Random& random)
{
    FlowWriter out(trafficClass, packets, random);
    switch (trafficClass) {
    case TrafficClass::Voip:
        writeVoip(out);
        break;
    case TrafficClass::Web:
        writeWeb(out);
        break;
    case TrafficClass::Bulk:
        writeBulk(out);
        break;
    case TrafficClass::Gaming:
        writeGaming(out);
        break;
    case TrafficClass::Dns:
        writeDns(out);
        break;
    case TrafficClass::Count:
        break;
    }
    return out.take();
}

RecordedFlow withLoss(const RecordedFlow& flow, double probability, Random& random)
{
    RecordedFlow result{flow.label, {}};
    for (const RecordedPacket& packet : flow.packets) {
        if (!random.chance(probability))
            result.packets.push_back(packet);
    }
    return result;
}

} // namespace timbre::resonance
