#pragma once

// A set of text ids that no longer changes, and the scratch in which such sets are made and united. Ids are dense, so
// a large set is one bit per id; a small one is a sorted list.

#include "engine/base/string_pool.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace timbre::trends {

class IdList;

/// A set that grows; keeps its memory between uses.
class IdUnion {
public:
    void clear();
    void add(StringId id)
    {
        const std::size_t word = id / 64;
        if (word >= m_bits.size())
            m_bits.resize(std::max(word + 1, m_bits.size() * 2));
        m_bits[word] |= std::uint64_t{1} << id % 64;
    }
    void add(const IdList& list);
    [[nodiscard]] std::uint32_t count() const;

    template<typename Visit>
    void forEach(Visit&& visit) const
    {
        for (std::size_t word = 0; word < m_bits.size(); ++word)
            for (std::uint64_t bits = m_bits[word]; bits != 0; bits &= bits - 1)
                visit(static_cast<StringId>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
    }

private:
    friend class IdList;
    std::vector<std::uint64_t> m_bits;
};

class IdList {
public:
    IdList() = default;
    explicit IdList(const IdUnion& from);

    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const
    {
        return sizeof *this + m_sorted.capacity() * sizeof(StringId) + m_bits.capacity() * sizeof(std::uint64_t);
    }

private:
    friend class IdUnion;
    std::uint32_t m_size = 0;
    std::vector<StringId> m_sorted;    // either this …
    std::vector<std::uint64_t> m_bits; // … or that
};

} // namespace timbre::trends
