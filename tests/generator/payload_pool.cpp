#include "tests/generator/payload_pool.h"

#include "tests/generator/random.h"

namespace timbre::generator {

namespace {
constexpr std::size_t kOffsets = std::size_t{1} << 21; // offsetFor() keeps 21 bits
}

PayloadPool::PayloadPool(std::uint64_t seed)
    : m_bytes(Random(seed).bytes(kOffsets + kMaxSliceBytes))
{
    m_sums.reserve(m_bytes.size() / 2 + 1);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 1 < m_bytes.size(); i += 2) {
        m_sums.push_back(sum);
        sum += (std::uint64_t{m_bytes[i]} << 8) | m_bytes[i + 1];
    }
    m_sums.push_back(sum);
}

std::uint64_t PayloadPool::sum(std::size_t offset, std::size_t length) const
{
    const std::uint64_t whole = m_sums[(offset + length) / 2] - m_sums[offset / 2];
    return length % 2 == 0 ? whole : whole + (std::uint64_t{m_bytes[offset + length - 1]} << 8);
}

} // namespace timbre::generator
