// timbre-cli capture: one live run, told as it goes.

#include "app/cli/analysed_capture.h"
#include "app/cli/live_events.h"
#include "engine/capture/capture_helper.h"
#include "engine/pipeline/live_run.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

namespace timbre::cli {

namespace {

using Clock = std::chrono::steady_clock;

capture::LiveOptions liveOptions(const CaptureOptions& options)
{
    constexpr std::uint64_t kMiB = 1U << 20U;
    capture::LiveOptions live;
    live.interfaces = options.interfaces;
    live.filter = options.captureFilter;
    live.promiscuous = !options.noPromiscuous;
    live.monitor = options.monitor;
    live.snapLength = options.snapLength;
    live.bufferBytes = options.bufferMiB * kMiB;
    live.ringFileBytes = options.ringMiB * kMiB;
    live.ringFiles = options.ringFiles;
    live.maxPackets = options.maxPackets;
    live.maxBytes = options.maxBytes;
    live.maxSeconds = static_cast<std::uint64_t>(std::ceil(std::max(0.0, options.forSeconds)));
    live.replay = options.replay;
    live.replaySpeed = options.speed;
    return live;
}

bool rootIsFine(const CaptureOptions& options)
{
    if (geteuid() != 0 || options.allowRoot || !options.replay.empty())
        return true;
    complain(
        "Capturing does not need root, and what reads packets from a network should not have its rights. Run it as "
        "a normal user after: " +
        capture::grantCommand(capture::helperPath()) + " – or say --allow-root.");
    return false;
}

void showProgress(ProgressLine& line, const pipeline::LiveFacts& facts)
{
    line.show(fmt::format("{} packets, {:.0f}/s; drops {}/{}, ring {}, lag {}", facts.status.written(),
                          facts.packetsPerSecond, facts.status.interfaceDrops(), facts.status.kernelDrops(),
                          facts.status.ringPackets, facts.lagPackets));
}

/// Says what happened as soon as it has, each once.
void tellNotices(ProgressLine& line, const capture::LiveStatus& status, LiveEvents& events, std::size_t& told)
{
    for (; told < status.notices.size(); ++told) {
        line.clear();
        complain(status.notices[told]);
        events.notice(status.notices[told]);
    }
}

/// Follows the run to its end, told or by itself.
void follow(pipeline::LiveRun& run, LiveEvents& events)
{
    constexpr auto kFigures = std::chrono::seconds(1);
    ProgressLine line(run.facts().title);
    auto lastFigures = Clock::now();
    bool told = false;
    bool asked = false;
    std::size_t notices = 0;
    while (run.step()) {
        if (interrupted() && !std::exchange(asked, true))
            run.stop();
        const pipeline::LiveFacts facts = run.facts();
        if (!told && facts.status.state == capture::LiveState::Capturing) {
            told = true;
            events.started(facts);
        }
        tellNotices(line, facts.status, events, notices);
        showProgress(line, facts);
        if (told && Clock::now() - lastFigures >= kFigures) {
            lastFigures = Clock::now();
            events.figures(facts, run.run().analysis().counters());
        }
    }
    tellNotices(line, run.facts().status, events, notices);
}

ExitCode keepOrRemove(const CaptureOptions& options, pipeline::LiveRun& run)
{
    const capture::LiveStatus status = run.facts().status;
    const bool wanted = !status.failure || status.written() == 0 || capture::spoolFiles(run.spool()).empty();
    if (options.target.empty() && !wanted) { // nobody wanted it to end
        complain(fmt::format("Its packets are kept in {}{}.", run.spool().string(),
                             options.spool.empty() ? "; the workbench offers them at its next start" : ""));
        return ExitCode::Done;
    }
    if (!options.target.empty()) {
        const auto saved = capture::saveSpool(run.spool(), options.target, options.overwrite, {});
        if (!saved) {
            complain(saved.error());
            complain(fmt::format("The packets are still in {}.", run.spool().string()));
            return ExitCode::Failed;
        }
    }
    if (auto removed = capture::removeSpool(run.spool(), capture::Removal::Plain); !removed)
        complain(removed.error());
    return ExitCode::Done;
}

ExitCode outcomeOf(const pipeline::LiveFacts& facts)
{
    const capture::LiveStatus& status = facts.status;
    if (status.filterFault)
        return ExitCode::WrongUsage;
    if (status.failure)
        return status.written() == 0 ? ExitCode::Failed : ExitCode::Incomplete;
    return status.kernelDrops() + status.interfaceDrops() + status.ringPackets > 0 ? ExitCode::Incomplete
                                                                                   : ExitCode::Done;
}

void complainOf(const CaptureOptions& options, const capture::LiveStatus& status)
{
    if (status.failure)
        complain(status.failure->message);
    if (status.rightsMissing)
        complain("This grants it: " + capture::grantCommand(capture::helperPath()));
    if (status.filterFault)
        showPlace(options.captureFilter, status.filterFault->position, status.filterFault->length);
}

bool targetIsFree(const CaptureOptions& options)
{
    std::error_code ignored;
    if (options.target.empty() || options.overwrite || !std::filesystem::exists(options.target, ignored))
        return true;
    complain(fmt::format("{} exists already; say --force to replace it.", options.target));
    return false;
}

} // namespace

ExitCode runCapture(const CaptureOptions& options)
{
    auto filter = compileFilter(options.filter);
    if (!filter || !targetIsFree(options) || !rootIsFine(options))
        return ExitCode::WrongUsage;
    Output output = Output::standard();
    LiveEvents events(output, options.json, std::move(*filter));
    pipeline::RunOptions run = runOptions(options.analysis, false);
    run.analyzers = {std::make_shared<FlowStarts>(events)};
    auto started = pipeline::LiveRun::start({liveOptions(options), options.spool}, run, events);
    if (!started) {
        complain(started.error());
        return ExitCode::Failed;
    }
    pipeline::LiveRun& live = **started;
    events.setNames(live.run().analysis().names());
    follow(live, events);
    live.finish();
    const pipeline::LiveFacts facts = live.facts();
    if (!live.neverBegan())
        events.stopped(facts, live.run().analysis());
    complainOf(options, facts.status);
    const ExitCode kept = live.neverBegan() ? ExitCode::Done : keepOrRemove(options, live);
    if (live.neverBegan())
        static_cast<void>(capture::removeSpool(live.spool(), capture::Removal::Plain));
    return finished(output, worse(outcomeOf(facts), kept));
}

} // namespace timbre::cli
