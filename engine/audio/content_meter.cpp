#include "engine/audio/content_meter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

namespace timbre::audio {

namespace {

constexpr std::uint64_t kMinBytes = 2000;
constexpr std::uint64_t kMinFirstBytes = 60;

double chiSquareByFreedom(std::span<const std::uint32_t> counts, std::uint64_t total)
{
    const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
    double sum = 0.0;
    for (const std::uint32_t count : counts)
        sum += (count - expected) * (count - expected) / expected;
    return sum / static_cast<double>(counts.size() - 1);
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

void ByteCounts::carry(std::uint8_t byte)
{
    m_high.resize(m_low.size());
    ++m_high[byte];
}

std::array<std::uint32_t, 256> ByteCounts::all() const
{
    std::array<std::uint32_t, 256> counts;
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] = m_low[i] | (m_high.empty() ? 0U : std::uint32_t{m_high[i]} << 16U);
    return counts;
}

void ContentMeter::add(Bytes payload)
{
    if (payload.empty())
        return;
    ++m_packets;
    if (m_packets > kEveryPacketUntil && m_packets % kThenEvery != 0)
        return;
    m_firstBytes.fetch(loadU8(payload, 0)); // by the time the sample is counted it is there
    const Bytes sample = payload.first(std::min(payload.size(), kSampledBytes));
    for (const std::byte byte : sample)
        m_bytes.add(std::to_integer<std::uint8_t>(byte));
    const std::uint64_t digest = digestOf(sample);
    m_byteCount += sample.size();
    m_firstBytes.add(loadU8(payload, 0));
    // Comfort noise of one byte repeats in any case.
    m_repeated += m_sampledPackets > 0 && digest == m_lastDigest && sample.size() > 4 ? 1 : 0;
    m_lastDigest = digest;
    ++m_sampledPackets;
}

std::optional<double> ContentMeter::unevenness() const
{
    return m_byteCount < kMinBytes ? std::nullopt : std::optional(chiSquareByFreedom(m_bytes.all(), m_byteCount));
}

std::optional<double> ContentMeter::firstByteUnevenness() const
{
    return m_sampledPackets < kMinFirstBytes ? std::nullopt
                                             : std::optional(chiSquareByFreedom(m_firstBytes.all(), m_sampledPackets));
}

std::optional<double> ContentMeter::firstByteEntropy() const
{
    if (m_sampledPackets < kMinFirstBytes)
        return std::nullopt;
    double bits = 0.0;
    double term = 0.0; // of the count before: equal ones are frequent
    std::uint32_t termOf = 0;
    for (const std::uint32_t count : m_firstBytes.all()) {
        if (count != termOf && count != 0) {
            const double share = count / static_cast<double>(m_sampledPackets);
            term = share * std::log2(share);
            termOf = count;
        }
        bits -= count == 0 ? 0.0 : term;
    }
    return bits;
}

double ContentMeter::repeatedShare() const
{
    return m_sampledPackets == 0 ? 0.0 : static_cast<double>(m_repeated) / static_cast<double>(m_sampledPackets);
}

} // namespace timbre::audio
