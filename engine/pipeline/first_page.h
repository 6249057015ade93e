#pragma once

// The beginning of a list sorted by name before all names are ranked: with a million different names ranking takes a
// while, and nobody should look at an empty table meanwhile.

#include "engine/pipeline/flow_sort.h"

namespace timbre::pipeline {

/// The first `count` rows that sortRows() would give, or nothing where it is not worth it: other keys than one name,
/// few rows, fewer names than asked for, or stopped.
[[nodiscard]] std::vector<std::uint32_t> firstRowsByName(const std::vector<std::uint32_t>& rows,
                                                         const flow::FlowSnapshot& snapshot,
                                                         const std::vector<SortKey>& keys, std::size_t count,
                                                         const std::stop_token& stop);

} // namespace timbre::pipeline
