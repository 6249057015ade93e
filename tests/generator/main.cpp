// timbre-generate: writes a capture of a named scenario and prints what is in it.

#include "tests/generator/stream_traffic.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <optional>

namespace {

using namespace timbre::generator;

struct Arguments {
    std::string scenario;
    std::string outputPath;
    std::string truthPath;
    std::string format = "pcap";
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> packets;
    std::optional<std::uint64_t> flows;
    std::uint64_t packetsPerSecond = 50'000;
};

int fail(const std::string& message)
{
    fmt::print(stderr, "timbre-generate: {}\n", message);
    return 1;
}

int writeTruth(const GroundTruth& truth, const std::string& path)
{
    const std::string json = truth.toJson();
    if (path.empty()) {
        fmt::print("{}", json);
        return 0;
    }
    Output file;
    if (!file.openFile(path)) {
        return fail(file.error());
    }
    file.append(toBytes(json));
    return file.finish() ? 0 : fail(file.error());
}

std::optional<StreamMix> streamMix(std::string_view scenario)
{
    static const std::map<std::string_view, StreamMix> kMixes{
        {"mixed", StreamMix::Mixed}, {"small", StreamMix::Small}, {"manyflows", StreamMix::ManyFlows}};
    const auto found = kMixes.find(scenario);
    return found == kMixes.end() ? std::nullopt : std::optional(found->second);
}

StreamOptions streamOptions(const Arguments& arguments, StreamMix mix)
{
    StreamOptions options;
    options.seed = arguments.seed;
    options.packetsPerSecond = arguments.packetsPerSecond;
    options.format = arguments.format == "pcapng" ? FileFormat::Pcapng : FileFormat::Pcap;
    if (mix == StreamMix::ManyFlows) {
        options.flows = 1'000'000;
    } else if (mix == StreamMix::Small) {
        options.flows = 20'000;
    }
    options.flows = arguments.flows.value_or(options.flows);
    options.packets = arguments.packets.value_or(mix == StreamMix::ManyFlows ? options.flows * 3 : options.packets);
    return options;
}

int run(const Arguments& arguments)
{
    Output output;
    if (!output.openFile(arguments.outputPath)) {
        return fail(output.error());
    }
    const auto mix = streamMix(arguments.scenario);
    GroundTruth truth = streamTraffic(*mix, streamOptions(arguments, *mix), output);
    truth.fileBytes = output.offset();
    if (!output.finish()) {
        return fail(output.error());
    }
    return writeTruth(truth, arguments.truthPath);
}

} // namespace

int main(int argc, char** argv)
{
    Arguments arguments;
    CLI::App app(
        "Writes a capture file of made-up traffic and prints as JSON what is in it. The same scenario, seed and "
        "sizes give the same bytes on every machine.");
    app.add_option("scenario", arguments.scenario, "mixed, small or manyflows")
        ->required()
        ->check(CLI::IsMember({"mixed", "small", "manyflows"}));
    app.add_option("-o,--output", arguments.outputPath, "capture file to write")->required();
    app.add_option("--truth", arguments.truthPath, "file for the JSON (default: standard output)");
    app.add_option("--seed", arguments.seed, "start of the random numbers")->capture_default_str();
    app.add_option("--packets", arguments.packets, "packets in all")->check(CLI::Range(1ULL, 100'000'000'000ULL));
    app.add_option("--flows", arguments.flows, "flows in all")->check(CLI::Range(1ULL, 4'294'967'295ULL));
    app.add_option("--rate", arguments.packetsPerSecond, "packets per second of capture time")
        ->check(CLI::Range(1ULL, 1'000'000'000ULL))
        ->capture_default_str();
    app.add_option("--format", arguments.format, "pcap or pcapng")
        ->check(CLI::IsMember({"pcap", "pcapng"}))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return run(arguments);
}
