#pragma once

// The last signals of each entity, for the checks as they arrive. Bounded twice: signals per entity, and entities; past
// the latter the one heard of longest ago is forgotten. Lists live in slots that are used again, so that steady traffic
// allocates nothing.

#include "engine/trends/signal.h"

#include <optional>
#include <span>
#include <vector>

namespace timbre::trends {

class RecentSignals {
public:
    RecentSignals(std::size_t maxSignals, std::size_t maxEntities)
        : m_maxSignals(maxSignals)
        , m_maxEntities(maxEntities)
    {
    }

    /// The entity's signals in order of arrival, this one last. Good until the next call.
    std::span<const Signal> add(const Signal& signal);
    /// All JA4 fingerprints in the list of the last add() are the same: its entity has not changed its client. May be
    /// false although they are; it saves looking through the list.
    [[nodiscard]] bool surelyOneJa4() const { return m_surelyOneJa4; }
    /// Signals at or before that time go, and with its last signal an entity.
    void forget(std::int64_t upToMs);

    [[nodiscard]] std::size_t entities() const { return m_entities; }
    /// Entities forgotten because of maxEntities.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }

private:
    using SlotId = std::uint32_t;
    static constexpr SlotId kNone = 0xffffffff;

    struct Slot {
        std::vector<Signal> list; // the last maxSignals are valid; those before wait to be moved away
        StringId entity = 0;
        std::optional<StringId> ja4; // the latest
        std::uint32_t sinceJa4 = 0;  // so many signals, the latest ones, show no other
        SlotId older = kNone;
        SlotId newer = kNone;
    };

    static void noteJa4(Slot& slot, const Signal& signal);
    static std::uint32_t signalsSinceOtherJa4(const Slot& slot);
    SlotId slotOf(StringId entity);
    SlotId takeSlot();
    void release(SlotId id);
    void unlink(SlotId id);
    void linkNewest(SlotId id);

    std::size_t m_maxSignals;
    std::size_t m_maxEntities;
    std::vector<SlotId> m_slotOf; // by entity, an id of the pool of texts
    std::vector<Slot> m_slots;
    std::vector<SlotId> m_free;
    SlotId m_oldest = kNone;
    SlotId m_newest = kNone;
    std::size_t m_entities = 0;
    std::uint64_t m_dropped = 0;
    bool m_surelyOneJa4 = false;
};

} // namespace timbre::trends
