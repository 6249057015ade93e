#include "tests/generator/random.h"

#include <algorithm>
#include <bit>

namespace timbre::generator {

namespace {

// SplitMix64, Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
std::uint64_t splitMix(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed)
{
    for (auto& word : m_state) {
        word = splitMix(seed);
    }
}

// xoshiro256**, Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021).
std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t t = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

std::uint32_t Random::below(std::uint32_t limit)
{
    return low32(((next() >> 32) * limit) >> 32);
}

std::uint64_t Random::between(std::uint64_t low, std::uint64_t high)
{
    const std::uint64_t width = high - low + 1;
    return width == 0 ? next() : low + next() % width;
}

std::uint64_t Random::longTail(std::uint64_t low, std::uint64_t high)
{
    const std::uint64_t ratio = std::max<std::uint64_t>(high / std::max<std::uint64_t>(low, 1), 1);
    const auto doublings = static_cast<std::uint32_t>(std::bit_width(ratio) - 1);
    const std::uint64_t floor = low << below(doublings + 1);
    return between(std::min(floor, high), std::min(floor * 2, high));
}

void Random::fill(std::span<std::uint8_t> target)
{
    std::size_t at = 0;
    while (at < target.size()) {
        std::uint64_t word = next();
        const std::size_t end = std::min(at + 8, target.size());
        for (; at < end; ++at, word >>= 8) {
            target[at] = low8(word);
        }
    }
}

Bytes Random::bytes(std::size_t count)
{
    Bytes result(count);
    fill(result);
    return result;
}

std::string Random::hex(std::size_t digits)
{
    std::string result(digits, '0');
    for (char& digit : result) {
        digit = "0123456789abcdef"[below(16)];
    }
    return result;
}

} // namespace timbre::generator
