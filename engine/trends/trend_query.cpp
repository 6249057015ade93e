#include "engine/trends/trend_query.h"

#include <algorithm>
#include <map>

namespace timbre::trends {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kTopTypes = 10;

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
            .distinctValues = ofType.distinctValues,
            .distinctEntities = ofType.distinctEntities};
}

void addMinutes(Trend& trend, const Buckets& buckets, const SignalQuery& query)
{
    for (const auto& bucket : buckets)
        if (takesPart(*bucket, query) && bucket->of(trend.type).count > 0) {
            see(trend, bucket->startMs, trend.points.empty());
            addPoint(trend, minutePoint(*bucket, trend.type));
        }
}

/// Rising by start: kept roll-ups where all buckets of the hour take part, fresh ones elsewhere.
RollUps hoursOf(const Buckets& buckets, const SignalQuery& query, const RollUps& kept)
{
    std::map<std::int64_t, std::vector<const TimeBucket*>> members;
    for (const auto& bucket : buckets)
        if (takesPart(*bucket, query))
            members[floorDiv(bucket->startMs, kHourMs) * kHourMs].push_back(bucket.get());
    RollUps hours;
    auto known = kept.begin();
    for (const auto& [startMs, list] : members) {
        while (known != kept.end() && (*known)->startMs < startMs)
            ++known;
        const bool fits = known != kept.end() && (*known)->startMs == startMs && (*known)->buckets == list.size();
        hours.push_back(fits ? *known : std::make_shared<RollUp>(rollUpOf(list)));
    }
    return hours;
}

/// Sizes of unions over the hours of one group. Types that share their category's sets hour by hour are counted once.
class GroupCounter {
public:
    explicit GroupCounter(std::span<const std::shared_ptr<const RollUp>> hours)
        : m_hours(hours)
    {
    }

    TrendPoint point(std::int64_t startMs, SignalType type)
    {
        TrendPoint result;
        result.startMs = startMs;
        for (const auto& hour : m_hours)
            result.count += hour->of(type).count;
        const DistinctCounts own = distinct(type);
        result.distinctValues = own.values;
        result.distinctEntities = own.entities;
        result.uniqueValues = sizeOf(type, &RollUp::OfType::categoryValues);
        result.uniqueEntities = sizeOf(type, &RollUp::OfType::categoryEntities);
        return result;
    }

    DistinctCounts distinct(SignalType type)
    {
        return {sizeOf(type, &RollUp::OfType::values), sizeOf(type, &RollUp::OfType::entities)};
    }

private:
    std::uint64_t sizeOf(SignalType type, RollUp::Ids RollUp::OfType::*which)
    {
        std::vector<const IdList*> lists;
        for (const auto& hour : m_hours)
            if (const auto& ids = hour->of(type).*which)
                lists.push_back(ids.get());
        if (lists.size() == 1)
            return lists.front()->size();
        const auto [known, isNew] = m_sizes.try_emplace(lists);
        if (isNew) {
            m_union.clear();
            for (const IdList* list : lists)
                m_union.add(*list);
            known->second = m_union.count();
        }
        return known->second;
    }

    std::span<const std::shared_ptr<const RollUp>> m_hours;
    std::map<std::vector<const IdList*>, std::uint64_t> m_sizes;
    IdUnion m_union;
};

/// Before the point of these hours is added. Hours rise, and so do the groups.
void seeHours(Trend& trend, std::span<const std::shared_ptr<const RollUp>> hours, SignalType type)
{
    bool first = trend.points.empty();
    for (const auto& hour : hours)
        if (const auto& ofType = hour->of(type); ofType.count > 0) {
            see(trend, ofType.firstMs, first);
            see(trend, ofType.lastMs, false);
            first = false;
        }
}

std::vector<Trend> groupedTrends(const Buckets& buckets, const SignalQuery& query, std::int64_t length,
                                 const RollUps& kept)
{
    const RollUps hours = hoursOf(buckets, query, kept);
    std::array<Trend, kSignalTypes> trends;
    for (auto first = hours.begin(); first != hours.end();) {
        const std::int64_t startMs = floorDiv((*first)->startMs, length) * length;
        const auto last = std::find_if(
            first, hours.end(), [&](const auto& hour) { return floorDiv(hour->startMs, length) * length != startMs; });
        GroupCounter counter({first, last});
        for (const SignalType type : allSignalTypes()) {
            Trend& trend = trends[static_cast<std::size_t>(type)];
            const TrendPoint point = wanted(type, query) ? counter.point(startMs, type) : TrendPoint{};
            if (point.count == 0)
                continue;
            seeHours(trend, {first, last}, type);
            addPoint(trend, point);
        }
        first = last;
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
        if (!takesPart(*bucket, query) || (query.entity && (bucket->entities.of(*query.entity) & kInIndex) == 0))
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

SignalSample signalSample(const Buckets& buckets, const SignalQuery& query)
{
    SignalSample sample;
    std::vector<bool> seen; // by flow
    for (const auto& bucket : buckets) {
        if (!takesPart(*bucket, query))
            continue;
        for (std::size_t i = 0; i < kSignalTypes; ++i)
            sample.counted += wanted(static_cast<SignalType>(i), query) ? bucket->types[i].count : 0;
        for (const Signal& signal : bucket->stored) {
            if (!wanted(signal.type, query))
                continue;
            if (sample.list.size() < query.limit)
                sample.list.push_back(signal);
            if (signal.flow == kNoFlowIndex)
                continue;
            if (signal.flow >= seen.size())
                seen.resize(std::max<std::size_t>(signal.flow + std::size_t{1}, seen.size() * 2));
            if (!seen[signal.flow])
                sample.flows.push_back(signal.flow);
            seen[signal.flow] = true;
        }
    }
    std::sort(sample.flows.begin(), sample.flows.end());
    return sample;
}

std::vector<Trend> trendsOf(const Buckets& buckets, const SignalQuery& query, Resolution resolution,
                            const RollUps& hours)
{
    if (resolution != Resolution::Minute)
        return groupedTrends(buckets, query, groupMs(resolution), hours);
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

DistinctByType distinctOf(const Buckets& buckets, const SignalQuery& query, const RollUps& kept)
{
    const RollUps hours = hoursOf(buckets, query, kept);
    GroupCounter counter(hours);
    DistinctByType result;
    for (const SignalType type : allSignalTypes())
        if (wanted(type, query))
            result[static_cast<std::size_t>(type)] = counter.distinct(type);
    return result;
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
