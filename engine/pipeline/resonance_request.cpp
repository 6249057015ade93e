#include "engine/pipeline/resonance_request.h"

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/no_sink.h"

#include <chrono>

namespace timbre::pipeline {

namespace {

using Clock = std::chrono::steady_clock; // paces the answers, never the results

constexpr auto kReportInterval = std::chrono::milliseconds(100);

Error noMasks()
{
    return {ErrorCode::Invalid, "There is no mask to check against. Add masks in the Masks dock first.", {}};
}

Result<std::shared_ptr<const resonance::SubjectChecks>> checkOne(const RecordingCheckRequest& request)
{
    resonance::MaskModels masks = request.masks();
    if (masks.empty())
        return noMasks();
    return resonance::checkRecording(*request.recording, std::move(masks), request.settings);
}

} // namespace

Result<std::shared_ptr<const resonance::SubjectChecks>>
checkHostPairs(const HostPairRequest& request, const std::function<bool(double fraction)>& progress)
{
    resonance::MaskModels masks = request.masks();
    if (masks.empty())
        return noMasks();
    const auto pairs = std::make_shared<HostPairAnalyzer>(std::move(masks), request.settings);
    RunOptions options;
    options.analysis = request.analysis;
    options.analysis.maxFlowRows = 0;
    options.captureFilter = request.captureFilter;
    options.analyzers = {pairs};
    NoSink nowhere;
    auto run = AnalysisRun::open(request.path, options, nowhere);
    if (!run)
        return run.error();
    while ((*run)->step()) {
        const Progress now = (*run)->progress();
        const double whole = static_cast<double>(std::max<std::uint64_t>(1, now.bytesTotal));
        if (!progress(std::min(1.0, static_cast<double>(now.bytesRead) / whole)))
            return Error{ErrorCode::Cancelled, "Checking pairs of hosts was stopped.", {}};
    }
    (*run)->finish();
    return pairs->checks();
}

ResonanceRequests::ResonanceRequests(Callback callback)
    : m_callback(std::move(callback))
    , m_job("resonance", [this](std::uint64_t number, const Request& request, const std::stop_token& stop) {
        auto reported = Clock::now();
        const auto progress = [&](double fraction) {
            if (Clock::now() - reported >= kReportInterval && !stop.stop_requested()) {
                reported = Clock::now();
                m_callback({number, fraction, nullptr, std::nullopt});
            }
            return !stop.stop_requested();
        };
        const auto* pairs = std::get_if<HostPairRequest>(&request);
        auto checks = pairs ? checkHostPairs(*pairs, progress) : checkOne(std::get<RecordingCheckRequest>(request));
        if (stop.stop_requested())
            return;
        if (checks)
            m_callback({number, 1.0, *checks, std::nullopt});
        else
            m_callback({number, 1.0, nullptr, checks.error()});
    })
{
}

} // namespace timbre::pipeline
