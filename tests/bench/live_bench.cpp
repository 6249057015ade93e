// Live capture under load, with the real window: what was sent, what was written, what is named as lost. It makes a
// network of its own (needs the rights to; without them it says so and does nothing) and the window's platform is that
// of QT_QPA_PLATFORM.
//
//     bin/live_bench steady  [PACKETS/S] [SECONDS]   at a rate that must be kept up with: 100000 for 60 s
//     bin/live_bench flood   [SECONDS] [SENDERS]     as fast as it goes, while the helper runs every twentieth moment
//                                                    only: more than it can take, whatever the machine
//     bin/live_bench stopped [PACKETS/S] [SECONDS]   the window is stopped for 20 s in the middle, then goes on
//     bin/live_bench killed  [TIMES]                 the window is killed at random moments: what it knew of is there

#include "engine/capture/capture_reader.h"
#include "engine/capture/spool.h"
#include "tests/bench/live_bench_window.h"
#include "tests/live/network_sandbox.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

using namespace timbre;
using namespace timbre::bench;
using testing::NetworkSandbox;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kPacketBytes = 300;
constexpr std::uint32_t kFlows = 1000;

template<typename Value>
bool readWhole(int from, Value& value)
{
    return read(from, &value, sizeof value) == static_cast<ssize_t>(sizeof value);
}

/// The window as a child: heard from and told through pipes.
class Window {
public:
    explicit Window(const fs::path& folder)
    {
        std::array<int, 2> figures{};
        std::array<int, 2> commands{};
        if (pipe(figures.data()) != 0 || pipe(commands.data()) != 0)
            std::exit(1);
        m_process = fork();
        if (m_process == 0) {
            fcntl(figures[0], F_SETFD, FD_CLOEXEC);
            fcntl(commands[1], F_SETFD, FD_CLOEXEC);
            execl("/proc/self/exe", "live_bench", "--window", folder.c_str(), std::to_string(figures[1]).c_str(),
                  std::to_string(commands[0]).c_str(), nullptr);
            _exit(127);
        }
        close(figures[1]);
        close(commands[0]);
        m_figures = figures[0];
        m_commands = commands[1];
    }
    ~Window()
    {
        close(m_commands);
        hearEverything();
        close(m_figures);
        waitpid(m_process, nullptr, 0);
    }

    /// Waits for the next figures; false when the window is gone.
    bool hear()
    {
        if (!readWhole(m_figures, m_last))
            return false;
        m_longestGapMs = std::max(m_longestGapMs, m_last.longestGapMs);
        return true;
    }
    void hearFor(std::chrono::milliseconds time)
    {
        const auto until = Clock::now() + time;
        while (Clock::now() < until && hear()) {
        }
    }
    template<typename Condition>
    bool hearUntil(const Condition& holds, std::chrono::seconds most)
    {
        const auto until = Clock::now() + most;
        while (hear()) {
            if (holds(m_last))
                return true;
            if (Clock::now() > until)
                return false;
        }
        return false;
    }
    void hearEverything()
    {
        while (readWhole(m_figures, m_last)) {
        }
    }
    void stopCapture() { static_cast<void>(write(m_commands, "s", 1)); }
    void signal(int number) const { kill(m_process, number); }
    void forgetGap() { m_longestGapMs = 0; }

    [[nodiscard]] const WindowFigures& last() const { return m_last; }
    [[nodiscard]] std::uint64_t longestGapMs() const { return m_longestGapMs; }
    [[nodiscard]] double memoryMiB() const
    {
        std::ifstream in(fmt::format("/proc/{}/status", m_process));
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("VmRSS:"))
                return std::stod(line.substr(6)) / 1024;
        }
        return 0;
    }

private:
    pid_t m_process = -1;
    int m_figures = -1;
    int m_commands = -1;
    WindowFigures m_last;
    std::uint64_t m_longestGapMs = 0;
};

/// Sends from processes of its own.
class Senders {
public:
    Senders(int count, std::uint64_t packetsEach, std::uint64_t perSecond)
    {
        for (int i = 0; i < count; ++i) {
            std::array<int, 2> ends{};
            if (pipe(ends.data()) != 0)
                std::exit(1);
            const pid_t process = fork();
            if (process == 0) {
                const std::uint64_t sent = NetworkSandbox::send(packetsEach, kPacketBytes, kFlows, perSecond);
                _exit(write(ends[1], &sent, sizeof sent) == sizeof sent ? 0 : 1);
            }
            close(ends[1]);
            m_senders.push_back({process, ends[0]});
        }
    }
    [[nodiscard]] bool done() const
    {
        return std::all_of(m_senders.begin(), m_senders.end(), [](const Sender& sender) {
            pollfd wait{sender.end, POLLIN, 0};
            return poll(&wait, 1, 0) > 0;
        });
    }
    /// Waits for all; how many packets the interface took.
    std::uint64_t sent()
    {
        std::uint64_t sum = 0;
        for (Sender& sender : m_senders) {
            std::uint64_t one = 0;
            if (readWhole(sender.end, one))
                sum += one;
            close(sender.end);
            waitpid(sender.process, nullptr, 0);
        }
        m_senders.clear();
        return sum;
    }
    void stop()
    {
        for (Sender& sender : m_senders)
            kill(sender.process, SIGKILL);
        sent();
    }

private:
    struct Sender {
        pid_t process;
        int end;
    };
    std::vector<Sender> m_senders;
};

bool begin(Window& window)
{
    if (window.hearUntil([](const WindowFigures& figures) { return figures.state == 1; }, 30s))
        return true;
    fmt::print("the capture did not begin\n");
    return false;
}

void end(Window& window)
{
    window.stopCapture();
    window.hearUntil([](const WindowFigures& figures) { return figures.state == 2; }, 300s);
}

/// Everything that was sent must be somewhere.
void tell(std::uint64_t sent, double seconds, const WindowFigures& figures)
{
    const std::uint64_t named = figures.written + figures.kernelDrops + figures.interfaceDrops;
    fmt::print("  sent {} in {:.1f} s ({:.0f}/s), written {}, kernel drops {}, interface drops {}\n", sent, seconds,
               static_cast<double>(sent) / seconds, figures.written, figures.kernelDrops, figures.interfaceDrops);
    fmt::print("  (written + named drops) / sent = {:.6f}; sent / written = {:.2f}\n",
               static_cast<double>(named) / static_cast<double>(sent),
               static_cast<double>(sent) / static_cast<double>(std::max<std::uint64_t>(figures.written, 1)));
    fmt::print("  analysed {}, removed by the ring before that {}, spans with losses {}, rows {}\n", figures.analysed,
               figures.ringLosses, figures.lossSpans, figures.rows);
}

/// Hears the window while packets are sent; tells of updates and memory.
void watch(Window& window, const Senders& senders, std::chrono::milliseconds atMost)
{
    const auto from = Clock::now();
    const std::uint64_t updates = window.last().updates;
    std::uint64_t mostLag = 0;
    double early = 0;
    double most = 0;
    window.forgetGap();
    while (!senders.done() && Clock::now() - from < atMost && window.hear()) {
        mostLag = std::max(mostLag, window.last().lag);
        const double memory = window.memoryMiB();
        most = std::max(most, memory);
        if (early == 0 && Clock::now() - from > 5s)
            early = memory;
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - from).count();
    fmt::print("  window: {:.1f} updates/s, longest gap {} ms, most lag {} packets, memory {:.0f} MiB after 5 s, "
               "{:.0f} MiB at the end, {:.0f} MiB at most\n",
               static_cast<double>(window.last().updates - updates) / seconds, window.longestGapMs(), mostLag, early,
               window.memoryMiB(), most);
}

int steady(const fs::path& folder, std::uint64_t rate, std::uint64_t seconds)
{
    fmt::print("steady: {} packets/s of {} bytes for {} s, {} flows\n", rate, kPacketBytes, seconds, kFlows);
    Window window(folder);
    if (!begin(window))
        return 1;
    const auto from = Clock::now();
    Senders senders(1, rate * seconds, rate);
    watch(window, senders, 1h);
    const std::uint64_t sent = senders.sent();
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    window.hearFor(300ms);
    end(window);
    tell(sent, took, window.last());
    return window.last().written == sent && window.last().kernelDrops == 0 ? 0 : 1;
}

/// Lets the helper run for a moment every two seconds: its buffer holds less than what comes meanwhile.
void slowDown(pid_t helper, const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        kill(helper, SIGSTOP);
        std::this_thread::sleep_for(1900ms);
        kill(helper, SIGCONT);
        std::this_thread::sleep_for(100ms);
    }
}

int flood(const fs::path& folder, std::uint64_t seconds, int count)
{
    fmt::print("flood: {} senders as fast as they go for {} s\n", count, seconds);
    Window window(folder);
    if (!begin(window))
        return 1;
    const std::uint64_t before = NetworkSandbox::arrived();
    const auto from = Clock::now();
    Senders senders(count, ~std::uint64_t{0}, 0);
    {
        const auto helper = static_cast<pid_t>(window.last().helper);
        const std::jthread slow([helper](const std::stop_token& stop) { slowDown(helper, stop); });
        watch(window, senders, std::chrono::seconds(seconds));
    }
    senders.stop();
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    const std::uint64_t arrived = NetworkSandbox::arrived() - before;
    window.hearFor(500ms);
    const auto stopped = Clock::now();
    end(window);
    fmt::print("  all analysed {:.1f} s after the end\n",
               std::chrono::duration<double>(Clock::now() - stopped).count());
    tell(arrived, took, window.last());
    const auto named = static_cast<double>(window.last().written + window.last().kernelDrops);
    return std::abs(named / static_cast<double>(arrived) - 1) < 0.001 ? 0 : 1;
}

int stopped(const fs::path& folder, std::uint64_t rate, std::uint64_t seconds)
{
    fmt::print("stopped: {} packets/s for {} s, the window stopped for 20 s\n", rate, seconds);
    Window window(folder);
    if (!begin(window))
        return 1;
    const auto from = Clock::now();
    Senders senders(1, rate * seconds, rate);
    window.hearFor(5s);
    window.signal(SIGSTOP);
    std::this_thread::sleep_for(20s);
    window.signal(SIGCONT);
    const auto went = Clock::now();
    const std::uint64_t behind = 20 * rate;
    window.hearUntil([&](const WindowFigures& figures) { return figures.written >= behind; }, 10s);
    fmt::print("  lag when it went on: {} packets\n", window.last().lag);
    const bool caughtUp = window.hearUntil([&](const WindowFigures& figures) { return figures.lag < rate / 10; }, 300s);
    fmt::print("  caught up: {}, {:.1f} s after it went on, while packets kept coming\n", caughtUp ? "yes" : "no",
               std::chrono::duration<double>(Clock::now() - went).count());
    watch(window, senders, 1h);
    const std::uint64_t sent = senders.sent();
    const double took = std::chrono::duration<double>(Clock::now() - from).count();
    window.hearFor(300ms);
    end(window);
    tell(sent, took, window.last());
    return window.last().written == sent && window.last().analysed == sent ? 0 : 1;
}

std::uint64_t packetsIn(const fs::path& path)
{
    auto reader = capture::CaptureReader::open(path);
    if (!reader)
        return 0;
    capture::RecordBlock block;
    std::uint64_t count = 0;
    while ((*reader)->read(block) == capture::ReadStatus::Records)
        count += block.records().size();
    return count;
}

/// A process that has ended and that nobody has asked about yet does not count.
bool runs(std::uint64_t process)
{
    std::ifstream in(fmt::format("/proc/{}/status", process));
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("State:"))
            return line.find('Z') == std::string::npos;
    }
    return false;
}

bool killOnce(const fs::path& folder, std::mt19937& random)
{
    std::uint64_t told = 0;
    std::uint64_t helper = 0;
    Clock::time_point from;
    {
        Window window(folder);
        if (!begin(window))
            return false;
        Senders senders(1, 1'000'000, 50'000);
        window.hearFor(std::chrono::milliseconds(std::uniform_int_distribution(20, 3000)(random)));
        window.signal(SIGKILL);
        from = Clock::now();
        window.hearEverything();
        told = window.last().written;
        helper = window.last().helper;
        senders.stop();
    }
    while (runs(helper) && Clock::now() - from < 5s)
        std::this_thread::sleep_for(1ms);
    const auto gone = Clock::now();
    const auto left = capture::findLeftSpools(folder / "spool");
    const std::uint64_t kept = left.size() == 1 ? packetsIn(left.front().path) : 0;
    const bool fine = left.size() == 1 && kept >= told && !runs(helper);
    fmt::print("  reported {}, in the spool {}, helper gone after {} ms{}\n", told, kept,
               std::chrono::duration_cast<std::chrono::milliseconds>(gone - from).count(), fine ? "" : "  WRONG");
    for (const auto& spool : left)
        static_cast<void>(capture::removeSpool(spool.path, capture::Removal::Plain));
    return fine;
}

int killed(const fs::path& folder, int times)
{
    fmt::print("killed: the window, at {} random moments\n", times);
    std::mt19937 random(1);
    int fine = 0;
    for (int i = 0; i < times; ++i)
        fine += killOnce(folder, random) ? 1 : 0;
    fmt::print("  every packet reported was there in {} of {}\n", fine, times);
    return fine == times ? 0 : 1;
}

int windowOf(int argc, char** argv)
{
    WindowTask task;
    task.folder = argv[2];
    task.interface = NetworkSandbox::kReceiver;
    task.figures = std::stoi(argv[3]);
    task.commands = std::stoi(argv[4]);
    return runWindow(argc, argv, task);
}

int measure(int argc, char** argv, const fs::path& folder)
{
    const std::string task = argc > 1 ? argv[1] : "";
    const auto number = [&](int at, std::uint64_t otherwise) {
        return argc > at ? std::stoull(argv[at]) : static_cast<unsigned long long>(otherwise);
    };
    if (task == "steady")
        return steady(folder, number(2, 100'000), number(3, 60));
    if (task == "flood")
        return flood(folder, number(2, 30), static_cast<int>(number(3, 1)));
    if (task == "stopped")
        return stopped(folder, number(2, 100'000), number(3, 60));
    if (task == "killed")
        return killed(folder, static_cast<int>(number(2, 20)));
    fmt::print(stderr, "usage: live_bench steady|flood|stopped|killed …\n");
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 5 && std::string(argv[1]) == "--window")
        return windowOf(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    if (const std::string missing = NetworkSandbox::enter(); !missing.empty()) {
        fmt::print("SKIPPED: {}\n", missing);
        return 0;
    }
    if (!NetworkSandbox::makeCable()) {
        fmt::print("SKIPPED: interfaces of one's own cannot be made here\n");
        return 0;
    }
    std::string pattern = (fs::temp_directory_path() / "timbre-live-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        return 1;
    const int code = measure(argc, argv, pattern);
    std::error_code ignored;
    fs::remove_all(pattern, ignored);
    return code;
}
