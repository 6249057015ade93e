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
using Floats [[gnu::vector_size(16)]] = float;
constexpr std::size_t kBlock = sizeof(Eight);

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

/// A code is a small floating-point number, so its bits, moved to where a float has them, are the magnitude: behind the
/// mantissa's four bits stands the half step that both laws add, and 5 on top of the bias makes it whole.
constexpr unsigned kToFloat = 3; // in the upper half of a float
constexpr std::uint16_t kHalfStepAndBias = (0x3f80 + (5 << 7)) | 4;
constexpr std::uint32_t kMuOffset = 33;       // that the sum has too much for each sample of this law
constexpr std::uint16_t kSmallCodes = 16;     // of the other law: without the leading bit, and twice as large
constexpr std::int16_t kSmallCorrection = 31; // 2 · (2m + 1) instead of 2m + 33

/// Of every second sample; `bytes` holds whole blocks, few enough for floats to be exact.
template<G711Law law>
std::uint32_t sumOfBlocks(Bytes bytes)
{
    Floats even{};
    Floats odd{};
    Eight correction{};
    for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
        const Eight plain = plainCodes(bytes.data() + at, law);
        const Four halves = reinterpret_cast<Four>((plain << kToFloat) + kHalfStepAndBias);
        even += reinterpret_cast<Floats>(halves << 16U);
        odd += reinterpret_cast<Floats>(halves & 0xffff0000U);
        if constexpr (law == G711Law::A)
            correction += reinterpret_cast<Eight>(plain < kSmallCodes) & (kSmallCorrection - (plain << 1));
    }
    const Floats both = even + odd;
    auto sum = static_cast<std::uint32_t>(both[0] + both[1] + both[2] + both[3]);
    if constexpr (law == G711Law::Mu)
        return sum - kMuOffset * static_cast<std::uint32_t>(bytes.size() / kLevelStep);
    for (std::size_t i = 0; i < kBlock / kLevelStep; ++i) // below zero where many codes are of the upper half
        sum -= static_cast<std::uint32_t>(static_cast<std::int16_t>(correction[i]));
    return sum;
}

std::uint32_t sumOfMagnitudes(Bytes samples, G711Law law)
{
    const std::size_t whole = samples.size() / kBlock * kBlock;
    std::uint32_t sum = law == G711Law::Mu ? sumOfBlocks<G711Law::Mu>(samples.first(whole))
                                           : sumOfBlocks<G711Law::A>(samples.first(whole));
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
