#include "engine/pipeline/recording_analyzer.h"

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

void TapBoard::add(std::shared_ptr<RecordingTap> tap)
{
    const std::lock_guard lock(m_mutex);
    m_taps.push_back(std::move(tap));
    m_generation.fetch_add(1, std::memory_order_release);
}

void TapBoard::remove(const RecordingTap& tap)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_taps, [&](const auto& each) { return each.get() == &tap; });
    m_generation.fetch_add(1, std::memory_order_release);
}

RecordingTaps TapBoard::taps() const
{
    const std::lock_guard lock(m_mutex);
    return m_taps;
}

void RecordingAnalyzer::refresh()
{
    blockEnded(); // a tap may leave the list
    m_generation = m_board->generation(); // before the list: a change in between is seen at the next packet
    m_taps = m_board->taps();
}

Attention RecordingAnalyzer::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                                    const flow::Frame& frame)
{
    if (m_generation != m_board->generation())
        refresh();
    if (m_taps.empty())
        return Attention::More; // a session may begin at any time
    // Whole milliseconds are enough for limits in seconds, and keep the lock out of most packets. A clock that jumps
    // back counts, too.
    constexpr std::int64_t kTick = kNsPerSecond / 1000;
    const std::int64_t passed = elapsedNs(m_clock, frame.time);
    const bool tick = passed >= kTick || passed < 0;
    for (const auto& tap : m_taps) {
        const bool taken = tap->packet(flow, side, packet, frame, m_names.get());
        if (tick && !taken)
            tap->clock(frame.time);
    }
    if (tick)
        m_clock = frame.time;
    return Attention::More;
}

void RecordingAnalyzer::blockEnded()
{
    for (const auto& tap : m_taps)
        tap->blockEnded();
}

void RecordingAnalyzer::finish()
{
    refresh();
    for (const auto& tap : m_taps)
        tap->captureEnded();
}

void RecordingAnalyzer::describe(CaptureSnapshot& snapshot)
{
    m_names = snapshot.flows;
}

} // namespace timbre::pipeline
