// How fast signals are recorded and trends are asked for, and what they take in memory. Usage: trends_bench [signals]
//
// Signals are spread over 24 hours, with their texts interned before the clock starts; the second figure counts the
// interning in.

#include "engine/trends/signal_manager.h"
#include "engine/trends/trend_query.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

using namespace timbre;
using namespace timbre::trends;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::int64_t kStartMs = 1'700'000'000'000 / 60'000 * 60'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint32_t kEntities = 20'000;
constexpr std::uint32_t kValues = 300'000;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A small generator of numbers that are the same everywhere.
class Numbers {
public:
    std::uint32_t next()
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(m_state >> 33U);
    }

private:
    std::uint64_t m_state = 42;
};

void ask(const Buckets& buckets, Resolution resolution)
{
    const auto start = Clock::now();
    const auto trends = trendsOf(buckets, {}, resolution);
    fmt::print("trends by {}: {} types in {:.1f} ms\n", toString(resolution), trends.size(),
               secondsSince(start) * 1000);
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000'000);
    StringPool names;
    std::vector<std::string> values;
    std::vector<std::string> entities;
    for (std::uint32_t i = 0; i < kValues; ++i)
        values.push_back(fmt::format("{:064x}", std::uint64_t{i} * 2654435761));
    for (std::uint32_t i = 0; i < kEntities; ++i)
        entities.push_back(fmt::format("10.{}.{}.{}", i >> 16U, i >> 8U & 255U, i & 255U));
    std::vector<StringId> valueIds;
    std::vector<StringId> entityIds;
    for (const auto& value : values)
        valueIds.push_back(names.intern(value));
    for (const auto& entity : entities)
        entityIds.push_back(names.intern(entity));

    for (const bool interning : {false, true}) {
        SignalManagerConfig config;
        config.maxAnomaliesBetween = 4 * config.maxAnomalies;
        SignalManager manager(config, names);
        Numbers numbers;
        const auto start = Clock::now();
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t entity = numbers.next() % kEntities;
            const std::uint32_t value = numbers.next() % kValues;
            Signal signal;
            signal.timeMs = kStartMs + static_cast<std::int64_t>(i) * kDayMs / count;
            signal.id = i + 1;
            signal.type = static_cast<SignalType>(numbers.next() % kSignalTypes);
            signal.value = interning ? names.intern(values[value]) : valueIds[value];
            signal.entity = interning ? names.intern(entities[entity]) : entityIds[entity];
            manager.record(signal);
        }
        const double seconds = secondsSince(start);
        fmt::print("{} signals{} in {:.2f} s: {:.0f} a second\n", count, interning ? ", texts interned" : "", seconds,
                   count / seconds);
        const Buckets& buckets = manager.store().buckets();
        std::size_t bytes = 0;
        for (const auto& bucket : buckets)
            bytes += bucket->bytes();
        fmt::print("{} buckets, {:.0f} MB, {} anomalies kept, {} dropped\n", buckets.size(),
                   static_cast<double>(bytes) / 1e6, manager.anomalyCount(), manager.anomaliesDropped());
        for (const Resolution resolution : {Resolution::Minute, Resolution::Hour, Resolution::Day})
            ask(buckets, resolution);
    }
    return 0;
}
