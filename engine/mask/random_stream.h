#pragma once

// The reproducible random stream of appendix A of the mask format: with it, self-tests give the same figures as those
// of other programs. Not for secrets.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace timbre::mask {

class RandomStream {
public:
    explicit RandomStream(std::uint64_t seed);

    std::uint32_t u32();
    std::uint64_t u64();
    void bytes(std::span<std::uint8_t> out);
    /// [0, 1)
    double uniform();
    std::uint16_t between(std::uint16_t low, std::uint16_t high);
    /// Both ends belong to it. Requires: low <= high, both finite.
    double between(double low, double high);
    /// Below n, as shuffles draw it. Requires: n > 0.
    std::uint32_t indexForShuffle(std::uint32_t n);
    /// Below n, as a choice among values draws it. Requires: n > 0.
    std::uint64_t index(std::uint64_t n);

    template<typename Item>
    void shuffle(std::vector<Item>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[indexForShuffle(static_cast<std::uint32_t>(i))]);
    }

private:
    static constexpr std::size_t kBufferWords = 64; // four blocks
    void refill();

    std::array<std::uint32_t, 8> m_key{};
    std::uint64_t m_block = 0;
    std::array<std::uint32_t, kBufferWords> m_words{};
    std::size_t m_next = kBufferWords;
};

/// A choice by weight. Requires: at least one weight; none negative, their sum positive and finite.
class WeightedChoice {
public:
    explicit WeightedChoice(std::span<const float> weights);
    std::size_t draw(RandomStream& random) const;

private:
    std::vector<float> m_sums; // of all but the last
    float m_scale = 0.0F;
};

} // namespace timbre::mask
