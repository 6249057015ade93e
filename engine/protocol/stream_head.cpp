#include "engine/protocol/stream_head.h"

#include <algorithm>
#include <utility>

namespace timbre::protocol {

namespace {

constexpr std::uint32_t kSlotMask = (1U << 30U) - 1;
constexpr std::size_t kPieceOverhead = 64; // allocator and vector, rounded up

/// How far `sequence` lies behind `origin`; negative when before it. Right as long as both are within 2^31.
std::int64_t distance(std::uint32_t origin, std::uint32_t sequence)
{
    return static_cast<std::int32_t>(sequence - origin);
}

} // namespace

StreamHeads::StreamHeads(HostTable* hosts, StreamHeadConfig config)
    : m_hosts(hosts)
    , m_config(config)
{
}

bool StreamHeads::onSegment(Handle& handle, const Segment& segment, HeadFacts& facts)
{
    facts.clear();
    if (!wants(handle, segment.side) || segment.payload.empty())
        return false;
    const auto side = static_cast<std::size_t>(segment.side);
    Outcome outcome = Outcome::Continue;
    if ((handle & kSlotMask) != 0) {
        outcome = take(m_slots[(handle & kSlotMask) - 1].streams[side], segment, facts);
    } else {
        // Nearly every stream is decided right here, so the slot comes only when there is something to put into it.
        Stream fresh;
        outcome = take(fresh, segment, facts);
        if (outcome == Outcome::Continue && !fresh.holdsNothing()) {
            if (const std::uint32_t slot = allocateSlot(); slot != 0) {
                handle |= slot;
                m_slots[slot - 1].streams[side] = std::move(fresh);
            } else {
                drop(fresh);
                outcome = giveUp(m_counters.givenUpByTotal);
            }
        } else {
            drop(fresh);
        }
    }
    if (facts.nameRefused)
        ++m_counters.namesRefused;
    if (outcome != Outcome::Continue)
        finish(handle, segment.side, outcome);
    return !facts.empty();
}

void StreamHeads::release(Handle& handle)
{
    freeSlot(handle);
    handle = 0;
}

StreamHeads::Outcome StreamHeads::take(Stream& stream, const Segment& segment, HeadFacts& facts)
{
    if (!stream.started) {
        stream.started = true;
        stream.sequence = segment.firstSequence.value_or(segment.sequence);
    }
    Bytes payload = segment.payload;
    std::int64_t offset = distance(stream.sequence, segment.sequence);
    // What is held in order came first and stays; so does what was read and dropped before it.
    const auto held = static_cast<std::int64_t>(stream.bytes.size());
    if (offset < held) {
        const auto known = static_cast<std::size_t>(held - offset);
        if (known >= payload.size())
            return Outcome::Continue;
        payload = payload.subspan(known);
        offset = held;
    }
    const auto window = static_cast<std::int64_t>(m_config.maxSideBytes) - stream.consumed;
    if (offset >= window)
        return ++stream.beyond >= m_config.maxBeyond ? giveUp(m_counters.givenUpByGaps) : Outcome::Continue;
    payload = payload.first(std::min(payload.size(), static_cast<std::size_t>(window - offset)));
    if (offset > held)
        return takeBehindGap(stream, stream.sequence + static_cast<std::uint32_t>(offset), payload);
    return takeInOrder(stream, payload, {segment.sourcePort, segment.destinationPort, m_hosts}, facts);
}

StreamHeads::Outcome StreamHeads::takeInOrder(Stream& stream, Bytes payload, const HeadContext& context,
                                              HeadFacts& facts)
{
    if (stream.bytes.empty() && stream.pieces.empty() && payload.size() >= stream.wanted)
        return readInPlace(stream, payload, context, facts);
    if (!appendAndJoin(stream, payload))
        return giveUp(m_counters.givenUpByTotal);
    return read(stream, context, facts);
}

/// Reads a segment where it lies and keeps only what the reader still needs.
StreamHeads::Outcome StreamHeads::readInPlace(Stream& stream, Bytes payload, const HeadContext& context,
                                              HeadFacts& facts)
{
    const HeadAnswer answer = readStreamHead(payload, context, stream.cursor, facts);
    if (answer.status == HeadStatus::NeedMore && !grow(stream.bytes, payload.subspan(answer.consumed)))
        return giveUp(m_counters.givenUpByTotal);
    return judge(stream, answer);
}

StreamHeads::Outcome StreamHeads::read(Stream& stream, const HeadContext& context, HeadFacts& facts)
{
    if (stream.bytes.size() < stream.wanted)
        return Outcome::Continue;
    const HeadAnswer answer = readStreamHead(stream.bytes, context, stream.cursor, facts);
    if (answer.status == HeadStatus::NeedMore && answer.consumed > 0)
        stream.bytes.erase(stream.bytes.begin(), stream.bytes.begin() + answer.consumed);
    return judge(stream, answer);
}

/// Requires: the bytes that the reader consumed are gone from `stream` already.
StreamHeads::Outcome StreamHeads::judge(Stream& stream, const HeadAnswer& answer)
{
    if (answer.status == HeadStatus::Done)
        return answer.flowDone ? Outcome::FlowDecided : Outcome::Decided;
    stream.sequence += answer.consumed;
    stream.consumed += answer.consumed;
    stream.wanted = answer.wanted - answer.consumed;
    if (std::size_t{stream.consumed} + stream.wanted > m_config.maxSideBytes)
        return giveUp(m_counters.givenUpByLength);
    return Outcome::Continue;
}

/// Appends `payload`, which continues what is held, and the pieces that then connect. False when the total cap bites.
bool StreamHeads::appendAndJoin(Stream& stream, Bytes payload)
{
    bool fits = true;
    while (fits && !payload.empty()) {
        const auto end = static_cast<std::int64_t>(stream.bytes.size());
        std::size_t room = payload.size();
        if (!stream.pieces.empty()) {
            const std::int64_t gap = distance(stream.sequence, stream.pieces.front().sequence) - end;
            room = std::min(room, static_cast<std::size_t>(std::max<std::int64_t>(0, gap)));
        }
        fits = grow(stream.bytes, payload.first(room));
        payload = payload.subspan(room);
        const std::size_t joined = fits ? joinPieces(stream, fits) : 0;
        payload = payload.subspan(std::min(payload.size(), joined));
    }
    return fits;
}

/// Moves pieces that touch the bytes in order behind them; returns how many bytes that added.
std::size_t StreamHeads::joinPieces(Stream& stream, bool& fits)
{
    const std::size_t before = stream.bytes.size();
    std::size_t joined = 0;
    while (fits && joined < stream.pieces.size()) {
        const Piece& piece = stream.pieces[joined];
        const auto end = static_cast<std::int64_t>(stream.bytes.size());
        const std::int64_t begin = distance(stream.sequence, piece.sequence);
        if (begin > end)
            break;
        const auto known = static_cast<std::size_t>(end - begin);
        fits = grow(stream.bytes, Bytes(piece.bytes).subspan(std::min(known, piece.bytes.size())));
        ++joined;
    }
    for (; joined > 0; --joined)
        dropPiece(stream, joined - 1);
    return stream.bytes.size() - before;
}

StreamHeads::Outcome StreamHeads::takeBehindGap(Stream& stream, std::uint32_t sequence, Bytes payload)
{
    std::size_t at = 0;
    while (!payload.empty()) {
        const auto endOf = [](const Piece& piece) {
            return piece.sequence + static_cast<std::uint32_t>(piece.bytes.size());
        };
        while (at < stream.pieces.size() && distance(endOf(stream.pieces[at]), sequence) >= 0)
            ++at;
        std::size_t part = payload.size();
        bool known = false;
        if (at < stream.pieces.size()) {
            const Piece& next = stream.pieces[at];
            known = distance(next.sequence, sequence) >= 0;
            part = std::min(part, static_cast<std::size_t>(distance(sequence, known ? endOf(next) : next.sequence)));
        }
        if (!known) {
            if (at > 0 && endOf(stream.pieces[at - 1]) == sequence) {
                if (!grow(stream.pieces[at - 1].bytes, payload.first(part)))
                    return giveUp(m_counters.givenUpByTotal);
            } else {
                if (stream.pieces.size() >= m_config.maxPieces)
                    return giveUp(m_counters.givenUpByGaps);
                if (!addPiece(stream, at, sequence, payload.first(part)))
                    return giveUp(m_counters.givenUpByTotal);
            }
        }
        payload = payload.subspan(part);
        sequence += static_cast<std::uint32_t>(part);
    }
    return Outcome::Continue;
}

bool StreamHeads::addPiece(Stream& stream, std::size_t at, std::uint32_t sequence, Bytes bytes)
{
    if (!reserveTotal(kPieceOverhead))
        return false;
    const auto where = stream.pieces.begin() + static_cast<std::ptrdiff_t>(at);
    return grow(stream.pieces.insert(where, Piece{sequence, {}})->bytes, bytes);
}

/// Appends to a buffer whose capacity is charged to the total. Capacity at most doubles.
bool StreamHeads::grow(std::vector<std::byte>& buffer, Bytes more)
{
    const std::size_t needed = buffer.size() + more.size();
    if (needed > buffer.capacity()) {
        const std::size_t old = buffer.capacity();
        const std::size_t wanted = std::max(needed, std::min(2 * old, m_config.maxSideBytes));
        if (!reserveTotal(wanted - old))
            return false;
        buffer.reserve(wanted);
        m_counters.bytesHeld += buffer.capacity() - wanted;
    }
    buffer.insert(buffer.end(), more.begin(), more.end());
    return true;
}

bool StreamHeads::reserveTotal(std::size_t bytes)
{
    if (m_counters.bytesHeld + bytes > m_config.maxTotalBytes)
        return false;
    m_counters.bytesHeld += bytes;
    return true;
}

void StreamHeads::dropPiece(Stream& stream, std::size_t at)
{
    m_counters.bytesHeld -= kPieceOverhead + stream.pieces[at].bytes.capacity();
    stream.pieces.erase(stream.pieces.begin() + static_cast<std::ptrdiff_t>(at));
}

void StreamHeads::drop(Stream& stream)
{
    while (!stream.pieces.empty())
        dropPiece(stream, stream.pieces.size() - 1);
    m_counters.bytesHeld -= stream.bytes.capacity();
    stream = Stream{};
}

StreamHeads::Outcome StreamHeads::giveUp(std::uint64_t& counter)
{
    ++counter;
    return Outcome::Decided;
}

void StreamHeads::finish(Handle& handle, flow::Side side, Outcome outcome)
{
    constexpr Handle kBoth = doneBit(flow::Side::Initiator) | doneBit(flow::Side::Responder);
    handle |= outcome == Outcome::FlowDecided ? kBoth : doneBit(side);
    if ((handle & kSlotMask) == 0)
        return;
    Slot& slot = m_slots[(handle & kSlotMask) - 1];
    drop(slot.streams[static_cast<std::size_t>(side)]);
    const bool otherHoldsNothing = slot.streams[1 - static_cast<std::size_t>(side)].holdsNothing();
    if ((handle & kBoth) == kBoth || otherHoldsNothing)
        freeSlot(handle);
}

/// Slot number + 1, or 0 when the total cap leaves no room.
std::uint32_t StreamHeads::allocateSlot()
{
    if (!reserveTotal(sizeof(Slot)))
        return 0;
    ++m_counters.streamsHeld;
    if (m_firstFree == 0) {
        m_slots.emplace_back();
        return static_cast<std::uint32_t>(m_slots.size());
    }
    const std::uint32_t slot = m_firstFree;
    m_firstFree = std::exchange(m_slots[slot - 1].nextFree, 0);
    return slot;
}

void StreamHeads::freeSlot(Handle& handle)
{
    const std::uint32_t number = handle & kSlotMask;
    if (number == 0)
        return;
    handle &= ~kSlotMask;
    Slot& slot = m_slots[number - 1];
    for (Stream& stream : slot.streams)
        drop(stream);
    slot.nextFree = std::exchange(m_firstFree, number);
    m_counters.bytesHeld -= sizeof(Slot);
    --m_counters.streamsHeld;
}

} // namespace timbre::protocol
