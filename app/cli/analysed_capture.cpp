#include "app/cli/analysed_capture.h"

#include "engine/pipeline/hash_key.h"
#include "engine/pipeline/store_sink.h"
#include "engine/query/literal.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

std::int64_t nanoseconds(double seconds)
{
    constexpr double kMostSeconds = 1e9;
    return static_cast<std::int64_t>(std::clamp(seconds, 0.0, kMostSeconds) * 1e9);
}

void fillSnapshot(pipeline::AnalysisRun& run, bool listFlows, pipeline::CaptureSnapshot& snapshot)
{
    pipeline::Analysis& analysis = run.analysis();
    if (listFlows) {
        pipeline::describe(run, {}, snapshot);
        return;
    }
    snapshot.counters = analysis.counters();
    snapshot.timeRange = analysis.timeRange();
    snapshot.flows = std::make_shared<flow::FlowSnapshot>(
        std::vector<std::shared_ptr<const flow::FlowSnapshot::Chunk>>{}, std::size_t{0}, analysis.names());
    if (analysis.reader()) {
        snapshot.facts = analysis.reader()->facts;
        snapshot.messages = analysis.reader()->messages;
    }
}

/// The token in question on a line of its own, underlined.
void complainOfFilter(const std::string& text, const query::ParseError& error)
{
    std::string sentence = fmt::format("The filter is not understood: {}", error.message);
    if (!error.suggestion.empty() && error.message.find("did you mean") == std::string::npos)
        sentence += fmt::format(" Did you mean “{}”?", error.suggestion);
    complain(sentence);
    showPlace(text, error.span.position, error.span.length);
}

/// The files of locations were checked on the command line; one that cannot be read now is left out, with a word.
pipeline::AnalyzerOptions analyzerOptions(const AnalysisOptions& options)
{
    pipeline::AnalyzerOptions result;
    pipeline::TrendsOptions& trends = result.trendsOptions;
    trends.ja4h = options.ja4h;
    trends.sensitiveData = !options.noSensitiveData;
    if (!options.plainHashes) {
        std::optional<Error> problem;
        trends.secrets = pipeline::userSecretHasher(problem);
        if (problem)
            complain(*problem);
    }
    if (options.locations.empty())
        return result;
    auto database = trends::LocationDatabase::open({options.locations.begin(), options.locations.end()});
    if (database)
        trends.locations = std::move(*database);
    else
        complain(database.error());
    return result;
}

std::optional<query::IntegerRange> parseMoment(const char* option, const std::string& text)
{
    const auto time = query::parseTime(text);
    if (!time)
        complain(fmt::format("“{}” is no time for {}. Write 2026-11-21, 2026-11-21T09:15:02.5 (UTC), "
                             "2026-11-21T10:15+01:00 or seconds since 1970.",
                             text, option));
    return time;
}

} // namespace

pipeline::RunOptions runOptions(const AnalysisOptions& options, bool listFlows)
{
    pipeline::RunOptions run;
    run.captureFilter = options.captureFilter;
    if (options.everything) {
        const pipeline::AnalyzerOptions analyzers = analyzerOptions(options);
        run.analyzers = pipeline::makeAnalyzers(analyzers);
        run.analysis.beside = pipeline::whatListens(analyzers);
    }
    run.reader.blockBytes = options.blockBytes;
    run.analysis.maxFlowRows = listFlows ? options.maxListed : 0;
    run.analysis.decoder.tunnels = !options.noTunnels;
    if (options.innerCounts)
        run.analysis.tunnelCount = pipeline::TunnelCount::Inner;
    run.analysis.flows.maxFlows = options.maxFlows;
    run.analysis.flows.idleTcpNs = nanoseconds(options.tcpTimeout);
    run.analysis.flows.idleUdpNs = nanoseconds(options.udpTimeout);
    run.analysis.flows.idleOtherNs = nanoseconds(options.otherTimeout);
    return run;
}

Result<pipeline::CaptureSnapshot> analyseFile(const std::string& path, const pipeline::RunOptions& options,
                                              pipeline::FlowSink& sink, const BeforeFirstPacket& before,
                                              const AfterLastPacket& after)
{
    auto opened = pipeline::AnalysisRun::open(path, options, sink);
    if (!opened)
        return opened.error();
    pipeline::AnalysisRun& run = **opened;
    if (before)
        before(run.analysis());
    bool more = true;
    {
        ProgressLine line(path);
        while (more && !interrupted()) {
            more = run.step();
            line.show(run.progress());
        }
    }
    run.finish();
    if (after)
        after(run.analysis(), !more);
    pipeline::CaptureSnapshot snapshot;
    snapshot.path = path;
    snapshot.phase = more ? pipeline::Phase::Cancelled : pipeline::Phase::Finished;
    fillSnapshot(run, options.analysis.maxFlowRows > 0, snapshot);
    return snapshot;
}

LoadedCapture openCapture(const std::string& file, std::optional<std::uint32_t> number, const AnalysisOptions& options,
                          bool applyCaptureFilter)
{
    if (isWorkspace(file)) {
        if (applyCaptureFilter && !options.captureFilter.empty()) {
            complain(fmt::format("{} is a workspace: its captures are analysed already. --bpf needs the capture file.",
                                 file));
            return {ExitCode::WrongUsage, {}};
        }
        return loadStored(file, number);
    }
    if (number) {
        complain(fmt::format("--capture is for workspaces, and {} is none.", file));
        return {ExitCode::WrongUsage, {}};
    }
    pipeline::RunOptions run = runOptions(options, true);
    if (!applyCaptureFilter)
        run.captureFilter.clear();
    NoFlows nowhere;
    auto capture = analyseFile(file, run, nowhere);
    if (capture)
        return {ExitCode::Done, std::move(*capture)};
    complain(capture.error());
    return {ExitCode::Failed, {}};
}

ExitCode outcomeOf(const pipeline::CaptureSnapshot& capture)
{
    if (capture.phase == pipeline::Phase::Cancelled)
        return interrupted() ? ExitCode::Interrupted : ExitCode::Incomplete;
    const auto isDamage = [](const capture::ReaderMessage& message) {
        return message.severity != capture::Severity::Note;
    };
    const bool damaged = std::any_of(capture.messages.begin(), capture.messages.end(), isDamage);
    const bool listed = capture.flows->size() > 0;
    return damaged || (listed && capture.counters.rowsDropped > 0) ? ExitCode::Incomplete : ExitCode::Done;
}

void complainOf(const pipeline::CaptureSnapshot& capture)
{
    for (const capture::ReaderMessage& message : capture.messages)
        complain(fmt::format("{}: {}", capture.path, message.text));
    if (capture.phase == pipeline::Phase::Cancelled)
        complain(fmt::format("{}: its analysis was stopped; what follows was not read.", capture.path));
    if (capture.flows->size() > 0 && capture.counters.rowsDropped > 0)
        complain(fmt::format("{}: {} flows past the first {} are not in the list.", capture.path,
                             capture.counters.rowsDropped, capture.flows->size()));
}

std::optional<std::shared_ptr<const query::Filter>> compileFilter(const std::string& text)
{
    if (text.empty())
        return std::shared_ptr<const query::Filter>{};
    auto compiled = query::Filter::compile(text);
    if (compiled.filter)
        return compiled.filter;
    complainOfFilter(text, *compiled.error);
    return std::nullopt;
}

bool checkCaptureFilter(const std::string& expression)
{
    const auto compiled = capture::BpfFilter::compile(expression);
    if (!compiled)
        complain(compiled.error());
    return compiled.ok();
}

std::optional<std::optional<TimeRange>> parseRange(const std::string& from, const std::string& to)
{
    if (from.empty() && to.empty())
        return std::optional<TimeRange>{};
    TimeRange range;
    if (!from.empty()) {
        const auto begin = parseMoment("--from", from);
        if (!begin)
            return std::nullopt;
        range.begin = {begin->low};
    }
    if (!to.empty()) {
        const auto end = parseMoment("--to", to);
        if (!end)
            return std::nullopt;
        range.end = {end->high};
    }
    if (range.end < range.begin) {
        complain("The time for --to lies before that for --from.");
        return std::nullopt;
    }
    return std::optional(range);
}

} // namespace timbre::cli
