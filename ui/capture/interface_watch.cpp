#include "ui/capture/interface_watch.h"

#include "engine/base/thread_name.h"

#include <chrono>

namespace timbre::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kInterval = std::chrono::seconds(1);
constexpr int kLooksBetweenLists = 5; // interfaces seldom come and go

void keep(std::deque<double>& samples, double value)
{
    samples.push_back(value);
    if (samples.size() > InterfaceWatch::kSamples)
        samples.pop_front();
}

} // namespace

InterfaceWatch::InterfaceWatch(QObject* parent)
    : QObject(parent)
{
}

InterfaceWatch::~InterfaceWatch() = default;

void InterfaceWatch::watch()
{
    if (m_watchers++ > 0)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = true;
    }
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
    m_wake.notify_all();
}

void InterfaceWatch::unwatch()
{
    if (m_watchers == 0 || --m_watchers > 0)
        return;
    const std::lock_guard lock(m_mutex);
    m_wanted = false;
}

void InterfaceWatch::run(const std::stop_token& stop)
{
    setThreadName("timbre-ifaces");
    Look look;
    int sinceList = kLooksBetweenLists;
    auto before = Clock::now() - kInterval;
    while (!stop.stop_requested()) {
        if (++sinceList > kLooksBetweenLists) {
            sinceList = 0;
            auto listed = capture::listInterfaces();
            look.failure = listed ? std::nullopt : std::optional(listed.error());
            look.infos = listed ? std::move(*listed) : std::vector<capture::LiveInterfaceInfo>();
        }
        look.traffic.clear();
        for (const capture::LiveInterfaceInfo& info : look.infos) {
            if (const auto traffic = capture::interfaceTraffic(info.name))
                look.traffic[info.name] = *traffic;
        }
        const auto now = Clock::now();
        look.seconds = std::chrono::duration<double>(now - std::exchange(before, now)).count();
        std::unique_lock lock(m_mutex);
        m_look = look;
        QMetaObject::invokeMethod(this, &InterfaceWatch::take, Qt::QueuedConnection);
        m_wake.wait_for(lock, stop, kInterval, [] { return false; });
        m_wake.wait(lock, stop, [this] { return m_wanted; });
    }
}

void InterfaceWatch::take()
{
    std::optional<Look> look;
    {
        const std::lock_guard lock(m_mutex);
        look.swap(m_look);
    }
    if (!look)
        return;
    std::vector<Interface> now;
    for (capture::LiveInterfaceInfo& info : look->infos) {
        Interface interface {
            std::move(info), {}, {}
        };
        for (Interface& known : m_interfaces) {
            if (known.info.name == interface.info.name) {
                interface.packetsPerSecond = std::move(known.packetsPerSecond);
                interface.bytesPerSecond = std::move(known.bytesPerSecond);
            }
        }
        const auto traffic = look->traffic.find(interface.info.name);
        const auto before = m_before.find(interface.info.name);
        if (traffic != look->traffic.end() && before != m_before.end() && look->seconds > 0) {
            const auto rate = [&](std::uint64_t from, std::uint64_t to) {
                return static_cast<double>(to > from ? to - from : 0) / look->seconds;
            };
            keep(interface.packetsPerSecond, rate(before->second.packets, traffic->second.packets));
            keep(interface.bytesPerSecond, rate(before->second.bytes, traffic->second.bytes));
        }
        now.push_back(std::move(interface));
    }
    m_interfaces = std::move(now);
    m_before = std::move(look->traffic);
    m_failure = std::move(look->failure);
    emit changed();
}

} // namespace timbre::ui
