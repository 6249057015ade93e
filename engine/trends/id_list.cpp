#include "engine/trends/id_list.h"

#include <algorithm>

namespace timbre::trends {

void IdUnion::clear()
{
    std::fill(m_bits.begin(), m_bits.end(), 0);
}

void IdUnion::add(const IdList& list)
{
    for (const StringId id : list.m_sorted)
        add(id);
    if (m_bits.size() < list.m_bits.size())
        m_bits.resize(list.m_bits.size());
    for (std::size_t i = 0; i < list.m_bits.size(); ++i)
        m_bits[i] |= list.m_bits[i];
}

std::uint32_t IdUnion::count() const
{
    std::uint32_t sum = 0;
    for (const std::uint64_t word : m_bits)
        sum += static_cast<std::uint32_t>(std::popcount(word));
    return sum;
}

IdList::IdList(const IdUnion& from)
    : m_size(from.count())
{
    std::size_t words = from.m_bits.size();
    while (words > 0 && from.m_bits[words - 1] == 0)
        --words;
    if (m_size * sizeof(StringId) >= words * sizeof(std::uint64_t)) {
        m_bits.assign(from.m_bits.begin(), from.m_bits.begin() + static_cast<std::ptrdiff_t>(words));
        return;
    }
    m_sorted.reserve(m_size);
    from.forEach([this](StringId id) { m_sorted.push_back(id); });
}

} // namespace timbre::trends
