#include "app/cli/analysed_capture.h"
#include "app/cli/text_table.h"
#include "engine/base/json_writer.h"
#include "engine/mask/features.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/resonance/mask_folder.h"

#include <fmt/format.h>

#include <ctime>
#include <map>

namespace timbre::cli {

namespace {

using resonance::CheckRecord;
using resonance::MonitorResults;

/// Checks of each flow that is to be listed, in order.
using ChecksByFlow = std::map<std::uint32_t, std::vector<const CheckRecord*>>;

ChecksByFlow chosenChecks(const pipeline::CaptureSnapshot& capture, const query::Filter* filter, bool finalOnly)
{
    ChecksByFlow byFlow;
    const MonitorResults& results = *capture.resonance;
    for (std::size_t i = 0; i < results.checks.size(); ++i) {
        const CheckRecord& check = results.checks[i];
        if (!finalOnly || check.final)
            byFlow[check.flow].push_back(&check);
    }
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

void putLimits(JsonWriter& json, const resonance::MonitorCounters& counters)
{
    json.key("limits").beginObject();
    json.member("checks", counters.checks).member("checks_dropped", counters.checksDropped);
    json.member("windows_dropped", counters.windowsDropped).member("flows_not_watched", counters.flowsNotWatched);
    json.member("flows_too_short", counters.flowsTooShort).member("masks_refused", counters.masksRefused);
    json.endObject();
}

void writeJson(std::string& out, const pipeline::CaptureSnapshot& capture, const ChecksByFlow& byFlow,
               const std::vector<resonance::RefusedMask>& refused, std::size_t evidence)
{
    const MonitorResults& results = *capture.resonance;
    JsonWriter json(out);
    json.beginObject().member("type", "resonance").member("file", capture.path);
    putMasks(json, results, refused);
    json.key("flows").beginArray();
    for (const auto& [number, checks] : byFlow) {
        const CheckRecord& best = *bestOf(checks);
        json.beginObject();
        putFlow(json, number, capture);
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
    putLimits(json, results.counters);
    json.endObject();
    out += '\n';
}

std::string exactText(const CheckRecord& check)
{
    return check.exactIsNumber() ? fmt::format("{:.3f} {}", check.exact, toString(check.status))
                                 : fmt::format("NaN {}", toString(check.status));
}

void writeText(std::string& out, const pipeline::CaptureSnapshot& capture, const ChecksByFlow& byFlow)
{
    const MonitorResults& results = *capture.resonance;
    TextTable table(
        out,
        {{"flow", true}, {"server"}, {"mask"}, {"resonance", true}, {"packets", true}, {"exact"}, {"checks", true}});
    for (const auto& [number, checks] : byFlow) {
        const CheckRecord& best = *bestOf(checks);
        std::string server;
        if (number < capture.flows->size()) {
            const flow::FlowRecord& record = (*capture.flows)[number];
            server = fmt::format("{} {}:{}", decode::l4Name(record.key.l4, record.key.protocol),
                                 toString(record.address(flow::Side::Responder)), record.port(flow::Side::Responder));
        }
        table.add({std::to_string(number), server, results.maskIds[best.mask], fmt::format("{:.1f}", best.score),
                   fmt::format("{} of {}", best.packets, resonance::kWindowPackets), exactText(best),
                   std::to_string(checks.size())});
    }
    table.finish();
}

ExitCode outcomeOf(const pipeline::CaptureSnapshot& capture, const std::vector<resonance::RefusedMask>& refused)
{
    const resonance::MonitorCounters& counters = capture.resonance->counters;
    const bool capped = counters.checksDropped > 0 || counters.flowsNotWatched > 0 || counters.masksRefused > 0;
    const bool incomplete = capped || !refused.empty();
    return worse(cli::outcomeOf(capture), incomplete ? ExitCode::Incomplete : ExitCode::Done);
}

} // namespace

ExitCode runResonance(const ResonanceOptions& options)
{
    const auto filter = compileFilter(options.filter);
    if (!filter || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
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
    pipeline::AnalyzerOptions analyzers;
    analyzers.audio = false;
    analyzers.masks = folder->masks;
    analyzers.resonance.limits = {options.warning, options.compromised};
    pipeline::RunOptions run = runOptions(options.analysis, true);
    run.analyzers = pipeline::makeAnalyzers(analyzers);
    NoFlows nowhere;
    const auto capture = analyseFile(options.file, run, nowhere);
    if (!capture) {
        complain(capture.error());
        return ExitCode::Failed;
    }
    complainOf(*capture);
    const ChecksByFlow byFlow = chosenChecks(*capture, filter->get(), options.finalOnly);
    Output output = Output::standard();
    if (options.text)
        writeText(output.text(), *capture, byFlow);
    else
        writeJson(output.text(), *capture, byFlow, folder->refused, options.evidence);
    return finished(output, outcomeOf(*capture, folder->refused));
}

} // namespace timbre::cli
