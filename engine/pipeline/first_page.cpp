#include "engine/pipeline/first_page.h"

#include "engine/pipeline/flow_fields.h"

#include <algorithm>
#include <array>

namespace timbre::pipeline {

namespace {

struct Candidate {
    std::uint64_t key; // eight bytes of the name, turned round for a descending order
    StringId name;
    std::uint32_t row;
};

/// Narrows the rows down to those that can be on the page, eight bytes of their names at a time.
class PageFinder {
public:
    PageFinder(const flow::FlowSnapshot& snapshot, SortKey key)
        : m_snapshot(snapshot)
        , m_key(key)
    {
    }

    bool collect(const std::vector<std::uint32_t>& rows, const std::stop_token& stop)
    {
        constexpr std::size_t kBetweenStops = 4096;
        FlowRow reader(m_snapshot);
        std::array<query::TextRef, query::kMaxValues> names{};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i % kBetweenStops == 0 && stop.stop_requested())
                return false;
            reader.moveTo(m_snapshot[rows[i]]);
            if (reader.texts(m_key.field, names) > 0)
                m_candidates.push_back({keyOf(names[0].id, 0), names[0].id, rows[i]});
        }
        return true;
    }

    std::vector<std::uint32_t> page(std::size_t count)
    {
        if (m_candidates.size() < count)
            return {};
        narrow(count);
        std::sort(m_candidates.begin(), m_candidates.end(),
                  [this](const Candidate& a, const Candidate& b) { return before(a, b); });
        std::vector<std::uint32_t> rows;
        for (std::size_t i = 0; i < count; ++i)
            rows.push_back(m_candidates[i].row);
        return rows;
    }

private:
    std::uint64_t keyOf(StringId name, std::size_t offset) const
    {
        const std::uint64_t key = foldedBytes(m_snapshot.name(name), offset);
        return m_key.descending ? ~key : key;
    }

    /// Drops what cannot be among the first `count`; rows whose names are equal so far stay until their next bytes
    /// tell.
    void narrow(std::size_t count)
    {
        const auto byKey = [](const Candidate& a, const Candidate& b) { return a.key < b.key; };
        auto open = m_candidates.begin(); // what is before it is on the page
        std::size_t wanted = count;
        for (std::size_t offset = 8; offset <= StringPool::kMaxNameBytes; offset += 8) {
            const auto last = open + static_cast<std::ptrdiff_t>(wanted - 1);
            std::nth_element(open, last, m_candidates.end(), byKey);
            const std::uint64_t limit = last->key;
            const auto end =
                std::partition(last + 1, m_candidates.end(), [limit](const Candidate& c) { return c.key == limit; });
            m_candidates.erase(end, m_candidates.end());
            const auto ties =
                std::partition(open, m_candidates.end(), [limit](const Candidate& c) { return c.key < limit; });
            wanted -= static_cast<std::size_t>(ties - open);
            open = ties;
            if (static_cast<std::size_t>(m_candidates.end() - open) <= 2 * count)
                return;
            for (auto candidate = open; candidate != m_candidates.end(); ++candidate)
                candidate->key = keyOf(candidate->name, offset);
        }
    }

    bool before(const Candidate& a, const Candidate& b) const
    {
        if (a.name == b.name)
            return a.row < b.row;
        const bool less = lessName(m_snapshot.name(a.name), m_snapshot.name(b.name));
        return less != m_key.descending;
    }

    const flow::FlowSnapshot& m_snapshot;
    SortKey m_key;
    std::vector<Candidate> m_candidates;
};

} // namespace

std::vector<std::uint32_t> firstRowsByName(const std::vector<std::uint32_t>& rows, const flow::FlowSnapshot& snapshot,
                                           const std::vector<SortKey>& keys, std::size_t count,
                                           const std::stop_token& stop)
{
    constexpr std::size_t kQuickEnough = 100'000; // rows or names that are sorted before anybody notices
    const bool few = rows.size() <= kQuickEnough || !snapshot.names() || snapshot.names()->size() <= kQuickEnough;
    if (few || keys.size() != 1)
        return {};
    PageFinder finder(snapshot, keys.front());
    return finder.collect(rows, stop) ? finder.page(count) : std::vector<std::uint32_t>{};
}

} // namespace timbre::pipeline
