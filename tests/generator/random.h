#pragma once
// The generator's only source of chance: xoshiro256** seeded through SplitMix64, integers only. The same seed gives the
// same bytes on every machine and compiler, which the distributions of <random> do not promise.

#include "tests/generator/bytes.h"

#include <array>
#include <string>

namespace timbre::generator {

class Random {
public:
    explicit Random(std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();
    /// 0 … limit-1. Requires: limit > 0. The tiny bias of the multiplication does not matter for test traffic.
    [[nodiscard]] std::uint32_t below(std::uint32_t limit);
    /// low … high, both included. Requires: low <= high.
    [[nodiscard]] std::uint64_t between(std::uint64_t low, std::uint64_t high);
    /// True in `perMille` of a thousand cases.
    [[nodiscard]] bool chance(std::uint32_t perMille) { return below(1000) < perMille; }
    /// low … high with each doubling equally likely: many small values, few large ones, as flow sizes are.
    [[nodiscard]] std::uint64_t longTail(std::uint64_t low, std::uint64_t high);
    [[nodiscard]] Bytes bytes(std::size_t count);
    void fill(std::span<std::uint8_t> target);
    /// Lower-case hexadecimal digits.
    [[nodiscard]] std::string hex(std::size_t digits);
    /// An independent stream: what one conversation draws does not shift the draws of the next one.
    [[nodiscard]] Random fork() { return Random(next()); }

private:
    std::array<std::uint64_t, 4> m_state{};
};

} // namespace timbre::generator
