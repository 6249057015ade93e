// What each part adds to the analysis of a capture: every part is measured in turn, several times over, and the best of
// each is printed beside flows alone. Usage: analysis_bench FILE [runs [MASKS [part [FOLDER]]]]; MASKS is a directory of masks
// that every flow is checked against; with a part's name, nothing else is measured ("all" for each). Without FOLDER the
// flows go nowhere; with it, the whole engine runs as behind the window: it lists the flows, publishes what it knows and
// keeps everything in a new workspace in FOLDER.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/engine.h"

#include <sys/resource.h>

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>

using namespace timbre;

namespace {

struct Part {
    const char* name;
    bool audio;
    bool resonance;
    bool signals;
};
constexpr std::array kParts = {Part{"flows", false, false, false},     Part{"voice", true, false, false},
                               Part{"resonance", false, true, false},  Part{"voice+resonance", true, true, false},
                               Part{"signals", false, false, true},    Part{"voice+signals", true, false, true},
                               Part{"everything", true, true, true}};

class Count : public pipeline::FlowSink {
public:
    std::uint64_t flows = 0;
    void flowEnded(const flow::FlowRecord&) override { ++flows; }
};

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Cost {
    double wall = 1e9;
    double cpu = 1e9;
    std::uint64_t flows = 0;
    std::uint64_t packets = 0;
};

/// From its making to the call.
class Stopwatch {
public:
    void stop(Cost& cost) const
    {
        cost.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
        cost.cpu = cpuSeconds() - m_cpu;
    }

private:
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
    double m_cpu = cpuSeconds();
};

pipeline::AnalyzerOptions analyzersOf(const Part& part, const char* masks)
{
    pipeline::AnalyzerOptions analyzers;
    analyzers.audio = part.audio;
    analyzers.trends = part.signals;
    analyzers.maskFolder = part.resonance ? masks : "";
    return analyzers;
}

std::optional<Cost> analyse(const char* path, const pipeline::AnalyzerOptions& analyzers)
{
    const Stopwatch watch;
    pipeline::RunOptions options;
    options.analysis.maxFlowRows = 0;
    options.analyzers = pipeline::makeAnalyzers(analyzers);
    Count sink;
    auto run = pipeline::AnalysisRun::open(path, options, sink);
    if (!run) {
        fmt::print(stderr, "{}\n", run.error().message);
        return std::nullopt;
    }
    while ((*run)->step()) {
    }
    (*run)->finish();
    Cost cost;
    watch.stop(cost);
    cost.packets = (*run)->analysis().packets();
    cost.flows = sink.flows;
    return cost;
}

class Patience : public pipeline::EngineObserver {
public:
    void captureChanged(pipeline::CaptureId) override { tell(); }
    void workspaceChanged() override { tell(); }

    template<typename Done>
    void waitUntil(Done done)
    {
        std::unique_lock lock(m_mutex);
        while (!done())
            m_changed.wait_for(lock, std::chrono::milliseconds(1));
    }

private:
    void tell()
    {
        const std::lock_guard lock(m_mutex);
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
};

std::optional<Cost> analyseInEngine(const char* path, const pipeline::AnalyzerOptions& analyzers,
                                    const std::filesystem::path& folder)
{
    const Stopwatch watch;
    pipeline::EngineConfig config;
    config.workspace = folder / "timbre-analysis-bench.timbre";
    config.analyzers = analyzers;
    for (const char* suffix : {"", "-wal", "-shm", ".lock"})
        std::filesystem::remove(config.workspace.string() + suffix);
    Patience observer;
    auto engine = std::make_unique<pipeline::Engine>(config, observer);
    const pipeline::CaptureId id = engine->open(path);
    std::shared_ptr<const pipeline::CaptureSnapshot> snapshot;
    observer.waitUntil([&] {
        snapshot = engine->snapshot(id);
        return snapshot && snapshot->phase >= pipeline::Phase::Finished;
    });
    if (snapshot->phase != pipeline::Phase::Finished) {
        fmt::print(stderr, "{}\n", snapshot->failure ? snapshot->failure->message : "The analysis did not finish.");
        return std::nullopt;
    }
    Cost cost;
    cost.packets = snapshot->counters.packets;
    cost.flows = snapshot->flows->size();
    engine.reset(); // waits for the store
    watch.stop(cost);
    return cost;
}

void print(const Part& part, const Cost& cost, const Cost& flowsAlone)
{
    fmt::print("{:<16} wall {:.3f} s ({:+.1f} %), CPU {:.3f} s ({:+.1f} %), {:.0f} ns per packet\n", part.name, cost.wall,
               (cost.wall / flowsAlone.wall - 1.0) * 100.0, cost.cpu, (cost.cpu / flowsAlone.cpu - 1.0) * 100.0,
               cost.cpu / static_cast<double>(cost.packets) * 1e9);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        fmt::print(stderr, "usage: analysis_bench FILE [runs [MASKS [part [FOLDER]]]]\n");
        return 2;
    }
    const int runs = argc > 2 ? std::atoi(argv[2]) : 5;
    const char* masks = argc > 3 ? argv[3] : "";
    const std::string_view named = argc > 4 ? argv[4] : "all";
    const std::string_view only = named == "all" ? "" : named;
    const char* folder = argc > 5 ? argv[5] : "";
    const auto wanted = [&](const Part& part) {
        return only.empty() ? !part.resonance || *masks != '\0' : only == part.name;
    };
    std::array<Cost, kParts.size()> best;
    for (int run = 0; run < runs; ++run) {
        for (std::size_t i = 0; i < kParts.size(); ++i) {
            if (!wanted(kParts[i]))
                continue;
            const pipeline::AnalyzerOptions analyzers = analyzersOf(kParts[i], masks);
            const auto cost =
                *folder == '\0' ? analyse(argv[1], analyzers) : analyseInEngine(argv[1], analyzers, folder);
            if (!cost)
                return 1;
            best[i].wall = std::min(best[i].wall, cost->wall);
            best[i].cpu = std::min(best[i].cpu, cost->cpu);
            best[i].packets = cost->packets;
            best[i].flows = cost->flows;
        }
    }
    for (std::size_t i = 0; i < kParts.size(); ++i) {
        if (!wanted(kParts[i]))
            continue;
        if (i == 0)
            fmt::print("{} flows, {} packets\n", best[i].flows, best[i].packets);
        print(kParts[i], best[i], only.empty() ? best[0] : best[i]);
    }
    return 0;
}
