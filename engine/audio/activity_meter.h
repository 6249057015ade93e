#pragma once

// Who speaks when: divides a stream into talk and silence and keeps the runs. What counts as talk adapts to the stream:
// loudness of G.711 where it can be read, payload sizes elsewhere. Gaps in which the timestamps go on (silence
// suppression) and comfort noise are silence whatever the sizes say. Two streams are compared by slots of 200 ms.

#include "engine/base/timestamp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace timbre::audio {

class ActivityMeter {
public:
    static constexpr std::int64_t kSlotNs = kNsPerSecond / 5;
    static constexpr std::size_t kSlots = 1024; // 204 s
    static constexpr std::size_t kLevels = 256;

    enum class Kind : std::uint8_t { Measured, Silent, Talk };
    /// `level`: loudness or size on any scale; above 255 counts as 255. `frameNs`: media in this packet. `pauseNs`:
    /// time before it in which, by the timestamps, nothing was to be sent.
    void add(Timestamp arrival, std::uint32_t level, Kind kind, std::int64_t frameNs, std::int64_t pauseNs);

    /// Level that divides talk from silence; nothing when the levels do not differ enough.
    [[nodiscard]] std::optional<std::uint32_t> threshold() const { return m_threshold; }
    [[nodiscard]] std::uint64_t talkSpurts() const { return m_talkRuns; }
    [[nodiscard]] std::uint64_t pauses() const { return m_silentRuns; }
    /// Mean length of talk spurts and pauses in seconds, running ones included.
    [[nodiscard]] double meanTalkSeconds() const;
    [[nodiscard]] double meanPauseSeconds() const;
    /// Talk spurts shorter than a syllable, of those that ended: sizes that flicker, as data does.
    [[nodiscard]] double shortSpurtShare() const;
    /// Share of media time that is talk.
    [[nodiscard]] double talkShare() const;
    /// Pauses in which nothing was sent: silence suppression.
    [[nodiscard]] std::uint64_t sentNothing() const { return m_suppressed; }
    [[nodiscard]] bool talking() const { return m_talking; }

    /// Correlation of talk with another stream over common slots, −1 … 1; nothing when either never changes.
    [[nodiscard]] std::optional<double> correlation(const ActivityMeter& other) const;

private:
    struct Slot {
        std::int64_t number = -1;
        std::uint16_t talk = 0;
        std::uint16_t packets = 0;
    };

    void updateThreshold();
    void enter(bool talking);
    void beLoud(std::int64_t ns);
    void beSilent(std::int64_t ns);
    Slot& slotOf(std::int64_t number);
    [[nodiscard]] std::optional<bool> talkIn(std::int64_t slot) const;
    /// Where a slot lies: in a ring that begins with the first one.
    [[nodiscard]] std::size_t placeOf(std::int64_t number) const
    {
        return static_cast<std::size_t>(static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(m_ringBegin)) %
               kSlots;
    }

    // What every packet touches lies together, the tables behind it.
    std::uint64_t m_measured = 0;
    std::optional<std::uint32_t> m_threshold;
    bool m_started = false;
    bool m_talking = false;
    std::uint64_t m_talkRuns = 0;
    std::uint64_t m_silentRuns = 0;
    std::uint64_t m_shortTalkRuns = 0; // of those that ended
    std::uint64_t m_suppressed = 0;
    std::int64_t m_runNs = 0;   // media of the running talk or pause
    std::int64_t m_frameNs = 0; // of the last packet
    std::int64_t m_dipNs = 0;   // quiet packets inside talk that may turn out to be a pause
    std::int64_t m_talkNs = 0;
    std::int64_t m_silentNs = 0;
    std::int64_t m_firstSlot = 0;
    std::int64_t m_lastSlot = -1;
    std::int64_t m_ringBegin = 0;
    std::vector<Slot> m_slots; // grows with the life of the stream: most are far shorter than the ring
    std::array<std::uint32_t, kLevels> m_levels{};
};

} // namespace timbre::audio
