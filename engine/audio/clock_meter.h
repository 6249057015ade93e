#pragma once

// The media clock of a stream: how timestamps step from packet to packet, whether they keep pace with the arrivals, and
// the jitter after RFC 3550 A.8. The clock rate may be unknown: jitter is kept for every usual rate and picked at the
// end.

#include "engine/base/timestamp.h"

#include <array>
#include <optional>
#include <span>

namespace timbre::audio {

class ClockMeter {
public:
    /// `clockHz` 0: find it out.
    explicit ClockMeter(std::uint32_t clockHz)
        : m_clockHz(clockHz)
    {
    }

    struct Step {
        std::int64_t ticks = 0; // since the last packet in order
        std::int64_t gapNs = 0;
        bool consecutive = false; // the sequence number stepped by one
    };

    /// For every packet that is no duplicate: jitter is defined in order of arrival, whatever the sequence (RFC 3550
    /// 6.4.1).
    void arrive(Timestamp arrival, std::uint32_t timestamp);
    /// For packets that are not late and not duplicates.
    Step add(Timestamp arrival, std::uint32_t timestamp, bool consecutive);
    /// The source started anew: what lies between is no step.
    void restart()
    {
        m_started = false;
        m_arrivals = 0;
    }
    void setClock(std::uint32_t clockHz) { m_clockHz = clockHz; }

    /// Given, or the usual rate nearest to what was seen; 0 when none is near.
    [[nodiscard]] std::uint32_t clockHz() const;
    [[nodiscard]] std::optional<double> jitterMs() const;
    /// Ticks of one frame: the smallest step that is no exception; 0 before there is one.
    [[nodiscard]] std::uint32_t frameTicks() const
    {
        const double rare = kRareStep * static_cast<double>(m_steps);
        std::int64_t best = 0;
        for (const CountedStep& each : counted()) {
            if (static_cast<double>(each.count) > rare && each.ticks > 0 && (best == 0 || each.ticks < best))
                best = each.ticks;
        }
        return static_cast<std::uint32_t>(best);
    }
    /// Share of consecutive packets that step by whole frames, 0 … 1.
    [[nodiscard]] double stepRegularity() const;
    /// Share of consecutive packets with the timestamp of the one before: frames of more than one packet.
    [[nodiscard]] double sameTimestampShare() const;
    /// Share of spans of two seconds over which timestamps and arrivals advanced alike; nothing before there are some.
    [[nodiscard]] std::optional<double> agreement() const;
    /// How far the ticks seen are from the clock rate, as a share; nothing before some seconds.
    [[nodiscard]] std::optional<double> drift() const;
    /// The same after a moment already, when it tells gross things only; nothing before that, or without a clock.
    [[nodiscard]] std::optional<double> roughDrift() const;
    /// Of how many spans agreement() speaks.
    [[nodiscard]] std::uint32_t spans() const { return m_spans; }
    [[nodiscard]] std::uint64_t steps() const { return static_cast<std::uint64_t>(m_steps); }

private:
    static constexpr std::array<std::uint32_t, 11> kRates = {1000,   8000,   11'025, 12'000, 16'000, 22'050,
                                                             24'000, 32'000, 44'100, 48'000, 90'000};
    static constexpr std::size_t kStepsKept = 12;
    static constexpr double kRareStep = 0.02; // of all steps; fewer are exceptions

    struct CountedStep {
        std::int64_t ticks = 0;
        std::int64_t count = 0;
    };

    void countStep(std::int64_t ticks);
    [[nodiscard]] std::span<CountedStep> counted() { return {m_counted.data(), m_countedPlaces}; }
    [[nodiscard]] std::span<const CountedStep> counted() const { return {m_counted.data(), m_countedPlaces}; }
    void followPace(const Step& step);
    void addToSpan(std::int64_t gapNs, std::int64_t ticks);
    [[nodiscard]] std::uint32_t nearestRate() const;

    std::uint32_t m_clockHz;
    bool m_started = false;
    Timestamp m_lastArrival;
    std::uint32_t m_lastTimestamp = 0;
    std::uint32_t m_timestampBefore = 0;
    std::uint64_t m_arrivals = 0; // since the source started
    Timestamp m_arrivalBefore;
    std::int64_t m_steps = 0;
    std::int64_t m_zeroSteps = 0;
    double m_ticksSeen = 0.0;
    double m_secondsSeen = 0.0;
    std::int64_t m_spanNs = 0;
    std::int64_t m_pauseNs = 0; // before the last packet, not yet counted
    double m_spanTicks = 0.0;
    std::uint32_t m_spans = 0;
    std::uint32_t m_countedPlaces = 0; // of m_counted that were ever used; all behind are free
    // By rate; one more than there are, because two at a time are followed.
    alignas(16) std::array<double, kRates.size() + 1> m_jitterNs{};
    std::array<CountedStep, kStepsKept> m_counted{};
    // Spans that agree with each rate; picked like the jitter.
    std::array<std::uint32_t, kRates.size()> m_agreeing{};
};

} // namespace timbre::audio
