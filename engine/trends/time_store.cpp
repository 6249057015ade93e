#include "engine/trends/time_store.h"

#include <algorithm>

namespace timbre::trends {

namespace {

constexpr std::uint64_t kCreditPerSignal = 4;

std::int64_t hourOf(std::int64_t startMs)
{
    return floorDiv(startMs, kHourMs) * kHourMs;
}

} // namespace

Result<void> checkConfig(const TimeStoreConfig& config)
{
    if (config.bucketSizeMs <= 0)
        return Error{ErrorCode::Invalid, "The bucket size must be above 0.", {}};
    if (config.bucketSizeMs > config.retentionMs)
        return Error{ErrorCode::Invalid, "The bucket size must not be above the retention.", {}};
    return {};
}

TimeStore::TimeStore(TimeStoreConfig config)
    : m_config(config)
{
}

void TimeStore::record(const Signal& signal)
{
    const std::int64_t start = floorDiv(signal.timeMs, m_config.bucketSizeMs) * m_config.bucketSizeMs;
    Open& open = m_recent && m_recent->bucket->startMs == start ? *m_recent : bucketAt(start);
    m_recent = &open;
    if (open.published)
        makeOwn(open);
    TimeBucket& bucket = *open.bucket;
    IdMasks::Mask& entity = bucket.count(signal);
    if ((entity & kInIndex) == 0) {
        entity |= kInIndex;
        addToIndex(signal.entity, 1);
    }
    ++open.hour->signalCount;
    open.hour->rollUp.reset();
    m_rollUpCredit += kCreditPerSignal;
    if (bucket.stored.size() < m_config.maxSignalsPerBucket) {
        bucket.stored.push_back(signal);
    } else {
        ++m_notStored;
        open.indexExact = false;
    }
}

TimeStore::Open& TimeStore::bucketAt(std::int64_t startMs)
{
    if (const auto found = m_byStart.find(startMs); found != m_byStart.end())
        return found->second;
    bool evicted = false;
    while (m_buckets.size() >= m_config.maxBuckets()) {
        removeFront();
        ++m_bucketsEvicted;
        evicted = true;
    }
    if (evicted)
        rebuildIndex();
    if (const std::int64_t hour = hourOf(startMs); hour > m_latestHourMs) {
        rollUpBefore(hour);
        m_latestHourMs = hour;
    }
    auto bucket = std::make_shared<TimeBucket>();
    bucket->startMs = startMs;
    bucket->endMs = startMs + m_config.bucketSizeMs;
    return append(std::move(bucket));
}

TimeStore::Open& TimeStore::append(std::shared_ptr<TimeBucket> bucket)
{
    Hour& hour = m_hours[hourOf(bucket->startMs)];
    hour.signalCount += bucket->total;
    ++hour.buckets;
    hour.rollUp.reset();
    Open& open = m_byStart[bucket->startMs];
    open.bucket = bucket.get();
    open.hour = &hour;
    open.position = m_removed + m_buckets.size();
    m_buckets.push_back(std::move(bucket));
    return open;
}

void TimeStore::makeOwn(Open& open)
{
    auto copy = std::make_shared<TimeBucket>(*open.bucket);
    open.bucket = copy.get();
    open.published = false;
    m_buckets[open.position - m_removed] = std::move(copy);
}

void TimeStore::removeFront()
{
    const TimeBucket& bucket = *m_buckets.front();
    bucket.entities.forEach([this](StringId entity, IdMasks::Mask mask) {
        if ((mask & kInIndex) != 0)
            addToIndex(entity, -1);
    });
    if (m_recent && m_recent->bucket == &bucket)
        m_recent = nullptr;
    const auto hour = m_hours.find(hourOf(bucket.startMs));
    hour->second.signalCount -= bucket.total;
    hour->second.whole = false;
    hour->second.rollUp.reset();
    if (--hour->second.buckets == 0)
        m_hours.erase(hour);
    m_byStart.erase(bucket.startMs);
    m_buckets.erase(m_buckets.begin());
    ++m_removed;
}

/// After a rebuild an entity is in a bucket's index only by a stored signal. Buckets that stored everything are right
/// already, so only the others are looked at, once each until they take another signal.
void TimeStore::rebuildIndex()
{
    for (auto& [start, open] : m_byStart)
        if (!open.indexExact)
            makeExact(open);
}

void TimeStore::makeExact(Open& open)
{
    if (open.published)
        makeOwn(open);
    TimeBucket& bucket = *open.bucket;
    bucket.entities.changeEach([this](StringId entity, IdMasks::Mask& mask) {
        if ((mask & kInIndex) != 0)
            addToIndex(entity, -1);
        mask &= ~kInIndex;
    });
    for (const Signal& signal : bucket.stored) {
        IdMasks::Mask& mask = bucket.entities.at(signal.entity);
        if ((mask & kInIndex) == 0)
            addToIndex(signal.entity, 1);
        mask |= kInIndex;
    }
    open.indexExact = true;
}

/// Rolls up the hours that start before `hourMs`. Each signal recorded pays for a few that are walked here, so that
/// input that keeps changing old hours costs no more than its length; what is not rolled up is walked when somebody
/// asks.
void TimeStore::rollUpBefore(std::int64_t hourMs)
{
    const auto due = [&](std::int64_t start, const Hour& hour) {
        return start < hourMs && hour.whole && !hour.rollUp && hour.signalCount >= kWorthRollingUp;
    };
    std::uint64_t cost = 0;
    for (const auto& [start, hour] : m_hours)
        cost += due(start, hour) ? hour.signalCount : 0;
    if (cost == 0 || cost > m_rollUpCredit)
        return;
    m_rollUpCredit -= cost;
    std::map<std::int64_t, std::vector<const TimeBucket*>> members;
    for (const auto& bucket : m_buckets)
        members[hourOf(bucket->startMs)].push_back(bucket.get());
    for (auto& [start, hour] : m_hours)
        if (due(start, hour))
            hour.rollUp = std::make_shared<RollUp>(rollUpOf(members[start]));
}

RollUps TimeStore::rollUps() const
{
    RollUps list;
    for (const auto& [start, hour] : m_hours)
        if (hour.rollUp)
            list.push_back(hour.rollUp);
    return list;
}

void TimeStore::addToIndex(StringId entity, std::int64_t step)
{
    if (entity >= m_bucketsOfEntity.size())
        m_bucketsOfEntity.resize(std::max<std::size_t>(entity + std::size_t{1}, m_bucketsOfEntity.size() * 2));
    std::uint32_t& buckets = m_bucketsOfEntity[entity];
    const bool before = buckets > 0;
    buckets = static_cast<std::uint32_t>(buckets + step);
    m_entities += static_cast<std::size_t>(buckets > 0) - static_cast<std::size_t>(before);
}

void TimeStore::cleanUp(std::int64_t nowMs)
{
    const std::int64_t cutoff = nowMs - m_config.retentionMs;
    while (!m_buckets.empty() && m_buckets.front()->endMs < cutoff)
        removeFront();
    rebuildIndex();
}

void TimeStore::clear()
{
    m_byStart.clear();
    m_hours.clear();
    m_latestHourMs = std::numeric_limits<std::int64_t>::min();
    m_removed += m_buckets.size();
    m_buckets.clear();
    m_recent = nullptr;
    m_bucketsOfEntity.clear();
    m_entities = 0;
}

void TimeStore::import(const Buckets& buckets)
{
    clear();
    for (const auto& bucket : buckets) {
        auto copy = std::make_shared<TimeBucket>(*bucket);
        copy->entities.changeEach([](StringId, IdMasks::Mask& mask) { mask &= ~kInIndex; });
        append(std::move(copy)).indexExact = false;
    }
    rebuildIndex();
}

Buckets TimeStore::publish()
{
    for (auto& [start, open] : m_byStart)
        open.published = true;
    return m_buckets;
}

TimeStoreStatistics TimeStore::statistics() const
{
    TimeStoreStatistics result;
    result.buckets = m_buckets.size();
    for (const auto& bucket : m_buckets)
        result.signalCount += bucket->total;
    result.entities = m_entities;
    if (!m_buckets.empty()) {
        result.oldestMs = m_buckets.front()->startMs;
        result.newestMs = m_buckets.back()->startMs;
    }
    return result;
}

Buckets TimeStore::recentBuckets(std::size_t count) const
{
    const auto first = m_buckets.end() - static_cast<std::ptrdiff_t>(std::min(count, m_buckets.size()));
    Buckets result(first, m_buckets.end());
    std::reverse(result.begin(), result.end());
    return result;
}

} // namespace timbre::trends
