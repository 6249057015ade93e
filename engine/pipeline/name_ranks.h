#pragma once

// The places of names in alphabetical order, whatever the case of their letters: sorting flows by a name is then
// sorting by a number.

#include "engine/flow/flow_snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace timbre::pipeline {

/// Names that were ranked are kept, so that asking again for the same pool costs nothing. One thread at a time.
class NameRanks {
public:
    /// Ranks every name the pool holds now; false when stopped. The pool may grow meanwhile.
    bool prepare(const std::shared_ptr<const StringPool>& names, const std::stop_token& stop);
    [[nodiscard]] bool prepared(const std::shared_ptr<const StringPool>& names) const;
    /// From 1 upwards; equal only for the same name. Requires: prepare() came back true after the snapshot that `id` is
    /// from was published.
    [[nodiscard]] std::uint32_t rank(StringId id) const { return m_ranks[id]; }

private:
    std::shared_ptr<const StringPool> m_names;
    std::vector<std::uint32_t> m_ranks; // by name
};

/// Eight bytes of a name from `offset`, folded, the first one most significant; zeros behind its end.
[[nodiscard]] std::uint64_t foldedBytes(std::string_view text, std::size_t offset);
/// By folded letters; names that differ in case only by their bytes.
[[nodiscard]] bool lessName(std::string_view a, std::string_view b);

} // namespace timbre::pipeline
