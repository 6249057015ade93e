#include "engine/protocol/tcp_order.h"

#include <algorithm>

namespace timbre::protocol {

namespace {

// A jump farther than this is no reordering: the sequence numbers began anew, or the header is damaged.
constexpr std::int32_t kFarthest = 8 << 20;

std::int32_t distance(std::uint32_t from, std::uint32_t to)
{
    return static_cast<std::int32_t>(to - from);
}

} // namespace

void TcpOrder::start(std::uint32_t sequence)
{
    m_next = sequence;
    m_started = true;
}

void TcpOrder::segment(const Segment& segment, Sink& sink)
{
    if (!m_started)
        start(segment.sequence);
    const std::int32_t ahead = distance(m_next, segment.sequence);
    if (ahead <= 0 && ahead > -kFarthest) {
        const auto known = static_cast<std::size_t>(-static_cast<std::int64_t>(ahead));
        if (known >= segment.payload.size() + segment.missing)
            return;
        const std::size_t cut = std::min(known, segment.payload.size());
        const auto cutMissing = static_cast<std::uint32_t>(known - cut);
        deliver(segment.payload.subspan(cut), segment.missing - cutMissing, segment.time, sink);
        join(sink);
        return;
    }
    if (ahead <= -kFarthest || ahead >= kFarthest) {
        flush(sink);
        sink.gap(UINT64_MAX, segment.time);
        m_next = segment.sequence;
        deliver(segment.payload, segment.missing, segment.time, sink);
        return;
    }
    keep(segment);
    while (m_pieces.size() > kMaxPieces || m_held > kMaxHeldBytes)
        skipGap(sink);
}

void TcpOrder::deliver(Bytes payload, std::uint32_t missing, Timestamp time, Sink& sink)
{
    m_next += static_cast<std::uint32_t>(payload.size()) + missing;
    if (!payload.empty())
        sink.inOrder(payload, time);
    if (missing > 0)
        sink.gap(missing, time);
}

void TcpOrder::keep(const Segment& segment)
{
    const std::int32_t ahead = distance(m_next, segment.sequence);
    const auto later = [&](const Piece& piece) { return distance(m_next, piece.sequence) > ahead; };
    const auto at = std::find_if(m_pieces.begin(), m_pieces.end(), later);
    m_pieces.insert(
        at, Piece{segment.sequence, segment.missing, segment.time, {segment.payload.begin(), segment.payload.end()}});
    m_held += segment.payload.size();
}

void TcpOrder::join(Sink& sink)
{
    while (!m_pieces.empty() && distance(m_next, m_pieces.front().sequence) <= 0) {
        const Piece piece = std::move(m_pieces.front());
        m_pieces.erase(m_pieces.begin());
        m_held -= piece.bytes.size();
        const auto known = static_cast<std::size_t>(distance(piece.sequence, m_next));
        if (known >= piece.bytes.size() + piece.missing)
            continue;
        const std::size_t cut = std::min(known, piece.bytes.size());
        deliver(Bytes(piece.bytes).subspan(cut), piece.missing - static_cast<std::uint32_t>(known - cut), piece.time,
                sink);
    }
}

void TcpOrder::skipGap(Sink& sink)
{
    const Piece& first = m_pieces.front();
    sink.gap(static_cast<std::uint64_t>(distance(m_next, first.sequence)), first.time);
    m_next = first.sequence;
    join(sink);
}

void TcpOrder::flush(Sink& sink)
{
    while (!m_pieces.empty())
        skipGap(sink);
}

} // namespace timbre::protocol
