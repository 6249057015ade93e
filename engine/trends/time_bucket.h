#pragma once

// One stretch of capture time, usually a minute: counts of its signals, who showed what, and the signals that were
// kept.

#include "engine/trends/id_masks.h"
#include "engine/trends/signal.h"

#include <vector>

namespace timbre::trends {

/// Bits of IdMasks: one per type, and for entities one more.
inline constexpr IdMasks::Mask kAllTypes = (IdMasks::Mask{1} << kSignalTypes) - 1;
inline constexpr IdMasks::Mask kInIndex = IdMasks::Mask{1} << 31U; // the entity index has the entity in this bucket
[[nodiscard]] constexpr IdMasks::Mask maskOf(SignalType type)
{
    return IdMasks::Mask{1} << static_cast<unsigned>(type);
}
/// The bits of all types of a category.
[[nodiscard]] IdMasks::Mask typesOf(Category category);

struct TimeBucket {
    struct OfType {
        std::uint64_t count = 0;
        std::uint32_t distinctValues = 0;
        std::uint32_t distinctEntities = 0;
    };
    /// Different ones over all types of the category: what the specification calls unique.
    struct OfCategory {
        std::uint64_t count = 0;
        std::uint32_t uniqueValues = 0;
        std::uint32_t uniqueEntities = 0;
    };

    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    std::uint64_t total = 0;
    std::array<OfType, kSignalTypes> types;
    std::array<OfCategory, kCategories> categories;
    IdMasks values;
    IdMasks entities;
    std::vector<Signal> stored; // the first ones; `total` may be larger

    [[nodiscard]] const OfType& of(SignalType type) const { return types[static_cast<std::size_t>(type)]; }
    [[nodiscard]] const OfCategory& of(Category category) const
    {
        return categories[static_cast<std::size_t>(category)];
    }
    /// Takes a signal into every count but that of stored ones. The bits of its entity, good until the next call.
    IdMasks::Mask& count(const Signal& signal);
    [[nodiscard]] std::size_t bytes() const;
};

} // namespace timbre::trends
