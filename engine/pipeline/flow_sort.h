#pragma once

// Sorts rows of a flow list by any fields. Values become unsigned keys whose order is the order wanted and a radix sort
// moves (key, row) pairs: a million rows take tens of milliseconds. Rows without a value come last in either direction,
// equal rows stay in the order they came in.

#include "engine/pipeline/name_ranks.h"
#include "engine/query/fields.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace timbre::pipeline {

struct SortKey {
    query::Field field = query::Field::Index;
    bool descending = false;

    bool operator==(const SortKey&) const = default;
};

/// True when sorting by these keys has to rank names that `ranks` does not know yet.
[[nodiscard]] bool needsRanking(const std::vector<SortKey>& keys, const flow::FlowSnapshot& snapshot,
                                const NameRanks& ranks);

/// Sorts `rows` in place by the keys, the first one counting most. False when stopped: the order is then undefined.
bool sortRows(std::vector<std::uint32_t>& rows, const flow::FlowSnapshot& snapshot, const std::vector<SortKey>& keys,
              NameRanks& ranks, const std::stop_token& stop);

} // namespace timbre::pipeline
