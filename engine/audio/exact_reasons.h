#pragma once

// Why the exact score is what it is: the features with their limits, and what each took off. In the form in which the
// calibrated verdict gives its reasons, so that both can stand side by side.

#include "engine/audio/audio_scorer.h"
#include "engine/audio/calibrated_verdict.h"

namespace timbre::audio {

/// In the order of the penalty list; features that there are none of are left out, missing quality reports are not.
/// Empty while there is no score. Reason::weight is what is taken off, as a number ≤ 0.
[[nodiscard]] std::vector<Reason> exactReasons(const ScorerResult& result);

} // namespace timbre::audio
