#include "engine/base/rank_selection.h"

#include <span>

namespace timbre {

namespace {

template<typename T, std::size_t bytes>
struct Vectors {
    using Values [[gnu::vector_size(bytes)]] = T;
    using Places [[gnu::vector_size(bytes)]] = PlaceOf<T>;
};

// Twice the same text for two widths of registers: compilers take vectors apart for the function they were written in.

template<typename T>
void countNarrow(const T* values, std::size_t count, PlaceOf<T>* places)
{
    using Values = typename Vectors<T, 16>::Values;
    using Places = typename Vectors<T, 16>::Places;
    constexpr std::size_t kLanes = 16 / sizeof(T);
    constexpr std::size_t kTile = 4; // vectors whose places are counted while the values go by
    static_assert(kCountedAtOnce % (kLanes * kTile) == 0);
    for (std::size_t base = 0; base < count; base += kLanes * kTile) {
        Values own[kTile];
        Places smaller[kTile];
#pragma GCC unroll 4
        for (std::size_t k = 0; k < kTile; ++k) {
            std::memcpy(&own[k], values + base + k * kLanes, sizeof(Values));
            smaller[k] = Places{};
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Values value = Values{} + values[i];
#pragma GCC unroll 4
            for (std::size_t k = 0; k < kTile; ++k)
                smaller[k] -= value < own[k]; // true is −1
        }
#pragma GCC unroll 4
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(places + base + k * kLanes, &smaller[k], sizeof(Places));
    }
}

#if defined(__x86_64__)

/// Of so many vectors from `own` on.
template<std::size_t kTile, typename T>
__attribute__((target("avx2"), always_inline)) inline void countTile(std::span<const T> values, const T* own,
                                                                     PlaceOf<T>* places)
{
    using Values = typename Vectors<T, 32>::Values;
    using Places = typename Vectors<T, 32>::Places;
    constexpr std::size_t kLanes = 32 / sizeof(T);
    Values mine[kTile];
    Places smaller[kTile];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kTile; ++k) {
        std::memcpy(&mine[k], own + k * kLanes, sizeof(Values));
        smaller[k] = Places{};
    }
    for (const T each : values) {
        const Values value = Values{} + each;
#pragma GCC unroll 4
        for (std::size_t k = 0; k < kTile; ++k)
            smaller[k] -= value < mine[k];
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kTile; ++k)
        std::memcpy(places + k * kLanes, &smaller[k], sizeof(Places));
}

template<typename T>
__attribute__((target("avx2"))) void countWide(const T* values, std::size_t count, PlaceOf<T>* places)
{
    constexpr std::size_t kMany = 4; // vectors; with their counts they fill half of the registers
    constexpr std::size_t kLanes = 32 / sizeof(T);
    static_assert(kCountedAtOnce % (2 * kLanes) == 0);
    std::size_t base = 0;
    for (; base + 2 * kLanes < count; base += kMany * kLanes)
        countTile<kMany, T>({values, count}, values + base, places + base);
    for (; base < count; base += 2 * kLanes)
        countTile<2, T>({values, count}, values + base, places + base);
}

const bool kWide = __builtin_cpu_supports("avx2") != 0;

template<typename T>
void count(const T* values, std::size_t count, PlaceOf<T>* places)
{
    (kWide ? countWide<T> : countNarrow<T>)(values, count, places);
}

#else

template<typename T>
void count(const T* values, std::size_t count, PlaceOf<T>* places)
{
    countNarrow(values, count, places);
}

#endif

} // namespace

void countSmaller(const float* values, std::size_t count, std::int32_t* places)
{
    timbre::count(values, count, places);
}

void countSmaller(const double* values, std::size_t count, std::int64_t* places)
{
    timbre::count(values, count, places);
}

} // namespace timbre
