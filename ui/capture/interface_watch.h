#pragma once

// The interfaces of this machine and their traffic, looked at once a second on a thread of its own while somebody
// watches. Only the system's own counters are read; nothing is captured and no rights are needed.

#include "engine/base/result.h"
#include "engine/capture/capture_helper.h"

#include <QtCore/QObject>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace timbre::ui {

class InterfaceWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kSamples = 60; // a minute

    struct Interface {
        capture::LiveInterfaceInfo info;
        std::deque<double> packetsPerSecond; // newest last
        std::deque<double> bytesPerSecond;
    };

    explicit InterfaceWatch(QObject* parent = nullptr);
    ~InterfaceWatch() override;

    /// Calls nest: the thread works while anybody watches.
    void watch();
    void unwatch();

    /// In the system's order. Empty until the first changed().
    [[nodiscard]] const std::vector<Interface>& interfaces() const { return m_interfaces; }
    /// Why they cannot be listed.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

signals:
    void changed();

private:
    struct Look {
        std::vector<capture::LiveInterfaceInfo> infos;
        std::map<std::string, capture::InterfaceTraffic> traffic;
        std::optional<Error> failure;
        double seconds = 1.0; // since the look before
    };
    void run(const std::stop_token& stop);
    void take();

    std::vector<Interface> m_interfaces;
    std::map<std::string, capture::InterfaceTraffic> m_before;
    std::optional<Error> m_failure;
    int m_watchers = 0;

    std::mutex m_mutex; // guards the two below
    std::optional<Look> m_look;
    bool m_wanted = false;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace timbre::ui
