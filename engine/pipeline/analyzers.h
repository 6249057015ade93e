#pragma once

// The one place where an analysis gets its analyzers: the window's engine and the command line both ask here.

#include "engine/pipeline/analyzer.h"

namespace timbre::pipeline {

/// What runs beside the flow core, and with which settings.
struct AnalyzerOptions {};

/// A new set for one analysis.
[[nodiscard]] Analyzers makeAnalyzers(const AnalyzerOptions& options);

} // namespace timbre::pipeline
