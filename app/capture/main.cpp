// timbre-capture: the only program of Timbre that may hold the rights to capture. It is started by the engine with the
// spool directory as descriptor 3, a pipe to hear from on standard input and one to speak to on standard output, and
// ends when either is closed.
//
// While it holds rights it runs what is in this file, options, message_pipe, live_interface and rights: at most 500
// lines together, which tests/architecture counts.

#include "app/capture/rights.h"
#include "app/capture/session.h"
#include "app/capture/tasks.h"

#include <unistd.h>

#include <csignal>

using namespace timbre::helper;
using namespace timbre::capture::helper;

namespace {

void fail(MessagePipe& pipe, Failure reason, const std::string& sentence)
{
    pipe.send({Kind::Failed, {static_cast<std::uint64_t>(reason)}, sentence});
    pipe.drain();
}

bool openInterfaces(const Options& options, std::vector<LiveInterface>& interfaces, MessagePipe& pipe)
{
    for (const std::string& name : options.interfaces) {
        std::string note;
        if (const auto failure = interfaces.emplace_back(name).open(options, note)) {
            fail(pipe, failure->reason, failure->sentence);
            return false;
        }
        if (!note.empty())
            pipe.send({Kind::Notice, {}, note});
    }
    return true;
}

int capture(Options options, MessagePipe& pipe)
{
    const pid_t parent = getppid();
    std::vector<LiveInterface> interfaces;
    if (!openInterfaces(options, interfaces, pipe))
        return 1;
    if (const std::string wrong = dropRights(); !wrong.empty()) {
        fail(pipe, Failure::Sandbox, wrong + ".");
        return 1;
    }
    // From here on nothing holds any rights.
    Session session(std::move(options), std::move(interfaces), pipe, STDIN_FILENO, kSpoolDescriptor);
    const bool prepared = session.prepare(parent);
    if (prepared)
        session.run();
    pipe.drain();
    return prepared ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    closefrom(kSpoolDescriptor + 1);
    MessagePipe pipe(STDOUT_FILENO);
    Options options = parseOptions(argc, argv);
    if (!options.wrong.empty()) {
        const std::string sentence =
            "timbre-capture is started by Timbre, not by hand; it does not know what to do with “" + options.wrong +
            "”.";
        if (isatty(STDOUT_FILENO) == 1)
            dprintf(STDERR_FILENO, "%s\n", sentence.c_str());
        else
            fail(pipe, Failure::Usage, sentence);
        return 2;
    }
    switch (options.task) {
    case Task::List:
        return list(pipe);
    case Task::CheckSandbox:
        return checkSandbox(pipe);
    case Task::Capture:
        break;
    }
    return capture(std::move(options), pipe);
}
