#pragma once

// The counts of an hour: what its buckets say, with every value and entity once. Made once when the hour is over, so
// that questions by hour or day need not walk the sets of 1,440 minutes each time. A group that was not rolled up, or
// of which only a part is asked for, is rolled up for the question: the result is the same.

#include "engine/trends/id_list.h"
#include "engine/trends/time_bucket.h"

#include <memory>
#include <span>

namespace timbre::trends {

inline constexpr std::int64_t kHourMs = 3'600'000;

struct RollUp {
    using Ids = std::shared_ptr<const IdList>;

    struct OfType {
        std::uint64_t count = 0;
        std::int64_t firstMs = 0; // lowest and highest start of a bucket with the type; only with a count
        std::int64_t lastMs = 0;
        Ids values; // null without a count, as are the others
        Ids entities;
        /// Of the whole category, in those buckets that have the type. Types that occur in the same buckets share them.
        Ids categoryValues;
        Ids categoryEntities;
    };

    std::int64_t startMs = 0; // of the hour
    std::size_t buckets = 0;
    std::array<OfType, kSignalTypes> types;

    [[nodiscard]] const OfType& of(SignalType type) const { return types[static_cast<std::size_t>(type)]; }
    [[nodiscard]] std::size_t bytes() const;
};
/// Rising by start; hours may be missing.
using RollUps = std::vector<std::shared_ptr<const RollUp>>;

/// Requires: the buckets start in one hour.
[[nodiscard]] RollUp rollUpOf(std::span<const TimeBucket* const> buckets);

} // namespace timbre::trends
