#pragma once

// Counts signals in buckets of capture time and keeps some of them. Sparse: only minutes with signals take memory, so a
// gap of ten years costs nothing. Bounded: buckets are evicted in the order they were made, and a bucket keeps at most
// maxSignalsPerBucket signals while its counts go on. The rules are those of the trends page of the specification.
// Belongs to one thread; what publish() hands out may be read anywhere and never changes.

#include "engine/base/result.h"
#include "engine/trends/id_set.h"
#include "engine/trends/signal.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace timbre::trends {

struct TimeStoreConfig {
    std::int64_t bucketSizeMs = 60'000;
    std::int64_t retentionMs = 24 * 3'600'000LL;
    std::size_t maxSignalsPerBucket = 10'000;

    [[nodiscard]] std::size_t maxBuckets() const { return static_cast<std::size_t>(retentionMs / bucketSizeMs); }
};

/// Says no to settings that would keep no bucket at all.
[[nodiscard]] Result<void> checkConfig(const TimeStoreConfig& config);

struct TimeBucket {
    struct OfType {
        std::uint64_t count = 0;
        IdSet values;
        IdSet entities;
    };
    /// Sizes of the union over the category's types: what the specification calls unique.
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
    std::vector<Signal> stored; // the first ones; `total` may be larger
    IdSet entities;             // by the entity index

    [[nodiscard]] const OfType& of(SignalType type) const { return types[static_cast<std::size_t>(type)]; }
    [[nodiscard]] const OfCategory& of(Category category) const
    {
        return categories[static_cast<std::size_t>(category)];
    }
    [[nodiscard]] std::size_t bytes() const;
};

/// In order of creation, not of time.
using Buckets = std::vector<std::shared_ptr<const TimeBucket>>;

struct TimeStoreStatistics {
    std::size_t buckets = 0;
    std::uint64_t signalCount = 0; // counted in these buckets, stored or not
    std::size_t entities = 0;
    std::optional<std::int64_t> oldestMs; // start of the bucket made first
    std::optional<std::int64_t> newestMs; // … last
};

class TimeStore {
public:
    /// Requires: checkConfig(config).
    explicit TimeStore(TimeStoreConfig config = {});

    /// Requires: value and entity are not 0.
    void record(const Signal& signal);
    void cleanUp(std::int64_t nowMs);
    void clear();
    /// Replaces what is there; the entity index is made anew from stored signals.
    void import(const Buckets& buckets);

    [[nodiscard]] const Buckets& buckets() const { return m_buckets; }
    /// The buckets as they are now; later signals go into copies.
    [[nodiscard]] Buckets publish();
    [[nodiscard]] TimeStoreStatistics statistics() const;
    /// The last `count` made, newest first.
    [[nodiscard]] Buckets recentBuckets(std::size_t count) const;
    [[nodiscard]] const TimeStoreConfig& config() const { return m_config; }

    /// Counted and not stored: the bucket had maxSignalsPerBucket already.
    [[nodiscard]] std::uint64_t notStored() const { return m_notStored; }
    [[nodiscard]] std::uint64_t bucketsEvicted() const { return m_bucketsEvicted; }

private:
    struct Open {
        TimeBucket* bucket = nullptr; // owned by m_buckets
        std::size_t position = 0;     // in m_buckets, plus m_removed
        bool published = false;       // somebody else may read it
        bool indexExact = true;       // its entities are those of its stored signals
    };

    Open& bucketAt(std::int64_t startMs);
    void makeOwn(Open& open);
    void count(TimeBucket& bucket, const Signal& signal);
    void removeFront();
    void rebuildIndex();
    void addToIndex(StringId entity, std::int64_t step);

    TimeStoreConfig m_config;
    Buckets m_buckets;
    std::size_t m_removed = 0; // from the front, ever
    std::unordered_map<std::int64_t, Open> m_byStart;
    Open* m_recent = nullptr;                     // of the signal before
    std::vector<std::uint32_t> m_bucketsOfEntity; // by entity: how many buckets it is in
    std::size_t m_entities = 0;
    std::uint64_t m_notStored = 0;
    std::uint64_t m_bucketsEvicted = 0;
};

} // namespace timbre::trends
