#pragma once

// How the format spells its enumerations, in the order of the enums.

#include <array>

namespace timbre::mask {

inline constexpr std::array kSpoofProtocols{"None", "QUIC", "WebRTC_STUN", "HTTPS_H2", "DNS_over_UDP"};
inline constexpr std::array kSizeLawTypes{"Histogram", "Parametric"};
inline constexpr std::array kSizeFamilies{"LogNormal", "Gamma", "Bimodal", "Gmm"};
inline constexpr std::array kGapFamilies{"Exponential", "LogNormal", "Gamma", "Empirical", "Gmm"};
inline constexpr std::array kByteOrders{"Big", "Little"};
inline constexpr std::array kIdModes{"Random", "Zero"};
inline constexpr const char* kExtensionName = "x_timbre";

} // namespace timbre::mask
