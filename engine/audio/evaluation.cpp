#include "engine/audio/evaluation.h"

#include "engine/audio/simulated_path_private.h"
#include "engine/audio/stream_monitor.h"

#include <string_view>

namespace timbre::audio {

namespace {

/// What is too short to be judged is not counted, as it would say nothing about the judge.
constexpr std::uint64_t kMinPackets = 100;
constexpr std::size_t kMostCalls = 10'000;

std::uint64_t seedOf(std::string_view name, std::uint64_t seed)
{
    std::uint64_t hash = 1469598103934665603ULL ^ seed * 0x9e3779b97f4a7c15ULL;
    for (const char letter : name)
        hash = (hash ^ static_cast<std::uint8_t>(letter)) * 1099511628211ULL;
    return hash;
}

decode::FlowKey keyOf(std::uint8_t path)
{
    decode::FlowKey key;
    key.addressA = {192, 0, 2, 1};
    key.addressB = {192, 0, 2, 2};
    key.l4 = decode::L4::Udp;
    key.protocol = 17;
    key.family = IpFamily::V4;
    key.portA = path == 2 ? std::uint16_t{5060} : static_cast<std::uint16_t>(kSimulatedPort + path);
    key.portB = path == 2 ? std::uint16_t{5060} : static_cast<std::uint16_t>(kSimulatedPort + 2 + path);
    return key;
}

} // namespace

void count(ClassResult& result, Verdict verdict)
{
    ++result.streams;
    switch (verdict) {
    case Verdict::Legitimate:
        ++result.legitimate;
        break;
    case Verdict::Suspect:
        ++result.suspect;
        break;
    case Verdict::Abusive:
        ++result.abusive;
        break;
    case Verdict::NotEnough:
        ++result.undecided;
        break;
    }
}

std::vector<std::shared_ptr<const StreamReport>> judgeCall(const SimulatedCall& call)
{
    StreamMonitor monitor;
    std::uint64_t number = 0;
    for (const SimulatedDatagram& datagram : call.datagrams)
        monitor.datagram({.flow = datagram.path,
                          .side = datagram.side,
                          .key = keyOf(datagram.path),
                          .reverse = datagram.side == flow::Side::Responder,
                          .time = datagram.time,
                          .frameNumber = ++number,
                          .payload = datagram.bytes,
                          .wireBytes = static_cast<std::uint32_t>(datagram.bytes.size())});
    monitor.finish();
    return monitor.list()->streams;
}

ClassResult evaluateClass(const TrafficClass& kind, const EvaluationOptions& options, const LookAtStream& look)
{
    ClassResult result;
    result.name = kind.name;
    result.kind = kind.kind;
    Dice dice(seedOf(kind.name, options.seed));
    for (std::size_t calls = 0; result.streams < options.streamsPerClass && calls < kMostCalls; ++calls) {
        SimulatedCall call = kind.make(dice);
        loseDatagrams(call, options.lossPercent, dice);
        std::size_t seen = 0;
        for (const auto& stream : judgeCall(call)) {
            if (stream->packets < kMinPackets)
                continue;
            ++seen;
            count(result, stream->calibrated.verdict);
            if (look)
                look(result, *stream);
        }
        for (; seen < call.streams; ++seen)
            count(result, Verdict::NotEnough);
    }
    return result;
}

} // namespace timbre::audio
