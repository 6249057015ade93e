#pragma once

// Groups packets into flows and follows each one's TCP state: the exact core. A plain single-threaded object without a
// clock; all time comes from packets and from the caller. Results do not depend on hashing or memory layout: the only
// order there is is that of the last packet.

#include "engine/flow/flow_record.h"
#include "engine/flow/idle_index.h"
#include "engine/flow/sequence_tracker.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace timbre::flow {

struct FlowTableConfig {
    std::int64_t idleTcpNs = 300 * kNsPerSecond;
    std::int64_t idleUdpNs = 60 * kNsPerSecond;
    std::int64_t idleOtherNs = 30 * kNsPerSecond;
    std::int64_t sweepIntervalNs = 1 * kNsPerSecond;
    std::uint32_t maxFlows = 100'000; // 0 is taken as 1
};

struct FlowTableCounters {
    std::uint64_t flowsCreated = 0;
    std::uint64_t flowsEnded = 0;
    std::uint64_t flowsEvicted = 0;
    std::uint64_t packetsUnmatched = 0;
};

/// The frame a packet came in.
struct Frame {
    Timestamp time;
    std::uint64_t number = 0;
    std::uint32_t capturedLength = 0;
    std::uint32_t originalLength = 0;
    std::uint32_t interfaceIndex = 0;
    float payloadEntropy = 0.0F; // bits per byte; only looked at when the packet has payload
};

/// A live flow: its record, and what only matters while it lives.
struct Flow {
    FlowRecord record;
    std::array<SequenceTracker, 2> sequences; // by Side
    Timestamp synTime;
    std::array<std::uint32_t, 2> firstSequence{}; // of the first payload byte, by Side; where synSeen
    std::array<bool, 2> synSeen{};
    std::array<std::byte, 16> readerScratch{}; // belongs to whoever reads payloads; zero at the start
    std::uint32_t readerHandle = 0;            // likewise
    bool readerDone = false;                   // likewise
    bool changed = false;                      // belongs to whoever publishes flows
    std::uint8_t turnedAway = 0;               // belongs to whoever hands packets on: who has had enough, a bit each
};
static_assert(sizeof(Flow) <= 480, "an idle flow, with its links, may take 512 bytes");

/// Told what happens, in the order of the flow page. `Flow&` is valid during the call only.
class FlowListener {
public:
    virtual ~FlowListener() = default;
    /// TCP payload that is wholly there, before any event of its packet.
    virtual void payload(Flow&, Side, const decode::Packet&) {}
    virtual void started(Flow&, const Frame&) {}
    virtual void established(Flow&, Side, const Frame&) {}
    virtual void stateChanged(Flow&, Side, TcpState /*from*/, const Frame&) {}
    virtual void packet(Flow&, Side, const decode::Packet&, const Frame&) {}
    /// Nothing else follows: these end next, in this order.
    virtual void aboutToEnd(std::span<Flow* const>) {}
    /// The record's `ended` and `endReason` are set.
    virtual void ended(Flow&) {}
};

class FlowTable {
public:
    FlowTable(FlowTableConfig config, FlowListener& listener);
    ~FlowTable();
    FlowTable(const FlowTable&) = delete;
    FlowTable& operator=(const FlowTable&) = delete;

    /// Requires: `hash` is hashOf(packet.key) when the packet is matched.
    void track(const decode::Packet& packet, std::uint64_t hash, const Frame& frame);
    void track(const decode::Packet& packet, const Frame& frame) { track(packet, hashOf(packet.key), frame); }

    /// Ends what is due at `now`, most recently used first.
    void sweep(Timestamp now);
    /// The rule for files and live captures: to be called with the time of every packet, before it is tracked.
    void sweepBeforePacket(Timestamp time);
    /// At the end of a file: ends every flow as idle, most recently used first.
    void endAll();

    /// Takes effect at once; a smaller cap drops the least recently used flows without event or count.
    void setConfig(const FlowTableConfig& config);
    [[nodiscard]] const FlowTableConfig& config() const { return m_config; }
    [[nodiscard]] const FlowTableCounters& counters() const { return m_counters; }
    [[nodiscard]] std::uint64_t sweepsRun() const { return m_sweepsRun; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Null when there is none. Looking does not refresh the flow.
    [[nodiscard]] Flow* find(const decode::FlowKey& key);

    /// Visits live flows from the most to the least recently used.
    template <typename Visitor>
    void forEach(Visitor visit)
    {
        for (std::uint32_t slot = m_newest; slot != kNone; slot = m_links[slot].older)
            visit(flowAt(slot));
    }

    [[nodiscard]] std::uint64_t hashOf(const decode::FlowKey& key) const;
    /// Two steps of fetching a flow's memory ahead of track(): first the bucket, some packets later the flow.
    void prefetchBucket(std::uint64_t hash) const { __builtin_prefetch(&m_buckets[hash & m_bucketMask]); }
    void prefetchFlow(std::uint64_t hash) const;

private:
    static constexpr std::uint32_t kNone = 0xffffffff;
    static constexpr std::uint32_t kSlabFlows = 1024;
    enum class TimeoutClass : std::uint8_t { Tcp, Udp, Other };

    struct Bucket {
        std::uint32_t tag = 0; // upper half of the hash
        std::uint32_t slot = kNone;
    };
    /// Kept apart from the flows, so that moving a flow to the front touches no other flow's memory.
    struct Links {
        std::uint64_t touched = 0; // number of the last packet: the order of use
        std::uint32_t newer = kNone;
        std::uint32_t older = kNone;
        std::uint32_t bucketTag = 0;
        std::uint32_t bucketHome = 0; // lower half of the hash
    };

    Flow& flowAt(std::uint32_t slot) { return m_slabs[slot / kSlabFlows][slot % kSlabFlows]; }
    [[nodiscard]] const Flow& flowAt(std::uint32_t slot) const { return m_slabs[slot / kSlabFlows][slot % kSlabFlows]; }

    [[nodiscard]] std::uint32_t slotOf(const decode::FlowKey& key, std::uint64_t hash) const;
    std::uint32_t insert(const decode::Packet& packet, std::uint64_t hash, const Frame& frame);
    std::uint32_t takeSlot();
    void addBucket(std::uint64_t hash, std::uint32_t slot);
    void removeBucket(std::uint32_t slot);
    void growBuckets(std::size_t count);
    void linkNewest(std::uint32_t slot);
    void unlink(std::uint32_t slot);
    void makeNewest(std::uint32_t slot);
    void removeFlow(std::uint32_t slot);
    void removeAll();
    void endFlow(std::uint32_t slot, EndReason reason);
    void tellEnd(Flow& flow, EndReason reason);
    void trackTcp(Flow& flow, Side side, const decode::Packet& packet, const Frame& frame);
    void endDue();

    static TimeoutClass timeoutClass(const decode::FlowKey& key);
    IdleIndex& idleIndex(const decode::FlowKey& key) { return m_idle[static_cast<std::size_t>(timeoutClass(key))]; }

    FlowTableConfig m_config;
    FlowListener& m_listener;
    FlowTableCounters m_counters;
    std::uint64_t m_hashSeed = 0;
    std::uint64_t m_sweepsRun = 0;
    std::uint64_t m_useClock = 0;
    std::optional<Timestamp> m_lastSweep;

    std::vector<std::unique_ptr<Flow[]>> m_slabs;
    std::vector<Links> m_links;
    std::vector<std::uint32_t> m_freeSlots;
    std::vector<Bucket> m_buckets; // open addressing, linear probing; size is a power of two
    std::size_t m_bucketMask = 0;
    std::size_t m_size = 0;
    std::uint32_t m_newest = kNone;
    std::uint32_t m_oldest = kNone;
    std::array<IdleIndex, 3> m_idle; // by TimeoutClass
    std::vector<std::uint32_t> m_due;
};

} // namespace timbre::flow
