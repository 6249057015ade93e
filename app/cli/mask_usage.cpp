#include "app/cli/mask_usage.h"

#include "app/cli/mask_commands.h"

#include <memory>

namespace timbre::cli {

namespace {

void addRecord(CLI::App& app, Chosen& chosen, const SharedOptions& shared)
{
    auto options = std::make_shared<RecordOptions>();
    CLI::App& command = *app.add_subcommand("record", "Record how a service's packets behave, without their payload");
    command.add_option("FILE", options->file, "A capture file")->required()->type_name("");
    command.add_option("--service", options->service, "What the recording is called")
        ->option_text("NAME")
        ->required()
        ->check([](const std::string& name) {
            return name.find_first_not_of(" \t") == std::string::npos ? "A service needs a name" : std::string();
        });
    command.add_option("-o,--output", options->target, "The recording; without it, standard output")->option_text("R");
    command.add_flag("--force", options->overwrite, "Replace R when it exists");
    command.add_flag("--swap", options->swap, "Uplink is what the responder sends");
    command.add_flag("--payload-only", options->payloadOnly, "Leave out packets without payload (bare ACKs …)");
    command
        .add_option("--idle", options->idleSeconds,
                    "Seconds of capture time without a packet that end it; 0: none (15)")
        ->check(CLI::Range(0, 1'000'000'000))
        ->option_text("S");
    command.add_option("--key", options->keyFile, "Note this key's id as the one that allowed the recording")
        ->option_text("KEY");
    shared.selection(command, options->selection);
    shared.analysis(command, options->analysis);
    command.footer("Of every packet: direction, size, gap, entropy, time and at most 20 first bytes of payload, up to where text begins.\n\n"
                   "Examples:\n"
                   "  timbre-cli record call.pcapng --filter 'port == 3478' --service call -o call.recording\n"
                   "  timbre-cli record office.pcapng --filter 'sni == example.org' --service web --payload-only\n\n" +
                   shared.exitCodes);
    command.callback([options, &chosen] { chosen = [options] { return runRecord(*options); }; });
}

void addMake(CLI::App& mask, Chosen& chosen, const SharedOptions& shared)
{
    auto options = std::make_shared<MaskMakeOptions>();
    CLI::App& command = *mask.add_subcommand("make", "Make a mask of a recording and test it against that");
    command.add_option("R", options->recording, "The recording")->required()->type_name("");
    command.add_option("-o,--output", options->target, "The mask")->option_text("M")->required();
    command.add_flag("--force", options->overwrite, "Replace M when it exists");
    command.add_option("--id", options->id, "Its mask_id; else made from the service's name")->option_text("ID");
    command.add_option("--key", options->signWith, "Sign it with this private key when it passes")->option_text("KEY");
    command.add_option("--created", options->createdAt, "Date on the mask in Unix seconds; else now")->option_text("T");
    command.add_flag("--swap", options->swap, "Swap the directions of the recording first");
    command.add_flag("--per-direction", options->perDirection,
                     "Judge the header by each direction's own packets; may fail the self-test");
    command.add_flag("--even-if-short", options->evenIfShort, "Also below 500 packets or 60 s");
    command.add_flag("--even-if-failed", options->evenIfFailed, "Write the mask although it fails the self-test");
    command.footer("Examples:\n  timbre-cli mask make call.recording -o call.json --key my.key\n\n" + shared.exitCodes);
    command.callback([options, &chosen] { chosen = [options] { return runMaskMake(*options); }; });
}

void addTest(CLI::App& mask, Chosen& chosen, const SharedOptions& shared)
{
    auto options = std::make_shared<MaskTestOptions>();
    CLI::App& command = *mask.add_subcommand("test", "Test a mask against a recording: every figure with its limit");
    command.add_option("M", options->mask, "The mask")->required()->type_name("");
    command.add_option("R", options->recording, "The recording")->required()->type_name("");
    command.footer("Examples:\n  timbre-cli mask test call.json call.recording\n\n" + shared.exitCodes);
    command.callback([options, &chosen] { chosen = [options] { return runMaskTest(*options); }; });
}

using Run = ExitCode (*)(const MaskFilesOptions&);

struct Wiring {
    CLI::App& mask;
    Chosen& chosen;
    const SharedOptions& shared;

    CLI::App& add(const char* name, const char* help, const std::string& example,
                  const std::shared_ptr<MaskFilesOptions>& options, Run run) const
    {
        CLI::App& command = *mask.add_subcommand(name, help);
        command.footer("Examples:\n  timbre-cli mask " + example + "\n\n" + shared.exitCodes);
        command.callback([options, run, &target = chosen] { target = [options, run] { return run(*options); }; });
        return command;
    }
};

void addFiles(const Wiring& wiring)
{
    auto show = std::make_shared<MaskFilesOptions>();
    wiring.add("show", "Say what masks are, with every remark on them", "show call.json", show, runMaskShow)
        .add_option("M", show->masks, "Masks")
        ->required()
        ->type_name("");

    auto verify = std::make_shared<MaskFilesOptions>();
    CLI::App& verifying = wiring.add("verify", "Check the signatures of masks", "verify call.json --key my.key.pub",
                                     verify, runMaskVerify);
    verifying.add_option("M", verify->masks, "Masks")->required()->type_name("");
    verifying.add_option("--key", verify->keys, "Public keys to try: PEM files or 64 hex digits in a file")
        ->option_text("K ...");

    auto sign = std::make_shared<MaskFilesOptions>();
    CLI::App& signing =
        wiring.add("sign", "Sign a mask", "sign call.json --key my.key -o signed.json", sign, runMaskSign);
    signing.add_option("M", sign->masks, "The mask")->required()->type_name("")->expected(1);
    signing.add_option("--key", sign->signWith, "The private key: a PEM file for its owner only")
        ->option_text("KEY")
        ->required();
    signing.add_option("-o,--output", sign->target, "The signed mask")->option_text("OUT")->required();
    signing.add_flag("--force", sign->overwrite, "Replace OUT when it exists");

    auto import = std::make_shared<MaskFilesOptions>();
    CLI::App& importing =
        wiring.add("import", "Put masks into a workspace", "import *.json --store case7.timbre", import, runMaskImport);
    importing.add_option("M", import->masks, "Masks")->required()->type_name("");
    importing.add_option("--store", import->workspace, "The workspace, made when it does not exist")
        ->option_text("WORKSPACE")
        ->required();
    importing.add_flag("--force", import->overwrite, "Replace masks of the same id");

    auto key = std::make_shared<MaskFilesOptions>();
    wiring.add("key", "Make a key to sign with", "key my.key", key, runMaskKey)
        .add_option("KEY", key->target, "The private key's file, mode 0600; the public one is KEY.pub")
        ->required()
        ->type_name("");
}

} // namespace

void addRecordAndMask(CLI::App& app, Chosen& chosen, const SharedOptions& shared)
{
    addRecord(app, chosen, shared);
    CLI::App& mask = *app.add_subcommand("mask", "Make, test, show, verify, sign and import masks");
    mask.require_subcommand(1);
    mask.footer("`timbre-cli mask COMMAND --help` explains a command.\n\nExamples:\n"
                "  timbre-cli mask make call.recording -o call.json\n\n" +
                shared.exitCodes);
    addMake(mask, chosen, shared);
    addTest(mask, chosen, shared);
    addFiles({mask, chosen, shared});
}

} // namespace timbre::cli
