#include "engine/audio/clock_meter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace timbre::audio {

namespace {

constexpr std::int64_t kSpanNs = 2 * kNsPerSecond;
constexpr double kAllowedSeconds = 0.25; // a jitter buffer's worth, at both ends of a span
constexpr double kAllowedShare = 0.05;
constexpr std::int64_t kPauseNs = 3 * kNsPerSecond / 10;
constexpr std::int64_t kQueuedNs = 3'000'000; // a gap that only packets out of one queue have
constexpr double kMinDriftSeconds = 14.0;
constexpr double kMinRoughSeconds = 0.8;
constexpr std::uint32_t kLowestRate = 8000; // of a codec; lower ones are clocks of headers, which are given
constexpr double kNearRate = 0.12;          // by logarithm
// Outside of these no logarithm is needed to tell: a little wider than kNearRate.
constexpr double kLowestRatio = 0.88;
constexpr double kHighestRatio = 1.13;
constexpr double kJitterShare = 1.0 / 16.0; // RFC 3550 6.4.1
constexpr double kClockJumpNs = 5e9;        // further apart, the sender began a new clock: no network is that late
// RFC 3550 lets timestamps begin anew at random; a step of more than a minute says nothing about the clock.
constexpr std::int64_t kMaxTicks = 60 * 90'000;
constexpr std::uint32_t kMinSpans = 2;

} // namespace

namespace {

/// Two rates at a time.
using Pair [[gnu::vector_size(2 * sizeof(double))]] = double;
using PairBits [[gnu::vector_size(2 * sizeof(double))]] = std::int64_t;

Pair magnitude(Pair value)
{
    return reinterpret_cast<Pair>(reinterpret_cast<PairBits>(value) & std::numeric_limits<std::int64_t>::max());
}

} // namespace

void ClockMeter::arrive(Timestamp arrival, std::uint32_t timestamp)
{
    static constexpr auto rateOf = [] {
        std::array<double, kRates.size() + 1> rates{};
        rates.fill(1.0); // behind the last one
        std::copy(kRates.begin(), kRates.end(), rates.begin());
        return rates;
    }();
    if (m_arrivals++ > 0) {
        const auto gapNs = static_cast<double>(elapsedNs(m_arrivalBefore, arrival));
        const auto ticks = static_cast<double>(static_cast<std::int32_t>(timestamp - m_timestampBefore));
        const double scaled = ticks * 1e9;
        for (std::size_t i = 0; i < m_jitterNs.size(); i += 2) {
            Pair rates;
            std::memcpy(&rates, &rateOf[i], sizeof rates);
            Pair jitter;
            std::memcpy(&jitter, &m_jitterNs[i], sizeof jitter);
            const Pair difference = magnitude(gapNs - scaled / rates);
            const Pair change = (difference - jitter) * kJitterShare;
            // Where the clock jumped, nothing is added: a jitter is never -0.
            jitter += reinterpret_cast<Pair>(reinterpret_cast<PairBits>(change) & (difference < kClockJumpNs));
            std::memcpy(&m_jitterNs[i], &jitter, sizeof jitter);
        }
    }
    m_arrivalBefore = arrival;
    m_timestampBefore = timestamp;
}

ClockMeter::Step ClockMeter::add(Timestamp arrival, std::uint32_t timestamp, bool consecutive)
{
    Step step;
    if (m_started) {
        step.gapNs = std::max<std::int64_t>(0, elapsedNs(m_lastArrival, arrival));
        step.ticks = static_cast<std::int32_t>(timestamp - m_lastTimestamp);
        step.consecutive = consecutive;
        if (consecutive)
            countStep(step.ticks);
        followPace(step);
    }
    m_started = true;
    m_lastArrival = arrival;
    m_lastTimestamp = timestamp;
    return step;
}

/// The most frequent steps, by the counting scheme of Misra and Gries.
void ClockMeter::countStep(std::int64_t ticks)
{
    ++m_steps;
    m_zeroSteps += ticks == 0 ? 1 : 0;
    CountedStep* free = nullptr;
    for (CountedStep& each : counted()) {
        if (each.count > 0 && each.ticks == ticks) {
            ++each.count;
            return;
        }
        if (each.count == 0)
            free = &each;
    }
    if (!free && m_countedPlaces < kStepsKept)
        free = &m_counted[m_countedPlaces++];
    if (free) {
        *free = {ticks, 1};
        return;
    }
    for (CountedStep& each : counted())
        --each.count;
}

/// Some senders stop their clock with the sound: such a pause is no time for either. But when the next packet is close
/// behind, the network had stalled, and what waited comes at once.
void ClockMeter::followPace(const Step& step)
{
    if (step.consecutive && step.gapNs > kPauseNs && step.ticks <= 2 * std::int64_t{frameTicks()}) {
        m_pauseNs = step.gapNs;
        return;
    }
    const bool stalled = m_pauseNs > 0 && step.gapNs < kQueuedNs;
    addToSpan(step.gapNs + (stalled ? m_pauseNs : 0), step.ticks);
    m_pauseNs = 0;
}

void ClockMeter::addToSpan(std::int64_t gapNs, std::int64_t ticks)
{
    if (std::abs(ticks) > kMaxTicks) {
        m_spanNs = 0;
        m_spanTicks = 0.0;
        return;
    }
    m_spanNs += gapNs;
    m_spanTicks += static_cast<double>(ticks);
    if (m_spanNs < kSpanNs)
        return;
    const double seconds = static_cast<double>(m_spanNs) / 1e9;
    for (std::size_t i = 0; i < kRates.size(); ++i) {
        const double media = m_spanTicks / kRates[i];
        m_agreeing[i] += std::abs(media - seconds) <= kAllowedSeconds + kAllowedShare * seconds ? 1 : 0;
    }
    ++m_spans;
    m_ticksSeen += m_spanTicks;
    m_secondsSeen += seconds;
    m_spanNs = 0;
    m_spanTicks = 0.0;
}

std::uint32_t ClockMeter::nearestRate() const
{
    const double seconds = m_secondsSeen + static_cast<double>(m_spanNs) / 1e9;
    const double ticks = m_ticksSeen + m_spanTicks;
    if (seconds < 0.1 || ticks <= 0.0)
        return 0;
    const double seen = ticks / seconds;
    std::uint32_t best = 0;
    double bestDistance = kNearRate;
    for (const std::uint32_t rate : kRates) {
        const double ratio = seen / rate;
        if (rate < kLowestRate || ratio < kLowestRatio || ratio > kHighestRatio)
            continue;
        const double distance = std::abs(std::log(ratio));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = rate;
        }
    }
    return best;
}

std::uint32_t ClockMeter::clockHz() const
{
    return m_clockHz != 0 ? m_clockHz : nearestRate();
}

std::optional<double> ClockMeter::jitterMs() const
{
    const auto rate = std::find(kRates.begin(), kRates.end(), clockHz());
    if (rate == kRates.end() || m_arrivals < 2)
        return std::nullopt;
    return m_jitterNs[static_cast<std::size_t>(rate - kRates.begin())] / 1e6;
}

double ClockMeter::stepRegularity() const
{
    const std::int64_t frame = frameTicks();
    if (frame == 0 || m_steps == 0)
        return 0.0;
    std::uint64_t whole = 0;
    for (const CountedStep& each : counted())
        whole += each.count > 0 && each.ticks > 0 && each.ticks % frame == 0 ? each.count : 0;
    return static_cast<double>(whole) / static_cast<double>(m_steps);
}

double ClockMeter::sameTimestampShare() const
{
    return m_steps == 0 ? 0.0 : static_cast<double>(m_zeroSteps) / static_cast<double>(m_steps);
}

std::optional<double> ClockMeter::agreement() const
{
    if (m_spans < kMinSpans)
        return std::nullopt;
    const auto rate = std::find(kRates.begin(), kRates.end(), clockHz());
    if (rate == kRates.end())
        return m_clockHz == 0 ? std::optional(0.0) : std::nullopt; // a rate of its own is not judged
    return static_cast<double>(m_agreeing[static_cast<std::size_t>(rate - kRates.begin())]) / m_spans;
}

std::optional<double> ClockMeter::roughDrift() const
{
    const std::uint32_t rate = clockHz();
    const double seconds = m_secondsSeen + static_cast<double>(m_spanNs) / 1e9;
    if (rate == 0 || seconds < kMinRoughSeconds)
        return std::nullopt;
    return std::abs((m_ticksSeen + m_spanTicks) / seconds / rate - 1.0);
}

std::optional<double> ClockMeter::drift() const
{
    const std::uint32_t rate = clockHz();
    if (rate == 0 || m_secondsSeen < kMinDriftSeconds || m_ticksSeen <= 0.0)
        return std::nullopt;
    return std::abs(m_ticksSeen / m_secondsSeen / rate - 1.0);
}

} // namespace timbre::audio
