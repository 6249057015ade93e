#pragma once

// The part of a report about masks: which flows resemble which mask, with both scores, the state, and the features that
// speak for and against.

#include "engine/pipeline/capture_snapshot.h"
#include "ui/focus/focus.h"
#include "ui/report/report_content.h"

namespace timbre::ui {

/// The flows that resemble a mask most, first; no rows when nothing was checked.
[[nodiscard]] ReportTable maskTable(const pipeline::CaptureSnapshot& capture, const Focus& focus);

} // namespace timbre::ui
