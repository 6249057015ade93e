#pragma once

// The words of the audio judges in the language of the window. The engine gives its reasons in English; whoever shows
// one asks here.

#include <QtCore/QString>

#include <span>
#include <string_view>

namespace timbre::ui {

/// A name, sentence or unit of audio::Reason.
[[nodiscard]] QString reasonText(std::string_view text);
/// All of them, so that a test can tell when one is missing.
[[nodiscard]] std::span<const char* const> reasonTexts();

} // namespace timbre::ui
