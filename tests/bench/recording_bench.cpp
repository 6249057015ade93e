// What recording costs. Usage: recording_bench FILE [rounds]
//
// The same analysis three times per round: nothing recorded, the largest flow recorded, everything recorded; rounds
// take turns, so that what else the machine does falls on all alike, and the medians are compared. Then the memory of a
// session of 100,000 packets, and how long such a recording takes to become a mask.

#include "engine/mask/generator.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/no_sink.h"

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

using namespace timbre;
using namespace timbre::pipeline;
using Clock = std::chrono::steady_clock;

namespace {

enum class Recorded { Nothing, OneFlow, Everything };

double seconds(const timeval& t)
{
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::shared_ptr<RecordingTap> tapFor(Recorded what, std::uint32_t largest)
{
    RecordingSelection selection;
    selection.chosenFlows = what == Recorded::OneFlow;
    if (selection.chosenFlows)
        selection.flows = {largest};
    selection.idleSeconds = 0;
    return std::make_shared<RecordingTap>(recording::SessionFacts{}, selection, std::vector<std::string>{});
}

struct Cost {
    double cpu = 0.0;
    double wall = 0.0;
};

/// The flow with the most packets.
class Largest : public FlowSink {
public:
    std::uint32_t index = 0;
    void flowEnded(const flow::FlowRecord& record) override
    {
        if (record.packets() <= m_packets)
            return;
        m_packets = record.packets();
        index = record.index;
    }

private:
    std::uint64_t m_packets = 0;
};

class Bench {
public:
    explicit Bench(const char* path)
        : m_path(path)
    {
    }

    /// With everything that listens in the window, or the flow core alone.
    Cost run(Recorded what, bool whole)
    {
        RunOptions options;
        options.analysis.maxFlowRows = 0;
        auto board = std::make_shared<TapBoard>();
        if (what != Recorded::Nothing)
            board->add(tapFor(what, m_largest.index));
        if (whole) {
            AnalyzerOptions analyzers;
            analyzers.recordings = board;
            options.analyzers = makeAnalyzers(analyzers);
        } else {
            options.analyzers = {std::make_shared<RecordingAnalyzer>(board)};
        }
        const double cpu = cpuSeconds();
        const auto begin = Clock::now();
        auto run = AnalysisRun::open(m_path, options, m_largest);
        if (!run) {
            fmt::print(stderr, "{}\n", run.error().message);
            std::exit(1);
        }
        while ((*run)->step()) {
        }
        (*run)->finish();
        m_packets = (*run)->analysis().packets();
        return {cpuSeconds() - cpu, std::chrono::duration<double>(Clock::now() - begin).count()};
    }
    void compare(int rounds, bool whole)
    {
        std::vector<Cost> costs[3];
        (void)run(Recorded::Nothing, whole); // the file comes into memory
        for (int i = 0; i < rounds; ++i) {
            for (const Recorded what : {Recorded::Nothing, Recorded::OneFlow, Recorded::Everything})
                costs[static_cast<int>(what)].push_back(run(what, whole));
        }
        const auto median = [&](Recorded what, auto member) {
            auto& list = costs[static_cast<int>(what)];
            std::ranges::nth_element(list, list.begin() + rounds / 2, {}, member);
            return list[static_cast<std::size_t>(rounds / 2)].*member;
        };
        const double cpu = median(Recorded::Nothing, &Cost::cpu);
        const double wall = median(Recorded::Nothing, &Cost::wall);
        fmt::print("{}: {} packets, nothing recorded: {:.0f} ns CPU a packet, {:.3f} s wall\n",
                   whole ? "everything that listens in the window" : "flow core alone", m_packets,
                   cpu / static_cast<double>(m_packets) * 1e9, wall);
        for (const auto& [what, words] :
             {std::pair{Recorded::OneFlow, "one flow"}, std::pair{Recorded::Everything, "everything"}})
            fmt::print("  {} recorded: CPU {:+.1f} %, wall {:+.1f} %\n", words,
                       (median(what, &Cost::cpu) / cpu - 1.0) * 100.0,
                       (median(what, &Cost::wall) / wall - 1.0) * 100.0);
    }

private:
    const char* m_path;
    Largest m_largest;
    std::uint64_t m_packets = 0;
};

/// A talk with changing sizes and gaps, random payload.
recording::SeenPacket packet(std::uint32_t i, Bytes payload)
{
    const std::uint32_t noise = i * 2654435761U;
    return {.time = {static_cast<std::int64_t>(i) * 9'000'000 + noise % 3'000'000},
            .size = 60 + noise % 1400,
            .fromInitiator = i % 3 != 0,
            .entropy = 7.0F + static_cast<float>(noise % 100) / 200.0F,
            .payload = payload};
}

void measureSession()
{
    std::array<std::byte, 64> payload{};
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    std::size_t most = 0;
    recording::Recorder recorder({}, {}, false);
    for (std::uint32_t i = 0; i < recording::kMaxPackets + 1000; ++i) {
        for (std::byte& byte : payload)
            byte = static_cast<std::byte>((i * 7919U + static_cast<unsigned>(&byte - payload.data()) * 31U) >> 3U);
        recorder.add(packet(i, payload));
        if (i % 1000 == 0)
            most = std::max(most, mallinfo2().uordblks + mallinfo2().hblkhd - before);
    }
    fmt::print("a session of 100,000 packets: {:.2f} MiB at most\n",
               static_cast<double>(most + sizeof recorder) / 1048576.0);
    const recording::Recording recording = recorder.finish({1'000'000'000'000}, recording::EndReason::Stopped);
    mask::GeneratorOptions options;
    options.service = "bench";
    const auto begin = Clock::now();
    const auto made = mask::generateMask(recording.packets, options);
    const double taken = std::chrono::duration<double>(Clock::now() - begin).count();
    fmt::print("a mask of {} packets: {:.2f} s{}\n", recording.packets.size(), taken,
               made.ok() ? "" : ": " + made.error().message);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        fmt::print(stderr, "usage: recording_bench FILE [rounds]\n");
        return 2;
    }
    measureSession();
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 9;
    Bench bench(argv[1]);
    bench.compare(rounds, true);
    bench.compare(rounds, false);
    return 0;
}
