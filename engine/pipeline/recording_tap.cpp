#include "engine/pipeline/recording_tap.h"

#include "engine/pipeline/flow_fields.h"

#include <algorithm>

namespace timbre::pipeline {

using recording::EndReason;

namespace {

/// What a filter says about a flow that still runs can change with every packet; it is asked at these packets only.
bool asksAgain(std::uint64_t packets)
{
    constexpr std::uint64_t kEvery = 64;
    return packets <= 16 || packets % kEvery == 0;
}

} // namespace

RecordingTap::RecordingTap(recording::SessionFacts facts, RecordingSelection selection,
                           std::vector<std::string> captures)
    : m_facts(std::move(facts))
    , m_selection(std::move(selection))
    , m_captures(std::move(captures))
{
    if (m_selection.chosenFlows) {
        for (const std::uint32_t flow : m_selection.flows) {
            if (flow >= m_decisions.size())
                m_decisions.resize(std::size_t{flow} + 1);
            m_decisions[flow] = Decision::Taken;
        }
    } else if (m_selection.filter) {
        m_filterRun.emplace(*m_selection.filter, query::FilterContext{});
    }
}

bool RecordingTap::takes(const flow::Flow& flow, const flow::FlowSnapshot* names)
{
    const std::uint32_t index = flow.record.index;
    if (index < m_decisions.size() && m_decisions[index] == Decision::Taken)
        return true;
    if (m_selection.chosenFlows)
        return false;
    if (!m_filterRun)
        return flow.record.outerFlow == flow::kNoFlow; // everything once: not the tunnel and its inside both
    if (!asksAgain(flow.record.packets()))
        return false;
    static const flow::FlowSnapshot kNoNames;
    if (!m_filterRun->matches(FlowRow(names ? *names : kNoNames, flow.record)))
        return false;
    if (index >= m_decisions.size())
        m_decisions.resize(std::size_t{index} + 1);
    m_decisions[index] = Decision::Taken; // it stays in, whatever becomes of it
    return true;
}

bool RecordingTap::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                          const flow::Frame& frame, const flow::FlowSnapshot* names)
{
    if (!takes(flow, names))
        return false;
    if (m_selection.payloadOnly && packet.payloadLength == 0)
        return false;
    if (m_selection.range && !m_selection.range->contains(frame.time))
        return false;
    const recording::SeenPacket seen{.time = frame.time,
                                     .size = frame.originalLength,
                                     .fromInitiator = side == flow::Side::Initiator,
                                     .entropy = packet.payload.empty() ? 0.0F : frame.payloadEntropy,
                                     .payload = packet.payload};
    if (!m_ofAnalysis.owns_lock())
        m_ofAnalysis.lock();
    advance(frame.time);
    if (m_end != EndReason::Running)
        return true;
    if (!m_recorder)
        m_recorder.emplace(m_facts, frame.time, m_selection.swapDirections);
    m_recorder->add(seen);
    return true;
}

void RecordingTap::clock(Timestamp now)
{
    if (!m_ofAnalysis.owns_lock())
        m_ofAnalysis.lock();
    advance(now);
}

void RecordingTap::blockEnded()
{
    if (m_ofAnalysis.owns_lock())
        m_ofAnalysis.unlock();
}

void RecordingTap::advance(Timestamp now)
{
    if (m_end != EndReason::Running)
        return;
    m_now = now;
    if (!m_recorder && m_selection.fromNow)
        m_recorder.emplace(m_facts, now, m_selection.swapDirections);
    if (!m_recorder || m_selection.idleSeconds == 0 || !m_recorder->session().isIdle(now, m_selection.idleSeconds))
        return;
    m_end = EndReason::Idle;
    // The moment at which it had been idle for long enough, whenever that was noticed.
    m_endedAt = {m_recorder->session().last().ns + static_cast<std::int64_t>(m_selection.idleSeconds) * kNsPerSecond};
}

void RecordingTap::end(EndReason reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_end != EndReason::Running)
        return;
    m_end = reason;
    m_endedAt = m_now;
}

void RecordingTap::captureEnded()
{
    end(EndReason::CaptureEnded);
}

bool RecordingTap::over() const
{
    const std::lock_guard lock(m_mutex);
    return m_end != EndReason::Running;
}

recording::Recording RecordingTap::headLocked() const
{
    recording::Recording head;
    head.facts = m_facts;
    head.selection = m_selection.words;
    head.captures = m_captures;
    head.swapped = m_selection.swapDirections;
    head.end = m_end;
    head.started = m_now;
    head.last = m_now;
    head.ended = m_end == EndReason::Running ? m_now : m_endedAt;
    if (!m_recorder)
        return head;
    const recording::RecordingSession& session = m_recorder->session();
    head.started = session.started();
    head.last = session.last();
    head.totalPackets = session.totalPackets();
    head.refusedPackets = m_recorder->refused();
    head.figures = session.figures();
    return head;
}

TapPicture RecordingTap::picture() const
{
    const std::lock_guard lock(m_mutex);
    TapPicture picture;
    picture.head = headLocked();
    picture.over = m_end != EndReason::Running;
    if (m_recorder) {
        picture.kept = m_recorder->session().packets().size();
        picture.histograms = m_recorder->histograms();
    }
    return picture;
}

std::vector<recording::PacketRecord> RecordingTap::packetsFrom(std::size_t first) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_recorder || first >= m_recorder->session().packets().size())
        return {};
    const auto& packets = m_recorder->session().packets();
    return {packets.begin() + static_cast<std::ptrdiff_t>(first), packets.end()};
}

recording::Recording RecordingTap::recording() const
{
    const std::lock_guard lock(m_mutex);
    recording::Recording whole = headLocked();
    if (m_recorder)
        whole.packets = m_recorder->session().packets();
    return whole;
}

} // namespace timbre::pipeline
