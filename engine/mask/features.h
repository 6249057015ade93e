#pragma once

// The 64 numbers of a window of packets, in their bounded form (list B of the mask format, section 8): every one lies
// between -1 and 1, so that no single gap outweighs everything else. A mask's signature is their mean over the windows
// of one direction of its recording: exactly what a check of live traffic sees, so that a distance to it means
// something.

#include "engine/mask/mask_profile.h"
#include "engine/recording/packet_record.h"

#include <span>

namespace timbre::mask {

inline constexpr std::size_t kWindowPackets = 256;

using Features = std::array<double, kSignatureLength>;

/// Packets of one direction in order. The three lists have the same length, at most kWindowPackets in use.
struct FeatureWindow {
    std::span<const double> sizes;
    std::span<const double> gapsMs;
    std::span<const double> entropies;
    std::uint64_t received = 0; // of the whole session, for the share in feature 45
    std::uint64_t sent = 0;
    double packetsPerSecond = 0.0; // 0: not known
    double bytesPerSecond = 0.0;
};

/// All 0 for an empty window.
[[nodiscard]] Features boundedFeatures(const FeatureWindow& window);

struct SignatureFacts {
    Features mean{};
    Features spread{}; // population deviation over the windows
    std::uint32_t windows = 0;
    std::uint32_t windowPackets = 0; // fewer than kWindowPackets for a short recording
};

/// Over consecutive full windows of one direction; one window of everything when there is no full one.
[[nodiscard]] SignatureFacts signatureOf(std::span<const recording::PacketRecord> packets,
                                         recording::Direction direction);

/// What each of the 64 numbers is, for people: "share of sizes 64 to 127", "mean gap" …
[[nodiscard]] const char* featureName(std::size_t index);

} // namespace timbre::mask
