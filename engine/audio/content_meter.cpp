#include "engine/audio/content_meter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

namespace timbre::audio {

namespace {

constexpr std::uint64_t kMinBytes = 2000;
constexpr std::uint64_t kMinFirstBytes = 60;
constexpr std::size_t kLevelSamples = 160; // looked at,
constexpr std::size_t kLevelStep = 2;      // every second one: loudness hardly differs between neighbours

double chiSquareByFreedom(std::span<const std::uint32_t> counts, std::uint64_t total)
{
    const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
    double sum = 0.0;
    for (const std::uint32_t count : counts)
        sum += (count - expected) * (count - expected) / expected;
    return sum / static_cast<double>(counts.size() - 1);
}

/// ITU-T G.711, table 2a: magnitude on a scale of 14 bits.
constexpr std::uint32_t muMagnitude(std::uint8_t code)
{
    const unsigned inverted = ~code & 0xffU;
    const unsigned exponent = inverted >> 4U & 7U;
    const unsigned mantissa = inverted & 0xfU;
    return ((mantissa << 1U | 33U) << exponent) - 33U;
}

/// ITU-T G.711, table 1a: magnitude on a scale of 13 bits.
constexpr std::uint32_t aMagnitude(std::uint8_t code)
{
    const unsigned plain = code ^ 0x55U;
    const unsigned exponent = plain >> 4U & 7U;
    const unsigned mantissa = plain & 0xfU;
    return exponent == 0 ? mantissa << 1U | 1U : (mantissa << 1U | 33U) << (exponent - 1U);
}

/// Good enough to see that two packets in a row are the same.
std::uint64_t digestOf(Bytes bytes)
{
    constexpr std::uint64_t kOffset = 1469598103934665603ULL; // of FNV-1a, here by words
    constexpr std::uint64_t kPrime = 1099511628211ULL;
    std::uint64_t digest = kOffset ^ bytes.size();
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        digest = (digest ^ word) * kPrime;
        digest ^= digest >> 32U;
    }
    for (; at < bytes.size(); ++at)
        digest = (digest ^ loadU8(bytes, at)) * kPrime;
    return digest;
}

} // namespace

void ContentMeter::add(Bytes payload)
{
    if (payload.empty())
        return;
    ++m_packets;
    if (m_packets > kEveryPacketUntil && m_packets % kThenEvery != 0)
        return;
    const Bytes sample = payload.first(std::min(payload.size(), kSampledBytes));
    for (const std::byte byte : sample)
        ++m_bytes[std::to_integer<std::uint8_t>(byte)];
    const std::uint64_t digest = digestOf(sample);
    m_byteCount += sample.size();
    ++m_firstBytes[loadU8(payload, 0)];
    // Comfort noise of one byte repeats in any case.
    m_repeated += m_sampledPackets > 0 && digest == m_lastDigest && sample.size() > 4 ? 1 : 0;
    m_lastDigest = digest;
    ++m_sampledPackets;
}

std::optional<double> ContentMeter::unevenness() const
{
    return m_byteCount < kMinBytes ? std::nullopt : std::optional(chiSquareByFreedom(m_bytes, m_byteCount));
}

std::optional<double> ContentMeter::firstByteUnevenness() const
{
    return m_sampledPackets < kMinFirstBytes ? std::nullopt
                                             : std::optional(chiSquareByFreedom(m_firstBytes, m_sampledPackets));
}

std::optional<double> ContentMeter::firstByteEntropy() const
{
    if (m_sampledPackets < kMinFirstBytes)
        return std::nullopt;
    double bits = 0.0;
    for (const std::uint32_t count : m_firstBytes) {
        if (count == 0)
            continue;
        const double share = count / static_cast<double>(m_sampledPackets);
        bits -= share * std::log2(share);
    }
    return bits;
}

double ContentMeter::repeatedShare() const
{
    return m_sampledPackets == 0 ? 0.0 : static_cast<double>(m_repeated) / static_cast<double>(m_sampledPackets);
}

namespace {

using Magnitudes = std::array<std::uint16_t, 256>;

constexpr Magnitudes kMuMagnitudes = [] {
    Magnitudes table{};
    for (unsigned code = 0; code < table.size(); ++code)
        table[code] = static_cast<std::uint16_t>(muMagnitude(static_cast<std::uint8_t>(code)));
    return table;
}();

/// On the scale of the other law.
constexpr Magnitudes kAMagnitudes = [] {
    Magnitudes table{};
    for (unsigned code = 0; code < table.size(); ++code)
        table[code] = static_cast<std::uint16_t>(2 * aMagnitude(static_cast<std::uint8_t>(code)));
    return table;
}();

} // namespace

double g711Level(Bytes payload, G711Law law)
{
    const std::size_t count = std::min(payload.size(), kLevelSamples);
    if (count == 0)
        return 0.0;
    std::uint64_t sum = 0;
    const Magnitudes& magnitudes = law == G711Law::Mu ? kMuMagnitudes : kAMagnitudes;
    for (std::size_t i = 0; i < count; i += kLevelStep)
        sum += magnitudes[loadU8(payload, i)];
    const double mean = static_cast<double>(sum) / static_cast<double>((count + kLevelStep - 1) / kLevelStep);
    return 20.0 * std::log10(1.0 + mean);
}

} // namespace timbre::audio
