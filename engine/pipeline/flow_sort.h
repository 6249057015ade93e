#pragma once

// Sorts rows of a flow list by any field. Values become unsigned keys whose order is the order wanted and a radix sort
// moves (key, row) pairs: a million rows take tens of milliseconds. Rows without a value come last in either direction,
// equal rows stay in the order they came in.

#include "engine/flow/flow_snapshot.h"
#include "engine/query/fields.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace timbre::pipeline {

struct SortKey {
    query::Field field = query::Field::Index;
    bool descending = false;

    bool operator==(const SortKey&) const = default;
};

/// The places of names in alphabetical order, whatever the case of their letters. Names that were ranked are kept, so
/// that asking again for the same pool costs nothing. One thread at a time.
class NameRanks {
public:
    /// Ranks every name the pool holds now; false when stopped. The pool may grow meanwhile.
    bool prepare(const std::shared_ptr<const StringPool>& names, const std::stop_token& stop);
    /// Requires: prepare() came back true after the snapshot that `id` is from was published.
    [[nodiscard]] std::uint32_t rank(StringId id) const { return m_ranks[id]; }

private:
    std::shared_ptr<const StringPool> m_names;
    std::vector<std::uint32_t> m_ranks; // by name
};

/// Sorts `rows` in place by the keys, the first one counting most. False when stopped: the order is then undefined.
bool sortRows(std::vector<std::uint32_t>& rows, const flow::FlowSnapshot& snapshot, const std::vector<SortKey>& keys,
              NameRanks& ranks, const std::stop_token& stop);

/// The first `count` of what sortRows() would give, or nothing when finding them is no quicker than sorting all.
[[nodiscard]] std::vector<std::uint32_t> firstRows(const std::vector<std::uint32_t>& rows,
                                                   const flow::FlowSnapshot& snapshot, const std::vector<SortKey>& keys,
                                                   std::size_t count, const std::stop_token& stop);

} // namespace timbre::pipeline
