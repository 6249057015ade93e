#pragma once

// Which masks are refused, and what is remarked about the others: the rules of section 4 of the mask format that are
// about meaning. A mask that passes can be drawn from, shown and stored without further checks.

#include "engine/mask/profile_reader.h"

namespace timbre::mask {

/// Something to tell the analyst about a mask that was read. L1 to L8 of the format, and X1: a member that was ignored.
struct Remark {
    std::string rule;
    std::string field;
    std::string text;
};

/// The first broken rule among I, V, H, D, P, F, B and R; nothing when all hold.
[[nodiscard]] std::optional<Refusal> firstBrokenRule(const MaskProfile& mask);

/// `now` in Unix seconds, for expiry. `drifts`: the two-step reader gets other numbers (L6).
[[nodiscard]] std::vector<Remark> remarksOn(const MaskProfile& mask, std::uint64_t now, bool drifts);

[[nodiscard]] inline bool isExpired(const MaskProfile& mask, std::uint64_t now)
{
    return mask.expiresAt < now;
}

} // namespace timbre::mask
