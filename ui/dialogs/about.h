#pragma once

// What Timbre is, its version and licence.

class QWidget;

namespace timbre::ui {

void showAbout(QWidget& parent);

} // namespace timbre::ui
