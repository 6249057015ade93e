#pragma once

// The window's side of pipeline/text_format.h: the same texts as QString, and the few that only the window needs. Exact
// values belong in tooltips and copies, not here.

#include "engine/flow/flow_record.h"
#include "engine/pipeline/text_format.h"

#include <QtCore/QString>

namespace timbre::ui {

[[nodiscard]] QString toQString(std::string_view utf8);

/// "1 204 331" with thin spaces.
[[nodiscard]] QString formatCount(std::uint64_t count);
/// `one` for 1, else `many` with the count in the place of its %1: "1 flow", "2,000 flows".
[[nodiscard]] QString formatCounted(std::uint64_t count, const QString& one, const QString& many);
/// "812 B", "1.24 MB"
[[nodiscard]] QString formatBytes(std::uint64_t bytes);
/// "812 µs", "1.204 s", "3 m 12 s"
[[nodiscard]] QString formatDuration(std::int64_t ns);
/// "1.24 MB/s"
[[nodiscard]] QString formatRate(double bytesPerSecond);
/// "192.0.2.1:443", "[2001:db8::1]:443", without the port when the flow has none.
[[nodiscard]] QString formatEndpoint(const flow::FlowRecord& flow, flow::Side side);

} // namespace timbre::ui
