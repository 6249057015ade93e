#pragma once

// What a recording keeps of one packet: how large, how long after the one before, how random, and the first bytes of
// its payload. Nothing else of the payload is ever kept.

#include <array>
#include <cstdint>
#include <span>

namespace timbre::recording {

enum class Direction : std::uint8_t { Uplink, Downlink }; // uplink: what the initiator of the flow sends

/// As many first bytes as a STUN header has; other packets keep 16 (see prefixLengthOf).
inline constexpr std::size_t kMaxPrefixBytes = 20;
inline constexpr std::size_t kUsualPrefixBytes = 16;

struct PacketRecord {
    double gapMs = 0.0;            // to the packet before it in the same direction; 0 for the first
    std::uint64_t timestampNs = 0; // since 1970, capture time
    float entropy = 0.0F;          // of the payload, bits per byte, 0 … 8
    std::uint16_t size = 0;        // of the packet, bytes
    Direction direction = Direction::Uplink;
    std::uint8_t prefixLength = 0;
    std::array<std::uint8_t, kMaxPrefixBytes> prefixBytes{};

    [[nodiscard]] std::span<const std::uint8_t> prefix() const { return {prefixBytes.data(), prefixLength}; }
};
static_assert(sizeof(PacketRecord) <= 48, "100,000 of them must stay below 8 MiB");

} // namespace timbre::recording
