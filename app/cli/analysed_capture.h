#pragma once

// From a file name to a capture whose flows can be listed: analyses a capture file, or loads a capture that a workspace
// keeps. Also opens what the user wrote in words: filters, times.

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/stored_captures.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/query/filter.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace timbre::cli {

/// `listFlows` false: the snapshot will have no flows, only their names, and memory does not grow with the file.
[[nodiscard]] pipeline::RunOptions runOptions(const AnalysisOptions& options, bool listFlows);

/// For an analysis whose flows are only looked at in its snapshot.
class NoFlows final : public pipeline::FlowSink {
public:
    void flowEnded(const flow::FlowRecord&) override {}
};

/// Called once the analysis stands and before its first packet.
using BeforeFirstPacket = std::function<void(pipeline::Analysis&)>;
/// Called when all flows have ended; `complete` is false after Ctrl+C.
using AfterLastPacket = std::function<void(pipeline::Analysis&, bool complete)>;

/// Analyses a whole file. Its phase is Cancelled after Ctrl+C.
[[nodiscard]] Result<pipeline::CaptureSnapshot>
analyseFile(const std::string& path, const pipeline::RunOptions& options, pipeline::FlowSink& sink,
            const BeforeFirstPacket& before = {}, const AfterLastPacket& after = {});

/// A capture with the list of its flows: from a capture file, or capture `number` of a workspace. `applyCaptureFilter`
/// false: the capture filter is about what happens to packets later, the flows are those of all packets.
[[nodiscard]] LoadedCapture openCapture(const std::string& file, std::optional<std::uint32_t> number,
                                        const AnalysisOptions& options, bool applyCaptureFilter = true);

/// Done, or Incomplete: the file is cut or damaged, or a cap left flows out of the list; or Interrupted.
[[nodiscard]] ExitCode outcomeOf(const pipeline::CaptureSnapshot& capture);
/// What the reader has to say about the file, on standard error: for results that have no place for it.
void complainOf(const pipeline::CaptureSnapshot& capture);

// What the user wrote. Each complains on standard error and returns nothing when it is wrong.

/// Null in an engaged optional for an empty filter.
[[nodiscard]] std::optional<std::shared_ptr<const query::Filter>> compileFilter(const std::string& text);
[[nodiscard]] bool checkCaptureFilter(const std::string& expression);
/// Outer nothing: wrong. Inner nothing: no limits.
[[nodiscard]] std::optional<std::optional<TimeRange>> parseRange(const std::string& from, const std::string& to);

} // namespace timbre::cli
