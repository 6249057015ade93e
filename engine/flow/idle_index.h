#pragma once

// Finds the flows that have been idle for too long without walking the whole table. Flows of one timeout class lie in
// buckets of one second of capture time. A flow's bucket is never later than its last packet; it may be earlier, since
// ordinary packets don't move flows between buckets. Only when a due bucket is opened is each flow in it looked at again,
// so a flow is moved about once per timeout, however many packets it has.

#include "engine/base/timestamp.h"

#include <map>
#include <vector>

namespace timbre::flow {

class IdleIndex {
public:
    void insert(std::uint32_t flow, Timestamp lastSeen);
    void remove(std::uint32_t flow);

    /// Must be called for each packet; does work only when time has gone back past the flow's bucket.
    void touched(std::uint32_t flow, Timestamp lastSeen)
    {
        if (secondOf(lastSeen) < m_links[flow].second)
            move(flow, lastSeen);
    }

    /// Appends to `due` every flow whose last packet (asked of `lastSeenOf`) is at or before `limit`. They stay in the
    /// index until they are removed.
    template <typename LastSeenOf>
    void collectDue(Timestamp limit, LastSeenOf lastSeenOf, std::vector<std::uint32_t>& due)
    {
        m_stale.clear();
        const std::int64_t last = secondOf(limit);
        for (auto bucket = m_buckets.begin(); bucket != m_buckets.end() && bucket->first <= last; ++bucket) {
            for (std::uint32_t flow = bucket->second; flow != kNone; flow = m_links[flow].next) {
                const Timestamp lastSeen = lastSeenOf(flow);
                if (lastSeen <= limit)
                    due.push_back(flow);
                else if (secondOf(lastSeen) != bucket->first)
                    m_stale.emplace_back(flow, lastSeen);
            }
        }
        for (const auto& [flow, lastSeen] : m_stale)
            move(flow, lastSeen);
    }

private:
    static constexpr std::uint32_t kNone = 0xffffffff;

    struct Link {
        std::int64_t second = 0;
        std::uint32_t previous = kNone;
        std::uint32_t next = kNone;
    };

    static std::int64_t secondOf(Timestamp time)
    {
        return time.ns / kNsPerSecond - (time.ns % kNsPerSecond < 0 ? 1 : 0);
    }
    void move(std::uint32_t flow, Timestamp lastSeen);

    std::vector<Link> m_links; // by flow slot
    std::map<std::int64_t, std::uint32_t> m_buckets; // second -> first flow
    std::vector<std::pair<std::uint32_t, Timestamp>> m_stale;
};

} // namespace timbre::flow
