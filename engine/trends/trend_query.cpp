#include "engine/trends/trend_query.h"

#include <algorithm>
#include <bit>
#include <map>

namespace timbre::trends {

namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kTopTypes = 10;

/// Different ids of many sets. Ids are dense, so one bit each.
class IdUnion {
public:
    void clear() { m_bits.clear(); }
    void add(const IdSet& set)
    {
        set.forEach([this](StringId id) {
            const std::size_t word = id / 64;
            if (word >= m_bits.size())
                m_bits.resize(std::max(word + 1, m_bits.size() * 2));
            m_bits[word] |= std::uint64_t{1} << id % 64;
        });
    }
    void add(const IdUnion& other)
    {
        m_bits.resize(std::max(m_bits.size(), other.m_bits.size()));
        for (std::size_t i = 0; i < other.m_bits.size(); ++i)
            m_bits[i] |= other.m_bits[i];
    }
    [[nodiscard]] std::uint64_t count() const
    {
        std::uint64_t sum = 0;
        for (const std::uint64_t word : m_bits)
            sum += static_cast<std::uint64_t>(std::popcount(word));
        return sum;
    }

private:
    std::vector<std::uint64_t> m_bits;
};

bool wanted(SignalType type, const SignalQuery& query)
{
    return (!query.type || *query.type == type) && (!query.category || *query.category == categoryOf(type));
}

void addPoint(Trend& trend, const TrendPoint& point)
{
    trend.count += point.count;
    trend.uniqueValues += point.uniqueValues;
    trend.uniqueEntities += point.uniqueEntities;
    trend.points.push_back(point);
}

void see(Trend& trend, std::int64_t startMs, bool first)
{
    trend.firstSeenMs = first ? startMs : std::min(trend.firstSeenMs, startMs);
    trend.lastSeenMs = first ? startMs : std::max(trend.lastSeenMs, startMs);
}

TrendPoint minutePoint(const TimeBucket& bucket, SignalType type)
{
    const auto& ofType = bucket.of(type);
    const auto& ofCategory = bucket.of(categoryOf(type));
    return {.startMs = bucket.startMs,
            .count = ofType.count,
            .uniqueValues = ofCategory.uniqueValues,
            .uniqueEntities = ofCategory.uniqueEntities,
            .distinctValues = ofType.values.size(),
            .distinctEntities = ofType.entities.size()};
}

/// One group of buckets that all contain the type.
using Group = std::vector<const TimeBucket*>;

/// Sizes of unions over one group of minutes, for all types of one category. Types of a category mostly occur in the
/// same minutes: then the category's union is that of the types' unions, and each set is walked once.
class GroupCounter {
public:
    using Groups = std::map<std::int64_t, std::array<Group, kSignalTypes>>; // by start, per type

    explicit GroupCounter(const Groups& groups)
        : m_groups(groups)
    {
    }

    TrendPoint point(std::int64_t startMs, SignalType type)
    {
        const auto& groups = m_groups.at(startMs);
        const Group& group = groups[static_cast<std::size_t>(type)];
        Sets& own = setsOf(startMs, type, group);
        TrendPoint result;
        result.startMs = startMs;
        for (const TimeBucket* bucket : group)
            result.count += bucket->of(type).count;
        result.distinctValues = own.values.count();
        result.distinctEntities = own.entities.count();
        Sets category = own;
        for (const SignalType other : allSignalTypes()) {
            if (other == type || categoryOf(other) != categoryOf(type))
                continue;
            const Group& otherGroup = groups[static_cast<std::size_t>(other)];
            const bool same = otherGroup == group;
            if (same) {
                const Sets& sets = setsOf(startMs, other, otherGroup);
                category.values.add(sets.values);
                category.entities.add(sets.entities);
            } else {
                addSets(category, other, group);
            }
        }
        result.uniqueValues = category.values.count();
        result.uniqueEntities = category.entities.count();
        return result;
    }

private:
    struct Sets {
        IdUnion values;
        IdUnion entities;
    };

    static void addSets(Sets& sets, SignalType type, const Group& group)
    {
        for (const TimeBucket* bucket : group) {
            sets.values.add(bucket->of(type).values);
            sets.entities.add(bucket->of(type).entities);
        }
    }
    Sets& setsOf(std::int64_t startMs, SignalType type, const Group& group)
    {
        const auto [found, isNew] = m_known.try_emplace({startMs, type});
        if (isNew)
            addSets(found->second, type, group);
        return found->second;
    }

    const Groups& m_groups;
    std::map<std::pair<std::int64_t, SignalType>, Sets> m_known;
};

void addMinutes(Trend& trend, const Buckets& buckets, const SignalQuery& query)
{
    for (const auto& bucket : buckets)
        if (takesPart(*bucket, query) && bucket->of(trend.type).count > 0) {
            see(trend, bucket->startMs, trend.points.empty());
            addPoint(trend, minutePoint(*bucket, trend.type));
        }
}

GroupCounter::Groups groupsOf(const Buckets& buckets, const SignalQuery& query, std::int64_t length)
{
    GroupCounter::Groups groups;
    for (const auto& bucket : buckets) {
        if (!takesPart(*bucket, query))
            continue;
        auto& group = groups[floorDiv(bucket->startMs, length) * length];
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            if (bucket->types[i].count > 0)
                group[i].push_back(bucket.get());
    }
    return groups;
}

/// Group by group, so that only one group's unions are held at a time.
std::vector<Trend> groupedTrends(const Buckets& buckets, const SignalQuery& query, std::int64_t length)
{
    std::array<Trend, kSignalTypes> trends;
    const GroupCounter::Groups groups = groupsOf(buckets, query, length);
    for (const auto& [startMs, byType] : groups) {
        GroupCounter counter(groups);
        for (const SignalType type : allSignalTypes()) {
            const auto& group = byType[static_cast<std::size_t>(type)];
            if (group.empty() || !wanted(type, query))
                continue;
            Trend& trend = trends[static_cast<std::size_t>(type)];
            for (const TimeBucket* bucket : group)
                see(trend, bucket->startMs, trend.points.empty() && bucket == group.front());
            addPoint(trend, counter.point(startMs, type));
        }
    }
    std::vector<Trend> result;
    for (const SignalType type : allSignalTypes())
        if (Trend& trend = trends[static_cast<std::size_t>(type)]; !trend.points.empty()) {
            trend.type = type;
            result.push_back(std::move(trend));
        }
    return result;
}

template<typename CountOf>
double rateOf(const Buckets& buckets, std::int64_t fromMs, std::int64_t toMs, CountOf countOf)
{
    // Times come from files: a range that begins near the ends of time must not overflow.
    std::int64_t length = 0;
    std::int64_t before = 0;
    if (__builtin_sub_overflow(toMs, fromMs, &length) || __builtin_sub_overflow(fromMs, length, &before))
        return 0.0;
    std::uint64_t current = 0;
    std::uint64_t previous = 0;
    for (const auto& bucket : buckets) {
        if (fromMs <= bucket->startMs && bucket->startMs < toMs)
            current += countOf(*bucket);
        else if (before <= bucket->startMs && bucket->startMs < fromMs)
            previous += countOf(*bucket);
    }
    if (previous == 0)
        return current == 0 ? 0.0 : 100.0;
    return (static_cast<double>(current) - static_cast<double>(previous)) / static_cast<double>(previous) * 100.0;
}

} // namespace

const char* toString(Resolution resolution)
{
    switch (resolution) {
    case Resolution::Minute:
        return "minute";
    case Resolution::Hour:
        return "hour";
    case Resolution::Day:
        break;
    }
    return "day";
}

std::optional<Resolution> resolutionNamed(std::string_view name)
{
    for (const Resolution resolution : {Resolution::Minute, Resolution::Hour, Resolution::Day})
        if (name == toString(resolution))
            return resolution;
    return std::nullopt;
}

std::int64_t groupMs(Resolution resolution)
{
    return resolution == Resolution::Minute ? 0 : resolution == Resolution::Hour ? kHourMs : kDayMs;
}

bool takesPart(const TimeBucket& bucket, const SignalQuery& query)
{
    return (!query.fromMs || bucket.endMs >= *query.fromMs) && (!query.toMs || bucket.startMs <= *query.toMs);
}

std::vector<Signal> signalsOf(const Buckets& buckets, const SignalQuery& query)
{
    std::vector<Signal> result;
    for (const auto& bucket : buckets) {
        if (!takesPart(*bucket, query) || (query.entity && !bucket->entities.contains(*query.entity)))
            continue;
        for (const Signal& signal : bucket->stored) {
            if (!wanted(signal.type, query) || (query.entity && signal.entity != *query.entity))
                continue;
            if (result.size() >= query.limit)
                return result;
            result.push_back(signal);
        }
    }
    return result;
}

std::vector<Trend> trendsOf(const Buckets& buckets, const SignalQuery& query, Resolution resolution)
{
    if (resolution != Resolution::Minute)
        return groupedTrends(buckets, query, groupMs(resolution));
    std::vector<Trend> result;
    for (const SignalType type : allSignalTypes()) {
        if (!wanted(type, query))
            continue;
        Trend trend;
        trend.type = type;
        addMinutes(trend, buckets, query);
        if (!trend.points.empty())
            result.push_back(std::move(trend));
    }
    return result;
}

DistinctCounts distinctOf(const Buckets& buckets, const SignalQuery& query, SignalType type)
{
    IdUnion values;
    IdUnion entities;
    for (const auto& bucket : buckets)
        if (takesPart(*bucket, query)) {
            values.add(bucket->of(type).values);
            entities.add(bucket->of(type).entities);
        }
    return {values.count(), entities.count()};
}

Summary summaryOf(const Buckets& buckets, std::optional<std::int64_t> fromMs, std::optional<std::int64_t> toMs,
                  std::int64_t nowMs)
{
    Summary summary;
    summary.fromMs = fromMs.value_or(nowMs - kHourMs);
    summary.toMs = toMs.value_or(nowMs);
    std::array<std::uint64_t, kSignalTypes> types{};
    for (const auto& bucket : buckets) {
        if (bucket->startMs < summary.fromMs || bucket->startMs > summary.toMs)
            continue;
        summary.total += bucket->total;
        for (std::size_t i = 0; i < kCategories; ++i) {
            summary.categories[i].count += bucket->categories[i].count;
            summary.categories[i].uniqueValues += bucket->categories[i].uniqueValues;
            summary.categories[i].uniqueEntities += bucket->categories[i].uniqueEntities;
        }
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            types[i] += bucket->types[i].count;
    }
    for (std::size_t i = 0; i < kSignalTypes; ++i)
        if (types[i] > 0)
            summary.topTypes.push_back({static_cast<SignalType>(i), types[i]});
    std::stable_sort(summary.topTypes.begin(), summary.topTypes.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    summary.topTypes.resize(std::min(summary.topTypes.size(), kTopTypes));
    return summary;
}

double changeRate(const Buckets& buckets, SignalType type, std::int64_t fromMs, std::int64_t toMs)
{
    return rateOf(buckets, fromMs, toMs, [type](const TimeBucket& bucket) { return bucket.of(type).count; });
}

double changeRate(const Buckets& buckets, Category category, std::int64_t fromMs, std::int64_t toMs)
{
    return rateOf(buckets, fromMs, toMs, [category](const TimeBucket& bucket) { return bucket.of(category).count; });
}

} // namespace timbre::trends
