#include "engine/audio/g711_level.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace timbre::audio {

namespace {

constexpr std::size_t kLevelSamples = 160; // looked at,
constexpr std::size_t kLevelStep = 2;      // every second one: loudness hardly differs between neighbours

/// ITU-T G.711, table 2a: magnitude on a scale of 14 bits.
constexpr std::uint32_t muMagnitude(std::uint8_t code)
{
    const unsigned inverted = ~code & 0xffU;
    const unsigned exponent = inverted >> 4U & 7U;
    const unsigned mantissa = inverted & 0xfU;
    return ((mantissa << 1U | 33U) << exponent) - 33U;
}

/// ITU-T G.711, table 1a: magnitude on a scale of 13 bits, here doubled to that of the other law.
constexpr std::uint32_t aMagnitude(std::uint8_t code)
{
    const unsigned plain = code ^ 0x55U;
    const unsigned exponent = plain >> 4U & 7U;
    const unsigned mantissa = plain & 0xfU;
    return exponent == 0 ? mantissa << 2U | 2U : (mantissa << 1U | 33U) << exponent;
}

/// Eight samples, each in the place of two: the second is not looked at.
using Eight [[gnu::vector_size(16)]] = std::uint16_t;
using Four [[gnu::vector_size(16)]] = std::uint32_t;
constexpr std::size_t kBlock = sizeof(Eight);
constexpr std::size_t kBlocksPerSum = 8; // 8064 at most, eight times, still fits into 16 bits

/// Exponent and mantissa as the tables have them, without the sign.
Eight plainCodes(const std::byte* bytes, G711Law law)
{
    Eight block;
    std::memcpy(&block, bytes, sizeof block);
    if constexpr (std::endian::native == std::endian::big)
        block >>= 8;
    const std::uint16_t inverted = law == G711Law::Mu ? 0xff : 0x55;
    return (block ^ inverted) & 0x7f;
}

/// The same as muMagnitude() and aMagnitude(). No lane can be shifted by its own exponent: its bits double, multiply by
/// four and by sixteen.
Eight magnitudesOf(Eight plain, G711Law law)
{
    const Eight power = (1 + (plain >> 4 & 1)) * (1 + 3 * (plain >> 5 & 1)) * (1 + 15 * (plain >> 6 & 1));
    const Eight mantissa = ((plain & 0xf) << 1) + 33;
    if (law == G711Law::Mu)
        return mantissa * power - 33;
    const Eight lowest = reinterpret_cast<Eight>(plain < 16); // all bits set in the lanes with exponent 0
    return (mantissa - (lowest & 32)) * (power + (lowest & 1));
}

/// Of every second sample; `bytes` holds whole blocks.
std::uint32_t sumOfBlocks(Bytes bytes, G711Law law)
{
    Four sum{};
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min(bytes.size(), at + kBlocksPerSum * kBlock);
        Eight part{};
        for (; at < end; at += kBlock)
            part += magnitudesOf(plainCodes(bytes.data() + at, law), law);
        Four pairs;
        std::memcpy(&pairs, &part, sizeof pairs);
        sum += (pairs & 0xffffU) + (pairs >> 16U);
    }
    return sum[0] + sum[1] + sum[2] + sum[3];
}

std::uint32_t sumOfMagnitudes(Bytes samples, G711Law law)
{
    const std::size_t whole = samples.size() / kBlock * kBlock;
    std::uint32_t sum = law == G711Law::Mu ? sumOfBlocks(samples.first(whole), G711Law::Mu)
                                           : sumOfBlocks(samples.first(whole), G711Law::A);
    for (std::size_t i = whole; i < samples.size(); i += kLevelStep) {
        const std::uint8_t code = loadU8(samples, i);
        sum += law == G711Law::Mu ? muMagnitude(code) : aMagnitude(code);
    }
    return sum;
}

std::uint32_t exactLevel(double value)
{
    return static_cast<std::uint32_t>(2.0 * (20.0 * std::log10(value)));
}

/// Levels by the leading bits of a number. Between two cells the level rises by half a step, so each holds one border
/// at most.
class LevelTable {
public:
    LevelTable()
    {
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            const auto begin = std::bit_cast<double>((kFirst + i) << kShift);
            const auto end = std::bit_cast<double>((kFirst + i + 1) << kShift);
            const std::uint32_t level = exactLevel(begin);
            m_cells[i].level = level;
            m_cells[i].border =
                exactLevel(end) > level ? static_cast<float>(std::pow(10.0, (level + 1) / 40.0)) : kNone;
        }
    }

    /// Requires: 1 ≤ value < 2^kOctaves.
    [[nodiscard]] std::uint32_t levelOf(double value) const
    {
        const Cell& cell = m_cells[(std::bit_cast<std::uint64_t>(value) >> kShift) - kFirst];
        const double above = value - cell.border;
        if (std::abs(above) < kUnsure * value)
            return exactLevel(value); // the logarithm's last bits decide
        return cell.level + (above > 0.0 ? 1U : 0U);
    }

private:
    static constexpr std::size_t kOctaves = 14;
    static constexpr std::size_t kCellsPerOctave = 32;
    static constexpr unsigned kShift = 52 - 5;
    static constexpr std::uint64_t kFirst = std::bit_cast<std::uint64_t>(1.0) >> kShift;
    static constexpr float kNone = 1e9F;
    static constexpr double kUnsure = 1e-6; // more than the rounding of a border

    struct Cell {
        float border = kNone;    // from here on the level is one higher
        std::uint32_t level = 0; // where the cell begins
    };
    std::array<Cell, kOctaves * kCellsPerOctave> m_cells{};
};

} // namespace

std::uint32_t g711Level(Bytes payload, G711Law law)
{
    static const LevelTable levels;
    const Bytes samples = payload.first(std::min(payload.size(), kLevelSamples));
    if (samples.empty())
        return 0;
    const auto count = static_cast<double>((samples.size() + kLevelStep - 1) / kLevelStep);
    return levels.levelOf(1.0 + sumOfMagnitudes(samples, law) / count);
}

} // namespace timbre::audio
