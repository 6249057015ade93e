#pragma once

// Traffic of known nature, made anew from a seed: calls with real codecs' shapes, and tunnels that pretend to be calls.
// Used to measure the verdicts (`timbre-cli evaluate audio`) and by tests. The parameters of every call are drawn:
// codec settings, packet length, talkers, network, signalling. Nothing here is looked at by the judges.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"
#include "engine/flow/flow_record.h"

#include <string_view>
#include <vector>

namespace timbre::audio {

/// splitmix64 with the few distributions that are needed. The same on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t bits();
    /// 0 ≤ x < 1
    double unit() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
    double between(double low, double high) { return low + unit() * (high - low); }
    /// Both ends belong to it.
    std::int64_t whole(std::int64_t low, std::int64_t high);
    bool chance(double probability) { return unit() < probability; }
    double normal(double mean, double deviation);
    double exponential(double mean);
    template<typename T, std::size_t kCount>
    const T& oneOf(const T (&choices)[kCount])
    {
        return choices[static_cast<std::size_t>(whole(0, kCount - 1))];
    }
    void fill(std::vector<std::byte>& bytes, std::size_t count);

private:
    std::uint64_t m_state;
};

/// A datagram of a simulated call, as it passes the capture point.
struct SimulatedDatagram {
    Timestamp time;
    flow::Side side = flow::Side::Initiator;
    std::uint8_t path = 0; // 0: media, 1: RTCP on ports of its own, 2: SIP
    std::vector<std::byte> bytes;
};

struct SimulatedCall {
    std::vector<SimulatedDatagram> datagrams; // by time
    std::size_t streams = 0;                  // media streams with enough packets to be judged
};

enum class TrafficKind : std::uint8_t { Speech, Tunnel };

struct TrafficClass {
    std::string_view name;
    TrafficKind kind = TrafficKind::Speech;
    SimulatedCall (*make)(Dice& dice) = nullptr;
};

/// Every class that is evaluated.
[[nodiscard]] const std::vector<TrafficClass>& trafficClasses();

/// Takes so many of a hundred datagrams out, at random.
void loseDatagrams(SimulatedCall& call, double percent, Dice& dice);

} // namespace timbre::audio
