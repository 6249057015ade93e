#pragma once

// Everything that is looked for in message bodies stands in an unbroken run of capitals, digits, spaces and hyphens.
// Such runs are rare, and finding them costs a fraction of looking for each kind of thing in every byte.

#include <cstddef>
#include <string_view>
#include <vector>

namespace timbre::trends {

/// Of a text: from `begin` up to `end`, the byte before and the one at `end` being of other kinds, or none.
struct CandidateRun {
    std::size_t begin = 0;
    std::size_t end = 0;
};

inline constexpr std::size_t kShortestCandidate = 11; // "000-00-0000", "-----BEGIN "

/// All runs of at least kShortestCandidate bytes, in their order.
[[nodiscard]] std::vector<CandidateRun> candidateRuns(std::string_view text);

} // namespace timbre::trends
