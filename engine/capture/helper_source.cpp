// Captures from interfaces through the helper: a thread starts it, listens, and keeps the figures.

#include "engine/base/thread_name.h"
#include "engine/capture/capture_helper.h"
#include "engine/capture/helper_process_private.h"
#include "engine/capture/live_source_private.h"

#include <fmt/format.h>

#include <chrono>

namespace timbre::capture {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kListenMs = 50;
constexpr auto kStopPatience = std::chrono::seconds(5); // for the last packets to reach a slow disk
constexpr auto kSpoolCheck = std::chrono::milliseconds(500);

std::vector<std::string> argumentsOf(const LiveOptions& options)
{
    std::vector<std::string> arguments;
    const auto add = [&](const char* name, const std::string& value) {
        arguments.emplace_back(name);
        arguments.push_back(value);
    };
    const auto addNumber = [&](const char* name, std::uint64_t value) {
        if (value > 0)
            add(name, std::to_string(value));
    };
    for (const std::string& interface : options.interfaces)
        add("--interface", interface);
    if (!options.filter.empty())
        add("--filter", options.filter);
    if (!options.promiscuous)
        arguments.emplace_back("--no-promisc");
    if (options.monitor)
        arguments.emplace_back("--monitor");
    addNumber("--snaplen", options.snapLength);
    addNumber("--buffer-bytes", options.bufferBytes);
    addNumber("--file-bytes", options.ringFileBytes);
    addNumber("--files", options.ringFiles);
    addNumber("--max-packets", options.maxPackets);
    addNumber("--max-bytes", options.maxBytes);
    addNumber("--max-seconds", options.maxSeconds);
    return arguments;
}

LiveEnd endOf(std::uint64_t reason)
{
    switch (static_cast<helper::StopReason>(reason)) {
    case helper::StopReason::Asked:
        return LiveEnd::Asked;
    case helper::StopReason::Packets:
        return LiveEnd::Packets;
    case helper::StopReason::Bytes:
        return LiveEnd::Bytes;
    case helper::StopReason::Time:
        return LiveEnd::Time;
    case helper::StopReason::InterfaceGone:
        return LiveEnd::InterfaceGone;
    case helper::StopReason::DiskFull:
        return LiveEnd::DiskFull;
    case helper::StopReason::Failed:
        break;
    }
    return LiveEnd::Failed;
}

class HelperSource final : public LiveSourceBase {
public:
    HelperSource(LiveOptions options, const Spool& spool)
        : m_options(std::move(options))
        , m_spool(spool)
    {
        change([&](LiveStatus& status) {
            for (const std::string& name : m_options.interfaces)
                status.interfaces.emplace_back().name = name;
        });
        m_thread = std::jthread([this] { run(); });
    }
    ~HelperSource() override { stop(); }

private:
    void run();
    void listen(HelperProcess& process);
    void take(const helper::Message& message);
    void takeCounts(const helper::Message& message);
    void takeFailure(const helper::Message& message);

    LiveOptions m_options;
    const Spool& m_spool;
    LiveEnd m_end = LiveEnd::None; // as the helper said; of the thread only, like the next
    bool m_failed = false;
    std::jthread m_thread;
};

void HelperSource::run()
{
    setThreadName("timbre-helper");
    auto process = HelperProcess::start(helperPath(), argumentsOf(m_options), m_spool.descriptor());
    if (!process) {
        ended(LiveEnd::Failed, process.error());
        return;
    }
    change([&](LiveStatus& status) { status.processId = process->processId(); });
    listen(*process);
}

void HelperSource::listen(HelperProcess& process)
{
    auto spoolCheck = Clock::now();
    std::optional<Clock::time_point> asked;
    helper::Message message;
    while (true) {
        if (m_stop.stop_requested() && !asked) {
            asked = Clock::now();
            process.askToStop();
        }
        const auto heard = process.listen(message, kListenMs);
        if (heard == HelperProcess::Heard::Message)
            take(message);
        if (heard == HelperProcess::Heard::Closed)
            break;
        if (heard == HelperProcess::Heard::Garbage) {
            ended(LiveEnd::Failed, Error{ErrorCode::Damaged,
                                         "The capture helper said something that is not understood, so the capture was "
                                         "stopped. What was captured up to then is kept.",
                                         {}});
            return;
        }
        if (!asked && Clock::now() - spoolCheck > kSpoolCheck) {
            spoolCheck = Clock::now();
            if (m_spool.gone()) {
                m_failed = true;
                change([&](LiveStatus& status) {
                    status.failure = Error{ErrorCode::NotFound,
                                           "The directory of the spool was removed while capturing, so the capture was "
                                           "stopped. Flows found so far stay; their packets are gone.",
                                           m_spool.path().string()};
                });
                m_stop.request_stop();
            }
        }
        if (asked && Clock::now() - *asked > kStopPatience)
            break;
    }
    const std::string how = process.howItEnded();
    if (m_end != LiveEnd::None || m_failed)
        ended(m_failed ? LiveEnd::Failed : m_end, std::nullopt);
    else
        ended(LiveEnd::Failed, Error{ErrorCode::Unreadable,
                                     fmt::format("The capture helper ended unexpectedly{}{}. What was captured up to "
                                                 "then is kept.",
                                                 how.empty() ? "" : ": ", how),
                                     {}});
}

void HelperSource::take(const helper::Message& message)
{
    switch (message.kind) {
    case helper::Kind::Started:
        change([](LiveStatus& status) { status.state = LiveState::Capturing; });
        if (message.numbers[0] != helper::kProtocolVersion)
            notice("The capture helper is of another version; install it again if figures look wrong.");
        break;
    case helper::Kind::Counts:
        takeCounts(message);
        break;
    case helper::Kind::FileRemoved:
        change([&](LiveStatus& status) {
            status.ringPackets += message.numbers[1];
            ++status.ringFiles;
        });
        break;
    case helper::Kind::InterfaceGone:
        change([&](LiveStatus& status) {
            if (message.numbers[0] < status.interfaces.size())
                status.interfaces[message.numbers[0]].gone = true;
        });
        notice(message.text);
        break;
    case helper::Kind::Notice:
        notice(message.text);
        break;
    case helper::Kind::FilterError:
        change([&](LiveStatus& status) {
            status.filterFault = FilterFault{message.numbers[0], message.numbers[1], message.text};
        });
        break;
    case helper::Kind::Failed:
        takeFailure(message);
        break;
    case helper::Kind::Stopped:
        m_end = endOf(message.numbers[0]);
        if (m_end == LiveEnd::InterfaceGone)
            change([](LiveStatus& status) {
                status.failure = Error{ErrorCode::NotFound,
                                       "The interface is gone, so the capture ended. Every packet up to then is kept.",
                                       {}};
            });
        break;
    case helper::Kind::Interface:
    case helper::Kind::FileStarted:
    case helper::Kind::Tried:
        break; // the names of the files say the same
    }
}

void HelperSource::takeCounts(const helper::Message& message)
{
    const auto& numbers = message.numbers;
    change([&](LiveStatus& status) {
        if (numbers[0] >= status.interfaces.size())
            return;
        LiveInterfaceFigures& figures = status.interfaces[numbers[0]];
        figures.written = numbers[1];
        figures.writtenBytes = numbers[2];
        figures.received = numbers[3];
        figures.kernelDrops = numbers[4];
        figures.interfaceDrops = numbers[5];
        figures.lastPacket.ns = static_cast<std::int64_t>(numbers[6]);
    });
}

void HelperSource::takeFailure(const helper::Message& message)
{
    const auto reason = static_cast<helper::Failure>(message.numbers[0]);
    m_failed = reason != helper::Failure::DiskFull;
    const bool rights = reason == helper::Failure::NoRights;
    change([&](LiveStatus& status) {
        status.rightsMissing = rights;
        status.failure = Error{rights                                   ? ErrorCode::NoPermission
                               : reason == helper::Failure::NoInterface ? ErrorCode::NotFound
                               : reason == helper::Failure::Filter      ? ErrorCode::Invalid
                               : reason == helper::Failure::DiskFull    ? ErrorCode::Unwritable
                                                                        : ErrorCode::Unreadable,
                               message.text, rights ? grantCommand(helperPath()) : std::string()};
    });
}

} // namespace

Result<std::unique_ptr<LiveSource>> startHelper(const LiveOptions& options, const Spool& spool)
{
    return Result<std::unique_ptr<LiveSource>>(std::make_unique<HelperSource>(options, spool));
}

} // namespace timbre::capture
