#pragma once

// What payload bytes look like, without reading what they say: are they as even as encrypted or compressed ones, does
// the first byte keep still as the table-of-contents byte of a codec does, how loud is G.711. Counts only; no byte of a
// payload is kept.

#include "engine/base/bytes.h"

#include <array>
#include <cstdint>
#include <optional>

namespace timbre::audio {

class ContentMeter {
public:
    void add(Bytes payload);

    /// Chi-square of the byte counts against evenness, by degrees of freedom: 1 for random bytes, far above for plain
    /// samples. Nothing before there are enough bytes.
    [[nodiscard]] std::optional<double> unevenness() const;
    /// The same of the first bytes alone.
    [[nodiscard]] std::optional<double> firstByteUnevenness() const;
    /// Entropy of the first byte of payloads in bits; nothing before there are enough packets.
    [[nodiscard]] std::optional<double> firstByteEntropy() const;
    /// Share of packets that repeat the sampled bytes of the one before.
    [[nodiscard]] double repeatedShare() const;

private:
    static constexpr std::size_t kSampledBytes = 40; // of each payload
    static constexpr std::uint64_t kEveryPacketUntil = 64;
    static constexpr std::uint64_t kThenEvery = 4;

    // What every packet touches lies together, the tables behind it.
    std::uint64_t m_byteCount = 0;
    std::uint64_t m_packets = 0;
    std::uint64_t m_sampledPackets = 0;
    std::uint64_t m_repeated = 0;
    std::uint64_t m_lastDigest = 0;
    std::array<std::uint32_t, 256> m_bytes{};
    std::array<std::uint32_t, 256> m_firstBytes{};
};

} // namespace timbre::audio
