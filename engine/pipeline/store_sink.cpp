#include "engine/pipeline/store_sink.h"

#include "engine/pipeline/counter_names.h"

#include <fmt/format.h>

namespace timbre::pipeline {

namespace {

// Grows with every change that gives other results for the same packets.
constexpr int kAnalysisVersion = 2;

Phase phaseOf(store::CaptureState state)
{
    return state == store::CaptureState::Complete ? Phase::Finished : Phase::Cancelled;
}

} // namespace

std::string analysisKey(const AnalysisConfig& config, std::string_view captureFilter)
{
    const auto& flows = config.flows;
    const auto& decoder = config.decoder;
    return fmt::format(
        "analysis {}; flows {} tcp {} udp {} other {} sweep {}; tunnels {} depth {} reassemble {}{}{}{}; beside {}",
        kAnalysisVersion, flows.maxFlows, flows.idleTcpNs, flows.idleUdpNs, flows.idleOtherNs, flows.sweepIntervalNs,
        decoder.tunnels, decoder.maxDepth, decoder.reassemble, config.tunnelCount == TunnelCount::Inner ? " inner" : "",
        captureFilter.empty() ? "" : "; capture filter ", captureFilter,
        config.beside.empty() ? "nothing" : config.beside);
}

std::string whatListens(const AnalyzerOptions& options)
{
    std::string words = options.audio ? "audio " : "";
    if (options.trends) {
        const TrendsOptions trends = currentTrendsOptions(options);
        words += trends.ja4h ? "signals ja4h " : "signals ";
        words += trends.sensitiveData ? "" : "no-bodies ";
        words += trends.locations ? "places(" + trends.locations->name() + ") " : "";
    }
    return words;
}

StoreSink::StoreSink(store::Workspace& workspace, store::CaptureOrigin origin)
    : m_workspace(workspace)
    , m_key(workspace.beginCapture(std::move(origin)))
{
    m_rows.reserve(kRowsPerBatch);
}

void StoreSink::flowEnded(const flow::FlowRecord& record)
{
    m_rows.push_back(record);
    m_flowCount = std::max<std::uint64_t>(m_flowCount, record.index + std::uint64_t{1});
    if (m_rows.size() >= kRowsPerBatch)
        flushRows();
}

void StoreSink::flushRows()
{
    if (m_rows.empty() || m_key == store::CaptureKey::None)
        return;
    m_workspace.addFlows(m_key, std::move(m_rows), m_names);
    m_rows.clear();
    m_rows.reserve(kRowsPerBatch);
}

void StoreSink::finish(const Analysis& analysis, store::CaptureState state)
{
    flushRows();
    if (m_key == store::CaptureKey::None)
        return;
    for (const auto& analyzer : analysis.analyzers())
        analyzer->keep(m_workspace, m_key);
    store::CaptureOutcome outcome{.state = state,
                                  .flowCount = m_flowCount,
                                  .timeRange = analysis.timeRange(),
                                  .facts = {},
                                  .messages = {},
                                  .counters = {},
                                  .overview = analysis.histogram(),
                                  .audio = {},
                                  .resonance = {}};
    if (analysis.reader()) {
        outcome.facts = analysis.reader()->facts;
        outcome.messages = analysis.reader()->messages;
    }
    if (state == store::CaptureState::Cancelled)
        outcome.facts.packets = analysis.packets(); // the reader had gone further than the analysis
    Counters counters = analysis.counters();
    for (const CounterName& name : counterNames())
        outcome.counters.push_back({name.name, name.of(counters)});
    CaptureSnapshot results; // what the analyzers have to show at the end
    for (const auto& analyzer : analysis.analyzers())
        analyzer->describe(results);
    outcome.audio = results.audio;
    outcome.resonance = results.resonance;
    m_workspace.finishCapture(m_key, std::move(outcome));
}

CaptureSnapshot snapshotOf(const store::StoredCapture& stored)
{
    CaptureSnapshot snapshot;
    snapshot.path = stored.origin.file.path;
    snapshot.captureFilter = stored.origin.captureFilter;
    snapshot.phase = phaseOf(stored.outcome.state);
    snapshot.fromStore = true;
    snapshot.facts = stored.outcome.facts;
    snapshot.messages = stored.outcome.messages;
    snapshot.timeRange = stored.outcome.timeRange;
    snapshot.histogram = std::make_shared<TimeHistogram>(stored.outcome.overview);
    snapshot.audio = stored.outcome.audio;
    snapshot.resonance = stored.outcome.resonance;
    snapshot.flows = std::make_shared<flow::FlowSnapshot>();
    for (const CounterName& name : counterNames()) {
        const auto& counters = stored.outcome.counters;
        const auto found = std::find_if(counters.begin(), counters.end(),
                                        [&](const store::NamedCounter& counter) { return counter.name == name.name; });
        if (found != counters.end())
            name.of(snapshot.counters) = found->value;
    }
    snapshot.progress.bytesRead = snapshot.progress.bytesTotal = stored.origin.file.size;
    snapshot.progress.packets = snapshot.counters.packets;
    return snapshot;
}

CaptureSnapshot snapshotOf(const store::CaptureEntry& entry)
{
    CaptureSnapshot snapshot;
    snapshot.path = entry.path;
    snapshot.captureFilter = entry.captureFilter;
    snapshot.phase = Phase::Stored;
    snapshot.fromStore = true;
    snapshot.facts.format = entry.format;
    snapshot.facts.fileBytes = entry.fileSize;
    snapshot.counters.packets = entry.packets;
    snapshot.counters.flowsCreated = entry.flowCount;
    snapshot.timeRange = entry.timeRange;
    snapshot.histogram = std::make_shared<TimeHistogram>();
    snapshot.flows = std::make_shared<flow::FlowSnapshot>();
    return snapshot;
}

} // namespace timbre::pipeline
