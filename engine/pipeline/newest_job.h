#pragma once

// A worker thread that does one thing at a time and only ever cares for the newest request: a new one stops the one
// that runs and replaces one that waits. Requests carry a number, so that late answers can be told from current ones.

#include "engine/base/thread_name.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace timbre::pipeline {

template<typename Request>
class NewestJob {
public:
    /// Runs on the worker thread; looks at the token often and returns soon after a stop was requested.
    using Work = std::function<void(std::uint64_t number, const Request& request, const std::stop_token& stop)>;

    NewestJob(const char* threadName, Work work)
        : m_work(std::move(work))
        , m_thread([this, threadName] { run(threadName); })
    {
    }
    NewestJob(const NewestJob&) = delete;
    NewestJob& operator=(const NewestJob&) = delete;

    /// Stops what runs and waits for it.
    ~NewestJob()
    {
        {
            std::lock_guard lock(m_mutex);
            m_closing = true;
            m_next.reset();
            m_current.request_stop();
        }
        m_wake.notify_one();
        m_thread.join();
    }

    /// The number of this request, from 1 upwards. Any thread.
    std::uint64_t start(Request request)
    {
        std::uint64_t number = 0;
        {
            std::lock_guard lock(m_mutex);
            m_current.request_stop();
            m_next = std::move(request);
            number = ++m_number;
        }
        m_wake.notify_one();
        return number;
    }

    /// Stops what runs, forgets what waits. Any thread; does not wait.
    void cancel()
    {
        std::lock_guard lock(m_mutex);
        m_next.reset();
        m_current.request_stop();
    }

private:
    void run(const char* threadName)
    {
        setThreadName(threadName);
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wake.wait(lock, [this] { return m_closing || m_next.has_value(); });
            if (m_closing)
                return;
            const Request request = *std::exchange(m_next, std::nullopt);
            const std::uint64_t number = m_number;
            m_current = std::stop_source();
            const std::stop_token stop = m_current.get_token();
            lock.unlock();
            m_work(number, request, stop);
            lock.lock();
        }
    }

    const Work m_work;
    std::mutex m_mutex; // guards the four below
    std::optional<Request> m_next;
    std::stop_source m_current;
    std::uint64_t m_number = 0; // of the newest request
    bool m_closing = false;
    std::condition_variable m_wake;
    std::thread m_thread; // last: starts when everything above exists, joined in the destructor
};

} // namespace timbre::pipeline
