#pragma once
// The large scenarios: millions of packets written while they are made, in memory bounded by the number of live flows.
//
// `Mixed` is web, bulk, voice and small exchanges, about 800 bytes per packet; `Small` is games, chat and voice, about
// 110 bytes. Flows arrive evenly over the capture and live as long as their kind does (seconds), so a file of ten times
// the packets and flows has as many live flows at any moment. `ManyFlows` keeps every flow alive from the first packet
// to the last: all flows send their first packet, then all their second one, and none ends.

#include "tests/generator/ground_truth.h"
#include "tests/generator/record_stream.h"

namespace timbre::generator {

enum class StreamMix : std::uint8_t { Mixed, Small, ManyFlows };

struct StreamOptions {
    std::uint64_t seed = 1;
    std::uint64_t packets = 2'000'000;       // exactly; raised to `flows` when smaller
    std::uint64_t flows = 50'000;            // exactly; at least 1; ManyFlows: at most 2^32 - 1
    std::uint64_t packetsPerSecond = 50'000; // of capture time
    FileFormat format = FileFormat::Pcap;
    std::uint64_t startNs = 1'735'689'600'000'000'000; // 2025-01-01 00:00 UTC
};

/// Writes the capture into `output` (the caller finishes it). The truth lists the first kMaxListedFlows flows; totals
/// count all.
[[nodiscard]] GroundTruth streamTraffic(StreamMix mix, const StreamOptions& options, Output& output);

} // namespace timbre::generator
