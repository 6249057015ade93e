#pragma once

// What axes and time columns need beside ui/models/format.h: seconds that line up, and round steps.

#include <QtCore/QString>

#include <cstdint>

namespace timbre::ui {

/// Seconds with six decimals, for columns: "0.001204"; thin-space thousands.
[[nodiscard]] QString secondsText(std::int64_t ns);

/// The smallest of 1, 2, 5 times a power of ten that is at least `value`. Requires: value > 0.
[[nodiscard]] double niceStep(double value);

} // namespace timbre::ui
