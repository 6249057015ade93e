#include "engine/trends/recent_signals.h"

#include <algorithm>
#include <limits>

namespace timbre::trends {

/// A list grows by a quarter before its older signals are moved away: each is moved a few times, and memory stays
/// small.
std::span<const Signal> RecentSignals::add(const Signal& signal)
{
    Slot& slot = m_slots[slotOf(signal.entity)];
    auto& list = slot.list;
    if (list.size() >= m_maxSignals + m_maxSignals / 4 + 1)
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(m_maxSignals));
    list.push_back(signal);
    noteJa4(slot, signal);
    const auto recent = std::span(list).last(std::min(m_maxSignals, list.size()));
    m_surelyOneJa4 = slot.sinceJa4 >= recent.size();
    return recent;
}

void RecentSignals::noteJa4(Slot& slot, const Signal& signal)
{
    const bool other = signal.type == SignalType::Ja4 && signal.value != slot.ja4;
    if (other && slot.ja4)
        slot.sinceJa4 = 0;
    if (other)
        slot.ja4 = signal.value;
    if (slot.sinceJa4 < std::numeric_limits<std::uint32_t>::max())
        ++slot.sinceJa4;
}

std::uint32_t RecentSignals::signalsSinceOtherJa4(const Slot& slot)
{
    const auto other = std::find_if(slot.list.rbegin(), slot.list.rend(), [&](const Signal& signal) {
        return signal.type == SignalType::Ja4 && signal.value != slot.ja4;
    });
    return static_cast<std::uint32_t>(other - slot.list.rbegin());
}

void RecentSignals::forget(std::int64_t upToMs)
{
    for (SlotId id = m_oldest; id != kNone;) {
        const SlotId next = m_slots[id].newer;
        auto& list = m_slots[id].list;
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(std::min(list.size(), m_maxSignals)));
        std::erase_if(list, [&](const Signal& signal) { return signal.timeMs <= upToMs; });
        m_slots[id].sinceJa4 = signalsSinceOtherJa4(m_slots[id]);
        if (list.empty())
            release(id);
        id = next;
    }
}

/// The entity's slot, now the newest one.
RecentSignals::SlotId RecentSignals::slotOf(StringId entity)
{
    if (entity >= m_slotOf.size())
        m_slotOf.resize(std::max<std::size_t>(entity + std::size_t{1}, m_slotOf.size() * 2), kNone);
    SlotId id = m_slotOf[entity];
    if (id != kNone && id == m_newest)
        return id;
    if (id != kNone) {
        unlink(id);
    } else {
        id = takeSlot();
        m_slots[id].entity = entity;
        m_slotOf[entity] = id;
        ++m_entities;
    }
    linkNewest(id);
    return id;
}

RecentSignals::SlotId RecentSignals::takeSlot()
{
    if (m_entities >= m_maxEntities && m_oldest != kNone) {
        release(m_oldest);
        ++m_dropped;
    }
    if (m_free.empty()) {
        m_slots.emplace_back();
        return static_cast<SlotId>(m_slots.size() - 1);
    }
    const SlotId id = m_free.back();
    m_free.pop_back();
    return id;
}

void RecentSignals::release(SlotId id)
{
    unlink(id);
    Slot& slot = m_slots[id];
    slot.list.clear();
    slot.ja4.reset();
    slot.sinceJa4 = 0;
    m_slotOf[slot.entity] = kNone;
    m_free.push_back(id);
    --m_entities;
}

void RecentSignals::unlink(SlotId id)
{
    const Slot& slot = m_slots[id];
    (slot.older == kNone ? m_oldest : m_slots[slot.older].newer) = slot.newer;
    (slot.newer == kNone ? m_newest : m_slots[slot.newer].older) = slot.older;
}

void RecentSignals::linkNewest(SlotId id)
{
    Slot& slot = m_slots[id];
    slot.older = m_newest;
    slot.newer = kNone;
    (m_newest == kNone ? m_oldest : m_slots[m_newest].newer) = id;
    m_newest = id;
}

} // namespace timbre::trends
