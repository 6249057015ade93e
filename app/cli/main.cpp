// timbre-cli: what the workbench knows of a capture, for shells and scripts. This file is the command line only: each
// command's options become a struct (commands.h), the work is in the command's own file.

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/mask_usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

using namespace timbre::cli;

namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 a file or output could not be read or written; 2 wrong usage (option, filter, capture\n"
    "filter); 3 done, but a capture is cut or damaged, or a cap left flows out: results up to there are complete;\n"
    "4 a mask was refused, failed its test, or is not validly signed.";

void addReading(CLI::App& command, AnalysisOptions& options)
{
    command.add_option("--block-bytes", options.blockBytes, "Bytes of one read")
        ->group("") // for tests: results do not depend on it
        ->check(CLI::Range(64, 1 << 26));
}

void addAnalysis(CLI::App& command, AnalysisOptions& options)
{
    constexpr const char* kGroup = "How flows are formed";
    command
        .add_option("--bpf", options.captureFilter, "Look only at packets that fit this filter in tcpdump's language")
        ->option_text("FILTER");
    command
        .add_option("--max-flows", options.maxFlows,
                    "Flows that may live at once; then the least active one ends (100000)")
        ->option_text("N")
        ->group(kGroup)
        ->check(CLI::Range(1U, 100'000'000U));
    const CLI::Range seconds(0.0, 1e9);
    command.add_option("--tcp-timeout", options.tcpTimeout, "Seconds of silence that end a TCP flow (300)")
        ->option_text("S")
        ->group(kGroup)
        ->check(seconds);
    command.add_option("--udp-timeout", options.udpTimeout, "… a UDP flow (60)")
        ->option_text("S")
        ->group(kGroup)
        ->check(seconds);
    command.add_option("--other-timeout", options.otherTimeout, "… any other flow (30)")
        ->option_text("S")
        ->group(kGroup)
        ->check(seconds);
    auto* none = command.add_flag("--no-tunnels", options.noTunnels, "Do not look inside tunnels")->group(kGroup);
    command.add_flag("--inner", options.innerCounts, "Packets in tunnels count for the inner flow, not the tunnel's")
        ->group(kGroup)
        ->excludes(none);
    constexpr const char* kSignals = "Signals";
    command.add_option("--locations", options.locations, "MMDB files with countries, places and networks")
        ->option_text("FILE...")
        ->group(kSignals)
        ->check(CLI::ExistingFile);
    command
        .add_flag("--plain-hashes", options.plainHashes,
                  "Hash tokens without your key: comparable everywhere, but short secrets can be guessed")
        ->group(kSignals);
    command.add_flag("--no-sensitive-data", options.noSensitiveData, "Do not look for card numbers and keys in bodies")
        ->group(kSignals);
    command.add_flag("--ja4h", options.ja4h, "Also JA4H, whose licence restricts commercial use")->group(kSignals);
    command.add_option("--max-listed", options.maxListed, "Flows kept for a list; the rest is counted (4000000)")
        ->option_text("N")
        ->group(kGroup)
        ->check(CLI::Range(1U, 1'000'000'000U));
    addReading(command, options);
}

void addFormats(CLI::App& command, ListFormat& format, const char* what)
{
    const auto add = [&](const char* name, ListFormat value, const std::string& help) {
        const auto choose = [&format, value] {
            if (format != ListFormat::Text && format != value)
                throw CLI::ValidationError("--json, --csv and --zeek exclude each other"); // as CLI11 wants it
            format = value;
        };
        command.add_flag_callback(name, choose, help)->group("Output");
    };
    add("--json", ListFormat::Json, std::string(what) + " as JSON lines");
    add("--csv", ListFormat::Csv, "Flows as comma-separated values");
    add("--zeek", ListFormat::Zeek, "Flows as Zeek's conn.log");
}

void addAnalyze(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<AnalyzeOptions>();
    CLI::App& command = *app.add_subcommand("analyze", "Analyse captures: a summary, their flows, or into a workspace");
    command.add_option("FILE", options->files, "Capture files: pcap or pcapng, also compressed")
        ->required()
        ->type_name("");
    command
        .add_option("--store", options->workspace, "Keep the analysis in this workspace, made when it does not exist")
        ->option_text("WORKSPACE");
    command.add_option("--filter", options->filter, "Only flows that fit (see timbre-cli help fields)")
        ->option_text("FILTER");
    addFormats(command, options->format, "The capture, its flows and messages");
    command.add_flag("--all", options->everything,
                     "Also judge voice streams and collect signals, as the window does; implied by --filter");
    addAnalysis(command, options->analysis);
    command.footer("Examples:\n"
                   "  timbre-cli analyze office.pcapng\n"
                   "  timbre-cli analyze office.pcapng --filter 'port == 443 and retransmissions > 10'\n"
                   "  timbre-cli analyze office.pcapng --bpf 'udp port 53' --json > dns.jsonl\n"
                   "  timbre-cli analyze *.pcapng.gz --store case7.timbre\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] {
        options->analysis.everything = options->everything || !options->filter.empty();
        chosen = [options] { return runAnalyze(*options); };
    });
}

void addSelection(CLI::App& command, Selection& selection)
{
    constexpr const char* kGroup = "Which flows and packets";
    command
        .add_option("--filter", selection.filter, "Only flows that fit, and their packets (see timbre-cli help fields)")
        ->option_text("FILTER")
        ->group(kGroup);
    command.add_option("--from", selection.from, "Only what happened at or after this time: 2026-11-21T09:15:02 (UTC)")
        ->option_text("TIME")
        ->group(kGroup);
    command.add_option("--to", selection.to, "Only what happened at or before this time")
        ->option_text("TIME")
        ->group(kGroup);
}

void addFlowNumbers(CLI::App& command, Selection& selection)
{
    command
        .add_option("--flow", selection.flows, "Only the flows with these numbers, as `timbre-cli flows` lists them")
        ->option_text("N ...")
        ->group("Which flows and packets");
}

void addRecordSelection(CLI::App& command, Selection& selection)
{
    addSelection(command, selection);
    addFlowNumbers(command, selection);
}

template<typename Options>
void addWorkspaceCapture(CLI::App& command, Options& options)
{
    command.add_option("--capture", options.capture, "Which capture of a workspace (see timbre-cli info WORKSPACE)")
        ->option_text("N");
}

void addInfo(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<InfoOptions>();
    CLI::App& command =
        *app.add_subcommand("info", "Say what is in capture files, or list the captures of a workspace");
    command.add_option("FILE", options->files, "Capture files or workspaces")->required()->type_name("");
    command.add_flag("--json", options->json, "One JSON object per capture, and per message about it");
    command.add_option("--block-bytes", options->blockBytes)->group("")->check(CLI::Range(64, 1 << 26));
    command.footer("Reads each file to its end, but does not form flows.\n\nExamples:\n"
                   "  timbre-cli info office.pcapng\n"
                   "  timbre-cli info --json *.pcap.gz | jq .packets\n"
                   "  timbre-cli info case7.timbre\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runInfo(*options); }; });
}

void addFlows(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<FlowsOptions>();
    CLI::App& command = *app.add_subcommand("flows", "List the flows of a capture, or of one that a workspace keeps");
    command.add_option("FILE", options->file, "A capture file or a workspace")->required()->type_name("");
    addWorkspaceCapture(command, *options);
    addSelection(command, options->selection);
    command.add_option("--sort", options->sort, "Order by these fields; - before a field: largest first")
        ->option_text("[-]FIELD,...");
    command.add_option("--limit", options->limit, "List at most so many")->option_text("N");
    addFormats(command, options->format, "Flows");
    addAnalysis(command, options->analysis);
    command.footer("Examples:\n"
                   "  timbre-cli flows office.pcapng --sort=-flow.bytes --limit 20\n"
                   "  timbre-cli flows office.pcapng --filter 'sni contains example and flow.age > 10s'\n"
                   "  timbre-cli flows case7.timbre --capture 2 --csv > flows.csv\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runFlows(*options); }; });
}

void addPackets(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<PacketsOptions>();
    CLI::App& command = *app.add_subcommand("packets", "List packets, or spell one out");
    command.add_option("FILE", options->file, "A capture file")->required()->type_name("");
    addSelection(command, options->selection);
    addFlowNumbers(command, options->selection);
    command.add_option("--limit", options->limit, "List at most so many")->option_text("N");
    command.add_flag("--json", options->json, "As JSON lines")->group("Output");
    CLI::Option* packet = command.add_option("--packet", options->packet, "Show every layer and field of this packet")
                              ->option_text("N")
                              ->group("Output")
                              ->check(CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max()));
    command.add_flag("--hex", options->hex, "And its bytes")->group("Output")->needs(packet);
    addAnalysis(command, options->analysis);
    command.footer("--bpf chooses among the packets; flows are numbered as without it.\n\nExamples:\n"
                   "  timbre-cli packets office.pcapng --limit 20\n"
                   "  timbre-cli packets office.pcapng --flow 17\n"
                   "  timbre-cli packets office.pcapng --filter 'app == dns' --bpf 'less 100' --json\n"
                   "  timbre-cli packets office.pcapng --packet 42 --hex\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runPackets(*options); }; });
}

void addAudio(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<AudioOptions>();
    CLI::App& command = *app.add_subcommand("audio", "Find voice streams and judge whether they are voices");
    command.add_option("FILE", options->file, "A capture file or a workspace")->required()->type_name("");
    addWorkspaceCapture(command, *options);
    auto* text = command.add_flag("--text", options->text, "A table to read instead of JSON")->group("Output");
    command.add_flag("--json", options->json, "JSON, as without it")->group("Output")->excludes(text);
    addAnalysis(command, options->analysis);
    command.footer("Examples:\n"
                   "  timbre-cli audio calls.pcapng | jq '.streams[] | [.codec, .calibrated.verdict]'\n"
                   "  timbre-cli audio calls.pcapng --text\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runAudio(*options); }; });
}

/// What every evaluation takes.
void addEvaluation(CLI::App& command, EvaluateOptions& options)
{
    command.add_option("--seed", options.seed, "Another seed makes other traffic (1)")->option_text("N");
    command.add_option("--corpus", options.corpus, "Judge the captures in this directory as well")->option_text("DIR");
    command.add_option("--loss", options.lossPercent, "Lose so many of a hundred generated packets (0)")
        ->option_text("PCT")
        ->check(CLI::Range(0.0, 90.0));
    command.add_flag("--json", options.json, "One JSON object");
}

void addEvaluateAudio(CLI::App& group, Chosen& chosen)
{
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App& command = *group.add_subcommand("audio", "Speech and tunnels of many kinds, and the verdicts they get");
    addEvaluation(command, *options);
    command.add_option("--streams", options->streams, "Streams of each kind, at least (200)")
        ->option_text("N")
        ->check(CLI::Range(1U, 100'000U));
    command.footer("Captures count as speech; those below a directory whose name begins with “tunnel” as tunnels.");
    command.callback([options, &chosen] { chosen = [options] { return evaluateAudio(*options); }; });
}

void addResonance(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<ResonanceOptions>();
    CLI::App& command = *app.add_subcommand(
        "resonance", "Check flows, pairs of hosts or a recording against masks: do they still sound the same?");
    auto* file = command.add_option("FILE", options->file, "A capture file")->type_name("");
    command.add_option("--masks", options->masks, "A directory of masks (*.json)")->option_text("DIR")->required();
    auto* by = command.add_option("--by", options->by, "What is checked: each flow, or all that two hosts say (flow)")
                   ->option_text("flow|pair")
                   ->check(CLI::IsMember({"flow", "pair"}));
    command.add_option("--recording", options->recording, "Check this recording instead of a capture")
        ->option_text("FILE")
        ->excludes(file)
        ->excludes(by);
    command.add_option("--filter", options->filter, "List only these flows")->option_text("FILTER");
    command.add_flag("--final", options->finalOnly, "Only the check at each flow's end");
    command.add_option("--evidence", options->evidence, "List so many features of the best mask of each flow")
        ->option_text("N")
        ->check(CLI::Range(0, 128));
    const CLI::Range limit(0.0, 1e9);
    command.add_option("--warning", options->warning, "Limit of the exact score (0.15)")
        ->option_text("S")
        ->check(limit);
    command.add_option("--compromised", options->compromised, "Limit of the exact score (0.35)")
        ->option_text("S")
        ->check(limit);
    auto* text = command.add_flag("--text", options->text, "A table to read instead of JSON")->group("Output");
    command.add_flag("--json", options->json, "JSON, as without it")->group("Output")->excludes(text);
    addAnalysis(command, options->analysis);
    command.footer("Examples:\n"
                   "  timbre-cli resonance office.pcapng --masks masks --text\n"
                   "  timbre-cli resonance office.pcapng --masks masks --final --evidence 10 | jq '.flows[].best'\n"
                   "  timbre-cli resonance office.pcapng --masks masks --by pair --text\n"
                   "  timbre-cli resonance --recording portal.json --masks masks --text\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runResonance(*options); }; });
}

void addEvaluateResonance(CLI::App& group, Chosen& chosen)
{
    auto options = std::make_shared<EvaluateResonanceOptions>();
    CLI::App& command =
        *group.add_subcommand("resonance", "How well the calibrated score tells a mask's traffic from other traffic");
    command.add_option("--seed", options->seed, "Of the generated traffic and of the halves (1)")->option_text("N");
    command.add_option("--flows", options->flowsPerClass, "Generated flows per class (30)")
        ->option_text("N")
        ->check(CLI::Range(4, 1000));
    command.add_option("--corpus", options->corpus, "Captures in this directory instead of generated traffic")
        ->option_text("DIR");
    command
        .add_option("--min-packets", options->fewestPackets, "Flows of captures count from so many packets on (256)")
        ->option_text("N")
        ->check(CLI::Range(8, 1024));
    command.add_option("--loss", options->lossPercent, "Lose so many percent of the packets that are scored (0)")
        ->option_text("PCT")
        ->check(CLI::Range(0.0, 90.0));
    command.add_flag("--foreign-masks", options->foreignMasks, "Masks without the spread that only Timbre writes");
    command.add_flag("--json", options->json, "As one JSON object")->group("Output");
    command.callback([options, &chosen] { chosen = [options] { return runEvaluateResonance(*options); }; });
}

/// One sub-command per kind of judgement, each in a file of its own.
void addEvaluate(CLI::App& app, Chosen& chosen)
{
    CLI::App& group = *app.add_subcommand("evaluate", "Measure the judgements on traffic whose nature is known");
    group.require_subcommand(1);
    addEvaluateAudio(group, chosen);
    addEvaluateResonance(group, chosen);
    group.footer("Examples:\n"
                 "  timbre-cli evaluate resonance --seed 7 --loss 5\n"
                 "  timbre-cli evaluate resonance --corpus captures --json\n\n" +
                 std::string(kExitCodes));
}

void addSignalOptions(CLI::App& command, SignalsOptions& options)
{
    using What = SignalsOptions::What;
    constexpr const char* kWhich = "Which";
    command.add_option("FILE", options.file, "A capture file or a workspace")->required()->type_name("");
    addWorkspaceCapture(command, options);
    command.add_option("--from", options.from, "From this time on")->option_text("TIME")->group(kWhich);
    command.add_option("--to", options.to, "Up to this time")->option_text("TIME")->group(kWhich);
    if (options.what != What::Entities) {
        command.add_option("--type", options.type, "Only this type")->option_text("TYPE")->group(kWhich);
        command.add_option("--category", options.category, "auth_token, device, network or behavioral")
            ->option_text("CATEGORY")
            ->group(kWhich);
    }
    if (options.what != What::Trends)
        command.add_option("--entity", options.entity, "Only this address")->option_text("ADDRESS")->group(kWhich);
    if (options.what == What::Anomalies)
        command.add_option("--severity", options.severity, "low, medium, high or critical")
            ->option_text("SEVERITY")
            ->group(kWhich);
    if (options.what == What::Trends)
        command.add_option("--resolution", options.resolution, "minute, hour or day")
            ->option_text("STEP")
            ->check(CLI::IsMember({"minute", "hour", "day"}));
    command.add_option("--limit", options.limit, "At most this many")->option_text("N")->group(kWhich);
    const auto format = [&](const char* flag, const char* name, const char* help) {
        command
            .add_flag_callback(
                flag, [&options, name] { options.format = name; }, help)
            ->group("Output");
    };
    format("--json", "json", "JSON lines");
    format("--csv", "csv", "CSV with a line of names");
    if (options.what == What::Anomalies)
        format("--eve", "eve", "Suricata EVE JSON lines");
    addAnalysis(command, options.analysis);
}

void addSignals(CLI::App& app, Chosen& chosen)
{
    using What = SignalsOptions::What;
    struct Command {
        What what;
        const char* name;
        const char* help;
    };
    for (const Command& one :
         {Command{What::Signals, "signals", "List signals: fingerprints, hashes of tokens, patterns of requests"},
          Command{What::Trends, "trends", "Count signals by type and minute, hour or day"},
          Command{What::Anomalies, "anomalies", "List anomalies with their evidence"},
          Command{What::Entities, "entities", "List addresses with their risk"}}) {
        auto options = std::make_shared<SignalsOptions>();
        options->what = one.what;
        CLI::App& command = *app.add_subcommand(one.name, one.help);
        addSignalOptions(command, *options);
        command.footer(kExitCodes);
        command.callback([options, &chosen] { chosen = [options] { return runSignals(*options); }; });
    }
}

void addExport(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<ExportOptions>();
    CLI::App& command = *app.add_subcommand("export", "Write flows, or their packets, into a file");
    command.add_option("FILE", options->file, "A capture file or a workspace")->required()->type_name("");
    command.add_option("-o,--output", options->target, "The file to write")->option_text("OUT")->required();
    command
        .add_option("--format", options->format,
                    "csv, json, zeek (flows) or pcapng (packets); else by the ending of OUT")
        ->check(CLI::IsMember({"csv", "json", "zeek", "pcapng"}))
        ->option_text("FORMAT");
    command.add_flag("--force", options->overwrite, "Replace OUT when it exists");
    addWorkspaceCapture(command, *options);
    addSelection(command, options->selection);
    addFlowNumbers(command, options->selection);
    addAnalysis(command, options->analysis);
    command.footer(
        "OUT appears when it is whole; when something fails there is none, and an older one is as it was.\n"
        "For pcapng, --bpf and times choose among the packets; for flows, --bpf chooses the packets analysed.\n"
        "\nExamples:\n"
        "  timbre-cli export office.pcapng -o flows.csv\n"
        "  timbre-cli export office.pcapng -o web.pcapng --filter 'port == 443'\n"
        "  timbre-cli export office.pcapng -o two.pcapng --flow 17 23\n"
        "  timbre-cli export case7.timbre --capture 2 -o conn.log\n\n" +
        std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runExport(*options); }; });
}

void addInterfaces(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<InterfacesOptions>();
    CLI::App& command = *app.add_subcommand("interfaces", "List the network interfaces that can be captured from");
    command.add_flag("--json", options->json, "One JSON object per interface");
    command.footer(std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runInterfaces(*options); }; });
}

void addCaptureTuning(CLI::App& command, CaptureOptions& options)
{
    constexpr const char* kGroup = "How packets are captured";
    command.add_flag("--no-promisc", options.noPromiscuous, "Only packets for this machine")->group(kGroup);
    command.add_flag("--monitor", options.monitor, "Monitor mode, where a wireless interface has it")->group(kGroup);
    command.add_option("--snaplen", options.snapLength, "Keep so many bytes of a packet (262144)")
        ->option_text("BYTES")
        ->group(kGroup)
        ->check(CLI::Range(1, 262'144));
    command.add_option("--buffer", options.bufferMiB, "Buffer in the kernel, per interface (32)")
        ->option_text("MIB")
        ->group(kGroup)
        ->check(CLI::Range(1, 1024));
    auto* size = command.add_option("--ring-size", options.ringMiB, "Go on to a new file after so many MiB")
                     ->option_text("MIB")
                     ->group(kGroup)
                     ->check(CLI::Range(1, 1 << 20));
    command.add_option("--ring-files", options.ringFiles, "Keep so many files, remove the oldest")
        ->option_text("N")
        ->group(kGroup)
        ->needs(size)
        ->check(CLI::Range(2, 100'000));
    command.add_option("--spool", options.spool, "Directory in which packets lie meanwhile")
        ->option_text("DIR")
        ->group(kGroup);
    command.add_flag("--allow-root", options.allowRoot, "Capture although run as root")->group(kGroup);
}

void addCapture(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<CaptureOptions>();
    CLI::App& command = *app.add_subcommand("capture", "Capture live and tell of flows as they come and go");
    auto* interface = command.add_option("-i,--interface", options->interfaces, "Capture from these interfaces");
    interface->option_text("IF ...");
    auto* replay = command.add_option("--replay", options->replay, "Play this file back instead, as if it were live");
    replay->option_text("FILE")->excludes(interface);
    command.add_option("--speed", options->speed, "Of the replay: 2 is twice as fast, 0 as fast as it goes (1)")
        ->option_text("X")
        ->needs(replay)
        ->check(CLI::Range(0.0, 1e6));
    command
        .add_option("-f,--bpf", options->captureFilter, "Keep only packets that fit this filter in tcpdump's language")
        ->option_text("FILTER")
        ->excludes(replay);
    command.add_option("-w,--write", options->target, "Save the packets here at the end; else they are removed")
        ->option_text("OUT");
    command.add_flag("--force", options->overwrite, "Replace OUT when it exists");
    command.add_option("--for", options->forSeconds, "Stop after this time: 60s, 5m")
        ->option_text("TIME")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, double>{{"s", 1}, {"m", 60}, {"h", 3600}}));
    command.add_option("--packets", options->maxPackets, "Stop after so many packets")->option_text("N");
    command.add_option("--bytes", options->maxBytes, "Stop after so many bytes of packets")->option_text("N");
    command.add_option("--filter", options->filter, "Only tell of flows that fit (see timbre-cli help fields)")
        ->option_text("FILTER");
    command.add_flag("--json", options->json, "Events as JSON lines");
    addCaptureTuning(command, *options);
    command.footer("Ctrl+C stops the capture; what was captured is analysed to the end.\n\nExamples:\n"
                   "  timbre-cli capture -i eth0 --for 60s\n"
                   "  timbre-cli capture -i eth0 -f 'udp port 53' --json | jq 'select(.event == \"flow-end\")'\n"
                   "  timbre-cli capture -i eth0 -w evening.pcapng --ring-size 256 --ring-files 40\n"
                   "  timbre-cli capture --replay office.pcapng --speed 10\n\n" +
                   std::string(kExitCodes));
    command.callback([options, interface, replay, &chosen] {
        if (interface->count() + replay->count() == 0)
            throw CLI::ValidationError("Say what to capture from: -i IF, or --replay FILE"); // as CLI11 wants it
        chosen = [options] { return runCapture(*options); };
    });
}

void addHelp(CLI::App& app, Chosen& chosen)
{
    auto topic = std::make_shared<std::string>();
    CLI::App& command = *app.add_subcommand("help", "Explain a topic: `help fields` lists what filters may ask for");
    command.add_option("TOPIC", *topic, "fields, or a command")->required()->type_name("");
    command.callback([topic, &app, &chosen] {
        chosen = [topic, &app] {
            if (*topic == "fields")
                return printFields();
            const auto about = app.get_subcommands([&](const CLI::App* each) { return each->get_name() == *topic; });
            if (about.empty()) {
                complain("There is no help on “" + *topic + "”. Topics: fields, and the commands that --help lists.");
                return ExitCode::WrongUsage;
            }
            Output output = Output::standard();
            output.put(about.front()->help("timbre-cli"));
            return finished(output, ExitCode::Done);
        };
    });
}

/// What is said of a command line that is not understood. CLI11 only says that a subcommand is missing when there is
/// one that it does not know.
std::string wrongUsage(const CLI::App& root, const std::vector<std::string>& words, const std::string& what)
{
    const CLI::App* group = &root;
    std::string help = root.get_name();
    for (const std::string& word : words) {
        const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
        if (commands.empty())
            break;
        if (word.rfind('-', 0) == 0)
            return "timbre-cli: There is no option “" + printable(word) + "” here; `" + help + " --help` lists all.\n";
        const auto command = std::find_if(commands.begin(), commands.end(),
                                          [&](const CLI::App* each) { return each->get_name() == word; });
        if (command == commands.end())
            return "timbre-cli: There is no command “" + printable(word) + "”; `" + help + " --help` lists all.\n";
        group = *command;
        help += " " + word;
    }
    const bool unfinished = !group->get_subcommands([](const CLI::App*) { return true; }).empty();
    return "timbre-cli: " + (unfinished ? "A command is missing" : what) + ".\n`" + help + " --help` says more.\n";
}

} // namespace

int main(int argc, char** argv)
{
    prepareSignals();
    CLI::App app("timbre-cli: flows and packets of captures, from the command line", "timbre-cli");
    app.set_version_flag("--version", "timbre-cli " TIMBRE_VERSION);
    app.require_subcommand(1);
    app.footer("`timbre-cli COMMAND --help` explains a command, `timbre-cli help fields` the fields of filters.\n\n" +
               std::string(kExitCodes));
    Chosen chosen;
    addInfo(app, chosen);
    addAnalyze(app, chosen);
    addFlows(app, chosen);
    addPackets(app, chosen);
    addAudio(app, chosen);
    addSignals(app, chosen);
    addResonance(app, chosen);
    addExport(app, chosen);
    addEvaluate(app, chosen);
    addInterfaces(app, chosen);
    addCapture(app, chosen);
    addRecordAndMask(app, chosen, {addRecordSelection, addAnalysis, kExitCodes});
    addHelp(app, chosen);
    app.failure_message([argc, argv](const CLI::App* root, const CLI::Error& error) {
        return wrongUsage(*root, {argv + 1, argv + argc}, error.what());
    });
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { // CLI11's way to report; ends here
        const bool asked = error.get_exit_code() == 0;
        app.exit(error);
        return static_cast<int>(asked ? ExitCode::Done : ExitCode::WrongUsage);
    }
    return static_cast<int>(chosen());
}
