#include "engine/pipeline/analysis.h"

#include "engine/base/entropy.h"
#include "engine/pipeline/flow_tracking.h"

namespace timbre::pipeline {

namespace {

// How many packets ahead memory of a flow or a payload is fetched. Far enough to hide a trip to main memory, near enough
// to still be in the first-level cache when its turn comes.
constexpr std::size_t kBucketAhead = 16;
constexpr std::size_t kFlowAhead = 8;
constexpr std::size_t kPayloadAhead = 16;

} // namespace

Analysis::Analysis(AnalysisConfig config, FlowSink& sink, Analyzers analyzers)
    : m_config(config)
    , m_analyzers(std::move(analyzers))
    , m_names(std::make_shared<StringPool>())
    , m_catalogue(config.maxFlowRows, m_names)
    , m_tracking(std::make_unique<FlowTracking>(*m_names, m_catalogue, sink, m_analyzers, config.maxFlowRows > 0))
    , m_outerFlows(config.flows, *m_tracking)
    , m_innerFlows(config.flows, *m_tracking)
{
    for (const auto& analyzer : m_analyzers)
        analyzer->begin(m_names);
}

Analysis::~Analysis() = default;

void Analysis::process(FrontBatch& batch)
{
    if (batch.reader)
        m_reader = batch.reader;
    if (!batch.entropiesReady)
        batch.computeEntropies();
    trackFrames(batch);
    for (const auto& analyzer : m_analyzers)
        analyzer->blockEnded();
}

/// Names that the file gives count for the packets behind them, however the file is cut into blocks.
void Analysis::takeResolvedNames(std::uint64_t frameNumber)
{
    const auto& names = m_reader->facts.resolvedNames;
    for (; m_resolvedNamesTaken < names.size(); ++m_resolvedNamesTaken) {
        const capture::ResolvedName& name = names[m_resolvedNamesTaken];
        if (name.afterPacket >= frameNumber)
            return;
        m_tracking->addResolvedName(name.address, name.name);
    }
}

void Analysis::trackFrames(FrontBatch& batch)
{
    const std::vector<decode::Packet>& packets = batch.decoded.outer;
    const std::size_t count = batch.frames.size();
    m_hashes.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        m_hashes[i] = m_outerFlows.hashOf(packets[i].key);

    auto inner = batch.decoded.inner.begin();
    for (std::size_t i = 0; i < count; ++i) {
        if (i + kBucketAhead < count)
            m_outerFlows.prefetchBucket(m_hashes[i + kBucketAhead]);
        if (i + kFlowAhead < count)
            m_outerFlows.prefetchFlow(m_hashes[i + kFlowAhead]);
        if (!m_analyzers.empty() && i + kPayloadAhead < count) // listeners look at how it begins
            __builtin_prefetch(packets[i + kPayloadAhead].payload.data());
        const flow::Frame& frame = batch.frames[i];
        countFrame(frame);
        if (m_reader && m_resolvedNamesTaken < m_reader->facts.resolvedNames.size())
            takeResolvedNames(frame.number);
        m_outerFlows.sweepBeforePacket(frame.time);
        m_innerFlows.sweepBeforePacket(frame.time);
        m_tracking->beginFrame();
        auto innerEnd = inner;
        while (innerEnd != batch.decoded.inner.end() && innerEnd->frameIndex == i)
            ++innerEnd;
        trackFrame(packets[i], m_hashes[i], frame, {inner, innerEnd});
        inner = innerEnd;
    }
}

void Analysis::trackFrame(const decode::Packet& outer, std::uint64_t hash, const flow::Frame& frame,
                          InnerPackets inside)
{
    if (m_config.tunnelCount == TunnelCount::Inner) {
        if (const decode::InnerPacket* innermost = innermostMatched(inside)) {
            trackInner(*innermost, frame);
            return;
        }
    }
    m_outerFlows.track(outer, hash, frame);
    for (const decode::InnerPacket& packet : inside)
        trackInner(packet, frame);
}

const decode::InnerPacket* Analysis::innermostMatched(InnerPackets packets)
{
    for (auto packet = packets.rbegin(); packet != packets.rend(); ++packet) {
        if (packet->depth > 0 && packet->packet.matched)
            return &*packet;
    }
    return nullptr;
}

void Analysis::trackInner(const decode::InnerPacket& inner, const flow::Frame& outerFrame)
{
    if (inner.depth == 0) {
        // The fragments have been counted each by itself; only the protocol readers get the whole datagram.
        m_tracking->readReassembled(inner.packet, m_outerFlows.find(inner.packet.key));
        return;
    }
    flow::Frame frame = outerFrame;
    frame.payloadEntropy = payloadEntropy(inner.packet.payload);
    m_tracking->enterTunnel(inner.tunnel, inner.depth);
    m_innerFlows.track(inner.packet, frame);
}

void Analysis::countFrame(const flow::Frame& frame)
{
    ++m_packets;
    m_capturedBytes += frame.capturedLength;
    m_originalBytes += frame.originalLength;
    m_range.begin = std::min(m_range.begin, frame.time);
    m_range.end = std::max(m_range.end, frame.time);
    m_histogram.add(frame.time, frame.originalLength);
}

void Analysis::finish()
{
    m_outerFlows.endAll();
    m_innerFlows.endAll();
    for (const auto& analyzer : m_analyzers)
        analyzer->finish();
}

std::optional<TimeRange> Analysis::timeRange() const
{
    return m_packets == 0 ? std::nullopt : std::optional(m_range);
}

Counters Analysis::counters() const
{
    const flow::FlowTableCounters& outer = m_outerFlows.counters();
    const protocol::StreamHeadCounters& streams = m_tracking->streamCounters();
    Counters counters;
    counters.packets = m_packets;
    counters.capturedBytes = m_capturedBytes;
    counters.originalBytes = m_originalBytes;
    counters.unmatched = outer.packetsUnmatched;
    counters.flowsCreated = outer.flowsCreated;
    counters.flowsEnded = outer.flowsEnded;
    counters.flowsEvicted = outer.flowsEvicted + m_innerFlows.counters().flowsEvicted;
    counters.tunnelFlows = m_innerFlows.counters().flowsCreated;
    counters.liveFlows = m_outerFlows.size() + m_innerFlows.size();
    counters.flowCap = m_outerFlows.config().maxFlows;
    counters.streamBytesHeld = streams.bytesHeld;
    counters.streamsGivenUp = streams.givenUp();
    counters.namesRefused = m_names->refused() + m_tracking->hostsRefused() + streams.namesRefused;
    counters.rowsDropped = m_catalogue.rowsDropped();
    if (!m_reader)
        return counters;
    counters.decoder = m_reader->decoder;
    counters.ringLosses = m_reader->facts.ringLosses;
    for (const capture::InterfaceFacts& interface : m_reader->facts.interfaces) {
        counters.interfaceDrops += interface.dropped.value_or(0);
        counters.kernelDrops += interface.kernelDropped.value_or(0);
    }
    return counters;
}

std::shared_ptr<const flow::FlowSnapshot> Analysis::publishFlows()
{
    m_tracking->handOverChanges();
    return m_catalogue.publish();
}

} // namespace timbre::pipeline
