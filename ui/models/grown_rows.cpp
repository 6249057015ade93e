#include "ui/models/grown_rows.h"

#include <algorithm>

namespace timbre::ui {

GrownRows growRows(const RowList& shown, const std::vector<std::uint32_t>& fitting, bool atEnd)
{
    if (fitting.empty())
        return {shown, 0};
    std::vector<bool> known(fitting.back() + 1);
    for (const std::uint32_t flow : *shown) {
        if (flow < known.size())
            known[flow] = true;
    }
    const auto isNew = [&](std::uint32_t flow) { return !known[flow]; };
    const auto below = atEnd && !shown->empty() ? std::ranges::upper_bound(fitting, shown->back()) : fitting.end();
    GrownRows grown{shown, static_cast<std::size_t>(std::count_if(fitting.begin(), below, isNew))};
    if (below == fitting.end())
        return grown;
    auto rows = std::make_shared<std::vector<std::uint32_t>>(*shown);
    rows->insert(rows->end(), below, fitting.end());
    grown.rows = std::move(rows);
    return grown;
}

} // namespace timbre::ui
