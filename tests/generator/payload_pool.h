#pragma once
// Two MiB of random bytes that the large scenarios copy payloads from, with running sums so that the checksum of any
// slice costs two look-ups instead of a pass over its bytes.

#include "tests/generator/bytes.h"

namespace timbre::generator {

class PayloadPool {
public:
    static constexpr std::size_t kMaxSliceBytes = 16384;

    explicit PayloadPool(std::uint64_t seed);

    /// An even offset for any number; the same number gives the same bytes, as a retransmission needs.
    [[nodiscard]] static std::size_t offsetFor(std::uint64_t number)
    {
        return (number * 0x9e3779b97f4a7c15U >> 43) & ~1U;
    }
    /// Requires: `offset` from offsetFor(), `length` at most kMaxSliceBytes.
    [[nodiscard]] ByteView slice(std::size_t offset, std::size_t length) const
    {
        return {m_bytes.data() + offset, length};
    }
    /// What checksumAdd() gives for the slice.
    [[nodiscard]] std::uint64_t sum(std::size_t offset, std::size_t length) const;

private:
    Bytes m_bytes;
    std::vector<std::uint64_t> m_sums; // of all 16-bit words before each even offset
};

} // namespace timbre::generator
