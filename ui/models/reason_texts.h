#pragma once

// The words of the audio judges in the language of the window. The engine gives its reasons in English, and what
// is missing as a kind with figures; whoever shows one asks here.

#include "engine/audio/stream_report.h"

#include <QtCore/QString>

#include <span>
#include <string_view>

namespace timbre::ui {

/// A name, sentence or unit of audio::Reason.
[[nodiscard]] QString reasonText(std::string_view text);
/// What is missing for a verdict; empty when nothing is.
[[nodiscard]] QString missingText(const audio::StreamReport& stream);
/// All names, sentences and units, so that a test can tell when one is missing.
[[nodiscard]] std::span<const char* const> reasonTexts();

} // namespace timbre::ui
