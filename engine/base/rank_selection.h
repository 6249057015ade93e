#pragma once

// Single elements of a list as they would stand when it is sorted (quartiles, medians) without sorting it: lists of a
// few hundred random numbers are partitioned without branches on the values, which no processor can predict.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace timbre {

template<typename T>
using PlaceOf = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

inline constexpr std::size_t kCountedAtOnce = 16;

/// For each of `count` values how many of them are smaller. Requires: both arrays go on to a multiple of kCountedAtOnce.
void countSmaller(const float* values, std::size_t count, std::int32_t* places);
void countSmaller(const double* values, std::size_t count, std::int64_t* places);

/// Ranks of one list, asked for one after the other. What one question has put in order serves the next. With T = float
/// twice as many are compared at once: for values that a float holds exactly.
template<typename T>
class RankSelection {
public:
    static constexpr std::size_t kFew = 256; // up to so many values nothing is allocated
    static constexpr std::size_t kMaxKnown = 16;

    explicit RankSelection(std::span<const double> values)
        : m_values(m_few.data(), std::min(values.size(), kFew))
    {
        if (values.size() > kFew) {
            m_many.resize(values.size());
            m_values = m_many;
        }
        if (values.empty())
            return;
        if (values.size() <= kCounted) {
            sortByCounting(values);
        } else {
            std::transform(values.begin(), values.end(), m_values.begin(), [](double v) { return static_cast<T>(v); });
        }
    }
    RankSelection(const RankSelection&) = delete;
    RankSelection& operator=(const RankSelection&) = delete;

    /// Requires: rank < number of values. With NaN among them the answer is some value of the list, as after sorting.
    double at(std::size_t rank)
    {
        if (isSorted())
            return static_cast<double>(m_values[rank]);
        std::size_t begin = 0;
        std::size_t end = m_values.size();
        for (std::size_t i = 0; i < m_knownCount; ++i) {
            const std::size_t known = m_known[i];
            if (known == rank)
                return static_cast<double>(m_values[rank]);
            if (known < rank)
                begin = std::max(begin, known + 1);
            else
                end = std::min(end, known);
        }
        const T value = select(m_values.subspan(begin, end - begin), rank - begin);
        if (m_knownCount < kMaxKnown)
            m_known[m_knownCount++] = rank;
        return static_cast<double>(value);
    }
    /// Requires: there are values.
    [[nodiscard]] double smallest() const
    {
        return static_cast<double>(
            isSorted() ? m_values.front()
                       : extreme([](T value, T other) { return value < other ? value : other; }));
    }
    [[nodiscard]] double largest() const
    {
        return static_cast<double>(
            isSorted() ? m_values.back()
                       : extreme([](T value, T other) { return value > other ? value : other; }));
    }

private:
    static constexpr std::size_t kCounted = 128; // up to so many values are sorted by counting
    static_assert(kCounted % kCountedAtOnce == 0);

    [[nodiscard]] bool isSorted() const { return m_values.size() <= kCounted; }

    template<typename Choose>
    [[nodiscard]] T extreme(Choose choose) const
    {
        T best = m_values.front();
        for (const T value : m_values)
            best = choose(value, best);
        return best;
    }

    /// A value's place is the number of smaller ones; those equal to it follow there.
    void sortByCounting(std::span<const double> values)
    {
        std::array<T, kCounted> padded; // those behind the last are compared, but nobody asks for their places
        const auto end = std::transform(values.begin(), values.end(), padded.begin(),
                                        [](double value) { return static_cast<T>(value); });
        std::fill(end, padded.end(), T{0});
        std::array<PlaceOf<T>, kCounted> places;
        countSmaller(padded.data(), values.size(), places.data());
        std::fill(m_values.begin(), m_values.end(), -std::numeric_limits<T>::infinity());
        for (std::size_t i = 0; i < values.size(); ++i)
            m_values[static_cast<std::size_t>(places[i])] = padded[i];
        T largest = m_values.front();
        for (T& value : m_values)
            value = largest = value > largest ? value : largest; // a maximum: no branch
    }

    /// Moves what is below `pivot` (with `orEqual`: not above) to the front and returns how many that are.
    template<bool orEqual>
    static std::size_t moveBelow(std::span<T> values, T pivot)
    {
        std::size_t below = 0;
        for (T& value : values) {
            const T here = value;
            value = values[below];
            values[below] = here;
            below += static_cast<std::size_t>(orEqual ? here <= pivot : here < pivot);
        }
        return below;
    }

    /// Afterwards the value stands at its rank, smaller ones before it, larger ones behind it.
    static T select(std::span<T> values, std::size_t rank)
    {
        for (;;) {
            const T first = values.front();
            const T last = values.back();
            const T middle = values[values.size() / 2];
            const T pivot = std::max(std::min(first, last), std::min(std::max(first, last), middle));
            const std::size_t below = moveBelow<false>(values, pivot);
            if (rank < below) {
                values = values.first(below);
                continue;
            }
            const std::size_t equal = moveBelow<true>(values.subspan(below), pivot);
            if (equal == 0 || rank < below + equal) // none is equal only when the pivot is NaN
                return pivot;
            values = values.subspan(below + equal);
            rank -= below + equal;
        }
    }

    std::array<T, kFew> m_few; // not set to anything before values are put there
    std::vector<T> m_many;
    std::span<T> m_values;
    std::array<std::size_t, kMaxKnown> m_known;
    std::size_t m_knownCount = 0;
};

} // namespace timbre
