#include "engine/trends/time_store.h"

#include <algorithm>

namespace timbre::trends {

namespace {

/// True when another type of the category has seen the id: then it is not new to the category.
template<typename SetOf>
bool inOtherType(const TimeBucket& bucket, SignalType type, StringId id, SetOf setOf)
{
    for (std::size_t i = 0; i < kSignalTypes; ++i) {
        const auto other = static_cast<SignalType>(i);
        if (other != type && categoryOf(other) == categoryOf(type) && setOf(bucket.types[i]).contains(id))
            return true;
    }
    return false;
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

std::size_t TimeBucket::bytes() const
{
    std::size_t sum = sizeof *this + stored.capacity() * sizeof(Signal) + entities.bytes();
    for (const OfType& type : types)
        sum += type.values.bytes() + type.entities.bytes();
    return sum;
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
    count(bucket, signal);
    if (bucket.stored.size() < m_config.maxSignalsPerBucket) {
        bucket.stored.push_back(signal);
    } else {
        ++m_notStored;
        open.indexExact = false;
    }
    if (bucket.entities.insert(signal.entity))
        addToIndex(signal.entity, 1);
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
    auto bucket = std::make_shared<TimeBucket>();
    bucket->startMs = startMs;
    bucket->endMs = startMs + m_config.bucketSizeMs;
    Open& open = m_byStart[startMs];
    open.bucket = bucket.get();
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

void TimeStore::count(TimeBucket& bucket, const Signal& signal)
{
    ++bucket.total;
    auto& type = bucket.types[static_cast<std::size_t>(signal.type)];
    auto& category = bucket.categories[static_cast<std::size_t>(categoryOf(signal.type))];
    ++type.count;
    ++category.count;
    if (type.values.insert(signal.value)) {
        const auto values = [](const TimeBucket::OfType& of) -> const IdSet& { return of.values; };
        if (!inOtherType(bucket, signal.type, signal.value, values))
            ++category.uniqueValues;
    }
    if (type.entities.insert(signal.entity)) {
        const auto entities = [](const TimeBucket::OfType& of) -> const IdSet& { return of.entities; };
        if (!inOtherType(bucket, signal.type, signal.entity, entities))
            ++category.uniqueEntities;
    }
}

void TimeStore::removeFront()
{
    const TimeBucket& bucket = *m_buckets.front();
    bucket.entities.forEach([this](StringId entity) { addToIndex(entity, -1); });
    if (m_recent && m_recent->bucket == &bucket)
        m_recent = nullptr;
    m_byStart.erase(bucket.startMs);
    m_buckets.erase(m_buckets.begin());
    ++m_removed;
}

/// After a rebuild an entity is in a bucket's index only by a stored signal. Buckets that stored everything are right
/// already, so only the others are looked at, once each until they take another signal.
void TimeStore::rebuildIndex()
{
    for (auto& [start, open] : m_byStart) {
        if (open.indexExact)
            continue;
        if (open.published)
            makeOwn(open);
        open.bucket->entities.forEach([this](StringId entity) { addToIndex(entity, -1); });
        IdSet kept;
        for (const Signal& signal : open.bucket->stored)
            if (kept.insert(signal.entity))
                addToIndex(signal.entity, 1);
        open.bucket->entities = std::move(kept);
        open.indexExact = true;
    }
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
        Open& open = m_byStart[copy->startMs];
        open.bucket = copy.get();
        open.position = m_removed + m_buckets.size();
        open.indexExact = false;
        copy->entities = {};
        m_buckets.push_back(std::move(copy));
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
