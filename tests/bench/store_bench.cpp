// How fast flows go into a workspace and come back. Usage: store_bench [rows] [folder]
//
// Rows are made before the clock starts, in batches as the engine hands them over.

#include "tests/store/store_fixtures.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

using namespace timbre;
using Clock = std::chrono::steady_clock;

namespace {

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

int fail(const Error& error)
{
    fmt::print(stderr, "{} ({})\n", error.message, error.detail);
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    constexpr std::uint32_t kBatch = 2000;
    const auto rows = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500'000);
    const std::filesystem::path folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path();
    const std::filesystem::path path = folder / "timbre-store-bench.timbre";
    std::filesystem::remove(path);

    test::RandomFlows random(1);
    auto names = std::make_shared<StringPool>();
    std::vector<std::vector<flow::FlowRecord>> batches;
    for (std::uint32_t index = 0; index < rows; ++index) {
        if (index % kBatch == 0)
            batches.emplace_back().reserve(kBatch);
        batches.back().push_back(random.nextUsual(index, *names));
    }

    test::RecordingObserver observer;
    auto workspace = store::Workspace::open(path, observer);
    if (!workspace)
        return fail(workspace.error());
    const Clock::time_point started = Clock::now();
    const double cpuStarted = cpuSeconds();
    const store::CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
    for (auto& batch : batches)
        (*workspace)->addFlows(key, std::move(batch), names);
    (*workspace)->finishCapture(key, test::sampleOutcome(rows));
    (*workspace)->flush();
    const double wrote = secondsSince(started);
    const double wroteCpu = cpuSeconds() - cpuStarted;
    const store::WriterStatus status = (*workspace)->status();
    if (status.problem)
        return fail(*status.problem);
    if (status.flowsWritten != rows)
        return fail({ErrorCode::Unwritable, fmt::format("{} rows were dropped.", status.flowsDropped), {}});
    fmt::print("write: {:.0f} rows/s, {:.2f} s, CPU {:.2f} µs per row, {} commits, {:.0f} bytes per row\n",
               rows / wrote, wrote, wroteCpu / rows * 1e6, status.commits,
               static_cast<double>(std::filesystem::file_size(path)) / rows);

    auto reader = store::WorkspaceReader::open(path);
    if (!reader)
        return fail(reader.error());
    const Clock::time_point loading = Clock::now();
    const double cpuLoading = cpuSeconds();
    auto snapshot = (*reader)->loadSnapshot(key);
    if (!snapshot)
        return fail(snapshot.error());
    const double loaded = secondsSince(loading);
    fmt::print("load: {:.0f} rows/s, {:.2f} s, CPU {:.2f} µs per row\n", rows / loaded, loaded,
               (cpuSeconds() - cpuLoading) / rows * 1e6);

    const Clock::time_point removing = Clock::now();
    (*workspace)->removeCapture(key);
    (*workspace)->flush();
    fmt::print("removal: gone from the list after {:.1f} ms\n", secondsSince(removing) * 1e3);
    reader->reset();
    workspace->reset();
    std::filesystem::remove(path);
    std::filesystem::remove(path.native() + ".lock");
    return 0;
}
