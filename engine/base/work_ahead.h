#pragma once

// Results for the items of a list, made by other threads in the order in which one thread takes them. That thread never
// waits for work that nobody has begun: it does it then, so that everything also goes with no other thread at all.

#include <algorithm>
#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace timbre {

template<typename Result>
class WorkAhead {
public:
    /// Called for several items at once. A result may have been used for another item before.
    using Work = std::function<void(std::size_t item, Result& result)>;

    WorkAhead() = default;
    ~WorkAhead() { stop(); }
    WorkAhead(const WorkAhead&) = delete;
    WorkAhead& operator=(const WorkAhead&) = delete;

    /// Lets go of what has not been taken. Threads take `portion` items at a time, and of at most kPortions portions
    /// there are results that are not taken.
    void begin(std::size_t count, std::size_t portion, Work work)
    {
        stop();
        m_count = count;
        m_perPortion = std::max<std::size_t>(1, portion);
        m_work = std::move(work);
        m_claimed = m_inUse = m_taken = 0;
        startThreads();
    }
    /// Waits for what is being worked on; nothing follows.
    void stop()
    {
        for (std::jthread& thread : m_threads)
            thread.request_stop();
        m_threads.clear();
    }
    /// Items whose results have been taken.
    [[nodiscard]] std::size_t taken() const { return m_taken; }
    /// Of item taken(), which then is taken; valid until the next call. Requires: not all are taken.
    Result& next()
    {
        const std::size_t portion = m_taken / m_perPortion;
        if (m_taken % m_perPortion == 0)
            take(portion);
        return placeOf(portion).results[m_taken++ % m_perPortion];
    }

private:
    static constexpr std::size_t kPortions = 32;
    static constexpr std::size_t kMostThreads = 7; // beside the one that takes

    struct Portion {
        std::vector<Result> results;
        bool done = false;
    };

    [[nodiscard]] std::size_t portions() const { return (m_count + m_perPortion - 1) / m_perPortion; }
    Portion& placeOf(std::size_t portion) { return m_places[portion % kPortions]; }

    void startThreads()
    {
        const std::size_t others = std::max(std::thread::hardware_concurrency(), 1U) - 1U;
        const std::size_t threads = std::min({others, kMostThreads, portions()});
        try {
            for (std::size_t i = 0; i < threads; ++i)
                m_threads.emplace_back([this](const std::stop_token& stopped) { run(stopped); });
        } catch (const std::system_error&) { // no more of them: there is less ahead
        }
    }
    void run(const std::stop_token& stopped)
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_room.wait(lock, stopped, [this] { return m_claimed == portions() || m_claimed < m_inUse + kPortions; });
            if (stopped.stop_requested() || m_claimed == portions())
                return;
            work(m_claimed++, lock);
        }
    }
    /// The portions before it are used up.
    void take(std::size_t portion)
    {
        std::unique_lock lock(m_mutex);
        m_inUse = portion;
        m_room.notify_one();
        if (m_claimed == portion)
            work(m_claimed++, lock);
        m_done.wait(lock, [&] { return placeOf(portion).done; });
    }
    /// Lets go of the lock meanwhile.
    void work(std::size_t portion, std::unique_lock<std::mutex>& lock)
    {
        Portion& place = placeOf(portion);
        place.done = false;
        lock.unlock();
        const std::size_t first = portion * m_perPortion;
        place.results.resize(m_perPortion);
        for (std::size_t i = first; i < std::min(first + m_perPortion, m_count); ++i)
            m_work(i, place.results[i - first]);
        lock.lock();
        place.done = true;
        m_done.notify_one();
    }

    std::size_t m_count = 0;
    std::size_t m_perPortion = 1;
    std::size_t m_taken = 0; // of the thread that takes
    Work m_work;

    std::mutex m_mutex;
    std::condition_variable_any m_room;
    std::condition_variable m_done;
    std::size_t m_claimed = 0; // portions; whoever counts one does its work
    std::size_t m_inUse = 0;   // the portion that is being taken
    std::array<Portion, kPortions> m_places;
    std::vector<std::jthread> m_threads;
};

} // namespace timbre
