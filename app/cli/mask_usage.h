#pragma once

// The part of the command line that is about recordings and masks.

#include "app/cli/exit_code.h"

#include <CLI/CLI.hpp>
#include <functional>

namespace timbre::cli {

struct AnalysisOptions;
struct Selection;

using Chosen = std::function<ExitCode()>;
/// Options that `record` shares with the other commands.
struct SharedOptions {
    std::function<void(CLI::App&, Selection&)> selection;
    std::function<void(CLI::App&, AnalysisOptions&)> analysis;
    std::string exitCodes;
};

void addRecordAndMask(CLI::App& app, Chosen& chosen, const SharedOptions& shared);

} // namespace timbre::cli
