#include "engine/mask/random_stream.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace timbre::mask {

namespace {

constexpr int kRounds = 12;

void quarter(std::array<std::uint32_t, 16>& s, std::size_t a, std::size_t b, std::size_t c, std::size_t d)
{
    s[a] += s[b];
    s[d] = std::rotl(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = std::rotl(s[b] ^ s[c], 12);
    s[a] += s[b];
    s[d] = std::rotl(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = std::rotl(s[b] ^ s[c], 7);
}

std::array<std::uint32_t, 16> chaChaBlock(const std::array<std::uint32_t, 8>& key, std::uint64_t counter)
{
    std::array<std::uint32_t, 16> start{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    std::copy(key.begin(), key.end(), start.begin() + 4);
    start[12] = static_cast<std::uint32_t>(counter);
    start[13] = static_cast<std::uint32_t>(counter >> 32U);
    std::array<std::uint32_t, 16> state = start;
    for (int round = 0; round < kRounds; round += 2) {
        for (std::size_t i = 0; i < 4; ++i)
            quarter(state, i, i + 4, i + 8, i + 12);
        for (std::size_t i = 0; i < 4; ++i)
            quarter(state, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
    }
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] += start[i];
    return state;
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed)
{
    for (std::uint32_t& word : m_key) {
        seed = seed * 6364136223846793005ULL + 11634580027462260723ULL;
        const auto mixed = static_cast<std::uint32_t>(((seed >> 18U) ^ seed) >> 27U);
        word = std::rotr(mixed, static_cast<int>(seed >> 59U));
    }
}

void RandomStream::refill()
{
    for (std::size_t block = 0; block < kBufferWords / 16; ++block) {
        const auto words = chaChaBlock(m_key, m_block++);
        std::copy(words.begin(), words.end(), m_words.begin() + static_cast<std::ptrdiff_t>(16 * block));
    }
    m_next = 0;
}

std::uint32_t RandomStream::u32()
{
    if (m_next == kBufferWords)
        refill();
    return m_words[m_next++];
}

std::uint64_t RandomStream::u64()
{
    const std::uint64_t low = u32();
    return low | (std::uint64_t{u32()} << 32U);
}

void RandomStream::bytes(std::span<std::uint8_t> out)
{
    for (std::size_t i = 0; i < out.size(); i += 4) {
        const std::uint32_t word = u32();
        for (std::size_t j = i; j < std::min(i + 4, out.size()); ++j)
            out[j] = static_cast<std::uint8_t>(word >> (8 * (j - i)));
    }
}

double RandomStream::uniform()
{
    return static_cast<double>(u64() >> 11U) * 0x1p-53;
}

std::uint16_t RandomStream::between(std::uint16_t low, std::uint16_t high)
{
    const std::uint64_t range = std::uint64_t{high} - low + 1;
    if (range == 65536)
        return static_cast<std::uint16_t>(u32());
    constexpr std::uint64_t kWords = 1ULL << 32U;
    const std::uint64_t reject = (kWords - range) % range;
    for (;;) {
        const std::uint64_t product = std::uint64_t{u32()} * range;
        if ((product & 0xffffffffU) <= kWords - 1 - reject)
            return static_cast<std::uint16_t>(low + (product >> 32U));
    }
}

double RandomStream::between(double low, double high)
{
    constexpr double kLargest = 1.0 - 0x1p-52; // that a draw can be
    double scale = (high - low) / kLargest;
    while (scale * kLargest + low > high)
        scale = std::nextafter(scale, 0.0);
    return static_cast<double>(u64() >> 12U) * 0x1p-52 * scale + low;
}

std::uint32_t RandomStream::indexForShuffle(std::uint32_t n)
{
    const std::uint32_t zone = (n << static_cast<unsigned>(std::countl_zero(n))) - 1;
    for (;;) {
        const std::uint64_t product = std::uint64_t{u32()} * n;
        if (static_cast<std::uint32_t>(product) <= zone)
            return static_cast<std::uint32_t>(product >> 32U);
    }
}

std::uint64_t RandomStream::index(std::uint64_t n)
{
    __extension__ using Wide = unsigned __int128;
    const std::uint64_t zone = (n << static_cast<unsigned>(std::countl_zero(n))) - 1;
    for (;;) {
        const Wide product = Wide{u64()} * n;
        if (static_cast<std::uint64_t>(product) <= zone)
            return static_cast<std::uint64_t>(product >> 64U);
    }
}

WeightedChoice::WeightedChoice(std::span<const float> weights)
{
    float sum = 0.0F;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i];
        if (i + 1 < weights.size())
            m_sums.push_back(sum);
    }
    constexpr float kLargest = 1.0F - 0x1p-23F;
    m_scale = sum;
    while (m_scale * kLargest >= sum)
        m_scale = std::nextafter(m_scale, 0.0F);
}

std::size_t WeightedChoice::draw(RandomStream& random) const
{
    const float value = static_cast<float>(random.u32() >> 9U) * 0x1p-23F * m_scale;
    return static_cast<std::size_t>(std::upper_bound(m_sums.begin(), m_sums.end(), value) - m_sums.begin());
}

} // namespace timbre::mask
