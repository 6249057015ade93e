#pragma once

// Does a mask sound like the recording it was made from? Section 7 of the mask format, to the last digit: with the
// reproducible stream the figures equal those of other programs. Beside them stand figures that those do not look at.

#include "engine/mask/mask_profile.h"
#include "engine/recording/packet_record.h"

#include <span>

namespace timbre::mask {

using Packets = std::span<const recording::PacketRecord>;

/// Largest distance between the two cumulative distributions; 1 when a side is empty. Sorts both.
[[nodiscard]] double distributionDistance(std::vector<double>& a, std::vector<double>& b);

struct SelfTest {
    static constexpr float kMaxDistance = 0.45F;
    static constexpr float kMinHeaderMatch = 0.55F;
    static constexpr float kMinStateScore = 0.40F;
    static constexpr float kMaxEntropyPenalty = 0.5F;
    static constexpr std::size_t kDownlinkCounts = 100; // downlink packets from which the downlink distances decide

    float uplinkSizes = 1.0F; // distances, 0 … 1
    float uplinkGaps = 1.0F;
    float downlinkSizes = 1.0F;
    float downlinkGaps = 1.0F;
    float headerMatch = 0.0F; // share of all prefixes
    float stateScore = 0.0F;
    float entropyPenalty = 0.0F;
    float confidence = 0.0F; // 0 when failed
    bool passed = false;
    bool downlinkDecides = false;

    // What the verdict does not look at.
    double uplinkHeaderMatch = 0.0;   // uplink prefixes, this mask's header
    double downlinkHeaderMatch = 0.0; // downlink prefixes, the reverse mask's header
    double fixedHeaderBits = 0.0;     // share of the header that says something: 0 matches everything
};

[[nodiscard]] SelfTest selfTest(const MaskProfile& mask, Packets packets);

/// What a client would send compared with the uplink of the recording, over 100,000 packets.
struct EngineFidelity {
    double sizes = 1.0; // distances
    double gaps = 1.0;
    double sizeLag1Model = 0.0; // correlation of a size with the next
    double sizeLag1Real = 0.0;
    double sizeGapModel = 0.0; // correlation of size and gap
    double sizeGapReal = 0.0;
};
[[nodiscard]] EngineFidelity engineFidelity(const MaskProfile& mask, Packets packets, std::size_t draws = 100'000);

/// How many states the change-point method finds in the sizes, and which packet is in which.
[[nodiscard]] std::size_t statesByChangePoints(std::span<const double> sizes);

} // namespace timbre::mask
