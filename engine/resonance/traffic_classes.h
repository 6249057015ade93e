#pragma once

// Made-up traffic of five kinds, to measure how well a score tells them apart: the classes of the resonance page. Each
// flow has parameters of its own, drawn anew; the first bytes of all packets are random, so that only sizes, times and
// entropies can tell.

#include "engine/resonance/flow_window.h"

#include <string>

namespace timbre::resonance {

enum class TrafficClass : std::uint8_t { Voip, Web, Bulk, Gaming, Dns, Count };
/// "voip", "web", "bulk", "gaming", "dns"
[[nodiscard]] const char* toString(TrafficClass trafficClass);

/// The same seed gives the same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next();
    /// From low up to, not including, high.
    double uniform(double low, double high);
    /// Both ends included.
    int between(int low, int high);
    bool chance(double probability) { return uniform(0.0, 1.0) < probability; }
    double normal(double mean, double deviation);
    double exponential(double mean);

private:
    std::uint64_t m_state;
};

struct RecordedPacket {
    FlowPacket packet;
    Prefix prefix;
};

struct RecordedFlow {
    std::string label;
    std::vector<RecordedPacket> packets;
};

[[nodiscard]] RecordedFlow makeFlow(TrafficClass trafficClass, std::size_t packets, Random& random);
/// Each packet is lost with this probability.
[[nodiscard]] RecordedFlow withLoss(const RecordedFlow& flow, double probability, Random& random);

} // namespace timbre::resonance
