#include "app/cli/console.h"

#include "app/cli/text_table.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace timbre::cli {

namespace {

std::atomic<bool> g_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void onInterrupt(int)
{
    g_interrupted = true;
}

void toStandardError(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

} // namespace

Output Output::standard()
{
    return Output(STDOUT_FILENO, "standard output");
}

bool Output::flushIfFull()
{
    return m_text.size() < kFull ? !m_closed : flush();
}

bool Output::flush()
{
    std::string_view rest = m_text;
    while (!rest.empty() && !m_closed) {
        const ssize_t written = ::write(m_descriptor, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            m_closed = true;
            if (errno != EPIPE)
                m_problem = fmt::format("Writing to {} failed: {}.", m_name, std::generic_category().message(errno));
        }
    }
    m_text.clear();
    return !m_closed;
}

ExitCode finished(Output& output, ExitCode code)
{
    output.flush();
    if (output.problem().empty())
        return code;
    complain(output.problem());
    return worse(code, ExitCode::Failed);
}

void complain(std::string_view sentence)
{
    toStandardError(fmt::format("timbre-cli: {}\n", printable(sentence)));
}

void complain(const Error& error)
{
    const bool detailSaysMore = !error.detail.empty() && error.message.find(error.detail) == std::string::npos;
    complain(detailSaysMore ? fmt::format("{} ({})", error.message, error.detail) : error.message);
}

void showPlace(std::string_view text, std::size_t position, std::size_t length)
{
    const std::string_view before = text.substr(0, position);
    const std::string_view token = text.substr(std::min(position, text.size()), length);
    toStandardError(fmt::format("  {}\n  {}{}\n", printable(text), std::string(displayWidth(printable(before)), ' '),
                                std::string(std::max<std::size_t>(1, displayWidth(printable(token))), '^')));
}

std::string printable(std::string_view text)
{
    constexpr unsigned char kDelete = 0x7f, kC1Lead = 0xc2, kC1End = 0xa0;
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // U+0080 … U+009F are control characters, too; in UTF-8 they start with C2.
        const bool isC1 = byte == kC1Lead && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < kC1End;
        if (byte < ' ' || byte == kDelete || isC1)
            out += fmt::format("\\x{:02x}", byte);
        else
            out += text[i];
        if (isC1)
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
    }
    return out;
}

void prepareSignals()
{
    struct sigaction action {};
    action.sa_handler = onInterrupt;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND); // a second one kills
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted()
{
    return g_interrupted;
}

ProgressLine::ProgressLine(std::string what)
    : m_what(printable(what))
    , m_terminal(isatty(STDERR_FILENO) == 1)
{
}

ProgressLine::~ProgressLine()
{
    clear();
}

bool ProgressLine::due()
{
    constexpr auto kInterval = std::chrono::milliseconds(100);
    if (!m_terminal || Clock::now() - m_last < kInterval)
        return false;
    m_last = Clock::now();
    return true;
}

void ProgressLine::draw(std::string_view text)
{
    toStandardError(fmt::format("\r\x1b[K{}: {}", m_what, text));
    m_drawn = true;
}

void ProgressLine::show(const pipeline::Progress& progress)
{
    if (!due())
        return;
    std::string text = fmt::format("{} packets", pipeline::formatCount(progress.packets));
    if (progress.bytesTotal > 0)
        text += fmt::format(", {:.0f} %",
                            100.0 * static_cast<double>(progress.bytesRead) / static_cast<double>(progress.bytesTotal));
    if (progress.bytesPerSecond > 0)
        text += fmt::format(", {}", pipeline::formatRate(progress.bytesPerSecond));
    if (progress.secondsLeft)
        text += fmt::format(", {:.0f} s left", *progress.secondsLeft);
    draw(text);
}

void ProgressLine::show(double fraction)
{
    if (due())
        draw(fmt::format("{:.0f} %", 100.0 * fraction));
}

void ProgressLine::show(const std::string& text)
{
    if (due())
        draw(text);
}

void ProgressLine::clear()
{
    if (m_drawn)
        toStandardError("\r\x1b[K");
    m_drawn = false;
}

} // namespace timbre::cli
