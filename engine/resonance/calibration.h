#pragma once

// The calibrated resonance: how likely it is that a window of traffic behaves like a mask, 0 to 100, with the evidence
// behind it. It weighs, for each direction: how near the window's bounded features lie to the mask's signature, in
// units of the spread that the mask's own windows have, against what they look like in any traffic; how much likelier
// each packet's size is under the mask's laws than in any traffic; and how much of the mask's header the packets have.
// Masks whose signature is no list of features are compared by their laws of sizes and gaps instead. What the sum means
// as a probability was measured (resources/manual/resonance.md tells how), so that of all windows that score about 80,
// about 80 in 100 are the mask's own when own and other traffic are equally frequent.

#include "engine/resonance/mask_model.h"

namespace timbre::resonance {

/// What is looked at; each gives one number, 0 where the mask or the window cannot tell.
enum class Aspect : std::uint8_t { Sizes, Gaps, Signature, SizeShape, GapShape, Header, Count };
inline constexpr std::size_t kAspects = static_cast<std::size_t>(Aspect::Count);
using AspectValues = std::array<double, kAspects>;
/// "sizes", "gaps", "signature", "size_shape", "gap_shape", "header"
[[nodiscard]] const char* toString(Aspect aspect);

/// What a window looks like, made once and compared with every mask.
class WindowView {
public:
    /// Valid until the window gets another packet.
    explicit WindowView(const FlowWindow& window);

    struct Side {
        Bins sizes; // of each packet
        Bins gaps;
        Features features{}; // bounded; all 0 with fewer than kFewestOfSide packets
        std::span<const Prefix> prefixes;
        std::size_t packets = 0;

        [[nodiscard]] std::span<const std::uint8_t> sizeBins() const { return {sizes.data(), packets}; }
        [[nodiscard]] std::span<const std::uint8_t> gapBins() const { return {gaps.data(), packets}; }
    };
    [[nodiscard]] const Side& side(flow::Side which) const { return m_sides[static_cast<std::size_t>(which)]; }
    [[nodiscard]] std::size_t packets() const { return m_sides[0].packets + m_sides[1].packets; }
    /// Of the packets, those from the initiator; 0.5 without any.
    [[nodiscard]] double upShare() const;

private:
    std::array<Side, 2> m_sides;
};

struct Calibrated {
    double score = 50.0;     // 0 … 100
    double confidence = 0.0; // 0 … 1: how much of a full window was there, and how much of it the mask speaks about
    AspectValues contributions{}; // their sum, along a fixed curve, gives the score; more speaks for the mask
    std::size_t packets = 0;      // of the 256 of a full window
};

/// Fewer packets than this say nothing: the score is then undecided, 50, with no confidence.
inline constexpr std::size_t kFewestPackets = 8;
/// Fewer packets of a side than this, and its features are not looked at.
inline constexpr std::size_t kFewestOfSide = 8;

/// What the contributions add up to before it becomes a probability; what the curve is fitted on.
[[nodiscard]] double evidenceSum(const AspectValues& contributions);
[[nodiscard]] Calibrated calibrated(const WindowView& window, const MaskModel& mask);

/// One feature of one direction beside what the mask expects.
struct FeatureEvidence {
    flow::Side side = flow::Side::Initiator;
    std::uint8_t feature = 0; // index in list B; mask::featureName() names it
    float value = 0.0F;
    float expected = 0.0F;
    float spread = 0.0F; // expected ± 2 · spread holds about 95 of 100 of the mask's own windows
    float weight = 0.0F; // above 0: speaks for the mask, below: against it
};

/// Every feature that can tell, what moves the score most first. `features` and `packets` are by flow::Side.
[[nodiscard]] std::vector<FeatureEvidence> evidenceOf(const std::array<Features, 2>& features,
                                                      const std::array<std::size_t, 2>& packets, const MaskModel& mask);

} // namespace timbre::resonance
