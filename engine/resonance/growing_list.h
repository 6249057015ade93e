#pragma once

// A list that only grows, written by one thread and shown to others now and then: what is shown is immutable, and
// shares all full chunks with what was shown before.

#include <cstddef>
#include <memory>
#include <vector>

namespace timbre::resonance {

template<typename T>
class ListView {
public:
    static constexpr std::size_t kChunk = 4096;
    using Chunk = std::vector<T>;

    ListView() = default;
    ListView(std::vector<std::shared_ptr<const Chunk>> chunks, std::size_t size)
        : m_chunks(std::move(chunks))
        , m_size(size)
    {
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    /// Requires: i < size().
    [[nodiscard]] const T& operator[](std::size_t i) const { return (*m_chunks[i / kChunk])[i % kChunk]; }

private:
    std::vector<std::shared_ptr<const Chunk>> m_chunks; // all but the last hold kChunk values
    std::size_t m_size = 0;
};

template<typename T>
class GrowingList {
public:
    void add(const T& value) { next() = value; }
    /// One more, to be filled in.
    T& next()
    {
        if (m_last.size() == ListView<T>::kChunk) {
            m_full.push_back(std::make_shared<const std::vector<T>>(std::move(m_last)));
            m_last = {};
            m_last.reserve(ListView<T>::kChunk);
        }
        return m_last.emplace_back();
    }
    [[nodiscard]] std::size_t size() const { return m_full.size() * ListView<T>::kChunk + m_last.size(); }
    [[nodiscard]] ListView<T> view() const
    {
        auto chunks = m_full;
        chunks.push_back(std::make_shared<const std::vector<T>>(m_last));
        return {std::move(chunks), size()};
    }

private:
    std::vector<std::shared_ptr<const std::vector<T>>> m_full;
    std::vector<T> m_last;
};

} // namespace timbre::resonance
