#pragma once

// A recording while it runs: a bounded list of packets and running sums that are always current. This is the exact
// core: sums are added in order of arrival with one rounding each, so that the same packets give the same bits
// everywhere. The clock is handed in and is capture time. A plain object of one thread.

#include "engine/base/timestamp.h"
#include "engine/recording/packet_record.h"

#include <string>
#include <vector>

namespace timbre::recording {

inline constexpr std::size_t kMaxPackets = 100'000;     // kept; later ones only count
inline constexpr std::size_t kReservedPackets = 50'000; // at the start
inline constexpr std::uint64_t kEnoughPackets = 500;
inline constexpr std::uint64_t kEnoughSeconds = 60;
inline constexpr std::uint64_t kIdleSeconds = 15; // after which a session is over

struct SideSums {
    std::uint64_t packets = 0;
    std::uint64_t sizes = 0;
    std::uint64_t squaredSizes = 0;
    double gapsMs = 0.0;
    double squaredGapsMs = 0.0;

    /// 0 without packets. Deviations are of the population and never NaN.
    [[nodiscard]] double meanSize() const;
    [[nodiscard]] double sizeDeviation() const;
    [[nodiscard]] double meanGapMs() const;
    [[nodiscard]] double gapDeviationMs() const;
};

struct RunningFigures {
    std::array<SideSums, 2> sides; // by Direction
    double entropies = 0.0;        // of both directions
    std::uint64_t entropyCount = 0;

    [[nodiscard]] const SideSums& of(Direction direction) const { return sides[static_cast<std::size_t>(direction)]; }
    [[nodiscard]] double meanEntropy() const
    {
        return entropyCount == 0 ? 0.0 : entropies / static_cast<double>(entropyCount);
    }
    void add(const PacketRecord& packet);
};

using SessionId = std::array<std::uint8_t, 16>;
[[nodiscard]] std::string toHex(const SessionId& id);

struct SessionFacts {
    SessionId id{};      // random
    std::string service; // as the analyst calls it
    std::string key;     // id of the key that allowed the recording, or "local"
};

class RecordingSession {
public:
    RecordingSession(SessionFacts facts, Timestamp now);

    /// Requires: gap and entropy are finite. A single one that is not would spoil the sums for good.
    void add(const PacketRecord& packet, Timestamp now);

    [[nodiscard]] const SessionFacts& facts() const { return m_facts; }
    [[nodiscard]] Timestamp started() const { return m_started; }
    [[nodiscard]] Timestamp last() const { return m_last; } // clock at the last packet, at first that of the start
    [[nodiscard]] const std::vector<PacketRecord>& packets() const { return m_packets; }
    [[nodiscard]] std::uint64_t totalPackets() const { return m_total; }
    [[nodiscard]] const RunningFigures& figures() const { return m_figures; }

    /// Whole seconds since the start.
    [[nodiscard]] std::uint64_t durationSeconds(Timestamp now) const;
    [[nodiscard]] bool hasEnough(Timestamp now) const;
    [[nodiscard]] bool isIdle(Timestamp now, std::uint64_t seconds = kIdleSeconds) const;

private:
    SessionFacts m_facts;
    Timestamp m_started;
    Timestamp m_last;
    std::vector<PacketRecord> m_packets;
    std::uint64_t m_total = 0;
    RunningFigures m_figures;
};

} // namespace timbre::recording
