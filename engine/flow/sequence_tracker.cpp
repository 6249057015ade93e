#include "engine/flow/sequence_tracker.h"

namespace timbre::flow {

namespace {

/// Distance in sequence space, which wraps.
std::int32_t distance(std::uint32_t from, std::uint32_t to)
{
    return static_cast<std::int32_t>(to - from);
}

} // namespace

SegmentKind SequenceTracker::classify(std::uint32_t sequence, std::uint32_t length, bool keepAlive)
{
    const std::uint32_t end = sequence + length;
    if (!m_started) {
        m_started = length > 0;
        m_next = end;
        return SegmentKind::InOrder;
    }
    if (length == 0)
        return SegmentKind::InOrder;
    const std::int32_t ahead = distance(m_next, sequence);
    if (ahead == 0) {
        m_next = end;
        return SegmentKind::InOrder;
    }
    if (ahead > 0) {
        m_newestHole = static_cast<std::uint8_t>((m_newestHole + 1) % kHoles);
        m_holes[m_newestHole] = {m_next, sequence};
        m_next = end;
        return SegmentKind::Ahead;
    }
    if (distance(m_next, end) > 0) { // old bytes and new ones in one segment
        m_next = end;
        return SegmentKind::Retransmission;
    }
    if (fillsHole(sequence, end))
        return SegmentKind::OutOfOrder;
    return keepAlive && end == m_next ? SegmentKind::InOrder : SegmentKind::Retransmission;
}

bool SequenceTracker::fillsHole(std::uint32_t begin, std::uint32_t end)
{
    for (Hole& hole : m_holes) {
        if (hole.begin == hole.end || distance(hole.begin, begin) < 0 || distance(end, hole.end) < 0)
            continue;
        // What remains is the larger part; the smaller one, if any, is forgotten.
        if (distance(hole.begin, begin) > distance(end, hole.end))
            hole.end = begin;
        else
            hole.begin = end;
        return true;
    }
    return false;
}

} // namespace timbre::flow
