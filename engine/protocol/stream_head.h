#pragma once

// Puts the first 64 KiB of each direction of a TCP flow together, for as long as a head reader needs them and no
// longer. The flow keeps one 32-bit handle; most flows never take a byte of memory here, because their first segment in
// order already tells what they are: it is read where it lies. Bytes are kept only while a reader asks for more or a
// segment came out of order. Where segments overlap, the bytes that came first count. Belongs to one thread.
//
//     if (StreamHeads::wants(flow.streamHead, side) && packet.payloadComplete() && !packet.payload.empty())
//         if (heads.onSegment(flow.streamHead, {…}, facts))
//             … take facts over …
//     heads.release(flow.streamHead); // when the flow ends

#include "engine/protocol/head_reader.h"

#include <array>
#include <deque>
#include <optional>
#include <vector>

namespace timbre::protocol {

struct StreamHeadConfig {
    std::size_t maxTotalBytes = 32U << 20U; // over all streams, bookkeeping included
    std::size_t maxSideBytes = 64U << 10U;  // of one direction, from its start
    std::size_t maxPieces = 64;             // waiting out of order in one direction
    std::uint32_t maxBeyond = 8;            // segments behind the window while something before them is missing
};

struct StreamHeadCounters {
    std::uint64_t bytesHeld = 0;       // now
    std::uint64_t streamsHeld = 0;     // now
    std::uint64_t givenUpByTotal = 0;  // directions given up because of maxTotalBytes
    std::uint64_t givenUpByLength = 0; // … maxSideBytes: a reader wanted more
    std::uint64_t givenUpByGaps = 0;   // … maxPieces or maxBeyond
    std::uint64_t namesRefused = 0;    // longer than kMaxNameBytes

    [[nodiscard]] std::uint64_t givenUp() const { return givenUpByTotal + givenUpByLength + givenUpByGaps; }
};

class StreamHeads {
public:
    /// 0 for a new flow. The two highest bits say which sides are decided.
    using Handle = std::uint32_t;

    struct Segment {
        flow::Side side = flow::Side::Initiator;
        std::uint32_t sequence = 0; // of the first byte of `payload`
        /// The sequence number of this direction's first byte, when its SYN was seen; else the first byte ever given
        /// counts.
        std::optional<std::uint32_t> firstSequence;
        std::uint16_t sourcePort = 0;
        std::uint16_t destinationPort = 0;
        Bytes payload; // the whole payload of the packet, nothing cut off
    };

    /// `hosts` gets the answers of DNS over TCP; null: they are not kept.
    explicit StreamHeads(HostTable* hosts = nullptr, StreamHeadConfig config = {});
    StreamHeads(const StreamHeads&) = delete;
    StreamHeads& operator=(const StreamHeads&) = delete;

    /// False once nothing is left to learn from this direction: the one test per packet of a decided flow.
    [[nodiscard]] static bool wants(Handle handle, flow::Side side) { return (handle & doneBit(side)) == 0; }

    /// Clears `facts`, then puts in what this segment brought to light. True when there is something in them.
    bool onSegment(Handle& handle, const Segment& segment, HeadFacts& facts);

    /// Gives back what the flow held; the handle is then as new.
    void release(Handle& handle);

    [[nodiscard]] const StreamHeadCounters& counters() const { return m_counters; }

private:
    struct Piece {
        std::uint32_t sequence = 0;
        std::vector<std::byte> bytes;
    };
    struct Stream {
        std::vector<std::byte> bytes; // in order, from `sequence` on
        std::vector<Piece> pieces;    // behind a gap, by sequence, not overlapping
        HeadCursor cursor;
        std::uint32_t sequence = 0;
        std::uint32_t wanted = 1;   // bytes that the reader needs to go on
        std::uint32_t consumed = 0; // bytes read and dropped before `sequence`
        std::uint32_t beyond = 0;
        bool started = false;

        [[nodiscard]] bool holdsNothing() const
        {
            return bytes.empty() && pieces.empty() && consumed == 0 && beyond == 0;
        }
    };
    struct Slot {
        std::array<Stream, 2> streams;
        std::uint32_t nextFree = 0;
    };
    enum class Outcome : std::uint8_t { Continue, Decided, FlowDecided };

    static constexpr Handle doneBit(flow::Side side) { return side == flow::Side::Initiator ? 1U << 30U : 1U << 31U; }

    Outcome take(Stream& stream, const Segment& segment, HeadFacts& facts);
    Outcome takeInOrder(Stream& stream, Bytes payload, const HeadContext& context, HeadFacts& facts);
    Outcome takeBehindGap(Stream& stream, std::uint32_t sequence, Bytes payload);
    Outcome readInPlace(Stream& stream, Bytes payload, const HeadContext& context, HeadFacts& facts);
    Outcome read(Stream& stream, const HeadContext& context, HeadFacts& facts);
    Outcome judge(Stream& stream, const HeadAnswer& answer);
    bool appendAndJoin(Stream& stream, Bytes payload);
    std::size_t joinPieces(Stream& stream, bool& fits);
    bool addPiece(Stream& stream, std::size_t at, std::uint32_t sequence, Bytes bytes);
    bool grow(std::vector<std::byte>& buffer, Bytes more);
    bool reserveTotal(std::size_t bytes);
    void dropPiece(Stream& stream, std::size_t at);
    void drop(Stream& stream);
    Outcome giveUp(std::uint64_t& counter);
    void finish(Handle& handle, flow::Side side, Outcome outcome);
    [[nodiscard]] std::uint32_t allocateSlot();
    void freeSlot(Handle& handle);

    HostTable* m_hosts;
    StreamHeadConfig m_config;
    StreamHeadCounters m_counters;
    std::deque<Slot> m_slots;
    std::uint32_t m_firstFree = 0; // slot number + 1; 0: none
};

} // namespace timbre::protocol
