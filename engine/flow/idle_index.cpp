#include "engine/flow/idle_index.h"

namespace timbre::flow {

void IdleIndex::insert(std::uint32_t flow, Timestamp lastSeen)
{
    if (flow >= m_links.size())
        m_links.resize(static_cast<std::size_t>(flow) + 1);
    const std::int64_t second = secondOf(lastSeen);
    auto [bucket, isNew] = m_buckets.try_emplace(second, flow);
    Link& link = m_links[flow];
    link = {second, kNone, isNew ? kNone : bucket->second};
    if (!isNew) {
        m_links[bucket->second].previous = flow;
        bucket->second = flow;
    }
}

void IdleIndex::remove(std::uint32_t flow)
{
    const Link link = m_links[flow];
    if (link.next != kNone)
        m_links[link.next].previous = link.previous;
    if (link.previous != kNone) {
        m_links[link.previous].next = link.next;
        return;
    }
    if (link.next != kNone)
        m_buckets[link.second] = link.next;
    else
        m_buckets.erase(link.second);
}

void IdleIndex::move(std::uint32_t flow, Timestamp lastSeen)
{
    remove(flow);
    insert(flow, lastSeen);
}

} // namespace timbre::flow
