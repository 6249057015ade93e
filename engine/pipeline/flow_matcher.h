#pragma once

// Tells which of a set of flows a packet belongs to. A five-tuple may occur in many flows one after the other; each
// covers its own stretch of packet numbers. Made for one pass over a file: packet numbers must not decrease between
// calls, so the flows of a five-tuple are walked once, however many there are.

#include "engine/flow/flow_snapshot.h"

#include <optional>
#include <vector>

namespace timbre::pipeline {

class FlowMatcher {
public:
    /// `flows` are indexes into `snapshot`, rising; without them all flows of the snapshot. The seed makes
    /// collisions of the hash unpredictable to whoever wrote the capture; it does not change any answer.
    FlowMatcher(std::shared_ptr<const flow::FlowSnapshot> snapshot,
                const std::optional<std::vector<std::uint32_t>>& flows, std::uint64_t hashSeed);

    /// Index of the flow, or kNoFlow. Flows inside tunnels are another world than the outer ones.
    [[nodiscard]] std::uint32_t find(const decode::FlowKey& key, bool inTunnel, std::uint64_t packetNumber);

    [[nodiscard]] bool hasTunnelFlows() const { return m_hasTunnelFlows; }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        std::uint32_t row = 0;
        std::uint32_t next = kEnd; // the next flow with the same key, later in the file
        std::uint32_t tail = kEnd; // of the chain; valid in its first entry
    };
    static constexpr std::uint32_t kEnd = 0xffffffff;

    void add(std::uint32_t row);
    [[nodiscard]] std::size_t slotOf(const decode::FlowKey& key, bool inTunnel) const;

    std::shared_ptr<const flow::FlowSnapshot> m_snapshot;
    std::uint64_t m_seed;
    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_slots; // into m_entries: where the chain of a key stands now; a power of two long
    bool m_hasTunnelFlows = false;
};

} // namespace timbre::pipeline
