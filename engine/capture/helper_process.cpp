#include "engine/capture/capture_helper.h"
#include "engine/capture/helper_process_private.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

extern char** environ;

namespace timbre::capture {

namespace {

constexpr int kEndsByItselfMs = 2000; // before force is used

struct Pipe {
    int readEnd = -1;
    int writeEnd = -1;
    ~Pipe()
    {
        for (const int end : {readEnd, writeEnd}) {
            if (end >= 0)
                close(end);
        }
    }
    bool open()
    {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        readEnd = ends[0];
        writeEnd = ends[1];
        return true;
    }
};

Error cannotStart(const std::filesystem::path& program, int error)
{
    const std::string reason = std::generic_category().message(error);
    if (error == ENOENT)
        return {ErrorCode::NotFound,
                fmt::format("The capture helper is missing: there is no {}. Saved captures can be opened all the same.",
                            program.string()),
                program.string()};
    if (const std::string group = groupThatMayStart(program); error == EACCES && !group.empty())
        return {ErrorCode::NoPermission,
                fmt::format("Only members of the group {} may capture. This makes you one: {}", group,
                            grantCommand(program)),
                program.string()};
    return {error == EACCES || error == EPERM ? ErrorCode::NoPermission : ErrorCode::Unreadable,
            fmt::format("The capture helper {} cannot be started: {}.", program.string(), reason), program.string()};
}

/// 0 or an error number.
int spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments, const Pipe& control,
          const Pipe& messages, int spool, pid_t& child)
{
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str())); // as exec wants it; it does not write there
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, control.readEnd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, messages.writeEnd, STDOUT_FILENO);
    if (spool >= 0)
        posix_spawn_file_actions_adddup2(&files, spool, helper::kSpoolDescriptor);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // A group of its own: Ctrl+C in a terminal is for the program that asked for the capture, which then stops it.
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    const int error = posix_spawn(&child, program.c_str(), &files, &attributes, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/// dup2 onto itself would leave close-on-exec set, and onto a pipe's number would cut it: all of ours lie above.
int aboveStandard(int descriptor)
{
    return descriptor < 0 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, helper::kSpoolDescriptor + 1);
}

} // namespace

Result<HelperProcess> HelperProcess::start(const std::filesystem::path& program,
                                           const std::vector<std::string>& arguments, int spool)
{
    Pipe low[2];
    Pipe control;
    Pipe messages;
    if (!low[0].open() || !low[1].open())
        return cannotStart(program, errno);
    control.readEnd = aboveStandard(low[0].readEnd);
    control.writeEnd = aboveStandard(low[0].writeEnd);
    messages.readEnd = aboveStandard(low[1].readEnd);
    messages.writeEnd = aboveStandard(low[1].writeEnd);
    const int directory = aboveStandard(spool);
    HelperProcess helper;
    const int error = spawn(program, arguments, control, messages, directory, helper.m_process);
    if (directory >= 0)
        close(directory);
    if (error != 0) {
        helper.m_process = -1;
        return cannotStart(program, error);
    }
    helper.m_control = std::exchange(control.writeEnd, -1);
    helper.m_messages = std::exchange(messages.readEnd, -1);
    return helper;
}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1))
    , m_control(std::exchange(other.m_control, -1))
    , m_messages(std::exchange(other.m_messages, -1))
    , m_status(other.m_status)
    , m_reaped(other.m_reaped)
    , m_decoder(std::move(other.m_decoder))
{
}

HelperProcess::~HelperProcess()
{
    closeAll();
    if (m_process < 0 || reap(kEndsByItselfMs))
        return;
    kill(m_process, SIGKILL); // not yet waited for, so the number is still its own
    reap(-1);
}

void HelperProcess::askToStop()
{
    if (m_control >= 0)
        close(std::exchange(m_control, -1));
}

void HelperProcess::closeAll()
{
    askToStop();
    if (m_messages >= 0)
        close(std::exchange(m_messages, -1));
}

HelperProcess::Heard HelperProcess::listen(helper::Message& message, int waitMs)
{
    if (auto ready = m_decoder.next()) {
        message = std::move(*ready);
        return Heard::Message;
    }
    pollfd wait{m_messages, POLLIN, 0};
    if (poll(&wait, 1, waitMs) <= 0)
        return Heard::Nothing;
    std::array<char, 4096> bytes{};
    const ssize_t got = read(m_messages, bytes.data(), bytes.size());
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
        return Heard::Closed;
    m_decoder.feed({bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
    auto next = m_decoder.next();
    if (m_decoder.broken())
        return Heard::Garbage;
    if (!next)
        return Heard::Nothing;
    message = std::move(*next);
    return Heard::Message;
}

/// -1 waits as long as it takes.
bool HelperProcess::reap(int waitMs)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(waitMs);
    while (!m_reaped) {
        m_reaped = waitpid(m_process, &m_status, waitMs < 0 ? 0 : WNOHANG) != 0;
        if (m_reaped || (waitMs >= 0 && std::chrono::steady_clock::now() >= until))
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return m_reaped;
}

std::string HelperProcess::howItEnded()
{
    if (!reap(kEndsByItselfMs))
        return "it no longer answers";
    if (WIFSIGNALED(m_status))
        return fmt::format("it was ended by signal {}", WTERMSIG(m_status));
    return WEXITSTATUS(m_status) == 0 ? std::string() : fmt::format("it ended with code {}", WEXITSTATUS(m_status));
}

} // namespace timbre::capture
