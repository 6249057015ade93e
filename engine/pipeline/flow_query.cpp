#include "engine/pipeline/flow_query.h"

#include "engine/pipeline/first_page.h"
#include "engine/pipeline/flow_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::FlowSnapshot;

namespace {

/// A flow takes part in a range when one of its moments does; time in a file may run backwards.
bool inRange(const FlowRecord& record, const std::optional<TimeRange>& range)
{
    return !range ||
           range->overlaps(std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen));
}

void add(FlowTotals& totals, const FlowRecord& record)
{
    ++totals.flows;
    totals.packets += record.packets();
    totals.bytes += record.bytes();
    totals.wireBytes += record.originalBytes();
}

/// A record spans several cache lines and a filter looks at some of them: asking for those of a record further on hides
/// most of the wait. The address may lie behind the chunk; it is never read from.
void prefetchAfter(const FlowRecord& record)
{
    constexpr std::uintptr_t kCacheLine = 64;
    constexpr std::uintptr_t kRecordsAhead = 6;
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(&record) + kRecordsAhead * sizeof(FlowRecord);
    for (std::uintptr_t offset = 0; offset < sizeof(FlowRecord); offset += kCacheLine)
        __builtin_prefetch(reinterpret_cast<const void*>(begin + offset));
}

/// Calls visit(row, record) for every flow that matches. False when stopped.
template<typename Visit>
bool forEachMatch(const FlowQueryRequest& request, const std::stop_token& stop, const Visit& visit)
{
    static const query::Filter everything;
    const query::Filter& filter = request.filter ? *request.filter : everything;
    query::FilterRun run(filter, {request.captureTime});
    FlowRow reader(*request.snapshot);
    std::uint32_t row = 0;
    for (const auto& chunk : request.snapshot->chunks()) {
        if (stop.stop_requested())
            return false;
        static_assert(FlowSnapshot::kChunkRows <= FlowQuery::kRowsBetweenStops);
        for (const FlowRecord& record : *chunk) {
            if (row >= request.snapshot->size())
                return true;
            prefetchAfter(record);
            reader.moveTo(record);
            if (inRange(record, request.range) && run.matches(reader))
                visit(row, record);
            ++row;
        }
    }
    return true;
}

FlowQueryResult makeResult(const FlowQueryRequest& request, const FlowTotals& totals, std::vector<std::uint32_t> rows,
                           bool partial)
{
    FlowQueryResult result;
    result.snapshot = request.snapshot;
    result.rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    result.totals = totals;
    result.partial = partial;
    return result;
}

} // namespace

std::optional<FlowQueryResult> answer(const FlowQueryRequest& request, NameRanks& ranks, const std::stop_token& stop,
                                      const std::function<void(const FlowQueryResult&)>& partial)
{
    std::vector<std::uint32_t> rows;
    rows.reserve(request.snapshot->size()); // room that is not written to costs nothing
    FlowTotals totals;
    const bool read = forEachMatch(request, stop, [&](std::uint32_t row, const FlowRecord& record) {
        rows.push_back(row);
        add(totals, record);
    });
    if (!read)
        return std::nullopt;
    if (partial && needsRanking(request.sort, *request.snapshot, ranks)) {
        auto page = firstRowsByName(rows, *request.snapshot, request.sort, FlowQuery::kPageRows, stop);
        if (!page.empty() && !stop.stop_requested())
            partial(makeResult(request, totals, std::move(page), true));
    }
    if (!sortRows(rows, *request.snapshot, request.sort, ranks, stop))
        return std::nullopt;
    return makeResult(request, totals, std::move(rows), false);
}

namespace {

class ValueCounter {
public:
    ValueCounter(const FlowSnapshot& snapshot, query::Field field)
        : m_row(snapshot)
        , m_field(field)
    {
    }

    void add(const FlowRecord& record, ValueCountsResult& result)
    {
        m_row.moveTo(record);
        const query::Values values = query::readValues(m_row, m_field);
        if (values.count == 0)
            return;
        ++result.flowsWithValue;
        if (query::isList(m_field)) {
            query::anyListItem(std::get<std::string_view>(values.items[0]), [&](std::string_view item) {
                count(item, result);
                return false;
            });
            return;
        }
        for (std::size_t i = 0; i < values.count; ++i)
            if (i == 0 || values.items[i] != values.items[0])
                count(values.items[i], result);
    }

    std::vector<ValueCount> take(std::size_t limit)
    {
        std::vector<std::pair<query::Value, std::uint64_t>> order(m_counts.begin(), m_counts.end());
        std::vector<ValueCount> values;
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
        std::partial_sort(order.begin(), end, order.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        for (auto it = order.begin(); it != end; ++it)
            values.push_back({exactText(m_field, it->first), filterFor(m_field, it->first), it->second});
        return values;
    }

private:
    struct Hash {
        std::size_t operator()(const query::Value& value) const
        {
            if (const auto* address = std::get_if<IpAddress>(&value))
                return std::hash<std::string_view>()(
                    asText(std::as_bytes(std::span(address->octets.data(), address->octets.size()))));
            if (const auto* text = std::get_if<std::string_view>(&value))
                return std::hash<std::string_view>()(*text);
            if (const auto* real = std::get_if<double>(&value))
                return std::hash<double>()(*real);
            return std::hash<std::int64_t>()(std::get<std::int64_t>(value));
        }
    };

    void count(const query::Value& value, ValueCountsResult& result)
    {
        const auto known = m_counts.find(value);
        if (known != m_counts.end()) {
            ++known->second;
        } else if (m_counts.size() < ValueCountsResult::kMaxDistinct) {
            m_counts.emplace(value, 1);
            ++result.distinct;
        } else {
            ++result.uncounted;
        }
    }

    FlowRow m_row;
    query::Field m_field;
    std::unordered_map<query::Value, std::uint64_t, Hash> m_counts; // texts live in the snapshot
};

} // namespace

std::optional<ValueCountsResult> countValues(const ValueCountsRequest& request, const std::stop_token& stop)
{
    ValueCountsResult result;
    result.field = request.field;
    ValueCounter counter(*request.flows.snapshot, request.field);
    const bool read = forEachMatch(request.flows, stop,
                                   [&](std::uint32_t, const FlowRecord& record) { counter.add(record, result); });
    if (!read)
        return std::nullopt;
    result.values = counter.take(request.limit);
    return result;
}

FlowQuery::FlowQuery(std::function<void(FlowQueryResult)> deliver, std::function<void(ValueCountsResult)> deliverValues)
    : m_rows("flow-query",
             [this, deliver = std::move(deliver)](std::uint64_t number, const FlowQueryRequest& request,
                                                  const std::stop_token& stop) {
                 const auto send = [&](FlowQueryResult result) {
                     result.number = number;
                     if (!stop.stop_requested())
                         deliver(std::move(result));
                 };
                 if (auto result = answer(request, m_ranks, stop, send))
                     send(std::move(*result));
             })
    , m_values("flow-values",
               [deliver = std::move(deliverValues)](std::uint64_t number, const ValueCountsRequest& request,
                                                    const std::stop_token& stop) {
                   if (auto result = countValues(request, stop); result && !stop.stop_requested()) {
                       result->number = number;
                       deliver(std::move(*result));
                   }
               })
{
}

} // namespace timbre::pipeline
