#pragma once

// The small two-layer network that the exact score uses. It is derived from a mask's signature by formula, nothing is
// trained: the BLAKE3 hash of the signature gives 32 mixing values, and every weight is (signature · mix) · scale.
//
// Because only 32 mixing values exist, all rows of the first layer are the same 64 numbers, its biases repeat every 64
// rows, and the columns of the second layer repeat every 32. The encoder keeps each number once (9 KiB instead of
// 66 KiB) and leaves out work whose result is already there bit for bit; no sum is regrouped.

#include "engine/base/result.h"
#include "engine/resonance/features.h"

namespace timbre::resonance {

inline constexpr std::size_t kDefaultHiddenSize = 128;
inline constexpr std::size_t kMaxHiddenSize = 65'536;

/// Features as encoders take them: with the places of those that are not 0. Made once, it serves any number of masks.
class EncoderInput {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): the same numbers, and one check needs no more than these
    EncoderInput(const Features& values)
        : m_values(values)
    {
        for (std::size_t j = 0; j < kFeatures; ++j) {
            m_places[m_count] = static_cast<std::uint8_t>(j);
            m_count += static_cast<std::size_t>(values[j] != 0.0F);
        }
    }
    [[nodiscard]] const Features& values() const { return m_values; }
    [[nodiscard]] std::span<const std::uint8_t> places() const { return {m_places.data(), m_count}; }

private:
    Features m_values;
    std::array<std::uint8_t, kFeatures> m_places;
    std::size_t m_count = 0;
};

class Encoder {
public:
    /// Refuses a signature of fewer than 64 numbers and a hidden size of 0 or beyond kMaxHiddenSize.
    [[nodiscard]] static Result<Encoder> fromSignature(std::span<const float> signature,
                                                       std::size_t hiddenSize = kDefaultHiddenSize);

    /// What the network makes of `input`.
    [[nodiscard]] Features output(const EncoderInput& input) const;
    /// Mean squared difference between `input` and output(input): the exact score.
    [[nodiscard]] float error(const EncoderInput& input) const;

    [[nodiscard]] std::size_t hiddenSize() const { return m_hiddenSize; }
    /// What the weights take when they are all written out, as the reference counts it.
    [[nodiscard]] std::size_t memoryBytes() const { return 4 * ((2 * kFeatures + 1) * m_hiddenSize + kFeatures); }
    [[nodiscard]] const std::array<std::uint8_t, 32>& seed() const { return m_seed; }

    /// The single weights, where somebody wants to see them.
    [[nodiscard]] float w1(std::size_t, std::size_t feature) const { return m_w1Row[feature]; }
    [[nodiscard]] float b1(std::size_t unit) const { return m_b1[unit % kFeatures]; }
    [[nodiscard]] float w2(std::size_t feature, std::size_t unit) const { return m_w2Columns[unit % kMixes][feature]; }
    [[nodiscard]] float b2(std::size_t feature) const { return m_b2[feature]; }

private:
    static constexpr std::size_t kMixes = 32;
    using Row = std::array<float, kFeatures>;

    Encoder() = default;
    void makeWeights(std::span<const float> signature);
    void reconstruct(const EncoderInput& input, Row& result) const;

    std::array<Row, kMixes> m_w2Columns{}; // column i of the second layer is number i mod 32
    Row m_b1{};
    Row m_b2{};
    Row m_w1Row{};
    std::array<std::uint8_t, 32> m_seed{};
    std::size_t m_hiddenSize = 0;
    bool m_finite = true; // all weights are
};

} // namespace timbre::resonance
