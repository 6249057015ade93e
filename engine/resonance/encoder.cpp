#include "engine/resonance/encoder.h"

#include "engine/base/blake3.h"

#include <fmt/format.h>

#include <cmath>

namespace timbre::resonance {

namespace {

// Four outputs side by side: lanes never meet, so each is rounded as in a loop over one output.
constexpr std::size_t kLanes = 4;
using Lanes [[gnu::vector_size(kLanes * sizeof(float))]] = float;
constexpr std::size_t kTile = 8; // vectors that stay in registers while the inputs go by
constexpr std::size_t kTileOutputs = kTile * kLanes;

Lanes load(const float* from)
{
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

void store(float* to, Lanes lanes)
{
    std::memcpy(to, &lanes, sizeof lanes);
}

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
}

Features Encoder::output(const Features& input) const
{
    alignas(64) Row products; // the same for every unit, since all rows are equal
    for (std::size_t j = 0; j < kFeatures; ++j)
        products[j] = m_w1Row[j] * input[j];

    alignas(64) Row hidden; // unit i is hidden[i mod 64]
    for (std::size_t base = 0; base < kFeatures; base += kTileOutputs) {
        std::array<Lanes, kTile> sums;
        for (std::size_t k = 0; k < kTile; ++k)
            sums[k] = load(&m_b1[base + k * kLanes]);
        for (const float product : products) {
            for (Lanes& lanes : sums)
                lanes += product;
        }
        for (std::size_t k = 0; k < kTile; ++k)
            store(&hidden[base + k * kLanes], sums[k]);
    }
    for (float& unit : hidden)
        unit = unit > 0.0F ? unit : 0.0F; // NaN becomes 0

    Features result;
    for (std::size_t base = 0; base < kFeatures; base += kTileOutputs) {
        std::array<Lanes, kTile> sums;
        for (std::size_t k = 0; k < kTile; ++k)
            sums[k] = load(&m_b2[base + k * kLanes]);
        for (std::size_t i = 0; i < m_hiddenSize; ++i) {
            const float* column = &m_w2Columns[i % kMixes][base];
            const float unit = hidden[i % kFeatures];
            for (std::size_t k = 0; k < kTile; ++k)
                sums[k] += load(column + k * kLanes) * unit;
        }
        for (std::size_t k = 0; k < kTile; ++k)
            store(&result[base + k * kLanes], sums[k]);
    }
    return result;
}

float Encoder::error(const Features& input) const
{
    const Features reconstructed = output(input);
    float sum = 0.0F;
    for (std::size_t j = 0; j < kFeatures; ++j) {
        const float difference = input[j] - reconstructed[j];
        sum += difference * difference;
    }
    return sum / static_cast<float>(kFeatures);
}

} // namespace timbre::resonance
