#pragma once

// What a mask's laws of sizes and gaps say about a packet: the probability of each bin, and the same for a background
// of any traffic. Bins are 16 bytes wide for sizes and a tenth of a decade wide for gaps, because that is as finely as
// a window of 256 packets can tell two kinds of traffic apart.

#include "engine/mask/mask_profile.h"
#include "engine/resonance/features.h"

#include <span>

namespace timbre::resonance {

inline constexpr std::size_t kSizeBins = 98; // 0–15, 16–31 … 1,520–1,535, up to 3,071, above
inline constexpr std::size_t kGapBins = 80;  // up to 0.01 ms, then ten per decade, the last one from 620 s on

[[nodiscard]] std::size_t sizeBin(std::uint16_t size);
[[nodiscard]] std::size_t gapBin(double gapMs);
/// Middle of a bin, for plots: bytes; milliseconds.
[[nodiscard]] double sizeBinCentre(std::size_t bin);
[[nodiscard]] double gapBinCentre(std::size_t bin);

using SizeMass = std::array<float, kSizeBins>; // adds up to 1
using GapMass = std::array<float, kGapBins>;

/// As the law is drawn from by the programs that use masks; see the mask page, 2.3 and 2.4.
[[nodiscard]] SizeMass massOf(const mask::SizeLaw& law);
[[nodiscard]] GapMass massOf(const mask::GapLaw& law);

/// Bins of the values of a window, one after the other: as many as there are values, the rest is not set.
using Bins = std::array<std::uint8_t, kWindowPackets>;
static_assert(kSizeBins <= 256 && kGapBins <= 256);
/// Requires: at most kWindowPackets values; sizes are whole numbers up to 65,535.
void putSizeBins(std::span<const double> sizes, Bins& bins);
void putGapBins(std::span<const double> gapsMs, Bins& bins);
[[nodiscard]] SizeMass massOfSizeBins(std::span<const std::uint8_t> bins);
[[nodiscard]] GapMass massOfGapBins(std::span<const std::uint8_t> bins);

/// Any traffic: full packets, bare acknowledgements, and all between; gaps from microseconds to seconds.
[[nodiscard]] const SizeMass& backgroundSizes();
[[nodiscard]] const GapMass& backgroundGaps();

/// Logarithm of how much likelier a packet of each bin is under the law than under the background. The law is
/// smoothed by two bins to each side and mixed with a little background, so that no single packet decides.
[[nodiscard]] SizeMass logRatio(const SizeMass& law);
[[nodiscard]] GapMass logRatio(const GapMass& law);

/// Share up to and with each bin.
[[nodiscard]] SizeMass runningSum(const SizeMass& mass);
[[nodiscard]] GapMass runningSum(const GapMass& mass);
/// Largest difference of two running sums (Kolmogorov–Smirnov), to the width of a bin. Requires: spans of one length.
[[nodiscard]] float ksDistance(std::span<const float> a, std::span<const float> b);

} // namespace timbre::resonance
