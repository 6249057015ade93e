#pragma once

// The names of the 64 features of a signature in the language of the window.

#include <QtCore/QString>

namespace timbre::ui {

/// In English the one of mask::featureName(); empty for no feature.
[[nodiscard]] QString featureText(std::size_t feature);

} // namespace timbre::ui
