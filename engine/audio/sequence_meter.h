#pragma once

// Sequence numbers of one stream after RFC 3550 A.1 and A.3: how many packets should have come, how many did, how many
// came twice or late.

#include <cstdint>

namespace timbre::audio {

class SequenceMeter {
public:
    enum class Arrival : std::uint8_t { First, Next, Ahead, Late, Duplicate, Restart };

    /// `bits`: width of the number on the wire, 16 or 32.
    explicit SequenceMeter(unsigned bits)
        : m_bits(bits)
    {
    }

    Arrival add(std::uint32_t sequence);

    [[nodiscard]] std::uint64_t expected() const;
    [[nodiscard]] std::uint64_t unique() const { return m_received - m_duplicates; }
    [[nodiscard]] std::uint64_t lost() const;
    [[nodiscard]] std::uint64_t duplicates() const { return m_duplicates; }
    [[nodiscard]] std::uint64_t late() const { return m_late; }
    [[nodiscard]] std::uint64_t restarts() const { return m_restarts; }
    /// Steps forward by exactly one.
    [[nodiscard]] std::uint64_t inOrder() const { return m_inOrder; }
    /// How far add() stepped forward; 1 for the next number.
    [[nodiscard]] std::uint64_t lastStep() const { return m_lastStep; }

private:
    unsigned m_bits;
    bool m_started = false;
    std::uint64_t m_first = 0; // extended by wraps
    std::uint64_t m_highest = 0;
    std::uint64_t m_window = 0; // bit i: highest − i has been seen
    std::uint64_t m_received = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_late = 0;
    std::uint64_t m_restarts = 0;
    std::uint64_t m_inOrder = 0;
    std::uint64_t m_lastStep = 0;
    std::uint64_t m_expectedBefore = 0; // of the runs before the last restart
};

} // namespace timbre::audio
