#include "app/cli/analysed_capture.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/analyzer_limits.h"
#include "engine/pipeline/trends_export.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

using What = SignalsOptions::What;
using namespace pipeline;
using trends::TrendsResult;

constexpr std::int64_t kNsPerMs = 1'000'000;

/// The options, understood.
struct Query {
    trends::SignalQuery signalQuery;
    trends::AnomalyQuery anomalyQuery;
    trends::Resolution resolution = trends::Resolution::Minute;
    std::uint64_t limit = 0;
    std::string entity;
};

template<typename Value>
bool understood(const std::string& text, const char* option, std::optional<Value> (*parse)(std::string_view),
                std::optional<Value>& out)
{
    if (text.empty())
        return true;
    out = parse(text);
    if (!out)
        complain(fmt::format("“{}” is no value for {}.", text, option));
    return out.has_value();
}

std::optional<Query> understand(const SignalsOptions& options)
{
    Query query;
    query.limit = options.limit;
    query.entity = options.entity;
    query.resolution = *trends::resolutionNamed(options.resolution);
    const auto range = parseRange(options.from, options.to);
    if (!range)
        return std::nullopt;
    if (*range) {
        if (!options.from.empty())
            query.signalQuery.fromMs = trends::floorDiv((*range)->begin.ns, kNsPerMs);
        if (!options.to.empty())
            query.signalQuery.toMs = trends::floorDiv((*range)->end.ns, kNsPerMs);
    }
    query.anomalyQuery.fromMs = query.signalQuery.fromMs;
    query.anomalyQuery.toMs = query.signalQuery.toMs;
    const bool good = options.what == What::Anomalies
                          ? understood(options.type, "--type", &trends::anomalyTypeOf, query.anomalyQuery.type)
                          : understood(options.type, "--type", &trends::signalTypeOf, query.signalQuery.type);
    if (!good || !understood(options.category, "--category", &trends::categoryNamed, query.signalQuery.category) ||
        !understood(options.severity, "--severity", &trends::severityNamed, query.anomalyQuery.severity))
        return std::nullopt;
    query.anomalyQuery.category = query.signalQuery.category;
    return query;
}

std::string secondsText(std::int64_t ms)
{
    return formatUtc({ms * kNsPerMs}).substr(0, 23) + "Z";
}

/// The buckets take part whole; here single signals are compared as well, for a list of signals is what was asked for.
void listSignals(const TrendsResult& result, const Query& query, const std::string& format, Output& output)
{
    TextTable table(output.text(), {{"Time"}, {"Kind"}, {"Entity"}, {"Value"}, {"Flow", true}});
    if (format == "csv")
        output.put(signalCsvHeader());
    std::uint64_t count = 0;
    for (const trends::Signal& signal : trends::signalsOf(result.buckets, query.signalQuery)) {
        const auto& range = query.signalQuery;
        if ((range.fromMs && signal.timeMs < *range.fromMs) || (range.toMs && signal.timeMs > *range.toMs) ||
            (!query.entity.empty() && result.text(signal.entity) != query.entity))
            continue;
        if (++count > query.limit)
            break;
        if (format == "json")
            putSignalJson(output.text(), result, signal);
        else if (format == "csv")
            putSignalCsv(output.text(), result, signal);
        else
            table.add({secondsText(signal.timeMs), toString(signal.type), std::string(result.text(signal.entity)),
                       printable(result.text(signal.value)),
                       signal.flow == trends::kNoFlowIndex ? std::string() : fmt::format("{}", signal.flow)});
        if (!output.flushIfFull())
            return;
    }
    if (format.empty())
        table.finish();
}

void listTrends(const TrendsResult& result, const Query& query, const std::string& format, Output& output)
{
    TextTable table(output.text(), {{"Kind"},
                                    {"Category"},
                                    {"Count", true},
                                    {"Values", true},
                                    {"Entities", true},
                                    {"Change", true},
                                    {"First"},
                                    {"Last"}});
    if (format == "csv")
        output.put(trendCsvHeader());
    const auto& range = query.signalQuery;
    const auto distinctByType = trends::distinctOf(result.buckets, range, result.hours);
    for (const trends::Trend& trend : trends::trendsOf(result.buckets, range, query.resolution, result.hours)) {
        const auto& distinct = distinctByType[static_cast<std::size_t>(trend.type)];
        std::optional<double> change;
        if (range.fromMs && range.toMs)
            change = trends::changeRate(result.buckets, trend.type, *range.fromMs, *range.toMs);
        if (format == "json")
            putTrendJson(output.text(), trend, distinct, change);
        else if (format == "csv")
            putTrendCsv(output.text(), trend);
        else
            table.add({toString(trend.type), toString(categoryOf(trend.type)), fmt::format("{}", trend.count),
                       fmt::format("{}", distinct.values), fmt::format("{}", distinct.entities),
                       change ? fmt::format("{:+.1f} %", *change) : std::string(), secondsText(trend.firstSeenMs),
                       secondsText(trend.lastSeenMs)});
    }
    if (format.empty())
        table.finish();
}

void listAnomalies(const TrendsResult& result, const flow::FlowSnapshot& flows, const Query& query,
                   const std::string& format, Output& output)
{
    TextTable table(output.text(), {{"Detected"}, {"Severity"}, {"Kind"}, {"Count", true}, {"What"}});
    if (format == "csv")
        output.put(anomalyCsvHeader());
    std::uint64_t count = 0;
    for (const auto& row : *result.anomalies) {
        const trends::Anomaly& anomaly = row->anomaly;
        const auto named = [&](StringId id) { return result.text(id) == query.entity; };
        const bool about = query.entity.empty() || std::any_of(anomaly.entities.begin(), anomaly.entities.end(), named);
        if (!about || !trends::matches(anomaly, query.anomalyQuery))
            continue;
        if (++count > query.limit)
            break;
        if (format == "json")
            putAnomalyJson(output.text(), result, *row);
        else if (format == "csv")
            putAnomalyCsv(output.text(), result, *row);
        else if (format == "eve")
            putAnomalyEve(output.text(), result, *row, flows);
        else
            table.add({secondsText(anomaly.detectedMs), toString(anomaly.severity), toString(anomaly.type),
                       fmt::format("{}", row->count), printable(trends::describe(anomaly, *result.names))});
        if (!output.flushIfFull())
            return;
    }
    if (format.empty())
        table.finish();
}

void listEntities(const TrendsResult& result, const Query& query, const std::string& format, Output& output)
{
    TextTable table(
        output.text(),
        {{"Entity"}, {"Risk", true}, {"Now", true}, {"Anomalies", true}, {"Signals", true}, {"First"}, {"Last"}});
    if (format == "csv")
        output.put(entityCsvHeader());
    std::uint64_t count = 0;
    for (const trends::EntitySummary& entity : trends::entitiesOf(result)) {
        const auto& range = query.signalQuery;
        if ((!query.entity.empty() && result.text(entity.entity) != query.entity) ||
            (range.fromMs && entity.lastMs < *range.fromMs) || (range.toMs && entity.firstMs > *range.toMs))
            continue;
        if (++count > query.limit)
            break;
        if (format == "json")
            putEntityJson(output.text(), result, entity);
        else if (format == "csv")
            putEntityCsv(output.text(), result, entity);
        else
            table.add({printable(result.text(entity.entity)), fmt::format("{}", entity.risk.points),
                       fmt::format("{:.1f}", trends::riskAt(entity.risk, result.lastMs)),
                       fmt::format("{}", entity.risk.anomalies), fmt::format("{}", entity.signalCount),
                       secondsText(entity.firstMs), secondsText(entity.lastMs)});
        if (!output.flushIfFull())
            return;
    }
    if (format.empty())
        table.finish();
}

} // namespace

ExitCode runSignals(const SignalsOptions& options)
{
    const auto query = understand(options);
    if (!query || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    const LoadedCapture loaded = openCapture(options.file, options.capture, options.analysis);
    if (loaded.code != ExitCode::Done)
        return loaded.code;
    const CaptureSnapshot& capture = loaded.capture;
    complainOf(capture);
    if (!capture.trends) {
        complain(fmt::format("{}: this stored analysis has no signals; analyse the capture again.", capture.path));
        return ExitCode::Failed;
    }
    const TrendsResult& result = *capture.trends;
    Output output = Output::standard();
    switch (options.what) {
    case What::Signals:
        listSignals(result, *query, options.format, output);
        break;
    case What::Trends:
        listTrends(result, *query, options.format, output);
        break;
    case What::Anomalies:
        listAnomalies(result, *capture.flows, *query, options.format, output);
        break;
    case What::Entities:
        listEntities(result, *query, options.format, output);
        break;
    }
    if (options.format == "json")
        putLimitsJson(output.text(), result.counters);
    const auto limits = pipeline::limitsHit(result.counters);
    for (const pipeline::LimitHit& hit : limits)
        complain(fmt::format("{}: {} {}", capture.path, hit.count, hit.what));
    return finished(output, worse(outcomeOf(capture), limits.empty() ? ExitCode::Done : ExitCode::Incomplete));
}

} // namespace timbre::cli
