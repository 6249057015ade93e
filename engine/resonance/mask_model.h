#pragma once

// A mask made ready for checking: its encoder for the exact score, and for the calibrated one its laws as logarithms
// of likelihood, its signature with the spread of each feature, and its header as bytes that must match. Made once per
// mask and never changed; every flow is checked against the same object.

#include "engine/resonance/encoder.h"
#include "engine/resonance/header_pattern.h"
#include "engine/resonance/laws.h"
#include "engine/resonance/usual_features.h"

#include <bitset>
#include <memory>
#include <optional>

namespace timbre::resonance {

/// What a mask knows of one side of its traffic.
struct SideModel {
    SizeMass sizes{};
    GapMass gaps{};
    SizeMass sizeRatio{}; // logRatio(sizes)
    GapMass gapRatio{};
    SizeMass sizeSums{}; // runningSum(sizes)
    GapMass gapSums{};
    Features signature{};
    Features spread{};            // of each feature between windows of the mask's own traffic
    double settled = 0.0;         // 0 … 1: how many windows stand behind signature and spread
    std::bitset<kFeatures> known; // features that mean the same in the signature and in a live window, and can tell
    std::size_t knownCount = 0;

    /// Factors of the two normal laws that featureRatio() compares, for windows of so many packets.
    struct Factors {
        Features own{}; // 1 / variance
        Features any{};
        Features widths{}; // logarithm of the ratio of the variances
    };
    static constexpr std::size_t kLevels = 6; // 8, 16, 32 … 256 packets
    std::array<Factors, kLevels> factors{};
    [[nodiscard]] const Factors& factorsFor(std::size_t packets) const;
    /// How much likelier a value is near the signature than in any traffic: a logarithm, both taken as normal. 0 for a
    /// feature that is not known.
    [[nodiscard]] float featureRatio(float value, std::size_t feature, const Factors& of) const
    {
        const float fromAny = value - kUsualMean[feature];
        const float fromOwn = value - signature[feature];
        return 0.5F * (fromAny * fromAny * of.any[feature] - fromOwn * fromOwn * of.own[feature] + of.widths[feature]);
    }

    HeaderPattern header;
};

struct MaskModel {
    std::string id;
    Encoder encoder;
    SideModel up;
    std::optional<SideModel> down; // none: the mask says nothing of the responder

    /// Refuses what an encoder refuses. The mask should have been read by mask::loadMask, which checks the rest.
    [[nodiscard]] static Result<std::shared_ptr<const MaskModel>> make(const mask::MaskProfile& mask,
                                                                       std::size_t hiddenSize = kDefaultHiddenSize);
};

using MaskModels = std::vector<std::shared_ptr<const MaskModel>>;

} // namespace timbre::resonance
