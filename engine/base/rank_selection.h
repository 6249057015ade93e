#pragma once

// Single elements of a list as they would stand when it is sorted (quartiles, medians) without sorting it: lists of a
// few hundred random numbers are partitioned without branches on the values, which no processor can predict.

#include <algorithm>
#include <array>
#include <cstddef>
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
        std::copy(values.begin(), values.end(), m_values.begin());
    }
    RankSelection(const RankSelection&) = delete;
    RankSelection& operator=(const RankSelection&) = delete;

    /// Requires: rank < number of values. With NaN among them the answer is some value of the list, as after sorting.
    double at(std::size_t rank)
    {
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
