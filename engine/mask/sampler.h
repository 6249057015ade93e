#pragma once

// Draws packets from a mask's laws the way programs that use masks do: for the self-test and to see what a mask sounds
// like. Requires throughout: laws that passed the rules.

#include "engine/mask/mask_profile.h"
#include "engine/mask/random_stream.h"

namespace timbre::mask {

class SizeSampler {
public:
    explicit SizeSampler(const SizeLaw& law);
    [[nodiscard]] std::uint16_t draw(RandomStream& random) const;

private:
    const SizeLaw& m_law;
    std::optional<WeightedChoice> m_choice;
};

/// Milliseconds, not negative.
[[nodiscard]] double drawGap(const GapLaw& law, RandomStream& random);

struct SizeAndGap {
    std::uint16_t size = 0;
    double gapMs = 0.0;
};
[[nodiscard]] SizeAndGap drawJoint(const JointLaw& law, RandomStream& random);

/// One packet after the other as a client sends them: the joint law when there is one, else the overrides of the state,
/// else the mask's own laws; one step of the state machine per packet.
class PacketStream {
public:
    PacketStream(const MaskProfile& mask, std::uint64_t seed);
    [[nodiscard]] SizeAndGap next();
    [[nodiscard]] std::uint16_t state() const { return m_state; }

private:
    void step(double gapMs);

    const MaskProfile& m_mask;
    RandomStream m_random;
    SizeSampler m_ownSizes;
    std::uint16_t m_state;
    std::uint32_t m_packetsInState = 0;
    double m_msInState = 0.0;
    const Transition* m_entered = nullptr; // whose overrides are in force
    std::optional<SizeSampler> m_sizes;
};

} // namespace timbre::mask
