#pragma once

// Numbers, sizes, durations and times as people read them. One place, so that tables, tooltips, exports for people and
// the footer agree. Columns align because every call gives the same shape for the same magnitude.

#include "engine/base/timestamp.h"

#include <cstdint>
#include <string>

namespace timbre::pipeline {

/// Thin space (U+2009) between groups of three digits: "1 204 331".
[[nodiscard]] std::string formatCount(std::uint64_t count);
[[nodiscard]] std::string formatSigned(std::int64_t count);
/// Three digits and a unit by 1000: "999 B", "1.23 kB", "45.6 MB", "789 GB".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);
/// "812 ns", "12.3 ms", "1.204 s", "3 m 12 s", "2 h 5 m", "3 d 4 h". Cut, never rounded up.
[[nodiscard]] std::string formatDuration(std::int64_t ns);
/// "1.23 MB/s". Requires: finite and not negative.
[[nodiscard]] std::string formatRate(double bytesPerSecond);
/// Up to three decimals: "7.993".
[[nodiscard]] std::string formatRatio(double value);

enum class Zone { Utc, Local };

/// "2026-11-21 09:15:02.123456", with 0 to 9 decimals, cut.
[[nodiscard]] std::string formatTime(Timestamp time, Zone zone, unsigned decimals = 6);
/// "UTC", or the offset that local time has at this moment: "+02:00".
[[nodiscard]] std::string zoneLabel(Timestamp time, Zone zone);

} // namespace timbre::pipeline
