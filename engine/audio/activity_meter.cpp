#include "engine/audio/activity_meter.h"

#include <algorithm>
#include <cmath>

namespace timbre::audio {

namespace {

constexpr std::uint64_t kThresholdEvery = 64; // measured packets
constexpr double kLowShare = 0.05;
constexpr double kHighShare = 0.95;
constexpr double kDivide = 0.3; // between low and high
constexpr double kMinSpan = 8;  // levels
constexpr double kMinRatio = 1.35;
constexpr std::int64_t kDipNs = 50'000'000; // a shorter one, or of one packet, ends no talk spurt
constexpr std::int64_t kSyllableNs = 90'000'000;
constexpr std::int64_t kShortFrameNs = 40'000'000; // of longer packets a single one may be a syllable
constexpr int kMinCommonSlots = 25;                // 5 s
constexpr std::size_t kFirstSlots = 32;

} // namespace

void ActivityMeter::updateThreshold()
{
    const auto quantile = [this](double share) {
        const double wanted = share * static_cast<double>(m_measured);
        double seen = 0.0;
        for (std::uint32_t level = 0; level < kLevels; ++level) {
            seen += m_levels[level];
            if (seen > wanted)
                return static_cast<double>(level);
        }
        return static_cast<double>(kLevels - 1);
    };
    const double low = quantile(kLowShare);
    const double high = quantile(kHighShare);
    if (high - low < kMinSpan || high < low * kMinRatio)
        m_threshold.reset();
    else
        m_threshold = static_cast<std::uint32_t>(low + (high - low) * kDivide);
}

void ActivityMeter::enter(bool talking)
{
    if (m_started && talking == m_talking)
        return;
    m_shortTalkRuns += m_talking && m_runNs < kSyllableNs && m_frameNs <= kShortFrameNs ? 1 : 0;
    m_runNs = 0;
    m_started = true;
    m_talking = talking;
    ++(talking ? m_talkRuns : m_silentRuns);
}

void ActivityMeter::beLoud(std::int64_t ns)
{
    enter(true);
    m_talkNs += ns + m_dipNs;
    m_runNs += ns + m_dipNs;
    m_dipNs = 0;
}

void ActivityMeter::beSilent(std::int64_t ns)
{
    enter(false);
    m_silentNs += ns + m_dipNs;
    m_runNs += ns + m_dipNs;
    m_dipNs = 0;
}

void ActivityMeter::add(Timestamp arrival, std::uint32_t level, Kind kind, std::int64_t frameNs, std::int64_t pauseNs)
{
    m_frameNs = frameNs;
    if (kind == Kind::Measured) {
        ++m_levels[std::min<std::uint32_t>(level, kLevels - 1)];
        if (++m_measured % kThresholdEvery == 0)
            updateThreshold();
    }
    if (pauseNs > 0) {
        if (!m_started || m_talking)
            ++m_suppressed;
        beSilent(pauseNs);
    }
    const bool talk = kind == Kind::Talk || (kind == Kind::Measured && (!m_threshold || level > *m_threshold));
    if (talk)
        beLoud(frameNs);
    else if (kind == Kind::Measured && m_started && m_talking && m_dipNs + frameNs < std::max(kDipNs, 2 * frameNs))
        m_dipNs += frameNs;
    else
        beSilent(frameNs);

    const std::int64_t number = arrival.ns / kSlotNs;
    Slot& slot = slotOf(number);
    ++slot.packets;
    slot.talk = static_cast<std::uint16_t>(slot.talk + (talk ? 1 : 0));
    if (m_lastSlot < 0)
        m_firstSlot = number;
    m_lastSlot = std::max(m_lastSlot, number);
}

ActivityMeter::Slot& ActivityMeter::slotOf(std::int64_t number)
{
    if (m_slots.empty())
        m_ringBegin = number;
    const std::size_t place = placeOf(number);
    if (place >= m_slots.size())
        m_slots.resize(std::min(kSlots, std::max({kFirstSlots, place + 1, 2 * m_slots.size()})));
    Slot& slot = m_slots[place];
    if (slot.number != number)
        slot = {.number = number};
    return slot;
}

double ActivityMeter::meanTalkSeconds() const
{
    return m_talkRuns == 0 ? 0.0 : static_cast<double>(m_talkNs) / 1e9 / static_cast<double>(m_talkRuns);
}

double ActivityMeter::meanPauseSeconds() const
{
    return m_silentRuns == 0 ? 0.0 : static_cast<double>(m_silentNs) / 1e9 / static_cast<double>(m_silentRuns);
}

double ActivityMeter::shortSpurtShare() const
{
    const std::uint64_t ended = m_talkRuns - (m_talking ? 1 : 0);
    return ended == 0 ? 0.0 : static_cast<double>(m_shortTalkRuns) / static_cast<double>(ended);
}

double ActivityMeter::talkShare() const
{
    const std::int64_t all = m_talkNs + m_silentNs;
    return all == 0 ? 0.0 : static_cast<double>(m_talkNs) / static_cast<double>(all);
}

/// A slot inside the stream's life without packets is silence.
std::optional<bool> ActivityMeter::talkIn(std::int64_t number) const
{
    if (number < m_firstSlot || number > m_lastSlot || number + static_cast<std::int64_t>(kSlots) <= m_lastSlot)
        return std::nullopt;
    const std::size_t place = placeOf(number);
    return place < m_slots.size() && m_slots[place].number == number &&
           2 * m_slots[place].talk > m_slots[place].packets;
}

std::optional<double> ActivityMeter::correlation(const ActivityMeter& other) const
{
    const std::int64_t begin =
        std::max({m_firstSlot, other.m_firstSlot, m_lastSlot - static_cast<std::int64_t>(kSlots)});
    const std::int64_t end = std::min(m_lastSlot, other.m_lastSlot);
    double count = 0.0;
    double own = 0.0;
    double others = 0.0;
    double both = 0.0;
    for (std::int64_t number = begin; number <= end; ++number) {
        const auto mine = talkIn(number);
        const auto theirs = other.talkIn(number);
        if (!mine || !theirs)
            continue;
        count += 1.0;
        own += *mine ? 1.0 : 0.0;
        others += *theirs ? 1.0 : 0.0;
        both += *mine && *theirs ? 1.0 : 0.0;
    }
    const double spread = own * (count - own) * others * (count - others);
    if (count < kMinCommonSlots || spread <= 0.0)
        return std::nullopt;
    return (count * both - own * others) / std::sqrt(spread);
}

} // namespace timbre::audio
