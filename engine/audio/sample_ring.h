#pragma once

// The last N samples of something, oldest first. The array lies inside the object: a stream allocates nothing later.

#include <array>
#include <cstddef>
#include <cstdint>

namespace timbre::audio {

template<typename T, std::size_t kCapacity>
class SampleRing {
public:
    void push(const T& sample)
    {
        m_samples[(m_first + m_size) % kCapacity] = sample;
        if (m_size < kCapacity)
            ++m_size;
        else
            m_first = (m_first + 1) % kCapacity;
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    /// From the oldest. Requires: i < size().
    [[nodiscard]] const T& operator[](std::size_t i) const { return m_samples[(m_first + i) % kCapacity]; }

private:
    std::uint32_t m_first = 0;
    std::uint32_t m_size = 0;
    std::array<T, kCapacity> m_samples; // what lies behind m_size is never read, so nothing is written before
};

} // namespace timbre::audio
