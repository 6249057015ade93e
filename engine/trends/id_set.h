#pragma once

// A set of text ids (never 0) as small as can be: open addressing in one array, nothing at all while empty. A time
// bucket has forty of them, so an empty one is 24 bytes.

#include "engine/base/string_pool.h"

#include <memory>

namespace timbre::trends {

class IdSet {
public:
    IdSet() = default;
    IdSet(const IdSet& other)
        : m_slots(other.m_capacity == 0 ? nullptr : std::make_unique<StringId[]>(other.m_capacity))
        , m_capacity(other.m_capacity)
        , m_size(other.m_size)
    {
        std::copy(other.m_slots.get(), other.m_slots.get() + m_capacity, m_slots.get());
    }
    IdSet& operator=(const IdSet& other)
    {
        IdSet copy(other);
        return *this = std::move(copy);
    }
    IdSet(IdSet&& other) noexcept
        : m_slots(std::move(other.m_slots))
        , m_capacity(std::exchange(other.m_capacity, 0))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    IdSet& operator=(IdSet&& other) noexcept
    {
        m_slots = std::move(other.m_slots);
        m_capacity = std::exchange(other.m_capacity, 0);
        m_size = std::exchange(other.m_size, 0);
        return *this;
    }

    /// True when it was not in the set. Requires: id != 0.
    bool insert(StringId id)
    {
        if (m_size * 4 >= m_capacity * 3)
            grow();
        StringId& slot = m_slots[find(id)];
        if (slot == id)
            return false;
        slot = id;
        ++m_size;
        return true;
    }
    [[nodiscard]] bool contains(StringId id) const { return m_capacity != 0 && m_slots[find(id)] == id; }
    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::size_t bytes() const { return m_capacity * sizeof(StringId); }

    template<typename Visit>
    void forEach(Visit&& visit) const
    {
        for (std::uint32_t i = 0; i < m_capacity; ++i)
            if (m_slots[i] != 0)
                visit(m_slots[i]);
    }

private:
    [[nodiscard]] std::uint32_t find(StringId id) const
    {
        const std::uint32_t mask = m_capacity - 1;
        std::uint32_t at = id * 0x9e3779b1U >> 7U & mask;
        while (m_slots[at] != 0 && m_slots[at] != id)
            at = (at + 1) & mask;
        return at;
    }
    void grow()
    {
        const auto old = std::move(m_slots);
        const std::uint32_t oldCapacity = m_capacity;
        m_capacity = oldCapacity == 0 ? 4 : oldCapacity * 2;
        m_slots = std::make_unique<StringId[]>(m_capacity);
        for (std::uint32_t i = 0; i < oldCapacity; ++i)
            if (old[i] != 0)
                m_slots[find(old[i])] = old[i];
    }

    std::unique_ptr<StringId[]> m_slots; // a power of two of them; 0: free
    std::uint32_t m_capacity = 0;
    std::uint32_t m_size = 0;
};

} // namespace timbre::trends
