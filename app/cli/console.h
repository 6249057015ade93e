#pragma once

// Standard output, standard error and the keyboard, as all commands use them. Results go out in large pieces and a
// write that fails is remembered; a reader that went away (`| head`) is no failure, but nothing more needs to be done.

#include "app/cli/exit_code.h"
#include "engine/base/result.h"
#include "engine/pipeline/capture_snapshot.h"

#include <chrono>
#include <string>
#include <string_view>

namespace timbre::cli {

/// Text on its way to a file descriptor, which it does not own.
class Output {
public:
    explicit Output(int descriptor, std::string name)
        : m_descriptor(descriptor)
        , m_name(std::move(name))
    {
    }
    static Output standard();

    /// What is to be written next; call flushIfFull() now and then.
    [[nodiscard]] std::string& text() { return m_text; }
    void put(std::string_view text) { m_text += text; }
    /// False when nothing more will be taken: stop producing.
    bool flushIfFull();
    bool flush();

    /// Empty as long as all went well; a reader that went away is no problem.
    [[nodiscard]] const std::string& problem() const { return m_problem; }

private:
    static constexpr std::size_t kFull = 64U << 10U;

    int m_descriptor;
    std::string m_name;
    std::string m_text;
    std::string m_problem;
    bool m_closed = false;
};

/// Writes what is left and says what the shell is told: `code`, or worse when writing failed.
[[nodiscard]] ExitCode finished(Output& output, ExitCode code);

/// One sentence on standard error, with the name of the program.
void complain(std::string_view sentence);
/// The sentence of an error, and its detail when that says more.
void complain(const Error& error);

/// A line of the user's on standard error, and below it what is meant, underlined.
void showPlace(std::string_view text, std::size_t position, std::size_t length);

/// Text of others (names in a capture, paths) without what would move a terminal's cursor or change its colours.
[[nodiscard]] std::string printable(std::string_view text);

/// From here on Ctrl+C asks for a stop instead of killing the program, and a closed pipe is an error code.
void prepareSignals();
[[nodiscard]] bool interrupted();

/// A line on standard error that shows how far a long work is; only when that is a terminal. Not part of any result.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Cheap to call often: draws ten times a second.
    void show(const pipeline::Progress& progress);
    void show(double fraction);
    void show(const std::string& text);
    /// Takes the line away, before anything else is written.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    [[nodiscard]] bool due();
    void draw(std::string_view text);

    std::string m_what;
    Clock::time_point m_last = Clock::now();
    bool m_terminal = false;
    bool m_drawn = false;
};

} // namespace timbre::cli
