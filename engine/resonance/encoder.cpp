#include "engine/resonance/encoder.h"

#include "engine/base/blake3.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace timbre::resonance {

namespace {

// Several outputs side by side: lanes never meet, so each is rounded as in a loop over one output. Where the processor
// has registers for eight, they are used; products and sums stay two roundings there, too (-ffp-contract=off).
using Four [[gnu::vector_size(4 * sizeof(float))]] = float;
using Eight [[gnu::vector_size(8 * sizeof(float))]] = float;
constexpr std::size_t kTile = 8;      // vectors that stay in registers while the inputs go by
constexpr std::size_t kMixCount = 32; // Encoder::kMixes, which is its own business
static_assert(kFeatures % kMixCount == 0);

constexpr auto kAllPlacesOf = [] {
    std::array<std::uint8_t, kFeatures> places{};
    for (std::size_t j = 0; j < kFeatures; ++j)
        places[j] = static_cast<std::uint8_t>(j);
    return places;
}();
constexpr std::span<const std::uint8_t> kAllPlaces = kAllPlacesOf;

/// Sums that start at `bias`, one per output.
struct Sums {
    const float* bias;
    float* result;
};

// Each comes twice, the same text for another width: compilers take vectors apart for the registers of the function
// they were written in, so that one text cannot serve both.

/// Adds every product to all sums, in order.
void addProducts(std::span<const float> products, const Sums& of)
{
    for (std::size_t base = 0; base < kFeatures; base += kTile * 4) {
        Four sums[kTile];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(&sums[k], of.bias + base + 4 * k, sizeof(Four));
        for (const float product : products) {
#pragma GCC unroll 8
            for (std::size_t k = 0; k < kTile; ++k)
                sums[k] += product;
        }
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(of.result + base + 4 * k, &sums[k], sizeof(Four));
    }
}

/// Adds column i mod 32 times unit i mod 64, for every i in order.
void addColumns(const float* columns, const float* units, std::size_t unitCount, const Sums& of)
{
    for (std::size_t base = 0; base < kFeatures; base += kTile * 4) {
        Four sums[kTile];
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(&sums[k], of.bias + base + 4 * k, sizeof(Four));
        for (std::size_t first = 0; first < unitCount; first += kMixCount) {
            const float* column = columns + base;
            for (const float unit : std::span(units + first % kFeatures, std::min(kMixCount, unitCount - first))) {
#pragma GCC unroll 8
                for (std::size_t k = 0; k < kTile; ++k) {
                    Four entries;
                    std::memcpy(&entries, column + 4 * k, sizeof entries);
                    sums[k] += entries * unit;
                }
                column += kFeatures;
            }
        }
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(of.result + base + 4 * k, &sums[k], sizeof(Four));
    }
}

/// What is not above 0 becomes 0, NaN as well. True when anything is left.
bool rectify(float* units)
{
    using Chosen [[gnu::vector_size(4 * sizeof(float))]] = std::int32_t;
    Chosen any{};
    for (std::size_t i = 0; i < kFeatures; i += 4) {
        Four four;
        std::memcpy(&four, units + i, sizeof four);
        const Chosen on = four > Four{};
        any |= on;
        four = on ? four : Four{};
        std::memcpy(units + i, &four, sizeof four);
    }
    return (any[0] | any[1] | any[2] | any[3]) != 0;
}

#if defined(__x86_64__)

static_assert(kTile * 8 == kFeatures);

__attribute__((target("avx2"))) void addProductsWide(std::span<const float> products, const Sums& of)
{
    Eight sums[kTile];
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTile; ++k)
        std::memcpy(&sums[k], of.bias + 8 * k, sizeof(Eight));
    for (const float product : products) {
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kTile; ++k)
            sums[k] += product;
    }
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTile; ++k)
        std::memcpy(of.result + 8 * k, &sums[k], sizeof(Eight));
}

__attribute__((target("avx2"))) void addColumnsWide(const float* columns, const float* units, std::size_t unitCount,
                                                    const Sums& of)
{
    Eight sums[kTile];
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTile; ++k)
        std::memcpy(&sums[k], of.bias + 8 * k, sizeof(Eight));
    for (std::size_t first = 0; first < unitCount; first += kMixCount) {
        const float* column = columns;
        for (const float unit : std::span(units + first % kFeatures, std::min(kMixCount, unitCount - first))) {
#pragma GCC unroll 8
            for (std::size_t k = 0; k < kTile; ++k) {
                Eight entries;
                std::memcpy(&entries, column + 8 * k, sizeof entries);
                sums[k] += entries * unit;
            }
            column += kFeatures;
        }
    }
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kTile; ++k)
        std::memcpy(of.result + 8 * k, &sums[k], sizeof(Eight));
}

const bool kWide = __builtin_cpu_supports("avx2") != 0;

#else

constexpr bool kWide = false;
constexpr auto addProductsWide = addProducts;
constexpr auto addColumnsWide = addColumns;

#endif

} // namespace

Result<Encoder> Encoder::fromSignature(std::span<const float> signature, std::size_t hiddenSize)
{
    if (signature.size() < kFeatures)
        return Error{ErrorCode::Invalid,
                     fmt::format("A signature needs {} numbers, this one has {}.", kFeatures, signature.size()),
                     {}};
    if (hiddenSize == 0 || hiddenSize > kMaxHiddenSize)
        return Error{ErrorCode::Invalid,
                     fmt::format("The hidden size must lie between 1 and {}, not be {}.", kMaxHiddenSize, hiddenSize),
                     {}};
    Encoder encoder;
    encoder.m_hiddenSize = hiddenSize;
    encoder.m_seed = blake3(std::as_bytes(signature)); // the machine is little-endian, see base/bytes.h
    encoder.makeWeights(signature);
    return encoder;
}

void Encoder::makeWeights(std::span<const float> signature)
{
    std::array<float, kMixes> mixes;
    for (std::size_t r = 0; r < kMixes; ++r)
        mixes[r] = static_cast<float>(static_cast<int>(m_seed[r]) - 128) / 128.0F;
    const float sum = static_cast<float>(kFeatures + m_hiddenSize);
    const float scale = std::sqrt(2.0F / sum);
    for (std::size_t j = 0; j < kFeatures; ++j) {
        m_w1Row[j] = (signature[j] * mixes[j % kMixes]) * scale; // (64·i + j) mod 32 is j mod 32 in every row
        m_b1[j] = signature[j] * 0.01F;
        m_b2[j] = signature[j] * 0.01F;
        for (std::size_t i = 0; i < kMixes; ++i)
            m_w2Columns[i][j] = (signature[j] * mixes[(m_hiddenSize * j + i) % kMixes]) * scale;
    }
    const auto isFinite = [](float weight) { return std::isfinite(weight); };
    m_finite = std::all_of(m_w1Row.begin(), m_w1Row.end(), isFinite);
    for (const Row& column : m_w2Columns)
        m_finite = m_finite && std::all_of(column.begin(), column.end(), isFinite);
}

/// A weight times 0 is 0 where weights are finite, and to add that changes nothing but the sign of a zero.
void Encoder::reconstruct(const EncoderInput& input, Row& result) const
{
    alignas(64) Row products; // the same for every unit, since all rows are equal
    std::size_t count = 0;
    for (const std::uint8_t j : m_finite ? input.places() : kAllPlaces)
        products[count++] = m_w1Row[j] * input.values()[j];
    alignas(64) Row hidden; // unit i is hidden[i mod 64]
    (kWide ? addProductsWide : addProducts)({products.data(), count}, {m_b1.data(), hidden.data()});
    const bool anyOn = rectify(hidden.data());
    if (!anyOn && m_finite) { // often
        result = m_b2;
        return;
    }
    (kWide ? addColumnsWide : addColumns)(m_w2Columns.front().data(), hidden.data(), m_hiddenSize,
                                          {m_b2.data(), result.data()});
}

Features Encoder::output(const EncoderInput& input) const
{
    Features result;
    reconstruct(input, result);
    return result;
}

float Encoder::error(const EncoderInput& input) const
{
    alignas(64) Row reconstructed;
    reconstruct(input, reconstructed);
    alignas(64) Row squares;
    for (std::size_t j = 0; j < kFeatures; ++j) {
        const float difference = input.values()[j] - reconstructed[j];
        squares[j] = difference * difference;
    }
    float sum = 0.0F; // a chain of additions, each of which waits for the one before: nothing else stands in it
    for (const float square : squares)
        sum += square;
    return sum / static_cast<float>(kFeatures);
}

} // namespace timbre::resonance
