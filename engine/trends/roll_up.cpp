#include "engine/trends/roll_up.h"

#include <algorithm>
#include <set>

namespace timbre::trends {

namespace {

using Buckets = std::span<const TimeBucket* const>;
using Side = IdMasks TimeBucket::*;

constexpr IdMasks::Mask bitOf(std::size_t type)
{
    return IdMasks::Mask{1} << type;
}

/// Types that occur in the same buckets, of one category: they have the category's sets in common.
struct Companions {
    IdMasks::Mask types = 0;
    IdMasks::Mask category = 0; // all types of it, in these buckets or not
    std::vector<bool> presence; // by bucket
};

std::vector<Companions> companionsOf(Buckets buckets)
{
    std::vector<Companions> all;
    for (const SignalType type : allSignalTypes()) {
        std::vector<bool> presence(buckets.size());
        for (std::size_t i = 0; i < buckets.size(); ++i)
            presence[i] = buckets[i]->of(type).count > 0;
        if (std::find(presence.begin(), presence.end(), true) == presence.end())
            continue;
        const IdMasks::Mask category = typesOf(categoryOf(type));
        auto same = std::find_if(all.begin(), all.end(),
                                 [&](const auto& c) { return c.category == category && c.presence == presence; });
        if (same == all.end())
            same = all.insert(all.end(), {0, category, std::move(presence)});
        same->types |= bitOf(static_cast<std::size_t>(type));
    }
    return all;
}

/// The sets of one side, values or entities, of one group of buckets.
class Uniter {
public:
    Uniter(Buckets buckets, const std::vector<Companions>& companions, Side side)
        : m_ofCompanions(companions.size())
    {
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            std::vector<std::size_t> present;
            for (std::size_t c = 0; c < companions.size(); ++c)
                if (companions[c].presence[i])
                    present.push_back(c);
            (buckets[i]->*side).forEach([&](StringId id, IdMasks::Mask mask) {
                for (IdMasks::Mask bits = mask & kAllTypes; bits != 0; bits &= bits - 1)
                    m_ofType[static_cast<std::size_t>(std::countr_zero(bits))].add(id);
                for (const std::size_t c : present)
                    if ((mask & companions[c].category) != 0)
                        m_ofCompanions[c].add(id);
            });
        }
    }

    [[nodiscard]] RollUp::Ids ofType(std::size_t type) const { return std::make_shared<IdList>(m_ofType[type]); }
    [[nodiscard]] RollUp::Ids ofCompanions(std::size_t c) const { return std::make_shared<IdList>(m_ofCompanions[c]); }

private:
    std::array<IdUnion, kSignalTypes> m_ofType;
    std::vector<IdUnion> m_ofCompanions;
};

void addCounts(RollUp& rollUp, const TimeBucket& bucket)
{
    for (std::size_t i = 0; i < kSignalTypes; ++i) {
        const std::uint64_t count = bucket.types[i].count;
        if (count == 0)
            continue;
        RollUp::OfType& type = rollUp.types[i];
        type.firstMs = type.count == 0 ? bucket.startMs : std::min(type.firstMs, bucket.startMs);
        type.lastMs = type.count == 0 ? bucket.startMs : std::max(type.lastMs, bucket.startMs);
        type.count += count;
    }
}

} // namespace

std::size_t RollUp::bytes() const
{
    std::size_t sum = sizeof *this;
    std::set<const IdList*> seen;
    for (const OfType& type : types)
        for (const Ids& ids : {type.values, type.entities, type.categoryValues, type.categoryEntities})
            if (ids && seen.insert(ids.get()).second)
                sum += ids->bytes();
    return sum;
}

RollUp rollUpOf(std::span<const TimeBucket* const> buckets)
{
    RollUp result;
    result.buckets = buckets.size();
    if (buckets.empty())
        return result;
    result.startMs = floorDiv(buckets.front()->startMs, kHourMs) * kHourMs;
    for (const TimeBucket* bucket : buckets)
        addCounts(result, *bucket);
    const std::vector<Companions> companions = companionsOf(buckets);
    const Uniter values(buckets, companions, &TimeBucket::values);
    const Uniter entities(buckets, companions, &TimeBucket::entities);
    for (std::size_t c = 0; c < companions.size(); ++c) {
        const RollUp::Ids categoryValues = values.ofCompanions(c);
        const RollUp::Ids categoryEntities = entities.ofCompanions(c);
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            if ((companions[c].types & bitOf(i)) != 0) {
                result.types[i].values = values.ofType(i);
                result.types[i].entities = entities.ofType(i);
                result.types[i].categoryValues = categoryValues;
                result.types[i].categoryEntities = categoryEntities;
            }
    }
    return result;
}

} // namespace timbre::trends
