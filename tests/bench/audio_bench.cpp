// What finding and following voice streams costs per datagram: calls, and datagrams that are no media.

#include "engine/audio/simulated_call.h"
#include "engine/audio/stream_monitor.h"

#include <fmt/format.h>

#include <chrono>

using namespace timbre;
using namespace timbre::audio;

namespace {

constexpr int kRounds = 20;

MediaDatagram datagramOf(const SimulatedDatagram& from, std::uint32_t flow)
{
    MediaDatagram datagram;
    datagram.flow = flow;
    datagram.side = from.side;
    datagram.key.addressA = {192, 0, 2, 1};
    datagram.key.addressB = {192, 0, 2, 2};
    datagram.key.family = IpFamily::V4;
    datagram.key.l4 = decode::L4::Udp;
    datagram.key.portA = 30'000;
    datagram.key.portB = 30'002;
    datagram.reverse = from.side == flow::Side::Responder;
    datagram.time = from.time;
    datagram.payload = from.bytes;
    datagram.wireBytes = static_cast<std::uint32_t>(from.bytes.size());
    return datagram;
}

void measure(std::string_view name, const SimulatedCall& call)
{
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    std::uint64_t datagrams = 0;
    for (int round = 0; round < kRounds; ++round) {
        StreamMonitor monitor;
        for (const SimulatedDatagram& each : call.datagrams)
            monitor.datagram(datagramOf(each, each.path));
        monitor.finish();
        datagrams += call.datagrams.size();
    }
    const double ns = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    fmt::print("{:<22} {:>8} datagrams {:>8.0f} ns each\n", name, datagrams, ns / static_cast<double>(datagrams));
}

SimulatedCall noise(Dice& dice)
{
    SimulatedCall call;
    for (int i = 0; i < 20'000; ++i) {
        SimulatedDatagram datagram;
        datagram.time = {1'700'000'000 * kNsPerSecond + i * 1'000'000};
        dice.fill(datagram.bytes, 200);
        call.datagrams.push_back(std::move(datagram));
    }
    return call;
}

} // namespace

int main()
{
    Dice dice(1);
    for (const TrafficClass& each : trafficClasses())
        measure(each.name, each.make(dice));
    measure("random datagrams", noise(dice));
    return 0;
}
