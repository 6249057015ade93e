#include "engine/capture/live_source_private.h"

#include <algorithm>
#include <numeric>

namespace timbre::capture {

namespace {

template<typename Member>
std::uint64_t sum(const std::vector<LiveInterfaceFigures>& interfaces, Member member)
{
    return std::accumulate(interfaces.begin(), interfaces.end(), std::uint64_t{0},
                           [&](std::uint64_t so, const LiveInterfaceFigures& each) { return so + each.*member; });
}

} // namespace

std::string LiveOptions::title() const
{
    if (!replay.empty())
        return replay.filename().string() + ", replayed";
    std::string text;
    for (const std::string& name : interfaces)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::uint64_t LiveStatus::written() const
{
    return sum(interfaces, &LiveInterfaceFigures::written);
}
std::uint64_t LiveStatus::writtenBytes() const
{
    return sum(interfaces, &LiveInterfaceFigures::writtenBytes);
}
std::uint64_t LiveStatus::kernelDrops() const
{
    return sum(interfaces, &LiveInterfaceFigures::kernelDrops);
}
std::uint64_t LiveStatus::interfaceDrops() const
{
    return sum(interfaces, &LiveInterfaceFigures::interfaceDrops);
}
Timestamp LiveStatus::lastPacket() const
{
    Timestamp last;
    for (const LiveInterfaceFigures& each : interfaces)
        last = std::max(last, each.lastPacket);
    return last;
}

void LiveSourceBase::notice(const std::string& sentence)
{
    change([&](LiveStatus& status) {
        if (status.notices.size() < LiveStatus::kMaxNotices)
            status.notices.push_back(sentence);
        else if (status.notices.size() == LiveStatus::kMaxNotices)
            status.notices.emplace_back("More notices about the interfaces are not listed.");
    });
}

void LiveSourceBase::ended(LiveEnd end, std::optional<Error> failure)
{
    change([&](LiveStatus& status) {
        status.state = LiveState::Ended;
        status.end = end;
        if (failure && !status.failure)
            status.failure = std::move(failure);
    });
    m_complete.request_stop(); // outside the lock: whoever waits for it asks for the status at once
}

Result<std::unique_ptr<LiveSource>> startLive(const LiveOptions& options, const Spool& spool)
{
    return options.replay.empty() ? startHelper(options, spool) : startReplay(options, spool);
}

} // namespace timbre::capture
