#pragma once

// Writes a report: HTML, or PDF when the name ends in .pdf. The file appears whole or not at all.

#include "engine/base/result.h"
#include "ui/report/report_content.h"

namespace timbre::ui {

[[nodiscard]] Result<void> writeReport(const ReportContent& content, const QString& path, bool overwrite);

} // namespace timbre::ui
