#include "engine/pipeline/analysis_run.h"

#include "engine/pipeline/flow_marking.h"

namespace timbre::pipeline {

namespace {

constexpr double kSecondsBeforeEstimate = 0.3; // a rate measured over less says nothing

} // namespace

Result<std::unique_ptr<AnalysisRun>> AnalysisRun::open(const std::filesystem::path& path, const RunOptions& options,
                                                       FlowSink& sink)
{
    std::optional<capture::BpfFilter> filter;
    if (!options.captureFilter.empty()) {
        auto compiled = capture::BpfFilter::compile(options.captureFilter);
        if (!compiled)
            return compiled.error();
        filter.emplace(std::move(*compiled));
    }
    auto reader = capture::CaptureReader::open(path, options.reader);
    if (!reader)
        return reader.error();
    return std::unique_ptr<AnalysisRun>(
        new AnalysisRun(std::move(*reader), std::move(filter), options, sink)); // private constructor
}

AnalysisRun::AnalysisRun(std::unique_ptr<capture::CaptureReader> reader, std::optional<capture::BpfFilter> filter,
                         const RunOptions& options, FlowSink& sink)
    : m_analysis(options.analysis, sink, options.analyzers)
    , m_front(std::move(reader), std::move(filter), options.analysis.decoder)
{
}

bool AnalysisRun::step()
{
    FrontBatch* batch = m_front.next();
    if (!batch)
        return false;
    m_analysis.process(*batch);
    if (batch->reader)
        m_bytesTotal = batch->reader->facts.fileBytes;
    m_bytesRead = batch->fileBytesRead;
    const bool last = batch->last;
    m_front.recycle(batch);
    return !last;
}

Progress AnalysisRun::progress() const
{
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    Progress progress;
    progress.bytesRead = m_bytesRead;
    progress.bytesTotal = m_bytesTotal;
    progress.packets = m_analysis.packets();
    if (seconds < kSecondsBeforeEstimate || m_bytesRead == 0)
        return progress;
    progress.bytesPerSecond = static_cast<double>(m_bytesRead) / seconds;
    if (m_bytesTotal >= m_bytesRead)
        progress.secondsLeft = static_cast<double>(m_bytesTotal - m_bytesRead) / progress.bytesPerSecond;
    return progress;
}

void describe(AnalysisRun& run, const std::vector<capture::ReaderMessage>& notes, CaptureSnapshot& snapshot)
{
    Analysis& analysis = run.analysis();
    snapshot.progress = run.progress();
    snapshot.counters = analysis.counters();
    snapshot.timeRange = analysis.timeRange();
    snapshot.flows = analysis.publishFlows();
    snapshot.histogram = std::make_shared<TimeHistogram>(analysis.histogram());
    for (const auto& analyzer : analysis.analyzers())
        analyzer->describe(snapshot);
    markFlows(snapshot);
    if (!analysis.reader())
        return;
    const ReaderState& reader = *analysis.reader();
    snapshot.facts = reader.facts;
    snapshot.messages = notes;
    snapshot.messages.insert(snapshot.messages.end(), reader.messages.begin(), reader.messages.end());
    snapshot.checkpoints = std::make_shared<std::vector<capture::Checkpoint>>(reader.checkpoints);
}

} // namespace timbre::pipeline
