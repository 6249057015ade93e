#pragma once

// Questions to the buckets of a time store: signals, trends by minute, hour or day, a summary, the change rate. Free
// functions over immutable buckets, so that the window asks them of a snapshot and the command line of a finished
// analysis. Requires throughout: entity ids belong to the pool of the buckets.

#include "engine/trends/time_store.h"

namespace timbre::trends {

enum class Resolution : std::uint8_t { Minute, Hour, Day };
[[nodiscard]] const char* toString(Resolution resolution);
[[nodiscard]] std::optional<Resolution> resolutionNamed(std::string_view name);
/// Length of a group; 0 for Minute, which is the bucket as it is.
[[nodiscard]] std::int64_t groupMs(Resolution resolution);

struct SignalQuery {
    std::optional<std::int64_t> fromMs; // a bucket takes part whole when it touches [from, to]
    std::optional<std::int64_t> toMs;
    std::optional<Category> category;
    std::optional<SignalType> type;
    std::optional<StringId> entity;
    std::size_t limit = SIZE_MAX;
};

/// True when the bucket takes part: its end is at or after `from`, its start at or before `to`.
[[nodiscard]] bool takesPart(const TimeBucket& bucket, const SignalQuery& query);

/// In bucket order, then in the order of storing.
[[nodiscard]] std::vector<Signal> signalsOf(const Buckets& buckets, const SignalQuery& query);

/// What stands behind a stretch of a plot: the first signals, and the flows of all that are stored.
struct SignalSample {
    std::vector<Signal> list;
    std::vector<std::uint32_t> flows; // rising, each once
    std::uint64_t counted = 0;        // with those that were not stored
};
/// The query's limit is that of the list; its entity is ignored.
[[nodiscard]] SignalSample signalSample(const Buckets& buckets, const SignalQuery& query);

/// `uniqueValues` and `uniqueEntities` count per category, as the specification has it; `distinct…` count the type's
/// own.
struct TrendPoint {
    std::int64_t startMs = 0;
    std::uint64_t count = 0;
    std::uint64_t uniqueValues = 0;
    std::uint64_t uniqueEntities = 0;
    std::uint64_t distinctValues = 0;
    std::uint64_t distinctEntities = 0;
};

struct Trend {
    SignalType type = SignalType::Jwt;
    std::uint64_t count = 0;
    std::uint64_t uniqueValues = 0;   // sums over the points: a value counts once per point
    std::uint64_t uniqueEntities = 0; // likewise
    std::int64_t firstSeenMs = 0;
    std::int64_t lastSeenMs = 0;
    std::vector<TrendPoint> points; // minute: in bucket order; hour and day: rising
};

/// One per type that occurs, in type order. Entity and limit of the query are ignored. `hours` are the roll-ups that
/// came with the buckets; without them the answer is the same, only later.
[[nodiscard]] std::vector<Trend> trendsOf(const Buckets& buckets, const SignalQuery& query,
                                          Resolution resolution = Resolution::Minute, const RollUps& hours = {});

/// Values and entities of a type over all buckets that take part, each counted once.
struct DistinctCounts {
    std::uint64_t values = 0;
    std::uint64_t entities = 0;
};
using DistinctByType = std::array<DistinctCounts, kSignalTypes>;
[[nodiscard]] DistinctByType distinctOf(const Buckets& buckets, const SignalQuery& query, const RollUps& hours = {});

struct Summary {
    struct OfCategory {
        std::uint64_t count = 0;
        std::uint64_t uniqueValues = 0;
        std::uint64_t uniqueEntities = 0;
    };
    struct OfType {
        SignalType type = SignalType::Jwt;
        std::uint64_t count = 0;
    };
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    std::uint64_t total = 0;
    std::array<OfCategory, kCategories> categories;
    std::vector<OfType> topTypes; // at most ten
};

/// Buckets with from ≤ start ≤ to; the last hour before `nowMs` when not given.
[[nodiscard]] Summary summaryOf(const Buckets& buckets, std::optional<std::int64_t> fromMs,
                                std::optional<std::int64_t> toMs, std::int64_t nowMs);

/// In percent: buckets that start in [from, to) against those in the range of the same length before it.
[[nodiscard]] double changeRate(const Buckets& buckets, SignalType type, std::int64_t fromMs, std::int64_t toMs);
[[nodiscard]] double changeRate(const Buckets& buckets, Category category, std::int64_t fromMs, std::int64_t toMs);

} // namespace timbre::trends
