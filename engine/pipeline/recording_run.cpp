#include "engine/pipeline/recording_run.h"

#include "engine/store/file_identity.h"

#include <sys/random.h>

#include <algorithm>
#include <random>

namespace timbre::pipeline {

namespace {

class Nowhere final : public FlowSink {
public:
    void flowEnded(const flow::FlowRecord&) override {}
};

bool allOver(const RecordingTaps& taps)
{
    return std::all_of(taps.begin(), taps.end(), [](const auto& each) { return each->over(); });
}

} // namespace

recording::SessionId randomSessionId()
{
    recording::SessionId id{};
    if (getrandom(id.data(), id.size(), 0) == static_cast<ssize_t>(id.size()))
        return id;
    std::random_device device; // another way to the same source
    for (std::uint8_t& byte : id)
        byte = static_cast<std::uint8_t>(device());
    return id;
}

std::string captureHash(const std::filesystem::path& path)
{
    const auto file = store::identifyFile(path);
    return file ? file->contentKey : std::string();
}

Result<void> recordFile(const RecordingRun& run, const RecordingTaps& taps, const std::stop_token& stop,
                        const std::function<void(double)>& progress)
{
    auto board = std::make_shared<TapBoard>();
    for (const auto& tap : taps)
        board->add(tap);
    RunOptions options = run.options;
    options.analysis.maxFlowRows = 0;
    options.analyzers = {std::make_shared<RecordingAnalyzer>(board)};
    Nowhere nowhere;
    auto opened = AnalysisRun::open(run.path, options, nowhere);
    if (!opened)
        return opened.error();
    AnalysisRun& analysis = **opened;
    bool more = true;
    while (more && !stop.stop_requested() && !allOver(taps)) {
        more = analysis.step();
        const Progress state = analysis.progress();
        if (state.bytesTotal > 0)
            progress(static_cast<double>(state.bytesRead) / static_cast<double>(state.bytesTotal));
    }
    for (const auto& tap : taps) {
        if (more)
            tap->stop();
    }
    analysis.finish(); // ends the others with the capture
    return {};
}

} // namespace timbre::pipeline
