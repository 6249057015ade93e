#include "engine/flow/flow_table.h"

#include "engine/flow/tcp_state.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace timbre::flow {

namespace {

constexpr std::size_t kFirstBuckets = 4096;
constexpr std::size_t kEndsAhead = 4;

void prefetch(const Flow& flow)
{
    const auto* lines = reinterpret_cast<const std::byte*>(&flow);
    for (std::size_t offset = 0; offset < 256; offset += 64) // those that every packet writes
        __builtin_prefetch(lines + offset, 1);
}

} // namespace

FlowTable::FlowTable(FlowTableConfig config, FlowListener& listener) : m_config(config), m_listener(listener)
{
    // Results don't depend on it; it keeps a hostile capture from piling its flows into one bucket.
    m_hashSeed = std::random_device{}();
    m_config.maxFlows = std::max<std::uint32_t>(1, m_config.maxFlows);
    growBuckets(kFirstBuckets);
}

FlowTable::~FlowTable() = default;

std::uint64_t FlowTable::hashOf(const decode::FlowKey& key) const
{
    return XXH3_64bits_withSeed(&key, sizeof key, m_hashSeed);
}

void FlowTable::prefetchFlow(std::uint64_t hash) const
{
    const Bucket& bucket = m_buckets[hash & m_bucketMask];
    if (bucket.slot == kNone)
        return;
    prefetch(flowAt(bucket.slot));
    __builtin_prefetch(&m_links[bucket.slot], 1);
}

void FlowTable::track(const decode::Packet& packet, std::uint64_t hash, const Frame& frame)
{
    if (!packet.matched) {
        ++m_counters.packetsUnmatched;
        return;
    }
    std::uint32_t slot = slotOf(packet.key, hash);
    const bool isNew = slot == kNone;
    if (isNew)
        slot = insert(packet, hash, frame);
    else
        makeNewest(slot);

    Flow& flow = flowAt(slot);
    const bool fromInitiator = packet.reverse == flow.record.initiatorIsB;
    const Side side = fromInitiator ? Side::Initiator : Side::Responder;
    const bool isTcp = packet.key.l4 == decode::L4::Tcp;
    if (packet.tcpFlags & decode::kTcpSyn) {
        flow.firstSequence[static_cast<std::size_t>(side)] = packet.tcpSequence + 1;
        flow.synSeen[static_cast<std::size_t>(side)] = true;
    }
    if (isTcp && packet.payloadLength > 0 && packet.payloadComplete())
        m_listener.payload(flow, side, packet);
    if (isNew)
        m_listener.started(flow, frame);

    SideStats& stats = flow.record.sides[static_cast<std::size_t>(side)];
    if (stats.packets == 0)
        stats.firstTtl = packet.ttl;
    stats.lastTtl = packet.ttl;
    ++stats.packets;
    stats.bytes += frame.capturedLength;
    stats.originalBytes += frame.originalLength;
    stats.payloadBytes += packet.payloadLength;
    if (!packet.payload.empty()) {
        stats.entropySum += static_cast<double>(frame.payloadEntropy);
        ++stats.entropyCount;
    }
    flow.record.lastSeen = frame.time;
    flow.record.lastPacket = frame.number;
    idleIndex(packet.key).touched(slot, frame.time);

    if (isTcp)
        trackTcp(flow, side, packet, frame);
    m_listener.packet(flow, side, packet, frame);
    if (isFinal(flow.record.state))
        endFlow(slot, flow.record.state == TcpState::Reset ? EndReason::Rst : EndReason::Fin);
}

void FlowTable::trackTcp(Flow& flow, Side side, const decode::Packet& packet, const Frame& frame)
{
    FlowRecord& record = flow.record;
    SideStats& stats = record.sides[static_cast<std::size_t>(side)];
    const bool syn = packet.tcpFlags & decode::kTcpSyn;
    const bool fin = packet.tcpFlags & decode::kTcpFin;
    const bool rst = packet.tcpFlags & decode::kTcpRst;

    if (!rst) {
        const bool keepAlive = packet.payloadLength <= 1 && !syn && !fin;
        const std::uint32_t length = packet.payloadLength + (syn ? 1 : 0) + (fin ? 1 : 0);
        const SegmentKind kind =
            flow.sequences[static_cast<std::size_t>(side)].classify(packet.tcpSequence, length, keepAlive);
        stats.retransmissions += kind == SegmentKind::Retransmission;
        stats.outOfOrder += kind == SegmentKind::OutOfOrder;
        stats.zeroWindows += packet.tcpWindow == 0 && !syn;
    }

    extendHistory(record, side, packet.tcpFlags, packet.payloadLength > 0);
    const TcpState before = record.state;
    const TcpState after = nextTcpState(before, side, packet.tcpFlags);
    if (syn && side == Side::Initiator && after == TcpState::SynSent)
        flow.synTime = frame.time; // of the last SYN before the answer
    if (after == before)
        return;
    record.state = after;
    if (after == TcpState::Established) {
        record.handshakeRttNs = std::max<std::int64_t>(0, elapsedNs(flow.synTime, frame.time));
        m_listener.established(flow, side, frame);
    } else {
        m_listener.stateChanged(flow, side, before, frame);
    }
}

void FlowTable::sweepBeforePacket(Timestamp time)
{
    if (!m_lastSweep) {
        m_lastSweep = time;
    } else if (time >= *m_lastSweep && elapsedNs(*m_lastSweep, time) >= m_config.sweepIntervalNs) {
        sweep(time);
        m_lastSweep = time;
    }
}

void FlowTable::sweep(Timestamp now)
{
    ++m_sweepsRun;
    m_due.clear();
    const std::array<std::int64_t, 3> timeouts = {m_config.idleTcpNs, m_config.idleUdpNs, m_config.idleOtherNs};
    for (std::size_t i = 0; i < timeouts.size(); ++i) {
        // Idle time is never below 0, so a timeout of 0 makes every flow due, those from the future too.
        const Timestamp limit = timeouts[i] <= 0 ? Timestamp::max() : Timestamp{elapsedNs({timeouts[i]}, now)};
        m_idle[i].collectDue(limit, [this](std::uint32_t slot) { return flowAt(slot).record.lastSeen; }, m_due);
    }
    endDue();
}

void FlowTable::endAll()
{
    ++m_sweepsRun;
    std::vector<Flow*> flows;
    flows.reserve(m_size);
    for (std::uint32_t slot = m_newest; slot != kNone; slot = m_links[slot].older)
        flows.push_back(&flowAt(slot));
    m_listener.aboutToEnd(flows);
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (i + kEndsAhead < flows.size())
            prefetch(*flows[i + kEndsAhead]);
        tellEnd(*flows[i], EndReason::IdleTimeout);
    }
    removeAll();
}

void FlowTable::endDue()
{
    std::sort(m_due.begin(), m_due.end(),
              [this](std::uint32_t x, std::uint32_t y) { return m_links[x].touched > m_links[y].touched; });
    for (const std::uint32_t slot : m_due)
        endFlow(slot, EndReason::IdleTimeout);
}

void FlowTable::endFlow(std::uint32_t slot, EndReason reason)
{
    tellEnd(flowAt(slot), reason);
    removeFlow(slot);
}

void FlowTable::tellEnd(Flow& flow, EndReason reason)
{
    flow.record.ended = true;
    flow.record.endReason = reason;
    ++m_counters.flowsEnded;
    m_listener.ended(flow);
}

void FlowTable::setConfig(const FlowTableConfig& config)
{
    m_config = config;
    m_config.maxFlows = std::max<std::uint32_t>(1, m_config.maxFlows);
    while (m_size > m_config.maxFlows)
        removeFlow(m_oldest);
}

Flow* FlowTable::find(const decode::FlowKey& key)
{
    const std::uint32_t slot = slotOf(key, hashOf(key));
    return slot == kNone ? nullptr : &flowAt(slot);
}

FlowTable::TimeoutClass FlowTable::timeoutClass(const decode::FlowKey& key)
{
    return key.l4 == decode::L4::Tcp   ? TimeoutClass::Tcp
           : key.l4 == decode::L4::Udp ? TimeoutClass::Udp
                                       : TimeoutClass::Other;
}

std::uint32_t FlowTable::slotOf(const decode::FlowKey& key, std::uint64_t hash) const
{
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & m_bucketMask; m_buckets[at].slot != kNone; at = (at + 1) & m_bucketMask) {
        if (m_buckets[at].tag == tag && flowAt(m_buckets[at].slot).record.key == key)
            return m_buckets[at].slot;
    }
    return kNone;
}

std::uint32_t FlowTable::insert(const decode::Packet& packet, std::uint64_t hash, const Frame& frame)
{
    if (m_size >= m_config.maxFlows) {
        ++m_counters.flowsEvicted;
        endFlow(m_oldest, EndReason::Evicted);
    }
    const std::uint32_t slot = takeSlot();
    Flow& flow = flowAt(slot);
    flow = Flow{};
    FlowRecord& record = flow.record;
    record.key = packet.key;
    record.started = frame.time;
    record.lastSeen = frame.time;
    record.firstPacket = frame.number;
    record.interfaceIndex = frame.interfaceIndex;
    record.vlan = packet.vlan;
    record.initiatorIsB = packet.reverse;
    addBucket(hash, slot);
    linkNewest(slot);
    idleIndex(packet.key).insert(slot, frame.time);
    ++m_size;
    ++m_counters.flowsCreated;
    return slot;
}

std::uint32_t FlowTable::takeSlot()
{
    if (!m_freeSlots.empty()) {
        const std::uint32_t slot = m_freeSlots.back();
        m_freeSlots.pop_back();
        return slot;
    }
    const auto slot = static_cast<std::uint32_t>(m_links.size());
    if (slot % kSlabFlows == 0)
        m_slabs.push_back(std::make_unique<Flow[]>(kSlabFlows));
    m_links.emplace_back();
    return slot;
}

void FlowTable::removeFlow(std::uint32_t slot)
{
    idleIndex(flowAt(slot).record.key).remove(slot);
    removeBucket(slot);
    unlink(slot);
    m_freeSlots.push_back(slot);
    --m_size;
}

void FlowTable::removeAll()
{
    m_idle = {};
    m_buckets.assign(m_buckets.size(), Bucket{});
    m_freeSlots.resize(m_links.size());
    std::iota(m_freeSlots.rbegin(), m_freeSlots.rend(), 0U);
    m_newest = m_oldest = kNone;
    m_size = 0;
}

void FlowTable::addBucket(std::uint64_t hash, std::uint32_t slot)
{
    if ((m_size + 1) * 2 > m_buckets.size())
        growBuckets(m_buckets.size() * 2);
    m_links[slot].bucketTag = static_cast<std::uint32_t>(hash >> 32U);
    m_links[slot].bucketHome = static_cast<std::uint32_t>(hash);
    std::size_t at = hash & m_bucketMask;
    while (m_buckets[at].slot != kNone)
        at = (at + 1) & m_bucketMask;
    m_buckets[at] = {m_links[slot].bucketTag, slot};
}

void FlowTable::removeBucket(std::uint32_t slot)
{
    std::size_t hole = m_links[slot].bucketHome & m_bucketMask;
    while (m_buckets[hole].slot != slot)
        hole = (hole + 1) & m_bucketMask;
    // Moves later entries of the run up, so that no search stops at the hole.
    for (std::size_t at = (hole + 1) & m_bucketMask; m_buckets[at].slot != kNone; at = (at + 1) & m_bucketMask) {
        const std::size_t home = m_links[m_buckets[at].slot].bucketHome & m_bucketMask;
        if (((at - home) & m_bucketMask) >= ((at - hole) & m_bucketMask)) {
            m_buckets[hole] = m_buckets[at];
            hole = at;
        }
    }
    m_buckets[hole] = {};
}

void FlowTable::growBuckets(std::size_t count)
{
    std::vector<Bucket> old = std::move(m_buckets);
    m_buckets.assign(count, Bucket{});
    m_bucketMask = count - 1;
    for (const Bucket& bucket : old) {
        if (bucket.slot == kNone)
            continue;
        std::size_t at = m_links[bucket.slot].bucketHome & m_bucketMask;
        while (m_buckets[at].slot != kNone)
            at = (at + 1) & m_bucketMask;
        m_buckets[at] = bucket;
    }
}

void FlowTable::linkNewest(std::uint32_t slot)
{
    Links& links = m_links[slot];
    links.touched = ++m_useClock;
    links.newer = kNone;
    links.older = m_newest;
    if (m_newest != kNone)
        m_links[m_newest].newer = slot;
    m_newest = slot;
    if (m_oldest == kNone)
        m_oldest = slot;
}

void FlowTable::unlink(std::uint32_t slot)
{
    const Links& links = m_links[slot];
    (links.newer == kNone ? m_newest : m_links[links.newer].older) = links.older;
    (links.older == kNone ? m_oldest : m_links[links.older].newer) = links.newer;
}

void FlowTable::makeNewest(std::uint32_t slot)
{
    if (slot == m_newest)
        m_links[slot].touched = ++m_useClock;
    else {
        unlink(slot);
        linkNewest(slot);
    }
}

} // namespace timbre::flow
