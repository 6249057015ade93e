#include "engine/flow/flow_traits.h"

namespace timbre::flow {

std::string_view anomalyKindName(std::size_t kind)
{
    static constexpr std::array<std::string_view, kAnomalyKinds> kNames{
        "fingerprint_change", "session_sharing",      "velocity_spike",       "impossible_travel",
        "token_reuse",        "rotation_pattern",     "timing_anomaly",       "ja4_rotation_pattern",
        "ja4_ip_cluster",     "ja4_browser_spoofing", "ja4h_change",          "oversized_request",
        "oversized_response", "bandwidth_spike",      "exfiltration_pattern", "upload_pattern"};
    return kNames[kind];
}

} // namespace timbre::flow
