#pragma once

// Says when the next snapshot may go out: not before the interval has passed, and never so often that making snapshots
// takes more than a tenth of the engine's time.

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace timbre::pipeline {

class Publisher {
public:
    using Clock = std::chrono::steady_clock;

    /// The first snapshot is due at once after a tenth of the interval, so that the window fills quickly.
    explicit Publisher(std::int64_t intervalMs)
        : m_interval(std::chrono::milliseconds(intervalMs)), m_next(Clock::now() + m_interval / 10)
    {
    }

    [[nodiscard]] bool due() const { return Clock::now() >= m_next; }

    /// Lives while a snapshot is made; its end sets the time of the next one.
    class Measured {
    public:
        explicit Measured(Publisher& publisher) : m_publisher(publisher) {}
        ~Measured()
        {
            const auto now = Clock::now();
            m_publisher.m_next = now + std::max<Clock::duration>(m_publisher.m_interval, (now - m_begin) * 9);
        }
        Measured(const Measured&) = delete;
        Measured& operator=(const Measured&) = delete;

    private:
        Publisher& m_publisher;
        Clock::time_point m_begin = Clock::now();
    };
    [[nodiscard]] Measured measure() { return Measured(*this); }

private:
    Clock::duration m_interval;
    Clock::time_point m_next;
};

} // namespace timbre::pipeline
