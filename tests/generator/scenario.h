#pragma once
// The small scenarios: whole captures held in memory, with their truth. `writeCapture()` in capture_file.h turns one
// into a file of either format, damaged if wanted.

#include "tests/generator/frame.h"
#include "tests/generator/ground_truth.h"
#include "tests/generator/pcapng_writer.h"

#include <optional>

namespace timbre::generator {

struct CapturedTraffic {
    std::vector<Frame> frames; // by time
    std::vector<PcapngInterface> interfaces;
    GroundTruth truth;
};

struct ScenarioOptions {
    std::uint64_t seed = 1;
    std::size_t snapLength = 0;                        // frames are cut to this; 0: never
    std::uint64_t startNs = 1'748'854'800'000'000'000; // 2025-06-02 09:00 UTC, a Monday
};

/// A few hundred flows of an office over four minutes: names, web, TLS, QUIC, calls, transfers, a scan, trouble, a
/// tunnel.
[[nodiscard]] CapturedTraffic officeTraffic(const ScenarioOptions& options);
/// Two calls, one of them with silence suppressed (DTX).
[[nodiscard]] CapturedTraffic voiceTraffic(const ScenarioOptions& options);
/// Web, names and pings inside every tunnel, two of them nested; VLAN, QinQ, MPLS, PPPoE; fragments.
[[nodiscard]] CapturedTraffic tunnelTraffic(const ScenarioOptions& options);
/// The same small conversations on every link type, one interface each. As pcap, pick one with onlyInterface().
[[nodiscard]] CapturedTraffic linkTraffic(const ScenarioOptions& options);
/// A TCP session of every ending and every trouble, over IPv4 and IPv6; a port pair used twice.
[[nodiscard]] CapturedTraffic endingTraffic(const ScenarioOptions& options);

[[nodiscard]] std::vector<std::string> scenarioNames();
/// "office", "voice", "tunnels", "links", "endings" or "damaged" (a short office capture to be damaged when written).
[[nodiscard]] std::optional<CapturedTraffic> scenarioByName(std::string_view name, const ScenarioOptions& options);

/// The frames of one interface, which becomes interface 0. Totals of the truth follow, its flows stay complete.
[[nodiscard]] CapturedTraffic onlyInterface(CapturedTraffic traffic, std::uint32_t interface);

} // namespace timbre::generator
