#include "engine/base/rank_selection.h"

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

template<typename T>
__attribute__((target("avx2"))) void countWide(const T* values, std::size_t count, PlaceOf<T>* places)
{
    using Values = typename Vectors<T, 32>::Values;
    using Places = typename Vectors<T, 32>::Places;
    constexpr std::size_t kLanes = 32 / sizeof(T);
    constexpr std::size_t kTile = kCountedAtOnce / kLanes;
    for (std::size_t base = 0; base < count; base += kCountedAtOnce) {
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
                smaller[k] -= value < own[k];
        }
#pragma GCC unroll 4
        for (std::size_t k = 0; k < kTile; ++k)
            std::memcpy(places + base + k * kLanes, &smaller[k], sizeof(Places));
    }
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
