#pragma once

// What timbre-cli tells the shell. Documented in resources/manual/command-line.md.

namespace timbre::cli {

enum class ExitCode : int {
    Done = 0,
    Failed = 1,        // a file or an output could not be read or written
    WrongUsage = 2,    // an option, a filter or a capture filter is not understood; nothing was done
    Incomplete = 3,    // done, but a capture is cut or damaged, or a cap left flows out: results up to there are good
    NotAccepted = 4,   // a mask was refused, failed its test, or is not validly signed
    Interrupted = 130, // stopped from the keyboard, as shells count it
};

/// The graver of two outcomes.
[[nodiscard]] constexpr ExitCode worse(ExitCode a, ExitCode b)
{
    const auto gravity = [](ExitCode code) {
        switch (code) {
        case ExitCode::Done:
            return 0;
        case ExitCode::Incomplete:
            return 1;
        case ExitCode::NotAccepted:
            return 2;
        case ExitCode::Failed:
            return 3;
        case ExitCode::WrongUsage:
            return 4;
        case ExitCode::Interrupted:
            break;
        }
        return 5;
    };
    return gravity(a) >= gravity(b) ? a : b;
}

} // namespace timbre::cli
