#pragma once

// For each text id (never 0) a word of bits: which types of signals showed it. One open-addressed table instead of a
// set per type, so that a signal costs one look-up however many types share its value. An empty table takes no memory
// beyond itself.

#include "engine/base/string_pool.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace timbre::trends {

class IdMasks {
public:
    using Mask = std::uint32_t;

    IdMasks() = default;
    IdMasks(const IdMasks& other)
        : m_slots(other.m_capacity == 0 ? nullptr : std::make_unique_for_overwrite<Slot[]>(other.m_capacity))
        , m_capacity(other.m_capacity)
        , m_size(other.m_size)
    {
        std::copy(other.m_slots.get(), other.m_slots.get() + m_capacity, m_slots.get());
    }
    IdMasks& operator=(const IdMasks& other)
    {
        IdMasks copy(other);
        return *this = std::move(copy);
    }
    IdMasks(IdMasks&& other) noexcept
        : m_slots(std::move(other.m_slots))
        , m_capacity(std::exchange(other.m_capacity, 0))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    IdMasks& operator=(IdMasks&& other) noexcept
    {
        m_slots = std::move(other.m_slots);
        m_capacity = std::exchange(other.m_capacity, 0);
        m_size = std::exchange(other.m_size, 0);
        return *this;
    }

    /// The bits of `id`, 0 at first. Good until the next call. Requires: id != 0.
    [[nodiscard]] Mask& at(StringId id)
    {
        if ((m_size + 1) * 8 > m_capacity * 7) // one slot is always free: it ends each search
            grow();
        Slot& slot = m_slots[find(id)];
        m_size += slot.id == 0 ? 1 : 0;
        slot.id = id;
        return slot.mask;
    }
    [[nodiscard]] Mask of(StringId id) const { return m_capacity == 0 ? 0 : m_slots[find(id)].mask; }
    [[nodiscard]] std::size_t bytes() const { return m_capacity * sizeof(Slot); }

    /// In no particular order.
    template<typename Visit>
    void forEach(Visit&& visit) const
    {
        for (std::uint32_t i = 0; i < m_capacity; ++i)
            if (m_slots[i].id != 0)
                visit(m_slots[i].id, m_slots[i].mask);
    }
    template<typename Change>
    void changeEach(Change&& change)
    {
        for (std::uint32_t i = 0; i < m_capacity; ++i)
            if (m_slots[i].id != 0)
                change(m_slots[i].id, m_slots[i].mask);
    }

private:
    struct Slot {
        StringId id = 0; // 0: free
        Mask mask = 0;
    };

    [[nodiscard]] std::uint32_t find(StringId id) const
    {
        const std::uint32_t last = m_capacity - 1;
        std::uint32_t at = (id * 0x9e3779b1U >> 7U) & last;
        while (m_slots[at].id != 0 && m_slots[at].id != id)
            at = (at + 1) & last;
        return at;
    }
    void grow()
    {
        const auto old = std::move(m_slots);
        const std::uint32_t oldCapacity = m_capacity;
        m_capacity = oldCapacity == 0 ? 4 : oldCapacity * 2;
        m_slots = std::make_unique<Slot[]>(m_capacity);
        for (std::uint32_t i = 0; i < oldCapacity; ++i)
            if (old[i].id != 0)
                m_slots[find(old[i].id)] = old[i];
    }

    std::unique_ptr<Slot[]> m_slots; // a power of two of them
    std::uint32_t m_capacity = 0;
    std::uint32_t m_size = 0;
};

} // namespace timbre::trends
