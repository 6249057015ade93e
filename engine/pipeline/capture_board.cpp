#include "engine/pipeline/capture_board.h"

namespace timbre::pipeline {

CaptureId CaptureBoard::add(CaptureSnapshot snapshot)
{
    std::lock_guard lock(m_mutex);
    snapshot.id = ++m_lastId;
    snapshot.generation = 1;
    m_slots[snapshot.id].snapshot = std::make_shared<const CaptureSnapshot>(std::move(snapshot));
    return m_lastId;
}

void CaptureBoard::remove(CaptureId id)
{
    std::lock_guard lock(m_mutex);
    m_slots.erase(id);
}

void CaptureBoard::publish(CaptureSnapshot snapshot)
{
    auto next = std::make_shared<CaptureSnapshot>(std::move(snapshot));
    std::shared_ptr<const CaptureSnapshot> previous; // freed outside the lock: it may hold many flows
    std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(next->id);
    if (slot == m_slots.end())
        return;
    next->generation = slot->second.snapshot->generation + 1;
    previous = std::exchange(slot->second.snapshot, std::move(next));
}

std::vector<CaptureId> CaptureBoard::ids() const
{
    std::lock_guard lock(m_mutex);
    std::vector<CaptureId> ids;
    for (const auto& [id, slot] : m_slots)
        ids.push_back(id);
    return ids;
}

std::shared_ptr<const CaptureSnapshot> CaptureBoard::snapshot(CaptureId id) const
{
    std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(id);
    return slot == m_slots.end() ? nullptr : slot->second.snapshot;
}

CaptureId CaptureBoard::withPath(const std::string& path) const
{
    std::lock_guard lock(m_mutex);
    for (const auto& [id, slot] : m_slots) {
        if (slot.snapshot->path == path)
            return id;
    }
    return 0;
}

std::stop_token CaptureBoard::renewStop(CaptureId id)
{
    std::lock_guard lock(m_mutex);
    const auto slot = m_slots.find(id);
    if (slot == m_slots.end())
        return {};
    slot->second.stop = std::stop_source();
    return slot->second.stop.get_token();
}

void CaptureBoard::requestStop(CaptureId id)
{
    std::lock_guard lock(m_mutex);
    if (const auto slot = m_slots.find(id); slot != m_slots.end())
        slot->second.stop.request_stop();
}

void CaptureBoard::requestStopOfAll()
{
    std::lock_guard lock(m_mutex);
    for (auto& [id, slot] : m_slots)
        slot.stop.request_stop();
}

} // namespace timbre::pipeline
