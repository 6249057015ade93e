#include "engine/base/entropy.h"

#include <array>
#include <cmath>

namespace timbre {

namespace {

constexpr std::size_t kTableSize = 4096;

/// n·log2(n) for the counts that packets have; std::log2 is the same double on every machine we build for.
struct CountLog {
    std::array<double, kTableSize> values{};

    CountLog()
    {
        for (std::size_t n = 2; n < kTableSize; ++n)
            values[n] = static_cast<double>(n) * std::log2(static_cast<double>(n));
    }
};

double countTimesLog(std::uint32_t count)
{
    static const CountLog table;
    return count < kTableSize ? table.values[count] : static_cast<double>(count) * std::log2(static_cast<double>(count));
}

using Histogram = std::array<std::uint32_t, 256>;

/// Four tables, because two equal bytes in a row would otherwise wait for each other's store.
void count(Bytes payload, std::array<Histogram, 4>& tables)
{
    std::size_t i = 0;
    for (; i + 8 <= payload.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, payload.data() + i, sizeof word);
        for (std::size_t lane = 0; lane < 8; ++lane) {
            ++tables[lane % 4][word & 0xff];
            word >>= 8;
        }
    }
    for (; i < payload.size(); ++i)
        ++tables[0][loadU8(payload, i)];
}

} // namespace

float payloadEntropy(Bytes payload)
{
    if (payload.size() < 2)
        return 0.0F;
    std::array<Histogram, 4> tables{};
    count(payload, tables);
    double sum = 0.0;
    for (std::size_t value = 0; value < 256; ++value)
        sum += countTimesLog(tables[0][value] + tables[1][value] + tables[2][value] + tables[3][value]);
    const auto total = static_cast<double>(payload.size());
    const double entropy = std::log2(total) - sum / total;
    return static_cast<float>(entropy < 0.0 ? 0.0 : entropy);
}

} // namespace timbre
