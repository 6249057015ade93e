// Calls: who talks when, what a codec makes of it, how it is set up.

#include "engine/audio/simulated_speech_private.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace timbre::audio {

namespace {

constexpr double kStep = 0.01; // of activity, seconds

/// Alternates talk and silence of one talker who minds nobody.
void talkAlone(std::vector<bool>& talk, double meanTalk, double meanPause, Dice& dice)
{
    bool talking = dice.chance(0.5);
    double left = dice.exponential(talking ? meanTalk : meanPause);
    for (auto&& step : talk) {
        step = talking;
        left -= kStep;
        if (left <= 0.0) {
            talking = !talking;
            left = std::max(0.15, dice.exponential(talking ? meanTalk : meanPause));
        }
    }
}

/// Turns, with a pause or an overlap at each change.
void talkInTurns(TalkPlan& plan, Dice& dice)
{
    const double meanTurn = dice.between(1.0, 5.0);
    std::size_t at = 0;
    const std::size_t end = plan.talk[0].size();
    std::size_t speaker = static_cast<std::size_t>(dice.whole(0, 1));
    while (at < end) {
        const double turn = std::max(0.3, dice.exponential(meanTurn));
        const std::size_t turnEnd = std::min(end, at + static_cast<std::size_t>(turn / kStep));
        while (at < turnEnd) { // phrases inside a turn
            const auto phrase = static_cast<std::size_t>(std::max(0.2, dice.exponential(1.3)) / kStep);
            for (std::size_t i = 0; i < phrase && at < turnEnd; ++i)
                plan.talk[speaker][at++] = true;
            at += static_cast<std::size_t>(dice.exponential(0.35) / kStep);
        }
        const double change = dice.normal(0.25, 0.35);
        if (change > 0.0)
            at += static_cast<std::size_t>(change / kStep);
        else
            at -= std::min(at, static_cast<std::size_t>(-change / kStep));
        speaker = 1 - speaker;
    }
}

} // namespace

TalkPlan drawTalk(Dice& dice)
{
    TalkPlan plan;
    plan.seconds = std::exp(dice.between(std::log(12.0), std::log(100.0)));
    for (auto& talk : plan.talk)
        talk.assign(static_cast<std::size_t>(plan.seconds / kStep) + 1, false);
    const double kind = dice.unit();
    if (kind < 0.55) {
        talkInTurns(plan, dice);
    } else if (kind < 0.70) { // conference: others talk most of the time
        talkAlone(plan.talk[0], dice.between(1.0, 3.0), dice.between(3.0, 12.0), dice);
        talkAlone(plan.talk[1], dice.between(3.0, 10.0), dice.between(0.3, 1.0), dice);
    } else if (kind < 0.80) { // an announcement, a listener who hardly speaks
        talkAlone(plan.talk[0], 0.6, 15.0, dice);
        talkAlone(plan.talk[1], dice.between(2.0, 4.0), dice.between(0.4, 1.2), dice);
    } else if (kind < 0.90) { // long silences
        talkAlone(plan.talk[0], 1.5, dice.between(5.0, 15.0), dice);
        talkAlone(plan.talk[1], 1.5, dice.between(5.0, 15.0), dice);
    } else { // on hold: music
        plan.music[1] = true;
        plan.talk[1].assign(plan.talk[1].size(), true);
        talkAlone(plan.talk[0], 0.8, 20.0, dice);
    }
    plan.oneWay = dice.chance(0.1);
    return plan;
}

bool TalkPlan::talks(std::size_t side, double from, double to) const
{
    const auto& steps = talk[side];
    const auto begin = std::min(steps.size() - 1, static_cast<std::size_t>(std::max(0.0, from) / kStep));
    const auto end = std::min(steps.size() - 1, static_cast<std::size_t>(std::max(0.0, to) / kStep));
    for (std::size_t i = begin; i <= end; ++i) {
        if (steps[i])
            return true;
    }
    return false;
}

VoiceSource::VoiceSource(const TalkPlan& plan, std::size_t side, Dice& dice)
    : m_plan(plan)
    , m_side(side)
    , m_dice(dice)
    , m_pitch(dice.between(85.0, 240.0))
    , m_loudness(std::exp(dice.between(std::log(600.0), std::log(6000.0))))
    , m_noise(dice.chance(0.2) ? 0.0 : std::exp(dice.between(std::log(1.0), std::log(120.0))))
    , m_syllables(dice.between(3.0, 5.5))
{
}

/// Loudness 0 … 1 at a moment: syllables inside talk, and each a little different.
double VoiceSource::energy(double seconds)
{
    const bool talking = m_plan.talks(m_side, seconds, seconds);
    const bool music = m_plan.music[m_side];
    const double syllable = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * m_syllables * seconds);
    m_slow += (m_dice.unit() - m_slow) * 0.05;
    double wanted = 0.0;
    if (music)
        wanted = 0.55 + 0.4 * m_slow;
    else if (talking)
        wanted = 0.25 + 0.75 * syllable * (0.5 + m_slow);
    m_energy += (wanted - m_energy) * (wanted > m_energy ? 0.5 : 0.3);
    return m_energy;
}

std::int32_t VoiceSource::sample()
{
    if (m_sampleCount % 80 == 0)
        m_envelope = energy(static_cast<double>(m_sampleCount) / 8000.0);
    ++m_sampleCount;
    const double glide = m_plan.music[m_side] ? 1.0 : 1.0 + 0.2 * (m_slow - 0.5);
    m_phase += m_pitch * glide / 8000.0;
    m_phase -= std::floor(m_phase);
    // A pulse with falling harmonics, and breath.
    const double turn = 2.0 * std::numbers::pi * m_phase;
    const double tone = std::sin(turn) + 0.6 * std::sin(2.0 * turn + 0.7) + 0.35 * std::sin(5.0 * turn + 1.9);
    const double breath = m_dice.unit() + m_dice.unit() - 1.0;
    const double value = m_loudness * m_envelope * (0.55 * tone + 0.25 * breath) + m_noise * breath;
    return static_cast<std::int32_t>(std::clamp(value, -8000.0, 8000.0));
}

std::byte encodeMu(std::int32_t sample)
{
    const bool negative = sample < 0;
    std::int32_t magnitude = std::min(std::abs(sample), 8158) + 33;
    unsigned exponent = 0;
    for (std::int32_t rest = magnitude >> 6; rest > 0; rest >>= 1)
        ++exponent;
    const auto mantissa = static_cast<unsigned>(magnitude >> (exponent + 1)) & 0xfU;
    return static_cast<std::byte>(~((negative ? 0x80U : 0U) | exponent << 4U | mantissa) & 0xffU);
}

std::byte encodeA(std::int32_t sample)
{
    const bool negative = sample < 0;
    const std::int32_t magnitude = std::min(std::abs(sample) / 2, 4095);
    unsigned exponent = 0;
    for (std::int32_t rest = magnitude >> 5; rest > 0; rest >>= 1)
        ++exponent;
    const auto mantissa = static_cast<unsigned>(magnitude >> (exponent == 0 ? 1 : exponent)) & 0xfU;
    return static_cast<std::byte>(((negative ? 0U : 0x80U) | exponent << 4U | mantissa) ^ 0x55U);
}

} // namespace timbre::audio
