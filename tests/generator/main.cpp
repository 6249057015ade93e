// timbre-generate: writes a capture of a named scenario and prints what is in it.

#include "tests/generator/capture_file.h"
#include "tests/generator/stream_traffic.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <optional>

namespace {

using namespace timbre::generator;

struct Arguments {
    std::string scenario;
    std::string outputPath;
    std::string truthPath;
    std::string format;
    std::string interface;
    std::vector<std::string> damage;
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> packets;
    std::optional<std::uint64_t> flows;
    std::uint64_t packetsPerSecond = 50'000;
    std::size_t snapLength = 0;
    std::size_t sections = 1;
    std::string blocks = "enhanced";
    bool bigEndian = false;
    bool microseconds = false;
    bool plain = false;
    bool oddBlocks = false;
};

const std::map<std::string, StreamMix, std::less<>> kMixes{
    {"mixed", StreamMix::Mixed}, {"small", StreamMix::Small}, {"manyflows", StreamMix::ManyFlows}};
const std::map<std::string, PacketBlocks, std::less<>> kBlocks{{"enhanced", PacketBlocks::Enhanced},
                                                               {"old", PacketBlocks::Old},
                                                               {"simple", PacketBlocks::Simple},
                                                               {"mixed", PacketBlocks::Mixed}};

int fail(const std::string& message)
{
    fmt::print(stderr, "timbre-generate: {}\n", message);
    return 1;
}

int writeFile(const Bytes& bytes, const std::string& path)
{
    Output file;
    if (!file.openFile(path)) {
        return fail(file.error());
    }
    file.append(bytes);
    return file.finish() ? 0 : fail(file.error());
}

int writeTruth(const GroundTruth& truth, const std::string& path)
{
    const std::string json = truth.toJson();
    if (!path.empty()) {
        return writeFile(toBytes(json), path);
    }
    fmt::print("{}", json);
    return 0;
}

/// "cut-body@100": the kind and the packet, the last one without a number.
std::optional<DamageRequest> parseDamage(std::string_view text)
{
    const std::size_t at = text.find('@');
    const auto kind = damageByName(text.substr(0, at));
    DamageRequest request{kind.value_or(DamageKind::CutInBody), ~std::size_t{0} >> 1};
    if (at != std::string_view::npos) {
        const char* const end = text.data() + text.size();
        const auto [parsed, error] = std::from_chars(text.data() + at + 1, end, request.packetIndex);
        if (error != std::errc{} || parsed != end) {
            return std::nullopt;
        }
    }
    return kind ? std::optional(request) : std::nullopt;
}

int runStream(const Arguments& arguments, StreamMix mix)
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
    Output output;
    if (!output.openFile(arguments.outputPath)) {
        return fail(output.error());
    }
    GroundTruth truth = streamTraffic(mix, options, output);
    truth.fileBytes = output.offset();
    return output.finish() ? writeTruth(truth, arguments.truthPath) : fail(output.error());
}

/// What `damaged` does when nothing else is asked for.
std::vector<DamageRequest> usualDamage(std::size_t packets)
{
    return {
        {DamageKind::ZeroLength, packets / 4}, {DamageKind::TimeBack, packets / 2}, {DamageKind::CutInBody, packets}};
}

int runSmall(const Arguments& arguments)
{
    const bool damaged = arguments.scenario == "damaged";
    ScenarioOptions scenario;
    scenario.seed = arguments.seed;
    scenario.snapLength = arguments.snapLength != 0 ? arguments.snapLength : damaged ? 256 : 0;
    auto traffic = scenarioByName(arguments.scenario, scenario);
    if (!traffic) {
        return fail("unknown scenario " + arguments.scenario);
    }
    if (!arguments.interface.empty()) {
        const auto found = std::find_if(traffic->interfaces.begin(), traffic->interfaces.end(),
                                        [&](const auto& entry) { return entry.name == arguments.interface; });
        if (found == traffic->interfaces.end()) {
            return fail("the scenario has no interface " + arguments.interface);
        }
        *traffic = onlyInterface(*traffic, low32(static_cast<std::size_t>(found - traffic->interfaces.begin())));
    }
    CaptureFileOptions file;
    file.format = arguments.format == "pcap" ? FileFormat::Pcap : FileFormat::Pcapng;
    if (file.format == FileFormat::Pcap && traffic->interfaces.size() > 1) {
        return fail("pcap holds one link type only: choose one with --interface");
    }
    file.bigEndian = arguments.bigEndian;
    file.nanoseconds = !arguments.microseconds;
    file.sections = arguments.sections;
    file.extras = !arguments.plain;
    file.oddBlocks = arguments.oddBlocks;
    file.blocks = kBlocks.at(arguments.blocks);
    for (const auto& text : arguments.damage) {
        const auto request = parseDamage(text);
        if (!request) {
            return fail("damage is KIND or KIND@PACKET, see --help: " + text);
        }
        file.damage.push_back(*request);
    }
    if (damaged && file.damage.empty()) {
        file.damage = usualDamage(traffic->frames.size());
    }
    const Bytes bytes = writeCapture(*traffic, file);
    const int written = writeFile(bytes, arguments.outputPath);
    return written != 0 ? written : writeTruth(traffic->truth, arguments.truthPath);
}

void addSizeOptions(CLI::App& app, Arguments& arguments)
{
    app.add_option("--packets", arguments.packets, "packets in all (mixed, small, manyflows)")
        ->check(CLI::Range(1ULL, 100'000'000'000ULL));
    app.add_option("--flows", arguments.flows, "flows in all (mixed, small, manyflows)")
        ->check(CLI::Range(1ULL, 4'294'967'295ULL));
    app.add_option("--rate", arguments.packetsPerSecond, "packets per second of capture time (mixed, small, manyflows)")
        ->check(CLI::Range(1ULL, 1'000'000'000ULL))
        ->capture_default_str();
}

void addFileOptions(CLI::App& app, Arguments& arguments)
{
    app.add_option("--format", arguments.format, "pcap or pcapng (default: pcap for the large scenarios, else pcapng)")
        ->check(CLI::IsMember({"pcap", "pcapng"}));
    app.add_flag("--big-endian", arguments.bigEndian, "big-endian file (small scenarios)");
    app.add_flag("--microseconds", arguments.microseconds, "pcap with microseconds (small scenarios)");
    app.add_option("--snap-length", arguments.snapLength, "cut frames to this many bytes (small scenarios)");
    app.add_option("--interface", arguments.interface, "only the frames of this interface (links)");
    app.add_option("--sections", arguments.sections, "pcapng sections, every second in the other byte order")
        ->check(CLI::Range(1, 1000));
    app.add_option("--blocks", arguments.blocks, "pcapng packet blocks: enhanced, old, simple or mixed")
        ->check(CLI::IsMember(kBlocks));
    app.add_flag("--plain", arguments.plain, "pcapng without names, statistics and section comment");
    app.add_flag("--odd-blocks", arguments.oddBlocks, "pcapng with a custom and an unknown block in each section");
    app.add_option("--damage", arguments.damage,
                   "KIND or KIND@PACKET, repeatable: cut-header, cut-body, garbage, captured-too-large, zero-length, "
                   "time-back (small scenarios)");
}

} // namespace

int main(int argc, char** argv)
{
    Arguments arguments;
    CLI::App app(
        "Writes a capture file of made-up traffic and prints as JSON what is in it. The same scenario, seed and "
        "sizes give the same bytes on every machine.");
    std::vector<std::string> scenarios = scenarioNames();
    for (const auto& [name, mix] : kMixes) {
        scenarios.push_back(name);
    }
    app.add_option("scenario", arguments.scenario, "what to make")->required()->check(CLI::IsMember(scenarios));
    app.add_option("-o,--output", arguments.outputPath, "capture file to write")->required();
    app.add_option("--truth", arguments.truthPath, "file for the JSON (default: standard output)");
    app.add_option("--seed", arguments.seed, "start of the random numbers")->capture_default_str();
    addSizeOptions(app, arguments);
    addFileOptions(app, arguments);
    CLI11_PARSE(app, argc, argv);
    const auto mix = kMixes.find(arguments.scenario);
    return mix == kMixes.end() ? runSmall(arguments) : runStream(arguments, mix->second);
}
