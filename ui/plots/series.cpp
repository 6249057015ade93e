#include "ui/plots/series.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace timbre::ui {

namespace {

double secondsBetween(Timestamp from, Timestamp to)
{
    return static_cast<double>(elapsedNs(from, to)) / 1e9;
}

/// Logarithmic without a logarithm, since it is asked once per packet: the position of the highest bit, and the two
/// bits behind it.
std::size_t gapRow(std::int64_t gapNs)
{
    const auto gap = static_cast<std::uint64_t>(gapNs);
    const auto octave = static_cast<unsigned>(std::bit_width(gap)) - 1;
    return octave * kGapCellsPerOctave + ((gap >> (octave - 2)) & (kGapCellsPerOctave - 1));
}

} // namespace

Timestamp OverviewSeries::end() const
{
    return columns.empty() ? Timestamp{} : Timestamp{columns.back().begin.ns + columnNs};
}

std::optional<std::size_t> OverviewSeries::columnAt(Timestamp time) const
{
    if (columns.empty() || time < begin() || time >= end())
        return std::nullopt;
    return static_cast<std::size_t>(elapsedNs(begin(), time) / columnNs);
}

OverviewSeries overviewSeries(const TimeHistogram& histogram, std::optional<TimeRange> view, std::size_t maxColumns)
{
    OverviewSeries series;
    const auto& bins = histogram.bins();
    if (bins.empty())
        return series;
    const std::int64_t binNs = histogram.binNs();
    std::size_t first = 0;
    std::size_t last = bins.size() - 1;
    if (view) {
        const auto binOf = [&](Timestamp time) {
            const std::int64_t bin = elapsedNs(histogram.origin(), time) / binNs;
            return static_cast<std::size_t>(
                std::clamp<std::int64_t>(bin, 0, static_cast<std::int64_t>(bins.size()) - 1));
        };
        first = binOf(view->begin);
        last = std::max(first, binOf(view->end));
    }
    const std::size_t join = (last - first + maxColumns) / maxColumns;
    series.columnNs = binNs * static_cast<std::int64_t>(join);
    for (std::size_t at = first; at <= last; at += join) {
        OverviewColumn column;
        column.begin = {histogram.origin().ns + static_cast<std::int64_t>(at) * binNs};
        for (std::size_t bin = at; bin < std::min(at + join, last + 1); ++bin) {
            column.packets += bins[bin].packets;
            column.bytes += bins[bin].bytes;
        }
        series.maxPackets = std::max(series.maxPackets, column.packets);
        series.maxBytes = std::max(series.maxBytes, column.bytes);
        series.columns.push_back(column);
    }
    return series;
}

std::vector<TimeRange> quietStretches(const OverviewSeries& series, std::size_t minColumns, std::size_t limit)
{
    std::vector<TimeRange> stretches;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= series.columns.size(); ++at) {
        if (at < series.columns.size() && series.columns[at].packets == 0)
            continue;
        if (at - start >= std::max<std::size_t>(1, minColumns))
            stretches.push_back({series.columns[start].begin, {series.columns[at - 1].begin.ns + series.columnNs}});
        start = at + 1;
    }
    std::sort(stretches.begin(), stretches.end(), [](const TimeRange& a, const TimeRange& b) {
        return elapsedNs(a.begin, a.end) > elapsedNs(b.begin, b.end);
    });
    if (stretches.size() > limit)
        stretches.resize(limit);
    return stretches;
}

std::vector<SizeColumn> sizeColumns(const std::vector<FlowSample>& samples, Timestamp start, std::int64_t spanNs,
                                    std::size_t columns)
{
    const double columnSeconds =
        std::max<double>(1.0, static_cast<double>(spanNs)) / 1e9 / static_cast<double>(columns);
    std::vector<SizeColumn> all(columns);
    for (const FlowSample& sample : samples) {
        const double at = std::max(0.0, secondsBetween(start, sample.time)) / columnSeconds;
        SizeColumn& column = all[std::min(columns - 1, static_cast<std::size_t>(at))];
        std::uint32_t& largest = sample.up ? column.largestUp : column.largestDown;
        largest = std::max(largest, sample.length);
    }
    for (std::size_t i = 0; i < columns; ++i)
        all[i].seconds = (static_cast<double>(i) + 0.5) * columnSeconds;
    std::erase_if(all, [](const SizeColumn& c) { return c.largestUp == 0 && c.largestDown == 0; });
    return all;
}

std::vector<GapPoint> gapPoints(const std::vector<FlowSample>& samples, Timestamp start, std::int64_t spanNs,
                                std::size_t columns)
{
    const double perSecond = static_cast<double>(columns) / (std::max(1.0, static_cast<double>(spanNs)) / 1e9);
    constexpr std::size_t kRows = 64 * kGapCellsPerOctave; // every gap a 64-bit number can hold
    std::vector<bool> taken((columns + 1) * kRows * 2);
    std::vector<GapPoint> points;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        const std::int64_t gapNs = std::max(kShortestGapNs, elapsedNs(samples[i - 1].time, samples[i].time));
        const double seconds = std::max(0.0, secondsBetween(start, samples[i].time));
        const std::size_t column = std::min(columns, static_cast<std::size_t>(seconds * perSecond));
        const std::size_t cell = (column * kRows + gapRow(gapNs)) * 2 + (samples[i].up ? 1 : 0);
        if (taken[cell])
            continue;
        taken[cell] = true;
        points.push_back({seconds, static_cast<double>(gapNs) / 1e9, samples[i].up});
    }
    return points;
}

} // namespace timbre::ui
