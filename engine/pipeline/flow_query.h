#pragma once

// Answers "which flows, in which order" away from the window's thread. Each request names a snapshot, a filter, a time
// range and a sort order; the answer is a list of row numbers. Only the newest request counts: a new one stops the one
// that runs. When sorting takes longer, the first page comes ahead of the rest.

#include "engine/pipeline/flow_sort.h"
#include "engine/pipeline/newest_job.h"
#include "engine/query/filter.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace timbre::pipeline {

struct FlowQueryRequest {
    std::shared_ptr<const flow::FlowSnapshot> snapshot; // never null
    std::shared_ptr<const query::Filter> filter;        // null: every flow
    std::optional<TimeRange> range;                     // flows with a moment in it
    std::optional<TimeRange> captureTime;               // what `last 5m` counts back from
    std::vector<SortKey> sort;                          // none: order of first packets
};

struct FlowTotals {
    std::uint64_t flows = 0;
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;     // captured
    std::uint64_t wireBytes = 0; // original lengths

    bool operator==(const FlowTotals&) const = default;
};

struct FlowQueryResult {
    std::uint64_t number = 0; // of the request
    std::shared_ptr<const flow::FlowSnapshot> snapshot;
    std::shared_ptr<const std::vector<std::uint32_t>> rows; // never null
    FlowTotals totals;                                      // of all that match, also when `partial`
    bool partial = false;                                   // `rows` is only the beginning; the whole list follows
};

/// How often the values of a field occur among the flows that match.
struct ValueCountsRequest {
    FlowQueryRequest flows; // its sort order is not looked at
    query::Field field = query::Field::Count;
    std::size_t limit = 20;
};

struct ValueCount {
    std::string text;   // as the filter language writes it, without quotes
    std::string filter; // "sni == example.org"
    std::uint64_t flows = 0;
};

struct ValueCountsResult {
    std::uint64_t number = 0;
    query::Field field = query::Field::Count;
    std::vector<ValueCount> values; // most frequent first, equal ones by text; at most the limit asked for
    std::uint64_t flowsWithValue = 0;
    std::uint64_t distinct = 0;  // values there are, counted up to kMaxDistinct
    std::uint64_t uncounted = 0; // flows whose value came after kMaxDistinct others

    static constexpr std::size_t kMaxDistinct = 200'000;
};

/// Answers a request on the calling thread. `partial` (may be empty) is called with a first page when the rest takes
/// longer. Nothing when stopped.
[[nodiscard]] std::optional<FlowQueryResult> answer(const FlowQueryRequest& request, NameRanks& ranks,
                                                    const std::stop_token& stop,
                                                    const std::function<void(const FlowQueryResult&)>& partial);
[[nodiscard]] std::optional<ValueCountsResult> countValues(const ValueCountsRequest& request,
                                                           const std::stop_token& stop);

/// The worker. Every call returns at once; results are delivered on the worker's threads, where the receiver passes
/// them on and drops those whose number is not its newest.
class FlowQuery {
public:
    static constexpr std::size_t kPageRows = 4096;
    static constexpr std::size_t kRowsBetweenStops = 1024;

    FlowQuery(std::function<void(FlowQueryResult)> deliver, std::function<void(ValueCountsResult)> deliverValues);

    /// The number its result will carry.
    std::uint64_t ask(FlowQueryRequest request) { return m_rows.start(std::move(request)); }
    std::uint64_t askValues(ValueCountsRequest request) { return m_values.start(std::move(request)); }
    void cancel()
    {
        m_rows.cancel();
        m_values.cancel();
    }

private:
    NameRanks m_ranks; // of the rows' thread only
    NewestJob<FlowQueryRequest> m_rows;
    NewestJob<ValueCountsRequest> m_values;
};

} // namespace timbre::pipeline
