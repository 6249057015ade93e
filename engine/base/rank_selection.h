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
#include <vector>

namespace timbre {

/// Ranks of one list, asked for one after the other. What one question has put in order serves the next.
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
        if (values.size() <= kCounted)
            sortByCounting(values);
        else
            std::copy(values.begin(), values.end(), m_values.begin());
    }
    RankSelection(const RankSelection&) = delete;
    RankSelection& operator=(const RankSelection&) = delete;

    /// Requires: rank < number of values. With NaN among them the answer is some value of the list, as after sorting.
    double at(std::size_t rank)
    {
        if (m_values.size() <= kCounted)
            return m_values[rank];
        std::size_t begin = 0;
        std::size_t end = m_values.size();
        for (std::size_t i = 0; i < m_knownCount; ++i) {
            const std::size_t known = m_known[i];
            if (known == rank)
                return m_values[rank];
            if (known < rank)
                begin = std::max(begin, known + 1);
            else
                end = std::min(end, known);
        }
        const double value = select(m_values.subspan(begin, end - begin), rank - begin);
        if (m_knownCount < kMaxKnown)
            m_known[m_knownCount++] = rank;
        return value;
    }

private:
    static constexpr std::size_t kCounted = 64; // up to so many values are sorted by counting
    static constexpr std::size_t kLanes = 4;    // compared at once, without a branch

    /// A value's place is the number of smaller ones; those equal to it follow there.
    void sortByCounting(std::span<const double> values)
    {
        const std::size_t count = values.size();
        std::array<double, kCounted> padded;
        std::copy(values.begin(), values.end(), padded.begin());
        for (std::size_t i = count; i % kLanes != 0; ++i)
            padded[i] = std::numeric_limits<double>::infinity();
        constexpr double kEmpty = std::numeric_limits<double>::quiet_NaN();
        std::fill(m_values.begin(), m_values.end(), kEmpty);
        for (std::size_t i = 0; i < count; ++i)
            m_values[countBelow(padded, count, values[i])] = values[i];
        for (std::size_t i = 1; i < count; ++i)
            m_values[i] = m_values[i] == m_values[i] ? m_values[i] : m_values[i - 1];
    }

    static std::size_t countBelow(const std::array<double, kCounted>& values, std::size_t count, double value)
    {
        using Pair [[gnu::vector_size(2 * sizeof(double))]] = double;
        using Counts [[gnu::vector_size(2 * sizeof(double))]] = std::int64_t;
        Counts first{};
        Counts second{};
        for (std::size_t i = 0; i < count; i += kLanes) {
            Pair pairs[2];
            std::memcpy(pairs, values.data() + i, sizeof pairs);
            first -= pairs[0] < value; // true is −1
            second -= pairs[1] < value;
        }
        first += second;
        return static_cast<std::size_t>(first[0] + first[1]);
    }

    /// Moves what is below `pivot` (with `orEqual`: not above) to the front and returns how many that are.
    template<bool orEqual>
    static std::size_t moveBelow(std::span<double> values, double pivot)
    {
        std::size_t below = 0;
        for (double& value : values) {
            const double here = value;
            value = values[below];
            values[below] = here;
            below += static_cast<std::size_t>(orEqual ? here <= pivot : here < pivot);
        }
        return below;
    }

    /// Afterwards the value stands at its rank, smaller ones before it, larger ones behind it.
    static double select(std::span<double> values, std::size_t rank)
    {
        for (;;) {
            const double first = values.front();
            const double last = values.back();
            const double middle = values[values.size() / 2];
            const double pivot = std::max(std::min(first, last), std::min(std::max(first, last), middle));
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

    std::array<double, kFew> m_few; // not set to anything before values are put there
    std::vector<double> m_many;
    std::span<double> m_values;
    std::array<std::size_t, kMaxKnown> m_known;
    std::size_t m_knownCount = 0;
};

} // namespace timbre
