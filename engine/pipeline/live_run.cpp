#include "engine/pipeline/live_run.h"

#include <algorithm>

namespace timbre::pipeline {

namespace {

constexpr auto kRateSpan = std::chrono::seconds(1);

Timestamp clockNow()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()};
}

} // namespace

Result<std::unique_ptr<LiveRun>> LiveRun::start(const LiveRequest& request, RunOptions options, FlowSink& sink)
{
    const std::filesystem::path root = request.spoolRoot.empty() ? capture::defaultSpoolRoot() : request.spoolRoot;
    auto spool = capture::Spool::create(root, {request.options.title(), request.options.filter, clockNow()});
    if (!spool)
        return spool.error();
    std::unique_ptr<LiveRun> live(new LiveRun(request, std::move(*spool))); // private constructor
    auto source = capture::startLive(request.options, live->m_spool);
    if (!source) {
        static_cast<void>(capture::removeSpool(live->spool(), capture::Removal::Plain)); // nothing is in it
        return source.error();
    }
    live->m_source = std::move(*source);
    options.reader.follow = true;
    options.reader.complete = live->m_source->complete();
    options.captureFilter.clear(); // what does not fit was never kept
    auto run = AnalysisRun::open(live->spool(), options, sink);
    if (!run)
        return run.error();
    live->m_run = std::move(*run);
    return live;
}

LiveRun::LiveRun(const LiveRequest& request, capture::Spool spool)
    : m_request(request)
    , m_spool(std::move(spool))
{
}

LiveRun::~LiveRun() = default;

bool LiveRun::step()
{
    return m_run->step();
}

void LiveRun::finish()
{
    m_finished = true;
    m_run->finish();
}

bool LiveRun::neverBegan()
{
    const capture::LiveStatus status = m_source->status();
    return status.state == capture::LiveState::Ended && status.failure && m_run->analysis().packets() == 0 &&
           capture::spoolFiles(m_spool.path()).empty();
}

LiveFacts LiveRun::facts()
{
    LiveFacts facts;
    facts.title = m_request.options.title();
    facts.filter = m_request.options.filter;
    facts.status = m_source->status();
    facts.active = !m_finished;
    const std::uint64_t done = m_run->analysis().packets();
    const std::uint64_t missed = m_run->analysis().counters().ringLosses;
    const std::uint64_t written = facts.status.written();
    facts.lagPackets = written - std::min(written, done + missed);
    if (const auto range = m_run->analysis().timeRange(); range && facts.lagPackets > 0)
        facts.lagNs = std::max<std::int64_t>(0, elapsedNs(range->end, facts.status.lastPacket()));
    measure(facts.status, facts);
    return facts;
}

void LiveRun::measure(const capture::LiveStatus& status, LiveFacts& facts)
{
    const auto now = Clock::now();
    m_samples.push_back({now, status.written(), status.writtenBytes()});
    while (m_samples.size() > 2 && now - m_samples[1].at >= kRateSpan)
        m_samples.erase(m_samples.begin());
    const Sample& from = m_samples.front();
    const double seconds = std::chrono::duration<double>(now - from.at).count();
    if (m_finished || seconds <= 0)
        return;
    facts.packetsPerSecond = static_cast<double>(m_samples.back().packets - from.packets) / seconds;
    facts.bytesPerSecond = static_cast<double>(m_samples.back().bytes - from.bytes) / seconds;
}

void describe(LiveRun& run, CaptureSnapshot& snapshot)
{
    const LiveFacts facts = run.facts();
    describe(run.run(), {}, snapshot);
    snapshot.path = run.spool().string();
    for (const std::string& notice : facts.status.notices)
        snapshot.messages.push_back({capture::Severity::Warning, notice, 0, 0});
    if (facts.status.failure)
        snapshot.messages.push_back(
            {capture::Severity::Error, facts.status.failure->message, 0, facts.status.written()});
    snapshot.counters.interfaceDrops = std::max(snapshot.counters.interfaceDrops, facts.status.interfaceDrops());
    snapshot.counters.kernelDrops = std::max(snapshot.counters.kernelDrops, facts.status.kernelDrops());
    snapshot.counters.ringLosses = std::max(snapshot.counters.ringLosses, facts.status.ringPackets);
    snapshot.phase = facts.active ? Phase::Reading : Phase::Finished;
    if (run.neverBegan() && !facts.active) {
        snapshot.phase = Phase::Failed;
        snapshot.failure = facts.status.failure;
    }
    snapshot.live = std::make_shared<const LiveFacts>(facts);
}

} // namespace timbre::pipeline
