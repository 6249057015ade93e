// How fast signals are recorded and trends are asked for, and what they take in memory. Usage: trends_bench [signals]
//
// Signals are spread evenly over 24 hours, types, entities and values: nothing is ever near to what was there before.
// Once with texts interned before the clock starts, once with the interning counted in.

#include "engine/trends/signal_manager.h"
#include "engine/trends/trend_query.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>

using namespace timbre;
using namespace timbre::trends;

namespace {

constexpr std::int64_t kStartMs = 1'700'000'000'000 / 60'000 * 60'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint32_t kManyEntities = 20'000; // more than have recent signals: each second one is forgotten
constexpr std::uint32_t kSomeEntities = 1'000;  // each with a full list of recent signals
constexpr std::uint32_t kValues = 300'000;

/// Of this core's time, so that others on the machine do not count.
double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double secondsSince(double start)
{
    return cpuSeconds() - start;
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

void ask(const TimeStore& store, Resolution resolution)
{
    const RollUps hours = store.rollUps();
    const double start = cpuSeconds();
    const auto trends = trendsOf(store.buckets(), {}, resolution, hours);
    const double seconds = secondsSince(start);
    const double again = cpuSeconds();
    const auto walked = trendsOf(store.buckets(), {}, resolution);
    fmt::print("trends by {}: {} types in {:.1f} ms; {:.1f} ms without roll-ups\n", toString(resolution), trends.size(),
               seconds * 1000, secondsSince(again) * 1000);
    if (trends.size() != walked.size())
        std::abort();
}

void askDistinct(const TimeStore& store)
{
    const RollUps hours = store.rollUps();
    const double start = cpuSeconds();
    const auto distinct = distinctOf(store.buckets(), {}, hours);
    fmt::print("different values of the first type: {}, all types in {:.1f} ms\n", distinct[0].values,
               secondsSince(start) * 1000);
}

struct Texts {
    std::vector<std::string> values;
    std::vector<std::string> entities;
};

Texts makeTexts()
{
    Texts texts;
    for (std::uint32_t i = 0; i < kValues; ++i)
        texts.values.push_back(fmt::format("{:064x}", std::uint64_t{i} * 2654435761));
    for (std::uint32_t i = 0; i < kManyEntities; ++i)
        texts.entities.push_back(fmt::format("10.{}.{}.{}", i >> 16U, i >> 8U & 255U, i & 255U));
    return texts;
}

void reportMemory(const SignalManager& manager)
{
    std::size_t bytes = 0;
    for (const auto& bucket : manager.store().buckets())
        bytes += bucket->bytes();
    std::size_t rolledUp = 0;
    for (const auto& hour : manager.store().rollUps())
        rolledUp += hour->bytes();
    fmt::print("{} buckets, {:.0f} MB, roll-ups {:.0f} MB, {} anomalies kept, {} dropped\n",
               manager.store().buckets().size(), static_cast<double>(bytes) / 1e6, static_cast<double>(rolledUp) / 1e6,
               manager.anomalyCount(), manager.anomaliesDropped());
}

void measure(const Texts& texts, std::uint32_t count, std::uint32_t entities, bool interning)
{
    StringPool names;
    std::vector<StringId> valueIds;
    std::vector<StringId> entityIds;
    if (!interning) {
        for (const auto& value : texts.values)
            valueIds.push_back(names.intern(value));
        for (const auto& entity : texts.entities)
            entityIds.push_back(names.intern(entity));
    }
    SignalManagerConfig config;
    config.maxAnomaliesBetween = 4 * config.maxAnomalies;
    SignalManager manager(config, names);
    Numbers numbers;
    const double start = cpuSeconds();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t entity = numbers.next() % entities;
        const std::uint32_t value = numbers.next() % kValues;
        Signal signal;
        signal.timeMs = kStartMs + static_cast<std::int64_t>(i) * kDayMs / count;
        signal.id = i + 1;
        signal.type = static_cast<SignalType>(numbers.next() % kSignalTypes);
        signal.value = interning ? names.intern(texts.values[value]) : valueIds[value];
        signal.entity = interning ? names.intern(texts.entities[entity]) : entityIds[entity];
        manager.record(signal);
    }
    const double seconds = secondsSince(start);
    fmt::print("\n{} signals of {} entities{} in {:.2f} s: {:.0f} a second and core\n", count, entities,
               interning ? ", texts interned" : "", seconds, count / seconds);
    reportMemory(manager);
    for (const Resolution resolution : {Resolution::Minute, Resolution::Hour, Resolution::Day})
        ask(manager.store(), resolution);
    askDistinct(manager.store());
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000'000);
    const Texts texts = makeTexts();
    for (const std::uint32_t entities : {kManyEntities, kSomeEntities})
        for (const bool interning : {false, true})
            measure(texts, count, entities, interning);
    return 0;
}
