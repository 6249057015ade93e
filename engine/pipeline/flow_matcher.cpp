#include "engine/pipeline/flow_matcher.h"

#include <bit>
#include <cstring>

namespace timbre::pipeline {

namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t hashKey(const decode::FlowKey& key, bool inTunnel, std::uint64_t seed)
{
    std::array<std::uint64_t, 5> words{};
    static_assert(sizeof words == sizeof key);
    std::memcpy(words.data(), &key, sizeof key);
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15; // 2^64 / golden ratio
    std::uint64_t hash = seed ^ (inTunnel ? kOdd : 0);
    for (const std::uint64_t word : words)
        hash = mix(word ^ hash ^ seed, kOdd ^ (hash >> 7U));
    return mix(hash ^ seed, kOdd);
}

bool isInTunnel(const flow::FlowRecord& record)
{
    return record.tunnel != decode::Tunnel::None;
}

} // namespace

FlowMatcher::FlowMatcher(std::shared_ptr<const flow::FlowSnapshot> snapshot,
                         const std::optional<std::vector<std::uint32_t>>& flows, std::uint64_t hashSeed)
    : m_snapshot(std::move(snapshot))
    , m_seed(hashSeed)
{
    const std::size_t rows = m_snapshot ? m_snapshot->size() : 0;
    const std::size_t count = flows ? flows->size() : rows;
    m_entries.reserve(count);
    m_slots.assign(std::bit_ceil(count * 2 + 1), kEnd);
    if (flows) {
        // Rising index is rising first packet, which is the order of a chain.
        for (const std::uint32_t row : *flows)
            add(row);
    } else {
        for (std::uint32_t row = 0; row < rows; ++row)
            add(row);
    }
}

void FlowMatcher::add(std::uint32_t row)
{
    const flow::FlowRecord& record = (*m_snapshot)[row];
    m_hasTunnelFlows = m_hasTunnelFlows || isInTunnel(record);
    const auto entry = static_cast<std::uint32_t>(m_entries.size());
    m_entries.push_back({row, kEnd, entry});
    std::uint32_t& head = m_slots[slotOf(record.key, isInTunnel(record))];
    if (head == kEnd) {
        head = entry;
        return;
    }
    m_entries[m_entries[head].tail].next = entry;
    m_entries[head].tail = entry;
}

std::size_t FlowMatcher::slotOf(const decode::FlowKey& key, bool inTunnel) const
{
    const std::size_t mask = m_slots.size() - 1; // at least one slot is free, so the loop ends
    for (std::size_t slot = hashKey(key, inTunnel, m_seed) & mask;; slot = (slot + 1) & mask) {
        if (m_slots[slot] == kEnd)
            return slot;
        const flow::FlowRecord& record = (*m_snapshot)[m_entries[m_slots[slot]].row];
        if (isInTunnel(record) == inTunnel && record.key == key)
            return slot;
    }
}

std::uint32_t FlowMatcher::find(const decode::FlowKey& key, bool inTunnel, std::uint64_t packetNumber)
{
    std::uint32_t& head = m_slots[slotOf(key, inTunnel)];
    while (head != kEnd) {
        const Entry& entry = m_entries[head];
        const flow::FlowRecord& record = (*m_snapshot)[entry.row];
        if (packetNumber < record.firstPacket)
            return flow::kNoFlow;
        if (packetNumber <= record.lastPacket)
            return entry.row;
        if (entry.next == kEnd) // stays, so that the slot goes on to hold this key
            return flow::kNoFlow;
        head = entry.next;
    }
    return flow::kNoFlow;
}

} // namespace timbre::pipeline
