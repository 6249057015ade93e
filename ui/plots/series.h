#pragma once

// Data for plots, cut down to what the pixels can show before it reaches the plot library: sums over whole bins for the
// overview, one column per pixel for packets of a flow. Plain functions, no widgets.

#include "engine/base/time_histogram.h"
#include "engine/pipeline/packet_row.h"

#include <optional>
#include <vector>

namespace timbre::ui {

/// A bar of the overview: exact sums over `binNs` from `begin`.
struct OverviewColumn {
    Timestamp begin;
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0; // original lengths
};

struct OverviewSeries {
    std::int64_t columnNs = 1;
    std::vector<OverviewColumn> columns; // without holes, at most as many as asked for
    std::uint64_t maxPackets = 0;
    std::uint64_t maxBytes = 0;

    [[nodiscard]] Timestamp begin() const { return columns.empty() ? Timestamp{} : columns.front().begin; }
    /// Behind the last column.
    [[nodiscard]] Timestamp end() const;
    /// Column that holds `time`; none outside.
    [[nodiscard]] std::optional<std::size_t> columnAt(Timestamp time) const;
};

/// Joins a whole number of the histogram's bins into each column, so that all columns are alike (no moiré) and sums are
/// exact. Only columns that touch `view`. Requires: maxColumns > 0.
[[nodiscard]] OverviewSeries overviewSeries(const TimeHistogram& histogram, std::optional<TimeRange> view,
                                            std::size_t maxColumns);

/// Stretches without a packet of at least `minColumns` columns, the longest first, at most `limit`.
[[nodiscard]] std::vector<TimeRange> quietStretches(const OverviewSeries& series, std::size_t minColumns,
                                                    std::size_t limit);

/// What the plots of a flow need of a packet.
struct FlowSample {
    Timestamp time;
    std::uint64_t number = 0;
    std::uint32_t length = 0; // on the wire
    bool up = false;
    bool operator==(const FlowSample&) const = default;
};

/// Largest packet in each direction within one pixel column. Empty columns are left out.
struct SizeColumn {
    double seconds = 0.0; // middle of the column, since `start`
    std::uint32_t largestUp = 0;
    std::uint32_t largestDown = 0;
};
[[nodiscard]] std::vector<SizeColumn> sizeColumns(const std::vector<FlowSample>& samples, Timestamp start,
                                                  std::int64_t spanNs, std::size_t columns);

/// Time since the packet before it, per packet; never below `kShortestGapNs`, which stands for "at the same time".
struct GapPoint {
    double seconds = 0.0;
    double gapSeconds = 0.0;
    bool up = false; // direction of the later packet
};
inline constexpr std::int64_t kShortestGapNs = 100;
inline constexpr std::size_t kGapCellsPerOctave = 4; // a plot of 130 pixels shows some 20 octaves
/// Points that fall on the same of `columns` columns and of kGapCellsPerOctave gaps are drawn once. The time axis ends
/// with `spanNs`.
[[nodiscard]] std::vector<GapPoint> gapPoints(const std::vector<FlowSample>& samples, Timestamp start,
                                              std::int64_t spanNs, std::size_t columns);

} // namespace timbre::ui
