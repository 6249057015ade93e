#pragma once

// Puts one direction of a TCP flow in order for as long as a reader listens. Bytes in order are handed on where they
// lie; only what comes early is copied, within limits. What is missing for good is told as a gap, so that a reader can
// find its way again. Bytes that came first count where segments overlap.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"

#include <functional>
#include <vector>

namespace timbre::protocol {

class TcpOrder {
public:
    static constexpr std::size_t kMaxPieces = 48;
    static constexpr std::size_t kMaxHeldBytes = 256U << 10U;

    struct Segment {
        std::uint32_t sequence = 0;
        Bytes payload;             // what was captured of it
        std::uint32_t missing = 0; // bytes at its end that were not captured
        Timestamp time;
    };
    /// Called for each stretch in order, as it came in segments.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void inOrder(Bytes bytes, Timestamp time) = 0;
        virtual void gap(std::uint64_t bytes, Timestamp time) = 0;
    };

    /// The sequence number of the first byte, when the SYN was seen. Without it the first segment begins the stream.
    void start(std::uint32_t sequence);
    [[nodiscard]] bool started() const { return m_started; }
    void segment(const Segment& segment, Sink& sink);
    /// Hands on what is held, over gaps.
    void flush(Sink& sink);

    [[nodiscard]] std::size_t bytesHeld() const { return m_held; }

private:
    struct Piece {
        std::uint32_t sequence = 0;
        std::uint32_t missing = 0;
        Timestamp time;
        std::vector<std::byte> bytes;
    };

    void deliver(Bytes payload, std::uint32_t missing, Timestamp time, Sink& sink);
    void keep(const Segment& segment);
    void join(Sink& sink);
    void skipGap(Sink& sink);

    std::vector<Piece> m_pieces; // by distance from m_next
    std::size_t m_held = 0;
    std::uint32_t m_next = 0;
    bool m_started = false;
};

} // namespace timbre::protocol
