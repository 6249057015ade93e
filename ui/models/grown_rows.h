#pragma once

// Rows of a table whose source grows: which of them may be shown without moving any that is on screen.

#include "ui/models/flows_model.h"

namespace timbre::ui {

struct GrownRows {
    RowList rows;            // those shown before, in their places, and what could be added below them
    std::size_t waiting = 0; // flows that fit and belong elsewhere
};

/// `fitting`: flows that belong to the table now, ascending. Flows that no longer do stay until the table is ordered
/// anew. `atEnd`: the table is in the order of flows, so that later ones belong below. Requires: `shown` is not null.
[[nodiscard]] GrownRows growRows(const RowList& shown, const std::vector<std::uint32_t>& fitting, bool atEnd);

} // namespace timbre::ui
