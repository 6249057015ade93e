#pragma once

// What payload bytes look like, without reading what they say: are they as even as encrypted or compressed ones, does
// the first byte keep still as the table-of-contents byte of a codec does. Counts only; no byte of a payload is kept.

#include "engine/audio/fetch_ahead.h"
#include "engine/base/bytes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace timbre::audio {

/// How often each byte came. In half the memory that the counts may need: few streams are so long.
class ByteCounts {
public:
    void add(std::uint8_t byte)
    {
        if (++m_low[byte] == 0)
            carry(byte);
    }
    void fetch() const { fetchAhead(m_low.data(), sizeof m_low); }
    void fetch(std::uint8_t byte) const { __builtin_prefetch(&m_low[byte], 1); }
    [[nodiscard]] std::array<std::uint32_t, 256> all() const;

private:
    void carry(std::uint8_t byte);

    std::array<std::uint16_t, 256> m_low{};
    std::vector<std::uint16_t> m_high; // by byte; empty before the first carry
};

class ContentMeter {
public:
    void add(Bytes payload);
    /// What the next payload will touch is on its way to the cache.
    void fetchNext() const
    {
        fetchAhead(this, kCacheLine);
        m_bytes.fetch();
    }

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
    ByteCounts m_bytes;
    ByteCounts m_firstBytes;
};

} // namespace timbre::audio
