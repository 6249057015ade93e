#include "app/cli/analysed_capture.h"
#include "app/cli/text_table.h"
#include "engine/base/json_writer.h"
#include "engine/mask/features.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/resonance_request.h"
#include "engine/recording/recording_file.h"
#include "engine/resonance/mask_folder.h"

#include <fmt/format.h>

#include <ctime>
#include <map>

namespace timbre::cli {

namespace {

using resonance::CheckRecord;
using resonance::MonitorResults;

/// Checks of each flow, or other subject, that is to be listed, in order.
using ChecksByFlow = std::map<std::uint32_t, std::vector<const CheckRecord*>>;

ChecksByFlow groupedChecks(const MonitorResults& results, bool finalOnly)
{
    ChecksByFlow byFlow;
    for (std::size_t i = 0; i < results.checks.size(); ++i) {
        const CheckRecord& check = results.checks[i];
        if (!finalOnly || check.final)
            byFlow[check.flow].push_back(&check);
    }
    return byFlow;
}

ChecksByFlow chosenChecks(const pipeline::CaptureSnapshot& capture, const query::Filter* filter, bool finalOnly)
{
    ChecksByFlow byFlow = groupedChecks(*capture.resonance, finalOnly);
    if (!filter)
        return byFlow;
    query::FilterRun run(*filter, {capture.timeRange});
    std::erase_if(byFlow, [&](const auto& entry) {
        if (entry.first >= capture.flows->size())
            return true;
        const pipeline::FlowRow row(*capture.flows, (*capture.flows)[entry.first]);
        return !run.matches(row);
    });
    return byFlow;
}

/// The mask with the highest calibrated score at the latest of the checks.
const CheckRecord* bestOf(const std::vector<const CheckRecord*>& checks)
{
    const CheckRecord* best = nullptr;
    for (const CheckRecord* check : checks) {
        if (!best || check->time > best->time || (check->time == best->time && check->score > best->score))
            best = check;
    }
    return best;
}

void putExact(JsonWriter& json, const CheckRecord& check)
{
    json.key("exact").beginObject().member("score", static_cast<double>(check.exact));
    json.member("status", toString(check.status));
    if (!check.exactIsNumber())
        json.member("nan", true);
    json.endObject();
}

void putCheck(JsonWriter& json, const CheckRecord& check, const MonitorResults& results)
{
    json.beginObject();
    json.member("time", formatUtc(check.time)).member("mask", results.maskIds[check.mask]);
    putExact(json, check);
    json.key("calibrated").beginObject();
    json.member("score", static_cast<double>(check.score)).member("confidence", static_cast<double>(check.confidence));
    json.key("contributions").beginObject();
    for (std::size_t i = 0; i < resonance::kAspects; ++i)
        json.member(toString(static_cast<resonance::Aspect>(i)), static_cast<double>(check.contributions[i]));
    json.endObject().endObject();
    json.member("packets", std::uint32_t{check.packets}).member("window", std::uint32_t{resonance::kWindowPackets});
    json.member("final", check.final).member("telemetry_anomalous", check.anomalous);
    json.endObject();
}

void putEvidence(JsonWriter& json, const CheckRecord& check, const MonitorResults& results, std::size_t count)
{
    json.key("evidence").beginArray();
    if (check.window != resonance::kNoWindow) {
        const resonance::WindowRecord& window = results.windows[check.window];
        const auto evidence =
            evidenceOf(featuresOf(window), {window.packets[0], window.packets[1]}, *results.masks[check.mask]);
        for (std::size_t i = 0; i < std::min(count, evidence.size()); ++i) {
            const resonance::FeatureEvidence& item = evidence[i];
            json.beginObject();
            json.member("side", flow::toString(item.side)).member("feature", mask::featureName(item.feature));
            json.member("value", static_cast<double>(item.value))
                .member("expected", static_cast<double>(item.expected));
            json.member("spread", static_cast<double>(item.spread)).member("weight", static_cast<double>(item.weight));
            json.endObject();
        }
    }
    json.endArray();
}

void putFlow(JsonWriter& json, std::uint32_t number, const pipeline::CaptureSnapshot& capture)
{
    json.member("flow", number);
    if (number >= capture.flows->size()) // past the cap of the list
        return;
    const flow::FlowRecord& record = (*capture.flows)[number];
    json.member("proto", decode::l4Name(record.key.l4, record.key.protocol));
    json.member("src", toString(record.address(flow::Side::Initiator)));
    json.member("sport", std::uint32_t{record.port(flow::Side::Initiator)});
    json.member("dst", toString(record.address(flow::Side::Responder)));
    json.member("dport", std::uint32_t{record.port(flow::Side::Responder)});
    json.member("packets", record.packets());
}

void putMasks(JsonWriter& json, const MonitorResults& results, const std::vector<resonance::RefusedMask>& refused)
{
    json.key("masks").beginArray();
    for (std::size_t i = 0; i < results.maskIds.size(); ++i) {
        const resonance::AnomalyDetector::Averages& known = results.telemetry[i];
        json.beginObject().member("id", results.maskIds[i]).key("telemetry").beginObject();
        json.member("losses", static_cast<std::uint64_t>(known.losses)).member("mean_loss", known.loss);
        json.member("round_trips", static_cast<std::uint64_t>(known.roundTrips));
        json.member("mean_round_trip_ms", known.roundTripMs).member("anomalous", bool(results.anomalous[i]));
        json.endObject().endObject();
    }
    json.endArray().key("refused_masks").beginArray();
    for (const resonance::RefusedMask& mask : refused)
        json.beginObject().member("file", mask.file).member("reason", mask.reason).endObject();
    json.endArray();
}

void putLimits(JsonWriter& json, const resonance::MonitorCounters& counters, const resonance::SubjectChecks* subjects)
{
    json.key("limits").beginObject();
    if (subjects && subjects->kind == resonance::SubjectKind::HostPair)
        json.member("pairs_refused", subjects->subjectsRefused);
    if (subjects && subjects->kind == resonance::SubjectKind::Recording)
        json.member("packets_left_out", subjects->packetsLeftOut);
    json.member("checks", counters.checks).member("checks_dropped", counters.checksDropped);
    json.member("windows_dropped", counters.windowsDropped).member("flows_not_watched", counters.flowsNotWatched);
    json.member("flows_too_short", counters.flowsTooShort).member("masks_refused", counters.masksRefused);
    json.endObject();
}

/// What is checked: flows of a capture, or the subjects of a request.
struct Checked {
    const MonitorResults& results;
    const std::string& file;
    const pipeline::CaptureSnapshot* capture = nullptr;      // of flows
    const resonance::SubjectChecks* subjects = nullptr;      // of anything else
    const std::vector<resonance::RefusedMask>& refusedMasks; // files that hold no mask
};

void putSubject(JsonWriter& json, std::uint32_t number, const resonance::SubjectChecks& checks)
{
    const resonance::Subject& subject = checks.subjects[number];
    if (checks.kind == resonance::SubjectKind::HostPair) {
        json.member("pair", number);
        json.member("initiator", toString(subject.initiator)).member("responder", toString(subject.responder));
        json.member("flows", subject.flows);
    } else {
        json.member("recording", subject.name);
    }
    json.member("packets", subject.packets);
    json.member("first", formatUtc(subject.first)).member("last", formatUtc(subject.last));
}

const char* listName(const Checked& checked)
{
    if (!checked.subjects)
        return "flows";
    return checked.subjects->kind == resonance::SubjectKind::HostPair ? "pairs" : "recordings";
}

void writeJson(std::string& out, const Checked& checked, const ChecksByFlow& bySubject, std::size_t evidence)
{
    const MonitorResults& results = checked.results;
    JsonWriter json(out);
    json.beginObject().member("type", "resonance").member("file", checked.file);
    json.member("by", checked.subjects ? toString(checked.subjects->kind) : toString(resonance::SubjectKind::Flow));
    putMasks(json, results, checked.refusedMasks);
    json.key(listName(checked)).beginArray();
    for (const auto& [number, checks] : bySubject) {
        const CheckRecord& best = *bestOf(checks);
        json.beginObject();
        if (checked.subjects)
            putSubject(json, number, *checked.subjects);
        else
            putFlow(json, number, *checked.capture);
        json.key("best").beginObject().member("mask", results.maskIds[best.mask]);
        json.member("score", static_cast<double>(best.score))
            .member("confidence", static_cast<double>(best.confidence));
        json.endObject();
        if (evidence > 0)
            putEvidence(json, best, results, evidence);
        json.key("checks").beginArray();
        for (const CheckRecord* check : checks)
            putCheck(json, *check, results);
        json.endArray().endObject();
    }
    json.endArray();
    putLimits(json, results.counters, checked.subjects);
    json.endObject();
    out += '\n';
}

std::string exactText(const CheckRecord& check)
{
    return check.exactIsNumber() ? fmt::format("{:.3f} {}", check.exact, toString(check.status))
                                 : fmt::format("NaN {}", toString(check.status));
}

std::string serverOf(std::uint32_t number, const pipeline::CaptureSnapshot& capture)
{
    if (number >= capture.flows->size())
        return {};
    const flow::FlowRecord& record = (*capture.flows)[number];
    return fmt::format("{} {}:{}", decode::l4Name(record.key.l4, record.key.protocol),
                       toString(record.address(flow::Side::Responder)), record.port(flow::Side::Responder));
}

void writeText(std::string& out, const Checked& checked, const ChecksByFlow& bySubject)
{
    const char* what = checked.subjects ? toString(checked.subjects->kind) : "flow";
    TextTable table(out, {{what, true},
                          {checked.subjects ? "name" : "server"},
                          {"mask"},
                          {"resonance", true},
                          {"packets", true},
                          {"exact"},
                          {"checks", true}});
    for (const auto& [number, checks] : bySubject) {
        const CheckRecord& best = *bestOf(checks);
        const std::string name =
            checked.subjects ? printable(checked.subjects->subjects[number].name) : serverOf(number, *checked.capture);
        table.add({std::to_string(number), name, checked.results.maskIds[best.mask], fmt::format("{:.1f}", best.score),
                   fmt::format("{} of {}", best.packets, resonance::kWindowPackets), exactText(best),
                   std::to_string(checks.size())});
    }
    table.finish();
}

ExitCode outcomeOf(const Checked& checked)
{
    const resonance::MonitorCounters& counters = checked.results.counters;
    const bool capped = counters.checksDropped > 0 || counters.flowsNotWatched > 0 || counters.masksRefused > 0 ||
                        (checked.subjects && checked.subjects->subjectsRefused > 0);
    const bool incomplete = capped || !checked.refusedMasks.empty();
    return worse(checked.capture ? cli::outcomeOf(*checked.capture) : ExitCode::Done,
                 incomplete ? ExitCode::Incomplete : ExitCode::Done);
}

ExitCode finish(const Checked& checked, const ChecksByFlow& bySubject, const ResonanceOptions& options)
{
    Output output = Output::standard();
    if (options.text)
        writeText(output.text(), checked, bySubject);
    else
        writeJson(output.text(), checked, bySubject, options.evidence);
    return finished(output, outcomeOf(checked));
}

resonance::MonitorSettings settingsOf(const ResonanceOptions& options)
{
    resonance::MonitorSettings settings;
    settings.limits = {options.warning, options.compromised};
    return settings;
}

ExitCode checkRecordingFile(const ResonanceOptions& options, const resonance::MaskFolder& folder)
{
    auto recording = recording::readRecordingFile(options.recording);
    if (!recording) {
        complain(recording.error());
        return ExitCode::Failed;
    }
    const auto checks = resonance::checkRecording(*recording, folder.masks, settingsOf(options));
    return finish({*checks->results, options.recording, nullptr, checks.get(), folder.refused},
                  groupedChecks(*checks->results, options.finalOnly), options);
}

/// Flows, or pairs of hosts beside them.
ExitCode checkCapture(const ResonanceOptions& options, const resonance::MaskFolder& folder, const query::Filter* filter)
{
    pipeline::RunOptions run = runOptions(options.analysis, true);
    const bool byPair = options.by == "pair";
    const auto pairs = std::make_shared<pipeline::HostPairAnalyzer>(folder.masks, settingsOf(options));
    if (byPair) {
        run.analyzers = {pairs};
    } else {
        pipeline::AnalyzerOptions analyzers;
        analyzers.audio = false;
        analyzers.trends = false;
        analyzers.masks = folder.masks;
        analyzers.resonance = settingsOf(options);
        run.analyzers = pipeline::makeAnalyzers(analyzers);
    }
    NoFlows nowhere;
    const auto capture = analyseFile(options.file, run, nowhere);
    if (!capture) {
        complain(capture.error());
        return ExitCode::Failed;
    }
    complainOf(*capture);
    if (!byPair)
        return finish({*capture->resonance, capture->path, &*capture, nullptr, folder.refused},
                      chosenChecks(*capture, filter, options.finalOnly), options);
    const auto checks = pairs->checks();
    return finish({*checks->results, capture->path, &*capture, checks.get(), folder.refused},
                  groupedChecks(*checks->results, options.finalOnly), options);
}

} // namespace

ExitCode runResonance(const ResonanceOptions& options)
{
    const auto filter = compileFilter(options.filter);
    if (!filter || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    if (options.file.empty() == options.recording.empty()) {
        complain("Name a capture file, or a recording with --recording.");
        return ExitCode::WrongUsage;
    }
    if (*filter && (options.by == "pair" || !options.recording.empty())) {
        complain("--filter chooses among flows; use --bpf to choose among the packets that pairs are made of.");
        return ExitCode::WrongUsage;
    }
    auto folder = resonance::loadMaskFolder(options.masks, static_cast<std::uint64_t>(std::time(nullptr)));
    if (!folder) {
        complain(folder.error());
        return ExitCode::Failed;
    }
    for (const resonance::RefusedMask& mask : folder->refused)
        complain(fmt::format("{}: {}", mask.file, mask.reason));
    if (folder->masks.empty()) {
        complain(fmt::format("There is no mask to check against in {}.", options.masks));
        return ExitCode::Failed;
    }
    return options.recording.empty() ? checkCapture(options, *folder, filter->get())
                                     : checkRecordingFile(options, *folder);
}

} // namespace timbre::cli
