// timbre-cli: what the workbench knows of a capture, for shells and scripts. This file is the command line only: each
// command's options become a struct (commands.h), the work is in the command's own file.

#include "app/cli/commands.h"
#include "app/cli/console.h"

#include <CLI/CLI.hpp>

#include <functional>

using namespace timbre::cli;

namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 a file or output could not be read or written; 2 wrong usage (option, filter, capture\n"
    "filter); 3 done, but a capture is cut or damaged, or a cap left flows out: results up to there are complete.";

/// What to do once the command line is understood.
using Chosen = std::function<ExitCode()>;

void addReading(CLI::App& command, AnalysisOptions& options)
{
    command.add_option("--block-bytes", options.blockBytes, "Bytes of one read")
        ->group("") // for tests: results do not depend on it
        ->check(CLI::Range(64, 1 << 26));
}

void addAnalysis(CLI::App& command, AnalysisOptions& options)
{
    constexpr const char* kGroup = "How flows are formed";
    command.add_option("--bpf", options.captureFilter, "Look only at packets that fit this filter in tcpdump's language")
        ->option_text("FILTER");
    command.add_option("--max-flows", options.maxFlows, "Flows that may live at once; then the least active one ends (100000)")
        ->option_text("N")
        ->group(kGroup)
        ->check(CLI::Range(1U, 100'000'000U));
    const CLI::Range seconds(0.0, 1e9);
    command.add_option("--tcp-timeout", options.tcpTimeout, "Seconds of silence that end a TCP flow (300)")
        ->option_text("S")->group(kGroup)->check(seconds);
    command.add_option("--udp-timeout", options.udpTimeout, "… a UDP flow (60)")
        ->option_text("S")->group(kGroup)->check(seconds);
    command.add_option("--other-timeout", options.otherTimeout, "… any other flow (30)")
        ->option_text("S")->group(kGroup)->check(seconds);
    command.add_flag("--no-tunnels", options.noTunnels, "Do not look inside tunnels")->group(kGroup);
    command.add_option("--max-listed", options.maxListed, "Flows kept for a list; the rest is counted (4000000)")
        ->option_text("N")
        ->group(kGroup)
        ->check(CLI::Range(1U, 1'000'000'000U));
    addReading(command, options);
}

void addFormats(CLI::App& command, ListFormat& format, const char* what)
{
    const auto add = [&](const char* name, ListFormat value, const std::string& help) {
        return command.add_flag_callback(name, [&format, value] { format = value; }, help)->group("Output");
    };
    CLI::Option* json = add("--json", ListFormat::Json, std::string(what) + " as JSON lines");
    CLI::Option* csv = add("--csv", ListFormat::Csv, "Flows as comma-separated values");
    CLI::Option* zeek = add("--zeek", ListFormat::Zeek, "Flows as Zeek's conn.log");
    json->excludes(csv)->excludes(zeek);
    csv->excludes(zeek);
}

void addAnalyze(CLI::App& app, Chosen& chosen)
{
    auto options = std::make_shared<AnalyzeOptions>();
    CLI::App& command = *app.add_subcommand("analyze", "Analyse captures: a summary, their flows, or into a workspace");
    command.add_option("FILE", options->files, "Capture files: pcap or pcapng, also compressed")->required();
    command.add_option("--store", options->workspace, "Keep the analysis in this workspace, made when it does not exist")
        ->option_text("WORKSPACE");
    command.add_option("--filter", options->filter, "Only flows that fit (see timbre-cli help fields)")
        ->option_text("FILTER");
    addFormats(command, options->format, "The capture, its flows and messages");
    addAnalysis(command, options->analysis);
    command.footer("Examples:\n"
                   "  timbre-cli analyze office.pcapng\n"
                   "  timbre-cli analyze office.pcapng --filter 'port == 443 and retransmissions > 10'\n"
                   "  timbre-cli analyze office.pcapng --bpf 'udp port 53' --json > dns.jsonl\n"
                   "  timbre-cli analyze *.pcapng.gz --store case7.timbre\n\n" +
                   std::string(kExitCodes));
    command.callback([options, &chosen] { chosen = [options] { return runAnalyze(*options); }; });
}

void addHelp(CLI::App& app, Chosen& chosen)
{
    auto topic = std::make_shared<std::string>();
    CLI::App& command = *app.add_subcommand("help", "Explain a topic: `help fields` lists what filters may ask for");
    command.add_option("TOPIC", *topic, "fields, or a command")->required();
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
            output.put(about.front()->help());
            return finished(output, ExitCode::Done);
        };
    });
}

} // namespace

int main(int argc, char** argv)
{
    prepareSignals();
    CLI::App app("timbre-cli: flows and packets of saved captures, from the command line", "timbre-cli");
    app.set_version_flag("--version", "timbre-cli " TIMBRE_VERSION);
    app.require_subcommand(1);
    app.footer("`timbre-cli COMMAND --help` explains a command, `timbre-cli help fields` the fields of filters.\n\n" +
               std::string(kExitCodes));
    Chosen chosen;
    addAnalyze(app, chosen);
    addHelp(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { // CLI11's way to report; ends here
        const bool asked = error.get_exit_code() == 0;
        app.exit(error);
        return static_cast<int>(asked ? ExitCode::Done : ExitCode::WrongUsage);
    }
    return static_cast<int>(chosen());
}
