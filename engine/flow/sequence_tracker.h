#pragma once

// Tells retransmissions from segments out of order, for one direction of a TCP flow, from sequence numbers alone.

#include <array>
#include <cstdint>

namespace timbre::flow {

enum class SegmentKind : std::uint8_t { InOrder, Ahead, OutOfOrder, Retransmission };

class SequenceTracker {
public:
    /// `length` counts payload, SYN and FIN. Pure acknowledgements (0) and keep-alives are in order.
    SegmentKind classify(std::uint32_t sequence, std::uint32_t length, bool keepAlive);

private:
    /// Bytes that were skipped and may still come. Only the newest ones are remembered: a segment that fills an older
    /// hole counts as a retransmission.
    struct Hole {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    static constexpr std::size_t kHoles = 3;

    bool fillsHole(std::uint32_t begin, std::uint32_t end);

    std::array<Hole, kHoles> m_holes{};
    std::uint32_t m_next = 0; // first sequence number not seen yet
    std::uint8_t m_newestHole = 0;
    bool m_started = false;
};

} // namespace timbre::flow
