// Analyses a capture without a store and prints what it cost. Usage: analysis_bench FILE [runs [max-flows [MASKS]]]; with a
// directory of masks, every flow is checked against them.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"

#include <sys/resource.h>

#include <fmt/format.h>

#include <cstdlib>

using namespace timbre;

namespace {

class Count : public pipeline::FlowSink {
public:
    std::uint64_t flows = 0;
    void flowEnded(const flow::FlowRecord&) override { ++flows; }
};

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

bool measure(const char* path, std::uint32_t maxFlows, const char* masks)
{
    Count sink;
    pipeline::RunOptions options;
    options.analysis.flows.maxFlows = maxFlows;
    options.analysis.maxFlowRows = 0;
    pipeline::AnalyzerOptions analyzers;
    analyzers.audio = false;
    analyzers.maskFolder = masks;
    options.analyzers = pipeline::makeAnalyzers(analyzers);
    const double cpuBefore = cpuSeconds();
    const auto begin = std::chrono::steady_clock::now();
    auto run = pipeline::AnalysisRun::open(path, options, sink);
    if (!run) {
        fmt::print(stderr, "{}\n", run.error().message);
        return false;
    }
    while ((*run)->step()) {
    }
    (*run)->finish();
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double cpu = cpuSeconds() - cpuBefore;
    const auto packets = static_cast<double>((*run)->analysis().packets());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{} flows, {} packets: wall {:.3f} s, CPU {:.3f} s, {:.0f} ns CPU per packet, {} MiB at most\n", sink.flows,
               packets, wall, cpu, cpu / packets * 1e9, usage.ru_maxrss / 1024);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        fmt::print(stderr, "usage: analysis_bench FILE [runs [max-flows [MASKS]]]\n");
        return 2;
    }
    const int runs = argc > 2 ? std::atoi(argv[2]) : 3;
    const std::uint32_t maxFlows = argc > 3 ? static_cast<std::uint32_t>(std::atoi(argv[3])) : 100'000;
    for (int i = 0; i < runs; ++i) {
        if (!measure(argv[1], maxFlows, argc > 4 ? argv[4] : ""))
            return 1;
    }
    return 0;
}
