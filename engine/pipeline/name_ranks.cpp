#include "engine/pipeline/name_ranks.h"

#include "engine/query/fold.h"

#include <algorithm>

namespace timbre::pipeline {

namespace {

struct Keyed {
    std::uint64_t key;
    StringId id;
};

/// Sorts names by eight bytes at a time; only those that are equal so far look at the next eight.
class NameSorter {
public:
    NameSorter(const StringPool& names, const std::stop_token& stop)
        : m_names(names)
        , m_stop(stop)
    {
    }

    /// The ids 1 … count−1 in order; false when stopped.
    bool sort(std::size_t count)
    {
        for (std::size_t id = 1; id < count; ++id)
            m_items.push_back({0, static_cast<StringId>(id)});
        m_work.push_back({0, m_items.size(), 0});
        while (!m_work.empty()) {
            const Run run = m_work.back();
            m_work.pop_back();
            if (!refine(run))
                return false;
        }
        return true;
    }
    [[nodiscard]] const std::vector<Keyed>& order() const { return m_items; }

private:
    /// Names that are equal in their first `offset` bytes.
    struct Run {
        std::size_t begin;
        std::size_t end;
        std::size_t offset;
    };

    bool refine(const Run& run)
    {
        constexpr std::size_t kBetweenStops = 4096;
        for (std::size_t i = run.begin; i < run.end; ++i) {
            if ((i - run.begin) % kBetweenStops == 0 && m_stop.stop_requested())
                return false;
            m_items[i].key = foldedBytes(m_names.text(m_items[i].id), run.offset);
        }
        sortRun(run, [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
        for (std::size_t i = run.begin; i < run.end;) {
            std::size_t end = i + 1;
            while (end < run.end && m_items[end].key == m_items[i].key)
                ++end;
            if (end - i > 1)
                continueRun({i, end, run.offset + 8});
            i = end;
        }
        return true;
    }

    /// What is equal up to here has more bytes to look at, or differs in case only.
    void continueRun(const Run& run)
    {
        constexpr std::size_t kFewNames = 16;
        const auto longer = [&](const Keyed& item) { return m_names.text(item.id).size() > run.offset; };
        if (run.end - run.begin > kFewNames && std::any_of(at(run.begin), at(run.end), longer))
            m_work.push_back(run);
        else
            sortRun(run, [this](const Keyed& a, const Keyed& b) {
                return lessName(m_names.text(a.id), m_names.text(b.id));
            });
    }

    template<typename Less>
    void sortRun(const Run& run, const Less& less)
    {
        std::sort(at(run.begin), at(run.end), less);
    }
    std::vector<Keyed>::iterator at(std::size_t index) { return m_items.begin() + static_cast<std::ptrdiff_t>(index); }

    const StringPool& m_names;
    const std::stop_token& m_stop;
    std::vector<Run> m_work;
    std::vector<Keyed> m_items;
};

} // namespace

std::uint64_t foldedBytes(std::string_view text, std::size_t offset)
{
    std::uint64_t bytes = 0;
    const std::size_t end = std::min(text.size(), offset + 8);
    for (std::size_t i = offset; i < offset + 8; ++i)
        bytes = bytes << 8 | (i < end ? static_cast<unsigned char>(query::fold(text[i])) : 0U);
    return bytes;
}

bool lessName(std::string_view a, std::string_view b)
{
    const int order = query::compareFolded(a, b);
    return order != 0 ? order < 0 : a < b;
}

bool NameRanks::prepared(const std::shared_ptr<const StringPool>& names) const
{
    return names == m_names && (names ? names->size() : 0) == m_ranks.size();
}

bool NameRanks::prepare(const std::shared_ptr<const StringPool>& names, const std::stop_token& stop)
{
    if (prepared(names))
        return true;
    const std::size_t count = names ? names->size() : 0;
    m_names.reset();
    m_ranks.assign(count, 0);
    if (names) {
        NameSorter sorter(*names, stop);
        if (!sorter.sort(count))
            return false;
        std::uint32_t place = 0;
        for (const Keyed& name : sorter.order())
            m_ranks[name.id] = ++place;
    }
    m_names = names;
    return true;
}

} // namespace timbre::pipeline
