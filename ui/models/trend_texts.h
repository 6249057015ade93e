#pragma once

// The words of the trends room in the language of the window. The engine keeps kinds and figures and says them in
// English for the command line, files and reports; whoever shows them asks here.

#include "engine/trends/correlations.h"
#include "engine/trends/suppression.h"

#include <QtCore/QString>

namespace timbre::ui {

[[nodiscard]] QString titleText(trends::SignalType type);
[[nodiscard]] QString titleText(trends::Category category);
[[nodiscard]] QString titleText(trends::AnomalyType type);
[[nodiscard]] QString titleText(trends::CorrelationType type);

/// One sentence with the figures in it; in English the one of trends::describe().
[[nodiscard]] QString sentenceText(const trends::Anomaly& anomaly, const StringPool& names);
/// "Session sharing of 192.0.2.1"; in English the one of trends::scopeText().
[[nodiscard]] QString scopeSentence(const trends::Suppression& rule);

} // namespace timbre::ui
