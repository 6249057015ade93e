#include "ui/models/resonance_index.h"

#include <algorithm>

namespace timbre::ui {

void ResonanceIndex::clear()
{
    *this = {};
}

void ResonanceIndex::update(Results results)
{
    m_results = std::move(results);
    if (!m_results)
        return;
    for (; m_seen < m_results->checks.size(); ++m_seen) {
        const resonance::CheckRecord& check = m_results->checks[m_seen];
        const auto [place, isNew] = m_rowOf.try_emplace(check.flow, m_rows.size());
        if (isNew) {
            m_rows.emplace_back().flow = check.flow;
            m_rows.back().latest.assign(m_results->maskIds.size(), kNoCheck);
        }
        Row& row = m_rows[place->second];
        const auto position = static_cast<std::uint32_t>(m_seen);
        row.checks.push_back(position);
        row.latest[check.mask] = position;
        row.bestMask = resonance::kNoMask;
    }
    for (Row& row : m_rows) {
        if (row.bestMask != resonance::kNoMask)
            continue;
        for (std::size_t mask = 0; mask < row.latest.size(); ++mask) {
            if (row.latest[mask] == kNoCheck)
                continue;
            const float score = check(row.latest[mask]).score;
            if (row.bestMask == resonance::kNoMask || score > row.bestScore) {
                row.bestMask = static_cast<std::uint16_t>(mask);
                row.bestScore = score;
            }
        }
    }
}

const ResonanceIndex::Row* ResonanceIndex::find(std::uint32_t flow) const
{
    const auto known = m_rowOf.find(flow);
    return known == m_rowOf.end() ? nullptr : &m_rows[known->second];
}

std::vector<const ResonanceIndex::Row*> ResonanceIndex::best(std::size_t limit) const
{
    std::vector<const Row*> order;
    order.reserve(m_rows.size());
    for (const Row& row : m_rows)
        order.push_back(&row);
    const auto count = static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [](const Row* a, const Row* b) {
        return a->bestScore != b->bestScore ? a->bestScore > b->bestScore : a->flow < b->flow;
    });
    order.resize(static_cast<std::size_t>(count));
    return order;
}

} // namespace timbre::ui
