#pragma once

// A queue between two threads that never grows past its capacity. push() waits for room, pop() for an item; close()
// wakes both sides for good.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace timbre {

template <typename T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// False when the queue was closed; the item is then lost, as nobody would read it.
    bool push(T item)
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_closed || m_items.size() < m_capacity; });
        if (m_closed)
            return false;
        m_items.push_back(std::move(item));
        lock.unlock();
        m_filled.notify_one();
        return true;
    }

    /// The next item, or nothing once the queue is closed and empty.
    std::optional<T> pop()
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [this] { return m_closed || !m_items.empty(); });
        return takeFirst(lock);
    }

    /// As pop(), but gives up after `timeout`.
    template <typename Duration>
    std::optional<T> popFor(Duration timeout)
    {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, timeout, [this] { return m_closed || !m_items.empty(); });
        return takeFirst(lock);
    }

    /// What is queued can still be popped.
    void close()
    {
        {
            std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_filled.notify_all();
        m_room.notify_all();
    }

    [[nodiscard]] bool empty() const
    {
        std::lock_guard lock(m_mutex);
        return m_items.empty();
    }

    [[nodiscard]] bool closed() const
    {
        std::lock_guard lock(m_mutex);
        return m_closed;
    }

private:
    std::optional<T> takeFirst(std::unique_lock<std::mutex>& lock)
    {
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        lock.unlock();
        m_room.notify_one();
        return item;
    }

    const std::size_t m_capacity;
    mutable std::mutex m_mutex; // guards m_items and m_closed
    std::condition_variable m_room;
    std::condition_variable m_filled;
    std::deque<T> m_items;
    bool m_closed = false;
};

} // namespace timbre
