#pragma once

// A report as one HTML page that needs nothing else: styles and pictures are inside, there is no script, and a browser
// is told to load nothing. Every text is escaped. The same page without its browser parts is what the PDF is made of.

#include "ui/report/report_content.h"

namespace timbre::ui {

enum class ReportMedium {
    Browser, // pictures as data: addresses
    Paper,   // pictures as "picture:0", "picture:1" …, for a QTextDocument that has them as resources
};

[[nodiscard]] QByteArray reportHtml(const ReportContent& content, ReportMedium medium);

} // namespace timbre::ui
