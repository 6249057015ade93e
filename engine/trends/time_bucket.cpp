#include "engine/trends/time_bucket.h"

namespace timbre::trends {

IdMasks::Mask typesOf(Category category)
{
    static const auto kMasks = [] {
        std::array<IdMasks::Mask, kCategories> masks{};
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            masks[static_cast<std::size_t>(categoryOf(static_cast<SignalType>(i)))] |= IdMasks::Mask{1} << i;
        return masks;
    }();
    return kMasks[static_cast<std::size_t>(category)];
}

IdMasks::Mask& TimeBucket::count(const Signal& signal)
{
    const Category ofSignal = categoryOf(signal.type);
    const IdMasks::Mask bit = maskOf(signal.type);
    const IdMasks::Mask family = typesOf(ofSignal);
    OfType& type = types[static_cast<std::size_t>(signal.type)];
    OfCategory& category = categories[static_cast<std::size_t>(ofSignal)];
    ++total;
    ++type.count;
    ++category.count;
    IdMasks::Mask& value = values.at(signal.value);
    type.distinctValues += (value & bit) == 0 ? 1 : 0;
    category.uniqueValues += (value & family) == 0 ? 1 : 0;
    value |= bit;
    IdMasks::Mask& entity = entities.at(signal.entity);
    type.distinctEntities += (entity & bit) == 0 ? 1 : 0;
    category.uniqueEntities += (entity & family) == 0 ? 1 : 0;
    entity |= bit;
    return entity;
}

std::size_t TimeBucket::bytes() const
{
    return sizeof *this + stored.capacity() * sizeof(Signal) + values.bytes() + entities.bytes();
}

} // namespace timbre::trends
