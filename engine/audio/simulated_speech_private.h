#pragma once

// The talkers of a simulated call.

#include "engine/audio/simulated_path_private.h"

#include <array>

namespace timbre::audio {

/// Who talks when, in steps of 10 ms.
struct TalkPlan {
    double seconds = 30.0;
    std::array<std::vector<bool>, 2> talk;
    std::array<bool, 2> music{};
    bool oneWay = false; // only the responder sends

    [[nodiscard]] bool talks(std::size_t side, double from, double to) const;
};
[[nodiscard]] TalkPlan drawTalk(Dice& dice);

/// A voice as samples of 8 kHz on the scale of 14 bits, or as loudness.
class VoiceSource {
public:
    VoiceSource(const TalkPlan& plan, std::size_t side, Dice& dice);

    [[nodiscard]] double energy(double seconds);
    [[nodiscard]] std::int32_t sample();

private:
    const TalkPlan& m_plan;
    std::size_t m_side;
    Dice& m_dice;
    double m_pitch;
    double m_loudness;
    double m_noise;
    double m_syllables;
    double m_slow = 0.5;
    double m_energy = 0.0;
    double m_envelope = 0.0;
    double m_phase = 0.0;
    std::uint64_t m_sampleCount = 0;
};

/// ITU-T G.711.
[[nodiscard]] std::byte encodeMu(std::int32_t sample);
[[nodiscard]] std::byte encodeA(std::int32_t sample);

} // namespace timbre::audio
