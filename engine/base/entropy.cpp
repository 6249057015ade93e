#include "engine/base/entropy.h"

#include <array>
#include <cmath>
#include <vector>

namespace timbre {

namespace {

// n·log2(n) as a whole number of 2^-32: sums of these are exact, so the order of adding, and with it the way of counting,
// does not matter for the result.
constexpr double kUnit = 4294967296.0;
constexpr std::size_t kTableSize = 65'536;
/// Up to here it is cheaper to keep the sum up to date with every byte than to walk 256 counters at the end.
constexpr std::size_t kShort = 1024;

std::int64_t countTimesLog(std::size_t count)
{
    if (count < 2)
        return 0;
    const auto n = static_cast<double>(count);
    return std::llround(n * std::log2(n) * kUnit);
}

struct Tables {
    std::vector<std::int64_t> whole;               // n·log2(n)
    std::array<std::int64_t, kShort + 1> growth{}; // from n to n + 1

    Tables() : whole(kTableSize)
    {
        for (std::size_t n = 0; n < kTableSize; ++n)
            whole[n] = countTimesLog(n);
        for (std::size_t n = 0; n <= kShort; ++n)
            growth[n] = whole[n + 1] - whole[n];
    }
};

const Tables kTables;

std::int64_t sumOfShort(Bytes payload)
{
    std::array<std::uint16_t, 256> counts{};
    std::int64_t sum = 0;
    for (const std::byte value : payload)
        sum += kTables.growth[counts[std::to_integer<std::uint8_t>(value)]++];
    return sum;
}

/// Requires: payload.size() < kTableSize, so that 16 bits hold every count.
std::int64_t sumOfLong(Bytes payload)
{
    // Four tables, because two equal bytes in a row would otherwise wait for each other's store.
    alignas(64) std::array<std::array<std::uint16_t, 256>, 4> counts{};
    std::size_t i = 0;
    for (; i + 8 <= payload.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, payload.data() + i, sizeof word);
        ++counts[0][word & 0xff];
        ++counts[1][word >> 8 & 0xff];
        ++counts[2][word >> 16 & 0xff];
        ++counts[3][word >> 24 & 0xff];
        ++counts[0][word >> 32 & 0xff];
        ++counts[1][word >> 40 & 0xff];
        ++counts[2][word >> 48 & 0xff];
        ++counts[3][word >> 56];
    }
    for (; i < payload.size(); ++i)
        ++counts[0][loadU8(payload, i)];
    for (std::size_t value = 0; value < 256; ++value)
        counts[0][value] = static_cast<std::uint16_t>(counts[0][value] + counts[1][value] + counts[2][value] +
                                                      counts[3][value]);
    std::int64_t sum = 0;
    for (const std::uint16_t count : counts[0])
        sum += kTables.whole[count];
    return sum;
}

/// For jumbo payloads, which are rare.
std::int64_t sumOfHuge(Bytes payload)
{
    std::array<std::size_t, 256> counts{};
    for (const std::byte value : payload)
        ++counts[std::to_integer<std::uint8_t>(value)];
    std::int64_t sum = 0;
    for (const std::size_t count : counts)
        sum += countTimesLog(count);
    return sum;
}

} // namespace

float payloadEntropy(Bytes payload)
{
    const std::size_t size = payload.size();
    if (size < 2)
        return 0.0F;
    const std::int64_t sum = size <= kShort      ? sumOfShort(payload)
                             : size < kTableSize ? sumOfLong(payload)
                                                 : sumOfHuge(payload);
    const std::int64_t most = size < kTableSize ? kTables.whole[size] : countTimesLog(size);
    const double entropy = static_cast<double>(most - sum) / (static_cast<double>(size) * kUnit);
    return static_cast<float>(entropy < 0.0 ? 0.0 : entropy);
}

} // namespace timbre
