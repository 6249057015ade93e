#include "app/cli/analysed_capture.h"
#include "app/cli/flow_listing.h"
#include "app/cli/mask_commands.h"
#include "app/cli/mask_text.h"
#include "engine/base/new_file.h"
#include "engine/pipeline/recording_run.h"
#include "engine/recording/recording_file.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

std::optional<std::string> keyIdOf(const std::string& keyFile)
{
    if (keyFile.empty())
        return "local";
    const auto key = mask::readPublicKey(keyFile);
    if (key)
        return mask::keyId(*key);
    complain(key.error());
    return std::nullopt;
}

std::string inWords(const RecordOptions& options)
{
    std::string words = options.selection.filter.empty() ? "all flows" : options.selection.filter;
    if (!options.selection.flows.empty())
        words += fmt::format(" (flows {})", fmt::join(options.selection.flows, ", "));
    if (!options.selection.from.empty())
        words += " from " + options.selection.from;
    if (!options.selection.to.empty())
        words += " to " + options.selection.to;
    return words;
}

ExitCode deliver(const RecordOptions& options, const recording::Recording& recording)
{
    Output output = Output::standard();
    if (options.target.empty()) {
        output.put(recording::fileText(recording));
        return finished(output, ExitCode::Done);
    }
    auto file = NewFile::create(options.target, options.overwrite);
    if (file) {
        const std::string text = recording::fileText(recording);
        if (auto done = file->write(asBytes(text)); !done)
            return complain(done.error()), ExitCode::Failed;
        if (auto done = file->finish(); !done)
            return complain(done.error()), ExitCode::Failed;
    } else {
        complain(file.error());
        return ExitCode::Failed;
    }
    JsonWriter json(output.text());
    json.beginObject().member("type", "recording").member("file", options.target);
    putRecording(json, recording);
    json.endObject();
    output.put("\n");
    return finished(output, ExitCode::Done);
}

} // namespace

ExitCode runRecord(const RecordOptions& options)
{
    auto selection = parseSelection(options.selection);
    const auto key = keyIdOf(options.keyFile);
    if (!selection || !key || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    const LoadedCapture loaded = openCapture(options.file, std::nullopt, options.analysis);
    if (loaded.code != ExitCode::Done)
        return loaded.code;
    complainOf(loaded.capture);
    auto rows = selectFlows(loaded.capture, *selection);
    if (!rows)
        return ExitCode::WrongUsage;
    if (rows->empty()) {
        complain("No flow fits: nothing was recorded.");
        return ExitCode::Failed;
    }
    pipeline::RecordingSelection taken;
    taken.chosenFlows = true;
    taken.flows = std::move(*rows);
    taken.range = selection->range;
    taken.payloadOnly = options.payloadOnly;
    taken.swapDirections = options.swap;
    taken.idleSeconds = options.idleSeconds;
    taken.words = inWords(options);
    const recording::SessionFacts facts{pipeline::randomSessionId(), options.service, *key};
    const auto tap = std::make_shared<pipeline::RecordingTap>(
        facts, std::move(taken), std::vector<std::string>{pipeline::captureHash(loaded.capture.path)});
    ProgressLine line("Recording");
    std::stop_source stop;
    const auto done = pipeline::recordFile({loaded.capture.path, runOptions(options.analysis, false)}, {tap},
                                           stop.get_token(), [&](double fraction) {
                                               line.show(fraction);
                                               if (interrupted())
                                                   stop.request_stop();
                                           });
    line.clear();
    if (!done) {
        complain(done.error());
        return ExitCode::Failed;
    }
    return worse(outcomeOf(loaded.capture), deliver(options, tap->recording()));
}

} // namespace timbre::cli
