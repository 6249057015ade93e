#pragma once

// Counts signals in buckets of capture time and keeps some of them. Sparse: only minutes with signals take memory, so a
// gap of ten years costs nothing. Bounded: buckets are evicted in the order they were made, and a bucket keeps at most
// maxSignalsPerBucket signals while its counts go on. The rules are those of the trends page of the specification.
// Belongs to one thread; what publish() hands out may be read anywhere and never changes.

#include "engine/base/result.h"
#include "engine/trends/roll_up.h"
#include "engine/trends/time_bucket.h"

#include <limits>
#include <map>
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
    /// An hour with fewer signals is not worth a roll-up: walking its minutes is as fast.
    static constexpr std::uint64_t kWorthRollingUp = 2'000;

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
    /// Of whole hours that are over; they fit the buckets as they are now.
    [[nodiscard]] RollUps rollUps() const;
    /// Rolls up the last hour too: the input is at its end.
    void finish() { rollUpBefore(std::numeric_limits<std::int64_t>::max()); }
    [[nodiscard]] TimeStoreStatistics statistics() const;
    /// The last `count` made, newest first.
    [[nodiscard]] Buckets recentBuckets(std::size_t count) const;
    [[nodiscard]] const TimeStoreConfig& config() const { return m_config; }

    /// Counted and not stored: the bucket had maxSignalsPerBucket already.
    [[nodiscard]] std::uint64_t notStored() const { return m_notStored; }
    [[nodiscard]] std::uint64_t bucketsEvicted() const { return m_bucketsEvicted; }

private:
    /// What is known of an hour with buckets.
    struct Hour {
        std::uint64_t signalCount = 0; // in its buckets
        std::size_t buckets = 0;
        bool whole = true;                    // no bucket of it was removed
        std::shared_ptr<const RollUp> rollUp; // of its buckets as they are, or null
    };
    struct Open {
        TimeBucket* bucket = nullptr; // owned by m_buckets
        Hour* hour = nullptr;         // owned by m_hours
        std::size_t position = 0;     // in m_buckets, plus m_removed
        bool published = false;       // somebody else may read it
        bool indexExact = true;       // its entities are those of its stored signals
    };

    Open& bucketAt(std::int64_t startMs);
    Open& append(std::shared_ptr<TimeBucket> bucket);
    void makeOwn(Open& open);
    void removeFront();
    void rebuildIndex();
    void makeExact(Open& open);
    void addToIndex(StringId entity, std::int64_t step);
    void rollUpBefore(std::int64_t hourMs);

    TimeStoreConfig m_config;
    Buckets m_buckets;
    std::size_t m_removed = 0; // from the front, ever
    std::unordered_map<std::int64_t, Open> m_byStart;
    Open* m_recent = nullptr;             // of the signal before
    std::map<std::int64_t, Hour> m_hours; // by start
    std::int64_t m_latestHourMs = std::numeric_limits<std::int64_t>::min();
    std::uint64_t m_rollUpCredit = 0;             // signals that may be walked; see rollUpBefore()
    std::vector<std::uint32_t> m_bucketsOfEntity; // by entity: how many buckets it is in
    std::size_t m_entities = 0;
    std::uint64_t m_notStored = 0;
    std::uint64_t m_bucketsEvicted = 0;
};

} // namespace timbre::trends
